"""Logs of play, simulated windows and series."""

import numpy as np

from gridemp.logs import FrameColumns, Trial, Windows, windows_of_frames

KEYS, STATES = ["left", "right", "main"], ["x", "y", "angle"]
HEADER = "trial,episode,time,left,right,main,x,y,angle\n"


def frame_windows(log, rows, length=0.1, **options):
    """Windows of frames, each a row of HEADER; options are those of columns or of windows."""
    text = HEADER + "".join(",".join(map(str, row)) + "\n" for row in rows)
    columns = {"trial": "trial", "episode": "episode", "angles": ["angle"]}
    for name in ("context", "angles", "episode"):
        if name in options:
            columns[name] = options.pop(name)
    read = log(text, ["time", *KEYS, *STATES], ["trial", "episode"])
    return windows_of_frames(read, FrameColumns(KEYS, STATES, **columns), length, **options)


def frames(start, count, trial=1, episode=1, left=(), main=(), speed=1.0, every=0.02):
    """Frames from a time on, with x moving at a speed, and keys held at the frames listed."""
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


def simulated_windows(*counts, noise=0.5, players=("",), context=False, seed=0):
    """Trials with these numbers of windows for each player; the first action has an effect."""
    rng = np.random.default_rng(seed)
    trials = []
    for player in players:
        for number, count in enumerate(counts, 1):
            x, z = rng.normal(size=(count, 2)), rng.normal(size=(count, 1))
            y = x[:, :1] + z + noise * rng.normal(size=(count, 1))
            trials.append(Trial(player, str(number), x, y, z if context else None))
    known = ("c",) if context else ()
    return Windows("log", tuple(trials), ("a", "b"), ("e",), known, "trial")


def points(seed, count, *columns):
    """Dependent points: all columns share a part."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=(count, 1))
    return [shared + rng.normal(size=(count, width)) ** 3 for width in columns]


def slow(rng, count, columns, kept):
    """Columns that keep a part of their values from one window to the next."""
    x = rng.normal(size=(count + 50, columns))
    for i in range(1, len(x)):
        x[i] = kept * x[i - 1] + np.sqrt(1 - kept**2) * x[i]
    return x[50:]
