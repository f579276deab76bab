"""Whether a text gives enough to say whose adverts it is worded like; the rules are data."""

import re
from typing import Any

from tpmlib.lessons.adverts.wording import wording


def withheld(text: str, rules: dict[str, Any], near: dict[str, float]) -> str:
    """Why nothing is said of a text, in one sentence; empty if its verdict can be given.

    rules: `verdict` of data/scenarios/adverts.yml.   near: a row of `read_advert`.
    """
    words = wording(text).words
    title = other_title(" ".join(words.split()[: rules["head"]]), **rules["titles"])
    all_words = re.findall(r"[^\W\d_]+", words) or [""]
    measures = {
        "english": sum(word in rules["english"] for word in all_words) / len(all_words),
        "own_title": int(not title),
        "product": len(_begins(rules["titles"]["own"] + rules["work"], words)),
        "duties": near["duties"],
        "score": abs(near["own"]),
    }
    for rule in rules["rules"]:
        if measures[rule["measure"]] < rule["least"]:
            return str(rule["says"].format(title=title, **{"counted": near["counted"]} | measures))
    return ""


def other_title(head: str, own: list[str], other: list[str]) -> str:
    """The title of another job that the first words name before any of a PM or a TPM, if one."""
    first = _begins(own + other, head)[:1]
    return "".join(first) if first != _begins(own, head)[:1] else ""


def _begins(phrases: list[str], words: str) -> list[str]:
    """The phrases in the order in which words begin with them."""
    return re.findall(rf"\b(?:{'|'.join(map(re.escape, phrases))})", words)
