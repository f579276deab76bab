"""The report on a class: its frames, a page and CSV files."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from tpmlib.authoring.report import counts
from tpmlib.authoring.report.example import write_class
from tpmlib.authoring.report.frames import frames_of, set_beside
from tpmlib.authoring.report.pictures import picture
from tpmlib.authoring.report.records import gather
from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content
from tpmlib.kit.panels.base import Shown

# autoescape, since learners wrote the records: whatever they hold is text and never a tag
PAGES = Environment(
    loader=PackageLoader("tpmlib.authoring"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)
WORDS = yaml.safe_load((Path(__file__).parents[1] / "templates/report.yml").read_text("utf-8"))
PARTS: dict[str, dict[str, str]] = WORDS["parts"]
COLUMNS: dict[str, list[str]] = WORDS["columns"]


@dataclass(frozen=True)
class ClassReport:
    """A class by its records: `frames` by name, and what each says.

    Nobody is named in what is written; the frame `files` names files, for whoever collects them.
    lesson: the id of the only lesson that it is about; empty for the whole course.
    least: learners; what fewer answered is counted and not broken down.
    """

    learners: int
    frames: dict[str, pd.DataFrame]
    lesson: str = ""
    least: int = counts.LEAST

    def html(self) -> str:
        """The whole report as one page that needs nothing else."""
        return PAGES.get_template("report.html").render(
            title=f"Class report, lesson {self.lesson}" if self.lesson else "Class report",
            learners=self.learners,
            least=self.least if self.least < counts.LEAST else 0,
            remarks=self.frames["files"]["file"].nunique(),
            parts=[self._part(name) for name in self.shared],
        )

    @property
    def shared(self) -> list[str]:
        """The parts that name no file, since a file may bear a learner's name."""
        return [name for name in self.frames if name != "files"]

    def section(self, name: str) -> str:
        """One part of the page: what it is, a picture if there is one, and its table."""
        return PAGES.get_template("report_part.html").render(part=self._part(name)).strip()

    def show(self, name: str) -> Shown:
        """One part, for a notebook."""
        if name not in self.frames:
            raise CourseError(f"part: {nearest(name, self.frames)}")
        plain = plain_table(self.frames[name], self.least).drop(columns="text", errors="ignore")
        return Shown(plain.to_string(index=False), self.section(name))

    def write(self, folder: Path) -> list[str]:
        """Write class_report.html and a CSV of each part; returns the names.

        What learners wrote stands on the page alone: a spreadsheet would obey some of it.
        """
        files = {"class_report.html": self.html()}
        for name in (name for name in self.shared if name != "texts"):
            files[f"{name}.csv"] = plain_table(self.frames[name], self.least).to_csv(index=False)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in files.items():
                (folder / name).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CourseError(f"{folder}: {error.strerror}; a folder to write into") from error
        return list(files)

    def _part(self, name: str) -> dict[str, Any]:
        """What the template of a part needs. Small groups are counted there and left out."""
        frame = self.frames[name]
        counted = "learners" in frame and name != "participation"  # who took part is shown to all
        kept = frame[frame["learners"] >= self.least] if counted else frame
        columns = [_column(kept, column) for column in kept]
        return {
            "title": PARTS[name]["title"],
            "text": PARTS[name]["text"].format(
                least=self.least, least_for_correlation=counts.LEAST_FOR_CORRELATION
            ),
            "picture": picture(name, frame),
            "columns": columns,
            "rows": list(zip(*(column["cells"] for column in columns), strict=True)),
            "left_out": len(frame) - len(kept),
            "most": frame["learners"].max() if counted else 0,
            "least": self.least,
        }


def class_report(
    folder: str | Path = "", lesson: str = "", least: int = counts.LEAST, beside: str | Path = ""
) -> ClassReport:
    """A class by its learners' downloads in a folder; without one, a synthetic class of 40.

    lesson: a noun or number, for a report on that one alone; empty for the whole course.
    least: learners; what fewer answered is not broken down [3 or more].
    beside: the folder of another class, whose figures stand beside; empty for none.

    Raises CourseError if a folder holds no answer, for an unknown lesson and too small a `least`.
    """
    if least < counts.SMALLEST:
        raise CourseError(f"least: {least} learners; {counts.SMALLEST} or more")
    if not folder:
        with tempfile.TemporaryDirectory() as example:
            write_class(Path(example))
            return class_report(example, lesson, least, beside)
    events, remarks = gather(Path(folder))
    lesson = content.lesson_named(lesson)["id"] if lesson else ""
    frames = {"files": remarks, **frames_of(events, lesson, least)}
    if beside:
        set_beside(frames, frames_of(gather(Path(beside))[0], lesson, least))
    return ClassReport(int(events["learner"].nunique()), frames, lesson, least)


def plain_table(frame: pd.DataFrame, least: int = counts.LEAST) -> pd.DataFrame:
    """Two decimals and no -0; a figure that is not shown says why."""
    learners = frame["learners"] if "learners" in frame else pd.Series(0, index=frame.index)
    few = learners.between(1, least - 1)
    numbers = frame.select_dtypes("float").round(2) + 0.0  # + 0.0: no minus before a zero
    shown = frame.assign(**numbers).astype(object)
    return shown.where(frame.notna(), few.map({True: f"fewer than {least}", False: ""}), axis=0)


def _column(frame: pd.DataFrame, name: str) -> dict[str, Any]:
    """A column as the page shows it. Numbers stand to the right; a missing figure is empty."""
    is_number = pd.api.types.is_numeric_dtype(frame[name])
    heading, form = COLUMNS.get(name, [name, "{:g}" if is_number else "{}"])
    cells = [form.format(value) if pd.notna(value) else "" for value in frame[name]]
    return {"heading": heading, "side": "right" if is_number else "left", "cells": cells}
