"""Names that lessons and records rest on: they change on purpose only, with a note in CHANGELOG."""

import tpmlib
from tpmlib.kit import content, registry
from tpmlib.kit.panels import stage
from tpmlib.kit.panels.progress import asked

PUBLIC = """
CourseError assign calibrate check_environment cite class_report company
compare_company compare_titles decide explore facilitate judge lesson look_back mark_threats models
pairs paths portfolio profile quiz read_advert reflect settings sheet short_answer
sort_cards stage table tables trial_copy verdicts what_stands
""".split()
KINDS = """
assign calibrate cards company decide judge own pair path predict profile quiz reflect
sheet stage threats
""".split()


def test_the_public_names_are_the_frozen_ones():
    assert tpmlib.__all__ == PUBLIC


def test_the_kinds_of_answer_are_the_frozen_ones():
    ids = [lesson["id"] for lesson in content.course()["lessons"] if lesson["status"] == "ready"]
    kinds = {kind for id in ids for kind, _ in asked(id)}
    deeper = {"profile"}  # kept by the panel of a deeper page, test_profile_panel.py
    assert sorted(kinds | deeper | registry.made().keys() | {stage.KIND}) == KINDS
