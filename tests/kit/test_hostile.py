"""No hostile text is carried out: not by a page, a document, a report or a terminal."""

import itertools
import re

import ipywidgets
import mistune
import nbformat
import pandas as pd
import pytest
from front import click, displayed, judge
from hostile import TEXTS, carried_out, controls, forged, formulas, hostile_course

import tpmlib as tpm
from tpmlib.authoring.report.page import ClassReport
from tpmlib.authoring.report.records import gather
from tpmlib.cli import main
from tpmlib.kit import content
from tpmlib.kit.canvas import Canvas
from tpmlib.kit.content.documents import problems_of_documents
from tpmlib.kit.documents import Document, Section, archive, markdown, packed_record, page
from tpmlib.kit.html import without_formulas
from tpmlib.kit.panels import made
from tpmlib.kit.panels.base import Panel, Shown
from tpmlib.kit.record import record

ROOT = content.root()
EACH = pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
PLUGINS = "table strikethrough math superscript subscript insert mark footnotes url spoiler"
MARKDOWN = mistune.create_markdown(escape=False, plugins=PLUGINS.split())
WRITTEN = {*"h1 h2 p table thead tbody tr th td span a".split()}  # of a document in Markdown
SLOW = re.compile(r"explore\(|company\(|models\.")  # and their texts stand in other panels too


def panels():
    """Every panel of the lessons, but for the models to move."""
    for lesson in content.course()["lessons"]:
        book = nbformat.read(ROOT / lesson["file"], as_version=4)
        for cell in book.cells:
            if cell.source.startswith(("tpm.", "display(")) and not SLOW.search(cell.source):
                shown = eval(cell.source.strip(), {"tpm": tpm, "display": lambda *all: all})
                yield from shown if isinstance(shown, tuple) else [shown]


def written(widget):
    """The HTML that a widget and those in it hold."""
    own = [widget.value] if isinstance(widget, ipywidgets.HTML) else []
    inside = (written(each) for each in getattr(widget, "children", ()))
    return [*own, *itertools.chain.from_iterable(inside)]


def outputs(monkeypatch):
    """The HTML that the cells of all lessons show."""
    shown = [
        bundle
        for each in panels()
        for bundle in (
            [each._repr_mimebundle_()] if isinstance(each, Shown) else displayed(each, monkeypatch)
        )
    ]
    return [bundle["text/html"] for bundle in shown if "text/html" in bundle]


def wrong(pages):
    return [problem for page in pages for problem in carried_out(page)]


def test_there_are_a_hundred_texts_and_each_sets_off_a_page_or_a_terminal_or_is_markup():
    assert len(TEXTS) == len(set(TEXTS)) == 100
    raw = [text for text in TEXTS if carried_out(f"<p>{text}</p>") or controls(text)]
    rendered = [text for text in TEXTS if carried_out(MARKDOWN(text), {"p"})]
    assert len(raw) > 50 and len({*raw, *rendered}) > 70


@EACH
def test_a_document_is_text_in_every_place(text):
    section = Section(text, [text, text], [[text, text]], text)
    document = Document("name", text, [section, Section(text, [], [])], text)
    assert carried_out(page(document)) == []
    assert carried_out(MARKDOWN(markdown(document._replace(sections=[section]))), WRITTEN) == []


@EACH
def test_no_output_of_a_cell_holds_what_jupyterlab_reads_as_a_formula(text):
    whole = page(Document("x", text, [Section(text, [text], [[text]], text)]))
    shown = without_formulas(whole)
    assert formulas(shown) == [] and carried_out(shown) == []
    assert shown.replace("<span></span>", "") == whole


def test_a_formula_is_looked_for_in_texts_and_not_in_tags():
    tag = '<a title="$5 and $6 \\(x\\)">'
    assert without_formulas(f"{tag}$5</a> and $6") == f"{tag}$5</a> and $6"
    assert without_formulas("$5 and $6") == "$<span></span>5 and $6"


@pytest.mark.filterwarnings("ignore:Glyph")  # of a control character
@pytest.mark.parametrize("text", [text for text in TEXTS if "$" in text or "\\" in text])
def test_a_picture_draws_a_text_as_it_is(text):
    text = text.encode("utf-8", "replace").decode()[:200]

    def draw(figure, frame):
        axes = figure.add_axes((0.3, 0.3, 0.6, 0.6))
        axes.set_yticks([0, 1], [text, text])
        axes.set_title(text)
        return lambda frame: None

    assert Canvas(draw, (2, 1), pd.DataFrame()).png(pd.DataFrame())


def test_a_forged_record_is_text_in_every_document():
    for start in (0, 50):
        record().restore(forged(start).replace('"ab"', f'"a{start}"'))
        for document in made.documents(record()):
            assert carried_out(page(document)) == []
            assert carried_out(MARKDOWN(markdown(document)), WRITTEN) == []


def test_a_text_for_a_record_is_refused_and_a_zip_of_such_names_writes_nothing(tmp_path):
    assert record().restore("\n".join(TEXTS)).added == 0
    whole = archive([], forged())
    assert packed_record(whole, 10**7).strip() == forged()


def test_a_pasted_advert_is_text():
    panel = tpm.read_advert("Own the roadmap.")
    for text in TEXTS:
        text = text.encode("utf-8", "replace").decode()
        click(panel.form, "read", text=f"Own the {text} product roadmap. {text}")
        assert wrong([*written(panel.widget), panel.html()]) == []


def test_what_a_learner_types_is_text_wherever_it_comes_back():
    judging, reflecting = tpm.judge("C14"), tpm.reflect("priorities-objective")
    for text in TEXTS:
        judge(judging, verdict="holds", reason=text)
        click(reflecting.form, "keep", text=text)
        document = Document("x", "x", [*made.judged(record()), *made.texts(record())])
        shown = [judging.html(), reflecting.html(), page(document)]
        assert len(document.sections[0].rows) == 1 and wrong(shown) == []


@pytest.mark.filterwarnings("ignore:Glyph")
def test_a_hostile_course_is_text_in_every_lesson_and_at_the_terminal(data, monkeypatch, capsys):
    assert hostile_course(data) > 4_000
    assert content.problems_of_tables() + problems_of_documents() == []
    record().restore(forged(50))
    shown = outputs(monkeypatch)
    shown += [
        tpm.facilitate(each["id"])._repr_mimebundle_()["text/html"]
        for each in content.course()["lessons"]
    ]
    assert [formula for each in shown for formula in formulas(each)] == []
    shown += [html for panel in Panel._alive for html in written(panel.widget)]
    shown += [page(document) for document in made.documents(record())]
    assert len(shown) > 140 and wrong(shown) == []
    (data.parent / "README.md").write_bytes("\n\n".join(TEXTS).encode("utf-8", "replace"))
    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) > 100 and controls(out + err) == set()


def test_a_class_of_forged_records_and_file_names_reaches_no_page_and_no_terminal(tmp_path, capsys):
    folder = tmp_path / "class"
    folder.mkdir()
    records = [forged(start).splitlines()[:-2] for start in (0, 37)]
    for number, text in enumerate(TEXTS):
        name = re.sub("[/\0]", "", text.encode("utf-8", "replace").decode())[:60]
        lines = "\n".join([*records[number % 2][number % 19 :: 19], text])
        path = folder / f"{number}{name}.jsonl"
        path.write_text(lines.replace('"ab"', f'"{number}"'), errors="replace")
    assert main(["report", str(folder), "--out", str(tmp_path / "out")]) == 0
    out, err = capsys.readouterr()
    assert out.count("damaged line") == len(TEXTS) and controls(out + err) == set()
    remarks = ClassReport(len(TEXTS), {"files": gather(folder)[1]}).show("files")
    assert wrong([(tmp_path / "out/class_report.html").read_text(), remarks.page]) == []
    tables = [path.read_text() for path in (tmp_path / "out").glob("*.csv")]
    assert not any(re.search("tpmHit|^[=+@-]", each, re.M) or controls(each) for each in tables)
