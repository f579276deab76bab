"""What a class answered, as frames: pandas only, no figure of a group of fewer than `least`."""

from typing import Any

import numpy as np
import pandas as pd

from tpmlib.kit.panels.judge import VERDICTS
from tpmlib.kit.questions import Question
from tpmlib.kit.scores.brier import bands, brier

ITEM_ID = "[a-z][a-z0-9-]{1,80}"
LEAST = 5  # learners; a smaller group is counted and not broken down, unless an instructor says so
SMALLEST = 3  # learners that an instructor may ask for instead
LEAST_FOR_CORRELATION = 20  # learners: at r = 0 its 95% interval is -0.44 to 0.44 (Fisher)


def without_few(frame: pd.DataFrame, figures: list[str], least: int) -> pd.DataFrame:
    """The frame, its figures missing on each row of fewer learners than `least`."""
    return frame.assign(**{name: frame[name].where(frame["learners"] >= least) for name in figures})


def participation(events: pd.DataFrame, lessons: list[str]) -> pd.DataFrame:
    """Learners with any answer in a lesson: `lesson`, `learners`, `share` of the class [0, 1]."""
    learners = events.groupby("lesson")["learner"].nunique().reindex(lessons, fill_value=0)
    frame = learners.rename("learners").rename_axis("lesson").reset_index()
    return frame.assign(share=frame["learners"] / events["learner"].nunique())


def first(events: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The first answer of each learner to each wording of an item; later ones had feedback."""
    answers = events[events["kind"] == kind].sort_values(["learner", "order"], kind="stable")
    return answers.drop_duplicates(["learner", "item", "text_hash"])


def last(events: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """The last answer of each learner to each item of these kinds."""
    rows = events[events["kind"].isin(kinds)].sort_values(["learner", "order"], kind="stable")
    return rows.drop_duplicates(["learner", "kind", "item"], keep="last")


def items(events: pd.DataFrame, hashes: dict[str, str], least: int = LEAST) -> pd.DataFrame:
    """How hard each question is and how well it tells learners apart.

    hashes: the hash of each question's present wording.

    Returns one row a question and wording: `item`, `wording` (now or older), `learners`,
    `difficulty` (share right at the first try, 0 to 1: the usual index, high is easy) and
    `discrimination`: the item-rest correlation (-1 to 1), Pearson's r between right or wrong here
    and the share right in the learner's other questions (of present wording). The former is missing
    for fewer learners than `least`, the latter for fewer than twenty or where all answered alike. A
    question that the course no longer has is there if that many answered it.
    """
    answers = first(events, "quiz")
    answers = answers[answers["right"].notna()].assign(right=lambda rows: rows["right"].astype(int))
    answers["now"] = _as_worded_now(answers, hashes)
    sums = answers[answers["now"]].groupby("learner")["right"].agg(["sum", "count"])
    answers = answers.join(sums, on="learner").fillna({"sum": 0, "count": 0})
    # an answer to the present wording is itself in the learner's sum, so it is taken out again
    others = answers["count"] - answers["now"]
    left = answers["sum"] - answers["right"] * answers["now"]
    answers["rest"] = left / others.where(others > 0)
    groups = answers.groupby(["item", "text_hash"])
    named = {
        "now": ("now", "first"),
        "learners": ("right", "size"),
        "difficulty": ("right", "mean"),
    }
    frame = groups.agg(**named)
    frame["discrimination"] = [_item_rest_correlation(group) for _, group in groups]
    frame = frame.reset_index()
    # an item that is neither the course's nor answered by five may be somebody's own text
    was_asked = (frame["learners"] >= least) & frame["item"].str.fullmatch(ITEM_ID)
    frame = frame[frame["item"].isin(list(hashes)) | was_asked]
    frame.insert(1, "wording", np.where(frame.pop("now").astype(bool), "now", "older"))
    frame = frame.drop(columns="text_hash").sort_values(["item", "wording"], ignore_index=True)
    return without_few(frame, ["difficulty"], least)


def _as_worded_now(answers: pd.DataFrame, hashes: dict[str, str]) -> pd.Series:
    return answers["text_hash"] == answers["item"].map(hashes)


def _item_rest_correlation(group: pd.DataFrame) -> float:
    """Of the learners who answered other questions too."""
    both = group[["right", "rest"]].dropna().astype(float)
    if len(both) < LEAST_FOR_CORRELATION or (both.std() == 0).any():
        return np.nan
    return float(both["right"].corr(both["rest"]))


def wrong(
    events: pd.DataFrame, questions: list[Question], hashes: dict[str, str], least: int = LEAST
) -> pd.DataFrame:
    """The wrong option that most chose first: `item`, `chosen` [learners], `of`, `option`,
    `misconception`; the largest share first. Questions with one right option, as worded now, of at
    least `least` learners.
    """
    answers = first(events, "quiz")
    answers = answers[_as_worded_now(answers, hashes)].groupby("item")["answer"].agg(list)
    rows = []
    for question in questions:
        given = answers.get(question.id, [])
        if question.kind != "one" or len(given) < least:
            continue
        # of equals the one that stands first, since max keeps the first
        wrong = [option for option in question.options if not option.right]
        option = max(wrong, key=lambda option: given.count(option.id))
        if chosen := given.count(option.id):
            rows.append((question.id, chosen, len(given), option.text, option.misconception))
    rows.sort(key=lambda row: -row[1] / row[2])
    return pd.DataFrame(rows, columns=["item", "chosen", "of", "option", "misconception"])


def beliefs(
    events: pd.DataFrame, questions: list[Question], hashes: dict[str, str], least: int = LEAST
) -> pd.DataFrame:
    """Each misconception, added up over the questions that offer it; the most shared first.

    Returns `misconception`, `chosen` [learners who chose it at the first try, in any question],
    `learners` [who answered one that offers it], `share` [0 to 1] and `questions` [that offer it].
    """
    answers = first(events, "quiz")
    answers = answers[_as_worded_now(answers, hashes)]
    given = answers.groupby("item")[["learner", "answer"]].agg(list)
    held: dict[str, list[tuple[str, set[int], set[int]]]] = {}
    for question in questions:
        for option in question.options if question.id in given.index else ():
            if option.misconception:
                learners, choices = given.loc[question.id]
                both = zip(learners, choices, strict=True)
                chose = {learner for learner, choice in both if _has(choice, option.id)}
                belief = held.setdefault(option.misconception, [])
                belief.append((question.id, set(learners), chose))
    rows = []
    for name, groups in held.items():
        asked, chose = (set().union(*(group[place] for group in groups)) for place in (1, 2))
        count = len({group[0] for group in groups})
        rows.append((name, len(chose), len(asked), len(chose) / len(asked), count))
    columns = ["misconception", "chosen", "learners", "share", "questions"]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame[(frame["chosen"] > 0) & (frame["learners"] >= least)]
    by = ["share", "questions"]
    return frame.sort_values(by, ascending=False, kind="stable", ignore_index=True)


def _has(answer: Any, option: str) -> bool:
    """Whether an answer is, or holds, an option."""
    return answer == option or isinstance(answer, list) and option in answer


def predictions(events: pd.DataFrame, hashes: dict[str, str], least: int = LEAST) -> pd.DataFrame:
    """First predictions as worded now: `item`, `learners`, `came_true`, `confidence` [0, 1]."""
    frame = _stated(events, hashes).groupby("item", as_index=False)
    frame = frame.agg(
        learners=("right", "size"), came_true=("right", "mean"), confidence=("confidence", "mean")
    )
    return without_few(frame, ["came_true", "confidence"], least)


def calibration(events: pd.DataFrame, hashes: dict[str, str], least: int = LEAST) -> pd.DataFrame:
    """The class's first predictions by how sure they were: the bands of `brier`.

    Each with its `learners`; a band of fewer than `least` has its counts only.
    """
    answers = _stated(events, hashes)
    learners = answers["learner"].groupby(bands(answers["confidence"].to_numpy())).nunique()
    frame = brier(answers=answers).drop(columns=["n", "score", "unreliable", "resolved", "base"])
    frame.insert(2, "learners", learners.reindex(frame.index, fill_value=0))
    return without_few(frame, ["hits", "confidence", "rate", "rate_low", "rate_high"], least)


def _stated(events: pd.DataFrame, hashes: dict[str, str]) -> pd.DataFrame:
    """First predictions with an outcome and a confidence [0 to 1]; others were changed by hand."""
    answers = first(events, "predict")
    stated = [part(answer, "confidence") for answer in answers["answer"]]
    sure = [
        value / 100 if type(value) in (int, float) and 0 <= value <= 100 else np.nan
        for value in stated
    ]
    answers = answers.assign(confidence=np.array(sure, float))
    answers = answers[_as_worded_now(answers, hashes)].dropna(subset=["confidence", "right"])
    return answers.assign(right=answers["right"].astype(bool))


def part(answer: Any, name: str) -> Any:
    """A part of a kept answer; nothing if its line was changed by hand."""
    return answer.get(name) if isinstance(answer, dict) else None


def verdicts(
    events: pd.DataFrame, course: dict[str, str], hashes: dict[str, str], least: int = LEAST
) -> pd.DataFrame:
    """Last verdicts on each claim, the most disputed first.

    course: the course's verdict of each claim.

    Returns `claim`, `learners`, the share of each verdict, `as_course` [0 to 1] and `disagree`: the
    chance that two learners drawn from the class differ (Gini-Simpson, without replacement).
    """
    judged = last(events[_as_worded_now(events, hashes)], ["judge"])
    given = pd.Series([str(part(answer, "verdict")) for answer in judged["answer"]], dtype=object)
    names = list(VERDICTS)
    counted = pd.crosstab(judged["item"].to_numpy(), given.to_numpy())
    counted = counted.reindex(index=list(course), columns=names, fill_value=0)
    learners = counted.sum(axis=1)
    shares = counted.div(learners, axis=0)
    as_course = [shares.loc[claim].get(verdict, 0.0) for claim, verdict in course.items()]
    alike = (counted * (counted - 1)).sum(axis=1) / (learners * (learners - 1))  # of all pairs
    shares = shares.assign(as_course=as_course, disagree=1 - alike)
    frame = shares.rename_axis("claim").reset_index()
    frame.insert(1, "learners", learners.to_numpy())
    frame = without_few(frame, [*names, "as_course", "disagree"], least)
    return frame.sort_values("disagree", ascending=False, kind="stable", ignore_index=True)


def gain(
    events: pd.DataFrame, pairs: dict[str, str], hashes: dict[str, str], least: int = LEAST
) -> pd.DataFrame:
    """The starting questions and their partners: first answers of those who gave both.

    pairs: partner of each starting question.

    Returns `item`, `partner`, `learners`, `before` and `after` [share right], `better` and `worse`
    [learners]. A row of fewer than `least` has counts of learners only.
    """
    answers = first(events, "quiz")
    answers = answers[_as_worded_now(answers, hashes)]
    right = answers.pivot_table(index="learner", columns="item", values="right", aggfunc="first")
    rows = []
    for start, end in pairs.items():
        both = right.reindex(columns=[start, end]).dropna().astype(bool)
        before, after = both[start], both[end]
        moved = int((after & ~before).sum()), int((before & ~after).sum())
        rows.append((start, end, len(both), before.mean(), after.mean(), *moved))
    columns = ["item", "partner", "learners", "before", "after", "better", "worse"]
    return without_few(pd.DataFrame(rows, columns=columns), columns[3:], least)
