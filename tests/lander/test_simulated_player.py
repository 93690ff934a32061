from itertools import pairwise

import numpy as np
import pytest
from support.extras import required

from gridemp.lander import environment, frame_log
from gridemp.lander.simulated_player import simulated_player

required("Box2D")


def test_full_skill_is_the_rule_of_the_environment():
    env, plain = environment.make_lander(), environment.make_lander()
    seed, rng = frame_log.trial_seeds(7, 1)
    start, _ = env.reset(seed=seed)
    frames, tally = frame_log.play_trial(env, start, 700, simulated_player(1.0, rng))
    seen, _ = plain.reset(seed=seed)
    heuristic = environment.require_lander().heuristic
    over, score = False, 0.0
    for frame in frames[:-1]:
        np.testing.assert_array_equal(frame[2:], seen[[0, 1, 4]].astype(float))
        if over:
            seen, _ = plain.reset()
            over = False
            continue
        main, side = heuristic(plain, seen)
        pushed = np.array([1.0 if main > 0 else -1.0, np.sign(side) * (abs(side) > 0.5)])
        seen, reward, over, _, _ = plain.step(pushed)
        score += reward
    assert tally.landed >= 1
    assert tally.score == pytest.approx(score)
    assert tally.episodes == frames[-1].episode


def test_no_skill_holds_single_buttons_equally_often_for_a_fifth_of_a_second():
    player = simulated_player(0.0, np.random.default_rng(0))
    pressed = [player(None, None) for _ in range(40_000)]
    shares = [pressed.count(buttons) / len(pressed) for buttons in environment.SINGLE_BUTTONS]
    np.testing.assert_allclose(shares, 0.25, atol=0.02)
    changes = sum(a != b for a, b in pairwise(pressed))
    # The end of a spell does not show if the next one is equal, as a quarter of them are.
    assert len(pressed) / changes == pytest.approx(10 / 0.75, rel=0.05)
