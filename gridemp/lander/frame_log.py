"""Frame logs of Lunar Lander, recorded from simulated play.

A frame log is a CSV file with one row for each frame, 50 frames a second, under the header

    player,trial,episode,time,left,right,main,x,y,angle,skill,wind,gravity,score,learns

- `player`: name of the player; for simulated players the seed.
- `trial`: number of the trial, counted from 1 for each player.
- `episode`: number of the episode, counted from 1 in each trial. An episode ends when the lander
  lands, crashes or leaves the screen to a side; the next one begins 0.02 s later, on new ground.
- `time`: seconds from the start of the trial, in steps of 0.02, continued through its episodes.
- `left`, `right`, `main`: 1 if the engine is on from this frame to the next, else 0. In the last
  frame of an episode, and of a trial, no engine is on.
- `x`, `y`, `angle`: the environment's observation in this frame, in its units: x from -1 to 1
  across the screen, y in half screens above the pad (0 where the lander stands on it), angle in
  radians, counterclockwise.
- `skill`: skill of the simulated player in this trial, from 0 to 1; empty for a person.
- `wind`, `gravity`: wind, and gravity downwards, in the environment's units.
- `score`: sum of the environment's rewards in the whole trial, the same in all of its frames.
- `learns`: ability of the simulated player whose quality is its skill; empty for a person.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.lander.environment import (
    FRAME_RATE,
    NO_BUTTON,
    Buttons,
    continuous_action,
    make_lander,
    set_conditions,
)
from gridemp.lander.recording_settings import Condition, RecordingSettings, Span, ramp
from gridemp.lander.simulated_player import check_learns, simulated_player
from gridemp.progress import Progress, ignore

HEADER = "player,trial,episode,time,left,right,main,x,y,angle,skill,wind,gravity,score,learns\n"
SKILL: Span = (0.0, 1.0)  # of a simulated player, unless another is given


class Frame(NamedTuple):
    """A frame of play.

    Attributes
    ----------
    episode : int
        Number of the episode, counted from 1.
    buttons : Buttons
        Buttons pressed from this frame to the next.
    x, y, angle : float
        Observed position, in half screens, and angle in radians.
    """

    episode: int
    buttons: Buttons
    x: float
    y: float
    angle: float


class Tally(NamedTuple):
    """Number of frames played, and numbers of episodes by how they ended.

    Attributes
    ----------
    frames : int
        Number of frames.
    landed, lost, cut : int
        Numbers of episodes that ended in a landing, in a crash or off the screen, and at the end of
        the trial.
    score : float
        Sum of the environment's rewards.
    """

    frames: int = 0
    landed: int = 0
    lost: int = 0
    cut: int = 0
    score: float = 0.0

    def plus(self, other: "Tally") -> "Tally":
        """Sum of two tallies."""
        sums: list[Any] = [a + b for a, b in zip(self, other, strict=True)]
        return Tally(*sums)

    @property
    def episodes(self) -> int:
        """Number of episodes."""
        return self.landed + self.lost + self.cut


def play_trial(
    env: Any, observation: Any, count: int, press: Callable[[Any, Any], Buttons]
) -> tuple[list[Frame], Tally]:
    """Play one trial through as many episodes as it takes.

    Parameters
    ----------
    env : LunarLander
        Environment with continuous actions that has just been reset.
    observation : ndarray, shape (8,)
        Observation returned by the reset.
    count : int
        Number of frames.
    press : callable
        Called with the environment and an observation; returns the buttons pressed until the next
        frame.

    Returns
    -------
    frames : list of Frame
        The `count` frames of the trial.
    tally : Tally
        Number of frames, numbers of episodes by how they ended, and the score.
    """
    frames: list[Frame] = []
    episode, landed, lost, over, score = 1, 0, 0, False, 0.0
    for i in range(count):
        last = i == count - 1
        buttons = NO_BUTTON if over or last else press(env, observation)
        x, y, angle = (float(observation[k]) for k in (0, 1, 4))
        frames.append(Frame(episode, buttons, x, y, angle))
        if last:
            break
        if over:
            observation, _ = env.reset()
            episode, over = episode + 1, False
        else:
            observation, reward, over, _, _ = env.step(continuous_action(buttons))
            score += float(reward)
            landed += bool(over and reward > 0)
            lost += bool(over and reward <= 0)
    return frames, Tally(count, landed, lost, int(not over), score)


def csv_rows(
    player: str,
    trial: int,
    frames: Sequence[Frame],
    *,
    condition: Condition,
    score: float,
    skill: float | None = None,
    learns: str = "",
) -> Iterator[str]:
    """Rows of a trial in the frame log, each with its line end."""
    gravity, wind = condition
    shown_skill = "" if skill is None else f"{skill:.6g}"
    end = f"{shown_skill},{wind:.6g},{gravity:.6g},{score:.6g},{learns}\n"
    for i, (episode, buttons, *place) in enumerate(frames):
        pressed = ",".join("1" if button else "0" for button in buttons)
        seen = ",".join(f"{round(value, 6) + 0.0:.6f}" for value in place)  # no -0.000000
        yield f"{player},{trial},{episode},{i / FRAME_RATE:.2f},{pressed},{seen},{end}"


def trial_seeds(seed: int, trial: int) -> tuple[int, np.random.Generator]:
    """Seed of a trial's environment, and the source of randomness of a simulated player in it."""
    environment, player = np.random.SeedSequence([seed, trial]).spawn(2)
    return int(environment.generate_state(1)[0]), np.random.default_rng(player)


def record(
    path: str | Path,
    settings: RecordingSettings | None = None,
    *,
    seeds: Sequence[int] = (0,),
    skill: Span = SKILL,
    learns: str = "play",
    progress: Progress | None = None,
) -> Tally:
    """Let simulated players play, and write the frame log.

    Parameters
    ----------
    path : str or Path
        Path of the log, which is written during play.
    settings : RecordingSettings, optional
        Number, length and conditions of the trials.
    seeds : sequence of int
        Seed of each player.
    skill : pair of float
        Skill in the first and in the last trial under each condition, linear in between, from 0
        to 1.
    learns : {"play", "forward", "inverse", "both"}
        Ability whose quality is the skill: to play by the landing rule, to predict the effects of
        buttons by a forward model, to find the buttons for an effect by an inverse model, or both
        of the latter. Players with models see the game with a delay of 0.16 s.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Tally
        Number of `frames`, and numbers of episodes that ended in a landing (`landed`), in a crash
        or off the screen (`lost`), and at the end of a trial (`cut`), and the sum of all rewards
        (`score`).

    Raises
    ------
    GridempError
        If `learns` has another value.
    MissingExtra
        If Gymnasium, Box2D or pygame is not installed.

    Examples
    --------
    >>> from pathlib import Path
    >>> from gridemp.lander import RecordingSettings, record
    >>> tally = record("log.csv", RecordingSettings(trials=1, seconds=1))
    >>> tally.frames, len(Path("log.csv").read_text().splitlines())
    (50, 51)
    """
    check_kinds(record, locals())
    path = Path(path)
    settings = settings or RecordingSettings()
    progress = progress or ignore
    check_learns(learns)
    env = make_lander()
    total = Tally()
    skills = ramp(skill, settings.trials) * max(1, len(settings.conditions))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        for k, seed in enumerate(seeds):
            planned = zip(skills, settings.conditions_of(seed), strict=True)
            for i, (trial_skill, condition) in enumerate(planned, start=1):
                environment_seed, rng = trial_seeds(seed, i)
                set_conditions(env, *condition)
                observation, _ = env.reset(seed=environment_seed)
                player = simulated_player(trial_skill, rng, learns)
                frames, tally = play_trial(env, observation, settings.frames, player)
                file.writelines(
                    csv_rows(
                        str(seed),
                        i,
                        frames,
                        condition=condition,
                        score=tally.score,
                        skill=trial_skill,
                        learns=learns,
                    )
                )
                total = total.plus(tally)
                progress((k + i / len(skills)) / len(seeds))
    return total
