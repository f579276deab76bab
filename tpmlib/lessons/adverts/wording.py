"""A pasted text as plain words: whatever its source put between, around or instead of letters.

Web pages, Word and PDF break words with characters that nobody sees, write hyphens in eight ways
and spell signs as entities. Each plain character keeps the place in the text that it came from.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, zero widths, byte order mark
HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
PLAIN = str.maketrans(dict.fromkeys(HIDDEN) | dict.fromkeys(HYPHENS, "-"))
# No part can begin anew within itself, so that the time grows with the length alone
PIECE = re.compile(
    r"(?P<nothing>\u00ad[^\S\n]*+\n\s*+|</?(?:a|b|em|i|mark|small|span|strong|u|wbr)\b[^<>]*+>)"
    r"|(?P<space><(?:script|style)\b[^<>]*+>[^<]*+|<[/!]?[a-z][^<>]*+>)"
    rf"|(?P<line_end>(?<=[^\W\d_])[-{HYPHENS}][^\S\n]*+\n\s*+(?=[^\W\d_]))"
    r"|(?P<entity>&(?:#?[a-z0-9]{2,31});)"
    r"|.",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Wording:
    """The plain words in lower case, and where in the text each of their characters stands."""

    words: str
    starts: list[int]
    ends: list[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that these plain characters came from."""
        return self.starts[start], self.ends[end - 1]


def wording(text: str, line_end: str = "-") -> Wording:
    """`text` in lower case, single spaces between its words, without tags.

    line_end: what a hyphen at the end of a line stands for: itself, or nothing.
    """
    words: list[str] = []
    starts, ends = [], []
    for piece in PIECE.finditer(text):
        for letter in _plain(piece, line_end):
            letter = " " if letter.isspace() else letter
            if letter != " " or words[-1:] != [" "]:
                words.append(letter)
                starts.append(piece.start())
                ends.append(piece.end())
    return Wording("".join(words), starts, ends)


def wordings(text: str) -> list[Wording]:
    """Both ways to read a hyphen at the end of a line: `go-to-` keeps it, `commu-` does not."""
    kept = wording(text)
    return [kept] if kept.words == (joined := wording(text, "")).words else [kept, joined]


def _plain(piece: re.Match[str], line_end: str) -> str:
    replaced = {"nothing": "", "space": " ", "line_end": line_end}
    if piece.lastgroup in replaced:
        return replaced[piece.lastgroup]
    letters = html.unescape(piece[0]) if piece.lastgroup else piece[0]
    return unicodedata.normalize("NFKC", letters.translate(PLAIN)).translate(PLAIN).lower()
