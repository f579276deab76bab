"""Cards find their piles by the counts; what the counts do not decide is not scored."""

import pytest
import yaml
from front import add_local, click, edit, front, restart

from tpmlib.kit import content, figures
from tpmlib.kit.panels.cards import SortCards, cards
from tpmlib.kit.record import record

DECKS = {name: content.deck(name) for name in content.decks()}
COUNTED = {name: deck for name, deck in DECKS.items() if "answers" in deck}
CARDS = [(name, card["id"]) for name, deck in COUNTED.items() for card in deck["cards"]]
PILES = [(name, pile["id"]) for name, deck in DECKS.items() for pile in deck["piles"]]


def labels(deck):
    """The pile of each card by the model, apart from what the widget says."""
    rule = deck["answers"]
    return figures.frame(rule["model"], rule["preset"]).set_index(rule["key"])[rule["column"]]


def check(panel, places):
    """Place cards and check them, in one message as the page sends them."""
    front(
        panel.board,
        places=places,
        clicked={"id": "check", "n": panel.board.clicked.get("n", 0) + 1},
    )


def homes(deck, card):
    """The piles of a card: its own, or the one its counts give."""
    own = card.get("pile")
    return [own] if isinstance(own, str) else own or [labels(deck)[card["id"]]]


def unscored(deck):
    return deck.get("unscored", [])


def right_places(deck):
    return {card["id"]: homes(deck, card)[0] for card in deck["cards"]}


@pytest.mark.parametrize("name, pile", PILES)
def test_all_cards_on_one_pile_score_those_that_belong_there(name, pile):
    panel, deck = SortCards(name), DECKS[name]
    truth = [homes(deck, card) for card in deck["cards"]]
    scored = [homes for homes in truth if set(homes) - set(unscored(deck))]
    check(panel, {card["id"]: pile for card in deck["cards"]})
    right = sum(pile in homes for homes in scored)
    left = len(truth) - len(scored)
    rest = f"; {left} cards are not scored, because the counts do not decide" if left else ""
    said = f"{right} of {len(scored)} cards in the right pile{rest}. Kept."
    assert panel.board.message == said
    assert record().latest(name)["right"] is False


@pytest.mark.parametrize("name", DECKS)
def test_every_card_on_its_own_pile_is_all_right(name):
    check(SortCards(name), right_places(DECKS[name]))
    assert record().latest(name, "cards")["right"] is True


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_that_is_right_so_far_but_not_done_is_not_all_right(name):
    places = right_places(DECKS[name])
    first = next(card for card, pile in places.items() if pile not in unscored(DECKS[name]))
    check(SortCards(name), {first: places[first]})
    assert record().latest(name, "cards")["right"] is False


@pytest.mark.parametrize("name, card", CARDS)
def test_each_placed_card_says_why_with_its_counts(name, card):
    deck, panel = DECKS[name], SortCards(name)
    row = (
        figures.frame(deck["answers"]["model"], deck["answers"]["preset"]).set_index("id").loc[card]
    )
    for pile in [pile["id"] for pile in deck["piles"]]:
        check(panel, {card: pile})
        (note,) = panel.board.notes.values()
        own = next(one for one in deck["cards"] if one["id"] == card)
        tone = "right" if pile in homes(deck, own) else "wrong"
        open_ = row[deck["answers"]["column"]] in unscored(deck)
        assert note["tone"] == ("open" if open_ else tone)
        assert f"In {row['tpm_rate']:.0%} of TPM and {row['other_rate']:.0%} of PM" in note["text"]
        assert ") But" not in note["text"]  # a deck's own reason is a sentence of its own


@pytest.mark.parametrize("name", DECKS)
def test_the_notes_go_with_the_next_move_and_the_rest_is_counted(name):
    panel, places = SortCards(name), right_places(DECKS[name])
    check(panel, places)
    first = next(iter(places))
    front(panel.board, places={card: pile for card, pile in places.items() if card != first})
    assert panel.board.notes == {} and panel.board.message == "1 card left to place."
    front(panel.board, places=places | {first: DECKS[name]["piles"][0]["id"]})
    assert panel.board.message in ("All cards are placed.", "") and panel.board.notes == {}


@pytest.mark.parametrize("name", DECKS)
def test_the_notes_stay_if_the_check_is_told_before_the_move_it_came_with(name):
    panel = SortCards(name)
    front(panel.board, clicked={"id": "check", "n": 1}, places=right_places(DECKS[name]))
    assert len(panel.board.notes) == len(DECKS[name]["cards"])


@pytest.mark.parametrize("name", DECKS)
def test_nothing_placed_is_nothing_checked(name):
    panel = SortCards(name)
    click(panel.board, "check")
    assert panel.board.message == "Place a card first." and record().events() == []


@pytest.mark.parametrize("name", DECKS)
def test_places_and_notes_are_there_again_after_a_restart(name):
    before = SortCards(name)
    check(before, right_places(DECKS[name]))
    restart()
    after = SortCards(name)
    assert after.board.places == before.board.places
    assert (after.board.notes, after.board.message) == (before.board.notes, before.board.message)


@pytest.mark.parametrize("name", DECKS)
def test_start_again_clears_the_table_and_not_the_record(name):
    panel = SortCards(name)
    check(panel, right_places(DECKS[name]))
    click(panel.board, "again")
    assert (panel.board.places, panel.board.notes, panel.board.message) == ({}, {}, "")
    assert len(record().history(name, "cards")) == 1


@pytest.mark.allow_logged
@pytest.mark.parametrize("name", DECKS)
def test_an_unknown_card_or_pile_changes_nothing(name):
    panel, card = SortCards(name), DECKS[name]["cards"][0]["id"]
    front(panel.board, places={card: "no_pile"}), front(panel.board, places={"no_card": "pm"})
    assert panel.board.places == {} and panel.board.message == ""


@pytest.mark.parametrize("name", DECKS)
@pytest.mark.parametrize("answer", ["?", None, {"no_card": "pm"}, {"own": 3}, ["a"]])
def test_a_record_changed_by_hand_breaks_nothing(name, answer):
    record().add("cards", name, answer, lesson="responsibilities")
    assert SortCards(name).board.places == {}


def test_a_pile_that_is_gone_gives_its_cards_back(data):
    name, deck = next(iter(COUNTED.items()))
    check(SortCards(name), right_places(deck))
    gone = deck["piles"][-1]["id"]
    edit(data / f"decks/{name}.yml", lambda deck: deck["piles"].pop())
    places = SortCards(name).board.places
    assert places and gone not in places.values()


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_whose_cards_all_changed_greets_as_a_new_one(data, name):
    check(SortCards(name), right_places(DECKS[name]))

    def rename(deck):
        for card in deck["cards"]:
            card |= {
                "id": f"{card['id']}_2",
                "text": f"Another card than {card['id']}",
                "pile": deck["piles"][0]["id"],
            }

    edit(data / f"decks/{name}.yml", rename)
    board = SortCards(name).board
    assert (board.places, board.notes, board.message) == ({}, {}, "")


def test_a_deck_may_name_its_only_unscored_pile_without_a_list(data):
    listed = cards(DECKS["responsibilities"] | {"unscored": ["neither"]})
    edit(data / "decks/responsibilities.yml", lambda deck: deck.update(unscored="neither"))
    assert cards(content.deck("responsibilities")) == listed != cards(DECKS["responsibilities"])


def test_a_local_responsibility_is_a_card_without_a_score(data):
    add_local(data, responsibility_id="own_row", name="Feed the cat", does="Feeds it twice a day.")
    edit(data / "decks/responsibilities.yml", lambda deck: deck["cards"].append({"id": "own_row"}))
    panel = SortCards("responsibilities")
    card = panel.board.cards[-1]
    assert (card["text"], card["help"]) == ("Feed the cat", "Feeds it twice a day.")
    check(panel, {"own_row": "other"})
    note = panel.board.notes["own_row"]
    assert note["tone"] == "open" and note["text"].endswith("No count: a row of your own.")
    assert panel.board.message.startswith("0 of 0 cards in the right pile; 1 card is not")


FIXED = {
    "id": "jobs",
    "lesson": "start_here",
    "title": "Whose job?",
    "text": "Put each sentence where it belongs.",
    "piles": [{"id": name, "label": name.upper()} for name in ("pm", "tpm", "tpgm")],
    "cards": [
        {"id": "one_home", "text": "Decides why.", "pile": "pm", "why": "So the sources say."},
        {"id": "two_homes", "text": "Talks.", "pile": ["pm", "tpm"], "why": "Both do."},
        {"id": "no_home", "text": "Makes coffee."},
    ],
}


@pytest.mark.parametrize(
    "why, told",
    [
        ("Both do.", "Both do (F12d)."),
        ("Both do (F02).", "Both do (F02, F12d)."),
        ("Both do (so it is told)", "Both do (so it is told, F12d)."),
        ("Do both?", "Do both? (F12d)."),
    ],
)
def test_a_card_says_its_sentence_and_then_only_the_number_of_its_fact(data, why, told):
    card = {"id": "cited", "text": "Plans.", "pile": "pm", "why": why, "fact": "F12d"}
    edit(data / "decks/responsibilities.yml", lambda deck: deck["cards"].append(card))
    assert cards(content.deck("responsibilities"))["cited"].why == told


@pytest.fixture
def jobs(data):
    (data / "decks/jobs.yml").write_text(yaml.safe_dump(FIXED, sort_keys=False))
    return SortCards("jobs")


@pytest.mark.parametrize("pile, tone", [("pm", "right"), ("tpm", "right"), ("tpgm", "wrong")])
def test_a_card_with_two_homes_is_right_in_both(jobs, pile, tone):
    check(jobs, {"two_homes": pile})
    words = {"right": "Yes. Both do.", "wrong": "Better in “PM or TPM”. Both do."}[tone]
    assert jobs.board.notes == {"two_homes": {"tone": tone, "text": words}}


def test_a_fixed_deck_scores_the_cards_with_a_home(jobs):
    check(jobs, {"one_home": "pm", "two_homes": "tpm", "no_home": "tpgm"})
    assert jobs.board.message.startswith("2 of 2 cards in the right pile; 1 card is not")
    assert jobs.board.notes["no_home"]["tone"] == "open"
    assert record().latest("jobs")["right"] is True


@pytest.mark.parametrize("name", DECKS)
def test_without_a_disk_the_piles_stay_in_memory_and_it_says_so(no_disk, name):
    panel = SortCards(name)
    check(panel, right_places(DECKS[name]))
    assert "Your answers are in memory only" in panel.board.message
    assert SortCards(name).board.places == panel.board.places
