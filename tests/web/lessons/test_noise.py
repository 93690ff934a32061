"""The noisy worlds of lessons are those that learners can come to."""

from support.lessons import changed, load

from gridemp.web.lessons import bundled_lessons
from gridemp.web.lessons.noise import noisy_worlds


def found(lessons):
    return {
        (world["maze"]["name"], world["slip"], world["horizon"]) for world in noisy_worlds(lessons)
    }


def test_the_lesson_on_noise_has_a_grid_of_slips():
    lessons = bundled_lessons()
    (noise,) = [lesson for lesson in lessons if lesson["name"] == "noise"]
    assert found([noise]) == {("noise", slip, 3) for slip in (0.1, 0.2, 0.3, 0.4, 0.5)}
    assert found([lesson for lesson in lessons if lesson is not noise]) <= set()


def test_settings_and_controls_of_steps_count(folder):
    lesson = load(
        folder,
        changed("horizon = 3", "horizon = 3\nslip = 0.1\nmoves = 'king'")
        + """
[[steps]]
check = "Less noise."
[steps.settings]
slip = 0
horizon = 2
[[steps]]
check = "More noise."
maze = "tunnel"
[steps.settings]
slip = 0.2
[steps.controls]
horizon = [1, 2, 4]
slip = true
stay = true
[[steps]]
check = "Fewer steps."
[steps.settings]
horizon = 1
""",
    )
    assert found([lesson]) == {("room", 0.1, 3), ("tunnel", 0.2, 4)}
    assert {world["moves"] for world in noisy_worlds([lesson])} == {"king"}


def test_impossible_ways_to_slip_are_left_out(folder):
    controls = """
[controls]
slip = [0, 0.1]
slip_kind = ["uniform", "perpendicular"]
moves = ["nesw", "turn"]
"""
    lesson = load(folder, changed("horizon = 3", "horizon = 3" + controls))
    ways = [(world["moves"], world["slip_kind"]) for world in noisy_worlds([lesson])]
    assert ways == [("nesw", "uniform"), ("turn", "uniform"), ("nesw", "perpendicular")]
