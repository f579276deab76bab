"""Answers outlive the page, the kernel and the machine."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from answers import HOSTILE, see_answers
from lab import Lesson
from playwright.sync_api import Browser, Locator, expect

from tpmlib.kit.documents import Document, Section, markdown
from tpmlib.kit.panels.made import answers
from tpmlib.kit.record import Record

RESTART = "() => void window.jupyterapp.commands.execute('notebook:restart-clear-output')"


@pytest.fixture(scope="module")
def portfolio(answered: Lesson, apart: Callable[..., Lesson]) -> Lesson:
    """Lesson 00 of the learner who has answered lesson 02."""
    return apart("00_start_here", "answered").run()


@pytest.fixture(scope="module")
def saved(portfolio: Lesson, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return download(portfolio, "Save my work", tmp_path_factory.mktemp("saved"))


def panel(lesson: Lesson) -> Locator:
    return lesson.output("tpm.portfolio()")


def download(lesson: Lesson, button: str, folder: Path) -> Path:
    with lesson.page.expect_download() as found:
        panel(lesson).get_by_role("button", name=button).click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    expect(panel(lesson)).to_contain_text(f"Saved as {path.name}")
    return path


def restore(lesson: Lesson, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "text/plain", "buffer": content}
    panel(lesson).get_by_label("Bring back saved work").set_input_files(files=[file])


def test_a_reload_shows_the_answers_while_the_kernel_lives(answered: Lesson) -> None:
    answered.do("docmanager:save")
    answered.open()
    see_answers(answered)


def test_a_second_tab_shows_the_answers_once_it_has_run(answered: Lesson) -> None:
    tab = answered.tab().run()
    see_answers(tab)
    tab.page.close()


def test_a_restart_shows_the_answers_once_it_has_run(answered: Lesson) -> None:
    answered.page.evaluate(RESTART)
    answered.page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(answered.outputs).to_have_count(0)
    answered.ready().run()
    see_answers(answered)


def test_the_download_is_the_record(saved: Path, home: Path) -> None:
    assert saved.suffix == ".jsonl"
    assert saved.read_text(encoding="utf-8") == Record(home / "answered").lines()
    events = [json.loads(line) for line in saved.read_text(encoding="utf-8").splitlines()]
    kinds = {"stage", "predict", "cards", "assign", "quiz", "judge"}
    assert {event["kind"] for event in events} == kinds


def test_answers_as_a_page_are_only_text(
    portfolio: Lesson, browser: Browser, tmp_path: Path
) -> None:
    path = download(portfolio, "All my answers", tmp_path)
    page = browser.new_page()
    page.goto(path.as_uri())
    expect(page.get_by_role("cell", name="window.hacked")).to_have_text(HOSTILE)
    assert page.evaluate("() => [window.hacked, document.scripts.length]") == [None, 0]
    page.close()


def test_everything_in_one_file_opens_in_the_browser(
    portfolio: Lesson, saved: Path, browser: Browser, home: Path, tmp_path: Path
) -> None:
    path = download(portfolio, "Everything in one file", tmp_path)
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        file.extractall(tmp_path)
    assert (tmp_path / "tpm-or-pm.jsonl").read_bytes() == saved.read_bytes()
    text = (tmp_path / "my-answers.md").read_text(encoding="utf-8")
    assert text == markdown(answers(Record(home / "answered"))) and "window.hacked" in text
    assert "<script" not in text and "<img" not in text
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("link", name="All my answers", exact=False).first.click()
    expect(page.get_by_role("cell", name="window.hacked")).to_have_text(HOSTILE)
    for name in ("role-charter", "memo", "hiring-kit", "should-i-become-one", "my-record"):
        page.goto((tmp_path / f"{name}.html").as_uri())
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("() => [window.hacked, document.scripts.length]") == [None, 0]
    page.close()


def test_a_download_brings_the_answers_to_another_record(
    saved: Path, apart: Callable[..., Lesson], home: Path
) -> None:
    lesson = apart("00_start_here", "fresh").run()
    expect(panel(lesson)).to_contain_text("Next: 01")
    button = panel(lesson).get_by_role("button", name="Save my work").bounding_box()
    field = panel(lesson).get_by_label("Bring back saved work").bounding_box()
    assert button and field and button["y"] + button["height"] <= field["y"]  # last, since seldom
    count = len(saved.read_text(encoding="utf-8").splitlines())
    restore(lesson, saved.name, saved.read_bytes())
    expect(panel(lesson)).to_contain_text(f"{count} answers brought back, 0 were here already")
    expect(panel(lesson)).not_to_contain_text("Next: 01")
    see_answers(apart("02_responsibilities", "fresh").run())
    assert Record(home / "fresh").lines() == saved.read_text(encoding="utf-8")


def test_a_record_longer_than_a_message_may_be_is_brought_back(
    saved: Path, apart: Callable[..., Lesson], home: Path, tmp_path: Path
) -> None:
    lesson = apart("00_start_here", "large").run()
    event = json.loads(saved.read_text(encoding="utf-8").splitlines()[0])
    lines = [json.dumps(event | {"sequence": n, "answer": "x" * 97_000}) for n in range(1, 151)]
    choose = panel(lesson).get_by_label("Bring back saved work").set_input_files
    (tmp_path / "large.jsonl").write_text("\n".join(lines))
    (tmp_path / "huge.jsonl").write_bytes(bytes(50_000_001))
    choose(tmp_path / "large.jsonl")
    expect(panel(lesson)).to_contain_text("150 answers brought back")
    assert len(Record(home / "large").events()) == 150
    choose(tmp_path / "huge.jsonl")
    expect(panel(lesson)).to_contain_text("That file is larger than 50 MB")


def test_everything_in_one_file_comes_back(
    portfolio: Lesson, apart: Callable[..., Lesson], home: Path, tmp_path: Path
) -> None:
    path = download(portfolio, "Everything in one file", tmp_path)
    lesson = apart("00_start_here", "unpacked").run()
    restore(lesson, path.name, path.read_bytes())
    expect(panel(lesson)).to_contain_text("answers brought back, 0 were here already")
    assert Record(home / "unpacked").lines() == Record(home / "answered").lines()


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe" * 99, b'{"a": 1}\n{', b"%PDF-1.7\n"])
def test_a_file_that_is_no_record_gives_one_sentence(
    portfolio: Lesson, home: Path, content: bytes
) -> None:
    before = Record(home / "answered").lines()
    restore(portfolio, f"{len(content)}.jsonl", content)
    said = panel(portfolio).get_by_role("status").last
    expect(said).to_contain_text("That file holds no answers saved by this course")
    assert "\n" not in said.inner_text()
    assert Record(home / "answered").lines() == before


def test_jupyterlab_finds_no_formula_in_what_a_learner_wrote(
    browser: Browser, address: str, course: Path
) -> None:
    text = r"$5 and $6 \(x\) \[y\] $$z$$ \begin{equation}q\end{equation} ~~no~~ C:\Users"
    table = Section("A table", ["Words"], [[text]])
    words = markdown(Document("words", "Words", [table], text))
    (course / "words.md").write_text(f"{words}\n\nA formula: $z$\n", encoding="utf-8")
    page = browser.new_page()
    page.goto(f"{address}/lab")
    page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)")
    command = "('markdownviewer:open', { path: 'words.md' })"
    page.evaluate(f"() => void window.jupyterapp.commands.execute{command}")
    shown = page.locator(".jp-RenderedMarkdown:visible")
    expect(shown.locator("mjx-container")).to_have_count(1)
    expect(shown.locator("p").first).to_have_text(text)
    expect(shown.locator("td")).to_have_text(text)
    page.close()
