"""Frame logs of Lunar Lander: written from simulated play, in a format that others read.

The format is CSV, one row for each frame, 50 frames a second, under the header

    player,trial,episode,time,left,right,main,x,y,angle,skill,wind,gravity

- `player`: who plays; for simulated players the seed.
- `trial`: counted from 1 for each player.
- `episode`: counted from 1 in each trial. It ends when the lander lands, crashes or leaves the
  screen to a side; the next one begins 0.02 s later, on new ground.
- `time`: seconds from the start of the trial, in steps of 0.02, going on through its episodes.
- `left`, `right`, `main`: 1 if the engine is on from this frame to the next, else 0. In the last
  frame of an episode, and of a trial, none is.
- `x`, `y`, `angle`: what the environment shows in this frame, in its units: x from -1 to 1 across
  the screen, y in half screens above the pad (0 where the lander stands on it), angle in radians,
  against the clock.
- `skill`: of the simulated player in this trial, from 0 to 1; empty for a person.
- `wind`, `gravity`: in the environment's units; gravity downwards.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from gridemp.lander.environment import FRAMES, NONE, Buttons, action, make_lander, set_wind
from gridemp.lander.simulated_player import simulated_player

HEADER = "player,trial,episode,time,left,right,main,x,y,angle,skill,wind,gravity\n"

Span = tuple[float, float]


class Frame(NamedTuple):
    """What is seen and pressed in a frame."""

    episode: int
    buttons: Buttons
    x: float
    y: float
    angle: float


class Tally(NamedTuple):
    """How much was played, and how it ended."""

    frames: int = 0
    landed: int = 0
    lost: int = 0  # crashed or off the screen
    cut: int = 0  # by the end of a trial

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def episodes(self) -> int:
        """How many there were."""
        return self.landed + self.lost + self.cut


def play(
    env: Any, observation: Any, count: int, press: Callable[[Any, Any], Buttons]
) -> tuple[list[Frame], Tally]:
    """One trial, through as many episodes as it takes.

    Parameters
    ----------
    env : LunarLander
        Just reset, with continuous actions.
    observation : ndarray, shape (8,)
        What the reset gave.
    count : int
        Of frames.
    press : callable
        From environment and observation to the buttons that are pressed until the next frame.

    Returns
    -------
    list of Frame
        As many as `count`.
    Tally
    """
    frames: list[Frame] = []
    episode, landed, lost, over = 1, 0, 0, False
    for i in range(count):
        last = i == count - 1
        buttons = NONE if over or last else press(env, observation)
        x, y, angle = (float(observation[k]) for k in (0, 1, 4))
        frames.append(Frame(episode, buttons, x, y, angle))
        if last:
            break
        if over:
            observation, _ = env.reset()
            episode, over = episode + 1, False
        else:
            observation, reward, over, _, _ = env.step(action(buttons))
            landed += bool(over and reward > 0)
            lost += bool(over and reward <= 0)
    return frames, Tally(count, landed, lost, int(not over))


def lines(
    player: str, trial: int, frames: Sequence[Frame], skill: float | None, wind: float, gravity: Any
) -> Iterator[str]:
    """The rows of a trial, as text."""
    end = f"{'' if skill is None else f'{skill:.6g}'},{wind:.6g},{gravity:.6g}\n"
    for i, (episode, buttons, *place) in enumerate(frames):
        pressed = ",".join("1" if button else "0" for button in buttons)
        seen = ",".join(f"{round(value, 6) + 0.0:.6f}" for value in place)  # no -0.000000
        yield f"{player},{trial},{episode},{i / FRAMES:.2f},{pressed},{seen},{end}"


def ramp(span: Span, trials: int) -> list[float]:
    """A value for each trial, linear from the first to the last."""
    return [float(value) for value in np.linspace(*span, trials)]


def frame_count(seconds: float) -> int:
    """How many frames a trial has."""
    return max(1, round(seconds * FRAMES))


def trial_seeds(seed: int, trial: int) -> tuple[int, np.random.Generator]:
    """What the environment of a trial starts from, and the randomness of who plays it."""
    own, other = np.random.SeedSequence([seed, trial]).spawn(2)
    return int(own.generate_state(1)[0]), np.random.default_rng(other)


def record(
    path: Path,
    *,
    seeds: Sequence[int],
    trials: int,
    seconds: float,
    skill: Span,
    gravity: float = 10.0,
    wind: Span = (0.0, 0.0),
    progress: Callable[[float], None] | None = None,
) -> Tally:
    """Let simulated players play, and write the frame log.

    Parameters
    ----------
    path : Path
        Of the log, written as it is made.
    seeds : sequence of int
        A player for each.
    trials : int
        Of each player.
    seconds : float
        Of a trial.
    skill : pair of float
        In the first and the last trial, and linear between; from 0 to 1.
    gravity : float
        Downwards, in the environment's units.
    wind : pair of float
        As `skill`, in the environment's units.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Tally

    Raises
    ------
    GridempError
        If there is no such gravity or wind.
    MissingExtra
        If Gymnasium, Box2D or pygame is not installed.
    """
    env = make_lander(gravity, wind[0])
    total = Tally()
    skills, winds = ramp(skill, trials), ramp(wind, trials)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        for k, seed in enumerate(seeds):
            for trial in range(1, trials + 1):
                own, rng = trial_seeds(seed, trial)
                set_wind(env, winds[trial - 1])
                observation, _ = env.reset(seed=own)
                player = simulated_player(skills[trial - 1], rng)
                frames, tally = play(env, observation, frame_count(seconds), player)
                conditions = (skills[trial - 1], winds[trial - 1], gravity)
                file.writelines(lines(str(seed), trial, frames, *conditions))
                total = total.plus(tally)
                if progress is not None:
                    progress((k + trial / trials) / len(seeds))
    return total
