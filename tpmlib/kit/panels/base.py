"""What every widget of the course shares: a lock, a way to run callbacks, what a notebook keeps."""

import base64
import logging
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets
from IPython.display import display

from tpmlib.errors import CourseError
from tpmlib.kit.html import without_formulas
from tpmlib.kit.panels.cells import Cells
from tpmlib.kit.panels.debounce import Debounce
from tpmlib.kit.record import Event, Record, record
from tpmlib.kit.words import say

VIEW = "application/vnd.jupyter.widget-view+json"
CHART = "application/vnd.tpm.chart+json"
PNG = "image/png"
HERE = Path(__file__).parent
STYLE = (HERE / "style.css").read_text(encoding="utf-8")
log = logging.getLogger(__name__)

Bundle = dict[str, Any]


def script(*names: str) -> str:
    """The JavaScript of one of our widgets, from its own file and those it shares."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


@dataclass(frozen=True)
class Shown:
    """What a cell shows that never changes: plain text, and the same as HTML or Markdown."""

    text: str
    page: str
    mime: str = "text/html"

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        page = without_formulas(self.page) if self.mime == "text/html" else self.page
        return {"text/plain": self.text, self.mime: page}


class Panel:
    """One widget of a lesson: live with a kernel, readable without one.

    A subclass builds `self.widget`, and says what a saved notebook holds in `text()` and `html()`.
    Every callback goes through `on` or `run`: under a lock, since JupyterLab runs callbacks in
    another thread; an error is shown by `fail` and raised again, so that tests see it. The lock is
    one for all panels, since an answer in one is told to the others.
    """

    _alive: "weakref.WeakSet[Panel]" = weakref.WeakSet()
    _places = Cells()
    lock = threading.RLock()

    def __init__(self) -> None:
        self.widget: ipywidgets.Widget
        self.form: Any  # a Form, or a Board: it has a message
        Panel._alive.add(self)
        self._places.note(self)

    def close(self) -> None:
        """End this panel for good: free its widgets and all that it holds.

        A notebook still keeps the panel itself, as `_` or `Out[3]`; so it is emptied.
        """
        with self.lock:
            Panel._alive.discard(self)
            for value in vars(self).values():
                if isinstance(value, Debounce):
                    value.drop()
                if isinstance(value, ipywidgets.Widget):
                    close_widget(value)
            vars(self).clear()

    def on(self, control: ipywidgets.Widget, trait: str, method: Callable[[], None]) -> None:
        """Run `method` whenever `trait` of `control` changes."""
        control.observe(lambda change: self.run(method), names=trait)

    def run(self, method: Callable[..., None], *arguments: Any) -> None:
        """Run a callback: under the lock, its error shown to the learner and raised again.

        Other notebooks' answers are looked for once in each callback, not at each question.
        """
        with self.lock, self.record.one_look(), self.telling():
            method(*arguments)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Show an error to the learner and raise it again, unless it is one sentence for them."""
        try:
            yield
        except CourseError as error:
            self.fail(str(error))
        except Exception as error:
            self.fail(say("panel.sorry", error=type(error).__name__))
            raise

    def fail(self, sentence: str) -> None:
        """Show one sentence instead of a traceback; a panel without a form does it otherwise."""
        if vars(self):  # a panel that has ended shows nothing
            self.form.message = sentence

    def text(self) -> str:
        """The plain text of the saved notebook, which nbval compares."""
        raise NotImplementedError

    def html(self) -> str:
        """What a reader without a kernel sees."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what the record says now; called when another panel has added an answer."""

    def __repr__(self) -> str:
        return self.text() if vars(self) else say("panel.ended")

    def bundles(self) -> list[Bundle]:
        """The outputs of this panel, each by mime type, the live view last."""
        return [{"text/plain": self.text(), "text/html": self.html(), **view_of(self.widget)}]

    def _ipython_display_(self) -> None:
        self._places.note(self)
        for bundle in self.bundles() if vars(self) else [{"text/plain": say("panel.ended")}]:
            if "text/html" in bundle:
                bundle |= {"text/html": without_formulas(bundle["text/html"])}
            metadata = {PNG: {"alt": bundle.pop("alt")}} if PNG in bundle else {}
            display(bundle, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]

    @property
    def record(self) -> Record:
        """The learner's record."""
        return record()

    def keep(self, kind: str, item: str, answer: Any, **details: Any) -> None:
        """Add one answer to the record, and let every panel on show know."""
        self.record.add(kind, item, answer, **details)
        self.tell()

    @classmethod
    def tell(cls) -> None:
        """Refresh every panel on show; the trouble of one does not reach the others."""
        with cls.lock, record().one_look():
            # a panel that refused its arguments was never built
            for panel in [panel for panel in Panel._alive if hasattr(panel, "widget")]:
                try:
                    with panel.telling():
                        panel.refresh()
                except Exception:  # shown in that panel; logged, so that tests see it
                    log.exception("refresh of %r", type(panel).__name__)

    def kept(self) -> str:
        """Where the answer is: said after each commit, with what to do if it could not be saved."""
        return self.record.problem or say("panel.kept")


def parts(event: Event | None) -> dict[str, Any]:
    """The parts of a kept answer; none without one, or if its line was changed by hand."""
    answer = event["answer"] if event else None
    return answer if isinstance(answer, dict) else {}


def close_widget(widget: ipywidgets.Widget) -> None:
    """Close a widget with its children, layout and style, and let go of its callbacks."""
    for name in widget.keys if widget.comm else []:
        value = getattr(widget, name)
        for part in value if isinstance(value, list | tuple) else [value]:
            if isinstance(part, ipywidgets.Widget):
                close_widget(part)
    widget.close()
    widget.unobserve_all()


def view_of(widget: ipywidgets.Widget) -> Bundle:
    """The widget view of a live kernel, alone."""
    bundle = widget._repr_mimebundle_()
    if isinstance(bundle, tuple):  # anywidget adds metadata
        bundle = bundle[0]
    return {VIEW: bundle[VIEW]} if bundle and VIEW in bundle else {}


def picture_bundle(png: bytes, alt: str) -> Bundle:
    """PNG bytes as they stand in a notebook, and `alt`, which is moved to their metadata."""
    return {PNG: base64.b64encode(png).decode("ascii"), "alt": alt}
