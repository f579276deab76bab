"""One fact with its source, its sample and how far to trust it."""

from html import escape
from typing import Any

from IPython.display import display

from tpmlib.kit import content
from tpmlib.kit.html import folded, without_formulas
from tpmlib.kit.words import say


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
        named = say("cite.source", name=name, source=escape(source["source_id"]))
        where = f"<p>{named} {escape(mark(fact))}{note}</p>"
        return (
            f"<blockquote><p><b>{fact['fact_id']}</b> {escape(fact['statement'])}</p>"
            f"{folded(say('cite.more'), where)}</blockquote>"
        )

    def _ipython_display_(self) -> None:
        shown = {"text/plain": repr(self), "text/html": without_formulas(self.html())}
        display(shown, raw=True)  # type: ignore[no-untyped-call]


def mark(fact: dict[str, Any]) -> str:
    """Trust mark, how it was read, sample size and year, in words."""
    n, year = whole(fact["n"]), whole(fact["year"])
    kinds = dict.fromkeys([kind(fact), say("cite.read", read=fact["read"])])
    parts = [say("cite.trust", trust=fact["trust"], kind="; ".join(kinds))]
    parts += [say("cite.size", n=n)] if n else [say("cite.no_size")] if fact["figure"] else []
    parts += [year] if year else []
    return "; ".join(parts) + "."


def kind(fact: dict[str, Any]) -> str:
    """What the trust mark of a fact says of its source; of our own work, which work that was."""
    own = fact["read"] in ("count", "reading")
    return say("cite.read", read=fact["read"]) if own else say("cite.kind", trust=fact["trust"])


def whole(value: Any) -> str:
    """A whole number from a table as text; nothing for a missing one."""
    text = str(value)
    return "" if text in ("", "nan", "<NA>", "None") else f"{float(text):.0f}"


def sentence(fact: dict[str, Any]) -> str:
    """The fact in one paragraph of plain text."""
    parts = {name: fact[name] for name in ("statement", "source_id", "trust")}
    return say("cite.sentence", **parts)
