"""A pasted advert, however hostile, is only ever shown as text."""

from collections.abc import Callable

import pytest
from lab import Lesson
from playwright.sync_api import Locator, expect

import tpmlib as tpm

HOSTILE = (
    "<script>window.hacked=1</script> <img src=x onerror=window.hacked=1> </textarea></div> "
    "\u202egnp.exe\u202c \u200f \U0001f600 ${1+1} {{1+1}} &lt;b&gt; own the product roadmap "
)


@pytest.fixture(scope="module")
def deeper(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson("notebooks/deeper/02_responsibilities.ipynb").run()


@pytest.fixture
def advert(deeper: Lesson) -> Locator:
    return deeper.output("tpm.read_advert()")


def read(advert: Locator, text: str) -> None:
    advert.get_by_label("The advert").first.fill(text)
    advert.get_by_role("button", name="Read this advert").click()


def test_each_example_is_read_when_it_is_chosen(advert: Locator) -> None:
    twin, choice = tpm.read_advert(), advert.get_by_label("Read", exact=True)
    for at, name in enumerate(twin.examples, 1):
        choice.select_option(index=at)
        twin.form.put(example=name)
        expect(advert.locator("figcaption")).to_have_text(twin.picture.sentence)
        expect(advert.locator(".tpm-advert")).to_have_text(twin.examples[name]["text"])
        expect(advert.locator("mark")).to_have_count(twin.marked.value.count("<mark"))


def test_a_text_of_ones_own_starts_empty(advert: Locator) -> None:
    choice = advert.get_by_label("Read", exact=True)
    choice.select_option(index=1)
    expect(advert.get_by_role("textbox")).not_to_have_value("")
    choice.select_option(index=0)
    expect(advert.get_by_role("textbox")).to_have_value("")


def test_a_short_text_is_not_judged(advert: Locator) -> None:
    read(advert, "Own the product roadmap.")
    expect(advert).to_contain_text("Too short to tell: 4 words; 60 or more.")
    expect(advert.locator("mark")).to_have_count(0)
    expect(advert.locator("figure")).to_be_hidden()


def test_a_hostile_text_stays_text(deeper: Lesson, advert: Locator) -> None:
    read(advert, HOSTILE * 8)
    expect(advert.locator(".tpm-advert")).to_have_text(HOSTILE * 8)
    expect(advert.locator(".tpm-advert mark", has_text="roadmap")).not_to_have_count(0)
    expect(advert.locator(".tpm-advert :not(mark)")).to_have_count(0)
    assert deeper.page.evaluate("() => window.hacked") is None


def test_a_text_of_a_megabyte_is_cut_and_the_page_still_works(advert: Locator) -> None:
    read(advert, ("own the product roadmap " * 42_000)[:1_000_000])
    expect(advert).to_contain_text("The last 900000 characters were not read")
    test_each_example_is_read_when_it_is_chosen(advert)
