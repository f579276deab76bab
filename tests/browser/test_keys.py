"""A key pressed while the focus stands in an output is for the output, never for JupyterLab."""

from collections.abc import Callable

import pytest
from lab import Lesson

KEYS = ["x", "d", "d", "a", "b", "m", "y", "z", "Shift+L", "Shift+Enter", "Enter", "Space"]
KEYS += ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Control+Enter", "Alt+Enter"]
# each kind of thing in an output that takes the focus; what JupyterLab would do is only noted
KINDS = """() => {
    window.heard = [];
    window.jupyterapp.commands.execute = async (id) => { heard.push(id); };
    const stay = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
    window.addEventListener("click", stay, true); // Enter follows a link, as it should
    for (const node of document.querySelectorAll(".jp-OutputArea-output details")) node.open = true;
    window.gather = () => {
        window.kinds = {};
        for (const node of document.querySelectorAll(".jp-OutputArea-output *")) {
            node.focus({ preventScroll: true });
            const kind = [node.localName, node.type || node.className, node.role].filter(Boolean);
            if (document.activeElement === node) kinds[kind.join(" ")] ??= node;
        }
    };
    gather();
    return Object.keys(kinds);
}"""
FOCUS = """kind => {
    window.jupyterapp.shell.currentWidget.content.mode = "command";
    if (!kinds[kind].isConnected) gather(); // Python has drawn it anew
    kinds[kind].focus();
    return document.activeElement === kinds[kind];
}"""


@pytest.mark.parametrize("run", [False, True])
@pytest.mark.parametrize("name", ["02_responsibilities", "10_architecture"])
def test_no_key_in_any_kind_of_output_reaches_jupyterlab(
    apart: Callable[..., Lesson], name: str, run: bool
) -> None:
    lesson = apart(name, f"keys{name}{run}")
    page = lesson.run().page if run else lesson.page
    page.set_viewport_size({"width": 500, "height": 800})  # so that tables scroll
    kinds, heard = page.evaluate(KINDS), {}
    for kind in kinds:
        for key in KEYS:
            assert page.evaluate(FOCUS, kind), kind
            page.keyboard.press(key)
        heard[kind] = page.evaluate("() => window.heard.splice(0)")
    assert kinds and heard == dict.fromkeys(kinds, [])
