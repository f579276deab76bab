"""A message obeys its laws: what is kept, how often it goes again, what the middle buys."""

from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.canvas import Canvas
from tpmlib.kit.ranges import limits
from tpmlib.lessons.messages import messages_picture as chart
from tpmlib.lessons.messages.messages import SKILLS, common, describe, messages

PEOPLE = pd.DataFrame(
    {
        "person_id": ["writer", "reader", "pm", "tpm", "other"],
        "name": ["Writer", "Reader", "PM", "TPM", "Other"],
        "department": ["engineering", "leadership", "product", "product", "sales"],
        "software": [0.9, 0.0, 0.4, 0.5, 0.1],
        "operation": [0.8, 0.1, 0.2, 0.6, 0.1],
        "payments": [0.4, 0.5, 0.6, 0.5, 0.3],
        "customers": [0.1, 0.3, 0.8, 0.4, 0.9],
        "money": [0.0, 0.9, 0.5, 0.45, 0.4],
        "side": ["above", "below", "left", "right", "below right"],
        "desk_x": [0.0, 30.0, 18.0, 12.0, 40.0],
        "desk_y": [0.0, 40.0, 20.0, 16.0, 0.0],
    }
)
BASE = dict(
    **dict(sender="writer", receiver="reader", against="either", plain=0.2, noticed=0.6),
    **dict(speaks=0.3, solved=0.4, wait=1.5, busy=0.5, pace=0.1, curse=True, lead=0.6),
    **dict(harm=0.5, staff=5),
)
OTHER = dict(
    **dict(sender="other", receiver="other", against="lesser", plain=0.3, noticed=0.2),
    **dict(speaks=0.9, solved=0.1, wait=3.0, busy=2.0, pace=0.3, curse=False, lead=0.95),
    **dict(harm=0.1, staff=3),
)
CASES = [
    BASE,
    BASE | {"curse": False},
    BASE | {"noticed": 0.95, "plain": 0.0},
    BASE | {"noticed": 0.0},
    BASE | {"against": "lesser", "solved": 1.0},
    BASE | {"speaks": 1.0, "solved": 0.0, "sender": "other"},
]
EACH = pytest.mark.parametrize("case", range(len(CASES)))


def sent(**changed):
    return messages(people=PEOPLE, **BASE | changed).set_index("route")


def kept(one, other, settings):
    """A hop by hand, from the words of the model's description."""
    ruler = [max(a, b) for a, b in zip(one, other, strict=True)]
    whole = sum(ruler) if settings["against"] == "either" else min(sum(one), sum(other))
    share = sum(min(a, b) for a, b in zip(one, other, strict=True)) / whole
    chance = settings["plain"] + (1 - settings["plain"]) * share
    ahead = max(a - b for a, b in zip(one, other, strict=True)) >= settings["lead"]
    return chance * (1 - settings["harm"] * (settings["curse"] and ahead))


def simulated(route, settings, runs):
    """A second method: message by message, each hop drawn, each delay exponential."""
    rng, office = np.random.default_rng(10), PEOPLE.set_index("person_id")
    knows = {name: list(row) for name, row in office[SKILLS].iterrows()}
    both = np.maximum(knows[settings["sender"]], knows[settings["receiver"]])
    for name in ("pm", "tpm"):
        knows[name] = list(np.array(knows[name]) + settings["speaks"] * (both - knows[name]))
    desks = {name: row.to_numpy() for name, row in office[["desk_x", "desk_y"]].iterrows()}
    right, time = np.zeros(runs, bool), np.zeros(runs)
    for run in range(runs):
        middle = [] if route == "direct" else ["pm" if route == "pm" else "tpm"]
        path = [settings["sender"], *middle, settings["receiver"]]
        if route == "spot" and rng.random() < settings["solved"]:
            path = path[:2]
        right[run], time[run] = one_message(rng, path, knows, desks, settings)
    return right.mean(), time.mean(), time.std() / np.sqrt(runs)


def one_message(rng, path, knows, desks, settings):
    hours = 0.0
    while True:
        whole = True
        for one, other in zip(path, path[1:], strict=False):
            far = np.hypot(*(desks[one] - desks[other]))
            mean = settings["wait"] + settings["pace"] * far
            mean += settings["busy"] if other in ("pm", "tpm") else 0
            hours += rng.exponential(mean)
            whole &= rng.random() < kept(knows[one], knows[other], settings)
        if whole or rng.random() >= settings["noticed"]:
            return whole, hours


@pytest.mark.parametrize("route", ["direct", "pm", "tpm", "spot"])
@pytest.mark.parametrize("case", [0, 4])
def test_a_simulation_gives_the_same_as_the_formulas(case, route):
    right, time, error = simulated(route, CASES[case], runs=6_000)
    row = sent(**CASES[case]).loc[route]
    assert right == pytest.approx(row["right"], abs=4 * np.sqrt(0.25 / 6_000))
    assert time == pytest.approx(row["time"], abs=4 * error)


@EACH
def test_the_closed_forms_hold(case):
    settings, frame = CASES[case], sent(**CASES[case]).drop(index="spot")
    again = 1 - (1 - frame["intact"]) * settings["noticed"]
    np.testing.assert_allclose(frame["right"], frame["intact"] / again)
    np.testing.assert_allclose(frame["time"], frame["hours"] / again)


@EACH
def test_the_price_of_a_right_message_does_not_hang_on_noticing(case):
    """What is noticed is sent again at once; what is not would have to be sent again later."""
    often, never = (sent(**CASES[case] | {"noticed": d}) for d in (0.9, 0.0))
    routes = ["direct", "pm", "tpm"]
    np.testing.assert_allclose(often["price"][routes], never["price"][routes])


@EACH
def test_chances_are_chances_and_a_message_takes_at_least_one_try(case):
    frame = sent(**CASES[case])
    assert frame[["intact", "right"]].stack().between(0, 1).all()
    assert (frame["right"] >= frame["intact"] - 1e-12).all()
    assert (frame["time"] >= frame["hours"] - 1e-12).all()


def test_without_notice_each_message_is_sent_once():
    frame = sent(noticed=0.0)
    np.testing.assert_allclose(frame["right"], frame["intact"])
    np.testing.assert_allclose(frame["time"], frame["hours"])


def test_if_all_is_noticed_every_message_ends_right_and_if_all_breaks_none_ends():
    assert sent(noticed=1.0)["right"].to_list() == pytest.approx([1.0] * 4)
    lost = sent(noticed=1.0, plain=0.0, harm=1.0, lead=0.0, solved=0.0)
    assert (lost["right"] == 0).all() and np.isinf(lost["time"]).all()


def test_one_who_knows_what_the_receiver_knows_and_sits_there_breaks_no_more():
    twin = PEOPLE.copy()
    reader = twin.loc[twin["person_id"] == "reader", [*SKILLS, "desk_x", "desk_y"]].to_numpy()
    twin.loc[twin["person_id"] == "tpm", [*SKILLS, "desk_x", "desk_y"]] = reader
    calm = {"speaks": 0.0, "busy": 0.0, "curse": False}
    frame = messages(people=twin, **BASE | calm).set_index("route")
    assert frame["intact"]["tpm"] == pytest.approx(frame["intact"]["direct"])
    assert frame["hours"]["tpm"] == pytest.approx(frame["hours"]["direct"] + BASE["wait"])


def test_the_middle_helps_just_when_its_two_hops_keep_more_than_the_one():
    for speaks in np.linspace(0, 1, 11):
        frame = sent(speaks=float(speaks))
        more = frame["intact"]["tpm"] > frame["intact"]["direct"]
        assert (frame["right"]["tpm"] > frame["right"]["direct"]) == more


def test_speaking_both_makes_pm_and_tpm_alike_but_for_their_desks():
    frame = sent(speaks=1.0)
    assert frame["intact"]["pm"] == pytest.approx(frame["intact"]["tpm"])
    assert frame["hours"]["pm"] != frame["hours"]["tpm"]


def test_no_words_in_common_can_be_lost_if_all_is_kept_anyway():
    assert (sent(plain=1.0, curse=False)["right"] == 1).all()


def test_what_is_solved_lies_between_passing_all_on_and_nothing():
    ends = [sent(solved=share).loc["spot"] for share in (0.0, 0.5, 1.0)]
    for column in ("right", "time", "intact", "hours"):
        low, middle, high = (one[column] for one in ends)
        assert middle == pytest.approx((low + high) / 2)
    assert ends[0]["right"] == sent(solved=0.0).loc["tpm"]["right"]


def test_in_both_measures_common_words_are_symmetric_and_all_of_ones_own():
    rng = np.random.default_rng(1)
    for one, other in rng.random((50, 2, 5)):
        for against in ("either", "lesser"):
            share = common(one, other, against)
            assert share == common(other, one, against) and 0 <= share <= 1
            assert common(one, one, against) == pytest.approx(1)
        assert common(one, other, "lesser") >= common(one, other, "either")
    assert common(np.zeros(5), np.zeros(5), "either") == 0


def test_against_the_lesser_knowing_more_does_no_harm():
    one, more = np.array([0.5, 0.2, 0, 0, 0]), np.array([0.9, 0.6, 1, 1, 1])
    assert common(one, more, "lesser") == 1 and common(one, more, "either") < 0.5


def test_the_curse_falls_from_its_lead_on_and_one_way_only():
    """The writer leads by 0.9 in software; the reader leads the writer by 0.9 in money."""
    plainly = sent(curse=False, speaks=0.0)["intact"]["direct"]
    assert sent(lead=0.9, speaks=0.0)["intact"]["direct"] == pytest.approx(plainly / 2)
    assert sent(lead=0.91, speaks=0.0)["intact"]["direct"] == pytest.approx(plainly)
    pupil = {"sender": "reader", "receiver": "other", "lead": 0.5, "speaks": 0.0}
    assert sent(**pupil)["intact"]["direct"] == pytest.approx(
        sent(**pupil | {"curse": False})["intact"]["direct"] / 2
    )
    back = {"sender": "other", "receiver": "tpm"}
    with pytest.raises(CourseError, match="^receiver: 'tpm' is not one of"):
        sent(**back)


def test_channels_are_the_pairs():
    for staff in (2, 3, 5):
        frame = sent(staff=staff)
        assert (frame["channels"] == len(list(permutations(range(staff), 2))) // 2).all()
    assert (sent(staff=999)["staff"] == len(PEOPLE)).all()


@pytest.mark.parametrize("name", OTHER)
def test_every_argument_matters(name):
    shown = ["path", "intact", "hours", "right", "time", "channels"]
    assert not sent(**{name: OTHER[name]})[shown].equals(sent()[shown])


@pytest.mark.parametrize("name", sorted(limits(messages).keys() - {"against"}))
def test_out_of_range_is_named(name):
    limit = limits(messages)[name]
    for bad in (limit.low - 1, limit.high + 1, np.nan):
        with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
            sent(**{name: bad})


@pytest.mark.parametrize(
    "changed, told",
    [
        ({"sender": "wrter"}, "sender: 'wrter' is not one of .*did you mean 'writer'"),
        ({"receiver": "pm"}, "receiver: 'pm' is not one of"),
        ({"receiver": "writer"}, "receiver: 'writer' sends it; another person"),
        ({"against": "both"}, "against: 'both' is not one of 'either', 'lesser'"),
    ],
)
def test_a_wrong_name_is_named(changed, told):
    with pytest.raises(CourseError, match=f"^{told}"):
        sent(**changed)


def test_nobody_in_the_middle_is_said():
    alone = PEOPLE[PEOPLE["person_id"] != "tpm"]
    with pytest.raises(CourseError, match="^people: 'tpm' is missing; it stands in the middle$"):
        messages(people=alone, **BASE)


def test_the_sentence_says_both_for_every_route():
    frame = messages(people=PEOPLE, **BASE)
    said = describe(frame)
    for row in frame.to_dict("records"):
        assert f"{row['right']:.0%}" in said and f"{row['time']:.1f} hours" in said
    assert "5 people make 10 pairs" in said


# --- the picture


def of_tally(**changed):
    values = content.settings("messages", "default")
    return messages(people=content.table("people"), **values | changed)


def lines_of(frame):
    canvas = Canvas(chart.draw, chart.SIZE, frame)
    canvas.png(frame)
    return canvas.figure.axes


def test_the_picture_goes_from_desk_to_desk():
    frame, desks = of_tally(), content.table("people").set_index("person_id")
    drawn = [list(zip(*line.get_data(), strict=True)) for line in lines_of(frame)[0].lines]
    for row in frame.to_dict("records"):
        path = row["path"][:2] if row["route"] == "spot" else row["path"]
        assert [tuple(desks.loc[one, ["desk_x", "desk_y"]]) for one in path] in drawn


def test_the_marks_stand_at_rightness_and_time_and_at_the_edge_beyond_it():
    for frame in (of_tally(), of_tally(busy=16.0)):
        _, right, time = lines_of(frame)
        shares, hours = (
            [float(line.get_xdata()[0]) for line in axes.lines if line.get_animated()]
            for axes in (right, time)
        )
        assert shares == pytest.approx(frame["right"].to_list())
        assert hours == pytest.approx(frame["time"].clip(upper=chart.LATEST).to_list())
    assert [line.get_marker() for line in time.lines if line.get_animated()][1] == ">"


def test_nobody_moves_when_somebody_is_hired():
    few, all_ = (lines_of(of_tally(staff=staff))[0] for staff in (11, 18))
    places = [
        {name: tuple(box.bounds) for name, box in names_of(axes).items()} for axes in (few, all_)
    ]
    assert places[0] == places[1] and len(places[0]) == 18
    desks = [
        [tuple(map(tuple, one.get_data())) for one in axes.lines if one.get_zorder() in (2, 4)]
        for axes in (few, all_)
    ]
    assert desks[0] == desks[1] and len(desks[0]) == 36
    seen = [
        sum(one.get_visible() and one.get_zorder() == 4 for one in axes.lines)
        for axes in (few, all_)
    ]
    assert seen == [11, 18]


def options(name):
    fields = content.models()["messages"]["parameters"]
    return [one["value"] for one in fields[name]["options"]]


def names_of(axes):
    """The box of each name on the floor [pixels]."""
    return {text.get_text(): text.get_window_extent() for text in axes.texts}


def test_no_two_names_overlap_nor_a_name_a_desk_or_the_edge():
    axes = lines_of(of_tally())[0]
    boxes, desks = names_of(axes), content.table("people")[["desk_x", "desk_y"]].to_numpy()
    assert not any(one.overlaps(other) for one, other in permutations(boxes.values(), 2))
    for box in boxes.values():
        assert not any(box.padded(4).contains(*axes.transData.transform(desk)) for desk in desks)
        assert box.x0 > 0 and box.x1 < 0.53 * axes.figure.bbox.width
        assert axes.bbox.y0 < box.y0 and box.y1 < 0.86 * axes.figure.bbox.height


@pytest.mark.parametrize("sender, receiver", [*product(options("sender"), options("receiver"))])
def test_no_route_is_drawn_across_a_name(sender, receiver):
    """Only these two controls move a route; each preset is one of their values."""
    axes = lines_of(of_tally(sender=sender, receiver=receiver))[0]
    drawn = [line for line in axes.lines if line.get_linestyle() != "None"]
    assert len(drawn) == 4
    for name, box in names_of(axes).items():
        for line in drawn:
            path = axes.transData.transform_path(line.get_path())
            assert not path.intersects_bbox(box.padded(1), filled=False), name


def test_counted_for_all_pairs_the_measure_decides_for_whom_the_middle_helps():
    """A second method: every pair asked one by one."""
    people = content.table("people")
    teams = people.groupby("department")["person_id"].agg(list)
    ends = teams["engineering"], teams["sales"] + teams["support"] + teams["leadership"]
    for against in options("against"):
        helped = 0
        for sender, receiver in product(*ends):
            frame = of_tally(sender=sender, receiver=receiver, against=against)
            right = frame.set_index("route")["right"]
            helped += right["tpm"] > right["direct"]
        assert (frame["helped"] == helped).all() and (frame["asked"] == 56).all()
    assert of_tally()["helped"][0] < 14 and of_tally(against="lesser")["helped"][0] > 42


@pytest.mark.parametrize(
    "preset, verdict",
    [
        ("default", "less often right, later"),
        ("neighbours", "less often right, later"),
        ("both_languages", "more often right, later"),
        ("wins_both", "more often right, sooner"),
        ("lesser", "more often right, later"),
        ("curse", "less often right, later"),
    ],
)
def test_a_preset_shows_what_it_says_of_the_tpm(preset, verdict):
    values = content.settings("messages", preset)
    frame = messages(people=content.table("people"), **values).set_index("route")
    assert frame["verdict"]["tpm"] == verdict
