"""The maze, the settings and the controls of a lesson are checked."""

import pytest
from support.lessons import SMALL, changed, load

from gridemp import GridempError

WALL = "###\n#.#\n###"


def test_a_drawing_takes_the_name_of_the_lesson(folder):
    lesson = load(folder, changed('maze = "room"', 'drawing = """\n.T\n#.\n"""'))
    assert lesson["maze"]["name"] == "corners"
    assert lesson["maze"]["cells"] == [".T", "#."]


def test_settings_and_controls_are_those_of_the_file(folder):
    lesson = load(
        folder,
        changed(
            "horizon = 3",
            """horizon = 3
slip = 0.1
slip_kind = "perpendicular"
stay = false
torus = ""
numbers = "bits"
arrows = "plan"
policy = "plan"
range = [0, 6]
pin = [5, 5]
[controls]
horizon = [1, 2, 3]
slip = true
stay = false
sensor = ["state", "walls"]""",
        ),
    )
    assert lesson["settings"]["pin"] == [5, 5]
    assert lesson["settings"]["range"] == [0, 6]
    assert lesson["settings"]["torus"] == ""
    assert lesson["controls"] == {"horizon": [1, 2, 3], "slip": True, "sensor": ["state", "walls"]}


def test_later_steps_can_take_settings_back(folder):
    own = 'numbers = "bits"\narrows = "plan"\nrange = [0, 6]\npin = [5, 5]'
    controls = '\n[controls]\nnumbers = [false, "bits"]'
    none = 'numbers = false\narrows = ""\nrange = false\npin = false\n'
    text = changed("horizon = 3", own + controls) + "[steps.settings]\n" + none
    lesson = load(folder, text)
    assert lesson["settings"]["arrows"] == "plan"
    taken = dict.fromkeys(("numbers", "arrows", "range", "pin"))
    assert lesson["steps"][-1]["settings"] == taken
    assert lesson["controls"] == {"numbers": ["", "bits"]}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"room"', '"rom"', "there is no bundled maze 'rom'; did you mean 'room'?"),
        ('"room"', '"room"\ndrawing = "."', "there is a 'maze' and a 'drawing'; keep one of them"),
        ('maze = "room"', 'drawing = ".?"', "the drawing, line 1, column 2: '?' is not part of a"),
        (
            'maze = "room"',
            f'drawing = "{"." * 201}"',
            "the page takes mazes of up to 10,000 cells and 200 a side, and this one is 201 x 1",
        ),
        ("horizon = 3", "horizon = 21", "settings: 'horizon' must be from 1 to 20, not 21"),
        ("horizon = 3", "horizon = 2.5", "settings: 'horizon' must be a whole number, not 2.5"),
        ("horizon = 3", "slip = 0.6", "settings: 'slip' must be from 0 to 0.5, not 0.6"),
        ("horizon = 3", "slip = true", "settings: 'slip' must be a number, not true"),
        ("horizon = 3", 'sensor = "wals"', "'sensor' cannot be 'wals'; did you mean 'walls'?"),
        ("horizon = 3", "stay = 1", "settings: 'stay' must be true or false, not 1"),
        ("horizon = 3", "horizont = 3", "there is no 'horizont' here; did you mean 'horizon'?"),
        ("horizon = 3", "range = [6, 0]", "'range' must begin with the lowest colour"),
        ("horizon = 3", "pin = [11, 0]", "'pin' is [11, 0], outside the maze of 11 x 11 cells"),
        ("horizon = 3", "pin = [1]", "settings: 'pin' must be a cell [x, y], not [1]"),
        (
            "horizon = 3",
            'moves = "turn"\nslip = 0.1\nslip_kind = "perpendicular"',
            "perpendicular slip needs moves with a direction",
        ),
        (
            "horizon = 3",
            "horizon = 3\n[controls]\nhorizon = [1, 2]",
            "'horizon' is 3, which its control does not have",
        ),
        (
            "horizon = 3",
            'horizon = 3\n[controls]\nnumbers = ["bits", "outcomes"]',
            "'numbers' is false, which its control does not have",
        ),
        (
            "horizon = 3",
            "horizon = 3\n[controls]\nhorizon = [3, 3]",
            "controls: 'horizon' lists a value twice; remove one of them",
        ),
        (
            "horizon = 3",
            "horizon = 3\n[controls]\nslip = [0]",
            "controls: 'slip' must list two values or more, or be true for all",
        ),
        (
            "horizon = 3",
            "horizon = 3\n[controls]\nslip = [0, 2]",
            "controls, slip: 'slip' must be from 0 to 0.5, not 2",
        ),
        ("horizon = 3", "[controls]\nsize = true", "controls: there is no 'size' here"),
        ("[settings]", 'tools = ["wal"]\n[settings]', "'tools' has no 'wal'; did you mean 'wall'?"),
        ("[settings]", 'show = ["agents"]\n[settings]', "'show' has no 'agents'; did you mean "),
    ],
)
def test_a_mistake_is_one_sentence(folder, old, new, sentence):
    with pytest.raises(GridempError) as error:
        load(folder, changed(old, new))
    assert sentence in str(error.value)


def test_a_pin_is_not_on_a_solid_cell(folder):
    text = SMALL.replace('maze = "room"', 'drawing = ".#"').replace("horizon = 3", "pin = [1, 0]")
    with pytest.raises(GridempError, match=r"'pin' is \[1, 0\], a solid cell; choose one on the"):
        load(folder, text)
