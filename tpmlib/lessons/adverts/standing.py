"""What stands: areas and duties by what the second study lets you say of them."""

from html import escape

import pandas as pd

from tpmlib.kit import figures
from tpmlib.kit.html import LEFT, folded, scrolled, table_html
from tpmlib.kit.inference import LEVEL, by_luck
from tpmlib.kit.panels.base import Shown
from tpmlib.lessons.adverts.role_profile import p_text

PILES = {
    "tpm": "More in TPM adverts",
    "other": "More in PM adverts",
    "alike": "Alike",
    "cannot_tell": "Cannot tell",
}
FAMILIES = {"Areas": "areas", "Duties": "default"}  # and the preset that counts each


def what_stands() -> Shown:
    """Four short lists of areas and duties; what cannot be told is counted, and folded."""
    frames = {name: figures.frame("role_profile", preset) for name, preset in FAMILIES.items()}
    text, lines = ["What stands"], []
    for pile, label in PILES.items():
        cells = [_named(frame[frame["pile"] == pile], len(frame)) for frame in frames.values()]
        text.append(f"{label}: {'; '.join(', '.join(cell) for cell in cells)}")
        lines.append(f"<tr><th scope='row'{LEFT}>{label}</th>{''.join(map(_cell, cells))}</tr>")
    head = "".join(f"<th scope='col'{LEFT}>{name}</th>" for name in FAMILIES)
    page = f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    doubts = [_luck(frames["Duties"].dropna(subset="tpm_count")), _without_repeats(frames)]
    text += doubts
    page = scrolled("What stands", page) + "".join(f"<p>{escape(doubt)}</p>" for doubt in doubts)
    page += folded("How sure?", _numbers(frames))
    return Shown("\n".join(text), folded("Show the four lists", page, "tpm-reveal"))


def _named(rows: pd.DataFrame, total: int) -> list[str]:
    """Each row with its shares and word, the smallest p first; or how many cannot be told."""
    if len(rows) and rows["pile"].iloc[0] == "cannot_tell":
        return [f"{len(rows)} of {total}"]
    return [
        f"{row['name']}: {row['tpm_rate']:.0%} and {row['other_rate']:.0%}"
        + (f" ({row['word']})" if row["word"] != "alike" else "")
        for _, row in rows.sort_values("p").iterrows()
    ] or ["none"]


def _luck(rows: pd.DataFrame) -> str:
    """How many rows have a small p, beside how many luck alone would give."""
    n, m = int(rows["tpm_n"].iloc[0]), int(rows["other_n"].iloc[0])
    small = (rows["p"] < LEVEL).sum()
    luck = by_luck((rows["tpm_count"] + rows["other_count"]).to_numpy(), n, m)
    return (
        f"{small} of the {len(rows)} duties, the clear and the hints, have a p under {LEVEL:g}. "
        f"Luck alone would make about {luck:.0f} of these, not {LEVEL * len(rows):.0f} (1 in 20), "
        "because a duty that few adverts name can hardly reach so small a p."
    )


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
    gone = " and ".join(lost["clear"]) or "Nothing"
    return (
        f"{number} of these adverts had been in the first study as well. Without them p is larger: "
        f"{gone} would no longer pass as clear, and {len(lost['hint'])} of {hints} hints, areas "
        "too, would go."
    )


def _cell(names: list[str]) -> str:
    return f"<td{LEFT}>{'<br>'.join(map(escape, names))}</td>"


def _numbers(frames: dict[str, pd.DataFrame]) -> str:
    """Counts, gap with its 90% interval, and p of every row."""
    head = ["Row", "TPM", "PM", "Gap (90%)", "p", "Says"]
    lines = [
        [
            row["name"],
            f"{row['tpm_count']:.0f} of {row['tpm_n']:.0f}",
            f"{row['other_count']:.0f} of {row['other_n']:.0f}",
            f"{100 * row['difference']:+.0f} ({100 * row['difference_low']:+.0f} to "
            f"{100 * row['difference_high']:+.0f})",
            p_text(row["p"]),
            row["word"],
        ]
        for frame in frames.values()
        for _, row in frame[frame["word"] != "local"].sort_values("p").iterrows()
    ]
    return table_html(head, lines)
