"""What a class answered, as frames: pandas only, no figure of a group of fewer than five."""

import re
from typing import Any

import numpy as np
import pandas as pd

from tpmlib.kit.panels.judge import VERDICTS
from tpmlib.kit.scores.brier import bands, brier

SCORES = ["score", "unreliable", "resolved", "base"]
ID = re.compile(r"[a-z][a-z0-9-]{1,80}")
LEAST = 5  # learners; a smaller group is counted and not broken down
LEAST_R = 20  # learners of a correlation: at r = 0 its 95% interval is then -0.44 to 0.44 (Fisher)


def participation(events: pd.DataFrame, lessons: list[str]) -> pd.DataFrame:
    """Learners with any answer in a lesson: `lesson`, `learners`, `share` of the class [0, 1]."""
    by = events.groupby("lesson")["learner"].nunique()
    class_ = events["learner"].nunique()
    rows = [(lesson, int(by.get(lesson, 0))) for lesson in lessons]
    frame = pd.DataFrame(rows, columns=["lesson", "learners"])
    return frame.assign(share=frame["learners"] / class_)


def first(events: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The first answer of each learner to each wording of an item; later ones had feedback."""
    some = events[events["kind"] == kind].sort_values(["learner", "order"], kind="stable")
    return some.drop_duplicates(["learner", "item", "text_hash"])


def items(events: pd.DataFrame, wording: dict[str, str]) -> pd.DataFrame:
    """How hard each question is and how well it tells learners apart.

    wording: the present hash of each question.

    Returns one row a question and wording: `item`, `wording` (now or older), `learners`,
    `difficulty` (share right at the first try, 0 to 1: the usual index, high is easy) and
    `discrimination`: the item-rest correlation (-1 to 1), Pearson's r between right or wrong here
    and the share right in the learner's other questions (of present wording). The former is missing
    for fewer than five learners, the latter for fewer than twenty or where all answered alike. A
    question that the course no longer has is there if five learners answered it.
    """
    answers = first(events, "quiz")
    answers = answers[answers["right"].notna()].assign(right=lambda one: one["right"].astype(float))
    now = answers["text_hash"] == answers["item"].map(wording)
    sums = answers[now].groupby("learner")["right"].agg(["sum", "count"])
    rows = []
    for (item, text), some in answers.groupby(["item", "text_hash"]):
        if item not in wording and (len(some) < LEAST or not ID.fullmatch(str(item))):
            continue  # not a question that this course has asked: somebody's own text
        present = wording.get(str(item)) == text
        rest = sums.reindex(some["learner"]).fillna(0).to_numpy(float)
        rest = rest - np.column_stack([some["right"], np.ones(len(some))]) * present
        rows.append(_item(str(item), present, some["right"].to_numpy(float), rest))
    columns = ["item", "wording", "learners", "difficulty", "discrimination"]
    return pd.DataFrame(rows, columns=columns).sort_values(["item", "wording"], ignore_index=True)


def _item(item: str, present: bool, right: np.ndarray, rest: np.ndarray) -> tuple[Any, ...]:
    enough = len(right) >= LEAST
    known = rest[:, 1] > 0  # learners with another question to compare with
    score = rest[known, 0] / rest[known, 1]
    here = right[known]
    tells = len(here) >= LEAST_R and here.std() > 0 and score.std() > 0
    return (
        item,
        "now" if present else "older",
        len(right),
        float(right.mean()) if enough else np.nan,
        float(np.corrcoef(here, score)[0, 1]) if tells else np.nan,
    )


def wrong(
    events: pd.DataFrame, questions: list[dict[str, Any]], hashes: dict[str, str]
) -> pd.DataFrame:
    """The wrong option that most chose first: `item`, `chosen` [learners], `of`, `option`,
    `misconception`; the largest share first. Questions with one right option, as worded now, of at
    least five learners.
    """
    answers, rows = first(events, "quiz"), []
    for question in questions:
        if question["kind"] != "one":
            continue
        some = answers[
            (answers["item"] == question["id"]) & (answers["text_hash"] == hashes[question["id"]])
        ]
        taken = [one for one in some["answer"] if type(one) is int]
        counts = {
            at: taken.count(at)
            for at, option in enumerate(question["options"])
            if not option.get("right") and taken.count(at)
        }
        if len(some) >= LEAST and counts:
            at = max(counts, key=lambda one: (counts[one], -one))
            option = question["options"][at]
            named = option.get("misconception", "")
            rows.append((question["id"], counts[at], len(some), option["text"], named))
    rows.sort(key=lambda row: -row[1] / row[2])
    return pd.DataFrame(rows, columns=["item", "chosen", "of", "option", "misconception"])


def predictions(events: pd.DataFrame, hashes: dict[str, str]) -> pd.DataFrame:
    """First predictions as worded now: `item`, `learners`, `came_true`, `confidence` [0, 1]."""
    answers = _sure(first(events, "predict"), hashes)
    rows = []
    for item, some in answers.groupby("item"):
        enough = len(some) >= LEAST
        means = [float(some[name].mean()) if enough else np.nan for name in ("right", "confidence")]
        rows.append((str(item), len(some), *means))
    return pd.DataFrame(rows, columns=["item", "learners", "came_true", "confidence"])


def calibration(events: pd.DataFrame, hashes: dict[str, str]) -> pd.DataFrame:
    """The class's first predictions by how sure they were: the bands of `brier`.

    Each with its `learners`; a band of fewer than five has its counts only.
    """
    answers = _sure(first(events, "predict"), hashes)
    frame = brier(answers=answers[["confidence", "right"]]).drop(columns=["n", *SCORES])
    band = bands(answers["confidence"].to_numpy(float))
    learners = answers["learner"].groupby(band).nunique().reindex(frame.index, fill_value=0)
    few = learners < LEAST
    frame.loc[few, ["hits", "confidence", "rate", "rate_low", "rate_high"]] = np.nan
    frame.insert(2, "learners", learners)
    return frame


def score(events: pd.DataFrame, hashes: dict[str, str]) -> pd.DataFrame:
    """The Brier score of the class's first predictions and its parts, as in `brier`: one row.

    `learners` and `n` [predictions]; a class of fewer than five has these only.
    """
    answers = _sure(first(events, "predict"), hashes)
    learners = answers["learner"].nunique()
    row = brier(answers=answers[["confidence", "right"]]).loc[[0], ["n", *SCORES]]
    row.insert(0, "learners", learners)
    if learners < LEAST:
        row[SCORES] = np.nan
    return row


def _sure(answers: pd.DataFrame, hashes: dict[str, str]) -> pd.DataFrame:
    """Those with an outcome and a confidence [0 to 1]; others were changed by hand."""
    sure = [_confidence(one) for one in answers["answer"]]
    answers = answers.assign(confidence=np.array(sure, float))
    kept = answers["confidence"].notna() & answers["right"].notna()
    kept &= answers["text_hash"] == answers["item"].map(hashes)
    return answers[kept].assign(right=lambda one: one["right"].astype(bool))


def _confidence(answer: Any) -> float:
    """As a share [0 to 1]; not a number if there is none."""
    stated = answer.get("confidence") if isinstance(answer, dict) else None
    number = isinstance(stated, int | float) and not isinstance(stated, bool)
    return float(stated) / 100 if number and 0 <= stated <= 100 else np.nan  # type: ignore[arg-type,operator]


def verdicts(events: pd.DataFrame, course: dict[str, str], hashes: dict[str, str]) -> pd.DataFrame:
    """Last verdicts on each claim, the most disputed first.

    course: the course's verdict of each claim.

    Returns `claim`, `learners`, the share of each verdict, `as_course` [0 to 1] and `disagree`: the
    chance that two learners drawn from the class differ (Gini-Simpson, without replacement).
    """
    some = events[(events["kind"] == "judge") & (events["text_hash"] == events["item"].map(hashes))]
    some = some.sort_values(["learner", "order"], kind="stable")
    last = some.drop_duplicates(["learner", "item"], keep="last")
    names, rows = list(VERDICTS), []
    for claim in course:
        said = [
            one.get("verdict") if isinstance(one, dict) else None
            for one in last.loc[last["item"] == claim, "answer"]
        ]
        said = [one for one in said if one in names]
        n, counts = len(said), np.array([said.count(name) for name in names], float)
        if n < LEAST:
            rows.append((claim, n, *[np.nan] * 6))
            continue
        differ = 1 - (counts * (counts - 1)).sum() / (n * (n - 1))
        rows.append((claim, n, *(counts / n), said.count(course[claim]) / n, differ))
    frame = pd.DataFrame(rows, columns=["claim", "learners", *names, "as_course", "disagree"])
    return frame.sort_values("disagree", ascending=False, kind="stable", ignore_index=True)


def gain(events: pd.DataFrame, pairs: dict[str, str], hashes: dict[str, str]) -> pd.DataFrame:
    """The starting questions and their partners: first answers of those who gave both.

    pairs: partner of each starting question.

    Returns `item`, `partner`, `learners`, `before` and `after` [share right], `better` and `worse`
    [learners]. A row of fewer than five has counts of learners only.
    """
    answers = first(events, "quiz")
    answers = answers[answers["text_hash"] == answers["item"].map(hashes)]
    right = answers.pivot_table(index="learner", columns="item", values="right", aggfunc="first")
    rows = []
    for one, other in pairs.items():
        if one not in right or other not in right:
            rows.append((one, other, 0, *[np.nan] * 4))
            continue
        both = right[[one, other]].dropna().astype(bool).to_numpy()
        shown = len(both) >= LEAST
        better, worse = (both[:, 1] & ~both[:, 0]).sum(), (both[:, 0] & ~both[:, 1]).sum()
        figures = [both[:, 0].mean(), both[:, 1].mean(), better, worse] if shown else [np.nan] * 4
        rows.append((one, other, len(both), *figures))
    columns = ["item", "partner", "learners", "before", "after", "better", "worse"]
    return pd.DataFrame(rows, columns=columns)
