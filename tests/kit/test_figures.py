"""A figure of a question is computed by its model, in the words asked for, and is never stale."""

import shutil
from pathlib import Path

import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content, figures
from tpmlib.kit.figures import Figure

DATA = Path(content.root()) / "data"
GOLDEN = Path(__file__).parents[1] / "golden" / "adverts.csv"
ROW = {"id": "take_part_in_architecture_decisions"}
SPEC = {"model": "role_profile", "preset": "default", "row": ROW, "column": "tpm_count"}


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """A copy of the course with the published adverts, which is the course for the test."""
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("build"))
    shutil.copy(GOLDEN, tmp_path / "data" / "adverts.csv")
    monkeypatch.setenv("TPM_COURSE", str(tmp_path))
    return tmp_path / "data"


def spec(**changed):
    return SPEC | changed


@pytest.mark.parametrize(
    "column, format, text",
    [
        ("tpm_count", "integer", "8"),
        ("tpm_rate", "percent", "24%"),
        ("tpm_rate", "one", "0.2"),
        ("tpm_rate", "two", "0.24"),
        ("p", "three", "0.033"),
        ("side", "text", "tpm"),
        ("compare", "text", "pm"),
    ],
)
def test_a_figure_is_written_as_asked_for(column, format, text):
    assert Figure(**spec(column=column, format=format)).words() == text


def test_without_a_format_a_figure_is_written_as_it_is():
    assert Figure(**spec(column="name")).words() == "Take part in architecture decisions"


def test_every_format_of_the_schema_is_known():
    schema = (DATA / "schema" / "quiz.schema.json").read_text()
    assert all(f'"{name}"' in schema for name in (*figures.DIGITS, "text"))


def test_a_number_is_the_model_s_own():
    assert Figure(**spec()).exact() == 8
    assert Figure(**spec(column="other_rate")).exact() == 49 / 454


def test_a_preset_and_settings_reach_the_model():
    areas = spec(preset="areas", row={"id": "Resources"}, column="other_count")
    assert Figure(**areas).exact() == 63
    other = areas | {"settings": {"compare": "tpgm"}}
    assert Figure(**other).exact() == 13


def test_several_columns_may_name_the_row():
    row = {"cluster": "Resources", "word": "cannot tell", "name": "Manage budgets and resources"}
    assert Figure(**spec(row=row, column="other_count")).exact() == 20


@pytest.mark.parametrize(
    "format, number, rounded, digits",
    [
        ("percent", 800 / 34, 24, "24"),
        ("integer", 8 / 34, 0, "0"),
        ("text", 8 / 34, 0, "0"),
        ("one", 8 / 34, 0.2, "0.2"),
        ("three", 8 / 34, 0.235, "0.235"),
        ("four", 8 / 34, 0.2353, "0.2353"),
    ],
)
def test_a_number_is_rounded_as_its_format_says(format, number, rounded, digits):
    figure = Figure(**spec(column="tpm_rate", format=format))
    assert figure.number() == pytest.approx(number, abs=1e-12)
    assert (figure.rounded(), figure.digits()) == (rounded, digits)


@pytest.mark.parametrize(
    "changed, text",
    [
        ({"model": "role_profil"}, "model: 'role_profil' is not one of 'role_profile'"),
        ({"preset": "area"}, "preset of role_profile: 'area' is not one of 'areas'"),
        ({"settings": {"stdy": 1}}, "settings of role_profile: 'stdy' is not one of 'study'"),
        ({"settings": {"study": "third"}}, "study: 'third' is not one of 'class', 'first'"),
        ({"column": "tpm_cont"}, "column of role_profile: 'tpm_cont' is not one of 'tpm_count'"),
        ({"row": {"ids": "x"}}, "row of role_profile: 'ids' is not one of 'id'"),
        ({"row": {"id": "secure"}}, "row of role_profile: 'secure' is not one of "),
    ],
)
def test_an_unknown_name_is_named(changed, text):
    with pytest.raises(CourseError) as caught:
        Figure(**spec(**changed)).exact()
    assert str(caught.value).startswith(text)


@pytest.mark.parametrize("row", [{}, {"cluster": "Resources"}, {"compare": "pm"}])
def test_more_than_one_row_is_refused(row):
    with pytest.raises(CourseError, match=r"^row of role_profile: \d+ rows match; exactly one$"):
        Figure(**spec(row=row)).exact()


def test_a_changed_table_is_computed_anew(data):
    assert Figure(**spec(format="integer")).words() == "8"
    lines = (data / "adverts.csv").read_text().splitlines(keepends=True)
    without = [
        line for line in lines if not line.startswith("tpm-adform-technical-product-manager-0ce02,")
    ]
    (data / "adverts.csv").write_text("".join(without))
    assert len(without) == len(lines) - 1
    assert Figure(**spec(column="tpm_n")).exact() == 33


def test_a_changed_setting_in_models_yml_is_computed_anew(data):
    areas = spec(preset="areas", row={"id": "Resources"}, column="other_n")
    assert Figure(**areas).exact() == 454
    text = (data / "models.yml").read_text()
    assert "value: pm\n" in text
    (data / "models.yml").write_text(text.replace("value: pm\n", "value: tpgm\n", 1))
    assert Figure(**areas).exact() == 37


def test_nothing_is_computed_twice(monkeypatch):
    figures.frame("role_profile", compare="tpgm")
    hits = figures._computed.cache_info().hits
    figures.frame("role_profile", compare="tpgm")
    assert figures._computed.cache_info().hits == hits + 1


def test_each_call_gives_a_fresh_copy():
    frame = figures.frame("role_profile", compare="tpgm")
    frame["tpm_count"] = -1
    assert Figure(**spec()).exact() == 8
