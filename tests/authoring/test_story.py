"""Tally's story: the head counts of its scenes fit each other, the presets and the questions."""

import re

from tpmlib.authoring.cells import read
from tpmlib.kit import content

WORDS = dict(zip("six nine twelve sixteen eighteen".split(), (6, 9, 12, 16, 18), strict=True))
WORDS |= {"twenty-four": 24, "thirty-six": 36}
MONTHS = "January February March April May June July August September October November December"
SCENE = re.compile(r"\*\*At Tally: (\w+) of year (\d), ([\w-]+) people(?:, ([\w-]+) of them)?")
ENGINEERS = re.compile(r"Tally(?:'s| has| will have) ([\w-]+) engineers")
LESSONS = [each for each in content.course()["lessons"] if each["number"] <= "10"]


def number(word):
    return int(word) if word.isdigit() else WORDS[word.lower()]


def scene(lesson):
    """When it is, in months, how many people and how many engineers; None where none is told."""
    text = "".join(read(content.root() / lesson["file"])["cells"][0]["source"])
    if not (told := SCENE.search(text)):
        return None
    month, year, people, engineers = told.groups()
    others = re.search(r"([\w-]+) engineers", text)
    engineers = engineers or (others and others[1])
    months = 12 * int(year) + MONTHS.split().index(month)
    return months, number(people), engineers and number(engineers)


SCENES = {lesson["id"]: scene(lesson) for lesson in LESSONS if scene(lesson)}


def test_tally_only_grows_from_scene_to_scene():
    told = list(SCENES.values())
    assert len(told) == len(LESSONS) - 1  # lesson 00 comes before the story
    assert [each[0] for each in told] == sorted(each[0] for each in told)
    assert [each[1] for each in told] == sorted(each[1] for each in told)
    engineers = [each[2] for each in told if each[2]]
    assert engineers == sorted(engineers) and all(each[1] > (each[2] or 0) for each in told)


def test_a_preset_of_tally_has_as_many_engineers_as_its_scene():
    presets = [name for name, model in content.models().items() if "tally" in model["presets"]]
    told = [content.settings(name, "tally").get("engineers") for name in presets]
    assert {each for each in told if each} == {SCENES["staffing"][2]}
    assert content.settings("org_growth")["engineers"] == SCENES["org_size"][2]


def test_what_is_said_of_tallys_engineers_is_what_the_scene_of_its_lesson_says():
    files = {content.root() / "data/quizzes" / f"{lesson}.yml": lesson for lesson in SCENES}
    stages = (content.root() / "data/stages").glob("*.yml")
    files |= {path: content.stage(path.stem)["lesson"] for path in stages}
    told = [
        (number(word), SCENES[lesson][2])
        for path, lesson in files.items()
        for word in ENGINEERS.findall(path.read_text("utf-8"))
    ]
    assert told and all(count == engineers for count, engineers in told)
