"""The README and the pages of the site as text, and the fenced blocks in them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
BUILT = ("_build", "generated")  # folders of what the site's build writes
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(p for p in sorted((ROOT / "docs").rglob("*.md")) if not set(BUILT) & set(p.parts)),
]
FENCE = re.compile(
    r"(?:<!-- (?P<mark>[^>]*?) -->\n+)?"
    r"^(?P<indent> *)(?P<fence>`{3,}|:{3,})(?P<kind>[^\n`]*)\n"
    r"(?P<text>.*?)^(?P=indent)(?P=fence)[ ]*$",
    re.MULTILINE | re.DOTALL,
)
NESTED = re.compile(r"^:::|^\{(?:tab|card|grid|dropdown|note|tip|warning|admonition)", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    kind: str  # word after the fence, such as `sh` or `{code-cell} python`
    text: str
    mark: str = ""  # text of the comment on the line before it
    line: int = 0

    @property
    def not_run(self) -> bool:
        """The block is marked as one that a test cannot run."""
        return self.mark.startswith("not run: ") and len(self.mark) > len("not run: ")

    @property
    def more_words(self) -> str:
        """Options to add to its commands when they are tested."""
        return self.mark.removeprefix("run with: ") if self.mark.startswith("run with: ") else ""


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page, also those that stand in other ones."""
    found = []
    for match in FENCE.finditer(text):
        kind, inner = match["kind"].strip(), match["text"]
        line = text.count("\n", 0, match.start("fence")) + 1
        if match["fence"][0] == ":" or (kind.startswith("{") and NESTED.match(kind)):
            found += [Block(b.kind, b.text, b.mark, line + b.line) for b in blocks(inner)]
        else:
            indent = len(match["indent"])
            lines = [row[indent:] for row in inner.splitlines()]
            found.append(Block(kind, "\n".join(lines) + "\n", match["mark"] or "", line))
    return found


def outside_blocks(text: str) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^ *(`{3,})[^\n]*\n.*?^ *\1 *$", "", text, flags=re.MULTILINE | re.DOTALL)


def read(page: Path) -> str:
    """The text of a page."""
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    """The path of a page in the repository."""
    return page.relative_to(ROOT).as_posix()
