"""Links and pictures in texts: where they lead, and what is said to those who cannot see."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

PICTURE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
IMAGE = re.compile(r"<img\b[^>]*>", re.I)
CODE = re.compile(r"^(```|~~~).*?^\1|`([^`\n]*)`", re.S | re.M)
ANCHOR = re.compile(r"^#{1,6} +(.+?) *#*$|<a +(?:id|name)=\"([^\"]+)\"", re.M)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


def anchors(text: str) -> set[str]:
    """The anchors of a text, as GitHub and as JupyterLab write them."""
    anchored = set()
    for heading, name in ANCHOR.findall(CODE.sub(r"\2", text)):
        plain = LINK.sub(r"\1", heading)
        anchored |= {name, plain.replace(" ", "-")}
        anchored.add(re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-"))
    return anchored


def links(
    path: Path, texts: list[tuple[str, str]], root: Path, read: dict[Path, str]
) -> Iterator[tuple[str, str]]:
    """Broken links and pictures without a text. `texts`: place and text; `read`: all texts."""
    for where, text in texts:
        text = CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
        for start, wrong in _wrong(path, text, root, read):
            yield str(text.count("\n", 0, start) + 1) if where == "text" else where, wrong


def _wrong(path: Path, text: str, root: Path, read: dict[Path, str]) -> Iterator[tuple[int, str]]:
    """Where in the text, and what."""
    pictures = list(PICTURE.finditer(text))
    for link in pictures:
        if ELSEWHERE.match(link[2]) and path.suffix == ".ipynb":  # nothing is fetched
            yield link.start(), f"the picture {link[2]} is on another machine; one of the course"
        if not link[1].strip():
            yield link.start(), f"the picture {link[2]} has no text; ![what it shows](...)"
    # a link around a picture: only the words of the picture stay, and as much room as it took
    plain = PICTURE.sub(lambda picture: picture[1].ljust(len(picture[0])), text)
    for link in pictures + list(LINK.finditer(plain)):
        target = link[2]
        if target and not ELSEWHERE.match(target) and (why := _broken(path, target, root, read)):
            yield link.start(), f"the link {target} {why}"
    for tag in IMAGE.finditer(text):
        if not re.search(r"\balt *= *[\"'][^\"']", tag[0]):
            yield tag.start(), 'an <img> without alt; alt="what it shows"'


def _broken(path: Path, target: str, root: Path, read: dict[Path, str]) -> str:
    file, _, anchor = unquote(target).partition("#")
    goal = (path.parent / file).resolve() if file else path
    if target.startswith("/") or not goal.is_relative_to(root):
        return "leaves the course; a relative link inside it"
    if not goal.exists():
        return "leads nowhere; a file of the course"
    if anchor and goal in read and anchor not in anchors(read[goal]):
        return "has no such heading; a heading of that file"
    return ""
