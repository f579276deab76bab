"""The counts behind a card or a duty, in words."""

from typing import Any

from tpmlib.kit import content, figures
from tpmlib.lessons.adverts.role_profile import p_text


def rows(rule: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each responsibility's pile and reason, by the yardstick."""
    table = figures.frame(rule["model"], rule.get("preset", "default"))
    names = content.table("responsibilities").set_index("responsibility_id")
    found = {}
    for row in table.to_dict("records"):
        local = row["word"] == "local"
        found[row["id"]] = {
            "name": row["name"],
            "help": names["does"].get(row["id"], ""),
            "pile": None if local else row[rule["column"]],
            "why": "No count: a row of your own." if local else reason(row),
        }
    return found


def reason(row: dict[str, Any]) -> str:
    """The counts, 90% intervals and p of one row, short enough for a card."""
    return (
        f"{row['tpm_count']:.0f} of {row['tpm_n']:.0f} TPM adverts "
        f"({row['tpm_low']:.0%} to {row['tpm_high']:.0%}), {row['other_count']:.0f} of "
        f"{row['other_n']:.0f} PM ({row['other_low']:.0%} to {row['other_high']:.0%}), "
        f"p = {p_text(row['p'])}: {row['word']}"
    )
