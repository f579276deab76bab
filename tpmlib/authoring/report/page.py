"""The report on a class: its frames, a page and CSV files."""

import io
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from tpmlib.authoring.beliefs import beliefs
from tpmlib.authoring.report import counts, records
from tpmlib.authoring.report.pictures import PICTURES, ROW, WIDTH
from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content
from tpmlib.kit.html import LEFT, folded
from tpmlib.kit.panels.base import Shown, picture_bundle
from tpmlib.kit.panels.judge import VERDICTS
from tpmlib.kit.panels.quiz import ready
from tpmlib.kit.questions import text_hash

LONG = 30  # characters above which a cell asks for room
WIDE = ' style="text-align:left;min-width:9rem"'
FOLDED = 30  # rows of a table above which it is folded away
FEW = f"fewer than {counts.LEAST}"
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:1rem 0}"
    "th,td{padding:.3rem .6rem;border-bottom:1px solid #ccc;vertical-align:top}"
    "img{max-width:100%}"
    "div{overflow-x:auto}"
)


# what a column is called on the page; its numbers in percent, as they are (g) or with decimals
HEADINGS = {
    "item": ("question", ""),
    "text": ("in words", ""),
    "share": ("of the class", "%"),
    "difficulty": ("right at the first try", "%"),
    "discrimination": ("tells apart", "2"),
    "option": ("wrong option", ""),
    "came_true": ("came true", "%"),
    "confidence": ("how sure", "%"),
    "low": ("sure from", "%"),
    "high": ("to", "%"),
    "asked": ("predictions", "g"),
    "hits": ("came true", "g"),
    "rate": ("share", "%"),
    "rate_low": ("range from", "%"),
    "rate_high": ("to", "%"),
    "n": ("predictions", "g"),
    "score": ("Brier score", "3"),
    "unreliable": ("sureness off the mark", "3"),
    "resolved": ("telling apart", "3"),
    "base": ("by the share alone", "3"),
    **{name: (name.replace("_", " "), "%") for name in VERDICTS},
    "as_course": ("as the course", "%"),
    "disagree": ("two differ", "%"),
    "partner": ("asked again as", ""),
    "before": ("right at the start", "%"),
    "after": ("at the end", "%"),
}


@dataclass(frozen=True)
class ClassReport:
    """A class by its records: `frames` by name, and what each says.

    Nobody is named in what is written; the frame `files` names files, for whoever collects them.
    lesson: the one it is about, such as "02"; empty for the whole course.
    """

    learners: int
    frames: dict[str, pd.DataFrame]
    lesson: str = ""

    def html(self) -> str:
        """The whole report as one page that needs nothing else."""
        parts = "".join(f"<h2>{SECTIONS[name][0]}</h2>{self.section(name)}" for name in self.shared)
        title = f"Class report, lesson {self.lesson}" if self.lesson else "Class report"
        head = f"<title>{title}</title><style>{STYLE}</style>"
        top = f"<h1>{title}</h1>"
        top += f"<p>{self.learners} learners. First answers count, unless said. "
        top += f"Files with a remark: {self.frames['files']['file'].nunique()}.</p>"
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head>'
            f"<body>{top}{parts}</body></html>"
        )

    @property
    def shared(self) -> list[str]:
        """The parts that name no file, since a file may bear a learner's name."""
        return [name for name in self.frames if name != "files"]

    def section(self, name: str) -> str:
        """One part of the page: what it is, a picture if there is one, and its table."""
        frame = self.frames[name]
        kept, words = enough(frame), SECTIONS[name][1]
        if len(frame) and not len(kept):
            most = int(frame["learners"].max())
            return f"<p>{NEEDED.format(most)}</p>"
        left = f"<p>{LEFT_OUT.format(len(frame) - len(kept))}</p>" if len(kept) < len(frame) else ""
        return f"<p>{words}</p>{self.picture(name)}{table(kept)}{left}"

    def picture(self, name: str) -> str:
        """The picture of a part, with its sentence; empty if it has none or too few answered."""
        drawn = PICTURES.get(name)
        frame = drawn.kept(self.frames[name]) if drawn else pd.DataFrame()
        if not drawn or frame.empty:
            return ""
        height = 4.2 if name == "items" else 1 + ROW * len(frame)
        figure = Figure(figsize=(WIDTH, height), dpi=100)
        FigureCanvasAgg(figure)
        drawn.draw(figure, frame)
        raw = io.BytesIO()
        figure.savefig(raw, format="png")
        code = picture_bundle(raw.getvalue())["image/png"]
        alt = escape(drawn.says(frame))
        return f'<p><img alt="{alt}" src="data:image/png;base64,{code}"></p><p>{alt}</p>'

    def show(self, name: str) -> Shown:
        """One part, for a notebook."""
        if name not in self.frames:
            raise CourseError(f"part: {nearest(name, self.frames)}")
        plain = _plain(self.frames[name]).drop(columns="text", errors="ignore")
        return Shown(plain.to_string(index=False), self.section(name))

    def write(self, folder: Path) -> list[str]:
        """Write class_report.html and a CSV of each part; returns the names."""
        folder.mkdir(parents=True, exist_ok=True)
        files = {"class_report.html": self.html()}
        files |= {
            f"{name}.csv": _plain(self.frames[name]).to_csv(index=False) for name in self.shared
        }
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        return list(files)


NEEDED = f"At most {{}} learners answered: {counts.LEAST} are needed before a group is broken down."
LEFT_OUT = f"Rows with fewer than {counts.LEAST} learners, left out here: {{}}."
SECTIONS = {
    "files": ("Files with a remark", "Files not named here were read without trouble."),
    "participation": ("Who took part", "Learners with at least one answer in a lesson."),
    "items": (
        "Questions",
        "A question that few get right is hard. One that tells little apart is perhaps bad: the "
        "figure is the correlation, from -1 to 1, of being right here with the share right in the "
        "learner's other questions (the item-rest correlation, or discrimination). Near 0 or "
        "below, those who know more do no better here, so read the wording first. It is shown "
        f"from {counts.LEAST_R} learners on, where it is still uncertain by about 0.4 either way. "
        "Answers to an older wording stand in rows of their own.",
    ),
    "wrong": (
        "Wrong options chosen most",
        "Each with the belief behind it, the most shared first: talk about that.",
    ),
    "predictions": ("Predictions", "How many came true, and how sure the class was on average."),
    "calibration": (
        "How sure and how right",
        "Predictions by how sure their makers were, and the share of them that came true, with the "
        "range in which the true share lies nine times in ten. Whoever knows how much they know "
        "has a share between the two numbers on the left.",
    ),
    "score": (
        "Brier score",
        "The mean squared distance between how sure somebody was and what came out: 0 is best, and "
        "always saying 50% gives 0.25. It is a sum: how far sureness is off the mark, less how far "
        "it tells what comes true from what does not, plus the score of saying nothing but the "
        "share that came true.",
    ),
    "verdicts": (
        "Verdicts",
        "Two differ: the chance that two learners of the class gave different verdicts. The top "
        "rows are worth a discussion. As the course: no mark, since the course's verdict is one "
        "reading.",
    ),
    "gain": (
        "Start and end",
        "First answers to the ten starting questions and to their partners, of learners who gave "
        "both. Nobody without the course was asked, so other learning counts in.",
    ),
}


def class_report(folder: Path, lesson: str = "") -> ClassReport:
    """Read the learners' records of a folder against the present course.

    lesson: such as "02", to have this one alone; empty for the whole course.

    Raises CourseError if the folder holds no answer, and for an unknown lesson.
    """
    events, remarks = records.gather(folder)
    wanted = content.lesson(lesson)["id"] if lesson else ""
    lessons = [one for one in content.course()["lessons"] if one["status"] == "ready"]
    quizzes = [content.quiz(one["id"]) for one in lessons]
    questions = [ready(one) for quiz in quizzes for one in quiz["questions"]]
    predictions = [ready(one) for quiz in quizzes for one in quiz["predictions"]]
    hashes = {
        one["id"]: text_hash(one)
        for quiz in quizzes
        for one in quiz["questions"] + quiz["predictions"]
    }
    asked = {one["id"]: one["text"] for one in questions + predictions}
    claims = content.table("claims").set_index("claim_id")
    if wanted:
        claims = claims[claims["lesson"] == wanted]
    judged = {str(name): text_hash({"text": text}) for name, text in claims["claim"].items()}
    pairs = {one["parallel"]: one["id"] for one in questions if "parallel" in one}
    mine = events[events["item"].map(lambda item: _lesson(item) == wanted)] if wanted else events
    frames = {
        "files": remarks,
        "participation": counts.participation(events, [wanted] if wanted else _ids(lessons)),
        "items": counts.items(events, hashes),
        "wrong": counts.wrong(events, questions, hashes),
        "predictions": counts.predictions(events, hashes),
        "calibration": counts.calibration(mine, hashes),
        "score": counts.score(mine, hashes),
        "verdicts": counts.verdicts(events, dict(claims["verdict"]), judged),
        "gain": counts.gain(events, pairs, hashes),
    }
    for name in ("items", "wrong", "predictions", "gain"):
        frame = frames[name]
        frame.insert(1, "text", [asked.get(item, "no longer asked") for item in frame["item"]])
        if wanted:
            kept = frame["item"].map(_lesson) == wanted
            frames[name] = frame[kept].reset_index(drop=True)
    frames["verdicts"].insert(1, "text", list(claims["claim"].loc[frames["verdicts"]["claim"]]))
    frames["wrong"]["belief"] = beliefs(frames["wrong"].pop("misconception"))
    if wanted:
        del frames["gain"]  # of two lessons
    return ClassReport(int(events["learner"].nunique()), frames, wanted)


def _lesson(item: str) -> str:
    """The lesson that a question or prediction is of, by its id, as in responsibilities-length."""
    return str(item)[1:3]


def _ids(lessons: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in lessons]


def enough(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that a page shows: counts of who took part, and else of five learners or more."""
    if "learners" not in frame or "share" in frame:
        return frame
    return frame[frame["learners"] >= counts.LEAST]


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Two decimals and no -0; a figure that is not shown says why."""
    learners = frame["learners"] if "learners" in frame else pd.Series(0, index=frame.index)
    few = (learners > 0) & (learners < counts.LEAST)
    shown = frame.astype(object)
    for name in frame.select_dtypes("float"):
        shown[name] = (frame[name].round(2) + 0.0).astype(object)  # + 0.0: no minus before zero
    return shown.where(frame.notna(), few.map({True: FEW, False: ""}), axis=0)


def table(frame: pd.DataFrame) -> str:
    """A frame as a table, numbers to the right; every cell is escaped."""
    styles = [HEADINGS.get(name, (name, "g")) for name in frame]
    right = [pd.api.types.is_numeric_dtype(frame[name]) for name in frame]
    head = _row("th", [(title, number) for (title, _), number in zip(styles, right, strict=True)])
    body = "".join(
        _row(
            "td",
            [
                (_written(value, style), number)
                for value, (_, style), number in zip(row, styles, right, strict=True)
            ],
        )
        for row in frame.itertuples(index=False)
    )
    whole = f"<div><table><thead>{head}</thead><tbody>{body}</tbody></table></div>"
    return whole if len(frame) <= FOLDED else folded(f"All {len(frame)} rows", whole)


def _written(value: Any, style: str) -> str:
    """A number in its style, without a minus before zero; a text as it is."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return ""
    if style == "%":
        return f"{value:.0%}"
    if style == "g":
        return f"{value:g}"
    digits = int(style)
    return f"{round(value, digits) + 0.0:.{digits}f}"


def _row(tag: str, cells: list[tuple[str, bool]]) -> str:
    """Cells with a text and whether it stands to the right."""
    made = []
    for text, number in cells:
        side = ' style="text-align:right"' if number else WIDE if len(text) > LONG else LEFT
        made.append(f"<{tag}{side}>{escape(text)}</{tag}>")
    return f"<tr>{''.join(made)}</tr>"
