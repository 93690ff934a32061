"""Formats of texts without a format name; texts in gridemp's own letters keep their meaning."""

import pytest
from hypothesis import given, settings
from support.command_line import run
from support.formats import assert_mistake
from support.mutations import assert_refused_or_read
from support.strategies import furnished
from support.texts import LAKE, LAYOUT, MAP, MICROBAN, MOUSE, TAXI, THIN

import gridemp
from gridemp import GridempError, Maze, MazeWarning, format_maze, parse_maze
from gridemp.mazes.bundled import bundled_mazes
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze

DRAWN = ("block", "d4rl", "box-drawing", "block-elements")
BOXOBAN = "; 0\n####\n#@ #\n#$.#\n####\n\n; 1\n#####\n#.$@#\n#####\n"


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("frozenlake", LAKE),
        ("frozenlake", LAKE.lower()),
        ("frozenlake", "; a lake\r\n\r\nSF\r\nHG  \r\n"),
        ("taxi", TAXI),
        ("movingai", MAP),
        ("pacman", LAYOUT),
        ("pacman", "%%%%%\n%P .%\n%%%%%"),
        ("d4rl", "###\\#O#\\###"),
        ("sokoban", MICROBAN),
        ("sokoban", BOXOBAN),
        ("sokoban", "#####\n#@$.#\n#####"),
        ("sokoban", "######\n#p-bo#\n######"),
        ("sokoban", "6#|#@-$.#|6#"),
        ("sokoban", "XXXXXX\nX@ $.X\nXXXXXX"),
        ("sokoban", "Corner\n\n####\n#@ #\n####"),
        ("sokoban", "Level 1\n\n#####\n#@$.#\n#####\n\nLevel 2\n\n#####\n#@ ##\n#####"),
    ],
)
def test_a_text_is_read_as_the_format_that_it_is_unmistakably_in(format, text):
    with pytest.warns(MazeWarning, match="^maze: read as a ") as caught:
        maze = parse_maze(text)
    assert len(caught) == 1
    assert maze == parse_maze(text, format=format)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("box-drawing", "┌─┬─┐\n│ │ │\n└─┴─┘"),
        ("block-elements", "█████\n█ █ █\n█████"),
        ("block-elements", "▓▓▓▓▓\n▓ . ▓\n▓▓▓▓▓"),
        ("underscore", " ___\n|_|_|"),
    ],
)
def test_a_drawing_is_read_without_a_word(format, text):
    reading = read_maze(text, "maze", None, Choices())
    assert (reading.maze, reading.warnings) == (parse_maze(text, format=format), ())


@pytest.mark.filterwarnings("default::gridemp.MazeWarning")
def test_standard_error_tells_the_format(tmp_path):
    path = tmp_path / "lake.txt"
    path.write_text(LAKE)
    told = f"gridemp: warning: {path}: read as a FrozenLake map, because its letters are "
    for command in (["values", path, "-n", 1], ["convert", path, "-"]):
        assert run(*map(str, command)).stderr.startswith(told)
    assert run("values", str(path), "-n", "1", "--format", "frozenlake").stderr == ""


def test_maps_of_gymnasium_are_known():
    lakes = pytest.importorskip("gymnasium.envs.toy_text.frozen_lake").MAPS
    taxi = pytest.importorskip("gymnasium.envs.toy_text.taxi").MAP
    for format, lines in [("taxi", taxi), *(("frozenlake", lake) for lake in lakes.values())]:
        text = "\n".join(lines)
        reading = read_maze(text, "maze", None, Choices())
        assert reading.maze == parse_maze(text, format=format)
        assert reading.said


def test_a_level_is_chosen_from_a_text_of_levels():
    with pytest.warns(MazeWarning, match="Sokoban"):
        maze = parse_maze(BOXOBAN, level=2)
    assert maze == Maze([[1, 1, 1]], objects={(0, 0): "G", (0, 1): "$", (0, 2): "S"})


@pytest.mark.parametrize(
    "text", [THIN, MOUSE, "SG", "GGG\nS.S", "#S$.#", "...\n...", "+-+\n| |\n+-+"]
)
def test_own_letters_have_their_own_meaning(text):
    reading = read_maze(text, "maze", None, Choices())
    assert reading.said == ()


@settings(max_examples=40)
@given(furnished(max_side=5))
def test_what_gridemp_writes_is_read_without_a_word(maze):
    reading = read_maze(format_maze(maze), "maze", None, Choices())
    assert (reading.maze, reading.warnings) == (maze, ())


@pytest.mark.parametrize("path", bundled_mazes().values(), ids=str)
def test_bundled_mazes_are_read_without_a_word(path):
    assert read_maze(path.read_bytes(), "maze", None, Choices()).warnings == ()


def test_a_text_with_two_meanings_is_refused_with_both():
    text = "; boxes\n######\n#@$..#\n######"
    sentence = (
        "this may be a Sokoban level or a maze with boxes on a floor of dots; set `format` to "
        "sokoban or block"
    )
    assert_mistake(text, 2, 1, sentence)
    goals = {(0, 0): "S", (0, 1): "$", (0, 2): "G", (0, 3): "G"}
    assert parse_maze(text, format="sokoban") == Maze([[1] * 4], objects=goals)
    with pytest.warns(MazeWarning, match="@ is read as S"):
        maze = parse_maze(text, format="block")
    assert maze == Maze([[1] * 4], objects={(0, 0): "S", (0, 1): "$"})
    with pytest.warns(MazeWarning, match="@ is read as S"):
        assert parse_maze(text, wall="#") == maze


@pytest.mark.parametrize(
    "text", ["#####\n#@..#\n#####", "#####\n#@ $#\n#####", "#####\n#@T$#\n#...#\n#####"]
)
def test_a_player_without_boxes_or_without_goals_is_in_a_maze_of_blocks(text):
    with pytest.warns(MazeWarning, match=r"^maze: @ is read as S \(the agent\)$"):
        assert parse_maze(text) == parse_maze(text.replace("@", "S"))


def test_a_mistake_in_another_format_names_the_format():
    sentence = "has 3 characters .*; this is read as a FrozenLake map, because its letters are "
    assert_mistake("SFFF\nFHF", 2, 4, sentence)
    assert_mistake(
        "+-+;+-+\n| | | |\n+-+;+-+", 1, 4, "there must be - .* or a space between two posts, not "
    )
    assert_mistake(" ___\n|_x|", 2, 3, "there must be .* here, not 'x'")
    with pytest.raises(GridempError, match="no level 3; set `level` to a number from 1 to 2"):
        parse_maze(BOXOBAN, level=3)


def test_a_letter_for_walls_rules_out_formats_that_have_none():
    layout = "%%%%%\n%P.G%\n%%%%%"
    with pytest.warns(MazeWarning, match="^maze: P is read as S"):
        maze = parse_maze(layout, wall="%")
    assert maze == gridemp.parse_maze("#####\n#S.G#\n#####")


def test_mutated_texts_are_read_or_refused():
    texts = [
        LAKE,
        LAKE.lower(),
        TAXI,
        MAP,
        LAYOUT,
        MICROBAN,
        BOXOBAN,
        THIN,
        "XXXX\nXA.X\nX.gX\nXXXX",
    ]
    texts += [format_maze(parse_maze("S.#\n..G"), format=format) for format in DRAWN]
    read, refused = assert_refused_or_read(texts, 400)
    assert min(read, refused) > 50
