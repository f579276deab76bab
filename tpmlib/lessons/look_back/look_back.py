"""The end of the course: what was learnt, and how good the predictions were."""

import ipywidgets
import pandas as pd

from tpmlib.kit import questions
from tpmlib.kit.html import folded, paragraphs
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Form
from tpmlib.kit.record import Record
from tpmlib.kit.scores.brier import brier, describe
from tpmlib.lessons.look_back import gain

FEW = 5  # predictions at one level of certainty, below which nothing is said of it


class LookBack(Panel):
    """`look_back()`: starting questions against their partners, and what "sure" meant."""

    def __init__(self) -> None:
        super().__init__()
        self.form, self.page = Form(fields=[]), ipywidgets.HTML()
        self.widget = ipywidgets.VBox([self.page, self.form])
        self.refresh()

    def refresh(self) -> None:
        pairs, frame = gain.pairs(self.record), brier(answers=predictions(self.record))
        lines = [*gain.learnt(pairs), calibrated(frame)]
        sure = folded("How sure?", paragraphs([gain.luck(pairs), describe(frame)]))
        self.page.value = f'<div class="tpm">{paragraphs(lines)}{sure}</div>'

    def text(self) -> str:
        asked, guessed = questions.quiz(gain.LESSON).questions, questions.predictions()
        return f"Look back: {len(asked)} ideas asked at the start and now, {len(guessed)} guesses"

    def html(self) -> str:
        """Nothing of the learner, since a saved notebook may be shown to others."""
        return paragraphs([f"{self.text()}. What came of them stands here when it runs."])


def calibrated(frame: pd.DataFrame) -> str:
    """One sentence on the predictions that their maker was surest of, where there are enough."""
    enough = frame[frame["asked"] >= FEW]
    if enough.empty:
        return f"Your predictions: {frame['n'][0]}, too few to say what your “sure” is worth."
    top = enough.iloc[-1]
    fit = "which is what you said, as far as so few can show"
    if not top["rate_low"] <= top["confidence"] <= top["rate_high"]:
        fit = f"{'oftener' if top['rate'] > top['confidence'] else 'less often'} than you said"
    return (
        f"When you were {top['confidence']:.0%} sure of a prediction, you were right "
        f"{top['hits']:.0f} times out of {top['asked']:.0f}, {fit}."
    )


def predictions(record: Record) -> pd.DataFrame:
    """The first commit of each prediction: `confidence` [0 to 1], and whether it came `right`."""
    rows, asked = [], questions.predictions()
    for item, event in gain.first_answers(record, "predict").items():
        sure = parts(event).get("confidence")
        if item not in asked or event["right"] is None or isinstance(sure, bool):
            continue
        if isinstance(sure, int | float) and 0 <= sure <= 100:
            rows.append((sure / 100, event["right"]))
    return pd.DataFrame(rows, columns=["confidence", "right"])
