"""The counts behind a card or a duty, in words."""

from typing import Any

from tpmlib.kit import content, figures
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.role_profile import ROLE_NAMES


def rows(rule: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each responsibility's pile and reason, by the yardstick."""
    table = figures.frame(rule["model"], rule.get("preset", "default"))
    names = content.table("responsibilities").set_index("responsibility_id")
    by_id = {}
    for row in table.to_dict("records"):
        local = row["word"] == "local"
        by_id[row["id"]] = {
            "name": row["name"],
            "help": names["does"].get(row["id"], ""),
            "pile": None if local else row[rule["column"]],
            "why": say("adverts.own_row") if local else reason(row),
        }
    return by_id


def reason(row: dict[str, Any]) -> str:
    """The shares of one row, and what they let you say; short enough for a card."""
    places = {"other": ROLE_NAMES[row["compare"]], "word": row["word"] or "none"}
    return say("adverts.reason", **{**row, **places})
