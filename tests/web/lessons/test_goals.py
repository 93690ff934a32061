"""Goals are conditions on facts that the page knows."""

import pytest
from support.lessons import changed, load

from gridemp import GridempError
from gridemp.web.lessons.goals import FACTS, comparisons

OLD = '{ fact = "built", at_least = 1 }'


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('fact = "mean", rises_by = 0.1', {"fact": "mean", "rises_by": 0.1}),
        ('fact = "mean", best = "open"', {"fact": "mean", "best": "open"}),
        (
            'fact = "bits", cell = [0, 10], at_most = 2',
            {"fact": "bits", "cell": [0, 10], "at_most": 2},
        ),
        (
            'fact = "outcomes", cell = "pinned", is = 36',
            {"fact": "outcomes", "cell": "pinned", "is": 36},
        ),
        ('fact = "horizon", at_least = 8', {"fact": "horizon", "at_least": 8}),
        ('fact = "torus", is = "xy"', {"fact": "torus", "is": "xy"}),
        ('fact = "stay", is = false', {"fact": "stay", "is": False}),
        ('fact = "built", is = 2', {"fact": "built", "is": 2}),
        ('fact = "agent", is = "brightest"', {"fact": "agent", "is": "brightest"}),
        ('fact = "pinned", is = [3, 4]', {"fact": "pinned", "is": [3, 4]}),
    ],
)
def test_a_condition_is_a_fact_and_what_it_is_compared_with(folder, condition, expected):
    lesson = load(folder, changed(OLD, f"{{ {condition} }}"))
    assert lesson["steps"][2]["goal"] == [expected]


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ('fact = "means", rises_by = 1', "'fact' cannot be 'means'; did you mean 'mean'?"),
        ("at_least = 1", "'fact' is missing; add it, a text in quotes"),
        ('fact = "mean"', "has exactly one of is, at_least, at_most, rises_by, falls_by, best"),
        ('fact = "mean", at_least = 1, at_most = 2', "a condition has exactly one of is, at_least"),
        ('fact = "mean", is = 3', "'mean' cannot have 'is'; use at_least or at_most or rises_by"),
        ('fact = "peak", best = "open"', "'peak' cannot have 'best'"),
        ('fact = "built", rises_by = 2', "'built' cannot have 'rises_by'; use is or at_least or"),
        ('fact = "sensor", at_least = "row"', "'sensor' cannot have 'at_least'; use is"),
        ('fact = "sensor", is = "rows"', "'sensor' cannot be 'rows'; did you mean 'row'?"),
        ('fact = "horizon", is = 30', "'horizon' must be from 1 to 20, not 30"),
        ('fact = "outcomes", at_least = 3', "'cell' is missing"),
        ('fact = "outcomes", cell = "peak", at_least = 3', "'cell' cannot be 'peak'; use 'pinned'"),
        ('fact = "outcomes", cell = [11, 0], is = 3', "'cell' is [11, 0], outside the maze"),
        ('fact = "outcomes", cell = [1, 0], is = 3.5', "'is' must be a whole number, not 3.5"),
        ('fact = "bits", cell = "agent", rises_by = 1', "'bits' cannot have 'rises_by'; use at_"),
        ('fact = "mean", falls_by = 0', "'falls_by' must be more than 0"),
        ('fact = "mean", at_least = -1', "'at_least' must be 0 or more"),
        ('fact = "mean", atmost = 1', "there is no 'atmost' here; did you mean 'at_most'?"),
        ('fact = "mean", best = "door"', "'best' cannot be 'door'; use 'open' or 'build'"),
        ('fact = "agent", is = "peak"', "'is' cannot be 'peak'; use 'brightest' or 'darkest'"),
        ('fact = "mean", cell = [1, 1], at_least = 1', "there is no 'cell' here"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_place(folder, condition, sentence):
    with pytest.raises(GridempError) as error:
        load(folder, changed(OLD, f"{{ {condition} }}"))
    assert str(error.value).startswith(f"{folder / 'corners.toml'}, step 3, condition 1: ")
    assert sentence in str(error.value)


def test_every_fact_can_be_compared_with_something():
    assert all(comparisons(fact) for fact in FACTS)
