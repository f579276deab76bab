"""The grid of a release beside two companies: what its text says of them is counted."""

from tpmlib.kit import content

WORDS = dict(enumerate("no one two three four five six seven".split()))


def test_the_text_says_in_how_many_rows_each_company_names_an_a():
    sheet = content.sheet("release")
    grid = sheet["fields"][0]
    answers = {
        other["id"]: [
            row["published"].get(other["id"], {}).get("cells", {}) for row in grid["rows"]
        ]
        for other in grid["beside"]["others"]
    }
    first, second = (
        WORDS[sum(bool({"A", "AR"} & set(cells.values())) for cells in each)]
        for each in answers.values()
    )
    rows = WORDS[len(grid["rows"])]
    text = f"FlowFuse names an A in {first} of the {rows} rows, Sourcegraph in {second}."
    assert text in sheet["kept"]


def test_the_example_leaves_the_quarrel_of_the_scene_to_the_learner():
    worked = [row["id"] for row in content.sheet("release")["fields"][0]["rows"] if "worked" in row]
    assert worked == ["estimate"]
