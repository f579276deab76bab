"""A form as data: its rules speak while one types, and what becomes of it is escaped."""

import re
from html import escape

import pytest
from front import HOSTILE, click, edit, is_plain, put, restart, tags

import tpmlib as tpm
from tpmlib.authoring.check import check
from tpmlib.errors import CourseError
from tpmlib.kit import content, documents, sheets
from tpmlib.kit.panels import sheet as module
from tpmlib.kit.panels.portfolio import Portfolio
from tpmlib.kit.panels.progress import progress
from tpmlib.kit.panels.sheet import Sheet
from tpmlib.kit.record import record
from tpmlib.kit.words import say

EACH = pytest.mark.parametrize("name", content.sheets())
GRIDS = [  # that others have filled in as well
    name for name in content.sheets() if "beside" in content.sheet(name)["fields"][0]
]
EXAMPLE = module.start(content.sheet("release"))
EACH_GRID = pytest.mark.parametrize("name", GRIDS)
SMALL = {
    "id": "small",
    "lesson": "allocation",
    "title": "All four kinds of field",
    "text": "Fill in what you like, in any order.",
    "fields": [
        {
            **{"id": "who", "kind": "grid", "corner": "Task", "choices": ["R", "A", "AR"]},
            "columns": [
                {"id": "pm", "label": "PM"},
                {"id": "tpm", "label": "TPM", "choices": [{"id": "R", "label": "does"}]},
                {"id": "hours", "label": "Hours", "min": 0, "max": 40},
            ],
            "rows": [{"id": "plan", "label": "Plan"}, {"id": "ship", "label": "Ship"}],
        },
        {"id": "size", "kind": "number", "label": "Size", "unit": "people", "min": 1, "max": 60},
        {"id": "mood", "kind": "choice", "label": "Mood", "choices": ["calm", "tense"]},
        {"id": "tags", "kind": "choice", "label": "Tags", "choices": ["a", "b"], "many": True},
        {"id": "why", "kind": "text", "label": "Why so?"},
    ],
    "rules": [
        {"at_least": 1, "at_most": 1, "of": ["A", "AR"], "say": "one answers for it"},
        {"when": ["AR"], "column": "pm", "say": "A PM who does it all?"},
        {"when": ["tense"], "in": "mood", "say": "Say why below."},
        {"missing": ["why"]},
    ],
    "makes": "{% for row in who %}{{ row.label }}: {{ row.spoken }}\n{% endfor %}Why: {{ why }}",
}


@pytest.fixture
def small(data):
    """A course with one more sheet, changed by what is given."""

    def write(change=lambda sheet: None):
        path = data / "sheets/small.yml"
        path.write_text("{}")
        edit(path, lambda sheet: sheet.update(SMALL))
        edit(path, change)
        return Sheet("small")

    return write


def said(panel, field="who"):
    return panel.form.feedback[field]["text"].splitlines()


@EACH_GRID
def test_a_grid_is_checked_at_each_choice(name):
    panel = Sheet(name)
    grid = panel.sheet["fields"][0]
    many, task = len(grid["rows"]), grid["rows"][0]
    first, second, *_ = (column["id"] for column in grid["columns"])
    done = sum("worked" in row for row in grid["rows"])  # as an example
    assert said(panel) == [f"{done} of {many} {grid['done']}."]
    put(panel.form, who={f"{task['id']}.{first}": "A"})
    assert said(panel)[1:] == [f"{task['label']}: no R, at least one does it."]
    put(panel.form, who={f"{task['id']}.{first}": "A", f"{task['id']}.{second}": "R"})
    assert said(panel) == [f"1 of {many} {grid['done']}."]
    put(panel.form, who={f"{row['id']}.{first}": "AR" for row in grid["rows"]})
    assert panel.form.feedback["who"]["tone"] == "right"


@EACH_GRID
def test_nothing_published_shows_before_a_grid_is_kept(name):
    panel = Sheet(name)
    click(panel.form, "keep")
    assert panel.page.value == "" and record().events() == []
    assert panel.form.message == "Fill in a row first."


@EACH_GRID
def test_a_grid_is_kept_compared_and_there_again_after_a_restart(name):
    panel = Sheet(name)
    grid = panel.sheet["fields"][0]
    cell = f"{grid['rows'][0]['id']}.{grid['columns'][0]['id']}"
    put(panel.form, who={cell: "AR", f"{grid['rows'][0]['id']}.{grid['columns'][1]['id']}": ""})
    click(panel.form, "keep")
    (event,) = record().events()
    assert (event["kind"], event["item"]) == ("sheet", name)
    assert (event["lesson"], event["answer"]) == (panel.sheet["lesson"], {"who": {cell: "AR"}})
    assert panel.page.value.count("<tr>") == len(grid["rows"]) + 1
    restart()
    again = Sheet(name)
    assert again.form.values == {"who": {cell: "AR"}}
    assert (again.page.value, said(again)) == (panel.page.value, said(panel))


@EACH_GRID
@pytest.mark.parametrize("button, marks", [("take", 1), ("empty", 0)])
def test_a_grid_is_taken_along_whole_filled_in_or_empty_and_nothing_is_kept(
    name, button, marks, monkeypatch
):
    panel, sent = Sheet(name), []
    monkeypatch.setattr(type(panel.form), "send", lambda form, content: sent.append(content))
    grid = panel.sheet["fields"][0]
    put(panel.form, who={f"{grid['rows'][0]['id']}.{grid['columns'][0]['id']}": "AR"})
    click(panel.form, button)
    (file,) = (each for each in sent if "download" in each)
    tables = 2 if marks and "beside" in grid else 1  # what others publish is on one's own
    assert file["text"].count("<tr>") == tables * (len(grid["rows"]) + 1)
    assert file["text"].count(">AR<") == marks and record().events() == []
    assert file["download"] in panel.form.message and name in file["download"]


def test_an_empty_sheet_names_no_company_and_holds_no_example():
    paper = documents.page(sheets.printed(content.sheet("release"), {}))
    assert not re.search("Tally|shop|Row 1|Fill in the|FlowFuse", paper)
    assert paper.count("One release of ____") == 2  # its title, and the page's


def test_what_the_sheet_makes_stands_in_the_page_to_forward_once_it_could_be_kept():
    sheet = content.sheet("hire")
    cells = {"first.duty": "define_apis_and_integration_contracts"}
    paper = documents.page(sheets.printed(sheet, {"week": cells}))
    made = sheets.made(sheet, {"week": cells})
    assert all(escape(line) in paper for line in made.splitlines())
    assert "For your boss:" in paper and "How sure?" in paper and "29% of TPM adverts" in paper
    for nothing in ({}, {"week": {}}):
        assert escape(sheet["text"]) in documents.page(sheets.printed(sheet, nothing))


def test_a_published_answer_says_whether_the_same_person_answers():
    panel = Sheet("release")
    put(panel.form, who={"plan.pm": "AR", "estimate.em": "AR", "architecture.pm": "R"})
    click(panel.form, "keep")
    labels = {row["id"]: row["label"] for row in panel.sheet["fields"][0]["rows"]}
    shown = panel.page.value.split("<tr>")
    plan, estimate, architecture = (
        next(row for row in shown if labels[name] in row)
        for name in ("plan", "estimate", "architecture")
    )
    assert plan.count("; A as yours.") == 2
    # Tally has no CTO: the column that stands for one counts as the same
    assert "Head of technology: A; the head of technology answers, as your EM does." in estimate
    assert "Not stated." in estimate
    assert "from yours" not in architecture  # no A of one's own to compare
    put(panel.form, who={"estimate.pm": "AR"})
    click(panel.form, "keep")
    assert "Head of technology: A; <b>a different A from yours</b>." in panel.page.value
    assert "Below, 1 published answer differs from yours, in bold." in panel.form.message


def test_what_is_said_of_the_tpm_of_flowfuse_is_what_its_handbook_gives():
    rows = [row for row in content.sheet("release")["fields"][0]["rows"] if "worked" not in row]
    cells = [row["published"]["flowfuse"].get("cells", {}).get("tpm") for row in rows]
    assert (len(rows), cells.count("R"), cells.count("C")) == (6, 3, 1)
    assert not {"A", "AR"} & {*cells}
    assert all(
        "tpm" not in row["published"].get("sourcegraph", {}).get("cells", {}) for row in rows
    )


def test_an_example_left_as_it_was_given_is_not_compared():
    panel = Sheet("release")
    put(panel.form, who={**panel.form.values["who"], "plan.pm": "AR"})
    click(panel.form, "keep")
    rows = panel.sheet["fields"][0]["rows"]
    told = panel.page.value
    assert rows[1]["label"] in told and rows[0]["label"] not in told
    assert told.count("<tr>") == len(rows)  # with its head


def test_the_example_alone_is_no_answer():
    panel = Sheet("release")
    example = panel.sheet["fields"][0]["rows"][0]
    assert panel.form.values == {"who": {f"estimate.{n}": v for n, v in example["worked"].items()}}
    click(panel.form, "keep")
    assert panel.form.message == "Fill in a row first." and record().events() == []


def test_a_row_that_breaks_a_rule_is_named_once_and_the_message_points_to_it():
    panel = Sheet("release")
    put(panel.form, who={"estimate.em": "AR", "estimate.pm": "A"})
    click(panel.form, "keep")
    assert panel.form.message.startswith(f"Kept. {say('sheet.again')} Below")
    assert "Below, no published answer differs" in panel.form.message
    assert said(panel)[1:] == ["Estimate the effort: 2 A, exactly one answers for it."]
    click(panel.form, "keep", who={"estimate.em": "AR"})
    assert say("sheet.again") not in panel.form.message


@EACH
def test_a_reader_without_a_kernel_sees_every_field(name):
    panel = Sheet(name)
    assert is_plain(panel.html())
    for field in panel.sheet["fields"]:
        shown = [row["label"] for row in field.get("rows", [])] or [field["label"]]
        assert all(label in panel.html() for label in shown)
        assert ("<details>" in panel.html()) == ("beside" in field)
        heads = [column["label"] for column in field.get("columns", [])]
        if "columns" in field and "choices" in field:
            heads.append(say("sheet.choose", choices=", ".join(sheets.choices(field).values())))
        assert all(escape(words) in panel.html() for words in heads)


def test_each_kind_of_rule_speaks_below_its_field(small):
    panel = small()
    cells = {"plan.pm": "AR", "ship.tpm": "R", "plan.hours": 30, "ship.hours": 20}
    put(panel.form, who=cells, size=2, mood="tense")
    assert said(panel) == [
        "1 of 2 rows fit.",
        "Plan: A PM who does it all?",
        "Ship: no A, one answers for it.",
    ]
    assert said(panel, "mood") == ["Say why below."]
    put(panel.form, mood="calm")
    assert said(panel, "mood") == []


@pytest.mark.parametrize("empty", ["", " \n "])
def test_a_missing_field_is_named_and_nothing_kept(small, empty):
    panel = small()
    click(panel.form, "keep", who={"plan.pm": "R"}, why=empty)
    assert panel.form.message == "Fill in first: Why so?"
    assert record().events() == []


def test_a_sheet_with_nothing_in_it_is_not_kept(small):
    panel = small(lambda sheet: sheet.update(rules=sheet["rules"][:1]))
    click(panel.form, "keep")
    assert panel.form.message == "Fill in something first." and record().events() == []


def test_the_same_answer_twice_is_one_event(small):
    panel = small()
    for _ in range(2):
        click(panel.form, "keep", why="Since.")
    assert len(record().events()) == 1


def test_what_was_said_goes_once_something_changes(small):
    panel = small()
    click(panel.form, "keep", why="Since.")
    assert panel.form.message == "Kept."
    put(panel.form, why="Since then.")
    assert panel.form.message == "" and "Why: Since.</p>" in panel.page.value


def test_the_template_takes_each_kind_of_field(small):
    makes = "{{ size }}|{{ mood }}|{{ tags }}|{{ why }}|{{ who[0].spoken }}|{{ who[0].cells.tpm }}"
    panel = small(lambda sheet: sheet.update(makes=makes))
    who = {"plan.pm": "A", "plan.tpm": "R", "plan.hours": 2.5}
    click(panel.form, "keep", who=who, size=9, mood="calm", tags=["a", "b"], why="Since.")
    assert "9|calm|a, b|Since.|PM: A, TPM: does, Hours: 2.5|R" in panel.page.value


def test_the_first_of_several_lines_is_the_result_and_the_others_say_why(small):
    panel = small(lambda sheet: sheet.update(makes="Hire <b>.\n\nA reason: {{ why }}\nAnother."))
    click(panel.form, "keep", why="Since.")
    result, reasons = '<p class="tpm-result">Hire &lt;b&gt;.</p>', "A reason: Since.\nAnother."
    assert f'{result}<p class="tpm-text">{reasons}</p>' in panel.page.value


def test_hostile_words_of_the_learner_stay_text(small):
    panel = small()
    click(panel.form, "keep", why=HOSTILE + " {{ 7 * 7 }}")
    assert "<script" not in panel.page.value and "{{ 7 * 7 }}" in panel.page.value
    assert "&lt;script&gt;" in panel.page.value


@pytest.mark.parametrize(
    "makes", ["{{ why|safe }}", "{{ why|urlize }}", "<b title={{ why }}>", "<img src=x onerror=x "]
)
def test_no_template_writes_markup(small, makes):
    panel = small(lambda sheet: sheet.update(makes=makes))
    click(panel.form, "keep", why=HOSTILE + " www.example.org")
    assert tags(panel.page.value) == [("div", {"class": "tpm"}), ("p", {"class": "tpm-text"})]


def test_hostile_words_of_a_file_are_escaped(data):
    def spoil(sheet):
        grid = sheet["fields"][0]
        sheet["text"] = grid["rows"][0]["help"] = HOSTILE
        sheet["title"] = grid["rows"][0]["label"] = grid["columns"][0]["label"] = HOSTILE
        grid["rows"][0]["published"]["flowfuse"]["why"] = HOSTILE

    edit(data / "sheets/release.yml", spoil)
    panel = Sheet("release")
    put(panel.form, who={"plan.pm": "AR"})
    click(panel.form, "keep")
    assert is_plain(panel.html()) and "<script" not in panel.page.value


@pytest.mark.parametrize(
    "makes", ["{{ why.__class__.__mro__ }}", "{{ cycler.__init__.__globals__ }}", "{{ no_field }}"]
)
def test_a_template_reaches_nothing_but_the_fields(small, makes):
    small(lambda sheet: sheet.update(makes=makes))
    (line,) = [line for line in check() if "small.yml" in line]
    assert "makes: " in line and line.endswith("a template that can be filled in")


@pytest.mark.parametrize(
    "answer",
    ["?", None, {"who": {"plan.pm": "X"}}, {"who": {"plan.pm": ["A"]}}, {"who": "A"}, {"a": "A"}],
)
def test_a_record_changed_by_hand_breaks_nothing(answer):
    record().add("sheet", "release", answer, lesson="who_does_what")
    assert Sheet("release").form.values == EXAMPLE and Sheet("release").page.value == ""


def test_cells_that_no_longer_fit_are_dropped_one_by_one(small):
    kept = {"who": {"plan.pm": "AR", "gone.pm": "A", "plan.tpm": "AR", "plan.hours": 99}}
    record().add("sheet", "small", kept | {"gone": 1, "mood": "glad", "why": "x"}, lesson="05")
    panel = small()
    assert panel.form.values["who"] == {"plan.pm": "AR", "plan.hours": 40}
    assert panel.form.values["mood"] is None and panel.form.values["why"] == "x"


@pytest.mark.allow_logged
def test_an_unknown_choice_is_refused():
    panel = Sheet("release")
    put(panel.form, who={"plan.pm": "X"})
    assert panel.form.values == EXAMPLE


def test_without_a_disk_it_stays_in_memory_and_says_so(no_disk, small):
    panel = small()
    click(panel.form, "keep", why="Since.")
    assert "in memory only" in panel.form.message


def test_an_unknown_sheet_is_named():
    with pytest.raises(CourseError, match="^sheet: 'relaese' is not one of 'release'"):
        tpm.sheet("relaese")


def test_a_sheet_counts_as_progress_of_its_lesson(small):
    panel = small()
    before = progress("allocation", record())
    click(panel.form, "keep", why="Since.")
    after = progress("allocation", record())
    assert (after.done, after.asked) == (before.done + 1, before.asked)


def test_what_a_sheet_makes_stands_in_the_portfolio_as_text(small):
    click(small().form, "keep", who={"plan.pm": "A"}, why=HOSTILE)
    (section,) = [one for one in module.made(record()) if one.title == SMALL["title"]]
    assert section.rows == [["Plan", "PM: A"], ["Why so?", HOSTILE]]
    assert section.text == f"Plan: PM: A\nShip: \nWhy: {HOSTILE}"
    assert b"<script" not in Portfolio().archive()


WRONG_RULES = {  # each in its place among the rules
    "rules[0]: 0 of when, at_least with of, missing; exactly one": {"say": "Nothing."},
    "rules[1]: 2 of when, at_least with of": {"when": ["calm"], "missing": ["why"], "say": "Calm."},
    "rules[2]: 'whoo' is not one of 'who'": {"missing": ["why", "whoo"]},
    "rules[3]: 'moood' is not one of 'mood'": {"when": ["calm"], "in": "moood", "say": "Calm."},
    "rules[4].when: 'clam' is not one of 'calm'": {"when": ["clam"], "in": "mood", "say": "Calm."},
    "rules[5].of: 'C' is not one of": {"at_least": 1, "of": ["C"], "say": "One is asked."},
    "rules[6]: 'hour' is not one of 'hours'": {"when": ["AR"], "column": "hour", "say": "So."},
}
WRONG_KEYS = {
    "rules[0].at_least: missing; a number": {"of": ["A"], "say": "One answers."},
    "rules[1].say: missing; a text": {"when": ["calm"], "in": "mood"},
    "rules[2].tell: 'tell' is not one of": {"missing": ["why"], "tell": "Why?"},
}


@pytest.mark.parametrize("wrong", [WRONG_RULES, WRONG_KEYS])
def test_the_check_names_each_rule_that_does_not_work(small, wrong):
    small()
    path = content.root() / "data/sheets/small.yml"
    edit(path, lambda sheet: sheet.update(rules=[*wrong.values()]))
    lines = [line for line in check() if "small.yml" in line]
    assert len(lines) == len(wrong)
    assert [text for text in wrong if not any(text in line for line in lines)] == []


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda one: one["published"].update(acme={"why": "It says so."}), "'acme' is not one of"),
        (lambda one: one["published"]["flowfuse"]["cells"].update(ceo="I"), "'ceo' is not one of"),
        (lambda one: one["published"]["flowfuse"]["cells"].update(em="Q"), "'Q' is not one of"),
        (lambda one: one["published"]["flowfuse"]["cells"].update(em="A"), "more than one A"),
        (lambda one: one["published"]["flowfuse"].pop("why"), "missing"),
        (lambda one: one["worked"].update(ceo="I"), "'ceo' is not one of"),
        (lambda one: one["worked"].update(em="Q"), "'Q' is not one of"),
        (lambda one: one.update(id="customers"), "'customers' is already at"),
    ],
)
def test_the_check_names_a_published_answer_that_does_not_fit(data, change, words):
    edit(data / "sheets/release.yml", lambda sheet: change(sheet["fields"][0]["rows"][0]))
    found = [line for line in check(data.parent) if "release.yml" in line]
    assert len(found) == 1 and words in found[0]


def test_a_second_press_writes_what_the_disk_refused_at_first(tmp_path, monkeypatch, small):
    blocker = tmp_path / "file"
    blocker.write_text("")
    monkeypatch.setenv("TPM_RECORD", str(blocker / "record"))
    panel = small()
    put(panel.form, why="So.")
    click(panel.form, "keep")
    assert "memory only" in panel.form.message
    blocker.unlink()
    click(panel.form, "keep")
    assert list((blocker / "record").glob("*.jsonl")) and "memory only" not in panel.form.message


WRONG = {
    "{{ 40 / size }}": "makes: TypeError",  # nobody has to give a size
    "{{ who[0].cells.pm }}": "makes: UndefinedError",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_template_that_cannot_be_filled_in_is_refused(text, small):
    small(lambda sheet: sheet.update(makes=text))
    (line,) = [line for line in check() if "small.yml" in line]
    assert WRONG[text] in line


@pytest.mark.parametrize(
    "answers, words",
    [
        (
            "product holder shapes other",
            "a technical product manager (TPM); all four are answered.",
        ),
        ("product other none open", "a product manager (PM); one thing is still to ask.\nBut some"),
        ("product holder none other", "a product manager (PM); all four are answered."),
        (
            "product holder last other",
            "(TPM); all four are answered.\nBut this person also has the",
        ),
        ("product holder open other", "a product manager, technical or not; one thing is still"),
        ("programme holder open open", "program manager (TPgM); two things are still to ask.\nBut"),
        ("project other open holder", "a technical project manager (TPjM); one thing is still"),
        ("open holder none open", "point to none of the jobs yet; two things are still to ask."),
    ],
)
def test_the_ask_back_list_says_what_the_answers_point_to(answers, words):
    panel = Sheet("ask_back")
    given = dict(zip(["fails", "next", "architecture", "date"], answers.split(), strict=True))
    click(panel.form, "keep", badge="TPM", **given)
    shown = panel.page.value.replace('</p><p class="tpm-text">', "\n")
    assert words in shown and shown.count("\n") <= 1
