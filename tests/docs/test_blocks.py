"""Every block of code in the README and on the pages of the site runs, or says why it does not."""

import importlib.util
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from support.pages import PAGES, ROOT, Block, blocks, name_of, outside_blocks, read
from typer.testing import CliRunner

from gridemp.cli import app

EXTRAS = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]
RUN = ("sh", "python")
SHOWN = ("text", "json", "csv", "toml", "bibtex", "latex")  # blocks that only show something
SHELL = re.compile(r"[|<>$`]|^(for|done|if|fi|cd|while)\b|&&", re.MULTILINE)


def run_command(line: str, more_words: str = "") -> None:
    """Run one line that begins with `gridemp` as if it were typed."""
    words = shlex.split(line, comments=True) + shlex.split(more_words)
    result = CliRunner().invoke(app, words[1:])
    assert result.exit_code == 0, f"{line}\n{result.stderr}{result.exception or ''}"


def run_in_shell(text: str) -> None:
    """Run lines as a shell does, with the `gridemp` of this Python."""
    path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    code = f'set -euo pipefail\ngridemp() {{ {shlex.quote(sys.executable)} -m gridemp "$@"; }}\n'
    subprocess.run(
        ["bash", "-c", code + text],
        check=True,
        env={"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(Path.cwd())},
    )


def check_installed(line: str) -> None:
    """Raise an AssertionError if a line for pip names an extra that does not exist."""
    for names in re.findall(r"\.\[([\w,]+)\]", line):
        assert set(names.split(",")) <= set(EXTRAS), line


def check_module(line: str) -> None:
    """Raise an AssertionError if `python -m MODULE` or `python FILE` is not there."""
    words = shlex.split(line, comments=True)
    if words[1] == "-m":
        assert (ROOT / words[2].replace(".", "/")).exists() or importlib.util.find_spec(words[2]), (
            line
        )
    else:
        assert (ROOT / words[1]).is_file(), line


def run_sh(block: Block) -> None:
    """Run the lines of a block that are for a shell."""
    text = block.text.replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    if not any(line.startswith(("pip ", "python")) for line in lines) and SHELL.search(text):
        run_in_shell(text)
        return
    for line in lines:
        for part in line.split(" && "):
            if part.startswith("gridemp "):
                run_command(part, block.more_words)
            elif part.startswith("pip install"):
                check_installed(part)
            elif part.startswith("python"):
                check_module(part)
            else:
                assert part.strip() in ("pytest", ". .venv/bin/activate"), (
                    f"no rule how to test {part!r}"
                )


def run_page(page: Path) -> None:
    """Run the blocks of a page, in order and in one folder."""
    names = {"__name__": "page"}
    for block in blocks(read(page)):
        if block.not_run or block.kind not in RUN:
            continue
        if block.kind == "sh":
            run_sh(block)
        else:
            code = "\n" * block.line + block.text
            exec(compile(code, name_of(page), "exec"), names)


@pytest.fixture
def folder_with_mazes(folder):
    (folder / "mazes").symlink_to(ROOT / "mazes")
    return folder


def of_ci(page: Path) -> object:
    marks = [] if page.name == "README.md" else [pytest.mark.ci]
    return pytest.param(page, marks=marks, id=name_of(page))


WITH_CODE = [page for page in PAGES if any(b.kind in RUN for b in blocks(read(page)))]


@pytest.mark.slow
@pytest.mark.parametrize("page", [of_ci(page) for page in WITH_CODE])
def test_the_code_of_a_page_runs(page, folder_with_mazes, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    run_page(page)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_code_of_a_page_escapes(page):
    text = read(page)
    for block in blocks(text):
        assert block.kind in (*RUN, *SHOWN) or block.kind.startswith("{"), (block.line, block.kind)
        if block.mark:
            assert block.not_run or block.more_words, (block.line, block.mark)
    assert not re.search(
        r"^ {4,}(gridemp|pip|python3?|import|from|\$) ", outside_blocks(text), re.MULTILINE
    )
    if re.search(r"^```\{code-cell\}", text, re.MULTILINE):
        assert text.startswith("---\njupytext:\n"), "the build would not run its cells"


def test_blocks_are_found_with_their_marks():
    text = (
        "a\n```sh\nb\n```\n<!-- not run: needs a person -->\n```sh\nc\n```\n"
        "::::{tab-set}\n:::{tab-item} D\n```python\nd\n```\n:::\n::::\n"
        "- e\n  <!-- run with: --updates 2 -->\n  ```sh\n  f\n  ```\n"
    )
    found = blocks(text)
    assert [b.text for b in found] == ["b\n", "c\n", "d\n", "f\n"]
    assert [b.not_run for b in found] == [False, True, False, False]
    assert found[3].more_words == "--updates 2"
    assert text.splitlines()[found[2].line - 1 : found[2].line + 1]


@pytest.mark.parametrize(
    "line",
    [
        "gridemp heatmap room",
        "gridemp heatmap room --horizon 1 --colour red",
        'pip install ".[nothing]"',
        "python -m benchmarks.nothing",
        "make all",
    ],
)
def test_a_line_that_does_not_work_is_found(line, folder):
    with pytest.raises((AssertionError, ModuleNotFoundError)):
        run_sh(Block("sh", line + "\n"))


@pytest.mark.slow
def test_a_line_for_the_shell_runs_there(folder):
    run_sh(Block("sh", "gridemp mazes | grep room > room.txt\n"))
    assert "room" in (folder / "room.txt").read_text()
    with pytest.raises(subprocess.CalledProcessError):
        run_sh(Block("sh", "gridemp mazes | grep nothing\n"))


def test_every_kind_of_block_of_the_readme_is_tried():
    found = blocks(read(ROOT / "README.md"))
    assert {b.kind for b in found} >= {"sh", "python", "bibtex"}
