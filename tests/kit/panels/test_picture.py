"""A picture on the page is drawn for the pixels that show it; the saved one never is."""

import io

import pytest
from PIL import Image

from tpmlib.kit.panels.explorer import Explorer


def told(picture, width, ratio):
    """The page says how wide the picture stands, and how fine its screen is."""
    content = {"page": {"width": width, "ratio": ratio}}
    picture._handle_custom_msg(content, [])


def width(picture):
    return Image.open(io.BytesIO(picture.png)).width


@pytest.fixture(scope="module")
def picture():
    return Explorer("overlap").picture


@pytest.mark.parametrize(
    "shown, ratio, drawn",
    [(585, 1, 585), (430, 2, 860), (860, 2, 1720), (860, 3, 1720), (9, 1, 430)],
)
def test_a_picture_has_the_pixels_of_the_page_within_bounds(picture, shown, ratio, drawn):
    told(picture, shown, ratio)
    assert width(picture) == pytest.approx(drawn, abs=1)


def test_a_page_as_wide_as_the_picture_shows_the_saved_one(picture):
    saved = Explorer("overlap").picture.png
    told(picture, 585, 2)
    assert picture.png != saved
    told(picture, 860, 1)
    assert picture.png == saved


def test_another_size_changes_no_word_and_stays_at_the_next_move():
    explorer = Explorer("overlap")
    before = explorer.picture.alt, explorer.picture.sentence
    told(explorer.picture, 600, 1)
    assert (explorer.picture.alt, explorer.picture.sentence) == before
    explorer.set(preset="program_managers")
    assert width(explorer.picture) == 600


def test_a_picture_that_shows_nothing_is_not_drawn(picture):
    picture.clear()
    told(picture, 600, 1)
    assert (picture.png, picture.alt, picture.sentence) == (b"", "", "")
