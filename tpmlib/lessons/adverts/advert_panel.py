"""Read an advert: the responsibilities its words match, and whose adverts it resembles."""

from html import escape

import ipywidgets
import pandas as pd

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.html import folded, rounded, table_html
from tpmlib.kit.panels.base import CHART, Bundle, Panel, view_of
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.picture import Picture
from tpmlib.kit.words import choices, say
from tpmlib.lessons.adverts import advert as formula
from tpmlib.lessons.adverts import advert_picture as chart
from tpmlib.lessons.adverts.verdict import withheld
from tpmlib.lessons.adverts.wording import HIDDEN

LONGEST_PASTED = 1_000_000  # characters the field takes; the model reads the first 100,000


class ReadAdvert(Panel):
    """`read_advert(text)`: paste a text; nothing of it is stored. Examples are synthetic."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.tables = {name: content.table(name) for name in ("adverts", "responsibilities")}
        scenario = content.scenario("adverts")
        self.examples = {row["id"]: row for row in scenario["adverts"]}
        self.rules = scenario["verdict"]
        options = [{"value": "", "label": say("advert.own")}]
        options += [{"value": name, "label": row["title"]} for name, row in self.examples.items()]
        label = say("advert.pasted")
        pasted = {"id": "text", "kind": "text", "label": label, "rows": 4, "most": LONGEST_PASTED}
        first = "" if text else next(iter(self.examples))
        self.form = Form(
            fields=[
                {
                    "id": "example",
                    "kind": "select",
                    "label": say("advert.which"),
                    "options": options,
                },
                pasted,
            ],
            values={"example": first, "text": text or self.examples[first]["text"]},
            buttons=[{"id": "read", "label": say("advert.read")}],
        )
        self.marked = ipywidgets.HTML()
        self.picture = Picture(chart)
        self.on(self.form, "values", self._choose)
        self.form.on_event(lambda event: self.run(self._read))
        beside = ipywidgets.Box([self.picture, self.marked])
        beside.add_class("tpm-beside").add_class("tpm-read")
        self.widget = ipywidgets.VBox([self.form, beside])
        self._example = first
        self._read()

    def _choose(self) -> None:
        chosen = self.form.values["example"]
        if chosen != self._example:
            self._example = chosen
            self.form.put(text=self.examples[chosen]["text"] if chosen else "")
            if chosen:
                self._read()

    def _read(self) -> None:
        text = self._text = self.form.values["text"]
        self.form.message = ""
        if self._example and text != self.examples[self._example]["text"]:
            self._example = ""  # it is the learner's own now
            self.form.put(example="")
        try:
            self.frame = formula.read_advert(text=text, **self.tables)
        except CourseError as error:
            self.frame = pd.DataFrame()
            self.marked.value = ""
            self.picture.clear()  # so that nothing of an earlier text stays
            self.fail(str(error).removeprefix("text: ").capitalize() + ".")
            return
        start = text[: formula.MOST_CHARACTERS]
        self.spots = formula.find_terms(start, self.tables["responsibilities"])
        marked = highlighted(start, self.spots)
        self.marked.value = f'<div class="tpm">{marked}{self._found()}</div>'
        rules, row = self.rules, self.frame.to_dict("records")[0]
        self.why_not = withheld(text, rules, row)  # told beside the button, where the learner is
        if self.why_not:
            self.frame = self.frame.assign(own=float("nan"))
        self.picture.show(self.frame, say("advert.no_place") if self.why_not else self.sentence())
        cut = len(text) - len(start)
        limit = say("advert.cut", n=cut, most=formula.MOST_CHARACTERS) if cut else ""
        self.form.message = f"{self.why_not} {limit}".strip()

    def _found(self) -> str:
        rows = self.tables["responsibilities"].set_index("responsibility_id")
        matched = rows.loc[self.spots["responsibility_id"].unique()].sort_values("name")
        in_area = matched["counted_in_cluster"].astype(bool)
        names = matched[in_area].groupby("cluster")["name"].agg(", ".join)
        table = [[say("areas.name", area=cluster), joined] for cluster, joined in names.items()]
        if not in_area.all():
            table.append([say("advert.no_area"), ", ".join(matched[~in_area]["name"])])
        return table_html([*choices("advert.found").values()], table) if table else ""

    def sentence(self) -> str:
        """Whose adverts the text resembles, and how often that is wrong; or why it is not told."""
        return self.why_not or formula.describe(self.frame)

    def text(self) -> str:
        words = formula.count_words(self._text)  # of the text read, which may not be that typed
        sentence = self.form.message if self.frame.empty else self.sentence()
        return f"{say('advert.text', n=words)}\n{sentence}"

    def html(self) -> str:
        if self.frame.empty:
            return f"<p>{escape(self.form.message)}</p>"
        return self._found() + folded(say("advert.whole"), highlighted(self._text, self.spots))

    def bundles(self) -> list[Bundle]:
        if self.frame.empty:
            return super().bundles()
        data = {"text/plain": self.text(), CHART: rounded(self.frame.to_dict("list"))}
        bundle = {"text/plain": say("advert.matches", n=len(self.spots)), "text/html": self.html()}
        return [
            data | self.picture.bundle() | view_of(self.widget),
            bundle | view_of(ipywidgets.HTML()),
        ]


def highlighted(text: str, spots: pd.DataFrame) -> str:
    """The text, escaped, with each matched stretch marked and named."""
    parts, done = [], 0
    for row in spots.sort_values(["start", "end"], ascending=[True, False]).itertuples():
        if row.start < done:
            continue
        end = row.end
        while end < len(text) and (text[end].isalnum() or text[end] in HIDDEN):
            end += 1  # a term may be the stem of a word: mark the whole word
        parts.append(escape(text[done : row.start]))
        parts.append(f'<mark title="{escape(row.name)}">{escape(text[row.start : end])}</mark>')
        done = end
    parts.append(escape(text[done : formula.MOST_CHARACTERS]))
    label = f'role="group" aria-label="{escape(say("advert.marked"))}"'
    return f'<div class="tpm-advert" dir="auto" tabindex="0" {label}>{"".join(parts)}</div>'
