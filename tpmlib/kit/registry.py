"""What each lesson gives to the kit: models, panels, and the reasons behind its figures.

The kit imports no lesson, not even by a name in a string. Instead each lesson's folder says in its
`__init__` what it gives, `tpmlib/__init__` hands these parts down once, and whoever needs a
formula, a picture or a panel asks here. A module is loaded when it is first asked for: a formula or
a picture by what shows it, what `asked` names by the head of every lesson.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any

from tpmlib.errors import CourseError, nearest


@dataclass(frozen=True)
class Part:
    """What one package gives. A place is "module.name" inside that package.

    models: names of models with a picture: module NAME holds the function NAME (and `describe`, and
        `view` if it has one), module NAME_picture the chart.
    undrawn: names of models without a picture.
    formulas: other functions that `tpm.models` offers, and their places.
    panels: public names, as in `tpm.company`, and their places.
    reasons: by model, the module that words the figures behind a card of it: `rows` and `reason`.
    asked: by kind of answer, the function that gives, for a lesson's id, the items it asks for.
    made: by kind of answer, the function that gives, for a record, sections about what was made.
    documents: by its name in the words of the portfolio, the function that gives, for a record, a
        whole document.
    shows: by panel, the data that its cell shows and its call does not name, as `tpm check` names
        them: a model, a quiz, "table flows", "scenario adverts".
    acts_as: by panel, the panel of the kit whose part it plays in a lesson: "judge" for a table of
        verdicts.
    """

    package: str
    models: tuple[str, ...] = ()
    undrawn: tuple[str, ...] = ()
    formulas: Mapping[str, str] = field(default_factory=dict)
    panels: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    shows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    acts_as: Mapping[str, str] = field(default_factory=dict)


_parts: list[Part] = []
public: dict[str, str] = {}  # every name of `import tpmlib as tpm` but `models`, and its place


def hand_down(parts: Iterable[Part], names: Mapping[str, str]) -> None:
    """Make these the parts of the course; called once, by `tpmlib/__init__`.

    names: public names of the kit and of authoring, and their full places.
    """
    _parts[:] = parts
    public.update({**names, **panels()})


def drawn() -> list[str]:
    """The names of the models that have a picture."""
    return [name for part in _parts for name in part.models]


def formulas() -> dict[str, str]:
    """Every function that `tpm.models` offers, and its full place."""
    places: dict[str, str] = {}
    for part in _parts:
        own = {name: f"{name}.{name}" for name in (*part.models, *part.undrawn)} | {**part.formulas}
        places |= {name: f"{part.package}.{place}" for name, place in own.items()}
    return places


def panels() -> dict[str, str]:
    """Every panel that lessons give, by its public name, and its full place."""
    return {n: f"{part.package}.{place}" for part in _parts for n, place in part.panels.items()}


def formula(name: str) -> Callable[..., Any]:
    """The function of a model. Raises CourseError for a name that no lesson gives."""
    places = formulas()
    if name not in places:
        raise CourseError(f"model: {nearest(name, places)}")
    function: Callable[..., Any] = load(places[name])
    return function


def model(name: str) -> ModuleType:
    """The module of a model. Raises CourseError for a name that no lesson gives."""
    for part in _parts:
        if name in (*part.models, *part.undrawn):
            return import_module(f"{part.package}.{name}")
    raise CourseError(f"model: {nearest(name, formulas())}")


def picture(name: str) -> ModuleType:
    """The module with the picture of a model. Raises CourseError if it has none."""
    for part in _parts:
        if name in part.models:
            return import_module(f"{part.package}.{name}_picture")
    raise CourseError(f"picture: {nearest(name, drawn())}")


def reasons(name: str) -> ModuleType:
    """The module that words the figures of a model. Raises CourseError if it has none."""
    modules = {name: (part, place) for part in _parts for name, place in part.reasons.items()}
    if name not in modules:
        raise CourseError(f"reasons: {nearest(name, modules)}")
    part, place = modules[name]
    return import_module(f"{part.package}.{place}")


def asked(lesson: str) -> set[tuple[str, str]]:
    """Kind and item of every answer that the parts ask for in a lesson, by its id."""
    return {
        (kind, item)
        for part in _parts
        for kind, place in part.asked.items()
        for item in load(f"{part.package}.{place}")(lesson)
    }


def made() -> dict[str, Callable[[Any], list[Any]]]:
    """By kind of answer, what gives the sections about it for a record, empty ones too."""
    return {
        kind: load(f"{part.package}.{place}")
        for part in _parts
        for kind, place in part.made.items()
    }


def documents() -> dict[str, str]:
    """The places of all documents, by what the button of each says."""
    return {words: f"{p.package}.{place}" for p in _parts for words, place in p.documents.items()}


def shows() -> dict[str, tuple[str, ...]]:
    """By panel, the data that its cell shows and its call does not name."""
    return {panel: names for part in _parts for panel, names in part.shows.items()}


def acts_as() -> dict[str, str]:
    """By panel, the panel of the kit whose part it plays in a lesson."""
    return {panel: like for part in _parts for panel, like in part.acts_as.items()}


def load(place: str) -> Any:
    """The thing at a full place: module, dot, name."""
    module, _, name = place.rpartition(".")
    return getattr(import_module(module), name)


class Formulas:
    """`tpm.models.NAME`: the function of that name, from whichever lesson gives it."""

    def __getattr__(self, name: str) -> Any:
        if name not in formulas():
            raise AttributeError(f"tpm.models: {nearest(name, formulas())}")
        return formula(name)

    def __dir__(self) -> list[str]:
        return list(formulas())
