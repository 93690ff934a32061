import numpy as np
import pytest
from support.extras import required

from gridemp.errors import GridempError
from gridemp.lander import LanderState, RecordingSettings, read_flight, record

required("Box2D")
HEADER = "player,trial,episode,time,x,y,angle"
FRAMES = [(0.02 * i, 0.1 * i, 1.4 - 0.01 * i * i, -0.2 * i) for i in range(11)]


def written(path, rows, header=HEADER):
    path.write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]))
    return path


@pytest.fixture
def log(tmp_path):
    """Two trials of Ada and one of Bob, each of two episodes."""
    rows = []
    for player, trial in (("Ada", "first"), ("Ada", "2"), ("Bob", "2")):
        rows += [(player, trial, 1 + (i > 5), *frame) for i, frame in enumerate(FRAMES)]
    return written(tmp_path / "log.csv", rows)


def test_states_at_regular_times_with_velocities_of_their_episode(log):
    flight = read_flight(log, step=0.1)
    assert (flight.player, flight.trial) == ("Ada", "first")
    assert flight.times == (0.0, 0.1, 0.2)
    assert flight.episodes == ("1", "1", "2")
    assert (flight.gravity, flight.wind) == (10.0, 0.0)
    first, last_of_first, last = flight.states
    expected = [0.0, 1.4, 0.0, 5.0, -0.5, -10.0]  # from the first frame to the second
    np.testing.assert_allclose(first, expected, atol=1e-9)
    assert last_of_first.velocity_y == pytest.approx((FRAMES[5][2] - FRAMES[4][2]) / 0.02)
    assert last.velocity_y == pytest.approx((FRAMES[10][2] - FRAMES[9][2]) / 0.02)


def test_a_chosen_trial_with_its_conditions(tmp_path):
    path = tmp_path / "log.csv"
    record(path, RecordingSettings(trials=2, seconds=1, gravity=6, wind=(0, 4)), seeds=[5, 7])
    flight = read_flight(path, "7", "2", step=0.02)
    assert (flight.player, flight.trial, len(flight.states)) == ("7", "2", 50)
    assert (flight.gravity, flight.wind) == (6.0, 4.0)
    assert isinstance(flight.states[0], LanderState)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("Eve",), "the log has no player Eve; it has Ada, Bob"),
        (("Bob", "first"), "the log has no trial first; it has 2"),
        (("Ada", "first", 0.03), "`step` must be a multiple of a frame of 0.02 s, not 0.03"),
        (("Ada", "first", 0.0), "`step` must be a multiple of a frame of 0.02 s, not 0"),
    ],
)
def test_no_such_flight(log, words, sentence):
    with pytest.raises(GridempError) as error:
        read_flight(log, *words)
    assert str(error.value) == sentence


def test_a_log_without_angles(tmp_path):
    rows = [("Ada", 1, 1, *frame[:3]) for frame in FRAMES]
    path = written(tmp_path / "log.csv", rows, HEADER.rpartition(",")[0])
    with pytest.raises(GridempError, match="angle"):
        read_flight(path)


def test_angles_that_jump_have_the_smaller_spin(tmp_path):
    turns = [3.12, 3.14, -3.123, -3.103]
    rows = [("Ada", 1, 1, 0.02 * i, 0, 1, turn) for i, turn in enumerate(turns)]
    flight = read_flight(written(tmp_path / "log.csv", rows), step=0.02)
    spins = [state.spin for state in flight.states]
    np.testing.assert_allclose(spins, [1.0, 1.0, 1.0, 1.0], atol=0.03)
