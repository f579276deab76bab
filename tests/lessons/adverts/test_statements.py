"""What facts and verdicts say of counted rows is what the adverts give today."""

import json
import re
import shutil

import pandas as pd
import pytest

from tpmlib.kit import content, figures
from tpmlib.kit.panels.base import CHART
from tpmlib.kit.panels.stage import Stage
from tpmlib.lessons.adverts.standing import what_stands

PRESETS = ("areas", "default", "program_managers", "delivery", "first_study")
SHARE = re.compile(r"(?<![\d.])(\d{1,3})%")
WORD = re.compile(r"\b(clear|hint|alike|cannot tell)\b")


def slug(name):
    return name.lower().replace(" ", "_")


def counted():
    """Every row of every comparison, by its slug."""
    frames = [figures.frame("role_profile", preset).assign(preset=preset) for preset in PRESETS]
    rows = pd.concat(frames, ignore_index=True)
    return rows.assign(slug=rows["id"].map(slug)).set_index("slug")


def statements():
    """Text and ids of each fact and verdict that rests on counted rows."""
    facts, claims = content.table("facts"), content.table("claims")
    found = [(row.fact_id, row.statement, row.rests_on) for row in facts.itertuples()]
    found += [(row.claim_id, row.reading, row.rests_on) for row in claims.itertuples()]
    return [entry for entry in found if entry[2]]


@pytest.mark.parametrize("name, text, ids", statements())
def test_its_shares_and_words_are_recomputed(name, text, ids):
    rows = counted()
    rows = rows.loc[rows.index.intersection(ids.split())]
    assert set(rows.index) == set(ids.split()), f"{name}: unknown row"
    shares = {f"{share:.0%}" for side in ("tpm", "other") for share in rows[f"{side}_rate"]}
    assert {f"{number}%" for number in SHARE.findall(text)} <= shares
    assert set(WORD.findall(text)) <= set(rows["word"])


def test_a_fact_of_our_own_count_names_its_rows():
    facts = content.table("facts")
    ours = facts[(facts["source_id"] == "course_adverts") | (facts["also"] == "course_adverts")]
    bare = set(ours.loc[ours["rests_on"] == "", "fact_id"])
    assert bare == {"F12"}  # a count of titles, not of duties


# --- nine numbers changed in adverts.csv: what rests on them fails, by its name

DUTY = "assess_technical_feasibility"  # nine TPM adverts of the second study mention it
LESSON = json.loads((content.root() / content.lesson("responsibilities")["file"]).read_text())
STAGES = ("second_study", "subject")


@pytest.fixture
def nine(tmp_path, monkeypatch):
    """A course in which the nine TPM adverts that mention a duty do not."""
    shutil.copytree(content.root() / "data", tmp_path / "data")
    path = tmp_path / "data/adverts.csv"
    adverts = pd.read_csv(path, dtype=str, keep_default_na=False)
    hit = (adverts["role"] == "tpm") & (adverts["batch"] == "second") & (adverts[DUTY] == "1")
    assert hit.sum() == 9
    adverts.loc[hit, DUTY] = "0"
    adverts.to_csv(path, index=False, lineterminator="\n")
    monkeypatch.setenv("TPM_COURSE", str(tmp_path))


def failing() -> set[str]:
    """The facts and verdicts that the test above fails for."""
    names = set()
    for name, text, ids in statements():
        try:
            test_its_shares_and_words_are_recomputed(name, text, ids)
        except AssertionError:
            names.add(name)
    return names


def saved(call: str) -> dict:
    """The first output of a cell of lesson 02, as its notebook keeps it and nbval compares it."""
    (cell,) = [cell for cell in LESSON["cells"] if "".join(cell["source"]).strip() == call]
    return cell["outputs"][0]["data"]


def shown(name: str) -> dict:
    """The rows of every step of a stage, as its saved form holds them today."""
    return json.loads(json.dumps(Stage(name).bundles()[0][CHART]))


def test_today_nothing_fails():
    assert failing() == set()


def test_the_facts_that_rest_on_nine_changed_numbers_fail(nine):
    assert failing() == {"F71"}


@pytest.mark.parametrize("name", STAGES)
def test_the_saved_lesson_holds_the_rows_of_its_stages(name):
    assert saved(f'tpm.stage("{name}")')[CHART] == shown(name)


@pytest.mark.parametrize("name", STAGES)
def test_the_saved_stage_differs_once_nine_numbers_changed(nine, name):
    assert saved(f'tpm.stage("{name}")')[CHART] != shown(name)


def test_what_stands_differs_once_nine_numbers_changed(nine):
    text = "".join(saved("tpm.what_stands()")["text/plain"])
    assert "Assess technical feasibility: 26% and 7% (clear)" in text
    assert "Assess technical feasibility: 26%" not in what_stands().text


# --- what lesson 02 says in prose of the counts

SENTENCES = "".join("".join(cell["source"]) for cell in LESSON["cells"])


def test_the_table_for_a_hire_follows_what_each_duty_goes_with():
    goes_with = figures.frame("subject").set_index("id")["goes_with"]
    lead = ["write_technical_specifications", "assess_technical_feasibility"]
    assert set(goes_with[[*lead, "hands_on_coding_or_scripting"]]) == {"title"}
    with_subject = ["define_apis_and_integration_contracts", "take_part_in_architecture_decisions"]
    with_subject.append("data_models_pipelines_and_infrastructure")
    assert set(goes_with[with_subject]) == {"subject"}
    assert "| specifications, feasibility or code |" in SENTENCES
    assert "| work on APIs, data or architecture, and none of those |" in SENTENCES


def test_one_employer_has_as_many_of_the_adverts_as_the_lesson_says():
    adverts = content.table("adverts").query("batch == 'second'").set_index("advert_id")["role"]
    employer = content.table("provenance").set_index("advert_id")["employer"].str.lower()
    of_uber = adverts[employer.loc[adverts.index] == "uber"].value_counts()
    assert of_uber["pm"] == 33 and "tpm" not in of_uber
    assert "Uber, has 33 of the PM adverts and none of the TPM ones" in SENTENCES


def test_the_stage_counts_the_repeated_adverts():
    frames = {study: figures.frame("areas", study=study).iloc[0] for study in ("second", "fresh")}
    sizes = {study: row["tpm_n"] + row["other_n"] for study, row in frames.items()}
    says = " ".join(step["say"] for step in content.stage("second_study")["steps"])
    assert f"{sizes['second'] - sizes['fresh']:.0f} of the {sizes['second']:.0f} had been" in says
    assert f"only {frames['fresh']['tpm_n']:.0f} adverts for TPMs are left" in says
