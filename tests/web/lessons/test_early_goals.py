"""A goal that is reached before learners do anything is a mistake of the lesson."""

import pytest
from support.lessons import SMALL, load

from gridemp import GridempError

TASK = 'do = "Build a wall."\ngoal = [{ fact = "built", at_least = 1 }]'


def lesson(conditions, settings=""):
    """The text of the smallest lesson with other conditions and settings of its task."""
    goal = ", ".join(f"{{ {condition} }}" for condition in conditions)
    task = f'do = "Build a wall."\ngoal = [{goal}]\nsettings = {{ {settings} }}'
    assert SMALL.count(TASK) == 1
    return SMALL.replace(TASK, task)


# In the room, three steps lead to 10 cells from a corner and to 25 from the middle.
REACHED = [
    ("", 'fact = "built", is = 0'),
    ("", 'fact = "opened", at_most = 3'),
    ("", 'fact = "horizon", is = 3'),
    ("horizon = 4", 'fact = "horizon", at_least = 4'),
    ("", 'fact = "torus", is = ""'),
    ("", 'fact = "stay", is = true'),
    ("", 'fact = "outcomes", cell = [0, 0], is = 10'),
    ("", 'fact = "bits", cell = [5, 5], at_least = 4.6438'),
    ("", 'fact = "lowest", at_least = 3.321929'),  # log2 10 is 3.3219281 bits
    ("", 'fact = "peak", at_most = 4.65'),
    ("", 'fact = "mean", at_least = 3'),
    ("pin = [5, 5]", 'fact = "pinned", is = [5, 5]'),
    ("pin = [5, 5]", 'fact = "pinned", is = "brightest"'),
    ("pin = [0, 10]", 'fact = "pinned", is = "darkest"'),
    ("pin = [5, 5]", 'fact = "outcomes", cell = "pinned", at_least = 25'),
    ("slip = 0.1", 'fact = "bits", cell = [5, 5], at_most = 4'),
]
# Some of them can be met by what learners do, and some never.
NOT_REACHED = [
    ("", 'fact = "built", at_least = 1'),
    ("", 'fact = "horizon", at_most = 2'),
    ("", 'fact = "stay", is = false'),
    ("", 'fact = "outcomes", cell = [0, 0], is = 11'),
    ("", 'fact = "bits", cell = [5, 5], at_least = 4.65'),
    ("", 'fact = "lowest", at_least = 3.33'),
    ("", 'fact = "peak", at_most = 4.64'),
    ("", 'fact = "mean", at_most = 3'),
    ("", 'fact = "mean", falls_by = 0.00000001'),
    ("", 'fact = "mean", best = "open"'),
    ("", 'fact = "pinned", is = [5, 5]'),
    ("", 'fact = "outcomes", cell = "pinned", at_least = 0'),
    ("", 'fact = "bits", cell = "agent", at_least = 0'),
    ("", 'fact = "agent", is = "brightest"'),
    ("pin = [1, 5]", 'fact = "pinned", is = "brightest"'),
    ("slip = 0.1", 'fact = "outcomes", cell = [5, 5], at_least = 0'),
    ("slip = 0.1, horizon = 9", 'fact = "mean", at_least = 0'),  # would take long
    ("slip = 0.1, horizon = 20", 'fact = "mean", at_least = 0'),  # would not fit in memory
]


@pytest.mark.parametrize(("settings", "condition"), REACHED)
def test_a_goal_that_is_reached_at_the_start_is_refused(folder, settings, condition):
    with pytest.raises(GridempError) as error:
        load(folder, lesson([condition], settings))
    assert str(error.value) == (
        f"{folder / 'corners.toml'}, step 3: the goal is reached before learners do anything; "
        "change the goal, or begin the step with another maze or other settings"
    )
    load(folder, lesson([condition, 'fact = "agent", is = [5, 5]'], settings))


@pytest.mark.parametrize(("settings", "condition"), NOT_REACHED)
def test_a_goal_that_is_not_reached_at_the_start_is_accepted(folder, settings, condition):
    load(folder, lesson([condition], settings))


def test_the_maze_of_the_step_counts(folder):
    other = lesson(['fact = "outcomes", cell = [0, 0], is = 3'])
    load(folder, other)
    drawn = other.replace('do = "Build a wall."', 'do = "Build a wall."\ndrawing = "..\\n.."')
    with pytest.raises(GridempError, match="step 3: the goal is reached before learners do any"):
        load(folder, drawn.replace("settings = {  }", "settings = { horizon = 1 }"))
