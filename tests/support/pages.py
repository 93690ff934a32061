"""The README and the pages of the site as text, and the blocks and inline code in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
# Folders that the build of the site writes
BUILT = [
    ROOT / "docs" / folder
    for folder in (
        "_build",
        "_generated",
        "gallery",
        "reference/api/generated",
        "reference/command-line",
    )
]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *(
        page
        for page in sorted((ROOT / "docs").rglob("*.md"))
        if not any(page.is_relative_to(folder) for folder in BUILT)
    ),
]
# Directives that hold text with blocks of its own
HOLDERS = {
    *("admonition", "card", "dropdown", "grid", "grid-item", "grid-item-card", "note"),
    *("tab-item", "tab-set", "tip", "warning"),
}
# Reasons for which the tests may leave out a block
NOT_RUN = {
    "not run: needs a GPU",
    "not run: needs a cluster",
    "not run: needs a log of your own",
    "not run: needs a person at the keyboard",
    "not run: needs a running explorer",
    "not run: opens a page in the browser until you press Ctrl-C",
}
PARSER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    kind: str  # words after the fence, such as `sh` or `{code-cell} python`
    text: str
    mark: str = ""  # text of the comment right before it
    line: int = 0
    section: int = 0  # number of headings before it

    @property
    def not_run(self) -> bool:
        """The block is marked as one that a test cannot run."""
        return self.mark in NOT_RUN

    @property
    def fails(self) -> bool:
        """The block is marked as a command that ends with an error."""
        return self.mark == "fails"

    @property
    def more_words(self) -> str:
        """Options to add to its commands when they are tested."""
        return self.mark.removeprefix("run with: ") if self.mark.startswith("run with: ") else ""

    @property
    def file(self) -> str:
        """Name of the file that the reader is to write the block to."""
        return self.mark.removeprefix("file: ") if self.mark.startswith("file: ") else ""


def directive(kind: str) -> str:
    """Name of the directive that a fence opens, or nothing."""
    match = re.match(r"\{([\w-]+)\}", kind)
    return match[1] if match else ""


def python_of(block: Block) -> str:
    """Python of a block, without the options and the commands of a notebook cell."""
    return re.sub(r"\A---\n(?:.*\n)*?---\n|^%%[\s\S]*|^[:!%].*", "", block.text, flags=re.MULTILINE)


def tokens(text: str, first_line: int = 0) -> Iterator[Token]:
    """The tokens of Markdown, also of the text in directives such as `{note}`."""
    for token in PARSER.parse(text):
        if token.map:
            token.map = [line + first_line for line in token.map]
        yield token
        if token.type == "fence" and directive(token.info) in HOLDERS:
            yield from tokens(token.content, token.map[0] + 1)


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page, but for directives that hold text."""
    found, mark, section = [], "", 0
    for token in tokens(text):
        section += token.type == "heading_open"
        if token.type == "fence" and directive(token.info) not in HOLDERS:
            line = token.map[0] + 1
            found.append(Block(token.info.strip(), token.content, mark, line, section))
        mark = comment(token)
    return found


def comment(token: Token) -> str:
    """The text of a comment, or nothing if a token is none."""
    match = re.fullmatch(r"\s*<!-- (.*) -->\s*", token.content)
    return match[1] if match and token.type == "html_block" else ""


def inline_code(text: str) -> list[str]:
    """What a page has in backticks."""
    children = [child for token in tokens(text) for child in token.children or []]
    return [child.content for child in children if child.type == "code_inline"]


def directives(text: str) -> set[str]:
    """Names of the directives on a page, those with colons too."""
    fences = {directive(token.info) for token in tokens(text) if token.type == "fence"}
    prose = "\n".join(token.content for token in tokens(text) if token.type == "inline")
    return (fences | set(re.findall(r"^:{3,} *\{([\w-]+)\}", prose, re.MULTILINE))) - {""}


def links(text: str) -> list[str]:
    """Targets of the links and pictures of a page."""
    found = []
    for token in tokens(text):
        for each in [token, *(token.children or [])]:
            if each.type.startswith("html"):
                found += re.findall(r'(?:src|srcset|href)="([^"]+)"', each.content)
            else:
                found += [each.attrs[name] for name in ("src", "href") if name in each.attrs]
    return found


def read(page: Path) -> str:
    """The text of a page."""
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    """The path of a page in the repository."""
    return page.relative_to(ROOT).as_posix()
