"""A free text of the learner's own, and the points that it is compared with."""

import re
from dataclasses import dataclass

from tpmlib.kit.questions.items import Feedback, Item, text_hash
from tpmlib.kit.words import say

LONGEST_QUOTE = 60  # characters of a learner's text that are quoted back


@dataclass(frozen=True, kw_only=True)
class Point:
    """What a good free text may say.

    words: regular expressions to look for in the text, of which one is enough; without any the
        learner alone judges.   avoid: the words should be absent.
    found, missing: what is said when the words are there, and when they are not.
    """

    text: str
    words: tuple[str, ...] = ()
    avoid: bool = False
    found: str = ""
    missing: str = ""

    @property
    def id(self) -> str:
        """A tick is kept by the wording of its point, since it says no more than these words."""
        return text_hash({"text": self.text})

    def seek(self, text: str) -> Feedback:
        """Whether the words occur as they should, case aside; the text may be wrong even so."""
        matches = (re.search(words, text, re.IGNORECASE) for words in self.words)
        hit = next((match[0].strip() for match in matches if match and match[0].strip()), "")
        seen = say("reflect.seen", quote=" ".join(hit.split())[:LONGEST_QUOTE]) if hit else ""
        comment = self.found if hit else self.missing
        return Feedback(self.id, bool(hit) is not self.avoid, f"{seen} {comment}".strip())


@dataclass(frozen=True, kw_only=True)
class Reflection(Item):
    """A task for a free text, then a model answer.   rows: height of the field [lines]."""

    model_answer: str
    points: tuple[Point, ...]
    rows: int = 6
    facts: tuple[str, ...] = ()
