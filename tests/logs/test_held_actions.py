import numpy as np

from gridemp.logs import Columns
from gridemp.logs.held_actions import held_actions


def test_keys_and_categories_are_held():
    log = Columns(
        "log",
        4,
        {"left": np.array([0.0, 1.0, 0.3, 0.0])},
        {
            "fire": (("False", "True"), np.array([0, 0, 1, 0])),
            "gear": (("2", "1"), np.array([0, 1, 1, 0])),
        },
    )
    names, held = held_actions(log, ["left", "gear", "fire"])
    assert names == ("left", "gear=1", "gear=2", "fire", "none")
    assert held.astype(int).tolist() == [
        [0, 0, 1, 0, 1],
        [1, 1, 0, 0, 0],
        [1, 1, 0, 1, 0],
        [0, 0, 1, 0, 1],
    ]


def test_without_keys_none_is_no_action():
    log = Columns("log", 2, {}, {"action": (("left", "right"), np.array([0, 1]))})
    names, held = held_actions(log, ["action"])
    assert names == ("action=left", "action=right")
    assert held.tolist() == [[True, False], [False, True]]
