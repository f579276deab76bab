"""What stands: every row in one pile, each word that of the yardstick."""

import re
from functools import cache

import pytest

from tpmlib.kit import figures
from tpmlib.kit.words import choices
from tpmlib.lessons.adverts.standing import FAMILIES, what_stands


@cache
def lines():
    """The text of each pile, by its label."""
    return dict(line.split(": ", 1) for line in what_stands().text.splitlines()[1:-2])


def frame(family):
    return figures.frame("role_profile", FAMILIES[family])


def cell(pile, family):
    """The rows of a pile as they stand in a cell of the table."""
    return lines()[choices("stands.pile")[pile]].split("; ")[list(FAMILIES).index(family)]


def test_there_is_a_line_for_every_pile():
    assert list(lines()) == list(choices("stands.pile").values())


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("pile", ["tpm", "other", "alike"])
def test_a_pile_names_its_rows_with_their_shares_and_no_others(pile, family):
    for row in frame(family).itertuples():
        shares = f"{row.name}: {row.tpm_rate:.0%} and {row.other_rate:.0%}"
        assert (shares in cell(pile, family)) == (row.pile == pile)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("pile", ["tpm", "other"])
def test_a_difference_is_said_with_its_word(pile, family):
    words = re.findall(r"\((clear|hint)\)", cell(pile, family))
    rows = frame(family).query("pile == @pile").sort_values("p")
    assert words == list(rows["word"])


@pytest.mark.parametrize("family, total", [("areas", 9), ("duties", 62)])
def test_what_cannot_be_told_is_counted(family, total):
    number = (frame(family)["word"] == "cannot tell").sum()
    assert cell("cannot_tell", family) == f"{number} of {total}"


def test_the_page_holds_every_row_once_behind_its_fold():
    page = what_stands().page
    folded = page[page.index("How sure?") :]
    assert folded.count("<tr>") == 1 + 9 + 62
    assert page.index("How sure?") > page.index("Cannot tell")
