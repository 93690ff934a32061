"""Running the blocks of code of a page, and comparing what they print with what the page shows."""

import contextlib
import importlib.util
import io
import re
import shlex
import subprocess
import sys
import warnings
from pathlib import Path

from support.command_line import run
from support.pages import ROOT, Block, blocks, name_of, read

from gridemp import MazeWarning

LANGUAGES = ("sh", "python")  # kinds of blocks that are run
SHELL = re.compile(r"[|<>$`]|&&")
LINES_OF_ONE = re.compile(r"[$`]|<<|^(for|done|if|fi|cd|while)\b", re.MULTILINE)  # of one program
UNTRIED = ("pip install ", "pytest", ". .venv/bin/activate")  # lines that a test cannot run
# A value in the comment after a call of print
VALUE = re.compile(r"^ *print\(.+\)  # ([-\d\[('].*)$", re.MULTILINE)


def run_command(words: list[str], *, fails: bool = False) -> str:
    """Run a command of gridemp as if it were typed, and return what it prints."""
    with warnings.catch_warnings():
        warnings.simplefilter("default", MazeWarning)  # is printed, as in a terminal
        result = run(*words)
    assert result.exit_code == int(fails), f"{words}\n{result.output}{result.exception or ''}"
    return result.output


def run_in_shell(text: str, *, fails: bool = False) -> str:
    """Run lines as a shell does, with the `gridemp` of this Python; return what they print."""
    path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    code = f'set -euo pipefail\ngridemp() {{ {shlex.quote(sys.executable)} -m gridemp "$@"; }}\n'
    result = subprocess.run(
        ["bash", "-c", code + text],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(Path.cwd())},
    )
    assert result.returncode == int(fails), f"{text}\n{result.stdout}"
    return result.stdout


def check_program(words: list[str]) -> None:
    """Raise an AssertionError if `python -m MODULE` or `python FILE` is not in the repository."""
    if words[1] == "-m":
        there = (ROOT / words[2].replace(".", "/")).exists() or importlib.util.find_spec(words[2])
    else:
        there = (ROOT / words[1]).is_file()
    assert there, words


def run_line(line: str, block: Block) -> str:
    """Run one line for a shell, in this process if it is a command of gridemp."""
    if line.startswith(UNTRIED):
        return ""
    if SHELL.search(line):
        return run_in_shell(line + "\n", fails=block.fails)
    words = shlex.split(line, comments=True)
    if words[:3] == ["python", "-m", "gridemp"]:
        words = words[2:]
    if words[0] == "gridemp":
        return run_command(words[1:] + shlex.split(block.more_words), fails=block.fails)
    if words[0] == "python" and not Path(words[1]).is_file():
        check_program(words)
    else:
        return run_in_shell(line, fails=block.fails)
    return ""


def run_sh(block: Block) -> str:
    """Run the lines of a block for a shell, and return what they print."""
    text = block.text.replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    if LINES_OF_ONE.search(text) and not any(part in text for part in UNTRIED):
        return run_in_shell(text, fails=block.fails)
    parts = [part.strip() for line in lines for part in line.split(" && ")]
    return "".join(run_line(part, block) for part in parts)


def run_python(block: Block, names: dict[str, object], title: str) -> str:
    """Run a block of Python, and return what it prints."""
    code = "\n" * block.line + block.text
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, title, "exec"), names)
    return printed.getvalue()


def not_printed(shown: str, printed: str) -> list[str]:
    """Lines shown that were not printed, in this order; `...` stands for anything in a line."""
    rest = iter(printed.splitlines())

    def is_next(line: str) -> bool:
        pattern = re.compile(".*".join(map(re.escape, line.rstrip().split("..."))))
        return any(pattern.fullmatch(other.rstrip()) for other in rest)

    return [line for line in shown.splitlines() if not is_next(line)]


def output_shown(block: Block, following: Block | None) -> str:
    """The output of a block that its page shows: comments on prints, and a text after prose."""
    shown = "".join(f"{value}\n" for value in VALUE.findall(block.text))
    if following and following.kind in ("text", "json") and following.section == block.section:
        shown += following.text
    return shown


def run_page(page: Path) -> None:
    """Run the blocks of a page in order, in the working folder, and compare their output."""
    names: dict[str, object] = {"__name__": "page"}
    found = blocks(read(page))
    for block, following in zip(found, [*found[1:], None], strict=True):
        if block.file:
            Path(block.file).write_text(block.text, encoding="utf-8")
        elif block.kind in LANGUAGES and not block.not_run:
            if block.kind == "sh":
                printed = run_sh(block)
            else:
                printed = run_python(block, names, name_of(page))
            missing = not_printed(output_shown(block, following), printed)
            assert not missing, f"{missing} is not in what line {block.line} prints:\n{printed}"
