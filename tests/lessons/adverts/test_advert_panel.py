"""An advert is read where it is pasted: shown as text, kept nowhere."""

import time
from html import escape
from pathlib import Path

import pytest
from front import HOSTILE, add_local, click, displayed, is_plain, put, tags

from tpmlib.kit import content
from tpmlib.kit.record import record
from tpmlib.kit.words import say
from tpmlib.lessons.adverts import advert as formula
from tpmlib.lessons.adverts.advert_panel import ReadAdvert

EXAMPLES = {one["id"]: one for one in content.scenario("adverts")["adverts"]}
LONG = "You own the product roadmap and take part in architecture decisions. " * 8


def read(panel, text):
    click(panel.form, "read", text=text)
    return panel


def words_of(html):
    """The text of the advert as a reader sees it."""
    return "".join(part.partition(">")[2] for part in html.split("<")[1:])


@pytest.fixture(scope="module")
def shared():
    return ReadAdvert()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_as_soon_as_it_is_chosen(shared, name):
    put(shared.form, example="")
    put(shared.form, example=name)
    assert shared.form.values["text"] == EXAMPLES[name]["text"]
    frame = formula.read_advert(text=EXAMPLES[name]["text"], **shared.tables)
    assert shared.frame.drop(columns="own").equals(frame.drop(columns="own"))
    told = (
        say("advert.no_place") if shared.why_not else formula.describe(frame)
    )  # the reason is told once
    assert shared.picture.sentence == told
    assert shared.picture.png.startswith(b"\x89PNG") and shared.picture.alt


def test_each_example_has_a_picture_and_a_sentence_of_its_own(shared):
    seen = set()
    for name in EXAMPLES:
        put(shared.form, example=name)
        seen.add((shared.picture.png, shared.picture.sentence))
    assert len(seen) == len(EXAMPLES)


def test_ones_own_text_is_read_on_a_click():
    panel = ReadAdvert()
    put(panel.form, example="")
    assert panel.form.values["text"] == ""
    read(panel, LONG)
    found = set(panel.spots["responsibility_id"])
    assert {"own_the_product_roadmap", "take_part_in_architecture_decisions"} <= found
    assert panel.form.message.startswith("It mentions") and "<mark title=" in panel.marked.value


@pytest.mark.parametrize("text", ["", " \n", "We want a TPM.", "word " * 59, HOSTILE])
def test_a_short_text_is_too_short_to_tell_and_nothing_of_an_earlier_one_stays(text):
    panel = read(ReadAdvert(LONG), text)
    count = formula.count_words(text)
    assert panel.form.message == f"{say('advert.short', n=count, least=60).capitalize()}."
    assert (panel.marked.value, panel.picture.png) == ("", b"")
    assert (panel.picture.alt, panel.picture.sentence) == ("", "")
    assert "roadmap" not in repr(panel) + panel.html() + str(panel.bundles())


def test_what_is_typed_and_not_yet_read_does_not_mix_with_what_was_read():
    panel = ReadAdvert(LONG)
    before = repr(panel), panel.html()
    put(panel.form, text="Another advert, still being typed")
    assert (repr(panel), panel.html()) == before


def test_sixty_words_are_enough():
    assert read(ReadAdvert(), "word " * 60).form.message.startswith("Hardly a word in it")


@pytest.mark.parametrize("text", [HOSTILE * 70, f"{LONG}<mark title=x>{HOSTILE}", "\u202e" + LONG])
def test_a_hostile_text_is_only_shown(text):
    panel = read(ReadAdvert(), f"{text} {LONG} {text}")
    for page in (panel.marked.value, panel.html()):
        assert is_plain(page) and escape(text[:20]) in page
    marks = [at["title"] for tag, at in tags(panel.marked.value) if tag == "mark"]
    assert set(marks) <= set(panel.tables["responsibilities"]["name"])


@pytest.mark.parametrize("text", [LONG, "&lt;b&gt; " + LONG, "a\u00a0b\n\n" + LONG, "İ" + LONG])
def test_the_text_is_shown_whole_and_unchanged(text):
    shown = read(ReadAdvert(), text).marked.value.partition('<div class="tpm-advert"')[2]
    shown = shown.rpartition("</div><table")[0] or shown
    assert words_of("<" + shown) == escape(text)


def test_a_text_of_a_megabyte_is_read_in_part_and_it_says_how_much_not():
    text = (LONG * 1900)[:1_000_000]
    panel, start = ReadAdvert(), time.process_time()
    read(panel, text)
    said = "The last 900000 characters were not read: the limit is 100000."
    assert panel.form.message.endswith(f" {said}") and time.process_time() - start < 20
    assert len(words_of("<" + panel.html())) < 110_000


def test_what_is_pasted_beyond_a_megabyte_is_cut():
    panel = ReadAdvert()
    put(panel.form, text="x" * 1_000_001)
    assert len(panel.form.values["text"]) == 1_000_000


def test_a_text_is_written_nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("TPM_RECORD", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TPM_COURSE", str(Path(__file__).parents[3]))
    panel = read(ReadAdvert(), f"nonce-5c1f {LONG}")
    record().add("quiz", "responsibilities-clearest", 0, lesson="responsibilities")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not any(b"nonce-5c1f" in path.read_bytes() for path in files)
    assert "nonce-5c1f" in panel.marked.value and record().items("advert") == {}


def test_the_sentence_counts_the_neighbours_and_warns():
    panel = ReadAdvert(EXAMPLES["tally_general"]["text"])
    near = panel.frame.iloc[0]
    for told in (
        f"a TPM is sought in {near['neighbours_tpm']:.0f}",
        "of all 488",
        "wording is not work",
    ):
        assert f"{told}" in panel.picture.sentence


def test_a_local_responsibility_is_not_looked_for(data):
    add_local(data, responsibility_id="own_row", name="Feed the cat", terms="roadmap")
    assert "Feed the cat" not in ReadAdvert(LONG).html()


def test_a_cell_shows_picture_and_findings(monkeypatch):
    panel = ReadAdvert(LONG)
    picture, found = displayed(panel, monkeypatch)
    assert picture["text/plain"] == repr(panel) and "image/png" in picture
    assert is_plain(found["text/html"]) and "Own the product roadmap" in found["text/html"]


@pytest.mark.allow_logged
def test_a_broken_chart_is_told_in_one_sentence_and_logged(monkeypatch, caplog):
    panel = ReadAdvert(LONG)
    monkeypatch.setattr(panel.picture.canvas, "_update", lambda frame: 1 / 0)
    read(panel, LONG + "more")
    assert panel.form.message == say("panel.sorry", error="ZeroDivisionError")
    assert [line for line in caplog.records if line.exc_info]


def test_why_nothing_is_told_stands_beside_the_button(shared):
    reason = read(shared, "lorem ipsum dolor sit amet " * 20).form.message
    assert reason.startswith("Hardly a word in it") and reason in shared.sentence()
    assert "<table" not in shared.marked.value
    assert not read(shared, next(iter(EXAMPLES.values()))["text"]).form.message
