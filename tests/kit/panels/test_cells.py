"""A cell that runs again ends the panels that it showed before, and no others."""

import os
import sys
from contextlib import contextmanager

import pytest
from front import displayed, judge, put
from ipywidgets.widgets.widget import _instances
from jupyter_client import KernelManager

import tpmlib as tpm
from tpmlib.kit.panels import cells
from tpmlib.kit.panels.base import VIEW, Panel
from tpmlib.kit.words import say

MEMORY = """
import os
from ipywidgets.widgets.widget import _instances
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.words import say
pages = int(open("/proc/self/statm").read().split()[1])
print(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, len(_instances), len(Panel._alive))
"""


class Notebook:
    """What IPython tells of the running cell, without a kernel."""

    def __init__(self):
        self.parent, self.hooks, self.count = {}, [], 0
        self.events = self

    def register(self, event, hook):
        assert event == "post_run_cell"
        self.hooks.append(hook)

    def get_parent(self):
        return self.parent

    @contextmanager
    def cell(self, name):
        self.count += 1
        before, self.parent = self.parent, {"header": {"msg_id": str(self.count)}}
        self.parent["metadata"] = {"cellId": name} if name else {}
        try:
            yield
        finally:
            [hook(None) for hook in self.hooks]
            self.parent = before


@pytest.fixture
def notebook(monkeypatch):
    one = Notebook()
    monkeypatch.setattr(cells, "get_ipython", lambda: one)
    monkeypatch.setattr(Panel, "_places", cells.Cells())
    return one


@pytest.fixture
def show(notebook, monkeypatch):
    """Run a cell that makes, or gets, a panel and shows it."""

    def show(name, make=lambda: tpm.judge("C10")):
        with notebook.cell(name):
            panel = make()
            return panel, displayed(panel, monkeypatch)

    return show


def is_live(panel):
    return panel in Panel._alive and bool(vars(panel)) and panel.widget.comm is not None


def test_a_cell_that_runs_again_ends_what_it_showed(show):
    (first, _), before = show("a"), len(_instances)
    for _ in range(3):
        first, second = show("a")[0], first
        assert is_live(first) and not is_live(second)
    assert len(Panel._alive) == 1 and len(_instances) == before


def test_all_widgets_of_an_explorer_are_closed(show):
    before = set(_instances)
    first, _ = show("a", lambda: tpm.explore("allocation"))
    assert first.details.model_id in _instances
    show("a", lambda: tpm.cite("F01"))
    assert set(_instances) == before and len(Panel._alive) == 0


def test_two_panels_of_a_cell_end_together(show, notebook):
    with notebook.cell("a"):
        both = [tpm.judge("C10"), tpm.judge("C12")]
    assert all(map(is_live, both))
    show("a")
    assert not any(map(is_live, both))


def test_another_cell_ends_nothing(show):
    (first, _), (second, _) = show("a"), show("b")
    assert is_live(first) and is_live(second)


def test_a_panel_shown_by_two_cells_lives_until_both_have_run_without_it(show):
    panel, _ = show("a")
    show("b", lambda: panel)
    show("a")
    assert is_live(panel)
    put(panel.form, verdict="holds")
    show("b", lambda: panel)
    assert is_live(panel)
    show("b")
    assert not is_live(panel)


def test_a_panel_that_one_cell_makes_and_another_shows_works(show, notebook):
    with notebook.cell("a"):
        first = tpm.explore("allocation")
    for _ in range(2):
        assert VIEW in show("b", lambda: first)[1][0]
    with notebook.cell("a"):
        second = tpm.explore("allocation")
    assert is_live(first)  # it is still on show
    show("b", lambda: second)
    assert is_live(second) and not is_live(first)


def test_a_cell_that_fails_ends_what_it_showed_too(show, notebook):
    panel, _ = show("a")
    with pytest.raises(ZeroDivisionError), notebook.cell("a"):
        assert 1 / 0
    assert not is_live(panel)


def test_a_cell_inside_a_cell_ends_nothing_of_its_own_run(show, notebook):
    with notebook.cell("a"):
        panel = tpm.judge("C10")
        [hook(None) for hook in notebook.hooks]  # as %%time does
    assert is_live(panel)


def test_where_no_cell_is_named_panels_stay(show):
    (first, _), (second, _) = show(""), show("")
    show("a", lambda: first)
    show("a")
    assert is_live(first) and is_live(second)


def test_an_ended_panel_is_empty_and_says_so(show, monkeypatch):
    panel, _ = show("a", lambda: tpm.explore("allocation"))
    show("a")
    assert repr(panel) == say("panel.ended") and vars(panel) == {}
    assert displayed(panel, monkeypatch) == [{"text/plain": say("panel.ended")}]


def test_an_answer_wakes_only_what_is_on_show(show, monkeypatch):
    panels, woken = [show("a")[0] for _ in range(5)], []
    refresh = type(panels[-1]).refresh
    monkeypatch.setattr(type(panels[-1]), "refresh", lambda one: woken.append(one) or refresh(one))
    judge(panels[-1], verdict="holds")
    assert woken == panels[-1:]


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="only Linux has it")
def test_thirty_runs_of_an_explorer_cell_in_a_kernel_grow_by_less_than_ten_megabytes():
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        client = manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        run_in(client, "import tpmlib as tpm", "a")
        run_in(client, 'tpm.explore("allocation")', "b")
        start, widgets, _ = map(float, run_in(client, MEMORY).split())
        for _ in range(30):
            run_in(client, 'tpm.explore("allocation")', "b")
        end, widgets_then, panels = map(float, run_in(client, MEMORY).split())
        client.stop_channels()
    finally:
        manager.shutdown_kernel(now=True)
    assert (widgets_then, panels) == (widgets, 1) and end - start < 10  # megabytes


def run_in(client, code, cell=""):
    """Run code as JupyterLab would run a cell, and give what it prints."""
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
    message = client.session.msg("execute_request", content)
    message["metadata"]["cellId"] = cell
    client.shell_channel.send(message)
    printed = ""
    while True:
        heard = client.get_iopub_msg(timeout=60)
        if heard["parent_header"].get("msg_id") != message["header"]["msg_id"]:
            continue
        assert heard["msg_type"] != "error", heard["content"]
        if heard["msg_type"] == "stream":
            printed += heard["content"]["text"]
        if heard["content"].get("execution_state") == "idle":
            return printed
