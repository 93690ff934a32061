import sys

import pytest
from support import command_line
from support.landers import pygame, rows, scripted_keyboard, space

from gridemp.lander import environment, human_player
from gridemp.report.provenance import read_record


def run(*words):
    return command_line.run("lander", *words)


@pytest.fixture
def keyboard(monkeypatch):
    yield from scripted_keyboard(monkeypatch)


@pytest.mark.slow
def test_a_log_is_written_and_counted(tmp_path):
    path = tmp_path / "log.csv"
    result = run("--trials", 3, "--seconds", 12, "--wind", "0..10", "--seed", "3,5", "-o", path)
    assert result.exit_code == 0, result.output
    frames = rows(path)
    assert {frame["player"] for frame in frames} == {"3", "5"}
    by_trial = {frame["trial"]: (frame["skill"], frame["wind"]) for frame in frames}
    assert by_trial == {"1": ("0", "0"), "2": ("0.5", "5"), "3": ("1", "10")}
    assert f"6 trials of 12 s by 2 players, {len(frames)} frames" in result.stdout
    episodes = {tuple(frame[name] for name in ("player", "trial", "episode")) for frame in frames}
    assert f"{len(episodes)} episodes" in result.stdout


def test_the_same_command_gives_the_same_bytes(tmp_path):
    for name in ("a.csv", "b.csv"):
        assert run("--trials", 2, "--seconds", 3, "-o", tmp_path / name).exit_code == 0
    a, b = ((tmp_path / name).read_bytes() for name in ("a.csv", "b.csv"))
    assert a == b
    run("--trials", 2, "--seconds", 3, "--seed", 1, "-o", tmp_path / "b.csv")
    assert a != (tmp_path / "b.csv").read_bytes()


def test_gravity_pulls(tmp_path):
    heights = []
    for gravity in (1, 11):
        path = tmp_path / f"{gravity}.csv"
        assert run("--trials", 1, "--seconds", 1, "--gravity", gravity, "-o", path).exit_code == 0
        frames = rows(path)
        assert {frame["gravity"] for frame in frames} == {str(gravity)}
        heights.append(float(frames[-1]["y"]))
    assert heights[0] > heights[1] + 0.2


def test_lists_of_gravity_and_wind_are_crossed(tmp_path):
    path = tmp_path / "log.csv"
    words = ["--trials", 2, "--seconds", 0.1, "--gravity", "2,10", "--wind", "0,5,20"]
    result = run(*words, "--seed", "0,1", "-o", path)
    assert result.exit_code == 0, result.output
    assert "24 trials of 0.1 s by 2 players" in result.stdout
    played = {}
    for frame in rows(path):
        place = frame["player"], frame["gravity"], frame["wind"]
        played.setdefault(place, set()).add(frame["trial"])
    assert len(played) == 12
    assert all(len(trials) == 2 for trials in played.values())


def test_a_player_may_learn_a_model(tmp_path):
    path = tmp_path / "log.csv"
    result = run("--trials", 1, "--seconds", 0.5, "--learns", "Inverse", "-o", path)
    assert result.exit_code == 0, result.output
    assert {frame["learns"] for frame in rows(path)} == {"inverse"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--learns", "walking"], "--learns must be one of play, forward, inverse, both, not"),
        (["--gravity", "2,x"], "--gravity must be a number above 0 and below 12, or several"),
        (["--gravity", "2,2"], "--gravity contains a number twice; give each number once"),
        (["--gravity", "2,12"], "--gravity must be a number above 0 and below 12, not 12"),
        (["--wind", "0,21"], "--wind must be a number from 0 to 20, not 21"),
        (["--gravity", "2,4", "--wind", "0..5"], "give one number, or a list such as"),
        (["--human", "--learns", "both"], "not a simulated player; leave out --learns"),
        (["--map", "--learns", "both"], "a map is estimated without players; leave out --learns"),
        (["--map", "--wind", "0,0"], "--wind contains a number twice"),
        (["--trials", "0"], "--trials must be a whole number from 1"),
        (["--trials", "x"], "--trials must be a whole number, not 'x'"),
        (["--seconds", "0"], "--seconds must be a number above 0"),
        (["--seconds", "nan"], "--seconds must be a number above 0"),
        (["--skill", "0..2"], "--skill must be a number from 0 to 1, or two"),
        (["--skill", "0.."], "--skill must be a number from 0 to 1, or two"),
        (["--gravity", "12"], "--gravity must be a number above 0 and below 12"),
        (["--gravity", "nan"], "--gravity must be a number above 0 and below 12"),
        (["--wind", "21"], "--wind must be a number from 0 to 20, or two"),
        (["--seed", "-1"], "--seed must be a whole number, 0 or more"),
        (["--seed", "1,1"], "--seed contains a number twice"),
        (["--horizon", "5"], "this option is only for maps; give --map or leave out --horizon"),
        (["--no-title"], "this option is only for figures; give --map or leave out --no-title"),
        (["--player", "Ada"], "simulated players are named by --seed; leave out --player"),
        (
            ["--human", "--skill", "1"],
            "with --human a person plays, not a simulated player; leave out --skill",
        ),
        (["--human", "--seed", "0..9"], "give --seed one number"),
        (["--human", "--player", "a,b"], "--player must be a name without commas"),
        (["-o", "log.txt"], "its name must end in .csv"),
        (["--map", "--trials", "3"], "a map is estimated without players; leave out --trials"),
        (["--map", "--trials", "30"], "a map is estimated without players; leave out --trials"),
        (["--map", "--human"], "a map is estimated without players; leave out --human"),
        (["--map", "--horizon", "7"], "4^7 sequences"),
        (["--map", "--horizon", "7"], "lower --horizon to 6 at most and increase --window"),
        (["--map", "--horizon", "0"], "--horizon must be a whole number from 1"),
        (["--map", "--window", "30ms"], "--window must be a multiple of 20ms"),
        (["--map", "--window", "0ms"], "--window must be a time such as 100ms"),
        (["--map", "--window", "5"], "--window must be a time such as 100ms"),
        (["--map", "--window", "1000s"], "--window must be a time from 20ms to 10s"),
        (["--map", "--resolution", "0"], "--resolution must be a number from 0.01"),
        (["--map", "--repeats", "0"], "--repeats must be a whole number from 1"),
        (["--map", "--grid", "15"], "--grid must be the numbers of places across and up"),
        (
            ["--map", "--grid", "0x3"],
            "--grid must have from 1 to 10000 places in all, such as 15x10",
        ),
        (["--map", "--wind", "0..3"], "the wind of a map is constant; give one number"),
        (["--map", "-o", "map.txt"], "its name must end in"),
    ],
)
def test_a_mistake_is_a_sentence_and_nothing_is_written(words, sentence, folder):
    result = run(*words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("words", [[], ["--map"], ["--human"]])
def test_a_missing_package_is_named_with_its_extra(words, monkeypatch):
    environment.require_lander.cache_clear()
    monkeypatch.setitem(sys.modules, "Box2D", None)
    assert "gridemp.lander needs Box2D; pip install" in run(*words).stderr


def test_a_person_plays_with_keys(keyboard, tmp_path):
    keyboard += [[], *space(), [(pygame.KEYDOWN, pygame.K_f)], [(pygame.KEYDOWN, pygame.K_j)]]
    keyboard += [[(pygame.KEYDOWN, pygame.K_SPACE)], []]
    path = tmp_path / "own.csv"
    words = ["--human", "--trials", 1, "--seconds", 0.12, "--player", "Ada L.", "-o", path]
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert "F fires the left engine" in result.stdout
    assert "trial 1 of 1: press space" in result.stdout
    frames = rows(path)
    assert {(frame["player"], frame["skill"]) for frame in frames} == {("Ada L.", "")}
    assert [frame["main"] for frame in frames] == ["0", "0", "1", "0", "0", "0"]


def test_trials_finished_before_a_person_stops_are_kept(keyboard, tmp_path):
    escape = [(pygame.KEYDOWN, pygame.K_ESCAPE)]
    tap = [event for events in space() for event in events]  # within one poll of the keyboard
    keyboard += [*space(), [], [], tap, [], escape]
    path = tmp_path / "own.csv"
    words = ["--human", "--trials", 5, "--seconds", 0.06, "-o", path]
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert "1 of 5 trials were finished and are kept" in result.stderr
    assert [frame["trial"] for frame in rows(path)] == ["1", "1", "1"]
    keyboard[:] = [*space(), [(pygame.QUIT, None)]]
    path.unlink()
    result = run(*words)
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_somebody_played_is_not_overwritten(tmp_path):
    played = tmp_path / "ada.csv"
    played.write_text("precious")
    result = run("--human", "-o", played)
    assert result.exit_code == 1
    assert "exists already, and the log of a person is never overwritten" in result.stderr
    assert played.read_text() == "precious"


def test_without_a_screen_nobody_can_play(monkeypatch, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(human_player.sys, "platform", "linux")
    result = run("--human", "-o", tmp_path / "own.csv")
    assert result.exit_code == 1
    assert "a person needs a screen to play; play on a machine with one" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_map_is_written_as_a_table(tmp_path):
    path = tmp_path / "map.csv"
    words = ["--map", "--horizon", 1, "--window", "0.2s", "--grid", "3x2", "--repeats", 1]
    result = run(*words, "--gravity", 5, "--wind", 2, "--seed", 4, "-o", path)
    assert result.exit_code == 0, result.output
    places = rows(path)
    assert list(places[0])[:3] == ["x", "y", "bits"]
    settings = {"kind": "estimate", "horizon": "1", "window_ms": "200", "resolution": "0.1"}
    settings |= {"runs": "1", "gravity": "5", "wind": "2", "seed": "4"}
    for place in places:
        assert {name: place[name] for name in settings} == settings
    best = max(float(place["bits"]) for place in places)
    assert "estimated: " in result.stdout
    assert f" to {best:.2f} bits, highest at x " in result.stdout
    for part in ("estimate", "1 x 200 ms", "resolution 0.1", "1 run of each of 4 sequences"):
        assert part in result.stdout


def test_a_map_of_several_seeds_says_its_standard_error(tmp_path):
    path = tmp_path / "map.csv"
    words = ["--map", "-n", 1, "--window", "200ms", "--grid", "3x2", "--seed", "0..2", "-o", path]
    result = run(*words)
    assert result.exit_code == 0, result.output
    worst = max(float(place["standard_error"]) for place in rows(path))
    assert f"standard error over 3 seeds: at most {worst:.2f} bits" in result.stdout


def test_maps_under_several_conditions_give_their_means(tmp_path):
    path = tmp_path / "conditions.csv"
    words = ["--map", "-n", 1, "--window", "200ms", "--grid", "3x2", "--repeats", 1]
    words += ["--gravity", "2,10", "--wind", "0,20", "--seed", "0..2"]
    result = run(*words, "-o", path)
    assert result.exit_code == 0, result.output
    table = rows(path)
    assert [(row["gravity"], row["wind"]) for row in table] == [
        *(("2", "0"), ("10", "0"), ("2", "20"), ("10", "20"))
    ]
    bits = [float(row["bits"]) for row in table]
    assert f"estimated: {min(bits):.2f} to {max(bits):.2f} bits" in result.stdout
    worst = max(float(row["standard_error"]) for row in table)
    assert f"standard error over 3 seeds: at most {worst:.2f} bits" in result.stdout
    drawn = run(*words, "-o", tmp_path / "conditions.png")
    assert drawn.exit_code == 0, drawn.output
    made = read_record(tmp_path / "conditions.png")
    assert (made["kind"], made["seed"]) == ("estimate", "0 1 2")


def test_a_curve_along_a_flight(tmp_path):
    log, path = tmp_path / "log.csv", tmp_path / "curve.csv"
    run("--trials", 2, "--seconds", 1, "--wind", 5, "--seed", "3,4", "-o", log)
    words = ["--along", log, "-n", 1, "--window", "200ms", "--repeats", 1]
    result = run(*words, "--player", 4, "--trial", 2, "--seed", "0,1", "-o", path)
    assert result.exit_code == 0, result.output
    table = rows(path)
    assert [row["time"] for row in table] == ["0", "0.2", "0.4", "0.6", "0.8"]
    assert {(row["player"], row["trial"], row["wind"]) for row in table} == {("4", "2", "5.0")}
    best = max(float(row["bits"]) for row in table)
    assert f" to {best:.2f} bits along the flight" in result.stdout
    assert "standard error over 2 seeds" in result.stdout
    drawn = run(*words, "-o", tmp_path / "curve.png", "--no-legend")
    assert drawn.exit_code == 0, drawn.output
    assert read_record(tmp_path / "curve.png")["kind"] == "estimate"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--trial", "1"], "this option is only for a flight; give --along or leave out --trial"),
        (["--along", "log.csv", "--map"], "a curve has no places; leave out --map"),
        (["--along", "log.csv", "--wind", 3], "the gravity and wind of its log; leave out --wind"),
        (["--along", "log.csv", "--skill", 1], "the flight has been recorded; leave out --skill"),
        (["--along", "none.csv"], "none.csv"),
    ],
)
def test_options_that_do_not_fit_a_curve(words, sentence):
    result = run(*words)
    assert result.exit_code == 1
    assert sentence in result.stderr


def test_a_map_is_drawn_with_a_record(tmp_path):
    path = tmp_path / "map.png"
    words = ["--map", "-n", 1, "--window", "200ms", "--grid", "3x2", "-o", path]
    result = run(*words, "--width", "column")
    assert result.exit_code == 0, result.output
    made = read_record(path)
    assert (made["kind"], made["horizon"], made["window_ms"]) == ("estimate", 1, 200)
    before = path.read_bytes()
    assert run(*words, "--width", "column").exit_code == 0
    assert path.read_bytes() == before
