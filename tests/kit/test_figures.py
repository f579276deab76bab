"""A figure of a question is computed by its model, in the words asked for, and is never stale."""

import shutil
from pathlib import Path

import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content, figures

DATA = Path(content.root()) / "data"
GOLDEN = Path(__file__).parents[1] / "golden" / "adverts.csv"
ROW = {"id": "take_part_in_architecture_decisions"}
SPEC = {"model": "role_profile", "preset": "default", "row": ROW, "column": "tpm_count"}
FAST = {"draws": 100, "thinnings": 50}


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """A copy of the course with the published adverts, which is the course for the test."""
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("build"))
    shutil.copy(GOLDEN, tmp_path / "data" / "adverts.csv")
    monkeypatch.setenv("TPM_COURSE", str(tmp_path))
    return tmp_path / "data"


def spec(**changed):
    return SPEC | {"settings": FAST} | changed


@pytest.mark.parametrize(
    "column, format, text",
    [
        ("tpm_count", "integer", "7"),
        ("tpm_rate", "percent", "44%"),
        ("tpm_rate", "one", "0.4"),
        ("tpm_rate", "two", "0.44"),
        ("p", "three", "0.004"),
        ("label", "text", "tpm"),
        ("compare", "text", "pm"),
    ],
)
def test_a_figure_is_written_as_asked_for(column, format, text):
    assert figures.value(spec(column=column, format=format)) == text


def test_without_a_format_a_figure_is_written_as_it_is():
    assert figures.value(spec(column="name")) == "Take part in architecture decisions"


def test_every_format_of_the_schema_is_known():
    schema = (DATA / "schema" / "quiz.schema.json").read_text()
    assert all(f'"{name}"' in schema for name in figures.FORMATS)


def test_a_number_is_the_model_s_own():
    assert figures.number(spec()) == 7
    assert figures.number(spec(column="other_rate")) == 0.1


def test_a_preset_and_settings_reach_the_model():
    areas = spec(preset="areas", row={"id": "Resources"}, column="other_count")
    assert figures.number(areas) == 23
    other = areas | {"settings": FAST | {"compare": "tpgm"}}
    assert figures.number(other) == 4


def test_several_columns_may_name_the_row():
    row = {"cluster": "Resources", "label": "pm", "name": "Manage budgets and resources"}
    assert figures.number(spec(row=row, column="other_count")) == 13


def test_filled_gives_the_words_of_each_name():
    values = {"tpm": spec(format="integer"), "pm": spec(column="other_rate", format="percent")}
    assert figures.filled({"values": values}) == {"tpm": "7", "pm": "10%"}
    assert figures.filled({}) == {}


@pytest.mark.parametrize(
    "changed, text",
    [
        ({"model": "role_profil"}, "model: 'role_profil' is not one of 'role_profile'"),
        ({"preset": "area"}, "preset of role_profile: 'area' is not one of 'areas'"),
        ({"settings": {"sed": 1}}, "settings of role_profile: 'sed' is not one of 'seed'"),
        ({"settings": {"draws": 0}}, "draws: 0 is outside 1 to 20000"),
        ({"column": "tpm_cont"}, "column of role_profile: 'tpm_cont' is not one of 'tpm_count'"),
        ({"row": {"ids": "x"}}, "row of role_profile: 'ids' is not one of 'id'"),
        ({"row": {"id": "secure"}}, "row of role_profile: 'secure' is not one of "),
    ],
)
def test_an_unknown_name_is_named(changed, text):
    with pytest.raises(CourseError) as caught:
        figures.value(spec(**changed))
    assert str(caught.value).startswith(text)


@pytest.mark.parametrize("row", [{}, {"cluster": "Resources"}, {"compare": "pm"}])
def test_more_than_one_row_is_refused(row):
    with pytest.raises(CourseError, match=r"^row of role_profile: \d+ rows match; exactly one$"):
        figures.number(spec(row=row))


def test_a_changed_table_is_computed_anew(data):
    assert figures.value(spec(format="integer")) == "7"
    lines = (data / "adverts.csv").read_text().splitlines(keepends=True)
    without = [line for line in lines if not line.startswith("tpm-flowfuse-handbook,")]
    (data / "adverts.csv").write_text("".join(without))
    assert len(without) == len(lines) - 1
    assert figures.number(spec(column="tpm_n")) == 15


def test_a_changed_setting_in_models_yml_is_computed_anew(data):
    areas = spec(preset="areas", row={"id": "Resources"}, column="other_n")
    assert figures.number(areas) == 60
    text = (data / "models.yml").read_text()
    assert "value: pm\n" in text
    (data / "models.yml").write_text(text.replace("value: pm\n", "value: tpgm\n", 1))
    assert figures.number(areas) == 14


def test_nothing_is_computed_twice(monkeypatch):
    figures.frame("role_profile", **FAST)
    hits = figures._computed.cache_info().hits
    figures.frame("role_profile", **FAST)
    assert figures._computed.cache_info().hits == hits + 1


def test_each_call_gives_a_fresh_copy():
    frame = figures.frame("role_profile", **FAST)
    frame["tpm_count"] = -1
    assert figures.number(spec()) == 7
