"""The grid of a release beside two companies."""

from tpmlib.kit import content


def test_the_example_leaves_the_quarrel_of_the_scene_to_the_learner():
    worked = [row["id"] for row in content.sheet("release")["fields"][0]["rows"] if "worked" in row]
    assert worked == ["estimate"]
