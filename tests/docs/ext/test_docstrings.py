"""Code in docstrings becomes links and literals, and constants are described."""

import pytest
from support.extras import required


@pytest.fixture
def docstrings():
    required("sphinx")
    import docstrings

    return docstrings


def test_constants_are_described_by_the_comments_on_them(docstrings):
    comment_on = docstrings.comment_on
    assert comment_on("gridemp.agents.POLICIES")[0] == (
        "Names of the policies that an `Agent` can follow."
    )
    assert comment_on("gridemp.analysis.CENTRALITIES")[0]
    assert comment_on("gridemp.logs.PREVIOUS")[0]


@pytest.mark.parametrize(
    ("code", "owner", "target"),
    [
        ("heatmap", "gridemp.agents.walk", "gridemp.heatmap"),
        ("gridemp.heatmap", "gridemp.World", "gridemp.heatmap"),
        ("World.from_maze", "gridemp.agents", "gridemp.World.from_maze"),
        ("walk", "gridemp.agents.Agent", "gridemp.agents.walk"),
        ("compute", "gridemp.agents.Agent", "gridemp.agents.Agent.compute"),
        ("compute", "gridemp.agents.walk", None),
        ("walk", "gridemp.World", None),
        ("EmpowermentMap.bits", "gridemp.World", None),
        ("EmpowermentMap.bitts", "gridemp.World", None),
        ("logs", "gridemp.World", None),
        ("gridemp.logs", "gridemp.World", "gridemp.logs"),
        (".png", "gridemp.World", None),
    ],
)
def test_code_becomes_a_link_if_the_reference_describes_it(docstrings, code, owner, target):
    link = f":py:obj:`{code} <{target}>`" if target else f"``{code}``"
    assert docstrings.marked(code, owner) == link


def test_only_code_in_single_backquotes_is_marked(docstrings):
    lines = ["`World` and ``World``, :class:`World`", ">>> `World`"]
    docstrings.describe(None, "function", "gridemp.heatmap", None, None, lines)
    assert lines == [
        ":py:obj:`World <gridemp.World>` and ``World``, :class:`World`",
        ">>> `World`",
    ]
