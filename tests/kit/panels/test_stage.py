"""A stage: steps in order, a prediction before what it is about, and a saved form that hides it."""

import html
import re

import pytest

from tpmlib.kit import content, questions, registry, stages
from tpmlib.kit.panels import stage_parts
from tpmlib.kit.panels.base import CHART, VIEW
from tpmlib.kit.panels.stage import FRAMES, Stage
from tpmlib.kit.record import record

NAMES = sorted(path.stem for path in (content.root() / "data" / "stages").glob("*.yml"))


ONE = re.compile(r"(?<![\d.,$-])\b1 (?!is |has |was |does )[a-z]+s\b|\b1 of \d+ break\b")


@pytest.fixture
def stage():
    return Stage("first_study")


def answers_of(stage):
    return [option.id for option in stage.prediction.options]


def clicked(stage, button):
    stage.form.click(button)
    return stage


def test_it_starts_at_the_first_step_with_nothing_chosen(stage):
    assert stage.step["id"] == "names"
    assert stage.form.values == {"answer": None, "confidence": None}


@pytest.mark.parametrize("given", [{}, {"answer": "strategy"}, {"confidence": 70}])
def test_half_an_answer_is_none(stage, given):
    stage.form.put(**given)
    clicked(stage, "commit")
    assert stage.step["id"] == "names" and stage.form.message
    assert not record().latest("responsibilities-widest", "predict")


def told(stage):
    """The paragraphs that say what came of a prediction."""
    _, _, page = stage.say.value.partition('<div class="tpm-note')
    return [html.unescape(text) for text in re.findall("<p>(.*?)</p>", page)]


def test_an_answer_is_kept_and_shows_the_next_step_with_the_reason_of_the_choice(stage):
    stage.answer("strategy", 70)
    assert stage.step["id"] == "shares"
    kept = record().latest("responsibilities-widest", "predict")
    assert kept["answer"] == {"answer": "strategy", "confidence": 70} and kept["right"] is False
    chosen = {o.id: o.why for o in questions.prediction("responsibilities-widest").filled().options}
    assert told(stage)[0].startswith("You predicted “Strategy: vision, roadmap”, 70% sure. ")
    assert told(stage)[0].endswith(chosen["strategy"]) and 'tpm-note wrong"' in stage.say.value


def test_a_right_choice_gets_no_second_reason(stage):
    stage.answer("resources", 50)
    item = questions.prediction("responsibilities-widest").filled()
    right = [option for option in item.options if option.id == "resources"]
    first, then = told(stage)
    assert first.endswith(f"and that is right. {right[0].why}") and then == item.why
    assert 'tpm-note right"' in stage.say.value


@pytest.mark.parametrize("guess, how", [(5, ", near enough to count"), (60, "")])
def test_a_number_near_enough_is_not_called_right_and_what_came_out_is_told(guess, how):
    release = clicked(Stage("release"), "next").answer(guess)
    first = f"You predicted {guess} of 100, 50% sure{how}. It was 1 of 100."
    assert told(release)[0] == first


def test_a_step_behind_a_prediction_is_closed_until_it_is_given(stage):
    assert [button["id"] for button in stage.form.buttons] == ["commit", "skip"]
    assert clicked(stage, "skip").step["id"] == "shares"  # the learner may look without one


def test_a_step_once_reached_stays_open_after_a_reload(stage):
    stage.answer("strategy", 70)
    again = Stage("first_study")
    assert again.step["id"] == "shares"
    assert clicked(again, "back").form.values == {}  # what was predicted is not asked again


def test_a_click_on_a_place_is_the_same_as_its_option(stage):
    stage.picture.pin = "resources"
    assert stage.form.values["answer"] == "resources"
    stage.form.put(answer="strategy")
    assert stage.picture.pin == "strategy"


def test_a_place_that_is_no_option_is_no_answer(stage):
    with pytest.raises(Exception, match="nowhere"):
        stage.picture.pin = "nowhere"
    assert stage.form.values["answer"] is None


def test_a_number_is_an_answer_and_no_place():
    stage = clicked(Stage("release"), "next")
    stage.form.put(answer=50)
    assert stage.picture.pin == "" and stage.form.values["answer"] == 50
    stage.answer(50, 70)
    assert stage.step["id"] == "hundred" and stage.picture.pin == ""
    assert record().latest("estimates-plan", "predict")["right"] is False


def test_a_step_may_say_what_its_button_draws_anew(stage):
    labels = [button["label"] for button in clicked(Stage("release"), "next").form.buttons]
    assert "Play another" in labels and "Deal again" not in labels


def test_another_deal_keeps_what_the_learner_has_moved():
    stage = Stage("sure").answer("few", 70)
    stage.form.put(effort_error=0.25, value_error=0.25)
    before = stage.frame["same"].iloc[0]
    frame = clicked(stage, "again").frame
    assert stage.form.values == {"effort_error": 0.25, "value_error": 0.25, "mine": "none"}
    assert abs(frame["same"].iloc[0] - before) < 0.05  # and not the tenth that the step opens with


def test_the_pin_stays_on_the_next_step(stage):
    stage.answer("strategy", 70)
    assert stage.picture.pin == "strategy" and stage.picture.places


def test_the_frame_of_an_answer_follows_its_row_as_a_control_moves():
    stage = Stage("comments")
    clicked(stage, "next").answer("often", 70).answer("api_limits", 70)
    for count in ("comments", "money"):
        stage.form.put(count=count)
        boxes = {place["id"]: place["box"] for place in stage.picture.places}
        place = stage.frame.set_index("theme")["place"]["api_limits"]
        assert boxes["api_limits"][1] == pytest.approx(0.14 + place * 0.79 / 15)


def test_the_frame_of_an_answer_stays_where_it_was_given_when_columns_go():
    stage = clicked(Stage("promise"), "next")
    boxes = [place["box"] for place in stage.picture.places]
    assert boxes
    stage.answer("cable", 70)
    assert [place["box"] for place in stage.picture.places] == boxes
    again = Stage("promise")
    assert [place["box"] for place in again.picture.places] == boxes


def test_the_reply_to_a_question_is_of_its_step_until_the_next_is_asked_for():
    stage = Stage("programs")
    stage.answer(answers_of(stage)[0])
    assert "<b>1 of 3.</b>" in stage.say.value
    assert "<b>2 of 3.</b>" in clicked(stage, "ask").say.value
    assert "<b>3 of 3.</b>" in stage.answer(answers_of(stage)[0]).say.value  # nothing is asked


@pytest.mark.parametrize("name", NAMES)
def test_what_there_is_once_is_told_as_one(name):
    stage, told = content.stage(name), []
    chart, formula = registry.picture(stage["model"]), registry.model(stage["model"])
    settings = content.model(stage["model"])
    entries = settings["parameters"] | settings.get("view", {})
    free = [(step, each) for step in stage["steps"] for each in step.get("free", [])]
    for step, each in ((step, each) for step, each in free if "step" in entries[each]):
        for steps in range(3):
            value = entries[each]["min"] + steps * entries[each]["step"]
            frame = stages.rows(stage, step, **{each: value})
            told += [chart.finding(frame), formula.describe(frame)]
    assert [text for text in told if ONE.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_places_lie_on_the_picture_large_enough_for_a_finger(name):
    stage = Stage(name)
    width, height = (100 * inches for inches in stage.chart.SIZE)
    for place in stage.picture.places:
        left, top, wide, tall = place["box"]
        assert left >= 0 and top >= 0 and left + wide <= 1 and top + tall <= 1
        assert wide * width >= 24 and tall * height >= 24


def test_the_marks_move_in_even_steps_and_the_last_picture_ends_it(messages):
    stage = Stage("first_study")
    messages.clear()
    stage.answer("strategy", 70)
    motion = [m for m in messages if m and m.get("content", {}).get("motion")]
    assert 1 <= len(motion) <= FRAMES  # a slow machine gives up
    drawn = [m for m in messages if m and ["png"] in m.get("buffer_paths", [])]
    assert len(drawn) == 1


def test_between_two_steps_every_mark_goes_from_its_old_to_its_new_place():
    stage = content.stage("second_study")
    formula = registry.model(stage["model"])
    before, after = (stages.rows(stage, step) for step in stage["steps"][:2])
    way = list(stages.between(before, after, formula, 3))
    ends = before["tpm_rate"].to_numpy(), after["tpm_rate"].to_numpy()
    shares = [(frame["tpm_rate"].to_numpy() - ends[0])[1] / (ends[1] - ends[0])[1] for frame in way]
    assert shares == pytest.approx([0.15625, 0.5, 0.84375])  # slow at both ends


def test_a_ghost_stands_where_its_step_had_the_marks():
    stage = content.stage("second_study")
    first, second = (stages.rows(stage, step) for step in stage["steps"][:2])
    assert list(second["ghost_tpm_rate"]) == list(first["tpm_rate"])


def test_a_ghost_stands_where_the_learner_left_its_step():
    stage = Stage("growth")
    stage.form.put(depth=1, security=0.5)
    guessed = stage.frame["hours"]
    assert list(clicked(stage, "next").frame["ghost_hours"]) == list(guessed)
    assert stage.frame["hours"].sum() != guessed.sum()  # the marks themselves are the step's


def test_a_step_comes_back_as_the_learner_left_it():
    stage = Stage("growth")
    stage.form.put(depth=1, security=0.5)
    guessed = list(stage.frame["hours"])
    clicked(clicked(stage, "next"), "back")
    assert stage.form.values["depth"] == 1 and list(stage.frame["hours"]) == guessed
    assert list(clicked(stage, "next").frame["ghost_hours"]) == guessed


def test_what_holds_for_all_steps_is_the_newest_at_a_step_come_back_to():
    stage = Stage("own_week")
    stage.form.put(protected=8)
    clicked(stage, "next").answer("some", 70)
    stage.form.put(protected=2)
    clicked(clicked(stage, "back"), "back")
    assert stage.step["id"] == "lock" and stage.form.values["protected"] == 2


def test_a_free_control_moves_the_picture_at_its_step():
    stage = Stage("luck")
    for button in ("open", "next", "next", "skip"):
        clicked(stage, button)
    before = stage.picture.png
    stage.form.put(area="Resources")
    assert stage.picture.png != before and "Resources" in stage.picture.alt


# --- the saved form


@pytest.mark.parametrize("name", NAMES)
def test_the_saved_form_tells_no_later_step_outside_its_fold(name):
    stage = Stage(name)
    page = "".join(bundle.get("text/html", "") for bundle in stage.bundles())
    opened = page
    while "<details>" in opened:  # the innermost first
        opened = re.sub(r"<details>((?!<details>).)*?</details>", "", opened, flags=re.S)
    plain = stage.bundles()[0]["text/plain"]
    first, *later = (stage.formula.describe(stages.rows(stage.stage, s)) for s in stage.steps)
    for sentence in {*later} - {first}:  # a step may show the picture of the first once more
        assert sentence not in opened and sentence not in plain


@pytest.mark.parametrize("name", NAMES)
def test_the_saved_form_holds_the_rows_of_every_step_and_a_live_view(name):
    first, second = Stage(name).bundles()
    assert set(first[CHART]) == {step["id"] for step in content.stage(name)["steps"]}
    assert ("image/png" in first) is ("after" not in content.stage(name))
    assert VIEW in first and VIEW in second


def test_the_saved_form_is_the_first_step_wherever_the_learner_is():
    fresh = Stage("first_study").bundles()[0]
    later = Stage("first_study").answer("strategy", 70).bundles()[0]
    assert {k: fresh[k] for k in ("text/plain", "image/png", CHART)} == {
        k: later[k] for k in ("text/plain", "image/png", CHART)
    }


# --- a stage that follows another


@pytest.fixture
def following():
    return Stage("luck")


def test_it_shows_nothing_until_the_other_is_answered(following):
    assert not following.picture.png and not following.form.fields
    Stage("first_study").answer("strategy", 70)
    following.refresh()
    assert following.picture.png and following.form.buttons[0]["id"] == "next"


def test_it_opens_all_the_same_and_stays_open(following):
    clicked(following, "open")
    assert following.picture.png and Stage("luck").picture.png


def test_its_saved_form_is_folded_and_holds_no_picture(following):
    first, second = following.bundles()
    assert "image/png" not in first and second["text/html"].startswith("<details>")


@pytest.mark.parametrize("name", [n for n in NAMES if "after" in content.stage(n)])
def test_a_stage_that_waits_opens_once_every_prediction_of_the_one_before_is_answered(name):
    waits, before = Stage(name), Stage(content.stage(name)["after"])
    last = max(n for n, step in enumerate(before.steps) if "ask" in step)
    for place in range(last + 1):
        assert (before.place, bool(waits.picture.alt)) == (place, False), before.step["id"]
        assert [button["id"] for button in waits.form.buttons] == ["open"]
        clicked(before, "skip" if "ask" in before.step else "next")
        waits.refresh()
    assert waits.picture.alt and waits.form.buttons[0]["id"] != "open"


def test_what_the_learner_has_moved_holds_at_the_steps_after_it():
    stage = Stage("own_week")
    stage.form.put(protected=8)
    assert clicked(stage, "next").frame["locked"].iloc[0] == 8
    stage.answer("some", 70)
    assert stage.form.values["protected"] == 8 and stage.frame["locked"].iloc[0] == 8


def test_what_the_learner_has_moved_is_there_again_as_far_as_it_is_still_allowed():
    stage = Stage("own_week")
    stage.form.put(protected=8)
    clicked(stage, "next")
    assert Stage("own_week").frame["locked"].iloc[0] == 8
    record().add("own", "own_week", {"protected": "<b>", "hours": 3}, lesson="staffing")
    assert Stage("own_week").drawn == {}


def test_a_ghost_stands_where_the_learner_had_put_it():
    stage = Stage("split")
    stage.form.put(i01=50)
    clicked(stage, "next").answer("weeks", 70)
    row = stage.frame.set_index("initiative_id").loc["i01"]
    assert row["ghost_share"] == 0.5 and row["share"] != 0.5


def test_a_press_that_comes_with_the_last_move_takes_it_along():
    stage = Stage("own_week")
    with stage.form.hold_trait_notifications():
        stage.form.clicked = {"id": "next", "n": 1}
        stage.form.values = {"protected": 5}
    assert stage.step["id"] == "week" and stage.frame["locked"].iloc[0] == 5


def test_a_wrong_choice_is_told_every_right_one():
    stage = Stage("programs")
    for answer in ("alike", "commercial_work"):
        stage.answer(answer, 50)
    notes = " ".join(told(stage))
    item = questions.prediction("titles-widest").filled()
    right = [f"“{option.text}”" for option in item.options if option.right]
    assert len(right) == 2 and f"The right answer is {' or '.join(right)}." in notes


def asked(stage):
    return [field["id"] for field in stage.form.fields if field["kind"] != "note"]


def test_the_next_question_waits_until_what_came_of_the_last_is_read():
    stage = Stage("programs")
    stage.answer("alike", 70)
    for again in (stage, Stage("programs")):  # also for who comes back later
        assert asked(again) == [] and "<p>You predicted " in again.say.value
        clicked(again, "ask")
        assert (
            asked(again) == ["answer", "confidence"] == [each["id"] for each in again.form.fields]
        )
    clicked(clicked(stage, "back"), "next")
    assert asked(stage) == []


def test_a_question_waits_for_no_prediction_that_was_not_given():
    stage = clicked(Stage("programs"), "skip")
    assert asked(stage) == ["answer", "confidence"]


@pytest.mark.parametrize("name", NAMES)
def test_what_came_of_a_prediction_fits_above_the_picture(name):
    """90 words are six lines, below which a picture of 380 pixels still stands in one window."""
    for item in stage_parts.asked_by(content.stage(name)["steps"]).values():
        for answer in [option.id for option in item.options] or [item.min]:
            notes = stage_parts.notes(item, {"answer": answer, "confidence": 50})
            assert sum(len(note.split()) for note in notes) <= 90
