"""Plain HTML that a saved notebook, a document and a screen reader can read; all text escaped."""

import math
import re
from collections.abc import Iterable
from html import escape
from typing import Any

# in a text, not in a tag: what begins a formula in JupyterLab, as $5 does where $6 follows
FORMULA = re.compile(r"(\\(?=[(\[$]|begin|eqref|ref)|\$(?=[^<>]*\$))(?![^<]*>)")
LEFT = ' style="text-align:left"'  # JupyterLab would set cells to the right


def rounded(value: Any, digits: int = 6) -> Any:
    """`value` with each number at `digits` significant digits, so that saved outputs compare."""
    if isinstance(value, dict):
        return {str(key): rounded(item, digits) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item, digits) for item in value]
    if value is None or isinstance(value, (str, bool)):
        return value
    number = float(value)
    if not math.isfinite(number):
        return None
    near = float(f"{number:.{digits}g}")
    return int(near) if near == int(near) and abs(near) < 1e15 else near


def paragraphs(texts: Iterable[str]) -> str:
    """Each text as a paragraph, escaped."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def table_html(head: list[str], rows: list[list[str]], caption: str = "") -> str:
    """A plain table that GitHub, nbconvert and a screen reader can read; all text escaped."""
    top = "".join(f'<th scope="col"{LEFT}>{escape(text)}</th>' for text in head)
    body = ""
    for first, *others in rows:
        cells = "".join(f"<td{LEFT}>{escape(text)}</td>" for text in others)
        body += f'<tr><th scope="row"{LEFT}>{escape(first)}</th>{cells}</tr>'
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def scrolled(name: str, html: str) -> str:
    """`html` in a box of that name: it scrolls on a narrow page, and the keyboard reaches it."""
    name = escape(name)
    return f'<div class="tpm-scroll" tabindex="0" role="group" aria-label="{name}">{html}</div>'


def without_formulas(html: str) -> str:
    """`html` in which JupyterLab finds no formula, since its search ends at a tag."""
    return FORMULA.sub(r"\1<span></span>", html)


def folded(title: str, html: str) -> str:
    """`html` behind a line that opens it."""
    return f"<details><summary>{escape(title)}</summary>{html}</details>"


def revealed(show: str, hide: str, html: str) -> str:
    """`html` behind a button, which says something else once it is open."""
    hidden = 'hidden style="display:none"'  # JupyterLab drops the first until a notebook is run
    words = f"<span>{escape(show)}</span><span {hidden}>{escape(hide)}</span>"
    return f'<details class="tpm-reveal"><summary>{words}</summary>{html}</details>'
