"""The answer key follows the figures, and typed wholes follow the tables."""

import csv
import re

import pytest

from tpmlib.authoring.check import review
from tpmlib.authoring.keys import holds
from tpmlib.errors import CourseError
from tpmlib.kit import content, questions
from tpmlib.kit.content.documents import quiz_files
from tpmlib.kit.panels.cards import SortCards

FIGURES = {"both": 15.9, "two": 13.4, "share": 12.0, "word": "clear"}
ITEMS = [
    item
    for file in quiz_files()
    for part in ("predictions", "questions")
    for item in getattr(questions.made(file), part)
]
# 24 engineers and 18 hours of meetings, as the model of one person or two has them
CHANGED = [
    ("label: Engineers, kind: number, value: 24,", "label: Engineers, kind: number, value: 30,"),
    ("label: Meetings, kind: fixed, value: 18,", "label: Meetings, kind: fixed, value: 24,"),
]


@pytest.mark.parametrize(
    "condition, true",
    [
        ("both > two", True),
        ("both - two < 0.3 and two - both < 0.3", False),
        ("10 < share <= 12 or both == 1", True),
        ("not word == 'clear'", False),
        ("(both > 1) + (two > 1) + (share > 90) == 2", True),
        ("-two < 0 and 2 * two / 2 == 13.4", True),
        ("word != 'clear' or 1 < 2 < share > 20", False),
    ],
)
def test_a_condition_is_worked_out(condition, true):
    assert holds(condition, FIGURES) is true


@pytest.mark.parametrize(
    "condition",
    ["__import__('os')", "both.real", "both[0]", "[both]", "both if two else 1", "both ** 9", "1j"]
    + ["'a' * 9", "word + 'a'", "-word", "word > 2", "lambda: 1", "both in two", "both is two", "("]
    + [
        "both := 2",
        "f'{both}'",
        "both / 0",
        "bot > 1",
        "both > 1; two",
        "...",
        "None",
        "both @ two",
    ]
    + ["(" * 290, "not " * 70 + "word.x", "-" * 290 + "word", "\0", "word == 1", "both.__class__"],
)
def test_what_is_no_condition_is_refused_and_runs_nothing(condition):
    with pytest.raises(CourseError):
        holds(condition, FIGURES)


def test_a_name_is_looked_up_also_where_the_rest_decides():
    with pytest.raises(CourseError, match="'bth' is not one of .*did you mean 'both'"):
        holds("two > 1 or bth > 1", FIGURES)


@pytest.mark.parametrize("item", [each for each in ITEMS if each.options], ids=lambda item: item.id)
def test_a_key_beside_figures_has_its_conditions_or_says_why_it_stands(item):
    marked = [option for option in item.options if option.right]
    if any(option.right_if for option in item.options):
        assert all(option.right_if for option in marked) and not item.stands
    else:
        assert bool(item.values) == bool(item.stands)


def changed(data, name, *pairs):
    path = data / name
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def turned(data):
    """What is said of each key that turned, by its question."""
    lines = [line for line in review(data.parent, stale=False)[0] if "by right_if" in line]
    return {re.search(r"options: (\S+):", line)[1]: line for line in lines}


def test_no_key_has_turned_today(data):
    assert turned(data) == {}


def test_a_changed_default_names_the_key_that_turned(data):
    changed(data, "models.yml", *CHANGED)
    (name, line), *more = turned(data).items()
    assert name == "staffing-second" and not more
    assert re.match(r"data/quizzes/staffing.yml:\d+ predictions\[1\].options: ", line)
    assert "marked right is level, with both 7.2, tpms 6.5; pm, by right_if" in line


def test_another_default_turns_it_the_other_way(data):
    changed(data, "models.yml", ("value: 0.625\n", "value: 1.25\n"))
    assert "; tpm, by right_if" in turned(data)["staffing-second"]


def relabelled(data, swap):
    """adverts.csv with other roles in the second study."""
    path = data / "adverts.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    for row in rows[1:]:
        if row[1] == "second":
            row[2] = swap.get(row[2], row[2])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_adverts_that_say_the_contrary_name_each_key_that_rests_on_them(data):
    relabelled(data, {"tpm": "pm", "pm": "tpm"})
    names = {"capstone-largest-difference", "start_here-largest-difference", "staffing-asked"}
    assert set(turned(data)) == names | {
        "titles-technical",
        "titles-widest",
        "who_does_what-direction",
    }


def test_a_key_that_cannot_be_worked_out_is_named_at_its_condition(data):
    changed(data, "quizzes/staffing.yml", ("both > tpms + 0.3", "bth > tpms + 0.3"))
    (line,) = [line for line in review(data.parent, stale=False)[0] if "right_if" in line]
    assert "predictions[1].options[0].right_if: 'bth' is not one of" in line


@pytest.mark.parametrize("old", ['right_if: "both - tpms <= 0.3 and tpms - both <= 0.3", '])
def test_a_right_option_without_a_condition_beside_others_is_named(data, old):
    changed(data, "quizzes/staffing.yml", (old, ""))
    (line,) = [line for line in review(data.parent, stale=False)[0] if "right_if" in line]
    assert "options[2].right_if: missing; a condition for each right option" in line


def test_figures_without_a_condition_ask_for_one_or_for_a_reason(data):
    stands = content.root() / "data/quizzes/titles.yml"
    (line,) = re.findall(
        r"\n    stands: .*What somebody answers.*", stands.read_text(encoding="utf-8")
    )
    changed(data, "quizzes/titles.yml", (line, ""))
    lines = review(data.parent, stale=False)[0]
    assert ["figures, and no condition" in line for line in lines].count(True) == 1


@pytest.mark.parametrize(
    "name, old, new",
    [
        ("stages/luck.yml", "all 76 adverts", "all 77 adverts"),
        ("stages/second_study.yml", "again, in 488 adverts", "again, in 565 adverts"),
        ("models.yml", "label: 62 responsibilities", "label: 61 responsibilities"),
    ],
)
def test_a_typed_whole_that_disagrees_with_the_tables_is_named(data, name, old, new):
    changed(data, name, (old, new))
    (line,) = [line for line in review(data.parent, stale=False)[0] if "that there are" in line]
    assert line.startswith(f"data/{name}:") and " ".join(new.split()[-2:]) in line


def test_an_advert_more_names_each_typed_whole_that_held_it(data):
    path = data / "adverts.csv"
    line = next(line for line in path.read_text().splitlines() if ",second,pm," in line)
    path.write_text(f"{path.read_text()}one-more{line[line.index(',') :]}\n")
    lines = [line for line in review(data.parent, stale=False)[0] if "that there are" in line]
    assert any(line.startswith("data/stages/second_study.yml") for line in lines)
    assert any(line.startswith("data/scenarios/adverts.yml") for line in lines)


def test_a_number_of_cards_that_a_deck_types_is_that_of_its_cards(data):
    changed(data, "decks/responsibilities.yml", ("Here are {cards} duties.", "Twelve duties."))
    assert not [line for line in review(data.parent, stale=False)[0] if "decks" in line]
    changed(data, "decks/responsibilities.yml", ("  - id: work_with_designers\n", ""))
    (line,) = [line for line in review(data.parent, stale=False)[0] if "decks" in line]
    assert line.endswith(" text: Twelve duties; 11, or {cards}")


def test_a_place_for_the_cards_says_how_many_there_are(data):
    assert "Here are 12 duties." in SortCards("responsibilities").form.fields[0]["label"]
