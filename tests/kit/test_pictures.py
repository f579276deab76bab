"""A picture shows its frame, all of it, and the same frame always gives the same pixels."""

import importlib
import io
import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

import tpmlib
from tpmlib.kit import content, figures, registry, stages
from tpmlib.kit.canvas import BLUE, GREEN, ORANGE, Canvas
from tpmlib.kit.panels.controls import Controls
from tpmlib.kit.scores.calibration import calibration
from tpmlib.lessons.adverts.advert import read_advert
from tpmlib.lessons.adverts.areas_picture import SHADOW, SHIFT
from tpmlib.lessons.adverts.deals_picture import GREY, PURPLE
from tpmlib.lessons.adverts.role_profile import SLOTS, role_profile, view
from tpmlib.lessons.adverts.role_profile_picture import GAP, LONGEST
from tpmlib.lessons.architecture.mark_threats import KINDS
from tpmlib.lessons.company.compare_company import year
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.policies import fixed
from tpmlib.lessons.company.world import tally_world

GOLDEN = Path(__file__).parents[1] / "golden"
FROZEN = "3.11.2"  # the version of matplotlib that drew the pictures of the guard
PACKAGE = Path(tpmlib.__file__).parent
MODULES = {
    path.stem.removesuffix("_picture"): importlib.import_module(
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    )
    for path in sorted(PACKAGE.rglob("*_picture.py"))
}
# boxes, arrows, names: places on the page mean nothing; the unit of themes goes with their count
# and stands above the bars, as tests/lessons/priorities/test_themes.py holds; the columns of
# allocation name theirs at their head, drift says below what its figures stand for, and each bar of
# priorities ends in its figure
UNSCALED = {"flows", "duty_lists", "messages", "themes", "allocation", "priorities", "drift"}
STAGED = {  # charts whose stages show more of them than their presets do
    "org_growth": "growth",
    "org_spread": "spread",
    "own_week": "own_week",
}
EVERY = pytest.mark.parametrize("name", MODULES)
# the static site's kernel has 3.8, which cuts sizes to whole pixels and sets texts a pixel apart
WHOLE_PIXELS = pytest.mark.skipif(
    matplotlib.__version_info__ < (3, 9), reason="older Matplotlib: pixels differ by one"
)
TEXT = "You own the roadmap and take part in architecture. " * 8
KEPT: dict[tuple[str, int], tuple[pd.DataFrame, Figure]] = {}
ROWS = dict(area="all", pile="all", minimum=0, order="difference", first=1, select="")
SETTINGS = dict(study="second", compare="pm", level="responsibilities")
LESS = {name: model["moving"] for name, model in content.models().items() if "moving" in model}


def long_row(responsibilities: pd.DataFrame) -> pd.DataFrame:
    name = "Coordinate the many working groups of a whole organisation"
    return responsibilities.head(1).assign(responsibility_id="zz", name=name, source="local")


@pytest.fixture(scope="module")
def profile(golden):
    """Rows on show for some settings of the model and of its view."""

    def rows(responsibilities=golden["responsibilities"], **changed):
        model = {name: changed.pop(name, value) for name, value in SETTINGS.items()}
        tables = golden | {"responsibilities": responsibilities}
        return view(role_profile(**tables, **model), **ROWS | changed)

    return rows


def of_presets() -> dict[str, list[pd.DataFrame]]:
    """For each chart of a model that models.yml describes, the rows of every preset."""
    found: dict[str, list[pd.DataFrame]] = {}
    for name, model in content.models().items():
        for preset in Controls(name, model).offered() if name in MODULES else ():
            if preset not in model["presets"]:  # the learner's own team
                continue
            rows = figures.frame(name, preset, **LESS.get(name, {}))
            values = content.view_settings(name, preset)
            formula = registry.model(name)
            found.setdefault(name, []).append(formula.view(rows, **values) if values else rows)
    return found


def of_steps(name: str, first: int = 0) -> list[pd.DataFrame]:
    """The rows of each step of a stage, from the step `first` on."""
    stage = content.stage(name)
    return [stages.rows(stage, step) for step in stage["steps"][first:]]


def supplier_cheaper() -> pd.DataFrame:
    """The end of the crossover as somebody leaves it who has haggled."""
    stage = content.stage("crossover")
    return stages.rows(stage, stage["steps"][-1] | {"values": {"supplier": 75}})


def promise_kept() -> pd.DataFrame:
    """The end of the promise once all twelve months hold."""
    stage = content.stage("promise")
    return stages.rows(stage, stage["steps"][-1], back=30, excluded="bank")


def of_years() -> list[pd.DataFrame]:
    """Years of the company game: the learner alone, with the others, and without both."""
    world = tally_world()
    mine = Game(decisions=tuple(fixed(world, "pm_pm", 4)))
    years = [year(world, mine, *others) for others in ((True, 60), (False, 0))]
    return [*years, year(world.coupled(fit=0), Game(), True, 0)]


@pytest.fixture(scope="module")
def frames(profile, golden):
    """For each chart some frames that differ: the first is an ordinary one."""
    texts = (TEXT, "You write code and run user research. " * 10, "word " * 60)
    local = pd.concat([golden["responsibilities"], long_row(golden["responsibilities"])])
    counted = {name: golden[name] for name in ("adverts", "responsibilities")}
    two, three = of_steps("subject")
    ends = pd.DataFrame({"low": [5.0] * 10, "high": np.linspace(6, 90, 10), "figure": [10.0] * 10})
    ends = ends.assign(label="The longest label has 34 letters.", unit="days", fact="F41")
    presets = of_presets()
    staged = {name: of_steps(stage) for name, stage in STAGED.items()}
    shares = [figures.frame("staffing_map", settled=share) for share in (0.0, 0.5, 1.0)]
    of_map, ring = registry.model("staffing_map").view, content.view_settings("staffing_map")
    hours = dict.fromkeys(("strategy", "resources"), 1) | {"engineering_depth": 38}
    return (
        presets
        | staged
        | {
            "staffing_map": [of_map(frame, **ring) for frame in shares],
            # the second step asks about the picture of the first, the fourth begins as the third
            "outages": [*of_steps("promise", 1)[:2], promise_kept()],
            "themes": of_steps("comments"),
            "architecture": [*of_steps("crossover")[:2], supplier_cheaper()],
            "priorities": of_steps("lists") + of_steps("sure"),
            # the fourth step asks about the picture of the third
            "messages": [*of_steps("envelopes")[:3], *of_steps("on_the_spot", 1)],
            "duty_lists": of_steps("duty_lists"),
            "profile": [*presets["profile"], figures.frame("profile", **hours)],
            "overlap": [*presets["overlap"], figures.frame("overlap", seed=4)],
            "containment": [
                *presets["containment"],
                registry.model("containment").view(
                    figures.frame("containment"),
                    **content.view_settings("containment") | {"cut": 30},
                ),
            ],
            "company": of_years(),
            "calibration": [
                calibration(answers=ends.assign(low=low), level=0.8) for low in (5.0, 0.01, 1.0)
            ],
            "advert": [
                *(read_advert(text=text, **counted) for text in texts),
                read_advert(text=TEXT, **counted).assign(own=np.nan),
            ],
            "flows": [
                content.table("flows").assign(open=kinds)
                for kinds in (" ".join(KINDS), "", "denial", "spoofing elevation")
            ],
            # the second study starts from what the first has shown
            "areas": of_steps("first_study") + of_steps("second_study", 1),
            "deals": of_steps("luck"),
            "estimates": of_steps("clear_words", 2) + of_steps("release"),
            "subject": [three, two, three.assign(subject_rate=0.5)],
            "role_profile": [
                profile(),
                profile(first=20),  # with the longest published name
                profile(level="clusters", study="first"),
                profile(compare="tpgm", area="Resources"),
                profile(select="write_user_stories_and_acceptance_criteria"),
                profile(order="name", first=17),
                profile(pile="none", responsibilities=local),
                profile(minimum=489),
            ],
        }
    )


def drawn(module, frame: pd.DataFrame) -> Figure:
    """The chart of a frame, kept since many tests only look at it."""
    key = (module.__name__, id(frame))
    if key not in KEPT:
        KEPT[key] = frame, fresh(module, frame)  # with the frame, so that its id stays its own
    return KEPT[key][1]


def fresh(module, frame: pd.DataFrame) -> Figure:
    """The chart with every artist in place, on a canvas that can be measured."""
    figure = Figure(figsize=module.SIZE, dpi=100)
    FigureCanvasAgg(figure)
    module.draw(figure, frame)(frame)
    return figure


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)))


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def line_of(figure: Figure, colour: str):
    """The moving marks of one role."""
    (line,) = [
        one for one in figure.axes[0].lines if one.get_animated() and one.get_color() == colour
    ]
    return line


# --- the data drawn are the frame


@pytest.mark.parametrize("case", range(8))
@pytest.mark.parametrize("side, colour, shift", [("tpm", BLUE, -GAP), ("other", ORANGE, GAP)])
def test_dots_and_bars_stand_at_the_rates_and_intervals(frames, case, side, colour, shift):
    frame = frames["role_profile"][case]
    figure, rows = drawn(MODULES["role_profile"], frame), frame[frame["shown"]]
    dots, bars = line_of(figure, colour), figure.axes[0].collections[side == "other"]
    assert to_hex(bars.get_color()[0]) == colour.lower()
    np.testing.assert_array_equal(dots.get_xdata(), rows[f"{side}_rate"].astype(float))
    segments = [segment for segment in bars.get_segments() if len(segment)]  # none without a count
    ends = np.array([segment[:, 0] for segment in segments]).reshape(-1, 2)
    np.testing.assert_array_equal(ends, rows[[f"{side}_low", f"{side}_high"]].dropna())
    heights = [segment[0, 1] for segment in segments]
    assert heights == pytest.approx(dots.get_ydata()[rows[f"{side}_low"].notna()])


def test_the_two_dots_of_a_row_lie_evenly_about_its_name(frames):
    figure = drawn(MODULES["role_profile"], frames["role_profile"][0])
    names = [text for text in figure.axes[0].texts if text.get_ha() == "right" and text.get_text()]
    middle = (line_of(figure, BLUE).get_ydata() + line_of(figure, ORANGE).get_ydata()) / 2
    assert [text.get_position()[1] for text in names] == pytest.approx(middle)


@pytest.mark.parametrize("case", [0, 1, 2, 3, 5])
def test_each_row_on_show_has_its_name_and_word(frames, case):
    frame = frames["role_profile"][case]
    figure, rows = drawn(MODULES["role_profile"], frame), frame[frame["shown"]]
    texts = [text for text in figure.axes[0].texts if text.get_animated() and text.get_text()]
    assert [text.get_text() for text in texts if text.get_ha() == "right"] == list(rows["name"])
    says = [text.get_text() for text in texts if text.get_ha() == "left"]
    assert says == [word for word in rows["word"] if word]


def test_the_band_lies_behind_the_selected_row(frames):
    frame = frames["role_profile"][4]
    figure = drawn(MODULES["role_profile"], frame)
    (band,) = [patch for patch in figure.axes[0].patches if patch.get_animated()]
    at = int(np.flatnonzero(frame[frame["shown"]]["selected"])[0])
    assert band.get_y() + band.get_height() / 2 == pytest.approx(at)


def test_the_key_names_the_adverts_behind_each_colour(frames):
    second, first = (drawn(MODULES["role_profile"], frames["role_profile"][at]) for at in (0, 2))
    assert {"TPM (34 adverts)", "PM (454 adverts)"} <= set(words(second))
    assert {"TPM (16 adverts)", "PM (60 adverts)"} <= set(words(first))


def test_the_bars_of_the_strip_are_shares_of_each_role_s_adverts(frames):
    chart, frame = MODULES["advert"], frames["advert"][0]
    heights = [bar.get_height() for bar in drawn(chart, frame).axes[0].patches]
    assert heights[: len(frame)] == pytest.approx(list(frame["tpm"] / 34))
    assert heights[len(frame) :] == pytest.approx(list(-frame["pm"] / 454))


def test_a_text_beyond_the_strip_is_marked_at_its_end(frames):
    chart, far = MODULES["advert"], frames["advert"][0].assign(own=90.0)
    (place, _) = line_of(drawn(chart, far), chart.GREEN).get_xdata()
    assert place == drawn(chart, far).axes[0].get_xlim()[1]


def test_a_text_without_a_verdict_has_no_flag(frames):
    chart, none = MODULES["advert"], frames["advert"][0].assign(own=np.nan)
    assert np.isnan(line_of(drawn(chart, none), chart.GREEN).get_xdata()).all()
    assert chart.finding(none).endswith("this text cannot be placed")


@pytest.mark.parametrize("case", range(8))
def test_the_table_has_a_row_for_each_row_on_show(frames, case):
    frame = frames["role_profile"][case]
    head, *rows = MODULES["role_profile"].numbers(frame)
    assert [row[0] for row in rows] == list(frame[frame["shown"]]["name"])
    assert {len(row) for row in rows} <= {len(head)}
    assert "nan" not in str(rows)


def test_the_table_holds_the_numbers_of_the_row(profile):
    frame = profile(area="Engineering depth")
    row = next(row for row in MODULES["role_profile"].numbers(frame) if "architecture" in row[0])
    assert row[1:5] == ["8 of 34", "49 of 454", "24%", "11%"]
    assert row[5].startswith("+13 (") and row[6:] == ["0.033", "hint"]


def test_the_table_of_an_advert_holds_its_numbers(frames):
    _, *rows = MODULES["advert"].numbers(frames["advert"][0])
    assert sum(int(row[1]) for row in rows) == 34 and sum(int(row[2]) for row in rows) == 454


# --- the pictures of stages


def marks(figure: Figure, colour: str) -> list:
    """The moving marks of one colour that are visible and hold a place."""
    lines = [line for line in figure.axes[0].lines if line.get_animated() and line.get_visible()]
    return [line for line in lines if line.get_color() == colour and len(line.get_xdata())]


@pytest.mark.parametrize("case", range(1, 4))
def test_the_dots_of_the_areas_stand_at_their_shares(frames, case):
    frame = frames["areas"][case]
    figure = drawn(MODULES["areas"], frame)
    for side, colour in (("tpm", BLUE), ("other", ORANGE)):
        (dots,) = marks(figure, colour)
        np.testing.assert_array_equal(dots.get_xdata(), frame[f"{side}_rate"])
        assert list(dots.get_ydata()) == pytest.approx(list(np.arange(9) + SHIFT[side]))


def test_before_the_guess_no_dot_and_no_share_is_drawn(frames):
    chart, frame = MODULES["areas"], frames["areas"][0]
    figure = drawn(chart, frame)
    assert not marks(figure, BLUE) + marks(figure, ORANGE)
    assert chart.numbers(frame) == [["Area"]] and "%" not in chart.finding(frame)
    assert set(frame["name"]) <= set(words(figure))


@pytest.mark.parametrize("case, ghosts", [(1, 0), (2, 2), (3, 0)])
def test_a_shadow_stands_where_the_ghost_was(frames, case, ghosts):
    frame = frames["areas"][case]
    shadows = marks(drawn(MODULES["areas"], frame), SHADOW)
    wanted = [frame[name] for name in ("ghost_tpm_rate", "ghost_other_rate") if name in frame]
    assert len(shadows) == len(wanted) == ghosts
    for shadow, values in zip(shadows, wanted, strict=True):
        np.testing.assert_array_equal(shadow.get_xdata(), values)


@pytest.mark.parametrize("case, bars", [(1, 0), (2, 0), (3, 18)])
def test_the_intervals_of_the_areas_are_drawn_where_a_step_has_them(frames, case, bars):
    frame = frames["areas"][case]
    _, tpm, other = drawn(MODULES["areas"], frame).axes[0].collections
    segments = [*tpm.get_segments(), *other.get_segments()]
    assert len(segments) == bars
    ends = [list(segment[:, 0]) for segment in segments]
    columns = [["tpm_low", "tpm_high"], ["other_low", "other_high"]] if bars else []
    assert ends == [list(row) for pair in columns for row in frame[pair].to_numpy()]


def test_a_word_stands_beside_each_area_only_where_the_step_says_so(frames):
    for frame in frames["areas"]:
        texts = drawn(MODULES["areas"], frame).axes[0].texts
        says = [text.get_text() for text in texts if text.get_ha() == "left" and text.get_text()]
        assert says == (list(frame["word"]) if frame["words"].iloc[0] else [])


@pytest.mark.parametrize("case", range(4))
def test_the_hill_is_as_high_as_its_deals_and_marks_the_wide_ones(frames, case):
    frame = frames["deals"][case]
    bars = drawn(MODULES["deals"], frame).axes[0].patches
    heights = {number: bar.get_height() for number, bar in enumerate(bars) if bar.get_height()}
    wanted = frame[frame["deals"] > 0].set_index("mentions")
    least = MODULES["deals"].LEAST  # a single deal is seen as well
    assert heights == wanted["share"].clip(lower=least).to_dict()
    for number, wide in wanted["wide"].items():
        assert to_hex(bars[number].get_facecolor()) == (PURPLE if wide else GREY).lower()


@pytest.mark.parametrize("case", range(4))
def test_the_printed_titles_stand_on_the_hill_and_inside_the_frame(frames, case):
    frame = frames["deals"][case]
    figure = drawn(MODULES["deals"], frame)
    (mark,) = marks(figure, BLUE)
    assert set(mark.get_xdata()) == {frame["printed"].iloc[0]}
    low, high = figure.axes[0].get_xlim()
    assert low < frame["mentions"].min() and frame["mentions"].max() < high


def test_the_third_group_is_drawn_when_its_step_comes(frames):
    three, two, _ = (drawn(MODULES["subject"], frame) for frame in frames["subject"])
    assert not marks(two, GREEN)
    (diamonds,) = marks(three, GREEN)
    np.testing.assert_array_equal(diamonds.get_xdata(), frames["subject"][0]["subject_rate"])
    chart = MODULES["subject"]
    assert chart.numbers(frames["subject"][1]) == [["Duty"]]
    assert [row[0] for row in chart.numbers(frames["subject"][0])[1:]] == list(
        frames["subject"][0]["name"]
    )


# --- the kept canvas


@EVERY
def test_every_chart_has_frames_to_be_tested_with(frames, name):
    assert len(frames[name]) > 2


@EVERY
def test_each_frame_has_its_own_picture_and_going_back_gives_the_same_bytes(frames, name):
    canvas = Canvas(MODULES[name].draw, MODULES[name].SIZE, frames[name][0])
    once = [canvas.png(frame) for frame in frames[name]]
    again = [canvas.png(frame) for frame in reversed(frames[name])]
    assert len(set(once)) == len(once)
    assert once == again[::-1]


@EVERY
@WHOLE_PIXELS
def test_a_pasted_text_gives_the_pixels_of_a_fresh_one(frames, name):
    """Exactly: a text is always drawn at a whole pixel."""
    module = MODULES[name]
    kept = Canvas(module.draw, module.SIZE, frames[name][-1])
    for frame in frames[name]:
        kept.png(frame)
    for frame in frames[name]:
        new = Canvas(module.draw, module.SIZE, frame)
        np.testing.assert_array_equal(pixels(kept.png(frame)), pixels(new.png(frame)))


@EVERY
@WHOLE_PIXELS
def test_pasting_looks_like_plain_matplotlib(frames, name):
    """At most a twentieth of the ink differs: texts move by less than a pixel."""
    module, frame = MODULES[name], frames[name][0]
    figure = fresh(module, frame)
    for artist in figure.findobj(lambda artist: artist.get_animated()):
        artist.set_animated(False)
    figure.canvas.draw()
    plain = np.asarray(figure.canvas.buffer_rgba())[..., :3].astype(float)
    ours = pixels(Canvas(module.draw, module.SIZE, frame).png(frame)).astype(float)
    blur = [shrunk(image) for image in (plain, ours)]
    assert np.abs(blur[0] - blur[1]).mean() < 0.05 * (255 - blur[0]).mean()


def shrunk(image: np.ndarray) -> np.ndarray:
    """Means over squares of ten pixels."""
    tall, wide = image.shape[0] // 10, image.shape[1] // 10
    return image[: tall * 10, : wide * 10].reshape(tall, 10, wide, 10, 3).mean(axis=(1, 3, 4))


# --- the guard: a change of code alone changes no pixel, no title and no table


@pytest.mark.skipif(matplotlib.__version__ != FROZEN, reason=f"pixels of Matplotlib {FROZEN}")
@EVERY
def test_every_picture_is_the_frozen_one(frames, name):
    """After a change that was meant, `TPM_FREEZE=1 pytest -k frozen_one` freezes it anew."""
    module = MODULES[name]
    canvas = Canvas(module.draw, module.SIZE, frames[name][0])
    shown = [
        f"{digest(canvas.png(frame))} {digest(module.finding(frame), module.numbers(frame))}"
        for frame in frames[name]
    ]
    path = GOLDEN / "pictures" / f"{name}.json"
    if "TPM_FREEZE" in os.environ:
        path.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")
    assert shown == json.loads(path.read_text(encoding="utf-8"))


def digest(*things: object) -> str:
    texts = (thing if isinstance(thing, bytes) else repr(thing).encode() for thing in things)
    return sha256(b"".join(texts)).hexdigest()[:16]


@EVERY
@WHOLE_PIXELS
def test_a_picture_has_the_size_it_says(frames, name):
    png = Canvas(MODULES[name].draw, MODULES[name].SIZE, frames[name][0]).png(frames[name][0])
    assert pixels(png).shape == tuple(round(100 * side) for side in MODULES[name].SIZE[::-1]) + (3,)


# --- nothing outside, everything named


@EVERY
def test_no_text_is_cut_at_the_edge(frames, name):
    for frame in frames[name]:
        figure = drawn(MODULES[name], frame)
        figure.canvas.draw()
        for text in figure.findobj(Text):
            if text.get_visible() and text.get_text() and text.get_window_extent().width > 1:
                box = text.get_window_extent()
                assert box.x0 >= 0 and box.y0 >= 0, text.get_text()
                assert box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, text.get_text()


def test_a_long_name_is_shortened_in_the_picture_only(frames):
    chart, frame = MODULES["role_profile"], frames["role_profile"][6]
    name = frame["name"].iloc[0]
    shortened = [text for text in words(drawn(chart, frame)) if text.endswith("...")]
    assert [len(text) <= LONGEST < len(name) for text in shortened] == [True]
    assert chart.numbers(frame)[1][0] == name


@EVERY
def test_no_mark_is_clipped(frames, name):
    """By its axes: a mark with a box of its own is filled as far as that goes."""
    for axes in drawn(MODULES[name], frames[name][0]).axes:
        moving = [line for line in axes.lines if line.get_animated() and line.get_clip_on()]
        assert not any(line.get_clip_box() in (None, axes.bbox) for line in moving)


def test_a_dot_at_nothing_is_drawn_whole(frames):
    """As many coloured pixels at the left edge as one in the middle."""
    module, frame = MODULES["role_profile"], frames["role_profile"][0].copy()
    rates = [column for column in frame if column.endswith("_rate")]
    ends = [column for column in frame if column.endswith(("_low", "_high"))]
    counts = []
    for rate in (0.0, 0.2):  # both on a line of the grid
        frame[rates + ends] = np.nan
        frame.loc[frame.index[3], ["tpm_rate"]] = rate
        picture = pixels(Canvas(module.draw, module.SIZE, frame).png(frame))[80:530]
        wanted = [int(BLUE[at : at + 2], 16) for at in (1, 3, 5)]
        counts.append((picture == wanted).all(axis=2).sum())
    assert counts[0] == pytest.approx(counts[1], rel=0.1) and counts[0] > 40


@EVERY
def test_axes_say_their_unit_and_the_picture_its_source(frames, name):
    figure = drawn(MODULES[name], frames[name][0])
    scaled = []  # of all axes: whether they say their unit, where anything stands below them
    for axes in filter(lambda axes: axes.axison, figure.axes):
        ticks = [label.get_text() for label in axes.get_xticklabels()]
        if ticks or axes.get_xlabel():
            in_percent = bool(ticks) and all(text.endswith("%") for text in ticks)
            scaled.append(in_percent or axes.get_xlabel().count("[") == 1)
    assert all(scaled) and bool(scaled) == (name not in UNSCALED)
    assert any(text.startswith("Source: ") for text in words(figure))


@EVERY
def test_the_title_states_the_finding(frames, name):
    for frame in frames[name]:
        assert MODULES[name].finding(frame) in words(drawn(MODULES[name], frame))


def test_rows_fill_the_slots_and_no_more(frames):
    figure = drawn(MODULES["role_profile"], frames["role_profile"][0])
    assert len(line_of(figure, BLUE).get_xdata()) == SLOTS


# --- no frame to draw


def test_an_empty_frame_is_drawn_and_said(profile):
    chart, empty = MODULES["role_profile"], profile(minimum=489)
    canvas = Canvas(chart.draw, chart.SIZE, empty)
    assert canvas.png(empty) == Canvas(chart.draw, chart.SIZE, profile()).png(empty)
    assert chart.finding(empty) == "Nothing passes these filters"
    assert len(chart.numbers(empty)) == 1


def test_only_rows_of_ones_own_are_drawn_without_a_dot(frames):
    frame = frames["role_profile"][6]
    figure = drawn(MODULES["role_profile"], frame)
    assert np.isnan(line_of(figure, BLUE).get_xdata()).all()
    assert "no count" in words(figure) and "nan" not in " ".join(words(figure))


# --- no pyplot


def test_importing_the_course_does_not_import_pyplot():
    code = "import sys, tpmlib, tpmlib.kit.panels; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_drawing_leaves_matplotlib_as_it_was(frames):
    before = dict(matplotlib.rcParams)
    Canvas(MODULES["advert"].draw, MODULES["advert"].SIZE, frames["advert"][0]).png(
        frames["advert"][0]
    )
    assert dict(matplotlib.rcParams) == before
