"""What a learner reads, in the course's language: the texts of data/words, their places filled.

A text is a whole sentence with {places}, or it depends on one of them: by the forms that a number
takes in the language, or by a word. What a language lacks is said in English.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache, reduce
from numbers import Number
from string import Formatter
from typing import Any

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content
from tpmlib.kit.content.documents import documents, sound
from tpmlib.kit.content.tables import checked

ENGLISH = "en"
FORMS = ("zero", "one", "two", "few", "many", "other")  # of a number, over all languages


def say(id: str, /, **places: Any) -> str:
    """A text by its id, such as "quiz.answered", with its places filled.

    Raises CourseError for an id that is not in data/words, and a place that has no value.
    """
    # no call that is not needed: an answer says some ten texts
    texts = _read(os.environ.get("TPM_COURSE"), os.environ.get("TPM_LOCAL"), os.getcwd())
    language = texts["language"] if id in texts[texts["language"]] else ENGLISH
    if id not in texts[language]:
        raise CourseError(f"words: {nearest(id, texts[ENGLISH])}")
    text = texts[language][id]
    try:
        while isinstance(text, dict):
            ((place, forms),) = text.items()
            key = str(places[place])
            text = forms[key] if key in forms else _chosen(forms, places[place], language)
        return text.format_map(places) if language == ENGLISH else fill(text, **places)
    except (KeyError, ValueError) as error:
        raise CourseError(f"words {id}: {error} does not fit; {', '.join(places)}") from error


def choices(id: str, **places: Any) -> dict[str, str]:
    """The texts among which a word chooses, by that word, in the order of English."""
    ((place, forms),) = _texts()[ENGLISH].get(id).items()
    return {word: say(id, **places, **{place: word}) for word in forms}


def group(name: str) -> dict[str, str]:
    """The texts of a group as they stand, by their names, for the page to fill."""
    texts = _texts()
    ids = [id for id in texts[ENGLISH] if id.startswith(f"{name}.")]
    own = texts[texts["language"]]
    return {id.partition(".")[2]: own[id] if id in own else texts[ENGLISH][id] for id in ids}


def joined(id: str, texts: Iterable[str]) -> str:
    """Texts as one, each pair by the text of that id: "a or b or c"; empty without any."""
    first, *more = [*texts] or [""]
    return reduce(lambda left, right: say(id, first=left, second=right), more, first)


def fill(text: str, /, **places: Any) -> str:
    """A text with its places filled, numbers as the language writes them."""
    # English by `str.format`, which takes a third of the time
    return text.format_map(places) if spoken() == ENGLISH else FILLING.vformat(text, (), places)


def number(value: Any, form: str = "") -> str:
    """A number, or its English digits, as the language writes it. form: as `format` takes it."""
    return format(value, form).translate(_signs(spoken()))


def unit_of(value: Any, unit: str) -> str:
    """A unit in the form that its number takes: "hour a week" of 1."""
    first, *rest = unit.split(" ")
    with suppress(CourseError):  # of a unit that has no forms
        first = say("script.unit", unit=first, n=value)
    return " ".join([first, *rest])


def spoken() -> str:
    """The language of the course, such as "en"."""
    return str(_texts()["language"])


class _Filling(Formatter):
    def format_field(self, value: Any, form: str) -> Any:
        is_number = isinstance(value, Number) and not isinstance(value, bool)
        return number(value, form) if is_number else super().format_field(value, form)


FILLING = _Filling()


def _chosen(forms: Mapping[str, Any], value: Any, language: str) -> Any:
    """The form that a number takes in the language. Raises KeyError for a word."""
    if isinstance(value, str):
        raise KeyError(value)
    if not (rules := rules_of(language)):
        return forms["one" if value == 1 else "other"]
    return forms[rules.plural_form(int(value) if value == int(value) else float(value))]


def _texts() -> Mapping[str, Any]:
    """The texts of English and of the language, by id; read once, since a picture asks often."""
    return _read(os.environ.get("TPM_COURSE"), os.environ.get("TPM_LOCAL"), os.getcwd())


@lru_cache(maxsize=8)
def _read(*_: str | None) -> Mapping[str, Any]:
    files, language = content.spoken(), content.language()
    texts = {name: flat(sound(files[name])) for name in {ENGLISH, language} & files.keys()}
    return {ENGLISH: {}, language: {}, "language": language} | texts


def flat(groups: dict[str, Any]) -> dict[str, Any]:
    """The texts of a file by their ids."""
    return {f"{name}.{each}": text for name, of in groups.items() for each, text in of.items()}


@lru_cache
def _signs(language: str) -> dict[int, str]:
    """What the language writes for the signs of an English number."""
    if not (rules := rules_of(language)):
        return {}
    signs, percent = rules.number_symbols["latn"], rules.percent_formats[None].suffix[0]
    return str.maketrans({".": str(signs["decimal"]), ",": str(signs["group"]), "%": str(percent)})


@lru_cache
def rules_of(language: str) -> Any:
    """Babel's rules of a language; none of English, which needs none, nor where Babel is absent."""
    if language == ENGLISH:
        return None
    try:  # imported here: it takes a fifth of a second, and a browser's Python has none
        from babel import Locale

        return Locale.parse(language, sep="-")
    except Exception:  # absent, or of a language that it does not know
        return None


def problems() -> Iterator[str]:
    """What no schema can say: a text has its forms, that of another language English's places.

    And a translation of a file of data/ has no text that none of ours stands for.
    """
    yield from (line for file in _translatable() for line in file.strange)
    files = {name: file for name, file in content.spoken().items() if not file.problems}
    english = flat(files[ENGLISH].data) if ENGLISH in files else {}
    for language, file in files.items():
        for id, text in flat(file.data).items():
            try:
                wrong = _wrong(text, language, english.get(id, ""))
            except ValueError as error:  # of a brace that stands alone
                wrong = f"{error}; a {{place}} in two braces"
            if wrong := wrong if id in english else nearest(id, english):
                yield file.problem(tuple(id.split(".")), wrong)


def missing() -> Iterator[str]:
    """What a language lacks, and so is said in English; of a translated file of ready lessons."""
    with suppress(CourseError):  # of course.yml, which is told already
        ready = {None} | {lesson["id"] for lesson in content.ready()}
        told = [file for file in _translatable() if file.untold]
        yield from (f.untold for f in told if getattr(f, "data", {}).get("lesson") in ready)
    files = {name: flat(file.data) for name, file in content.spoken().items() if not file.problems}
    if (language := content.language()) not in content.spoken():
        yield f"words: {nearest(language, files)}, the languages of data/words and local/words"
    for name, texts in files.items():
        if lacks := sorted(files.get(ENGLISH, {}).keys() - texts):
            file, listed = content.spoken()[name].shown, ", ".join(lacks[:6])
            yield f"{file}: {len(lacks)} texts in English, such as {listed}"


def _translatable() -> list[Any]:
    """The files of data/ that have no problem, with what is translated of them."""
    with suppress(CourseError):  # of the descriptor, which is told already
        files: list[Any] = [*map(checked, content.tables()), *(file for _, file in documents())]
        return [file for file in files if not file.problems]
    return []


def _wrong(text: Any, language: str, ours: Any) -> str:
    """The forms that a text lacks, or a place that nobody fills."""
    rules = rules_of(language)
    forms = {*rules.plural_form.tags, "other"} if rules else {"one", "other"}
    if lacks := sorted(_lacking(text, forms, ours)):
        return f"no {', '.join(lacks)}; each form of the number, or each word of English"
    strange = sorted(_places(text) - _places(ours))
    return f"{{place}} {nearest(strange[0], _places(ours))}" if strange else ""


def _places(text: Any) -> set[str]:
    """The places of a text, also those that decide on it. Raises ValueError for a lone brace."""
    if isinstance(text, dict):
        ((place, forms),) = text.items()
        return {place}.union(*map(_places, forms.values()))
    return {name for _, name, *_ in Formatter().parse(text) if name is not None}


def _lacking(text: Any, forms: set[str], ours: Any) -> set[str]:
    """Those of the forms of a number, or of the words of ours, that a text lacks."""
    if not isinstance(text, dict):
        return set()
    ((place, by_form),) = text.items()
    words: dict[str, Any] = ours.get(place, {}) if isinstance(ours, dict) else {}
    counts = any(map(FORMS.count, by_form)) and all(f in FORMS or f.isdigit() for f in by_form)
    lacks: set[str] = (forms if counts else {*words}) - by_form.keys()
    return lacks.union(*(_lacking(each, forms, words.get(form)) for form, each in by_form.items()))
