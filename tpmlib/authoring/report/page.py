"""The report on a class: its frames, a page and CSV files."""

import io
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from tpmlib import content
from tpmlib.authoring.report import counts, records
from tpmlib.authoring.report.pictures import PICTURES, ROW, WIDTH
from tpmlib.errors import CourseError, nearest
from tpmlib.questions import text_hash
from tpmlib.widgets.base import LEFT, Shown, folded, picture_bundle
from tpmlib.widgets.quiz import ready

FOLDED = 30  # rows of a table above which it is folded away
FEW = f"fewer than {counts.LEAST}"
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:1rem 0}"
    "th,td{padding:.3rem .6rem;border-bottom:1px solid #ccc;vertical-align:top}"
    "img{max-width:100%}"
    "div{overflow-x:auto}"
)


@dataclass(frozen=True)
class ClassReport:
    """A class by its records: `frames` by name, and what each says.

    Nobody is named in what is written; the frame `files` names files, for whoever collects them.
    """

    learners: int
    frames: dict[str, pd.DataFrame]

    def html(self) -> str:
        """The whole report as one page that needs nothing else."""
        parts = "".join(f"<h2>{SECTIONS[name][0]}</h2>{self.section(name)}" for name in self.shared)
        head = f"<title>Class report</title><style>{STYLE}</style>"
        top = "<h1>Class report</h1>"
        top += f"<p>{self.learners} learners. First answers count, unless said. "
        top += f"{self.frames['files']['file'].nunique()} files had a remark.</p>"
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
        words = SECTIONS[name][1]
        return f"<p>{words}</p>{self.picture(name)}{table(self.frames[name])}"

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
        return Shown(_plain(self.frames[name]).to_string(index=False), self.section(name))

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


SECTIONS = {
    "files": ("Files with a remark", "Files not named here were read without trouble."),
    "participation": ("Who took part", "Learners with at least one answer in a lesson."),
    "items": (
        "Questions",
        "difficulty is the share right at the first try. discrimination is the item-rest "
        "correlation: near 0 or below, a question does not tell who knows more, so read its "
        "wording first. Answers to an older wording stand in rows of their own.",
    ),
    "wrong": ("Wrong options chosen most", "Each names the belief behind it: talk about that."),
    "predictions": ("Predictions", "How many came true, and how sure the class was."),
    "calibration": (
        "How sure and how right",
        "Predictions by how sure their makers were; rate is the share that came true, with its "
        "90% interval.",
    ),
    "score": (
        "Brier score",
        "0 is best; always saying 50% gives 0.25. It is unreliable (how far stated and true "
        "shares lie apart) less resolved (how far they tell predictions apart) plus base (the "
        "score of always saying the share that came true).",
    ),
    "verdicts": (
        "Verdicts",
        "disagree is the chance that two learners gave different verdicts. The top rows are worth "
        "a discussion. as_course is no mark: the course's verdict is one reading.",
    ),
    "gain": (
        "Start and end",
        "First answers to the ten starting questions and to their partners, of learners who gave "
        "both. Nobody without the course was asked, so other learning counts in.",
    ),
}


def class_report(folder: Path) -> ClassReport:
    """Read the learners' records of a folder against the present course."""
    events, remarks = records.gather(folder)
    lessons = [one for one in content.course()["lessons"] if one["status"] == "ready"]
    quizzes = [content.quiz(one["id"]) for one in lessons]
    questions = [one for quiz in quizzes for one in quiz["questions"]]
    hashes = {
        one["id"]: text_hash(one)
        for quiz in quizzes
        for one in quiz["questions"] + quiz["predictions"]
    }
    claims = content.table("claims").set_index("claim_id")
    judged = {str(name): text_hash({"text": text}) for name, text in claims["claim"].items()}
    pairs = {one["parallel"]: one["id"] for one in questions if "parallel" in one}
    frames = {
        "files": remarks,
        "participation": counts.participation(events, [one["id"] for one in lessons]),
        "items": counts.items(events, hashes),
        "wrong": counts.wrong(events, [ready(one) for one in questions], hashes),
        "predictions": counts.predictions(events, hashes),
        "calibration": counts.calibration(events, hashes),
        "score": counts.score(events, hashes),
        "verdicts": counts.verdicts(events, dict(claims["verdict"]), judged),
        "gain": counts.gain(events, pairs, hashes),
    }
    return ClassReport(int(events["learner"].nunique()), frames)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Two decimals; a figure that is not shown says why."""
    learners = frame["learners"] if "learners" in frame else pd.Series(0, index=frame.index)
    few = (learners > 0) & (learners < counts.LEAST)
    shown = frame.round(2).astype(object)
    return shown.where(frame.notna(), few.map({True: FEW, False: ""}), axis=0)


def table(frame: pd.DataFrame) -> str:
    """A frame as a table, numbers to the right; every cell is escaped."""
    plain = _plain(frame)
    right = {name for name in plain if pd.api.types.is_numeric_dtype(frame[name])}
    head = _row("th", [(str(name), name in right) for name in plain])
    body = "".join(
        _row("td", [(value, isinstance(value, int | float)) for value in row])
        for row in plain.itertuples(index=False)
    )
    whole = f"<div><table><thead>{head}</thead><tbody>{body}</tbody></table></div>"
    return whole if len(frame) <= FOLDED else folded(f"All {len(frame)} rows", whole)


def _row(tag: str, cells: list[tuple[Any, bool]]) -> str:
    """Cells with a value and whether it is a number."""
    made = []
    for value, number in cells:
        side = ' style="text-align:right"' if number else LEFT
        shown = f"{value:g}" if isinstance(value, int | float) else escape(str(value))
        made.append(f"<{tag}{side}>{shown}</{tag}>")
    return f"<tr>{''.join(made)}</tr>"
