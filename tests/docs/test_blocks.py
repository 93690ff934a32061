"""Every block of code on a page runs and prints what the page shows, or says why it is not run."""

import ast
import re

import pytest
from support.page_runs import LANGUAGES, not_printed, output_shown, run_page, run_sh
from support.pages import (
    HOLDERS,
    NOT_RUN,
    PAGES,
    ROOT,
    Block,
    blocks,
    comment,
    directives,
    name_of,
    python_of,
    read,
    tokens,
)

SHOWN = ("text", "json", "bibtex", "latex", "toml")  # kinds of blocks that only show something
CELL = "{code-cell} python"  # is run by the build of the site
DIRECTIVES = {*HOLDERS, "code-cell", "eval-rst", "image", "include", "raw", "toctree"}
RST_CODE = re.compile(
    r"^ *\.\. (code|code-block|sourcecode|literalinclude)::|^(?! *\.\. ).*::$", re.MULTILINE
)
WITH_CODE = [page for page in PAGES if any(b.kind in LANGUAGES for b in blocks(read(page)))]


def of_ci(page):
    marks = [] if page.name == "README.md" else [pytest.mark.ci]
    return pytest.param(page, marks=marks, id=name_of(page))


def no_worlds(lessons):
    """No noisy worlds of lessons: they take half a minute, and have tests of their own."""
    return []


@pytest.fixture
def folder_with_mazes(folder, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setattr("gridemp.web.live_export.noisy_worlds", no_worlds)
    (folder / "mazes").symlink_to(ROOT / "mazes")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("page", [of_ci(page) for page in WITH_CODE])
def test_the_code_of_a_page_runs(page, folder_with_mazes):
    run_page(page)


def unseen_figures(text):
    """Last lines of cells that only name what they draw, so that the site does not show it."""
    cells = [python_of(block) for block in blocks(text) if block.kind == CELL]
    ends = [line for cell in cells for line in ast.parse(cell).body[-1:]]
    kept = [ast.unparse(end) for end in ends if isinstance(end, ast.Assign)]
    return [line for line in kept if re.search(r"= (gridemp\.)?(render|heatmap)\b", line)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_figures_of_cells_are_seen(page):
    assert unseen_figures(read(page)) == []


def test_a_figure_that_is_not_seen_is_found():
    cells = ("ax = render.draw_skills(1)", "render.panels(2)", "x = gridemp.empowerment(3)", "!ls")
    text = HEADER + "\n\n".join(f"```{CELL}\n{cell}\n```" for cell in cells)
    assert unseen_figures(text) == ["ax = render.draw_skills(1)"]


def check_that_no_code_escapes(text):
    """Raise an AssertionError if a page has code that neither the tests nor the build run."""
    found = blocks(text)
    for block in found:
        kinds = (*LANGUAGES, *SHOWN, CELL)
        assert block.kind in kinds or block.kind.startswith("{"), (block.line, block.kind)
        known = block.not_run or block.fails or block.more_words or block.file
        assert known or not block.mark, (block.line, block.mark)
        assert block.kind != "{eval-rst}" or not RST_CODE.search(block.text), block.line
        assert block.kind == CELL or not block.kind.startswith("{code-cell"), block.line
    assert directives(text) <= DIRECTIVES
    of_blocks = [block.mark for block in found if block.mark]
    assert [words for words in map(comment, tokens(text)) if words] == of_blocks
    for token in tokens(text):
        assert token.type != "code_block", "an indented block is not run"
        assert not token.type.startswith("html") or "<pre" not in token.content
        if token.type == "fence" and token.info == CELL:
            assert token.level == 0, "the build runs no cells in lists and quotes"
    if any(block.kind == CELL for block in found):
        assert text.startswith("---\njupytext:\n"), "the build would not run its cells"
        assert not re.search(r"skip-execution|raises-exception|execution_\w+:", text)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_code_of_a_page_escapes(page):
    check_that_no_code_escapes(read(page))


HEADER = "---\njupytext:\n---\n"


@pytest.mark.parametrize(
    "text",
    [
        "```{code-block} python\n1 / 0\n```",
        ":::{code-block} python\n1 / 0\n:::",
        "```{literalinclude} draw.py\n```",
        "~~~pycon\n1 / 0\n~~~",
        "```\ngridemp hetmap\n```",
        "Text:\n\n    gridemp hetmap\n",
        "<pre>gridemp hetmap</pre>",
        "```{eval-rst}\nText::\n\n   gridemp hetmap\n```",
        "```{eval-rst}\n.. code-block:: sh\n\n   gridemp hetmap\n```",
        "<!-- not run: it is wrong -->\n```sh\ngridemp hetmap\n```",
        "<!-- fails -->\n\nText between\n```sh\ngridemp hetmap\n```",
        "```{code-cell} python\n1 / 0\n```",
        HEADER + "- a\n  ```{code-cell} python\n  1 / 0\n  ```",
        HEADER + "```{code-cell} python\n:tags: [skip-execution]\n1 / 0\n```",
        HEADER + "```{code-cell} python\n---\ntags: [raises-exception]\n---\n1 / 0\n```",
        "---\njupytext:\nmystnb:\n  execution_mode: off\n---\n```{code-cell} python\n1 / 0\n```",
    ],
)
def test_code_that_would_escape_is_found(text):
    with pytest.raises(AssertionError):
        check_that_no_code_escapes(text)


def test_blocks_are_found_with_their_marks():
    text = (
        "a\n```sh\nb\n```\n<!-- not run: needs a GPU -->\n```sh\nc\n```\n"
        "::::{tab-set}\n:::{tab-item} D\n```python\nd\n```\n:::\n::::\n"
        "- e\n  <!-- run with: --updates 2 -->\n  ```sh\n  f\n  ```\n"
        "> ~~~python\n> g\n> ~~~\n\n"
        "````{note}\n```sh\nh\n```\n````\n"
    )
    found = blocks(text)
    assert [b.text for b in found] == ["b\n", "c\n", "d\n", "f\n", "g\n", "h\n"]
    assert [b.not_run for b in found] == [False, True, False, False, False, False]
    assert found[3].more_words == "--updates 2"
    for block in found:
        assert text.splitlines()[block.line].strip("> ") == block.text.strip()


def test_there_are_pages():
    assert len(PAGES) > 30
    assert not [page for page in PAGES if "generated" in name_of(page)]


def test_every_reason_is_needed():
    marks = {block.mark for page in PAGES for block in blocks(read(page))}
    assert marks >= NOT_RUN


@pytest.mark.parametrize(
    "line",
    [
        "gridemp heatmap room",
        "gridemp heatmap room --horizon 1 --colour red",
        "python -m gridemp heatmap room",
        "python -m benchmarks.nothing",
        "make all",
    ],
)
def test_a_line_that_does_not_work_is_found(line, folder):
    with pytest.raises((AssertionError, ModuleNotFoundError)):
        run_sh(Block("sh", line + "\n"))


@pytest.mark.slow
def test_a_line_for_the_shell_runs_there(folder):
    assert "room" in run_sh(Block("sh", "gridemp mazes | grep room\n"))
    assert run_sh(Block("sh", "printf '..' > a.txt\ncat < a.txt\n")) == ".."
    assert run_sh(Block("sh", "cat > b.txt << END\na\nEND\ncat b.txt\n")) == "a\n"
    run_sh(Block("sh", "gridemp mazes | grep nothing\n", mark="fails"))
    with pytest.raises(AssertionError):
        run_sh(Block("sh", "gridemp mazes | grep nothing\n"))


def test_a_command_that_fails_must_fail(folder):
    assert "hetmap" in run_sh(Block("sh", "gridemp values hetmap -n 1\n", mark="fails"))
    with pytest.raises(AssertionError):
        run_sh(Block("sh", "gridemp values room -n 1\n", mark="fails"))


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        ("a 1.5\nb\n", []),
        ("a ...\nc ...d\n", []),
        ("b\na 1.5\n", ["a 1.5"]),
        ("a 1.4\n", ["a 1.4"]),
        ("a 1\n", ["a 1"]),
    ],
)
def test_lines_that_were_not_printed_are_found(shown, missing):
    assert not_printed(shown, "a 1.5 \nb\nc 12d\n") == missing


def test_output_is_a_comment_on_print_or_a_text_in_the_same_section():
    text = (
        "```python\nprint(x)  # 1.5\nprint(y)  # the sum\n```\nThis is printed:\n```text\n2\n```\n"
        "```sh\ngridemp mazes\n```\n# Files\n```text\nmaze\n```\n"
    )
    python, two, command, maze = blocks(text)
    assert output_shown(python, two) == "1.5\n2\n"
    assert output_shown(command, maze) == ""


@pytest.mark.parametrize(
    "text",
    [
        "```python\nprint(2)  # 1...\n```",
        "```python\nprint(2)\n```\nThis prints:\n```text\n1\n```",
        "```sh\ngridemp mazes\n```\n\n```text\nno such maze\n```",
        '<!-- file: script.py -->\n```python\nprint("a")\n```\n'
        "```sh\npython script.py\n```\n```text\nb\n```",
    ],
)
def test_output_that_is_not_what_a_page_shows_is_found(text, folder, monkeypatch):
    monkeypatch.setattr("support.page_runs.read", lambda page: text)
    with pytest.raises(AssertionError, match="is not in what line"):
        run_page(ROOT / "page.md")
