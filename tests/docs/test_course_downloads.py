"""Stubs in the notebooks for students."""

import course_downloads


def test_a_stub_has_a_docstring_only_if_the_solution_has_one():
    solution = 'def bare(x):\n    return x\n\n\ndef told():\n    """Return one."""\n    return 1'
    assert course_downloads.stub(solution, {"bare", "told"}) == (
        f"def bare(x):\n    ...  {course_downloads.CODE}\n\n"
        f'def told():\n    """Return one."""\n    ...  {course_downloads.CODE}'
    )
