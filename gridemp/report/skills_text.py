"""The skills of a cell in words, and as JSON."""

from typing import Any

from gridemp.engine.discounted_walks import CyclingWalk
from gridemp.engine.potential import Skills
from gridemp.report.json_records import place_facts, world_facts
from gridemp.report.rounding import rounded_up
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

MAX_TOLD = 8  # skills in a text


def describe_skills(world: World, skills: Skills) -> str:
    """Potential empowerment of a cell and its most probable skills, in lines."""
    told = [
        f"  {weight:.4f}: {_words(world, walk)}"
        for walk, weight in zip(skills.walks[:MAX_TOLD], skills.weights, strict=False)
    ]
    return "\n".join(
        [
            f"potential empowerment: {skills.bits:.4f} bits, certified to "
            f"{rounded_up(skills.gap)} bits",
            "most probable skills:",
            *told,
        ]
    )


def skills_facts(world: World, skills: Skills, heading: str) -> dict[str, Any]:
    """Potential empowerment of a cell and all of its skills, for JSON."""
    return {
        **world_facts(world, None, kind="potential", discount=skills.discount, shown=heading),
        **_place(world, skills.walks[0].states[0]),
        "empowerment": skills.bits,
        "gap": skills.gap,
        "skills": [
            {
                "probability": weight,
                "way": [_place(world, state) for state in walk.states[: walk.tail]],
                "cycle": [_place(world, state) for state in walk.states[walk.tail :]],
            }
            for walk, weight in zip(skills.walks, skills.weights.tolist(), strict=True)
        ],
    }


def _words(world: World, walk: CyclingWalk) -> str:
    """A walk in words: the number of steps, and the cells where it stays or goes round."""
    places = [f"{_xy(world, state)}{heading_words(world, state)}" for state in walk.states]
    cycle = list(dict.fromkeys(places[walk.tail :]))
    stay = "stay in" if len(cycle) == 1 else "go round"
    steps = f"in {walk.tail} step{'s' * (walk.tail != 1)}, then " if walk.tail else ""
    return f"{steps}{stay} {', '.join(cycle)}"


def heading_words(world: World, state: int) -> str:
    """Heading of the agent in a state, as words after its cell; empty if it has none."""
    return "" if world.heading is None else f" facing {HEADINGS[world.heading[state]]}"


def _place(world: World, state: int) -> dict[str, Any]:
    """Cell of a state, and its heading if there is one, for JSON."""
    heading = {} if world.heading is None else {"heading": HEADINGS[world.heading[state]]}
    return {**place_facts(_xy(world, state)), **heading}


def _xy(world: World, state: int) -> tuple[int, int]:
    x, y = world.maze.xy(*world.maze.cells[world.cell[state]].tolist())
    return int(x), int(y)
