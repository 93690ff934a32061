import os
import signal
import subprocess
import sys
import time

import pytest
from support.command_line import assert_refused, run
from support.learned import SMALL

import gridemp
from gridemp import World, empowerment
from gridemp.errors import pip_command

pytestmark = pytest.mark.slow


@pytest.fixture
def maze(empty_folder):
    (empty_folder / "small.txt").write_text(SMALL)
    return empty_folder / "small.txt"


def test_without_the_extra_it_says_how_to_get_it(maze, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    result = run("learn", "small.txt", "--horizon", "2")
    assert result.exit_code == 1
    assert result.stderr == f"gridemp: gridemp learn needs torch; {pip_command('deep')}\n"
    assert os.listdir() == ["small.txt"]


def test_a_bound_is_learned_kept_and_resumed(maze):
    pytest.importorskip("torch")
    words = ["learn", "small.txt", "--horizon", "2", "--updates", "6", "--dynamics", "given"]
    result = run(*words)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    name = "figures/small-h2-learned-updates6-dynamics-given"
    assert lines[:2] == [f"{name}.png", f"{name}.pt"]
    exact = empowerment(World.from_maze(gridemp.load_maze("small.txt")), 2)
    assert lines[2] == (
        f"exact: {exact.bits.min():.3f} to {exact.bits.max():.3f} bits, "
        f"mean {exact.bits.mean():.3f}"
    )
    assert lines[3].startswith("learned bound, evaluated exactly: mean ")
    assert lines[4].startswith(
        "policy: after 50 steps from a random start, in the top tenth of cells"
    )
    again = run(*words, "--output", "again.png")
    assert again.stdout.splitlines()[2:] == lines[2:]
    first = maze.parent / f"{name}.pt"
    resumed = run(*words[:4], *words[6:], "--updates", "8", "--resume", str(first))
    assert resumed.exit_code == 0, resumed.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--state", "pixel"], "--state must be cell or planes or pixels, not 'pixel'"),
        (["--updates", "some"], "--updates must be a whole number, not 'some'"),
        (["--updates", "-1"], "--updates must be 1 or more, not -1"),
        (["--seed", "-1"], "--seed must be a whole number, 0 or more, not -1"),
        (["--device", "tpu9"], "there is no device 'tpu9' on this computer; use cpu"),
        (["--resume", "missing.pt"], "cannot read missing.pt"),
        (["--checkpoint", "kept.zip"], "its name must end in .pt"),
        (["--bounds"], "leave out --bounds"),
        (["--source", "uniform"], "leave out --source"),
        (["--sensor", "row"], "leave out --sensor"),
        (["--horizon", "9"], "lower the horizon to 6"),
    ],
)
def test_training_that_cannot_be_is_refused(maze, words, sentence):
    pytest.importorskip("torch")
    result = run("learn", "small.txt", "--horizon", "1", *words)
    assert_refused(result, sentence)
    assert os.listdir() == ["small.txt"]


def test_ctrl_c_keeps_what_was_learned(maze):
    pytest.importorskip("torch")
    words = [sys.executable, "-m", "gridemp", "learn", "small.txt", "--horizon", "2"]
    words += ["--updates", "3000", "--checkpoint", "kept.pt"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not os.path.exists("kept.pt"):
        assert process.poll() is None
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "gridemp: stopped; go on with --resume kept.pt"
    assert sorted(os.listdir()) == ["kept.pt", "small.txt"]

    import torch

    done = torch.load("kept.pt", weights_only=True)["learner"]["done"]
    assert 150 <= done < 3000
    resumed = run(
        "learn", "small.txt", "--horizon", "2", "--updates", f"{done + 5}", "--resume", "kept.pt"
    )
    assert resumed.exit_code == 0, resumed.output


def test_a_checkpoint_is_drawn_without_training(maze):
    pytest.importorskip("torch")
    trained = run("learn", "small.txt", "-n", "2", "--updates", "4", "-o", "one.png")
    drawn = run("learn", "one.pt", "-o", "two.png")
    assert drawn.exit_code == 0, drawn.output
    assert drawn.stdout.splitlines()[1:] == trained.stdout.splitlines()[2:]
    assert drawn.stdout.splitlines()[0] == "two.png"
    assert_refused(run("learn", "one.pt", "-n", "3"), "a checkpoint has options of its own")
    assert_refused(run("learn", "missing.pt"), "cannot read missing.pt")
