"""Two titles side by side: what published sources say of each, and where they disagree."""

from typing import Any

import ipywidgets

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Form
from tpmlib.kit.words import choices, joined, say

SIDES = ("first", "second")


class CompareTitles(Panel):
    """`compare_titles(first, second)`: choose two titles and read them aspect by aspect."""

    def __init__(self, first: str = "TPM", second: str = "PM") -> None:
        super().__init__()
        rows = content.table("titles")
        self.titles: dict[str, list[dict[str, Any]]] = {
            title: group.to_dict("records") for title, group in rows.groupby("title", sort=False)
        }
        for title in (first, second):
            if title not in self.titles:
                raise CourseError(f"title: {nearest(title, self.titles)}")
        options = [{"value": title, "label": title} for title in self.titles]
        pick = {"kind": "select", "options": options}
        self.form = Form(
            fields=[
                pick | {"id": side, "label": label}
                for side, label in choices("titles.side").items()
            ],
            values={"first": first, "second": second},
            arrangement="controls",
        )
        self.form.message = say("titles.how")
        self.page = ipywidgets.HTML()
        self.on(self.form, "values", self._show)
        self.widget = ipywidgets.VBox([self.form, self.page])
        self._show()

    def _show(self) -> None:
        self.page.value = f'<div class="tpm">{self._pair()}</div>'

    def _chosen(self) -> list[str]:
        return [self.form.values[side] for side in SIDES]

    def _pair(self) -> str:
        chosen = self._chosen()
        rows = [
            [pair[0]["aspect"], *(stated(row) for row in pair)]
            for pair in zip(*(self.titles[title] for title in chosen), strict=True)
        ]
        table = table_html([say("titles.aspect"), *chosen], rows)
        return table + folded(say("titles.sources"), self._sources())

    def _sources(self) -> str:
        cells = [row for title in self._chosen() for row in self.titles[title]]
        pairs = (f"{row['fact_id']} {row['dispute_facts']}" for row in cells)
        names = {name for pair in pairs for name in pair.split()}
        facts = [content.fact(name) for name in sorted(names)]
        rows = [[f["fact_id"], content.source(f["source_id"])["title"], f["trust"]] for f in facts]
        differ = [[r["title"], r["aspect"], disputed(r)] for r in cells if r["dispute"]]
        head = list(choices("titles.head").values())
        others = table_html([*head[:2], head[3]], differ) if differ else ""
        return others + table_html([*choices("titles.facts").values()], rows)

    def text(self) -> str:
        return say("titles.text", titles=joined("panel.both", self._chosen()))

    def html(self) -> str:
        every = [
            [row["title"], row["aspect"], stated(row), disputed(row)]
            for rows in self.titles.values()
            for row in rows
        ]
        head = [*choices("titles.head").values()]
        whole = folded(say("titles.all", n=len(self.titles)), table_html(head, every))
        return f"<p>{say('titles.how')}</p>{self._pair()}{whole}"


def stated(row: dict[str, Any]) -> str:
    """What a source says, with the fact behind it; or that none was found."""
    return f"{row['text']} [{row['fact_id']}]" if row["text"] else say("titles.not_stated")


def disputed(row: dict[str, Any]) -> str:
    """Who says otherwise, with the facts behind it."""
    return f"{row['dispute']} [{row['dispute_facts']}]" if row["dispute"] else ""
