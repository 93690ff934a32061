"""Logs: what is read, how frames become windows, and what is measured of trials."""

import csv
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import linregress, spearmanr, t

from gridemp.errors import GridempError
from gridemp.logs import columns
from gridemp.logs.columns import read_columns
from gridemp.logs.from_frames import windows_of_frames
from gridemp.logs.gaussian_copula import gaussian_copula
from gridemp.logs.result import TrialInformation
from gridemp.logs.tables import save_curve
from gridemp.logs.trends import means, trends
from gridemp.logs.trial_information import at_equal_numbers, measure
from gridemp.logs.windows import Trial, Windows, windows_of_rows

KEYS, STATES = ["left", "right", "main"], ["x", "y", "angle"]


@pytest.fixture
def log(tmp_path):
    """A function that reads a log of this text."""

    def read(text, numbers, texts=()):
        path = tmp_path / "log.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_columns(path, lambda header: (numbers, texts))

    return read


def test_columns_are_read_by_name(log):
    found = log("\ufeffa, who;b\n1,x;2.5\n".replace(",", ";"), ["b", "a"], ["who"])
    assert found.rows == 1
    assert found.numbers["a"].tolist() == [1.0]
    assert found.numbers["b"].tolist() == [2.5]
    assert found.labels["who"][0] == ("x",)
    found = log('a\twho\r\n1\t"x, y"\r\n\r\n-2e3\tz\r\n3\t"x, y"\r\n', ["a"], ["who"])
    assert found.numbers["a"].tolist() == [1.0, -2000.0, 3.0]
    assert found.labels["who"][1].tolist() == [0, 1, 0]
    assert found.rows == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "log.csv is empty; name a log with a line of columns"),
        ("a,b\n", "has columns but no rows"),
        ("a,left\n1,2\n", "has no column 'b'; it has a, left"),
        ("a,bb\n1,2\n", "has no column 'b' (did you mean 'bb'?); it has a, bb"),
        ("a,a,b\n1,2,3\n", "has two columns named 'a'; rename one"),
        ("a,b\n1,2\n3,four\n", "log.csv, line 3, column 'b': 'four' is no number; write a number"),
        ("a;b\n1;2,5\n", "line 2, column 'b': '2,5' is no number; write decimals with a point"),
        ("a,b\n1,\n", "line 2, column 'b': the cell is empty; write a number"),
        ("a,b\n1,2\n\n1,nan\n", "line 4, column 'b': nan cannot be measured; leave out this row"),
        ("a,b\ninf,2\n", "line 2, column 'a': inf cannot be measured"),
        ("a,b\n1,2,3\n", "line 2: 3 values under 2 columns; write one for each"),
        (b"a,b\n1,\xff\n", "is no UTF-8 text; save the log as CSV in UTF-8"),
        ('a,b\n1,"2\n', "log.csv, line 2 or later: unexpected end of data; write plain CSV"),
        ("a,b\n1,True\n", "line 2, column 'b': 'True' is no number; write 1 or 0"),
        ("a,b\n1,1_0\n", "line 2, column 'b': '1_0' is no number; write a number"),
    ],
)
def test_what_is_wrong_in_a_log_is_named_with_its_place(log, text, sentence):
    with pytest.raises(GridempError) as error:
        log(text, ["a", "b"])
    assert sentence in str(error.value)


def test_a_log_that_is_not_there_or_too_large(tmp_path, monkeypatch, log):
    with pytest.raises(GridempError, match=r"none.csv: No such file"):
        read_columns(tmp_path / "none.csv", lambda header: ([], []))
    with pytest.raises(GridempError, match=r"cannot read .*Is a directory"):
        read_columns(tmp_path, lambda header: ([], []))
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as stream:
        stream.truncate(2 * 10**9)  # a hole: it takes no room
    with pytest.raises(
        GridempError, match=r"has 2.0 GB or more, and logs are read up to 1.1 GB; split it"
    ):
        read_columns(huge, lambda header: ([], []))
    told = []
    monkeypatch.setattr(columns, "EVERY", 10)
    (tmp_path / "log.csv").write_text("a\n" + "1\n" * 95)
    read_columns(tmp_path / "log.csv", lambda header: (["a"], []), told.append)
    assert len(told) == 9
    assert 0 < told[0] <= told[-1] <= 1


def test_rows_are_windows_by_player_and_trial(log):
    text = "who,n,a,e,c\nB,10,1,2,3\nA,2,4,5,6\nB,9,7,8,9\nB,10,10,11,12\n"
    found = log(text, ["a", "e", "c"], ["who", "n"])
    windows = windows_of_rows(found, ["a"], ["e"], ["c"], player="who", trial="n")
    assert [(one.player, one.trial) for one in windows.trials] == [
        ("B", "9"),
        ("B", "10"),
        ("A", "2"),
    ]
    assert windows.trials[1].actions.tolist() == [[1.0], [10.0]]
    assert windows.trials[1].context.tolist() == [[3.0], [12.0]]
    alone = windows_of_rows(found, ["a", "c"], ["e"])
    assert len(alone.trials) == 1
    assert alone.trials[0].actions[:, 1].tolist() == [3.0, 6.0, 9.0, 12.0]
    assert alone.trials[0].context is None


HEADER = "trial,episode,time,left,right,main,x,y,angle\n"


def frame_log(log, rows):
    text = HEADER + "".join(",".join(map(str, row)) + "\n" for row in rows)
    return log(text, ["time", *KEYS, *STATES], ["trial", "episode"])


def windows_of(log, rows, length=0.1, **options):
    options = {"trial": "trial", "episode": "episode", "angles": ["angle"]} | options
    return windows_of_frames(frame_log(log, rows), length, KEYS, STATES, **options)


def frames(start, count, trial=1, episode=1, left=(), main=(), speed=1.0, every=0.02):
    """So many frames from this time on, with x moving at a speed, and keys held at some."""
    return [
        (
            trial,
            episode,
            f"{start + i * every:.3f}",
            int(i in left),
            0,
            int(i in main),
            f"{speed * (start + i * every):.6f}",
            0.5,
            0.0,
        )
        for i in range(count)
    ]


def test_a_window_has_how_long_keys_were_held_and_what_changed(log):
    rows = frames(0, 11, left=[0, 1, 7], main=[1, 8, 9, 10])
    (trial,) = windows_of(log, rows).trials
    # both keys in frame 1: one window of 0.04 s left, 0.02 s main, and the other of 0.02 and 0.04
    assert_allclose(trial.actions, [[0.04, 0, 0.02, 0.06], [0.02, 0, 0.04, 0.04]], atol=1e-12)
    assert_allclose(trial.effects, [[0.1, 0, 0], [0.1, 0, 0]], atol=1e-6)


def test_windows_end_between_frames(log):
    rows = frames(0, 4, left=[1], every=0.04)
    (trial,) = windows_of(log, rows, length=0.05).trials
    assert_allclose(trial.actions[:, 0], [0.01, 0.03], atol=1e-12)
    assert_allclose(trial.effects[:, 0], 0.05, atol=1e-6)


@pytest.mark.parametrize("turn", [2 * math.pi, 360.0])
def test_angles_are_unwrapped(log, turn):
    angles = [0.4, 0.45, 0.49, -0.47, -0.42, -0.38]
    rows = [(1, 1, i * 0.02, 0, 0, 0, 0, 0, a * turn) for i, a in enumerate(angles)]
    (trial,) = windows_of(log, rows, turn=turn).trials
    assert_allclose(trial.effects[0, 2], 0.22 * turn)
    (trial,) = windows_of(log, rows, turn=turn, angles=[]).trials
    assert_allclose(trial.effects[0, 2], -0.78 * turn)


@pytest.mark.parametrize(
    ("rows", "kept", "dropped"),
    [
        (frames(0, 26) + frames(0.7, 11), 7, {"cut by missing frames": 2}),
        (frames(0, 24) + frames(0.48, 11, episode=2), 6, {"cut by a reset": 1}),
        (frames(0, 26) + frames(0.52, 11, episode=2), 7, {}),
        (frames(0, 24) + frames(0.1, 11), 6, {"cut where time does not go on": 1}),
        (frames(0, 24) + frames(0.46, 11), 6, {"cut where time does not go on": 1}),
        (frames(0, 9) + frames(0, 13, trial=2), 3, {"cut by the end of a trial": 2}),
        ([*frames(0, 3), *frames(0, 9, trial=2)], 1, {"cut by the end of a trial": 2}),
    ],
    ids=["gap", "reset", "reset at an edge", "back", "twice", "trials", "short trial"],
)
def test_windows_that_are_cut_are_left_out_and_counted(log, rows, kept, dropped):
    found = windows_of(log, rows)
    assert sum(len(trial.actions) for trial in found.trials) == kept
    assert found.dropped == dropped
    for trial in found.trials:
        assert_allclose(trial.effects[:, 0], 0.1, atol=1e-6)


def test_a_jump_is_a_reset_where_nothing_tells_episodes_apart(log):
    first, second = frames(0, 24), frames(0.48, 11)
    jumped = [(*row[:6], float(row[6]) + 3, *row[7:]) for row in second]
    found = windows_of(log, first + jumped, episode="")
    assert found.dropped == {"cut by a reset": 1}
    assert windows_of(log, first + second, episode="").dropped == {"cut by the end of a trial": 1}
    assert windows_of(log, first + jumped).dropped == {"cut by the end of a trial": 1}


def test_a_longer_gap_can_be_allowed(log):
    rows = [row for i, row in enumerate(frames(0, 26)) if i != 12]
    ends = {"cut by the end of a trial": 1}
    assert windows_of(log, rows).dropped == {"cut by missing frames": 1} | ends
    assert windows_of(log, rows, gap=0.05).dropped == {}


def test_the_motion_before_is_context(log):
    rows = [(1, 1, f"{i * 0.02:.2f}", 0, 0, 0, (i * 0.02) ** 2, 0, 0) for i in range(26)]
    found = windows_of(log, rows, context=["previous", "y"])
    (trial,) = found.trials
    assert found.context == ("y", "previous x", "previous y", "previous angle")
    assert found.dropped == {"without a window before": 1}
    assert_allclose(trial.effects[:, 0], [0.03, 0.05, 0.07, 0.09])
    assert_allclose(trial.context[:, 1], [0.01, 0.03, 0.05, 0.07])


@pytest.mark.parametrize("zero", [0.0, 0.1, 1234.5, 1.7e9])
def test_it_does_not_matter_when_the_clock_began(log, zero):
    """Nor is a key that is held equally long ever held differently long by rounding."""
    rng = np.random.default_rng(17)
    pressed = rng.integers(0, 2, (301, 3))
    rows = [(1, 1, repr(zero + i * 0.02), *pressed[i].tolist(), i, i**2 % 7, 0) for i in range(301)]
    (trial,) = windows_of(log, rows, context=["x"]).trials
    whole = np.array(pressed[:300].reshape(60, 5, 3).sum(axis=1) * 0.02)
    assert_allclose(trial.actions[:, :3], whole, atol=1e-12)
    assert all(len(np.unique(column)) <= 6 for column in trial.actions.T)
    assert_allclose(trial.effects[:, 0], 5, atol=1e-4)
    assert trial.context[:, 0].tolist() == list(range(0, 300, 5))


def test_who_presses_nothing_tells_nothing(log):
    rows = [(1, 1, f"{i * 0.02:.2f}", 0, 0, 0, i % 7, 0, 0) for i in range(301)]
    found = measure(windows_of(log, rows), shuffles=19)
    assert (found.trials[0].bits, found.trials[0].p) == (0.0, 1.0)
    assert "none is constant and tells nothing" in found.notes


def test_a_turning_craft_is_not_reset(log):
    angles = (np.arange(401) * 0.05 + math.pi) % (2 * math.pi) - math.pi
    rows = [(1, 1, f"{i * 0.02:.2f}", 0, 0, 0, 0, 0, a) for i, a in enumerate(angles.tolist())]
    found = windows_of(log, rows, episode="")
    assert found.dropped == {}
    assert_allclose(found.trials[0].effects[:, 2], 0.25)


def test_what_is_a_pause_a_jump_and_a_pressed_key(log):
    times = [0, 0.02, 0.04, 0.068, 0.088, 0.12, 0.14]  # 1.4 and 1.6 times as long as usual
    rows = [(1, 1, time, 0.3, 0, 0, 0, 0, 0) for time in times]
    found = windows_of(log, rows, length=0.02)
    assert found.dropped["cut by missing frames"] == 2
    assert set(found.trials[0].actions[:, 0].tolist()) == {0.02}
    moved = np.cumsum([0, *[1] * 20, 15, *[1] * 20, 30, *[1] * 20])
    rows = [(1, 1, f"{i * 0.02:.2f}", 0, 0, 0, x, 0, 0) for i, x in enumerate(moved.tolist())]
    found = windows_of(log, rows, length=0.02, episode="")
    assert 15 in found.trials[0].effects[:, 0].round(6)
    assert 30 not in found.trials[0].effects[:, 0].round(6)


def test_a_trial_without_a_window_is_said(log):
    found = windows_of(log, frames(0, 3) + frames(0, 101, trial=2))
    assert [trial.trial for trial in found.trials] == ["2"]
    notes = measure(found, shuffles=19).notes
    assert "1 trial has no whole window and is left out" in notes


def test_windows_overlap_if_told_to(log):
    found = windows_of(log, frames(0, 26), step=0.05)
    assert found.overlap
    assert len(found.trials[0].actions) == 9
    assert not windows_of(log, frames(0, 26), step=0.2).overlap


def test_no_window_at_all(log):
    with pytest.raises(GridempError, match=r"no whole window of 9 s, as 1 cut by the end"):
        windows_of(log, frames(0, 26), length=9.0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.floats(-1, 1)), min_size=8, max_size=40), st.integers(1, 4)
)
def test_windows_add_up_to_the_whole(tmp_path_factory, moves, frames_each):
    rows = [f"1,1,{0.02 * i:.2f},{int(held)},0,0,{x},0,0" for i, (held, x) in enumerate(moves)]
    path = tmp_path_factory.mktemp("log") / "log.csv"
    path.write_text(HEADER + "\n".join(rows))
    log = read_columns(path, lambda header: (["time", *KEYS, *STATES], ["episode"]))
    length = 0.02 * frames_each
    (trial,) = windows_of_frames(log, length, KEYS, STATES, episode="episode").trials
    covered = len(trial.actions) * frames_each
    assert covered == (len(moves) - 1) // frames_each * frames_each
    assert_allclose(trial.actions.sum(axis=1), length)
    assert_allclose(trial.actions[:, 0].sum(), 0.02 * sum(held for held, _ in moves[:covered]))
    assert_allclose(trial.effects[:, 0].sum(), moves[covered][1] - moves[0][1], atol=1e-9)


def windows(*counts, noise=0.5, players=("",), context=False, seed=0):
    """Trials of so many windows, for each player."""
    rng = np.random.default_rng(seed)
    made = []
    for player in players:
        for number, count in enumerate(counts, 1):
            x, z = rng.normal(size=(count, 2)), rng.normal(size=(count, 1))
            y = x[:, :1] + z + noise * rng.normal(size=(count, 1))
            made.append(Trial(player, str(number), x, y, z if context else None))
    return Windows("log", tuple(made), ("a", "b"), ("e",), ("c",) if context else (), "trial")


def test_trials_are_compared_at_equal_numbers():
    found = measure(windows(60, 40, 50), "copula", shuffles=19)
    assert [trial.windows for trial in found.trials] == [40, 40, 40]
    assert found.notes == (
        "of 40 to 60 windows of a trial, 40 in a row are taken, from a random one on",
    )
    found = measure(windows(60, 40, 50), "copula", shuffles=19, sample=45)
    assert [trial.trial for trial in found.trials] == ["1", "3"]
    assert found.notes == (
        "1 trial is left out, of fewer than 45 windows",
        "of 50 to 60 windows of a trial, 45 in a row are taken, from a random one on",
    )
    found = measure(windows(60, 40, 50), "copula", shuffles=19, equal=False)
    assert [trial.windows for trial in found.trials] == [60, 40, 50]
    own = windows(60, 40, 50)
    exact = [gaussian_copula(trial.actions, trial.effects) for trial in own.trials]
    assert_allclose([trial.bits for trial in found.trials], exact)
    assert measure(windows(40, 40), "copula", shuffles=19).notes == ()


def test_what_is_drawn_is_a_stretch_as_it_was():
    own = windows(60, 40)
    own.trials[0].actions[:, 0] = np.arange(60)
    seen = []
    for seed in range(8):
        drawn, _ = at_equal_numbers(own, None, np.random.default_rng(seed))
        seen.append(drawn.trials[0].actions[:, 0].astype(int).tolist())
        assert drawn.trials[1] == own.trials[1] or len(drawn.trials[1].actions) == 40
    assert all(np.diff(rows).tolist() == [1] * 39 for rows in seen)
    assert len({rows[0] for rows in seen}) > 3


@pytest.mark.parametrize("k", [1, 3, 7, 10])
def test_as_many_windows_as_it_takes_are_enough(k):
    for count in range(2 * k + 2, 2 * k + 12):
        (trial,) = measure(windows(count), k=k, shuffles=19).trials
        assert np.isfinite(trial.low)


def test_few_windows_allow_few_shifts_and_it_is_said():
    (note,) = measure(windows(15), shuffles=50).notes
    assert note == "15 windows allow 14 shifts, so that p is 0.07 or more"
    assert measure(windows(15), shuffles=50).trials[0].orders == 14
    assert measure(windows(15), shuffles=50, null="shuffle").notes == ()


def test_intervals_and_chance_are_of_what_was_found(monkeypatch):
    monkeypatch.setattr("gridemp.logs.trials.standard_error", lambda *_: 0.5)
    chance = np.array([0.0, 1.0, 2.0, 5.0])
    monkeypatch.setattr("gridemp.logs.trials.null_estimates", lambda *_, **__: chance)
    (trial,) = measure(windows(40), "copula").trials
    assert_allclose([trial.bits - trial.low, trial.high - trial.bits], 0.5 * 1.959964, rtol=1e-6)
    assert (trial.null_mean, trial.null_sd, trial.orders) == (2.0, chance.std(), 4)


def test_each_trial_has_chance_of_its_own():
    own = windows(60)
    twice = replace(own, trials=own.trials * 2)
    one, other = measure(twice, "copula", shuffles=19).trials
    assert one.bits == other.bits
    assert one.null_mean != other.null_mean


def test_context_is_known_and_the_estimate_without_it_beside():
    found = measure(windows(80, context=True), "copula", shuffles=39)
    (trial,) = found.trials
    (own,) = windows(80, context=True).trials
    assert trial.bits == gaussian_copula(own.actions, own.effects, own.context)
    assert trial.without == gaussian_copula(own.actions, own.effects)
    assert trial.bits > trial.without + 0.3
    assert trial.p == 1 / 40
    assert math.isnan(measure(windows(80), "copula", shuffles=19).trials[0].without)


def test_the_same_seed_gives_the_same_and_another_does_not():
    one, same, other = (
        measure(windows(50, 60), shuffles=19, seed=seed).trials for seed in (0, 0, 1)
    )
    assert one == same
    assert one != other
    assert one[0].bits == pytest.approx(other[0].bits, abs=0.15)


def test_held_keys_tie_and_are_told_apart_by_less_than_matters():
    rng = np.random.default_rng(3)
    held = rng.integers(0, 3, (120, 2)) * 0.02
    moved = held[:, :1] + 0.01 * rng.normal(size=(120, 1))
    trial = Trial("", "1", held, moved, None)
    made = Windows("log", (trial,), ("a", "b"), ("e",), (), "")
    found = [measure(made, shuffles=19, seed=seed).trials[0] for seed in range(4)]
    assert np.ptp([one.bits for one in found]) < 0.12
    assert min(one.bits for one in found) > 0.6
    scaled = Trial("", "1", held * 1000, moved * 1e-6 + 7, None)
    again = measure(Windows("log", (scaled,), ("a", "b"), ("e",), (), ""), shuffles=19)
    assert again.trials[0].bits == pytest.approx(found[0].bits, abs=1e-6)


def test_constant_columns_tell_nothing_and_it_is_said():
    own = windows(40, 40)
    first = own.trials[0]
    first.actions[:, 1] = 7.0
    found = measure(own, "copula", shuffles=19)
    assert found.notes == ("b is constant in 1 of 2 trials, where it tells nothing",)
    assert found.trials[0].bits == gaussian_copula(first.actions[:, :1], first.effects)
    first.effects[:] = 0.0
    found = measure(own, "copula", shuffles=19)
    assert (found.trials[0].bits, found.trials[0].p) == (0.0, 1.0)
    assert "e is constant in 1 of 2 trials, where it tells nothing" in found.notes
    own = windows(40)
    own.trials[0].effects[:] = 0.0
    assert measure(own, shuffles=19).notes == ("e is constant and tells nothing",)


def test_slow_changes_are_said_where_shuffles_destroy_them():
    own = windows(80)
    for part in (own.trials[0].actions, own.trials[0].effects):
        part[:] = np.cumsum(part, axis=0)
    assert measure(own, "copula", shuffles=19).notes == ()
    (note,) = measure(own, "copula", shuffles=19, null="shuffle").notes
    assert "p values are too small; --null shift keeps it" in note
    assert measure(windows(80), "copula", shuffles=19, null="shuffle").notes == ()


@pytest.mark.parametrize(
    ("own", "options", "sentence"),
    [
        (windows(30, 5), {}, "trial 2 has 5 windows, and an estimate with its error takes 8"),
        (windows(30, 5, players="A"), {"k": 9}, "trial 2 of player A has 5 windows"),
        (windows(30, 9), {"estimator": "copula"}, "takes 10 or more"),
        (windows(30), {"sample": 31}, "no trial has 31 windows; the longest has 30"),
        (windows(30), {"sample": 7}, "--sample must be 8 or more for this estimate, not 7"),
        (windows(30), {"estimator": "kgs"}, "no estimator 'kgs'; choose ksg or copula or plugin"),
        (windows(30), {"null": "none"}, "no null 'none'; choose shift or shuffle"),
        (windows(30), {"k": 0}, "--k must be 1 or more, not 0"),
        (windows(30), {"shuffles": 5}, "--shuffles must be 19 or more, not 5"),
        (windows(30), {"bins": 4}, "ksg needs no bins; leave out --bins or take --estimator"),
        (windows(30), {"estimator": "plugin", "bins": 1}, "--bins must be 2 or more, not 1"),
        (
            windows(200),
            {"estimator": "plugin", "bins": 8},
            "3 columns in 8 bins each make",
        ),
        (windows(30), {"estimator": "plugin"}, "3 columns as they stand make 900 combinations"),
    ],
)
def test_what_cannot_be_measured_is_said_in_a_sentence(own, options, sentence):
    with pytest.raises(GridempError) as error:
        measure(own, **options)
    assert sentence in str(error.value)


def test_few_bins_can_be_counted():
    (trial,) = measure(windows(400), "plugin", bins=3, shuffles=19).trials
    assert 0.2 < trial.bits < 0.8
    assert abs(trial.null_mean) < 0.05
    (trial,) = measure(windows(400, context=True), "plugin", bins=2, shuffles=19).trials
    assert trial.bits > trial.without


def information(player, trial, bits, chance=0.0):
    return TrialInformation(player, trial, 9, bits, 0.0, 0.0, chance, 0.1, 0.5, 99, math.nan)


def test_trends_are_lines_and_ranks():
    bits = [0.1, 0.5, 0.2, 0.9]
    own = [information("A", str(n), b, 0.1 * n) for n, b in zip([2, 4, 8, 16], bits, strict=True)]
    plain, above = trends(own)
    line = linregress([2, 4, 8, 16], bits)
    assert_allclose([plain.slope, plain.intercept], [line.slope, line.intercept])
    half = t.ppf(0.975, 2) * line.stderr
    assert_allclose([plain.low, plain.high], [line.slope - half, line.slope + half])
    assert_allclose(plain.spearman, spearmanr([2, 4, 8, 16], bits).statistic)
    assert_allclose(above.slope, line.slope - 0.1)
    assert above.above_chance
    assert trends(own[:2]) == ()


def test_the_trend_of_several_is_the_mean_of_theirs():
    own = [information(p, str(n), n * s) for p, s in (("A", 0.1), ("B", 0.4)) for n in range(1, 5)]
    first, second, both, *above = trends(own)
    assert (first.player, second.player, both.player) == ("A", "B", None)
    assert_allclose([first.slope, second.slope, both.slope], [0.1, 0.4, 0.25])
    assert_allclose(both.high - both.low, 2 * t.ppf(0.975, 1) * 0.15)
    assert len(above) == 3
    assert_allclose([mean.bits for mean in means(own)], [0.25, 0.5, 0.75, 1.0])
    assert [mean.players for mean in means(own)] == [2] * 4


def test_trials_of_one_name_stand_at_one_place_whoever_plays():
    own = [information("A", name, 1.0) for name in ("first", "second")]
    own += [information("B", name, 3.0) for name in ("second", "third")]
    assert [(mean.place, mean.players, mean.bits) for mean in means(own)] == [
        *((1.0, 1, 1.0), (2.0, 2, 2.0), (3.0, 1, 3.0)),
    ]


def test_numbers_are_written_as_they_are(tmp_path):
    found = measure(windows(30, 30, 30, players="AB", context=True), "copula", shuffles=19)
    save_curve(found, tmp_path / "x.csv", ".csv")
    with (tmp_path / "x.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 6
    assert [float(row["information"]) for row in rows] == [trial.bits for trial in found.trials]
    assert [float(row["without_context"]) for row in rows] == [t.without for t in found.trials]
    names = ["player", "trial", "windows", "information", "low", "high", "null_mean", "null_sd"]
    assert list(rows[0]) == [*names, "p", "null_estimates", "without_context"]
    for name in ("low", "high", "null_mean", "null_sd", "p"):
        assert [float(row[name]) for row in rows] == [getattr(one, name) for one in found.trials]
    save_curve(found, tmp_path / "x.json", ".json")
    whole = json.loads((tmp_path / "x.json").read_text())
    assert whole["unit"] == "bits"
    assert whole["trials"][0]["information"] == found.trials[0].bits
    assert [trend["player"] for trend in whole["trends"]] == ["A", "B", None] * 2
    assert len(whole["means"]) == 3
    one = measure(windows(30), "copula", shuffles=19)
    save_curve(one, tmp_path / "x.json", ".json")
    assert "without_context" not in json.loads((tmp_path / "x.json").read_text())["trials"][0]
    assert json.loads((tmp_path / "x.json").read_text())["means"][0]["low"] is None
