"""Items of the second edition are answered by thinking: no cue of their wording finds the key."""

import re
from collections import Counter
from statistics import mean

import pytest

from tpmlib.authoring.cells import prose, read
from tpmlib.kit import content, questions

LESSONS = [each["id"] for each in content.course()["lessons"]]
ASKED = [item for lesson in LESSONS for item in questions.quiz(lesson).questions]
GUESSED = [item for lesson in LESSONS for item in questions.quiz(lesson).predictions]
CHOSEN = [item for item in ASKED if item.kind == "one"]
ITEMS = CHOSEN + [item for item in GUESSED if item.kind == "choice"]
HEDGES = re.compile(
    r"\b(may|might|could|can|cannot|can't|perhaps|some|sometimes|little|hardly|about|not shown|"
    r"unclear|depends?|if|until|unless|probably|likely|neither|nothing|no more than|at most|"
    r"part of|alone)\b",
    re.I,
)
ABSOLUTES = re.compile(
    r"\b(always|never|all|every|none|only|must|any|whoever|proves?|certain|certainly|no)\b", re.I
)
MARGIN = 0.08  # by which a cue may find the key oftener than a blind guess
MOST, ABSENCE = 4, 2  # items whose key is one idea; and whose key is that nothing was shown


def hedged(option):
    """Hedges less absolutes."""
    return len(HEDGES.findall(option.text)) - len(ABSOLUTES.findall(option.text))


def length(option):
    return len(option.text.split())


def picked(options, order, best):
    """Those that a reader would take who knows only this cue."""
    value = best(map(order, options))
    return [option for option in options if order(option) == value]


def middling(options):
    """The one in the middle by its length, or the two; those of one length share its place."""
    lengths = sorted(map(length, options))
    places = {lengths[(len(lengths) - 1) // 2], lengths[len(lengths) // 2]}
    return [option for option in options if length(option) in places]


CUES = {
    "most hedges": lambda options: picked(options, hedged, max),
    "fewest hedges": lambda options: picked(options, hedged, min),
    "fewest words": lambda options: picked(options, length, min),
    "most words": lambda options: picked(options, length, max),
    "middle": middling,
}


def hit(cue, items):
    """How often a cue finds the key, ties shared; 0 to 1."""
    return mean(mean(option.right for option in CUES[cue](item.options)) for item in items)


def blind(items):
    """How often a blind guess finds it; 0 to 1."""
    return mean(mean(option.right for option in item.options) for item in items)


@pytest.mark.parametrize("cue", CUES)
def test_no_cue_finds_the_key(cue):
    assert hit(cue, ITEMS) <= blind(ITEMS) + MARGIN


def key_places(items):
    """Where the key of each stands on the page; 0 for the first option."""
    return [[option.right for option in item.as_shown()].index(True) for item in items]


@pytest.mark.parametrize("place", range(3))
def test_no_place_on_the_page_finds_the_key(place):
    assert key_places(CHOSEN).count(place) / len(CHOSEN) <= blind(CHOSEN) + MARGIN


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_keys_of_a_lesson_stand_no_three_times_in_one_place(lesson):
    places = key_places([item for item in CHOSEN if item.lesson == lesson])
    for three in zip(places, places[1:], places[2:], strict=False):
        assert len(set(three)) > 1, "change the number in Question.as_shown"


@pytest.mark.parametrize("item", CHOSEN, ids=lambda item: item.id)
def test_every_option_has_its_tone_and_every_wrong_one_a_named_belief(item):
    assert {option.tone for option in item.options} <= {"bold", "modest", "plain"}
    assert all(bool(option.misconception) != option.right for option in item.options)


@pytest.mark.parametrize("item", CHOSEN, ids=lambda item: item.id)
def test_a_bold_option_holds_no_hedge(item):
    bold = [option.text for option in item.options if option.tone == "bold"]
    assert [text for text in bold if HEDGES.search(text)] == []


def test_where_an_item_is_bold_and_modest_the_bold_one_is_right_about_half_the_time():
    tones = [{option.tone: option.right for option in item.options} for item in CHOSEN]
    keys = [
        next(option.tone for option in item.options if option.right)
        for item, kinds in zip(CHOSEN, tones, strict=True)
        if {"bold", "modest"} <= kinds.keys()
    ]
    assert 0.4 <= keys.count("bold") / len(keys) <= 0.6


def test_no_idea_is_the_key_of_too_many_items():
    ideas = Counter(option.idea for item in CHOSEN for option in item.options if option.right)
    assert "" not in ideas and ideas["absence"] <= ABSENCE and max(ideas.values()) <= MOST


@pytest.mark.parametrize("item", CHOSEN, ids=lambda item: item.id)
def test_a_key_alone_carries_an_idea(item):
    assert all(bool(option.idea) == option.right for option in item.options)


@pytest.mark.parametrize("item", CHOSEN, ids=lambda item: item.id)
def test_a_key_is_no_sentence_of_its_lesson(item):
    cells = read(content.root() / content.lesson(item.lesson)["file"])["cells"]
    texts = " ".join(" ".join(text for _, text in prose(cells)).split()).lower()
    assert [o.text for o in item.options if o.right and o.text.lower().rstrip(".") in texts] == []


def test_the_starting_and_the_closing_form_are_six_pairs_of_as_many_options():
    closing = [item for item in questions.quiz("capstone").questions if item.parallel]
    pairs = [(item.options, questions.question(item.parallel).options) for item in closing]
    assert [len(late) for late, _ in pairs] == [len(early) for _, early in pairs]
    assert len(pairs) == 6


def test_each_belief_is_behind_an_option():
    lessons = [each["id"] for each in content.course()["lessons"]]
    asked = [item for lesson in lessons for item in questions.quiz(lesson).questions]
    behind = {option.misconception for item in asked for option in item.options} - {""}
    assert set(content.table("misconceptions")["misconception_id"]) == behind
