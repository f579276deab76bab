"""A class report: each learner once, each figure by a second method, nobody in a group of four."""

import json
import os
import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from front import quizzes

from tpmlib.authoring.report import counts, made, records
from tpmlib.authoring.report.example import write_class
from tpmlib.authoring.report.monday import monday
from tpmlib.authoring.report.page import PARTS, ClassReport, class_report
from tpmlib.authoring.report.records import gather
from tpmlib.cli import main
from tpmlib.errors import CourseError
from tpmlib.kit import content, questions

ITEM = questions.quiz("responsibilities").questions[0]
HOSTILE = "<script>alert(1)</script>"


def event(session, sequence=1, **more):
    whole = {
        "kind": "quiz",
        "item": ITEM.id,
        "lesson": "responsibilities",
        "text_hash": ITEM.text_hash,
    }
    whole |= {"answer": 0, "right": False, "schema": 2, "time": "2026-01-01T00:00:00Z"}
    return whole | {"session": session, "sequence": sequence} | more


def write(path, *events):
    path.write_text("".join(json.dumps(one) + "\n" for one in events))


def some(rows, **more):
    """Events as a frame: (learner, item, right)."""
    frame = pd.DataFrame(rows, columns=["learner", "item", "right"])
    fixed = {
        "order": range(len(frame)),
        "kind": "quiz",
        "lesson": "responsibilities",
        "text_hash": "now",
    }
    return frame.assign(answer=0, **(fixed | more))


def remarks(folder):
    return [tuple(row) for row in gather(folder)[1].to_numpy()]


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    write_class(folder)
    return folder


def test_a_file_that_is_there_twice_is_one_learner(tmp_path):
    for name in ("a.jsonl", "b.jsonl"):
        write(tmp_path / name, event("aa"))
    events, _ = gather(tmp_path)
    assert (len(events), events["learner"].nunique()) == (1, 1)
    assert remarks(tmp_path) == [("b.jsonl", "the same learner as a.jsonl; counted once")]


def test_files_that_share_a_session_only_through_a_third_are_one_learner(tmp_path):
    write(tmp_path / "a.jsonl", event("aa"))
    write(tmp_path / "b.jsonl", event("bb"))
    write(tmp_path / "c.jsonl", event("aa"), event("bb"))
    assert gather(tmp_path)[0]["learner"].nunique() == 1


def test_a_chain_of_shared_sessions_is_one_learner(tmp_path):
    for name, sessions in (("a", ("aa", "bb")), ("b", ("bb", "cc")), ("c", ("aa",))):
        write(tmp_path / f"{name}.jsonl", *(event(session) for session in sessions))
    assert gather(tmp_path)[0]["learner"].nunique() == 1


@pytest.mark.parametrize("wording, rows", [(ITEM.text_hash, 1), ("older", 0)])
def test_the_wrong_option_chosen_most_is_of_the_present_wording(wording, rows):
    (right,) = ITEM.right_options()
    wrong = next(option.id for option in ITEM.options if not option.right)
    events = some([(who, ITEM.id, who == 0) for who in range(5)]).assign(text_hash=wording)
    events = events.assign(answer=[right, *[wrong] * 4])
    found = counts.wrong(events, [ITEM], {ITEM.id: ITEM.text_hash})
    assert found[["item", "chosen", "of"]].to_numpy().tolist() == [[ITEM.id, 4, 5]] * rows


def test_the_last_verdict_counts():
    said = [(who, verdict) for who in range(5) for verdict in ("holds", "cannot_tell")]
    events = some([(who, "q", None) for who, _ in said], kind="judge")
    events = events.assign(answer=[{"verdict": verdict} for _, verdict in said])
    found = counts.verdicts(events, {"q": "holds"}, {"q": "now"}).iloc[0]
    assert (found["learners"], found["holds"], found["cannot_tell"]) == (5, 0, 1)


def test_what_is_wrong_with_a_file_is_said_and_the_rest_is_used(tmp_path):
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "torn.jsonl").write_text(json.dumps(event("aa")) + "\n{\n\n[]\n")
    write(tmp_path / "new.jsonl", event("bb"), event("bb", 2, schema=9))
    write(tmp_path / "old.jsonl", event("cc"), event("cc", 2, schema=1))
    assert remarks(tmp_path) == [
        ("empty.jsonl", "no answer in it; left out"),
        ("new.jsonl", "1 answers of a newer course left out"),
        ("old.jsonl", "1 answers of the first edition left out"),
        ("torn.jsonl", "2 damaged lines left out: 2, 4"),
    ]
    assert len(gather(tmp_path)[0]) == 3


@pytest.mark.parametrize("name", ["ANNA.JSONL", "anna.jsonl.txt", "anna.jsonl (1)"])
def test_a_download_is_read_whatever_mail_made_of_its_name(tmp_path, name):
    write(tmp_path / name, event("aa"))
    assert (len(gather(tmp_path)[0]), remarks(tmp_path)) == (1, [])


def test_each_file_that_is_not_read_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "LIMIT", 1_000)
    write(tmp_path / "a.jsonl", event("aa"))
    (tmp_path / "large.jsonl").write_text(" " * 1_001)
    (tmp_path / "letter.txt").touch()
    (tmp_path / "packed.jsonl.zip").touch()
    os.mkfifo(tmp_path / "pipe.jsonl")
    for name, target in (("endless.jsonl", "/dev/zero"), ("folder", "."), ("gone.jsonl", "gone")):
        (tmp_path / name).symlink_to(target)
    plain = dict.fromkeys(
        ("endless.jsonl", "folder", "gone.jsonl", "pipe.jsonl"), "not a plain file"
    )
    plain |= {"large.jsonl": "larger than 0 MB", "packed.jsonl.zip": "unpack it first"}
    plain |= {"letter.txt": ".jsonl is not in its name"}
    assert dict(remarks(tmp_path)) == {name: f"not read; {why}" for name, why in plain.items()}


def test_a_folder_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    def walk(folder, onerror):
        onerror(PermissionError(13, "Permission denied", str(folder / "shut")))
        return [(folder, [], ["a.jsonl"])]

    write(tmp_path / "a.jsonl", event("aa"))
    monkeypatch.setattr(os, "walk", walk)
    assert remarks(tmp_path) == [("shut", "cannot be read (Permission denied); left out")]


def test_a_name_reaches_the_terminal_escaped(tmp_path, capsys):
    for name in ("a\x1b]0;b\x07.jsonl", "\u202eb.jsonl", os.fsdecode(b"c\xe9.jsonl")):
        write(tmp_path / name, event("aa"))
    main(["report", str(tmp_path), "--out", str(tmp_path / "out")])
    main(["report", str(tmp_path / "\x1b")])
    out, err = capsys.readouterr()
    assert r"\u202e" in out and r"a\x1b]0;b\x07.jsonl" in out and r"c\udce9" in out
    assert (out + err).replace("\n", "").isprintable()


def test_a_class_without_an_answer_names_what_was_not_read(tmp_path):
    (tmp_path / "anna.zip").touch()
    with pytest.raises(CourseError, match="1 files and no answer.*\nanna.zip: not read; unpack"):
        gather(tmp_path)


def test_a_place_that_cannot_be_written_is_one_line(tmp_path, capsys):
    write(tmp_path / "a.jsonl", event("aa"))
    assert main(["report", str(tmp_path), "--out", str(tmp_path / "a.jsonl")]) == 1
    assert capsys.readouterr().err.endswith("a.jsonl: File exists; a folder to write into\n")


@pytest.mark.parametrize("make", [False, True])
def test_a_folder_without_answers_is_one_line(tmp_path, make, capsys):
    folder = tmp_path / "class"
    folder.mkdir() if make else None
    said = f"{folder}: 0 files and no answer; downloads such as *.jsonl"
    missing = f"{folder}: missing; a folder of learners' records"
    assert main(["report", str(folder)]) == 1
    assert capsys.readouterr().err == (said if make else missing) + "\n"


def test_the_names_of_the_files_change_no_number(tmp_path):
    for name, session in (("a", "bb"), ("b", "aa")):
        write(tmp_path / f"{name}.jsonl", event(session))
    first = gather(tmp_path)[0]
    (tmp_path / "a.jsonl").rename(tmp_path / "z.jsonl")
    pd.testing.assert_frame_equal(gather(tmp_path)[0], first)


def test_discrimination_is_the_correlation_with_the_rest():
    random = np.random.default_rng(1)
    right = random.random((24, 4)) < 0.5
    rows = [(who, f"q{item}", bool(right[who, item])) for who in range(24) for item in range(4)]
    found = counts.items(some(rows), {f"q{item}": "now" for item in range(4)})
    by_hand = [
        np.corrcoef(right[:, item], np.delete(right, item, axis=1).mean(axis=1))[0, 1]
        for item in range(4)
    ]
    assert found["discrimination"].to_numpy() == pytest.approx(by_hand)
    assert found["difficulty"].to_numpy() == pytest.approx(right.mean(axis=0))


def test_only_the_first_answer_counts():
    again = some([(1, "q", False), (1, "q", True)])
    assert counts.first(again, "quiz")["right"].tolist() == [False]


@pytest.mark.parametrize("learners, shown", [(4, False), (5, True)])
def test_a_group_of_four_is_not_broken_down(learners, shown):
    events = some([(who, "q", who % 2 == 0) for who in range(learners)])
    found = counts.items(events, {"q": "now"}).iloc[0]
    assert (found["learners"], pd.notna(found["difficulty"])) == (learners, shown)
    judged = events.assign(kind="judge", answer=[{"verdict": "holds"}] * learners)
    claim = counts.verdicts(judged, {"q": "holds"}, {"q": "now"}).iloc[0]
    assert (claim["learners"], pd.notna(claim["disagree"])) == (learners, shown)
    said = events.assign(kind="predict", answer=[{"confidence": 50}] * learners)
    assert pd.notna(counts.predictions(said, {"q": "now"})["came_true"].iloc[0]) == shown


def test_answers_to_an_older_wording_stand_apart():
    events = some([(who, "q", True) for who in range(12)])
    events.loc[events["learner"] < 6, ["text_hash", "right"]] = ["older", False]
    found = counts.items(events, {"q": "now"}).set_index("wording")["difficulty"]
    assert found.to_dict() == {"now": 1.0, "older": 0.0}


def test_the_chance_to_differ_is_counted_over_all_pairs():
    verdicts = ["holds"] * 3 + ["holds_if"] * 2 + ["cannot_tell"]
    events = some([(who, "C01", None) for who in range(6)], kind="judge")
    events = events.assign(answer=[{"verdict": one} for one in verdicts])
    pairs = [a != b for at, a in enumerate(verdicts) for b in verdicts[at + 1 :]]
    found = counts.verdicts(events, {"C01": "holds"}, {"C01": "now"}).iloc[0]
    assert found["disagree"] == pytest.approx(np.mean(pairs))
    assert found["as_course"] == 0.5


def test_the_gain_is_of_those_who_gave_both():
    rows = [(who, "q00", False) for who in range(8)] + [(who, "q11", who != 1) for who in range(6)]
    row = counts.gain(some(rows), {"q00": "q11"}, {"q00": "now", "q11": "now"}).iloc[0]
    assert row["learners"] == 6
    assert (row["before"], row["after"]) == (0, pytest.approx(5 / 6))
    assert (row["better"], row["worse"]) == (5, 0)


@pytest.mark.parametrize("answer", [None, 7, "x", {}, {"confidence": "90"}, {"confidence": 900}])
def test_an_answer_changed_by_hand_is_no_prediction(answer):
    events = some([(who, "p", True) for who in range(6)], kind="predict").astype({"answer": object})
    events["answer"] = pd.Series([answer] * 6, dtype=object)
    assert counts.predictions(events, {"p": "now"}).empty


@pytest.mark.parametrize("learners, shown", [(4, False), (5, True)])
def test_how_sure_a_group_of_four_was_is_not_shown(learners, shown):
    said = [(who, sure) for who in range(6) for sure in ((80,) if who >= learners else (80, 30))]
    events = some([(who, f"p{sure}", True) for who, sure in said], kind="predict")
    events = events.assign(answer=[{"confidence": sure} for _, sure in said])
    found = counts.calibration(events, {"p80": "now", "p30": "now"})
    low, high = found.iloc[1], found.iloc[3]
    assert (low["asked"], low["learners"], pd.notna(low["rate"])) == (learners, learners, shown)
    assert (high["learners"], high["rate"]) == (6, 1)
    class_of_four = events[events["learner"] < 4]
    figures = ["hits", "confidence", "rate", "rate_low", "rate_high"]
    frame = counts.calibration(class_of_four, {"p80": "now", "p30": "now"})
    assert frame[figures].isna().all(axis=None)


def test_the_example_is_the_same_every_time_and_names_its_faults(example, tmp_path):
    write_class(tmp_path)
    files = sorted(path.name for path in example.iterdir())
    assert len(files) == 43
    assert all((example / name).read_bytes() == (tmp_path / name).read_bytes() for name in files)
    report = class_report(example)
    assert report.learners == 40
    assert set(report.frames["files"]["file"]) == {"empty.jsonl", "learner-01.jsonl", "torn.jsonl"}
    assert list(report.frames) == list(PARTS)


def test_the_example_answers_every_question_and_claim_of_the_course(example):
    frames = class_report(example).frames
    asked = {question.id for lesson in quizzes() for question in questions.quiz(lesson).questions}
    assert set(frames["items"]["item"]) == asked
    assert set(frames["verdicts"]["claim"]) == set(content.table("claims")["claim_id"])


def test_the_report_writes_a_page_and_its_tables(example, tmp_path, capsys):
    assert main(["report", str(example), "--out", str(tmp_path / "out")]) == 0
    assert "40 learners" in capsys.readouterr().out
    names = {f"{name}.csv" for name in PARTS.keys() - {"files", "texts"}} | {"class_report.html"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    page = (tmp_path / "out/class_report.html").read_text()
    assert page.count("<img alt=") == 2 and "http" not in page
    written = page + "".join(path.read_text() for path in (tmp_path / "out").glob("*.csv"))
    assert not [path.name for path in example.iterdir() if path.name in written]


def test_a_table_of_an_earlier_report_is_no_record_and_is_told_to_be_none_of_this(
    example, tmp_path, capsys
):
    folder = tmp_path / "class"
    shutil.copytree(example, folder)
    for lesson in ([], ["--lesson", "staffing"]):
        assert main(["report", str(folder), "--out", str(folder / "report"), *lesson]) == 0
    told = capsys.readouterr().out.split("40 learners")[2].splitlines()
    gone = f"{(folder / 'report/gain.csv').as_posix()}: not of this report"
    assert [line for line in told if not line.endswith(": written")] == ["", gone]
    remarked = dict(gather(folder)[1].to_numpy())
    assert remarked["report/gain.csv"] == "not read; .jsonl is not in its name"


@pytest.mark.parametrize(
    "item, learners, rows",
    [("responsibilities-gone", 5, 1), ("responsibilities-gone", 4, 0), ("=1+1", 5, 0)],
)
def test_what_is_no_question_of_the_course_is_not_passed_on(item, learners, rows):
    events = some([(who, item, True) for who in range(learners)])
    assert len(counts.items(events, {"responsibilities-there": "now"})) == rows


def test_no_text_of_a_file_becomes_a_tag():
    frame = pd.DataFrame({"file": [HOSTILE], "remark": ["x"]})
    report = ClassReport(1, {"files": frame, "wrong": pd.DataFrame({"option": [HOSTILE]})})
    assert "<script" not in report.html() + report.section("files")


@pytest.mark.parametrize("learners, shown", [(19, False), (20, True)])
def test_a_correlation_needs_twenty_learners(learners, shown):
    rows = [(who, f"q{item}", (who + item) % 3 == 0) for who in range(learners) for item in (0, 1)]
    found = counts.items(some(rows), {"q0": "now", "q1": "now"})
    assert found["difficulty"].notna().all()
    assert found["discrimination"].notna().all() == shown


def test_a_class_of_four_is_told_so_in_one_line(tmp_path):
    for who in range(4):
        write(tmp_path / f"{who}.jsonl", event(f"a{who}"))
    page = class_report(tmp_path).section("items")
    assert page == "<p>At most 4 learners answered: 5 are needed before a group is broken down.</p>"


def test_rows_of_few_learners_are_counted_and_left_out_of_the_page():
    frame = pd.DataFrame({"item": ["p-many", "p-few"], "learners": [5, 4]})
    page = ClassReport(5, {"predictions": frame}).section("predictions")
    assert "p-many" in page and "p-few" not in page
    assert "left out here: 1.</p>" in page


def test_no_figure_is_minus_nothing():
    frame = pd.DataFrame({"item": ["q"], "learners": [20], "discrimination": [-0.001]})
    report = ClassReport(20, {"predictions": frame})
    assert ">0.00<" in report.section("predictions")
    assert "-0.0" not in report.show("predictions").text


def test_a_count_is_written_whole(example):
    shown = class_report(example).show("participation").text.splitlines()[1]
    assert shown.split() == ["start_here", "40", "1.0"]


def test_a_report_on_one_lesson_has_nothing_of_the_others(example, tmp_path, capsys):
    assert (
        main(["report", str(example), "--lesson", "responsibilities", "--out", str(tmp_path)]) == 0
    )
    report = class_report(example, "02")
    whole = class_report(example)
    assert set(report.frames) == set(PARTS) - {"gain"}
    for name in ("items", "wrong", "predictions"):
        homes = whole.frames[name]["item"].str.split("-").str[0]
        mine = whole.frames[name][homes == "responsibilities"]
        pd.testing.assert_frame_equal(report.frames[name], mine.reset_index(drop=True))
    assert set(report.frames["verdicts"]["claim"]) == {"C03", "C12", "C13"}
    page = (tmp_path / "class_report.html").read_text()
    assert "<h1>Class report, lesson responsibilities</h1>" in page
    assert main(["report", str(example), "--lesson", "99"]) == 1
    assert capsys.readouterr().err.startswith("lesson: '99' is not one of 'allocation'")


def test_a_question_more_changes_no_other_answer_of_the_example(example, tmp_path, monkeypatch):
    known = {lesson: questions.quiz(lesson) for lesson in quizzes()}
    quiz = known["responsibilities"]
    added = replace(quiz.questions[0], id="responsibilities-more")
    known["responsibilities"] = replace(quiz, questions=(added, *quiz.questions))
    monkeypatch.setattr(questions, "quiz", known.__getitem__)
    write_class(tmp_path, learners=3)
    for number in (1, 2, 3):
        files = [folder / f"learner-{number:02d}.jsonl" for folder in (example, tmp_path)]
        before, after = (
            [json.loads(line) for line in file.read_text().splitlines()] for file in files
        )
        kept = [{**one, "sequence": 0} for one in after if one["item"] != "responsibilities-more"]
        assert kept == [{**one, "sequence": 0} for one in before]
        assert len(after) > len(before) or all(
            one["lesson"] != "responsibilities" for one in before
        )


def test_every_question_of_the_report_has_its_text_and_every_wrong_option_its_belief(example):
    frames = class_report(example).frames
    for name in ("items", "wrong", "predictions", "verdicts", "gain"):
        assert frames[name]["text"].str.len().gt(10).all()
    assert frames["wrong"]["belief"].str.endswith(".").all()


def test_an_unknown_part_is_refused():
    with pytest.raises(CourseError, match="^part: 'gian' is not one of 'gain'; did you mean"):
        ClassReport(1, {"gain": pd.DataFrame()}).show("gian")


def test_the_lesson_of_a_question_is_that_of_its_quiz_and_not_of_its_letters(tmp_path, monkeypatch):
    known = {lesson: questions.quiz(lesson) for lesson in quizzes()}
    quiz = known["allocation"]
    strange = replace(quiz.questions[0], id="responsibilities-strange")
    known["allocation"] = replace(quiz, questions=(strange, *quiz.questions))
    monkeypatch.setattr(questions, "quiz", known.__getitem__)
    for who in range(6):
        item = {"item": strange.id, "text_hash": strange.text_hash, "lesson": "allocation"}
        write(tmp_path / f"{who}.jsonl", event(f"a{who}", **item))
    for lesson, shown in (("allocation", [strange.id]), ("responsibilities", [])):
        assert list(class_report(tmp_path, lesson).frames["items"]["item"]) == shown


def test_every_part_of_a_class_that_judged_only_is_shown(tmp_path):
    for who in range(6):
        judged = {"kind": "judge", "item": "C03", "answer": {"verdict": "holds"}, "right": None}
        write(tmp_path / f"{who}.jsonl", event(f"a{who}", **judged))
    report = class_report(tmp_path)
    assert report.frames["items"].empty and "<html" in report.html()


def chosen(rows):
    """Answers to two questions that offer one belief: (learner, holds it there, holds it here)."""
    asked = [
        question
        for lesson in quizzes()
        for question in questions.quiz(lesson).questions
        if question.kind == "one"
        and any(option.misconception == "absence-of-evidence" for option in question.options)
    ][:2]
    held = [
        next(
            option.id
            for option in question.options
            if option.misconception == "absence-of-evidence"
        )
        for question in asked
    ]
    right = [min(question.right_options()) for question in asked]
    answers = [
        (learner, question.id, (held if holds else right)[place])
        for learner, *beliefs in rows
        for place, (question, holds) in enumerate(zip(asked, beliefs, strict=True))
    ]
    events = some([(learner, item, None) for learner, item, _ in answers])
    events["answer"] = [answer for _, _, answer in answers]
    hashes = {question.id: "now" for question in asked}
    return events, asked, hashes


@pytest.mark.parametrize("least, rows", [(5, 1), (7, 0)])
def test_a_belief_is_added_up_over_questions_and_each_learner_counts_once(least, rows):
    holds = [(0, 1, 1), (1, 1, 0), (2, 0, 1), (3, 0, 0), (4, 0, 0), (5, 0, 0)]
    events, asked, hashes = chosen(holds)
    counted = counts.beliefs(events, asked, hashes, least).set_index("misconception")
    counted = counted[counted.index == "absence-of-evidence"]
    assert counted[["chosen", "learners", "questions"]].to_numpy().tolist() == [[3, 6, 2]] * rows


def written(texts, kind="reflect", item="task"):
    events = some([(learner, item, None) for learner in range(len(texts))], kind=kind)
    key = {"reflect": "text", "judge": "reason"}[kind]
    return events.assign(answer=[{key: text} for text in texts])


@pytest.mark.parametrize("kind", ["reflect", "judge"])
def test_texts_stand_in_an_order_that_tells_nothing_of_their_writers(kind):
    texts = ["one", "two", "three", " ", "four"]
    shown = made.texts(written(texts, kind), {"task": "Why?"}, 3)
    again = made.texts(written(texts[::-1], kind), {"task": "Why?"}, 3)
    pd.testing.assert_frame_equal(shown, again)
    assert sorted(shown["own"]) == ["four", "one", "three", "two"]
    assert list(shown.columns) == ["item", "text", "own"]


@pytest.mark.parametrize("writers, shown", [(4, 0), (5, 5)])
def test_texts_of_four_are_not_shown(writers, shown):
    assert len(made.texts(written([f"t{n}" for n in range(writers)]), {"task": "Why?"})) == shown


def test_a_text_of_a_learner_never_becomes_a_tag():
    frame = made.texts(written([HOSTILE] * 5), {"task": "Why?"})
    page = ClassReport(5, {"texts": frame}).section("texts")
    assert "&lt;script" in page and "<script" not in page


@pytest.mark.parametrize(
    "answer", [None, 7, "x", [], {}, {"text": None}, {"does": 7}, {"a": ["b"]}]
)
@pytest.mark.parametrize("kind", ["reflect", "judge", "cards", "assign"])
def test_an_answer_changed_by_hand_is_no_text_and_no_choice(kind, answer):
    events = some([(learner, "responsibilities", None) for learner in range(6)], kind=kind)
    events["answer"] = pd.Series([answer] * 6, dtype=object)
    assert made.texts(events, {"responsibilities": "Why?"}).empty
    assert made.choices(events).empty


def test_cards_are_counted_by_the_last_pile():
    deck = content.deck("responsibilities")
    card, (first, second, *_) = deck["cards"][0]["id"], [pile["id"] for pile in deck["piles"]]
    given = [(0, first), (0, second), (1, first), (2, second), (3, second), (4, first), (5, "gone")]
    events = some([(learner, "responsibilities", None) for learner, _ in given], kind="cards")
    events["answer"] = [{card: pile} for _, pile in given]
    labels = {pile["id"]: pile["label"] for pile in deck["piles"]}
    counted = made.choices(events).set_index("choice")
    assert counted["chosen"].to_dict() == {labels[second]: 3, labels[first]: 2}
    assert counted["share"].to_dict() == {labels[second]: 0.6, labels[first]: 0.4}


def test_a_map_is_counted_by_who_does_and_who_answers():
    given = [{"does": "pm", "answers": "nobody"}] * 4 + [{"does": "tpm", "answers": "nobody"}]
    events = some(
        [(learner, "own_the_product_roadmap", None) for learner in range(5)], kind="assign"
    )
    counted = made.choices(events.assign(answer=given))
    assert dict(zip(counted["choice"], counted["chosen"], strict=True)) == {
        "nobody": 5,
        "PM": 4,
        "TPM": 1,
    }


@pytest.mark.parametrize(
    "figure, start", [(0.5, "none"), (0.02, "q1: "), (-0.4, "q1: "), (np.nan, "none can")]
)
def test_a_question_is_dropped_only_if_it_tells_nothing_apart(figure, start):
    items = pd.DataFrame({"item": ["q1", "q2"], "wording": "now", "text": "Which?"})
    items["discrimination"] = [figure, figure + 0.3]
    empty = pd.DataFrame(columns=["belief", "disagree"])
    rows = monday({"beliefs": empty, "verdicts": empty, "items": items})
    assert rows["text"].str.startswith(start).tolist() == [True]


def test_the_first_page_names_three_beliefs_two_claims_and_a_question(example):
    report = class_report(example)
    assert report.frames["monday"]["do"].value_counts().tolist() == [3, 2, 1]
    assert next(iter(report.shared)) == "monday"
    assert list(report.frames["monday"]["text"][3:5].str[:3]) == list(
        report.frames["verdicts"]["claim"][:2]
    )


@pytest.mark.parametrize("least, warned", [(3, True), (5, False)])
def test_a_small_class_is_broken_down_only_if_asked_and_with_a_warning(tmp_path, least, warned):
    write_class(tmp_path, learners=4)
    report = class_report(tmp_path, least=least)
    assert report.frames["items"]["difficulty"].notna().any() == warned
    assert ("may be recognised" in report.html()) == warned


def test_groups_of_two_are_never_broken_down(example):
    with pytest.raises(CourseError, match="^least: 2 learners; 3 or more$"):
        class_report(example, least=2)


def test_another_class_stands_beside_by_item(example, tmp_path):
    write_class(tmp_path, learners=12, seed=1)
    report, other = class_report(example, beside=tmp_path), class_report(tmp_path)
    for name, key, figure in (("verdicts", "claim", "disagree"), ("beliefs", "belief", "share")):
        expected = other.frames[name].set_index(key)[figure]
        shown = report.frames[name].set_index(key)["beside"].dropna()
        assert len(shown) and (shown == expected[shown.index]).all()


def test_an_example_class_is_written_by_one_command_and_can_be_counted(tmp_path, capsys):
    assert main(["example-class", str(tmp_path / "class"), "--learners", "6"]) == 0
    assert main(["report", str(tmp_path / "class"), "--out", str(tmp_path / "out")]) == 0
    assert "6 learners" in capsys.readouterr().out
    assert main(["example-class", str(tmp_path), "--learners", "0"]) == 1
    assert capsys.readouterr().err == "learners: 0 is outside 1 to 500\n"


def test_a_folder_of_other_files_names_a_dozen_and_counts_the_rest(tmp_path, capsys):
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text("x")
    assert main(["report", str(tmp_path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[-1]) == (14, "and 18 more")
