"""Each control of each preset of each model moves the picture, its words and its numbers."""

import html
import io
import threading
from functools import cache
from itertools import pairwise

import pandas as pd
import pytest
from front import click, front, put
from PIL import Image

from tpmlib.errors import CourseError
from tpmlib.kit import content, figures, registry
from tpmlib.kit.panels import explorer as module
from tpmlib.kit.panels.controls import TEAM, Controls
from tpmlib.kit.panels.explorer import Explorer
from tpmlib.kit.panels.sheet import start
from tpmlib.kit.record import record
from tpmlib.kit.words import say

MODELS = content.models()
# a model made for a stage is tried there, step by step
STAGES = [path.stem for path in (content.root() / "data" / "stages").glob("*.yml")]
STAGED = {content.stage(name)["model"] for name in STAGES}
DRAWN = [model for model in MODELS if model in registry.drawn() and model not in STAGED]
OFFERED = {model: [*Controls(model, MODELS[model]).offered()] for model in DRAWN}
PRESETS = [(model, preset) for model in DRAWN for preset in OFFERED[model] if preset != TEAM]
MOST_MESSAGES = 4  # a move: its echo, the rows on offer, the caption of the table, the picture


def entries(model):
    return MODELS[model]["parameters"] | MODELS[model].get("view", {})


def movable(model, preset):
    shown = MODELS[model]["presets"][preset].get("controls", list(entries(model)))
    return [name for name in shown if entries(model)[name]["kind"] != "fixed"]


MOVABLE = [(model, preset) for model, preset in PRESETS if movable(model, preset)]

# a model of one preset has nothing to start from but that one
STARTS = {model: ["preset"] * (len(OFFERED[model]) > 1) for model in DRAWN}
CONTROLS = [(m, p, name) for m, p in PRESETS for name in [*STARTS[m], *movable(m, p)]]


@cache
def kept(model, preset):
    """One explorer for many tests, since a model takes its time; each test resets it first."""
    return Explorer(model, preset)


@pytest.fixture
def started():
    def start(model, preset="default"):
        explorer = kept(model, preset)
        click(explorer.form, "reset")
        explorer.settle()  # its first rows may not be kept any more
        return explorer

    return start


def middle_out(values):
    """Values in the order of how far they stand from the middle of the list."""
    return sorted(values, key=lambda value: abs(values.index(value) - len(values) // 2))


def first_shown(model, name):
    return next(preset for preset in OFFERED[model] if name in movable(model, preset))


def reach(explorer, name, preset):
    """Every value that a control can take in the first preset with it; elsewhere the two ends and
    five more, as everywhere for a model whose values take long.
    """
    field = next(field for field in explorer.form.fields if field["id"] == name)
    if field["kind"] == "switch":
        return [True, False]
    if field["kind"] == "select":
        options = explorer.form.options.get(name) or field["options"]
        return [option["value"] for option in options]
    steps = round((field["max"] - field["min"]) / field["step"])
    every = [round(field["min"] + at * field["step"], 9) for at in range(steps + 1)]
    if "moving" not in MODELS[explorer.model] and preset == first_shown(explorer.model, name):
        return every
    return sorted({every[round(at * steps / 6)] for at in range(7)})


@cache
def of_preset(model, preset):
    if preset == TEAM:  # nothing kept, so Tally's, as the sheet says
        settings, view = of_preset(model, "default")
        both = settings | view
        tally = start(content.sheet(TEAM))
        mine = {name: tally[field] for name, field in MODELS[model][TEAM].items()}
        return {name: (both | mine)[name] for name in settings}, {n: (both | mine)[n] for n in view}
    return content.settings(model, preset), content.view_settings(model, preset)


def wanted(explorer):
    """The rows that should be on show, by way of settings and model and not of the explorer."""
    model, values = explorer.model, dict(explorer.form.values)
    settings, view = of_preset(model, values.pop("preset"))
    now = settings | view | values | explorer._less
    rows = figures.frame(model, **{name: now[name] for name in now if name not in view})
    return explorer.formula.view(rows, **{name: now[name] for name in view}) if view else rows


def is_true(explorer):
    """The picture is one, and the words are those of the rows."""
    shown, size = explorer.picture, tuple(round(100 * side) for side in explorer.chart.SIZE)
    assert shown.png.startswith(b"\x89PNG") and Image.open(io.BytesIO(shown.png)).size == size
    assert shown.alt == explorer.chart.finding(explorer.frame) == explorer.details.caption != ""
    assert shown.sentence == explorer.formula.describe(explorer.frame) != ""
    assert explorer.form.message == ""
    return True


def tour(model, preset, name):
    """A control through its whole range: what is drawn, its picture, the messages of the move."""
    explorer, seen, sent = kept(model, preset), [], []
    click(explorer.form, "reset")
    for widget in (explorer.form, explorer.picture, explorer.details):
        widget.comm.publish_msg = lambda *_, **message: sent.append(message)
    for value in reach(explorer, name, preset):
        sent.clear()
        put(explorer.form, **{name: value})
        assert explorer.form.values[name] == value and is_true(explorer)
        assert explorer.frame.equals(wanted(explorer))
        what = explorer.chart.numbers(explorer.frame), explorer.chart.finding(explorer.frame)
        seen.append((what, explorer.picture.png, len(sent)))
    return seen


def every_value_shows_its_own_rows(seen):
    return bool(seen)  # a tour ends at the first value that does not


def other_rows_give_another_picture_and_the_same_rows_the_same(seen):
    return all(
        (png != later) == (rows != new) for (rows, png, _), (new, later, _) in pairwise(seen)
    )


def the_picture_changes(seen):
    return len({png for _, png, _ in seen}) > 1


def few_messages_are_sent(seen):
    return {messages for *_, messages in seen} <= set(range(1, MOST_MESSAGES + 1))


RULES = [
    every_value_shows_its_own_rows,
    other_rows_give_another_picture_and_the_same_rows_the_same,
    the_picture_changes,
    few_messages_are_sent,
]


@pytest.mark.parametrize("model, preset, name", CONTROLS)
def test_when_a_control_moves(model, preset, name):
    seen = tour(model, preset, name)
    assert [rule.__name__ for rule in RULES if not rule(seen)] == []


@pytest.mark.parametrize("model, preset", PRESETS)
def test_the_controls_are_those_of_the_preset(started, model, preset):
    fields = [field["id"] for field in started(model, preset).form.fields]
    assert fields == ["preset", *movable(model, preset)]


@pytest.mark.parametrize("model, preset", PRESETS)
def test_reset_brings_the_start_back(started, model, preset):
    explorer = started(model, preset)
    values, picture, text = explorer.form.values, explorer.picture.png, repr(explorer)
    for name in [*movable(model, preset), "preset"]:
        put(explorer.form, **{name: reach(explorer, name, preset)[-1]})
    click(explorer.form, "reset")
    explorer.settle()
    assert explorer.form.values == values
    assert (explorer.picture.png, repr(explorer)) == (picture, text) and is_true(explorer)


@pytest.mark.parametrize("model, preset", MOVABLE)
def test_set_replays_what_the_learner_did(started, model, preset):
    explorer, moves = started(model, preset), {}
    for name in movable(model, preset):
        values = reach(explorer, name, preset)
        moves[name] = next(v for v in middle_out(values) if v != explorer.form.values[name])
        put(explorer.form, **{name: moves[name]})
    explorer.settle()
    learner = repr(explorer), explorer.picture.png
    click(explorer.form, "reset")
    assert (repr(explorer), explorer.picture.png) != learner
    assert explorer.set(**moves) is explorer
    assert (repr(explorer), explorer.picture.png) == learner


@pytest.mark.parametrize("model, preset", PRESETS)
def test_set_replays_a_choice_of_preset(started, model, preset):
    explorer = started(model)
    put(explorer.form, preset=preset)
    explorer.settle()
    values, picture = explorer.form.values, explorer.picture.png
    click(explorer.form, "reset")
    explorer.set(preset=preset)
    assert (explorer.form.values, explorer.picture.png) == (values, picture)


@pytest.mark.parametrize(
    "values, text",
    [
        ({"preset": "area"}, "preset: 'area' is not one of 'areas', .*; did you mean 'areas'[?]"),
        ({"comparе": "pm"}, "explore: 'comparе' is not one of 'compare', .*'compare'[?]"),
        ({"compare": "tpm"}, "compare: 'tpm' is not one of .*'pm'.*"),
        ({"compare": ["pm"]}, "compare: .'pm'. is not one of .*"),
        ({"select": "Manage budgets"}, "select: 'Manage budgets' is not one of .*did you mean .*"),
        ({"minimum": 201}, "minimum: 201 is outside 0 to 200"),
        ({"minimum": float("nan")}, "minimum: nan is outside 0 to 200"),
        ({"minimum": "3"}, "minimum: '3' is not a number"),
        ({"minimum": None}, "minimum: None is not a number"),
        ({"study": "first"}, "study: is fixed in this explorer; leave it out to move it"),
        ({"level": "clusters"}, "level: is fixed in this explorer; leave it out to move it"),
    ],
)
def test_set_says_what_it_does_not_take(started, values, text):
    explorer = started("role_profile")
    before = repr(explorer)
    with pytest.raises(CourseError, match=f"^{text}$"):
        explorer.set(**values)
    assert repr(explorer) == before


@pytest.mark.parametrize(
    "arguments, text",
    [
        (["role_profil"], "explore: 'role_profil' is not one of 'role_profile'.*[?]"),
        (["classifier_"], "explore: 'classifier_' is not one of .*"),
        (["role_profile", "area"], "preset: 'area' is not one of .*did you mean 'areas'[?]"),
    ],
)
def test_an_unknown_start_is_refused(arguments, text):
    with pytest.raises(CourseError, match=f"^{text}$"):
        Explorer(*arguments)


@pytest.mark.parametrize("model", sorted(set(MODELS) - set(registry.drawn())))
def test_a_model_without_a_picture_is_refused(model):
    with pytest.raises(CourseError, match=f"^explore: '{model}' is not one of "):
        Explorer(model)


@pytest.mark.parametrize(
    "fixed, text",
    [
        ({"minimum": 201}, "minimum: 201 is outside 0 to 200"),
        ({"minimum": "x"}, "minimum: 'x' is not a number"),
        ({"area": "Strateg"}, "area: 'Strateg' is not one of 'Strategy', .*"),
        ({"studdy": "first"}, "explore: 'studdy' is not one of 'study', .*"),
    ],
)
def test_a_fixed_argument_is_checked(fixed, text):
    with pytest.raises(CourseError, match=f"^{text}$"):
        Explorer("role_profile", **fixed)


@pytest.mark.parametrize("value", ["no", 1])
def test_a_switch_takes_true_and_false_alone(started, value):
    with pytest.raises(CourseError, match=f"^every: {value!r} is not True or False$"):
        started("staffing_sensitivity", "every").set(every=value)
    with pytest.raises(CourseError, match=f"^every: {value!r} is not True or False$"):
        Explorer("staffing_sensitivity", "every", every=value)


@pytest.mark.parametrize("model, preset", MOVABLE)
def test_a_fixed_argument_holds_and_hides_its_control(model, preset):
    name = movable(model, preset)[0]
    value = reach(kept(model, preset), name, preset)[-1]
    explorer = Explorer(model, preset, **{name: value})
    assert name not in explorer.form.values and is_true(explorer)
    with pytest.raises(CourseError, match=f"^{name}: is fixed"):
        explorer.set(**{name: value})
    free = kept(model, preset).set(preset=preset, **{name: value})
    pd.testing.assert_frame_equal(explorer.frame, free.frame)


def test_a_row_that_is_gone_gives_way_to_the_first_one_shown(started):
    explorer = started("role_profile")
    chosen = explorer.form.values["select"]
    put(explorer.form, area="Strategy")
    assert explorer.frame["selected"].tolist().index(True) == 0
    put(explorer.form, area="all")
    assert explorer.frame.set_index("id")["selected"][chosen]


def test_nothing_passes_the_filters_and_it_says_so(started):
    explorer = started("role_profile")
    put(explorer.form, area="Resources", pile="tpm", minimum=40)
    assert explorer.frame.empty and is_true(explorer)
    assert explorer.bundles()[1]["text/plain"] == "0 rows"


def test_the_page_knows_what_each_preset_sets_and_so_when_it_is_ones_own(started):
    start, *controls = started("allocation").form.fields
    for option in start["options"]:
        settings, view = of_preset("allocation", option["value"])
        names = {field["id"] for field in controls}
        assert option["sets"] == {n: v for n, v in (settings | view).items() if n in names}
    assert Explorer("allocation", "steep").form.buttons[0]["chooses"] == ["preset", "steep"]


def test_a_team_changed_elsewhere_is_what_its_choice_sets():
    explorer = Explorer("staffing_sensitivity")
    record().add("sheet", TEAM, start(content.sheet(TEAM)) | {"engineers": 33}, lesson="staffing")
    explorer.refresh()
    team = {each["value"]: each for each in explorer.form.fields[0]["options"]}[TEAM]
    assert team["sets"]["engineers"] == 33


def test_a_move_before_the_page_heard_of_the_start_wins_beside_it(started):
    explorer = started("allocation")
    begun = dict(explorer.form.values)
    explorer.set(people=100, money=80)
    before, heard = dict(explorer.form.values), explorer.form.turn
    explorer.form.click("reset")
    front(explorer.form, values=before | {"platform": 300}, known=heard)
    assert explorer.form.values == begun | {"platform": 300}


def test_a_move_just_after_a_choice_of_preset_wins(started):
    explorer = started("allocation")
    option = explorer.form.fields[0]["options"][1]
    values = {"preset": option["value"]} | option["sets"] | {"people": 70}
    front(explorer.form, values=values, known=explorer.form.turn)
    assert explorer.form.values == values


def test_going_back_does_not_run_the_model_again(monkeypatch):
    explorer = Explorer("role_profile")
    runs, real = [], explorer.formula.role_profile
    monkeypatch.setattr(explorer.formula, "role_profile", lambda **k: runs.append(k) or real(**k))
    for compare in ("tpgm", "pm", "tpgm", "pm"):
        put(explorer.form, compare=compare)
    put(explorer.form, area="Strategy")
    assert len(runs) == 1


def test_only_some_frames_are_kept(monkeypatch):
    monkeypatch.setattr(module, "KEPT_FRAMES", 2)
    explorer = Explorer("role_profile", "areas")
    for study in ("first", "old_lists", "second", "first"):
        put(explorer.form, study=study)
    assert len(explorer._frames) == 2 and is_true(explorer)


def test_a_slider_that_scrolls_sends_its_echo_and_the_picture(messages):
    explorer = Explorer("role_profile")
    before = len(messages)
    put(explorer.form, first=5)
    assert [(sent["method"], "values" in sent["state"]) for sent in messages[before:]] == [
        ("echo_update", True),
        ("update", False),
    ]


def test_a_move_to_the_same_value_sends_no_picture(messages):
    explorer = Explorer("role_profile")
    before = len(messages)
    put(explorer.form, first=1)
    assert [sent["method"] for sent in messages[before:]] == ["echo_update"]


def test_the_table_is_sent_only_while_it_is_open(started):
    explorer = started("role_profile")
    assert explorer.details.rows == []
    front(explorer.details, opened=True)
    put(explorer.form, area="Strategy")
    assert explorer.details.rows == explorer.chart.numbers(explorer.frame)
    front(explorer.details, opened=False)
    assert explorer.details.rows == []


def broken(frame):
    raise ZeroDivisionError("in a chart")


def test_a_broken_chart_is_told_in_one_sentence_and_raised(monkeypatch):
    explorer = Explorer("role_profile")
    monkeypatch.setattr(explorer.picture.canvas, "_update", broken)
    with pytest.raises(ZeroDivisionError):
        explorer.form.put(first=3)
    assert explorer.form.message == say("panel.sorry", error="ZeroDivisionError")


@pytest.mark.allow_logged
def test_a_broken_chart_under_a_slider_is_logged_so_that_a_test_fails(monkeypatch, caplog):
    explorer = Explorer("role_profile")
    monkeypatch.setattr(explorer.picture.canvas, "_update", broken)
    put(explorer.form, first=3)
    assert explorer.form.message == say("panel.sorry", error="ZeroDivisionError")
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [
        ZeroDivisionError
    ]


def test_a_refusal_of_the_model_is_told_as_it_is_and_goes_with_the_next_move(monkeypatch):
    explorer = Explorer("role_profile")

    def refusing(frame, **view):
        raise CourseError("area: 'x' is not one of 'y'")

    with monkeypatch.context() as patch:
        patch.setattr(explorer.formula, "view", refusing)
        put(explorer.form, first=3)
    assert explorer.form.message == "area: 'x' is not one of 'y'"
    put(explorer.form, first=4)
    assert explorer.form.message == ""


@pytest.mark.parametrize("move", [put, lambda form, **values: form.put(**values)])
def test_two_threads_leave_one_true_state(move):
    explorer = Explorer("role_profile")

    def wiggle(name):
        for value in reach(explorer, name, "default")[:6] * 2:
            move(explorer.form, **{name: value})

    threads = [threading.Thread(target=wiggle, args=[name]) for name in ("first", "area")]
    [thread.start() for thread in threads], [thread.join(30) for thread in threads]
    assert not any(thread.is_alive() for thread in threads) and is_true(explorer)
    alone = Explorer("role_profile")
    alone.form.values = explorer.form.values
    assert alone.picture.png == explorer.picture.png and repr(alone) == repr(explorer)


@pytest.mark.parametrize("model, preset", PRESETS)
def test_the_note_of_a_preset_is_read_above_its_picture(model, preset):
    explorer = Explorer(model, preset)
    assert MODELS[model]["presets"][preset].get("note", "") in html.unescape(explorer.note.value)
    assert explorer.note in explorer.widget.children


def test_what_a_preset_sets_and_no_control_shows_is_said(data):
    path = data / "models.yml"
    own = "    ours:\n      label: Our company\n      values: {meetings: 24, engineers: 30}\n"
    path.write_text(path.read_text().replace("    same_division:\n", f"{own}    same_division:\n"))
    explorer = Explorer("drift", "equal")
    assert "Meetings" not in explorer.note.value
    explorer.set(preset="ours")
    assert explorer.note.value == "It sets “Meetings” to 24 hours a week."


def test_a_note_is_shown_as_it_is_written(data):
    path = data / "models.yml"
    path.write_text(path.read_text().replace("note: A TPM gets as", "note: A <b & as"))
    assert "A &lt;b &amp; as much" in Explorer("drift", "equal").note.value


@pytest.mark.parametrize("model", MODELS)
def test_a_select_whose_options_are_long_takes_two_columns(model):
    controls = Controls(model, content.model(model))
    choices = [name for name, entry in controls.entries.items() if entry["kind"] == "choice"]
    for field in controls.fields(choices):
        assert field["wide"] is any(len(option["label"]) > 23 for option in field["options"])


def test_the_longest_list_of_a_quarter_is_not_cut():
    assert Controls("priorities", content.model("priorities")).field("lists")["wide"]
