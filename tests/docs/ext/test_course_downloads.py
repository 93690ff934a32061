"""The lessons of the course: their exercises can be solved, and their downloads tell nobody how."""

import ast
import re

import course_downloads as course
import pytest
from support.extras import required

LESSONS = course.lessons()
PICTURES = ("render.", "gridemp.heatmap(", "gridemp.interactive(", "Image(")


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request):
    required("jupytext")
    return course.read(request.param)


def exercises(notebook):
    """Index and pair of cells, solution and check, of each exercise."""
    cells = notebook.cells
    places = [i for i, cell in enumerate(cells) if "solution" in course.tags(cell)]
    return [(i, cells[i], cells[i + 1]) for i in places]


def without_pictures(source):
    """A cell without commands for the shell and without the picture that it ends in."""
    tree = course.parsed(source)
    if tree.body and ast.unparse(tree.body[-1]).startswith(PICTURES):
        del tree.body[-1]
    return compile(tree, "cell", "exec")


def lines(source):
    return {line.strip() for line in source.splitlines() if line.strip()}


def test_there_are_three_lessons():
    assert len(LESSONS) == 3


def test_each_exercise_has_a_text_a_solution_and_a_check(lesson):
    found = exercises(lesson)
    assert 5 <= len(found) <= 8
    assert sum("check" in course.tags(cell) for cell in lesson.cells) == len(found)
    texts = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    numbers = [f"Exercise {i + 1}" for i in range(len(found))]
    assert re.findall(r"^### (Exercise \d+)$", texts, re.MULTILINE) == numbers
    for number, (_, _, check) in zip(numbers, found, strict=True):
        assert "check" in course.tags(check)
        assert f"{number} is correct" in check.source
        tree = ast.parse(check.source)
        assert any(isinstance(node, ast.Assert) for node in ast.walk(tree))
        assert all(node.msg for node in ast.walk(tree) if isinstance(node, ast.Assert))


def test_notebooks_for_students_hold_no_solution(lesson):
    students = course.for_students(lesson)
    assert not any("solution" in course.tags(cell) for cell in students.cells)
    assert len(students.cells) == len(lesson.cells)
    for i, solution, _ in exercises(lesson):
        stub = students.cells[i].source
        assert stub
        for line in lines(stub):
            assert line.startswith(("def ", '"""', "... ")) or re.fullmatch(
                rf"\w+ = \.\.\.  {course.ANSWER}", line
            )
        kept = {line for line in lines(solution.source) if not line.startswith(("def ", '"""'))}
        assert not kept & lines(stub)
    text = "\n".join(cell.source for cell in students.cells)
    assert not [
        solution.source for _, solution, _ in exercises(lesson) if solution.source.strip() in text
    ]


def test_downloads_have_no_text_that_only_the_site_understands(lesson):
    for cell in lesson.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"^:::|\{(download|doc|ref|note|tip)\}|\]\(", cell.source)


@pytest.mark.slow
def test_checks_fail_until_the_exercise_is_solved(lesson, monkeypatch):
    from matplotlib import pyplot

    pyplot.switch_backend("agg")
    monkeypatch.setattr(pyplot, "show", lambda: pyplot.close("all"))
    students = course.for_students(lesson)
    names = {"__name__": "lesson"}
    check_of = {i + 1: i for i, _, _ in exercises(lesson)}
    for i, cell in enumerate(lesson.cells):
        if cell.cell_type != "code":
            continue
        if i in check_of:
            tried = dict(names)
            exec(students.cells[check_of[i]].source, tried)
            with pytest.raises(AssertionError):
                exec(cell.source, tried)
            exec(lesson.cells[check_of[i]].source, names)
            exec(cell.source, names)
        elif i + 1 not in check_of:
            exec(without_pictures(cell.source), names)


def test_a_stub_keeps_what_later_cells_use():
    solution = (
        "import math\nhelp = 3\na, b = help, 4\n"
        'def f(x, n=2):\n    """Return x."""\n    return x\n\nprint(a)'
    )
    assert course.stub(solution, {"a", "f", "print"}) == (
        f'a = ...  {course.ANSWER}\ndef f(x, n=2):\n    """Return x."""\n    ...  {course.CODE}'
    )


def test_a_stub_has_a_docstring_only_if_the_solution_has_one():
    solution = 'def bare(x):\n    return x\n\n\ndef told():\n    """Return one."""\n    return 1'
    assert course.stub(solution, {"bare", "told"}) == (
        f"def bare(x):\n    ...  {course.CODE}\n\n"
        f'def told():\n    """Return one."""\n    ...  {course.CODE}'
    )


def test_names_that_cells_need():
    cells = ["!gridemp mazes\n%time x\nprint(f'{y}')", "z = y", "print(z)"]
    assert course.names_needed(cells) == {"print", "y"}
