import gymnasium
import numpy as np
import pytest
from support.command_line import assert_refused, files, run
from support.extras import required
from support.pictures import with_blocks

import gridemp
from gridemp.engine.given_source import information_map
from gridemp.report.tables import rows
from gridemp.worlds.environments.name import make_world


@pytest.mark.slow
def test_world_options_reach_the_world():
    def first(*options):
        return run("values", "room", "--horizon", 1, *options).stdout.splitlines()[1]

    assert first() == f"0,0,{np.log2(3)},0.0"
    assert first("--no-stay") == first()  # in a corner a blocked move stays
    assert first("--moves", "king") == "0,0,2.0,0.0"
    assert first("--slip", 0.5) != first()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "conditions"),
    [
        (["--torus"], {"torus": "xy"}),
        (["--torus-x"], {"torus": "x"}),
        (["--torus-y"], {"torus": "y"}),
        (["--sensor", "column"], {"sensor": "column"}),
        (
            ["--slip", 0.3, "--slip-kind", "perpendicular"],
            {"slip": 0.3, "slip_kind": "perpendicular"},
        ),
        (["--moves", "turn"], {"moves": "turn"}),
        (["--moves", "turn", "--hands"], {"moves": "turn", "hands": True}),
        (
            ["--moves", "turn", "--hands", "--holding", "b"],
            {"moves": "turn", "hands": True, "holding": "b"},
        ),
    ],
)
def test_every_world_option_reaches_the_world(options, conditions):
    text = "....\n.#$.\n.b..\n"
    world = gridemp.World.from_maze(gridemp.parse_maze(text), **conditions)
    emap = gridemp.empowerment(world, 2).one_per_cell()
    printed = run("values", "-", "--horizon", 2, *options, text=text).stdout
    found = [float(line.split(",")[2]) for line in printed.splitlines()[1:]]
    assert found == [bits for _, _, bits, _ in rows(emap)]
    assert printed != run("values", "-", "--horizon", 2, text=text).stdout


def test_the_heading_that_is_asked_for_is_shown():
    facing = {
        which: run("values", "room", "-n", 1, "--moves", "turn", "--heading", which).stdout
        for which in ("best", "mean", "north", "east", "south", "west")
    }
    # In the lower left corner a step forward is open to the north and to the east alone.
    first = {which: text.splitlines()[1].split(",")[2] for which, text in facing.items()}
    assert [first[which] for which in ("north", "east", "best")] == ["2.0"] * 3
    assert [first[which] for which in ("south", "west")] == [str(np.log2(3))] * 2
    assert float(first["mean"]) == pytest.approx((2 + np.log2(3)) / 2)
    assert "use one of best, mean" in run("values", "room", "-n", 1, "--heading", "north").stderr


def test_a_level_of_a_sokoban_file(empty_folder):
    (empty_folder / "two.xsb").write_text("####\n#@ #\n####\n\n  ####\n###@.#\n# $  #\n######\n")
    assert len(run("values", "two.xsb", "-n", 1).stdout.splitlines()) == 1 + 2
    assert len(run("values", "two.xsb", "-n", 1, "--level", 2).stdout.splitlines()) == 1 + 6
    assert (
        "set --level to a number from 1 to 2, the levels of this text"
        in run("values", "two.xsb", "-n", 1, "--level", 3).stderr
    )
    assert "the format block has no levels" in run("values", "room", "-n", 1, "--level", 2).stderr


def test_a_level_is_chosen_by_its_title(empty_folder):
    (empty_folder / "two.xsb").write_text(
        "; One\n####\n#@ #\n####\n; Two\n####\n#@.#\n# $#\n####\n"
    )
    assert len(run("values", "two.xsb", "-n", 1, "--level", "two").stdout.splitlines()) == 1 + 4
    assert "did you mean 'Two'?" in run("values", "two.xsb", "-n", 1, "--level", "Tow").stderr


@pytest.mark.filterwarnings("always::gridemp.MazeWarning")
def test_the_cells_and_walls_of_a_picture_can_be_chosen(empty_folder):
    with_blocks([[1, 1, 1, 1], [1, 0, 0, 1], [1, 1, 1, 1]], 6).save("maze.png")
    one_step = run("values", "maze.png", "-n", 1)
    assert one_step.stdout.splitlines()[1:] == ["1,1,1.0,0.0", "2,1,1.0,0.0"]
    assert "warning: maze.png: found 4 x 3 cells of 6 pixels" in one_step.stderr
    assert "set --wall to change this" in one_step.stderr
    options = "--cell-size", 3, "--wall", "light"
    assert len(run("values", "maze.png", "-n", 1, *options).stdout.splitlines()) == 1 + 4 * 10
    result = run("values", "maze.png", "-n", 1, "--cell-size", 0)
    assert_refused(result, "--cell-size must be a whole number, 1 or more, not 0")
    assert_refused(run("values", "room", "-n", 1, "--cell-size", 4), "--cell-size does not apply")


def test_a_legend_explains_the_characters_of_a_text():
    legend = ["--legend", "w=wall,A=start"]
    assert run("values", "-", "-n", 1, *legend, text="ww\nwA\n").stdout.splitlines()[1:] == [
        "1,0,0.0,0.0"
    ]
    assert "standard input, line 2, column 2: --legend does not explain '.'; add .= and" in (
        run("values", "-", "-n", 1, *legend, text="ww\nw.\n").stderr
    )


@pytest.mark.slow
def test_a_gymnasium_environment_is_a_maze(empty_folder):
    drawn = run("heatmap", "gym:FrozenLake-v1", "--horizon", 4)
    assert drawn.stdout.startswith("figures/FrozenLake-v1-h4.png\npeak: x = 2, y = 3, 0.94 bits")
    cells = run("values", "gym:FrozenLake-v1?is_slippery=False", "-n", 3).stdout.splitlines()[1:]
    assert len(cells) == 16
    assert f"{max(float(cell.split(',')[2]) for cell in cells):.3f}" == "3.907"
    assert "leave out --torus-x" in run("values", "gym:FrozenLake-v1", "-n", 1, "--torus-x").stderr
    assert "leave out --no-stay" in run("values", "gym:FrozenLake-v1", "-n", 1, "--no-stay").stderr
    assert "continuous" in run("values", "gym:CartPole-v1", "-n", 1).stderr
    chance = run("values", "gym:FrozenLake-v1?map_name=None", "-n", 1)
    assert "is a different world each time it is made; choose one" in chance.stderr
    assert run("heatmap", "gym:FrozenLake-v1?is_slippery=%00", "-n", 1).exit_code == 0
    assert "figures/FrozenLake-v1-slippery-h1.png" in files(empty_folder)


@pytest.mark.slow
def test_a_minigrid_environment_is_a_maze(empty_folder):
    required("minigrid")
    drawn = run("heatmap", "gym:minigrid:MiniGrid-LavaGapS5-v0?seed=0", "-n", 4)
    assert drawn.stdout.startswith(
        "figures/MiniGrid-LavaGapS5-v0-seed-0-h4.png\npeak: x = 0, y = 0"
    )
    env = gymnasium.make("MiniGrid-LavaGapS5-v0")
    env.reset(seed=0)
    expected = gridemp.empowerment(gridemp.from_minigrid(env), 4).peak
    assert f"{expected.bits:.2f} bits, {expected.outcomes} outcomes" in drawn.stdout
    walk = run("walk", "gym:MiniGrid-DoorKey-5x5-v0?seed=0", "-n", 2, "--steps", 4)
    assert "start: (0, 0)" in walk.stdout
    room = run("values", "gym:MiniGrid-Empty-Random-5x5-v0", "-n", 1)
    assert room.exit_code == 0  # only the place of the agent is random
    assert "S" in str(make_world("MiniGrid-Empty-5x5-v0").maze)
    assert "S" not in str(make_world("MiniGrid-Empty-Random-5x5-v0").maze)
    chance = run("values", "gym:MiniGrid-LavaGapS5-v0", "-n", 1)
    assert chance.stderr.endswith("as in gym:MiniGrid-LavaGapS5-v0?seed=0\n")
    babyai = run("values", "gym:BabyAI-GoToObj-v0?seed=2", "-n", 1)
    assert babyai.exit_code == 0


@pytest.mark.slow
@pytest.mark.filterwarnings("default::gridemp.EstimateWarning")
def test_an_estimate_is_called_one(empty_folder):
    result = run("values", "gym:Blackjack-v1?seed=1", "-n", 1, "--output", "cards.json")
    assert (
        "warning: Blackjack-v1 draws random numbers, so its world is an estimate" in result.stderr
    )
    assert "noise estimated from 100 samples" in (empty_folder / "cards.json").read_text()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--horizon", "1,x"], "must be a whole number, not 'x'"),
        (["--horizon", "3..1"], "a larger end"),
        (["--horizon", 2, "--slip", "0..0.3"], "a step if steps of 1 miss the end"),
    ],
)
def test_lists_that_are_none_are_refused(empty_folder, words, sentence):
    assert_refused(run("heatmap", "room", *words), sentence)
    assert files(empty_folder) == []


@pytest.mark.slow
def test_a_given_source_reaches_the_map():
    result = run("values", "klyubin", "--horizon", "2", "--source", "uniform")
    lines = result.stdout.splitlines()
    assert lines[0] == "x,y,information,gap"
    emap = information_map(gridemp.World.from_maze(gridemp.load_maze("klyubin")), 2)
    assert lines[1:] == [",".join(map(str, row)) for row in rows(emap)]
    result = run("heatmap", "klyubin", "--horizon", "2", "--source", "2,1,1,1,0")
    assert result.stdout.splitlines()[0] == "figures/klyubin-h2-source-2-1-1-1-0.png"
    result = run("diff", "klyubin", "--horizon", "2", "--source-b", "uniform")
    assert result.stdout.splitlines()[0] == "figures/klyubin-h2-uniform-difference.png"
    low, high = (
        result.stdout.splitlines()[1].split(" bits")[0].removeprefix("difference: ").split(" to ")
    )
    assert float(low) < float(high) <= 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["heatmap", "room", "--source", "uniform", "--bounds"], "leave out --source"),
        (
            ["heatmap", "room", "--source", "unifrom"],
            "--source must be optimal, uniform or 5 weights",
        ),
        (["heatmap", "room", "--source", "1,1"], "(north, east, south, west, stay)"),
        (["heatmap", "room", "--source", "1,1,1,1,-1"], "0 or more"),
        (["heatmap", "room", "--source", "0,0,0,0,0"], "--source must be"),
        (["heatmap", "room", "--source", "nan,1,1,1,1"], "--source must be"),
        (["cell", "room", "5", "5", "--source", "uniform"], "leave out --source"),
        (["sensitivity", "room", "--source", "uniform"], "leave out --source"),
        (["export", "room", "--source", "uniform"], "leave out --source"),
    ],
)
def test_a_source_that_is_none_or_has_no_effect_is_refused(empty_folder, words, sentence):
    assert_refused(run(*words, "--horizon", 2), sentence)
    assert files(empty_folder) == []


def test_bounds_of_a_source_are_refused_before_the_time_is_announced():
    words = ("klyubin", "-n", 11, "--slip", 0.1, "--source", "uniform", "--bounds")
    sentence = "bounds are only for the optimal source; leave out --source"
    result = run("values", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"gridemp: {sentence}\n"


@pytest.mark.slow
@pytest.mark.parametrize("slip", ["10%", "10 %", "0.1"])
def test_a_slip_in_percent_is_a_fraction(empty_folder, slip):
    result = run("heatmap", "klyubin", "-n", 1, "--slip", slip)
    assert result.exit_code == 0, result.stderr
    assert files(empty_folder) == ["figures/klyubin-h1-slip0.1.png"]
    assert "conditions: slip 0.1\n" in run("info", "figures/klyubin-h1-slip0.1.png").stdout


@pytest.mark.slow
def test_lists_and_ranges_of_slips_in_percent(empty_folder):
    (empty_folder / "m.txt").write_text("...\n.#.\n")
    expected = run("heatmap", "m.txt", "-n", 1, "--slip", "0,0.05,0.1", "-o", "a.png").stdout
    for slip in ("0%,5%,10%", "0..10%:5%", "0,5%,0.1"):
        result = run("heatmap", "m.txt", "-n", 1, "--slip", slip, "-o", "a.png")
        assert result.stdout == expected, result.stderr
    difference = run("diff", "m.txt", "-n", 1, "--slip-b", "10%").stdout
    assert difference == run("diff", "m.txt", "-n", 1, "--slip-b", "0.1").stdout


@pytest.mark.slow
def test_a_decimal_comma_makes_two_panels_and_says_so(empty_folder):
    (empty_folder / "m.txt").write_text("..\n")
    result = run("heatmap", "m.txt", "-n", 1, "--slip", "0,1", "-o", "a.png")
    assert result.exit_code == 0
    assert result.stdout.count("peak") == 2
    assert result.stderr == (
        "gridemp: --slip 0,1 is a list of two values, 0 and 1; for a single one write 0.1\n"
    )
    assert run("heatmap", "m.txt", "-n", 1, "--slip", "0,0.1", "-o", "a.png").stderr == ""
    assert run("heatmap", "m.txt", "-n", 1, "--slip", "0,1%", "-o", "a.png").stderr == (
        "gridemp: --slip 0,1% is a list of two values, 0 and 0.01; for a single one write 0.1%\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["heatmap", "klyubin", "-n", 1, "--slip", "0,05"], "at most 1; write 0.05"),
        (["cell", "klyubin", 0, 0, "-n", 1, "--slip", "0,1"], "not '0,1'; write 0.1"),
        (["cell", "klyubin", 0, 0, "-n", 1, "--slip", "2,5%"], "not '2,5%'; write 2.5%"),
        (["animate", "room", "-n", 1, "--over", "horizon", "--slip", "0,500%"], "write 0.500%"),
        (["make", "--kind", "braided", "--size", "5x5", "--braid", "0,5"], "write 0.5"),
        (["walk", "room", "-n", 1, "--start", "0,0", "--policy", "plan", "--gamma", "0,9"], "0.9"),
    ],
)
def test_a_decimal_comma_is_refused_with_the_number_to_write(empty_folder, words, sentence):
    assert_refused(run(*words), sentence)
