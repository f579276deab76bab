"""A translation of data/: laid on ours by ids, and what fits nothing of ours stays out, named."""

import shutil

import pytest

from tpmlib.authoring.check import review
from tpmlib.kit import content


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A copy of the course whose language is German, with no translation yet."""
    for part in ("data", "notebooks"):
        shutil.copytree(content.root() / part, tmp_path / part)
    local = tmp_path / "local"
    (local / "words/de").mkdir(parents=True)
    (local / "words/de.yml").write_text("quiz: {answered: '{done} von {all}'}\n")
    (local / "course.yml").write_text("lang: de\n")
    monkeypatch.setenv("TPM_COURSE", str(tmp_path))
    monkeypatch.setenv("TPM_LOCAL", "local")
    return local / "words/de"


def write(folder, name, text):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_a_text_stands_in_place_of_ours_by_the_ids_and_nothing_else_changes(course):
    before = content.stage("luck")
    write(course, "stages/luck.yml", "steps: {ten: {say: Zehn Verteilungen und eine Mitte.}}\n")
    after = content.stage("luck")
    assert after["steps"][2].pop("say") == "Zehn Verteilungen und eine Mitte."
    before["steps"][2].pop("say")
    assert after == before


def test_a_cell_stands_in_place_of_ours_by_the_key(course):
    write(course, "claims.csv", "claim_id,claim\nC13,Ein TPM hat mehr Technik.\nC03,\n")
    assert content.claim("C13")["claim"] == "Ein TPM hat mehr Technik."
    assert content.claim("C03")["claim"].startswith("The TPM title")


def test_nothing_is_laid_on_ours_in_another_language(course):
    write(course, "claims.csv", "claim_id,claim\nC13,Ein TPM hat mehr Technik.\n")
    (course.parents[1] / "course.yml").write_text("lang: en\n")
    assert content.claim("C13")["claim"].startswith("A TPM has")


STRANGE = {
    "stages/luck.yml": """steps:
  elf: {say: Elf Verteilungen.}
  ten: {sayt: Zehn., ask: luck-deals, next: Weiter}
""",
    "quizzes/responsibilities.yml": """predictions:
  responsibilities-deals: {text: 'In {wenigen} von {n} Anzeigen?', why: 'Das ist {n} selten.'}
""",
    "stages/pech.yml": "title: Pech\n",
    "claims.csv": "claim_id,claim,satz,lesson\nC99,Ein Satz.,,\nC13,,Satz,staffing\n",
}
NAMED = """claims.csv:2 C99 claim: |claims.csv:3 C13 satz: |claims.csv:3 C13 lesson: |
quizzes/responsibilities.yml:2 predictions.responsibilities-deals.text: its places; |
quizzes/responsibilities.yml:2 predictions.responsibilities-deals.why: its places; none|
stages/luck.yml:2 steps.elf.say: |stages/luck.yml:3 steps.ten.ask: |
stages/luck.yml:3 steps.ten.next: |stages/luck.yml:3 steps.ten.sayt: |
stages/pech.yml: 'words/de/stages/pech.yml' is not"""


def test_what_fits_nothing_of_ours_stays_out_and_is_named(course):
    """An unknown id, field, file, key or column, a new text, a name, and other places."""
    before = content.stage("luck"), content.claims().to_dict()
    for name, text in STRANGE.items():
        write(course, name, text)
    assert (content.stage("luck"), content.claims().to_dict()) == before
    told, named = sorted(review().problems), sorted(NAMED.replace("\n", "").split("|"))
    assert len(told) == len(named)
    for line, beginning in zip(told, named, strict=True):
        assert line.startswith(f"local/words/de/{beginning}")


def test_what_is_refused_of_ours_is_refused_of_it_at_its_own_line(course):
    write(course, "stages/luck.yml", "title: Zufall\nsteps: {ten: {say: Zehn}}\n")
    write(course, "claims.csv", "claim_id,claim\nC13,Kurz\n")
    yaml, table = sorted(review().problems, key=lambda line: ".csv" in line)
    assert yaml.startswith("local/words/de/stages/luck.yml:2 steps[2].say: ")
    assert table.startswith("local/words/de/claims.csv:2 claim: ")


def test_what_a_file_leaves_in_english_is_one_line_of_advice(course):
    write(course, "stages/luck.yml", "title: Kann das Zufall sein?\n")
    (told,) = [line for line in review().advice if "luck" in line]
    assert "local/words/de/stages/luck.yml: 6 texts in English, such as steps.printed.say" in told
