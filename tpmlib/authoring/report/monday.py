"""The first page of a class report: what to do with it in the next meeting."""

import pandas as pd

from tpmlib.authoring.report.counts import LEAST_FOR_CORRELATION

BELIEFS, CLAIMS = 3, 2  # as many as a meeting has room for
TELLS_NOTHING = 0.1  # item-rest correlation below which a question is worth reading again (assumed)


def monday(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`do`, `text` and `why`: beliefs to begin with, claims to argue about, a question to drop.

    frames: as `frames_of` has them, with `text` and `belief`.   What too few answered is absent.
    """
    rows = []
    for row in frames["beliefs"].head(BELIEFS).itertuples():
        where = f"in {row.questions} questions" if row.questions > 1 else "in one question"
        chose = f"{row.chosen} of the {row.learners} who were asked chose it"
        rows.append(("Begin with this belief", row.belief, f"{chose} at the first try, {where}."))
    for row in frames["verdicts"].dropna(subset=["disagree"]).head(CLAIMS).itertuples():
        differ = f"two of them differ with a chance of {row.disagree:.0%}"
        why = f"{row.learners} have judged it; {differ}."
        rows.append(("Let two sides argue", f"{row.claim} {row.text}", why))
    rows.append(("Drop or reword this question", *_dropped(frames["items"])))
    return pd.DataFrame(rows, columns=["do", "text", "why"])


def _dropped(items: pd.DataFrame) -> tuple[str, str]:
    """The question that tells least apart, and why; a dash where none can be named."""
    now = items[items["wording"] == "now"].dropna(subset=["discrimination"])
    if now.empty:
        needed = f"It takes {LEAST_FOR_CORRELATION} learners"
        return "none can be named", f"{needed} to see which question tells nothing apart."
    worst = now.loc[now["discrimination"].idxmin()]
    figure = worst["discrimination"]
    if figure >= TELLS_NOTHING:
        return "none", f"Each tells learners apart; the least by {figure:.2f} (from -1 to 1)."
    apart = "do no better in it" if figure > -TELLS_NOTHING else "do worse in it"
    why = f"Those who know more {apart}: its correlation with the rest is {figure:z.2f}."
    return f"{worst['item']}: {worst['text']}", why
