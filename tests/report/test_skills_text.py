"""Skills in words, and as JSON."""

import numpy as np

import gridemp
from gridemp import World, parse_maze
from gridemp.engine.discounted_walks import CyclingWalk
from gridemp.engine.potential import Skills
from gridemp.report.skills_text import MAX_TOLD, describe_skills, skills_facts

CORRIDOR = World.from_maze(parse_maze("...."))
SKILLS = Skills(
    1.5,
    1e-7,
    (CyclingWalk((1,), 0), CyclingWalk((1, 2, 3), 2), CyclingWalk((1, 0), 0)),
    np.array([0.5, 0.3, 0.2]),
    0.9,
)


def test_skills_in_words():
    assert describe_skills(CORRIDOR, SKILLS).splitlines() == [
        "potential empowerment: 1.5000 bits, certified to 1e-07 bits",
        "most probable skills:",
        "  0.5000: stay in (1, 0)",
        "  0.3000: in 2 steps, then stay in (3, 0)",
        "  0.2000: go round (1, 0), (0, 0)",
    ]
    many = Skills(1.5, 1e-7, SKILLS.walks * 5, np.full(15, 1 / 15), 0.9)
    assert len(describe_skills(CORRIDOR, many).splitlines()) == MAX_TOLD + 2


def test_skills_as_facts():
    facts = skills_facts(CORRIDOR, SKILLS, "best")
    assert (facts["kind"], facts["discount"], facts["x"], facts["y"]) == ("potential", 0.9, 1, 0)
    assert facts["skills"][1] == {
        "probability": 0.3,
        "way": [{"x": 1, "y": 0}, {"x": 2, "y": 0}],
        "cycle": [{"x": 3, "y": 0}],
    }


def test_headings_are_named():
    turning = World.from_maze(parse_maze("..."), moves="turn")
    skills = gridemp.analysis.cell_skills(turning, 1, 0, 0.8)
    facts = skills_facts(turning, skills, "best")
    assert facts["heading"] in ("east", "west")
    assert set(facts["skills"][0]["cycle"][0]) == {"x", "y", "heading"}
    assert "stay in (1, 0) facing" in describe_skills(turning, skills)
