"""What is drawn ahead is what a move would show, and no page gets the bytes of a picture twice."""

import threading

import pytest
from front import put

from tpmlib.kit.panels import ahead as module
from tpmlib.kit.panels.ahead import Ahead, around
from tpmlib.kit.panels.explorer import Explorer
from tpmlib.kit.panels.stage import Stage


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Only the nearest two, however slow the machine, and nothing kept of another test."""
    monkeypatch.setattr(module, "NEAREST", 2)
    monkeypatch.setattr(module, "SLOWEST", 60)
    Ahead._kept.clear()
    yield
    Ahead._kept.clear()


def hint(panel, name):
    """The page tells that the pointer is on a control."""
    panel.form._handle_custom_msg({"near": name}, [])


def warm(panel, name):
    """The same, and the thread of that has ended; returns the values next to the present one."""
    hint(panel, name)
    panel.ahead.now()
    return around(panel.form.field(name), panel.form.values[name])


def shown(panel):
    return panel.picture.png, panel.picture.alt, panel.picture.sentence


def frames(messages):
    contents = [m.get("content", {}) for m in messages if m]
    return [content["frame"]["key"] for content in contents if "frame" in content]


def bytes_sent(messages):
    return sum(["png"] in m.get("buffer_paths", []) for m in messages if m)


@pytest.mark.parametrize(
    "model, name",
    [
        ("role_profile", "first"),
        ("role_profile", "area"),
        ("role_profile", "select"),
        ("priorities", "value_error"),
        ("areas", "dots"),
        ("drift", "complexity"),
    ],
)
def test_a_picture_drawn_ahead_is_the_one_that_a_move_shows(model, name):
    explorer = Explorer(model)
    for value in warm(explorer, name):
        kept = explorer.ahead.kept({**explorer.form.values, name: value})
        alone = Explorer(model).set(**{name: value})
        assert shown(alone) == (kept.png, kept.alt, kept.sentence)


def test_a_slow_picture_is_not_followed_by_another(monkeypatch):
    monkeypatch.setattr(module, "SLOWEST", -1)
    explorer = Explorer("areas")
    nearest, *others = warm(explorer, "study")
    kept = [explorer.ahead.kept({**explorer.form.values, "study": v}) for v in (nearest, *others)]
    assert others and kept[0] and not any(kept[1:])


def test_a_kept_picture_is_confirmed_without_its_bytes(messages):
    explorer = Explorer("role_profile")
    twins = {value: Explorer("role_profile").set(first=value) for value in warm(explorer, "first")}
    messages.clear()
    for value, twin in twins.items():
        put(explorer.form, first=value)
        assert explorer.picture.made["has"] and bytes_sent(messages) == 0
        assert shown(explorer) == shown(twin)


def test_after_a_confirmation_the_next_new_picture_is_sent_even_if_it_is_the_same(messages):
    explorer = Explorer("role_profile")
    put(explorer.form, first=warm(explorer, "first")[0])
    messages.clear()
    put(explorer.form, minimum=5)  # each row is mentioned at least five times
    assert not explorer.picture.made["has"] and bytes_sent(messages) == 1


def test_a_kept_simulation_shows_its_full_runs_at_once():
    explorer = Explorer("drift")
    put(explorer.form, engineers=warm(explorer, "engineers")[0])
    assert "2,000 simulated years" in explorer.picture.sentence and explorer._less == {}


def test_no_draft_is_kept():
    explorer = Explorer("drift")
    hint(explorer, "complexity")
    put(explorer.form, engineers=60)
    assert "200 simulated" in explorer.picture.sentence and not explorer.picture.made["keep"]
    assert explorer.ahead.kept(explorer.form.values) is None
    explorer.settle()
    assert "2,000 simulated" in explorer.ahead.kept(explorer.form.values).sentence
    assert explorer.picture.made["keep"]


@pytest.mark.parametrize(
    "field, now, values",
    [
        ({"kind": "range", "min": 0, "max": 1, "step": 0.1}, 0.3, [0.2, 0.4, 0.1, 0.5]),
        ({"kind": "range", "min": 0, "max": 1, "step": 0.5}, 0.5, [0, 1]),
        ({"kind": "range", "min": 1, "max": 9, "step": 3}, 1, [4, 7]),
        ({"kind": "range", "min": 0, "max": 9, "step": 2}, 3, [4, 2, 6, 0]),
        ({"kind": "switch"}, True, [False]),
        ({"kind": "select", "options": [{"value": v} for v in "abc"]}, "c", ["b", "a"]),
        ({"kind": "select", "options": []}, "gone", []),
    ],
)
def test_the_nearest_values_come_first_as_the_page_writes_them(monkeypatch, field, now, values):
    monkeypatch.setattr(module, "NEAREST", 4)
    assert around(field, now) == values and str(around(field, now)) == str(values)


def test_without_a_front_end_nothing_is_drawn_ahead_or_kept():
    explorer = Explorer("role_profile").set(first=3)
    explorer.ahead.now()
    assert not Ahead._kept and not explorer.picture.made["keep"]


@pytest.mark.rests
def test_without_threads_nothing_is_drawn_ahead(monkeypatch, messages):
    def no_threads(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_threads)
    explorer = Explorer("role_profile")
    hint(explorer, "first")
    put(explorer.form, first=3)
    assert frames(messages) == [] and shown(explorer) == shown(
        Explorer("role_profile").set(first=3)
    )


@pytest.mark.parametrize("word", [{"page": {"width": 430, "ratio": 2}}, {"lacks": True}])
def test_other_pixels_or_a_new_page_begin_anew(messages, word):
    explorer = Explorer("role_profile")
    warm(explorer, "first")
    era = explorer.picture.made["era"]
    messages.clear()
    explorer.picture._handle_custom_msg(word, [])
    assert explorer.picture.made["era"] > era and not explorer.picture.made["has"]
    assert list(Ahead._kept) == [(explorer.ahead, explorer.ahead._key(explorer.form.values))]


def test_a_late_picture_of_other_settings_is_dropped(monkeypatch, messages):
    explorer = Explorer("role_profile")
    real = explorer.beyond

    def meanwhile(values):
        explorer.form.put(preset="areas")
        return real(values)

    monkeypatch.setattr(explorer.ahead, "_rows", meanwhile)
    warm(explorer, "first")
    assert frames(messages) == []


def test_a_move_ends_what_is_drawn_ahead(messages):
    explorer = Explorer("role_profile")
    hint(explorer, "first")
    explorer.ahead._draw(lambda: not frames(messages))  # until the first is sent
    assert len(frames(messages)) == 1


@pytest.mark.allow_logged
def test_an_error_ahead_is_logged_and_not_told(monkeypatch, caplog):
    explorer = Explorer("role_profile")
    monkeypatch.setattr(explorer.ahead, "_rows", lambda values: 1 / 0)
    warm(explorer, "first")
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]
    assert explorer.form.message == ""
    put(explorer.form, first=2)
    assert shown(explorer) == shown(Explorer("role_profile").set(first=2))


def test_the_page_keeps_no_more_than_its_limit_and_what_was_not_used_goes(monkeypatch, messages):
    explorers = Explorer("role_profile"), Explorer("drift")
    warm(explorers[0], "first")
    size = sum(len(kept.png) for kept in Ahead._kept.values())
    monkeypatch.setattr(module, "MOST", size)
    oldest = list(next(iter(Ahead._kept))[1])
    warm(explorers[1], "engineers")
    assert sum(len(kept.png) for kept in Ahead._kept.values()) <= size
    dropped = [m["content"]["drop"] for m in messages if m and "drop" in m.get("content", {})]
    assert dropped[0] == oldest and explorers[1].ahead.kept(explorers[1].form.values)


@pytest.mark.rests
def test_the_thread_and_all_that_is_kept_end_with_the_panel(monkeypatch):
    monkeypatch.setattr(module, "NEAREST", 60)
    explorer, before = Explorer("role_profile"), set(threading.enumerate())
    hint(explorer, "first")
    [thread] = set(threading.enumerate()) - before
    explorer.close()
    thread.join(10)
    assert not thread.is_alive() and not Ahead._kept


def test_a_stage_draws_its_free_control_ahead_and_forgets_at_the_next_step():
    stage = Stage("luck")
    for button in ("open", "next", "next", "skip"):
        stage.form.click(button)
    for area in warm(stage, "area"):
        stage.form.put(area=area)
        assert stage.picture.made["has"]
        alone = stage.picture.new_canvas(stage.frame).png(stage.frame)
        assert stage.picture.png == alone and area in stage.picture.alt
    stage.form.click("back")
    assert not Ahead._kept and not stage.picture.made["keep"]


def test_a_name_that_is_no_control_draws_nothing():
    explorer = Explorer("role_profile")
    for name in ("preset", "nothing", "", None, ["first"], {}):
        hint(explorer, name)
    assert not Ahead._kept and explorer.ahead._near == ""
