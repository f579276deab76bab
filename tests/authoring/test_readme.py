"""The table of lessons in README says what course.yml says."""

import re

import pytest

from tpmlib.kit import content

ROWS = re.compile(r"^\| \[(\d\d) .*?\]\((.*?)\).*?\| ([\d-]+) \|.*?\| ready \|$", re.M)


@pytest.mark.parametrize("lesson", content.ready(), ids=lambda lesson: lesson["id"])
def test_minutes_and_file_of_a_lesson_are_those_of_the_course(lesson):
    rows = {
        number: row for number, *row in ROWS.findall((content.root() / "README.md").read_text())
    }
    minutes = "-".join(map(str, dict.fromkeys(lesson["minutes"])))
    assert rows[lesson["number"]] == [lesson["file"], minutes]
    assert len(rows) == len(content.ready())


def test_the_citation_names_the_role_that_the_course_is_about():
    assert "technical product manager" in (content.root() / "README.md").read_text()
    citation = (content.root() / "CITATION.cff").read_text()
    assert "technical product managers" in citation and "project" not in citation
