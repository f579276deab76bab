"""Does a page carry out a hostile text? One lesson with a forged record, run in JupyterLab.

    python tests/hostile_run.py --start 0

The lesson holds one panel of each kind, on a course with a hostile text in every place. Nothing
may be executed, asked for, or become an element that we never write; nor on the documents' pages.
start: which of the 100 texts is dealt first.
"""

import argparse
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from hostile import TEXTS, forged, hostile_course
from lab import Lesson, chromium, copy_of_course, server
from playwright.sync_api import Page

from tpmlib.kit.documents import page
from tpmlib.kit.panels import made
from tpmlib.kit.record import record

CELLS = """tpm.lesson("who_does_what")
tpm.stage("programs")
tpm.quiz("start_here")
display(tpm.reflect("priorities-objective"), tpm.judge("C14"))
tpm.sort_cards("responsibilities")
display(tpm.sheet("release"), tpm.sheet("team"))
tpm.assign("responsibilities")
display(tpm.profile(), tpm.mark_threats())
tpm.read_advert("Own the roadmap. " + TEXTS)
display(tpm.compare_titles("TPM", "TPgM"), tpm.calibrate("first"), tpm.company())
display(tpm.explore("role_profile", "areas"), tpm.explore("allocation"), tpm.stage("envelopes"))
display(*(tpm.cite(each) for each in tpm.table("facts")["fact_id"]))
display(*(tpm.judge(each) for each in tpm.table("claims")["claim_id"]))
display(tpm.verdicts(), tpm.decide(), tpm.pairs(), tpm.short_answer())
display(tpm.paths(), tpm.what_stands())
display(*(tpm.sheet(each) for each in ("ask_back", "hire", "own_duties", "own_messages")))
display(tpm.compare_company("capstone-first"))
display(tpm.look_back(), tpm.portfolio(), tpm.check_environment())
display(*(tpm.facilitate(each) for each in ("titles", "who_does_what", "capstone")))
display(*(tpm.quiz(each) for each in ("titles", "allocation", "capstone")))""".split("\n")
NEVER = (
    "script, iframe, frame, object, embed, math, mjx-container, form, link, base, meta, video, "
    "audio, source, template, marquee, xmp, plaintext, svg, del, strong, em, code, "
    "[onerror], [onload], [onclick], [onfocus], [onmouseover], [ontoggle], "
    "img:not([src^='data:image/png']):not([src^='blob:'])"
)
FOUND = """([places, never]) => places.flatMap((place) => [
    ...[...place.querySelectorAll(never)].map((one) => one.outerHTML.slice(0, 200)),
    ...[...place.querySelectorAll("a[href]")].map((one) => one.protocol)
        .filter((scheme) => !["http:", "https:", "file:", "blob:"].includes(scheme)),
])"""


def notebook(path: Path, start: int) -> None:
    pasted = "\n".join(TEXTS[start:] + TEXTS[:start])
    pasted = pasted.encode("utf-8", "replace").decode()[:99_000]
    head = f"import tpmlib as tpm; TEXTS = {ascii(pasted)}"
    cells = [nbformat.v4.new_code_cell(source) for source in [head, *CELLS]]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)


def carried_out(shown: Page, place: str) -> list[str]:
    """What of the texts the page did: elements that we never write, and the mark that one sets."""
    found = shown.locator(place)
    wrong = found.evaluate_all("(places, never) => (" + FOUND + ")([places, never])", NEVER)
    return [*map(str, wrong), *(["hit"] if shown.evaluate("() => window.tpmHit") else [])]


def main(start: int) -> int:
    with TemporaryDirectory() as folder, chromium() as browser:
        course, home = Path(folder, "course"), Path(folder, "home")
        course.mkdir()
        home.mkdir()
        copy_of_course(course)
        os.environ |= {"TPM_COURSE": str(course), "TPM_RECORD": str(home / "record")}
        places = hostile_course(course / "data", start)
        answers = record().restore(forged(start)).added
        notebook(course / "notebooks/99_hostile.ipynb", start)
        with server(course, home) as address:
            lesson = Lesson(browser, address, "notebooks/99_hostile.ipynb")
            lesson.page.on("dialog", lambda one: lesson.problems.append(f"dialog: {one.message}"))
            lesson.open()
            ran = lesson.do("notebook:run-all-cells")
            lesson.page.wait_for_timeout(8_000)
            summaries = lesson.page.locator(".jp-OutputArea-output summary")
            summaries.evaluate_all("(all) => all.forEach((one) => { one.parentNode.open = true; })")
            lesson.page.wait_for_timeout(4_000)
            wrong = carried_out(lesson.page, ".jp-OutputArea-output")
            broken = lesson.broken.all_inner_texts()
            shown = lesson.outputs.count()
            wrong += lesson.problems
            lesson.close()
        documents = made.documents(record())
        for document in documents:
            path = Path(folder, f"{document.name}.html")
            path.write_text(page(document), encoding="utf-8", errors="replace")
            tab = browser.new_page()
            tab.on("request", lambda one: wrong.append(one.url) if "file:" not in one.url else None)
            tab.on("dialog", lambda one: wrong.append(one.message))
            tab.goto(path.as_uri())
            wrong.extend(carried_out(tab, "body"))
            tab.close()
    print(
        f"from text {start}: {places} places, {answers} answers, {shown} outputs (all ran: {ran})"
    )
    print(f"{len(documents)} documents; {len(wrong)} carried out, {len(broken)} broken outputs")
    print(*[each[:300] for each in wrong[:30] + broken], sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--start", type=int, default=0)
    raise SystemExit(main(parser.parse_args().start))
