"""A form as data: fields and rules from data/sheets, kept, and what becomes of what was entered."""

from html import escape
from typing import Any

import ipywidgets

from tpmlib.kit import content, sheets
from tpmlib.kit.documents import Section, page
from tpmlib.kit.html import folded, scrolled, table_html
from tpmlib.kit.panels.answering import Values
from tpmlib.kit.panels.exercise import Exercise, last_kept
from tpmlib.kit.panels.form import MOST_TEXT, Field
from tpmlib.kit.record import Record
from tpmlib.kit.words import choices, say

KIND = "sheet"
TAKE = ("take", "empty")  # buttons: mine as a page, and an empty one
# in YAML and in a form alike
SAME = ("id", "kind", "label", "unit", "help", "min", "max", "step", "corner")


class Sheet(Exercise):
    """`sheet(name)`: fill it in, read what its rules say meanwhile, and keep it."""

    kind = KIND

    def __init__(self, name: str) -> None:
        self.sheet = content.sheet(name)
        how = {"id": "how", "kind": "note", "label": self.sheet["text"]}
        super().__init__(
            name,
            self.sheet["lesson"],
            about=self.sheet["title"],
            fields=[how, *fields(self.sheet)],
            start=start(self.sheet),
            button=self.sheet.get("button", say("sheet.keep")),
        )
        if any(field["kind"] == "grid" for field in self.sheet["fields"]):
            labels = choices("sheet.download")
            taking = [{"id": id, "label": labels[id], "plain": True} for id in TAKE]
            self.form.buttons = [*self.form.buttons, *taking]
        if all(field["kind"] == "number" for field in self.sheet["fields"]):
            self.form.arrangement = "columns"
        self.page = ipywidgets.HTML()
        self.widget = ipywidgets.VBox([self.form, self.page])
        self.begin()

    def pressed(self, event: dict[str, Any]) -> None:
        if (click := event.get("click")) in TAKE:
            name = f"{self.item.replace('_', '-')}{'-empty' * (click == 'empty')}.html"
            text = page(sheets.printed(self.sheet, self.answer() if click == "take" else {}))
            self.form.send({"download": name, "text": text, "type": "text/html"})
            self.form.message = say("saving.saved", name=name)
        else:
            super().pressed(event)

    def typed(self) -> None:
        self.form.feedback = sheets.remarks(self.sheet, self.answer())

    def problem(self) -> str:
        return sheets.missing(self.sheet, self.answer())

    def show(self) -> None:
        """What others publish, and what the sheet makes of what was kept last."""
        again = any("\n" in each["text"] for each in self.form.feedback.values())
        last = self.start | self.last()
        beside = sheets.compared(self.sheet, last)
        told = say("sheet.differ", n="".join(beside).count("<b>")) if beside else ""
        words = [self.kept(), say("sheet.again") if again else "", told, self.sheet.get("kept", "")]
        self.form.message = " ".join(filter(None, words))
        text = sheets.made(self.sheet, last)
        shown = [_answer(text)] if text else []
        tables = [scrolled(say("sheet.published"), table) for table in beside]
        self.page.value = f'<div class="tpm">{"".join(shown + tables)}</div>'

    def text(self) -> str:
        asked = [
            say("sheet.grid", n=len(field["rows"])) if field["kind"] == "grid" else field["label"]
            for field in self.sheet["fields"]
        ]
        return f"{self.sheet['title']}: {', '.join(asked)}"

    def html(self) -> str:
        asked = "".join(_asked(field) for field in self.sheet["fields"])
        numbers = [field for field in self.sheet["fields"] if field["kind"] == "number"]
        asked += _numbers(self.sheet["title"], numbers) if numbers else ""
        tables = sheets.compared(self.sheet, {})
        published = "".join(folded(say("sheet.published"), table) for table in tables)
        return f"<p>{escape(self.sheet['text'])}</p>{asked}{published}"


def _answer(text: str) -> str:
    """What a sheet makes: of several lines the first is the result, and the others say why."""
    result, _, reasons = (escape(part) for part in text.partition("\n"))
    head = f'<p class="tpm-result">{result}</p>' if reasons else ""
    return f'{head}<p class="tpm-text">{reasons.strip() or result}</p>'


def fields(sheet: sheets.Sheet) -> list[Field]:
    """The fields of the form of a sheet."""
    form_fields = []
    for field in sheet["fields"]:
        own: Field = {"label": sheet["title"]}
        own |= {name: field[name] for name in SAME if name in field}
        if field["kind"] == "grid":
            own |= {"rows": field["rows"], "columns": [*map(_column, sheets.columns(field))]}
        elif field["kind"] == "choice":
            own |= {"kind": "checks" if field.get("many") else "radio", "options": _options(field)}
        elif field["kind"] == "text":
            own |= {"rows": field.get("lines", 4), "most": MOST_TEXT}
        form_fields.append(own)
    return form_fields


def _column(column: sheets.Part) -> Field:
    if "min" in column:
        return {"kind": "number"} | column
    nothing = {"value": "", "label": "-"}
    return {"id": column["id"], "label": column["label"], "options": [nothing, *_options(column)]}


def _options(part: sheets.Part) -> list[Field]:
    return [{"value": value, "label": label} for value, label in sheets.choices(part).items()]


def start(sheet: sheets.Sheet) -> Values:
    """What stands in each field until the learner changes it: a number may have a value."""
    empty = {field["id"]: "" if field["kind"] == "text" else None for field in sheet["fields"]}
    worked = {f["id"]: sheets.worked(f) for f in sheet["fields"] if f["kind"] == "grid"}
    return empty | worked | {f["id"]: f["value"] for f in sheet["fields"] if "value" in f}


def kept(sheet: sheets.Sheet, record: Record) -> Values:
    """What a learner has kept, where it still fits; empty if nothing is kept."""
    last = last_kept(record, KIND, sheet["id"], fields(sheet))
    return start(sheet) | last if last else {}


def entered(name: str, record: Record) -> Values:
    """What a learner has kept; until then what stands in the sheet at the start."""
    sheet = content.sheet(name)
    return kept(sheet, record) or start(sheet)


def _asked(field: sheets.Part) -> str:
    """A field for a reader without a kernel; numbers stand in one table below the others."""
    if field["kind"] == "number":
        return ""
    if field["kind"] == "text":
        return f"<p><b>{say('reflect.write')}</b> {escape(field['label'])}</p>"
    if field["kind"] == "choice":
        items = [f"<li>{escape(label)}</li>" for label in sheets.choices(field).values()]
        return f"<p><b>{escape(field['label'])}</b></p><ul>{''.join(items)}</ul>"
    head, rows = sheets.table_of(field, sheets.worked(field))
    for row, cells in zip(field["rows"], rows, strict=True):
        cells[0] += f". {row['help']}" if "help" in row else ""
    lists = {", ".join(sheets.choices(part).values()) for part in sheets.columns(field)} - {""}
    listed = [f"<p>{escape(say('sheet.choose', choices=each))}</p>" for each in sorted(lists)]
    return scrolled(field["corner"], table_html(head, rows)) + "".join(listed)


def _numbers(title: str, numbers: list[sheets.Part]) -> str:
    """All numbers of a sheet, for a reader without a kernel."""
    rows = [
        [number["label"], *(str(number.get(name, "")) for name in ("value", "unit", "help"))]
        for number in numbers
    ]
    return scrolled(title, table_html([title, *choices("sheet.column").values()], rows))


def made(record: Record) -> list[Section]:
    """What the learner entered in each sheet of the course, but for those of lessons left out."""
    made, out = map(content.sheet, content.sheets()), content.course()["out"]
    return [_section(sheet, record) for sheet in made if sheet["lesson"] not in out]


def _section(sheet: sheets.Sheet, record: Record) -> Section:
    if mine := kept(sheet, record):
        return sheets.section(sheet, mine)
    number = content.lesson(sheet["lesson"])["number"]
    return Section(sheet["title"], [], [], say("documents.waits", lessons=number))


def asked(lesson: str) -> list[str]:
    """The sheets that a lesson asks for."""
    return [name for name in content.sheets() if content.sheet(name)["lesson"] == lesson]
