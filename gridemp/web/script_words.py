"""Words of JavaScript: the identifiers and keywords of a text, without its strings and comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(
    r"""
    (?P<blank>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<word>[A-Za-z_$][\w$]*)
    |(?P<number>\d[\w.]*)
    |(?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/\w*")  # a regular expression
TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(?P<end>`|\$\{)", re.DOTALL)
# A slash after one of these begins a regular expression; elsewhere it divides.
BEFORE_PATTERN = {*"(,=:[!&|?{};+-*%<>~^", "return", "typeof", "case", "in", "of", "await", ""}


@dataclass(frozen=True)
class Word:
    """An identifier or a keyword of a script.

    Attributes
    ----------
    text : str
        The word.
    start : int
        Its place in the script, in characters.
    outermost : bool
        True if it stands outside all braces.
    after : str
        The word or sign before it, "" if it is the first.
    """

    text: str
    start: int
    outermost: bool
    after: str


def words_of(script: str) -> Iterator[Word]:
    """Return the words of a script in order, among them those in the `${}` of templates."""
    braces: list[str] = []
    before = ""
    place = 0
    while place < len(script):
        match = TOKEN.match(script, place)
        assert match is not None  # as one of its parts takes any character
        if match["sign"] == "/" and before in BEFORE_PATTERN:
            match = PATTERN.match(script, place) or match
            before = ")"
            place = match.end()
            continue
        place, token = match.end(), match[0]
        if match["blank"]:
            continue
        if match["word"]:
            yield Word(token, match.start(), not braces, before)
        if token in ("{", "`"):
            braces.append(token)
        closed = braces.pop() if token == "}" and braces else ""
        if token == "`" or closed == "`":
            rest = TEMPLATE.match(script, place)
            if rest is None:
                raise ValueError("a template without its end")
            place = rest.end()
            if token != "`":
                braces.append("`")
            if rest["end"] == "`":
                braces.pop()
                token = ")"
        before = token if match["word"] or match["sign"] else ")"
