import pytest
from support.mutations import assert_refused_or_read

from gridemp import GridempError, Maze, MazeError, load_maze
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze

GAME = """\
Version: "0.1"
Environment:
  Name: Cows
  Player:
    AvatarObject: farmer  # the one who moves
  Levels:
    - |
      W W W W
      W a1/g . W
      W b c W

      W W W W
    - |-
      WWWW
      W.aW
      WWWW
  Observers: {}
Actions:
  - Name: move
Objects:
  - Name: wall
    MapCharacter: W
  - MapCharacter: 'a'
    Variables:
      - Name: health
    Name: farmer
  - Name: box
    MapCharacter: "b"
  - Name: cow
    MapCharacter: c # moo
  - Name: grass
    MapCharacter: g
"""
LEGEND = "g=floor,c=fixed box"


def read(level=1, legend=LEGEND, text=GAME):
    return read_maze(text, "maze", "griddly", Choices(level, legend=legend))


def test_the_names_of_objects_and_a_legend_explain_the_characters():
    reading = read()
    objects = {(0, 0): "S", (1, 0): "$", (1, 1): "B"}
    assert reading.maze == Maze([[1, 1], [1, 1]], objects=objects)
    assert reading.said == (
        "read as a game of Griddly: 'wall' is wall, 'farmer' is the start, 'box' is a box",
    )


def test_levels_are_chosen_by_number(tmp_path):
    path = tmp_path / "cows.yaml"
    path.write_text(GAME)
    with pytest.warns(UserWarning, match="'wall' is wall, 'farmer' is the start"):
        maze = load_maze(path, level=2)
    with pytest.warns(UserWarning, match="'box' is a box"):
        assert load_maze(path, legend=LEGEND) == read().maze
    assert maze == Maze([[1, 1]], objects={(0, 1): "S"})
    with pytest.raises(GridempError, match="there is no level 3; set `level` to a number from 1"):
        read(3)


def test_a_legend_comes_before_names():
    assert read(2, "W=floor,a=wall").maze.shape == (3, 4)
    assert read(2, "W=floor,a=wall").said == ()


@pytest.mark.parametrize(
    ("text", "legend", "line", "column", "sentence"),
    [
        (GAME, "g=floor", 10, 11, "`legend` does not explain 'c', the object 'cow'; add c= and"),
        (
            GAME,
            "g=ice,c=ice",
            9,
            9,
            "the cell 'a1/g' holds several objects, but gridemp allows one",
        ),
        (GAME.replace("W b c W", "W b ? W"), LEGEND, 10, 11, r"does not explain '\?'; add"),
        (GAME.replace("W b c W", "W b c"), LEGEND, 10, 10, "this line has 3 characters"),
        ("a: 1\nLevels: []", None, None, None, "this YAML contains no Griddly level"),
    ],
)
def test_errors_name_line_and_column(text, legend, line, column, sentence):
    with pytest.raises(MazeError, match=sentence) as caught:
        read(1, legend, text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_mutated_games_are_read_or_refused():
    choices = Choices(legend=LEGEND)
    read_count, refused = assert_refused_or_read([GAME], 500, "griddly", choices)
    assert read_count
    assert refused
