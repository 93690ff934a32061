"""Downloads of the course: two notebooks for each lesson, and pages that need no installation.

A lesson is a notebook page of `docs/course/`. Its cells have these tags:

- `solution`: the solution of an exercise, which the notebook for students replaces by a stub;
- `check`: the cell right after it, which fails until the exercise is solved;
- `site`: text that only the site shows, such as links to the downloads.

As a Sphinx extension, this module writes everything to `docs/_generated/` before pages are read.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

from generated import write_folder

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "docs" / "course"
NOTEBOOKS = ROOT / "docs" / "_generated" / "notebooks"
PAGES = ROOT / "docs" / "_generated" / "site" / "course" / "live"

# Words of `gridemp export` for each page
EXPORTS = {
    "klyubin.html": ["klyubin", "--horizon", "1..10"],
    "two-rooms.html": ["two-rooms", "--horizon", "1..10"],
    "klyubin-slip.html": ["klyubin", "--horizon", "1..4", "--slip", "0.1"],
}

ANSWER, CODE = "# your answer", "# your code"


def lessons() -> list[Path]:
    """Notebook pages of the course, in order."""
    return sorted(COURSE.glob("[0-9]-*.md"))


def read(lesson: Path) -> Any:
    """Return a lesson as a notebook, without the cells for the site and links to its pages."""
    import jupytext

    notebook = jupytext.read(lesson)
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"]}
    notebook.cells = [cell for cell in notebook.cells if "site" not in tags(cell)]
    for i, cell in enumerate(notebook.cells):
        cell.id = f"cell-{i}"  # jupytext makes random ones
        cell.metadata = {"tags": [tag for tag in tags(cell) if not tag.startswith("hide")]}
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\[([^]]+)\]\((?!http)[^)]+\)", r"\1", cell.source)
    return notebook


def for_students(notebook: Any) -> Any:
    """Return a copy of a lesson with a stub in place of each solution."""
    notebook = deepcopy(notebook)
    for i, cell in enumerate(notebook.cells):
        if "solution" in tags(cell):
            later = [after for after in notebook.cells[i + 1 :] if after.cell_type == "code"]
            kept = [after.source for after in later if "solution" not in tags(after)]
            cell.source = stub(cell.source, names_needed(kept))
            cell.metadata = {"tags": ["exercise"]}
    return notebook


def tags(cell: Any) -> list[str]:
    """Tags of a cell."""
    return list(cell.metadata.get("tags", []))


def parsed(source: str) -> ast.Module:
    """Syntax tree of a code cell, without its commands for the shell and for IPython."""
    return ast.parse(re.sub(r"^[!%].*", "", source, flags=re.MULTILINE))


def names_needed(sources: Iterable[str]) -> set[str]:
    """Names that code cells use before one of them gives them a value."""
    needed: set[str] = set()
    assigned: set[str] = set()
    for source in sources:
        names = [node for node in ast.walk(parsed(source)) if isinstance(node, ast.Name)]
        assigned |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
        needed |= {name.id for name in names} - assigned
    return needed


def stub(solution: str, used: Iterable[str]) -> str:
    """Return what a student starts from: variables without a value, functions without a body.

    Parameters
    ----------
    solution : str
        Source of the solution.
    used : iterable of str
        Names that later cells use; all others are left out.

    Returns
    -------
    str
    """
    used, parts = set(used), []
    for node in parsed(solution).body:
        if isinstance(node, ast.FunctionDef) and node.name in used:
            lines = [f"def {node.name}({ast.unparse(node.args)}):"]
            if docstring := ast.get_docstring(node):
                lines.append(f'    """{docstring}"""')
            parts.append("\n".join([*lines, f"    ...  {CODE}\n"]))
        elif isinstance(node, ast.Assign):
            stored = [name for target in node.targets for name in ast.walk(target)]
            parts += [
                f"{name.id} = ...  {ANSWER}"
                for name in stored
                if isinstance(name, ast.Name) and name.id in used
            ]
    return "\n".join(parts).strip()


def write_notebooks() -> None:
    """Write a notebook for students and one for instructors for each lesson."""
    import nbformat

    notebooks = {}
    for lesson in lessons():
        notebook = read(lesson)
        for kind, version in (("student", for_students(notebook)), ("instructor", notebook)):
            notebooks[f"{lesson.stem}-{kind}.ipynb"] = f"{nbformat.writes(version)}\n"
    write_folder(NOTEBOOKS, notebooks)


def export_pages() -> None:
    """Export the pages that are missing, or older than the code that makes them."""
    PAGES.mkdir(parents=True, exist_ok=True)
    sources = [Path(__file__), *(ROOT / "gridemp").rglob("*.*"), *(ROOT / "mazes").glob("*.txt")]
    newest = max(path.stat().st_mtime for path in sources if "__pycache__" not in path.parts)
    for name, words in EXPORTS.items():
        page = PAGES / name
        if not page.exists() or page.stat().st_mtime < newest:
            command = [sys.executable, "-m", "gridemp", "export", *words, "--output", str(page)]
            subprocess.run([*command, "--quiet"], check=True, cwd=ROOT)


def setup(app: Any) -> dict[str, bool]:
    """Write the downloads before Sphinx checks that the folders of its configuration exist."""
    write_notebooks()
    export_pages()
    return {"parallel_read_safe": True, "parallel_write_safe": True}
