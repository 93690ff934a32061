import numpy as np
import pytest
from support.extras import required

from gridemp.lander.environment import NO_BUTTON, Buttons, continuous_action, make_lander
from gridemp.lander.frame_log import Tally, play_trial, trial_seeds
from gridemp.lander.internal_models import (
    CONFUSIONS,
    DELAY,
    Motion,
    PlayerWithModels,
    predicted,
)
from gridemp.lander.simulated_player import simulated_player

required("Box2D")
ENGINES = [Buttons(left, right, main) for left, right, main in np.ndindex(2, 2, 2)]


@pytest.mark.parametrize("gravity", [2.0, 10.0])
def test_the_forward_model_predicts_the_mean_of_what_the_environment_does(gravity):
    """The noise of the engines has the mean 0, so that the mean error of many frames is small."""
    env = make_lander(gravity)
    rng = np.random.default_rng(0)
    errors = []
    for episode in range(40):
        seen, _ = env.reset(seed=episode)
        for _ in range(25):
            buttons = ENGINES[rng.integers(len(ENGINES))]
            expected = predicted(Motion(*map(float, seen[:6])), buttons, gravity)
            seen, *_ = env.step(continuous_action(buttons))
            assert not seen[6:].any()  # still in the air
            errors.append(seen[:6] - np.array(expected))
    spread = np.std(errors, axis=0)
    np.testing.assert_allclose(np.mean(errors, axis=0), 0, atol=4 * spread.max() / 1000**0.5)
    np.testing.assert_allclose(np.mean(errors, axis=0)[[0, 1, 4]], 0, atol=2e-4)
    assert (spread[[2, 3, 5]] < 0.013).all()  # the noise of the engines alone


def landings(learns, skill, players=4):
    env, total = make_lander(), Tally()
    for seed in range(players):
        environment_seed, rng = trial_seeds(seed, 1)
        start, _ = env.reset(seed=environment_seed)
        total = total.plus(play_trial(env, start, 1500, simulated_player(skill, rng, learns))[1])
    return total


@pytest.mark.slow
def test_an_intact_player_lands_nearly_as_well_as_the_rule():
    rule, intact = landings("play", 1.0), landings("both", 1.0)
    assert intact.lost == 0
    assert 0.8 * rule.landed <= intact.landed <= rule.landed


@pytest.mark.slow
@pytest.mark.parametrize("learns", ["forward", "inverse", "both"])
def test_damage_to_a_model_lowers_landings(learns):
    none, half, whole = (landings(learns, skill).landed for skill in (0.0, 0.5, 1.0))
    assert none < half < whole
    assert none < whole / 4


class Env:
    """Environment of which the player sees only what it is given."""

    def __init__(self):
        self.lander = object()
        self.gravity = -10.0


def test_the_present_is_predicted_from_the_past_and_the_buttons_pressed_since(monkeypatch):
    seen = []

    def rule(env, observation):
        seen.append(observation)
        return (1.0, 0.0) if len(seen) % 3 == 0 else (-1.0, 0.9)

    monkeypatch.setattr("gridemp.lander.internal_models.desired_change", rule)
    env, start = Env(), Motion(0.1, 1.4, 0.05, -0.2, 0.0, 0.0)
    observations, motion = [], start
    player = PlayerWithModels(1.0, 1.0, np.random.default_rng(0))
    for _ in range(3 * DELAY):
        observations.append(motion)
        buttons = player(env, np.array([*motion, 0, 0]))
        motion = predicted(motion, buttons, 10.0)
    np.testing.assert_allclose([each[:6] for each in seen], observations, atol=1e-9)

    seen.clear()
    forgetful = PlayerWithModels(0.0, 1.0, np.random.default_rng(0))
    free = start
    for frame in range(DELAY + 1):
        forgetful(env, np.array([*start, 0, 0]))  # the lander has not been seen to move
        np.testing.assert_allclose(seen[frame][:6], free, atol=1e-9)
        free = predicted(free, NO_BUTTON, 10.0)

    seen.clear()
    env.lander = object()  # a new episode begins
    forgetful(env, np.array([*start, 0, 0]))
    np.testing.assert_allclose(seen[0][:6], start)


def test_the_pad_ends_a_predicted_fall(monkeypatch):
    seen = []
    monkeypatch.setattr(
        "gridemp.lander.internal_models.desired_change",
        lambda env, observation: seen.append(observation) or (-1.0, 0.0),
    )
    player, env = PlayerWithModels(1.0, 1.0, np.random.default_rng(0)), Env()
    for _ in range(DELAY + 1):
        player(env, np.array([0.0, 0.01, 0.0, -0.5, 0.0, 0.0, 0, 0]))
    assert seen[-1] == (0.0, 0, 0, 0, 0.0, 0, True, True)


def test_a_damaged_inverse_model_takes_engines_for_others(monkeypatch):
    monkeypatch.setattr(
        "gridemp.lander.internal_models.desired_change", lambda env, observation: (1.0, 0.0)
    )
    env, sight = Env(), np.array([0.0, 1.4, 0.0, 0.0, 0.0, 0.0, 0, 0])
    player = PlayerWithModels(1.0, 0.0, np.random.default_rng(0))
    pressed = [player(env, sight) for _ in range(20_000)]
    assert {sum(buttons) for buttons in pressed} == {1}
    shares = [np.mean([buttons[engine] for buttons in pressed]) for engine in range(3)]
    wrong = [sum(order.index(2) == engine for order in CONFUSIONS) / 5 for engine in range(3)]
    np.testing.assert_allclose(shares, wrong, atol=0.03)
