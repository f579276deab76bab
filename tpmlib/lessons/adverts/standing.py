"""What stands: areas and duties by what the second study lets you say of them."""

from html import escape

import pandas as pd

from tpmlib.kit import figures
from tpmlib.kit.html import LEFT, folded, revealed, scrolled, table_html
from tpmlib.kit.inference import LEVEL, by_luck
from tpmlib.kit.panels.base import Shown
from tpmlib.kit.parts import table
from tpmlib.kit.words import choices, joined, say
from tpmlib.lessons.adverts.role_profile import spoken
from tpmlib.lessons.adverts.role_profile_picture import told

FAMILIES = {"areas": "areas", "duties": "default"}  # and the preset that counts each


def what_stands() -> Shown:
    """Four short lists of areas and duties; what cannot be told is counted, and folded."""
    frames = {name: figures.frame("role_profile", preset) for name, preset in FAMILIES.items()}
    text, lines = [say("stands.title")], []
    for pile, label in choices("stands.pile").items():
        cells = [_named(frame[frame["pile"] == pile], len(frame)) for frame in frames.values()]
        text.append(f"{label}: {'; '.join(', '.join(cell) for cell in cells)}")
        lines.append(f"<tr><th scope='row'{LEFT}>{label}</th>{''.join(map(_cell, cells))}</tr>")
    head = "".join(
        f"<th scope='col'{LEFT}>{name}</th>" for name in choices("stands.family").values()
    )
    page = f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    doubts = [_luck(frames["duties"].dropna(subset="tpm_count")), _without_repeats(frames)]
    text += doubts
    page = scrolled(say("stands.title"), page) + "".join(
        f"<p>{escape(doubt)}</p>" for doubt in doubts
    )
    page += folded(say("stands.sure"), _numbers(frames))
    return Shown("\n".join(text), revealed(say("stands.show"), say("stands.hide"), page))


def _named(rows: pd.DataFrame, total: int) -> list[str]:
    """Each row with its shares and word, the smallest p first; or how many cannot be told."""
    if len(rows) and rows["pile"].iloc[0] == "cannot_tell":
        return [say("stands.untold", n=len(rows), total=total)]
    return [
        say("stands.alike" if row["word"] == "alike" else "stands.row", **row)
        for _, row in rows.assign(word=rows["word"].map(spoken)).sort_values("p").iterrows()
    ] or [say("stands.none")]


def _luck(rows: pd.DataFrame) -> str:
    """How many rows have a small p, beside how many luck alone would give."""
    n, m = int(rows["tpm_n"].iloc[0]), int(rows["other_n"].iloc[0])
    small = (rows["p"] < LEVEL).sum()
    luck = by_luck((rows["tpm_count"] + rows["other_count"]).to_numpy(), n, m)
    told = {"n": small, "of": len(rows), "level": LEVEL, "luck": luck, "even": LEVEL * len(rows)}
    return say("stands.luck", **told)


def _without_repeats(frames: dict[str, pd.DataFrame]) -> str:
    """Which words hang on the adverts that had been in the first study as well."""
    lost: dict[str, list[str]] = {"clear": [], "hint": []}
    number = 0
    for name, frame in frames.items():
        rows = figures.frame("role_profile", FAMILIES[name], study="fresh").set_index("id")
        number = int(frame["tpm_n"].iloc[0] + frame["other_n"].iloc[0])
        number -= int(rows["tpm_n"].iloc[0] + rows["other_n"].iloc[0])
        for word, cut in (("clear", LEVEL / len(frame)), ("hint", LEVEL)):
            named = frame[frame["word"] == word]
            lost[word] += [
                row["name"] for _, row in named.iterrows() if rows.loc[row["id"], "p"] >= cut
            ]
    hints = sum((frame["word"] == "hint").sum() for frame in frames.values())
    told = {
        "n": number,
        "gone": len(lost["hint"]),
        "hints": hints,
        "names": joined("panel.both", lost["clear"]),
    }
    return say("stands.repeats", clear=len(lost["clear"]), **told)


def _cell(names: list[str]) -> str:
    return f"<td{LEFT}>{'<br>'.join(map(escape, names))}</td>"


def _numbers(frames: dict[str, pd.DataFrame]) -> str:
    """Counts, gap with its 90% interval, and p of every row."""
    rows = [frame[frame["word"] != "local"].sort_values("p") for frame in frames.values()]
    head, *lines = table(told(pd.concat(rows)), choices("stands.columns"))
    return table_html(head, lines)
