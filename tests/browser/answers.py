"""One answer of each kind in lesson 02: given as a learner does, and recognised later."""

from lab import Lesson
from playwright.sync_api import expect

HOSTILE = (
    "<script>window.hacked=1</script><img src=x onerror=window.hacked=1> "
    "'\"&amp; `x` | \u202egnp.exe\u202c \U0001f600 ${1+1} {{1+1}}"
)


def give_answers(lesson: Lesson) -> None:
    stage = lesson.output('tpm.stage("first_study")')
    stage.get_by_label("Strategy: vision, roadmap").check()
    stage.get_by_label("fairly (70%)").check()
    stage.get_by_role("button", name="Commit").click()
    expect(stage).to_contain_text("2 of 2.")
    cards = lesson.output("tpm.sort_cards(")
    cards.locator(".tpm-deck button").first.press("2")
    cards.get_by_role("button", name="Check my piles").click()
    assign = lesson.output('tpm.assign("responsibilities")')
    assign.get_by_role("combobox").first.select_option("em")
    assign.get_by_role("button", name="Keep my map").click()
    quiz = lesson.output('tpm.quiz("responsibilities")')
    quiz.get_by_role("radio").first.check()
    quiz.get_by_role("button", name="Check question 1", exact=True).click()
    judge = lesson.output('tpm.judge("C13")')
    judge.get_by_label("It does not hold").check()
    judge.get_by_role("textbox").fill(HOSTILE)
    judge.get_by_role("button", name="Keep my reason").click()
    see_answers(lesson)


def see_answers(lesson: Lesson) -> None:
    """Each answer is in its place, and what it has earned: outcome, notes, reasons, reading."""
    stage = lesson.output('tpm.stage("first_study")')
    expect(stage).to_contain_text("2 of 2.")
    expect(stage).to_contain_text("You predicted “Strategy")
    cards = lesson.output("tpm.sort_cards(")
    expect(cards.locator(".tpm-pile:not(.tpm-deck) small")).to_contain_text(["% of TPM and "])
    assign = lesson.output('tpm.assign("responsibilities")')
    expect(assign.get_by_role("combobox").first).to_have_value("em")
    expect(assign).to_contain_text("In the counted adverts")
    quiz = lesson.output('tpm.quiz("responsibilities")')
    expect(quiz.get_by_role("radio").first).to_be_checked()
    expect(quiz.locator("fieldset").first.locator(".tpm-why:visible")).not_to_have_count(0)
    judge = lesson.output('tpm.judge("C13")')
    expect(judge.get_by_label("It does not hold")).to_be_checked()
    expect(judge.get_by_role("textbox")).to_have_value(HOSTILE)
    expect(judge).to_contain_text("Kept.")
    assert lesson.page.evaluate("() => window.hacked") is None
