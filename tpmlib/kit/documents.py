"""Documents to take away: Markdown and a web page of the same words, and all in one file."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.content.workshop import OUT
from tpmlib.kit.html import table_html
from tpmlib.kit.words import choices, number, say, spoken

STYLE = (Path(__file__).parent / "document.css").read_text(encoding="utf-8")
DATE = (1980, 1, 1, 0, 0, 0)  # of each file in the archive, so that equal work gives equal bytes


class Section(NamedTuple):
    """A heading, text under it, and a table where there is a head."""

    title: str
    head: list[str]
    rows: list[list[str]]
    text: str = ""


def headed(id: str, rows: list[list[str]]) -> Section:
    """A table under the title of that id in the words; its head is `<id>_head`."""
    return Section(say(id), [*choices(f"{id}_head").values()], rows)


class Document(NamedTuple):
    """One document; `name` is its file's, without an ending."""

    name: str
    title: str
    sections: list[Section]
    text: str = ""


def not_yet(lesson: str, what: str) -> str:
    """Of what is not made: the lesson that asks for it, by its id, and how."""
    entry = content.lesson(lesson)
    if entry["status"] == OUT:
        return say("documents.left_out")
    return say("documents.not_yet", number=entry["number"], title=entry["title"], what=what)


def cell(value: object) -> str:
    """A value as a cell of a table: a number without a needless .0, other things as they are."""
    return number(value, "g") if isinstance(value, int | float) else str(value)


def markdown(document: Document) -> str:
    """The document as Markdown; no word of the learner's becomes markup."""
    lines = [f"# {_plain(document.title)}", "", *_paragraph(document.text)]
    for section in document.sections:
        lines += [f"## {_plain(section.title)}", "", *_paragraph(section.text)]
        if section.head:
            lines += [_line(map(_plain, section.head)), _line(["---"] * len(section.head))]
            lines += [_line([_plain(text) for text in row]) for row in section.rows] + [""]
    return "\n".join(lines)


def page(document: Document) -> str:
    """The document as one HTML page, every word escaped."""
    body = "".join(
        f"<h2>{escape(section.title)}</h2>{_text(section.text)}"
        + (table_html(section.head, section.rows) if section.head else "")
        for section in document.sections
    )
    return _html(document.title, _text(document.text) + body)


def archive(documents: list[Document], record: str) -> bytes:
    """Every document twice, a page that leads to them, and the record, in one zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in _files(documents, record):
            file.writestr(zipfile.ZipInfo(name, DATE), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def packed_record(data: bytes, most: int) -> str:
    """The record that a saved file is, or that lies in it if it is an archive.

    most: bytes that it may have when unpacked. Raises CourseError if it has more.
    """
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                data = b""
                for name in file.namelist():  # only read: no name becomes a path
                    if name.endswith(".jsonl") and not name.startswith("__MACOSX/"):
                        with file.open(name) as packed:
                            data += packed.read(most + 1 - len(data)) + b"\n"
        # what the standard library raises for damage, a password, and a kind it cannot unpack
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as bad:
            raise CourseError(say("saving.bad_zip", why=bad)) from bad
        if len(data) > most:
            raise CourseError(say("saving.large_zip", most=most // 10**6))
    # PowerShell saves a text as UTF-16, with two bytes in front that say so
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if is_utf16 else "utf-8", "replace")


def _files(documents: list[Document], record: str) -> Iterator[tuple[str, str]]:
    links = "".join(
        f'<li><a href="{document.name}.html">{escape(document.title)}</a> '
        f'(<a href="{document.name}.md">Markdown</a>)</li>'
        for document in documents
    )
    body = f"<ul>{links}</ul>{_text(say('documents.bring_back'))}"
    yield "index.html", _html(say("documents.portfolio"), body)
    for document in documents:
        yield f"{document.name}.html", page(document)
        yield f"{document.name}.md", markdown(document)
    yield "tpm-or-pm.jsonl", record


def _html(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{spoken()}"><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        f"<style>{STYLE}</style><h1>{escape(title)}</h1>{body}</html>"
    )


def _text(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _paragraph(text: str) -> list[str]:
    # what at the start of a line would be a heading, a list or a rule
    return [re.sub(r"^(\d*)([-+.)#]+)(?=\s|$)", r"\1\\\2", _plain(text)), ""] if text else []


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Text that cannot break a Markdown table or become markup or a formula."""
    flat = " ".join(escape(text, quote=False).split())
    marked = re.sub(r"[\\|*_`[\]~$^]|=(?==)", r"\\\g<0>", flat)
    # JupyterLab looks for formulas in the finished page too, where no mark is left, but its search
    # ends at a tag
    return re.sub(r"\\[\\$]", r"<span>\g<0></span>", marked)
