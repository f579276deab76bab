"""One fact with its source, its sample and how far to trust it."""

from html import escape
from typing import Any

from IPython.display import display

from tpmlib.kit import content
from tpmlib.kit.html import folded, without_formulas

TRUST = {
    "A": "peer-reviewed or official",
    "B": "named practitioner, company handbook or large survey",
    "C": "vendor, small or self-selected sample, or our own count",
    "D": "folklore: a claim to challenge",
}
READ = {
    "S": "read in the source",
    "S2": "read second-hand",
    "M": "as commonly reported, not re-read",
    "count": "our own count",
    "reading": "the course's own reading of other facts",
}


class Cite:
    """`cite(fact)`: the statement, its source, its sample size and its trust mark."""

    def __init__(self, fact: str) -> None:
        self.fact = content.fact(fact)
        self.source = content.source(self.fact["source_id"])

    def __repr__(self) -> str:
        return f"{self.fact['fact_id']} {sentence(self.fact)}"

    def html(self) -> str:
        """The fact as a short block; every word escaped, only web addresses linked."""
        fact, source = self.fact, self.source
        name = escape(source["title"])
        url = str(source["url"] or "")
        if url.startswith(("https://", "http://")):
            name = f'<a href="{escape(url)}">{name}</a>'
        note = f"<br><i>{escape(fact['note'])}</i>" if fact["note"] else ""
        where = f"<p>{name} ({escape(source['source_id'])}). {escape(mark(fact))}{note}</p>"
        return (
            f"<blockquote><p><b>{fact['fact_id']}</b> {escape(fact['statement'])}</p>"
            f"{folded('Source and trust', where)}</blockquote>"
        )

    def _ipython_display_(self) -> None:
        shown = {"text/plain": repr(self), "text/html": without_formulas(self.html())}
        display(shown, raw=True)  # type: ignore[no-untyped-call]


def mark(fact: dict[str, Any]) -> str:
    """Trust mark, how it was read, sample size and year, in words."""
    n, year = whole(fact["n"]), whole(fact["year"])
    parts = [f"Trust {fact['trust']}: {TRUST[fact['trust']]}", READ[fact["read"]]]
    parts += [f"n = {n}"] if n else ["sample size not given"] if fact["figure"] else []
    parts += [year] if year else []
    return "; ".join(parts) + "."


def whole(value: Any) -> str:
    """A whole number from a table as text; nothing for a missing one."""
    text = str(value)
    return "" if text in ("", "nan", "<NA>", "None") else f"{float(text):.0f}"


def sentence(fact: dict[str, Any]) -> str:
    """The fact in one paragraph of plain text."""
    return f"{fact['statement']} [{fact['source_id']}; trust {fact['trust']}]"
