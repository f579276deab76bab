"""Which cell made or shows which panel, so that a cell that runs again ends what it showed before.

ipywidgets keeps every widget until it is closed, and a widget's callbacks keep the panel. Without
this, each re-run of an explorer's cell would cost megabytes, and each answer would wake its ghosts.
"""

import gc
from dataclasses import dataclass, field
from typing import Any, Protocol
from weakref import WeakSet

from IPython import get_ipython


class Closable(Protocol):
    def close(self) -> None: ...


@dataclass
class Run:
    """The last run of a cell: the panels that it made or showed, and those of earlier runs."""

    id: str
    panels: set[Closable] = field(default_factory=set)
    before: set[Closable] = field(default_factory=set)


class Cells:
    """The cells of this notebook that made or show a panel.

    A panel ends when every cell that made or showed it has run again without it. A panel that was
    made or shown where the front end names no cell (a callback, Voila, a plain console) stays.
    """

    def __init__(self) -> None:
        self._runs: dict[str, Run] = {}
        self._stay: WeakSet[Closable] = WeakSet()
        self._shell: Any = None  # the one that tells when a cell has run

    def note(self, panel: Closable) -> None:
        """The running cell makes or shows this panel."""
        cell, run = running()
        if not cell:
            self._stay.add(panel)
            return
        shell = get_ipython()
        if shell is not self._shell:
            self._shell = shell
            shell.events.register("post_run_cell", self.ran)
        self._run(cell, run).panels.add(panel)

    def ran(self, _: object = None) -> None:
        """A cell has run, with an error or without: end the panels that nothing shows any more."""
        cell, run = running()
        if cell not in self._runs:
            return
        last = self._run(cell, run)
        gone, last.before = last.before - last.panels, set()
        on_show = set(self._stay).union(*(run.panels | run.before for run in self._runs.values()))
        for panel in gone - on_show:
            panel.close()
        if gone - on_show:
            # A figure and its artists hold each other, so only the collector can free them, and it
            # comes late: thirty megabytes late. This takes 0.06 s, after the new output is shown.
            gc.collect()

    def _run(self, cell: str, run: str) -> Run:
        """The present run of a cell; magics such as %%time run a cell inside a cell."""
        last = self._runs.get(cell)
        if last is None or last.id != run:
            before = last.panels | last.before if last else set()
            self._runs[cell] = Run(run, before=before)
        return self._runs[cell]


def running() -> tuple[str, str]:
    """The id of the running cell, as the front end gives it, and of this run; else empty texts."""
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = parent.get("metadata", {}).get("cellId") or ""
    return str(cell), str(parent.get("header", {}).get("msg_id", ""))
