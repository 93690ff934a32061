"""A person plays from end to end, with the keys of a virtual display (Xvfb and xdotool)."""

import os
import subprocess
import sys
import time

import pytest
from support.extras import required
from support.landers import rows

required("Box2D")
pytestmark = pytest.mark.ci
PATIENCE = 60.0  # seconds that a window may take to open


@pytest.fixture
def display():
    """Environment variables of programs on a display that nobody sees."""
    ready, told = os.pipe()
    words = ["Xvfb", "-displayfd", str(told), "-screen", "0", "800x600x24", "-nolisten", "tcp"]
    with subprocess.Popen(words, pass_fds=[told], stderr=subprocess.DEVNULL) as server:
        os.close(told)
        with os.fdopen(ready) as file:
            number = file.readline().strip()
        others = {name: value for name, value in os.environ.items() if name != "SDL_VIDEODRIVER"}
        yield others | {"DISPLAY": f":{number}"}
        server.terminate()


def keys(display, *words):
    return subprocess.run(
        ["xdotool", *words], env=display, capture_output=True, text=True, timeout=PATIENCE
    ).stdout


def wait_for_window(display, title):
    end = time.monotonic() + PATIENCE
    while title not in keys(display, "getwindowfocus", "getwindowname"):
        assert time.monotonic() < end, f"no window {title}"
        time.sleep(0.05)


def playing(display, path, trials):
    words = [sys.executable, "-m", "gridemp", "lander", "--human", "--player", "Ada", "-o", path]
    settings = ["--trials", str(trials), "--seconds", "1"]
    pipe = subprocess.PIPE
    return subprocess.Popen([*words, *settings], env=display, stdout=pipe, stderr=pipe, text=True)


def test_keys_fire_engines(display, tmp_path):
    path = tmp_path / "ada.csv"
    with playing(display, path, 2) as game:
        for trial, key in ((1, "space"), (2, "f")):
            wait_for_window(display, f"trial {trial} of 2: press space")
            keys(display, "key", "space")
            keys(display, "keydown", key)
            time.sleep(0.5)
            keys(display, "keyup", key)
        told, wrong = game.communicate(timeout=PATIENCE)
    assert (game.returncode, wrong) == (0, "")
    assert "2 trials of 1 s by player Ada, 100 frames" in told
    frames = rows(path)
    for trial, engine in (("1", "main"), ("2", "left")):
        on = [int(frame[engine]) for frame in frames if frame["trial"] == trial]
        assert len(on) == 50
        assert 1 <= sum(on) < 50
    assert {frame["player"] for frame in frames} == {"Ada"}
    assert not any(int(frame["right"]) for frame in frames)


def test_escape_before_a_trial_is_finished_writes_nothing(display, tmp_path):
    with playing(display, tmp_path / "ada.csv", 1) as game:
        wait_for_window(display, "press space")
        keys(display, "key", "Escape")
        _, wrong = game.communicate(timeout=PATIENCE)
    assert game.returncode == 1
    assert "stopped before a trial was finished, so nothing was written" in wrong
    assert list(tmp_path.iterdir()) == []
