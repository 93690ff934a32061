import pytest
from support.command_line import assert_refused, files, run
from support.extras import required

LEARNING = ["walk", "room", "-n", 1, "--start", "0,0", "--learn"]


@pytest.mark.parametrize("trials", ["30", "31"])
def test_an_option_without_effect_is_refused_even_with_its_default_value(empty_folder, trials):
    required("Box2D")
    result = run("lander", "--map", "--trials", trials)
    assert_refused(result, "a map is estimated without players; leave out --trials")
    assert files(empty_folder) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["lander", "--map", "--human"], "leave out --human"),
        (
            ["lander", "--grid", "15x10"],
            "this option is only for maps; give --map or leave out --grid",
        ),
        (
            ["lander", "--title", "Moon"],
            "this option is only for figures; give --map or leave out --title",
        ),
        (
            ["lander", "--no-title"],
            "this option is only for figures; give --map or leave out --no-title",
        ),
        (["lander", "--player", "1"], "simulated players are named by --seed; leave out --player"),
        (
            ["lander", "--human", "--skill", "0..1"],
            "with --human a person plays, not a simulated player; leave out --skill",
        ),
        (["walk", "room", "-n", 1, "--start", "0,0", "--seconds", "0.5"], "leave out --seconds"),
        (["walk", "room", "-n", 1, "--start", "0,0", "--gamma", 0.95], "leave out --gamma"),
        (["walk", "room", "-n", 1, "--start", "0,0", "--prior", "1e-4"], "leave out --prior"),
        (["walk", "room", "-n", 1, "--starts", "all", "--seed", 0], "leave out --seed"),
        ([*LEARNING, "--policy", "greedy"], "has a policy of its own; leave out --policy"),
        ([*LEARNING, "--heading", "best"], "has no heading; leave out --heading"),
    ],
)
def test_the_flag_is_named_as_it_was_typed(empty_folder, words, sentence):
    if words[0] == "lander":
        required("Box2D")
    assert_refused(run(*words), sentence)
    assert files(empty_folder) == []
