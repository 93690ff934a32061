import csv
import io
import math
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from typer.testing import CliRunner

from gridemp.cli.main import app
from gridemp.errors import GridempError, HorizonTooLarge, MissingExtra
from gridemp.information.capacity import blahut_arimoto
from gridemp.lander import empowerment_map, environment, frame_log, human_player
from gridemp.lander.observation import STEP, UNITS, blurred_channel, estimated_bits
from gridemp.lander.rollouts import Flights, Noise
from gridemp.lander.simulated_player import simulated_player
from gridemp.render.figures.lander_map import LABELS, color_range, draw_lander_map
from gridemp.render.layout.style import look
from gridemp.report.provenance import read_record


def run(*words):
    return CliRunner().invoke(app, ["lander", *map(str, words)])


def rows(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "log.csv"
    result = run("--trials", 3, "--seconds", 12, "--wind", "0..10", "--seed", "3,5", "-o", path)
    assert result.exit_code == 0, result.output
    return path, result.stdout


@pytest.fixture(scope="module")
def coarse():
    return empowerment_map.lander_map(horizon=2, frames=20, repeats=1, shape=(4, 5))


def test_what_somebody_played_is_not_written_over(tmp_path):
    played = tmp_path / "ada.csv"
    played.write_text("precious")
    result = run("--human", "-o", played)
    assert result.exit_code == 1
    assert "is there already, and what somebody played is not written over" in result.stderr
    assert played.read_text() == "precious"


def test_a_log_has_a_row_for_each_frame_in_the_format(log):
    path, told = log
    text = path.read_text(encoding="utf-8")
    assert text.startswith(
        "player,trial,episode,time,left,right,main,x,y,angle,skill,wind,gravity\n"
    )
    assert "\r" not in text
    frames = rows(path)
    assert len(frames) == 2 * 3 * 600
    assert [frame["time"] for frame in frames[:600]] == [f"{i / 50:.2f}" for i in range(600)]
    assert {frame["player"] for frame in frames} == {"3", "5"}
    by_trial = {frame["trial"]: (frame["skill"], frame["wind"]) for frame in frames}
    assert by_trial == {"1": ("0", "0"), "2": ("0.5", "5"), "3": ("1", "10")}
    for name in ("x", "y", "angle"):
        assert all(len(frame[name].partition(".")[2]) == 6 for frame in frames)
    assert f"6 trials of 12 s by 2 players, {len(frames)} frames" in told


def test_episodes_go_on_from_one_to_the_next(log):
    path, told = log
    frames = rows(path)
    episodes = 0
    for before, after in zip(frames, [*frames[1:], None], strict=True):
        alike = after is not None and all(
            before[name] == after[name] for name in ("player", "trial", "episode")
        )
        if alike:
            # From one frame to the next of an episode, the lander cannot jump.
            assert abs(float(before["x"]) - float(after["x"])) < 0.2
            continue
        episodes += 1
        assert [before[name] for name in ("left", "right", "main")] == ["0", "0", "0"]
        if after is not None and after["trial"] == before["trial"]:
            assert int(after["episode"]) == int(before["episode"]) + 1
            assert abs(float(after["x"])) < 0.05  # begun anew in the middle, above
            assert float(after["y"]) > 1.3
        elif after is not None:
            assert (after["episode"], after["time"]) == ("1", "0.00")
    assert f"{episodes} episodes" in told


def test_the_same_command_gives_the_same_bytes(tmp_path):
    for name in ("a.csv", "b.csv"):
        assert run("--trials", 2, "--seconds", 3, "-o", tmp_path / name).exit_code == 0
    a, b = ((tmp_path / name).read_bytes() for name in ("a.csv", "b.csv"))
    assert a == b
    run("--trials", 2, "--seconds", 3, "--seed", 1, "-o", tmp_path / "b.csv")
    assert a != (tmp_path / "b.csv").read_bytes()


def test_a_player_does_not_depend_on_who_else_plays(log, tmp_path):
    path = tmp_path / "alone.csv"
    run("--trials", 3, "--seconds", 12, "--wind", "0..10", "--seed", 5, "-o", path)
    assert rows(path) == [frame for frame in rows(log[0]) if frame["player"] == "5"]


def test_full_skill_is_the_rule_of_the_environment():
    env, plain = environment.make_lander(), environment.make_lander()
    seed, rng = frame_log.trial_seeds(7, 1)
    start, _ = env.reset(seed=seed)
    frames, tally = frame_log.play(env, start, 700, simulated_player(1.0, rng))
    seen, _ = plain.reset(seed=seed)
    heuristic = environment.require_lander().heuristic
    over = False
    for frame in frames[:-1]:
        np.testing.assert_array_equal(frame[2:], seen[[0, 1, 4]].astype(float))
        if over:
            seen, _ = plain.reset()
            over = False
            continue
        main, side = heuristic(plain, seen)
        pushed = np.array([1.0 if main > 0 else -1.0, np.sign(side) * (abs(side) > 0.5)])
        seen, _, over, _, _ = plain.step(pushed)
    assert tally.landed >= 1
    assert tally.episodes == frames[-1].episode


def test_no_skill_holds_single_buttons_equally_often_for_a_fifth_of_a_second():
    player = simulated_player(0.0, np.random.default_rng(0))
    pressed = [player(None, None) for _ in range(40_000)]
    shares = [pressed.count(buttons) / len(pressed) for buttons in environment.SINGLE]
    np.testing.assert_allclose(shares, 0.25, atol=0.02)
    changes = sum(a != b for a, b in pairwise(pressed))
    # A spell that is followed by an equal one, a quarter of them, is not seen to end.
    assert len(pressed) / changes == pytest.approx(10 / 0.75, rel=0.05)


@pytest.mark.parametrize(("wind", "gravity"), [(0.0, 10.0), (12.0, 4.0)])
def test_buttons_do_what_the_discrete_actions_do(wind, gravity):
    env = environment.make_lander(gravity, wind)
    discrete = environment.make_lander(gravity, wind, continuous=False)
    none, left, right, main = environment.SINGLE
    order = [none, left, main, right]
    choices = np.random.default_rng(1).integers(4, size=70)
    np.testing.assert_array_equal(env.reset(seed=5)[0], discrete.reset(seed=5)[0])
    for choice in choices:
        one = env.step(environment.action(order[choice]))
        other = discrete.step(int(choice))
        np.testing.assert_allclose(one[0], other[0], rtol=0, atol=1e-6)
        assert one[1:3] == pytest.approx(other[1:3], abs=1e-3)


def test_two_buttons_at_once():
    both = environment.action(environment.Buttons(True, True, True))
    np.testing.assert_array_equal(both, [1.0, 0.0])
    np.testing.assert_array_equal(
        environment.action(environment.Buttons(True, False, True)), [1, -1]
    )


def test_wind_and_gravity_reach_the_environment(tmp_path):
    env = environment.make_lander(3.5, 8.0)
    assert tuple(env.world.gravity) == (0, -3.5)
    assert (env.enable_wind, env.wind_power) == (True, 8.0)
    assert env.turbulence_power == pytest.approx(0.8)
    environment.set_wind(env, 0.0)
    assert not env.enable_wind
    heights = []
    for gravity in (1, 11):
        path = tmp_path / f"{gravity}.csv"
        assert run("--trials", 1, "--seconds", 1, "--gravity", gravity, "-o", path).exit_code == 0
        frames = rows(path)
        assert {frame["gravity"] for frame in frames} == {str(gravity)}
        heights.append(float(frames[-1]["y"]))
    assert heights[0] > heights[1] + 0.2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--trials", "0"], "--trials needs a whole number from 1"),
        (["--trials", "x"], "--trials needs a whole number, not 'x'"),
        (["--seconds", "0"], "--seconds needs a number above 0"),
        (["--seconds", "nan"], "--seconds needs a number above 0"),
        (["--skill", "0..2"], "--skill needs a number from 0 to 1, or two"),
        (["--skill", "0.."], "--skill needs a number from 0 to 1, or two"),
        (["--gravity", "12"], "--gravity needs a number above 0 and below 12"),
        (["--gravity", "nan"], "--gravity needs a number above 0 and below 12"),
        (["--wind", "21"], "--wind needs a number from 0 to 20, or two"),
        (["--seed", "-1"], "--seed needs a whole number, 0 or more"),
        (["--seed", "1,1"], "--seed names a player twice"),
        (["--horizon", "5"], "only maps have it; give --map or leave out --horizon"),
        (["--no-title"], "a log is no figure; give --map or leave out --no-title"),
        (["--player", "Ada"], "simulated players are named by --seed; leave out --player"),
        (["--human", "--skill", "1"], "your skill is your own; leave out --skill"),
        (["--human", "--seed", "0..9"], "give --seed one number"),
        (["--human", "--player", "a,b"], "--player needs a name without commas"),
        (["-o", "log.txt"], "its name must end in .csv"),
        (["--map", "--trials", "3"], "a map needs no players; leave out --trials"),
        (["--map", "--human"], "a map needs no players; leave out --human"),
        (["--map", "--horizon", "7"], "4^7 sequences"),
        (["--map", "--horizon", "0"], "--horizon needs a whole number from 1"),
        (["--map", "--window", "30ms"], "--window needs whole frames of 20 ms"),
        (["--map", "--window", "0ms"], "--window needs a time such as 100ms"),
        (["--map", "--window", "5"], "--window needs a time such as 100ms"),
        (["--map", "--window", "1000s"], "--window needs a time from 20ms to 10s"),
        (["--map", "--resolution", "0"], "--resolution needs a number from 0.01"),
        (["--map", "--repeats", "0"], "--repeats needs a whole number from 1"),
        (["--map", "--grid", "15"], "--grid needs places across and up"),
        (["--map", "--grid", "0x3"], "--grid needs from 1 to"),
        (["--map", "--wind", "0..3"], "give --wind one number"),
        (["--map", "--seed", "0..3"], "give --seed one number"),
        (["--map", "-o", "map.txt"], "its name must end in"),
    ],
)
def test_a_mistake_is_a_sentence_and_nothing_is_written(words, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_missing_package_is_named_with_its_extra(monkeypatch):
    environment.require_lander.cache_clear()
    monkeypatch.setitem(sys.modules, "Box2D", None)
    with pytest.raises(MissingExtra, match=r'lander needs Box2D; pip install "gridemp\[lander\]"'):
        environment.make_lander()
    for words in ([], ["--map"], ["--human"]):
        assert "lander needs Box2D; pip install" in run(*words).stderr


def test_the_command_is_imported_without_the_extra():
    code = (
        "import sys, gridemp.cli.commands.lander, gridemp.lander.frame_log, gridemp.lander.empowerment_map;"
        "print([m for m in ('gymnasium', 'Box2D', 'pygame') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.fixture
def keyboard(monkeypatch):
    """A dummy screen, on which keys are those of a script; no frame takes real time."""
    import pygame

    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr(pygame.time, "wait", lambda _: None)
    environment.require_lander()

    class Clock:
        def tick(self, _):
            return 0

    monkeypatch.setattr(pygame.time, "Clock", Clock)
    script = []

    def get():
        pygame.event.pump()
        kinds = script.pop(0) if script else []
        return [pygame.event.Event(kind, key=key) for kind, key in kinds]

    monkeypatch.setattr(pygame.event, "get", get)
    yield script
    pygame.quit()


def space():
    import pygame

    return [[(pygame.KEYDOWN, pygame.K_SPACE)], [(pygame.KEYUP, pygame.K_SPACE)]]


def test_a_person_plays_by_keys(keyboard, tmp_path):
    import pygame

    keyboard += [[], *space(), [(pygame.KEYDOWN, pygame.K_f)], [(pygame.KEYDOWN, pygame.K_j)]]
    keyboard += [[(pygame.KEYDOWN, pygame.K_SPACE)], []]
    path = tmp_path / "own.csv"
    words = ["--human", "--trials", 1, "--seconds", 0.12, "--player", "Ada L.", "-o", path]
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert "F fires the left engine" in result.stdout
    assert "trial 1 of 1: press space" in result.stdout
    frames = rows(path)
    pressed = [tuple(frame[name] for name in ("left", "right", "main")) for frame in frames]
    assert pressed == [tuple(keys) for keys in ("100", "010", "001", "000", "000", "000")]
    assert {(frame["player"], frame["skill"]) for frame in frames} == {("Ada L.", "")}
    assert [frame["time"] for frame in frames] == [f"{i / 50:.2f}" for i in range(6)]


def test_who_stops_keeps_the_trials_that_are_finished(keyboard, tmp_path):
    import pygame

    escape = [(pygame.KEYDOWN, pygame.K_ESCAPE)]
    tap = [event for events in space() for event in events]  # within one look at the keys
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
    assert "nothing is written" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_screen_nobody_can_play(monkeypatch, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(human_player.sys, "platform", "linux")
    result = run("--human", "-o", tmp_path / "own.csv")
    assert result.exit_code == 1
    assert "--human needs a screen; play on a machine with one" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_flight_is_that_of_the_environment_from_rest():
    flights = Flights(0, 10.0, 0.0)
    found = flights.outcomes(0.1, 0.9, 2, 15, 1)
    fall = found[0, 0]  # no engine, twice
    seconds, gravity, half_high = 30 / 50, 10.0, 400 / 30 / 2
    assert fall[0] == pytest.approx(0.1, abs=1e-3)
    assert fall[1] == pytest.approx(0.9 - gravity * seconds**2 / 2 / half_high, abs=0.02)
    assert fall[2] == pytest.approx(0.0, abs=1e-3)
    left, main, right = (found[4 * k + k, 0] for k in (1, 2, 3))
    assert main[1] > fall[1] + 0.1
    assert left[2] * right[2] < 0


def test_what_is_not_flown_ends_as_if_it_were():
    flights = Flights(0, 10.0, 0.0)
    found = flights.outcomes(0.0, 0.3, 2, 40, 1).reshape(4, 4, 3)
    np.testing.assert_array_equal(found[0], found[0, [0, 0, 0, 0]])  # fallen before the second
    noise = Noise(0, 0, 160)
    for second in range(4):
        flights._place(0.0, 0.3)
        end, held = flights._fly((0, second), 40, noise)
        np.testing.assert_allclose(end, found[0, second], atol=1e-5)
        assert held == 1


def test_flights_do_not_depend_on_those_before_them():
    flights = Flights(2, 10.0, 5.0)
    first = flights.outcomes(0.3, 1.0, 2, 10, 2)
    flights.outcomes(-0.5, 0.6, 2, 10, 1)
    np.testing.assert_array_equal(flights.outcomes(0.3, 1.0, 2, 10, 2), first)
    assert (first[:, 0] != first[:, 1]).any()  # wind and engines differ between repeats


def test_the_blurred_channel_is_a_gaussian_in_all_three():
    outcomes = np.array([[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.3, 0.0, 0.0], [9.0, 0.0, 0.0]]])
    channel = blurred_channel(outcomes, 0.1)
    np.testing.assert_allclose(channel.sum(axis=1), 1)
    weights = np.exp(-((STEP * np.arange(-2, 3)) ** 2) / 2)
    alone = np.multiply.outer(np.multiply.outer(weights, weights), weights).ravel()
    mine = np.sort(channel[0][channel[0] > 0])
    np.testing.assert_allclose(mine, np.sort(alone / alone.sum()))
    assert np.count_nonzero(channel[0] * channel[1]) == 3 * 25  # two lattice points apart
    with pytest.raises(HorizonTooLarge, match="lower --horizon or raise --resolution"):
        blurred_channel(np.random.default_rng(0).normal(size=(3000, 1, 3)) * 10, 0.01)


@pytest.mark.parametrize("apart", [0.02, 0.1, 0.3, 2.0])
def test_two_outcomes_apart_are_told_apart_as_by_two_gaussians(apart):
    """The capacity of two Gaussians is known by an integral; a half turn counts as a half screen.

    Wherever the two lie to the points of the lattice, which the step of 1.5 deviations allows.
    """
    z = np.linspace(-12, 12, 4001) + apart / 0.2
    p, q = (np.exp(-((z - mean) ** 2) / 2) for mean in (0.0, apart / 0.1))
    p, q = p / p.sum(), q / q.sum()
    middle = (p + q) / 2
    exact = sum(0.5 * np.sum(r[r > 0] * np.log2(r[r > 0] / middle[r > 0])) for r in (p, q))
    for k, unit in enumerate(UNITS):
        for start in (0.0, 0.033, 0.071):
            outcomes = np.zeros((2, 1, 3))
            outcomes[:, 0, k] = [start * unit, (start + apart) * unit]
            assert estimated_bits(outcomes, 0.1) == pytest.approx(exact, abs=0.012)


def test_the_estimate_is_the_capacity_of_all_runs_of_the_channel(coarse):
    """Once more by another method, from flights of an environment that is made anew for each."""
    x, y = coarse.x[2], coarse.y[2]
    found = np.empty((16, 1, 3))
    for i in range(16):
        flights = Flights(0, 10.0, 0.0)
        flights._env.reset(seed=0)
        flights._place(x, y)
        found[i, 0], _ = flights._fly(divmod(i, 4), 20, Noise(0, 0, 80))
    capacity = blahut_arimoto(blurred_channel(found, 0.1), 1e-4)
    assert capacity.lower - 0.011 <= coarse.bits[2, 2] <= capacity.upper + 1e-6


def test_a_map_lies_between_nothing_and_all_sequences(coarse):
    assert coarse.bits.shape == (4, 5)
    seen = coarse.bits[~np.isnan(coarse.bits)]
    assert ((seen >= 0) & (seen <= math.log2(16))).all()
    assert np.isnan(coarse.bits[0]).all()  # in the ground
    assert not np.isnan(coarse.bits[-1]).any()
    x, y, bits = coarse.peak
    assert bits == seen.max()
    assert coarse.bits[list(coarse.y).index(y), list(coarse.x).index(x)] == bits


def test_who_stands_under_strong_gravity_can_do_less_than_who_flies():
    flights = Flights(0, 11.9, 0.0)
    assert flights.is_free(0.0, 0.01)
    assert not flights.is_free(0.0, -0.1)
    assert not flights.is_free(1.0, 1.0)
    standing, flying = (
        estimated_bits(flights.outcomes(0.0, y, 2, 25, 1), 0.1) for y in (0.01, 1.1)
    )
    assert 0 < standing < flying - 0.5


def test_a_map_is_the_same_by_more_processes(coarse):
    shared = empowerment_map.lander_map(horizon=2, frames=20, repeats=1, shape=(4, 5), processes=2)
    np.testing.assert_array_equal(shared.bits, coarse.bits)


def test_progress_is_told_and_a_grid_in_the_ground_refused():
    told = []
    empowerment_map.lander_map(
        horizon=1, frames=2, repeats=1, shape=(2, 1), processes=1, progress=told.append
    )
    assert told == sorted(told)
    assert told[-1] == 1.0
    with pytest.raises(GridempError, match="--horizon needs"):
        empowerment_map.lander_map(horizon=0)


def test_the_command_writes_a_map_as_numbers(tmp_path):
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


def test_the_command_draws_a_map_with_a_record(tmp_path):
    path = tmp_path / "map.png"
    words = ["--map", "--horizon", 1, "--window", "200ms", "--grid", "3x2", "-o", path]
    result = run(*words, "--width", "column")
    assert result.exit_code == 0, result.output
    made = read_record(path)
    assert (made["kind"], made["horizon"], made["window_ms"]) == ("estimate", 1, 200)
    before = path.read_bytes()
    assert run(*words, "--width", "column").exit_code == 0
    assert path.read_bytes() == before


def test_a_map_shows_places_ground_pad_and_peak(coarse):
    ax = draw_lander_map(coarse)
    values = ax.collections[0].get_array()
    np.testing.assert_array_equal(np.ma.filled(values, np.nan), coarse.bits)
    artists = {}
    for artist in [*ax.lines, *ax.collections]:
        artists.setdefault(artist.get_gid(), []).append(artist)
    np.testing.assert_array_equal(artists["ground line"][0].get_xydata(), coarse.ground)
    assert [flag.get_xdata()[0] for flag in artists["flag"]] == pytest.approx([-0.2, 0.2])
    assert artists["peak"][0].get_xydata().tolist() == [list(coarse.peak[:2])]
    assert (ax.get_xlim(), ax.get_ylim()) == ((-1, 1), coarse.screen[2:])
    for part in ("estimate", "2 x 400 ms", "resolution 0.1", "gravity 10", "wind 0", "seed 0"):
        assert part in ax.get_title().replace("\n", " ")
    labels = [child.get_ylabel() for child in ax.child_axes]
    assert labels == [LABELS[0]]
    assert color_range(coarse) == (coarse.lowest, coarse.peak[2])


def test_nothing_of_a_map_is_cut_off(coarse):
    for width in ("2.5", "column", "page", None):
        with look(None, width) as wide:
            figure = draw_lander_map(coarse, width=wide).figure
            figure.savefig(io.BytesIO(), format="png")
            box = figure.get_tightbbox()
        wide, high = figure.get_size_inches()
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= wide
        assert box.y1 <= high
