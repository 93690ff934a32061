"""A map as it is learned, frame by frame: what is believed, the truth, and their difference."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize
from matplotlib.text import Text
from PIL import Image

from gridemp.agents.exploration_record import Learning
from gridemp.progress import Progress, ignore
from gridemp.render.artists.belief import draw_belief, draw_belief_difference
from gridemp.render.artists.difference import DIVERGING
from gridemp.render.figures.exploration import extent_of
from gridemp.render.figures.heatmap import color_range, heatmap
from gridemp.render.films.encode import Film, check_film, image_of, write_film
from gridemp.render.films.maps import DPI
from gridemp.render.layout.panel_rows import draw_panel_colorbar, three_panels
from gridemp.report.captions import bar_label, caption

MAX_FRAMES = 60


def frame_steps(learning: Learning, most: int = MAX_FRAMES) -> list[int]:
    """After which steps there is a frame: all, or so many evenly apart, with both ends."""
    count = min(most, learning.steps + 1)
    return [int(step) for step in np.linspace(0, learning.steps, count).round()]


def learning_frames(
    learning: Learning,
    *,
    steps: Sequence[int] | None = None,
    width: float | None = None,
    dpi: int = DPI,
    cmap: str | Colormap | None = None,
    diverging: str | Colormap = DIVERGING,
    vmin: float | None = None,
    vmax: float | None = None,
    peak: bool = True,
    title: bool = True,
) -> Iterator[Image.Image]:
    """The believed map, the true one and the one less the other, each frame some steps later.

    Parameters
    ----------
    learning : Learning
        Of K steps.
    steps : sequence of int
        After how many steps, from 0 to K; by default as `frame_steps` has it.
    width : float, optional
        Of a frame, in inches.
    dpi : int
        Pixels per inch.
    cmap, diverging, vmin, vmax, peak, title
        See `learning_figure`; the scales are those of all frames.

    Returns
    -------
    iterator of PIL.Image.Image
        In RGB, all of one size. Frames are drawn when they are asked for.

    Raises
    ------
    GridempError
        If the colours have no range, or a frame would have too many pixels.
    """
    steps = frame_steps(learning) if steps is None else steps
    truth, maze = learning.truth, learning.truth.world.maze
    emaps = [*(learning.map(step) for step in steps), truth]
    bits = color_range(emaps, vmin, vmax)
    extent = extent_of([learning.difference(step) for step in steps])
    looks: dict[str, Any] = {"cmap": cmap, "vmin": bits[0], "vmax": bits[1]}
    scale = ScalarMappable(Normalize(*bits), cmap)
    scale.set_array(np.concatenate([emap.bits for emap in emaps]))
    label = bar_label(emaps)
    longest = _texts(max(steps), float(learning.largest.max()))

    def draw(step: int) -> Image.Image:
        figure, axes, below = three_panels(
            maze.shape,
            [None, bits, (-extent, extent)],
            longest,
            caption(truth) if title else "",
            width=width,
        )
        draw_belief(axes[0], learning, step, **looks)
        heatmap(truth, ax=axes[1], peak=peak, title="", colorbar=False, **looks)
        cells = draw_belief_difference(axes[2], learning, step, extent, diverging)
        draw_panel_colorbar(axes[:2], scale, label, below)
        draw_panel_colorbar(axes[2:], cells, "difference [bits]", below)
        _retitle(axes, longest, _texts(step, float(learning.largest[step])))
        return image_of(figure, dpi)

    return map(draw, steps)


def save_learning(
    learning: Learning,
    path: Path,
    *,
    seconds_per_frame: float = 0.25,
    loop: bool = True,
    description: str | None = None,
    progress: Progress | None = None,
    **looks: Any,
) -> None:
    """Draw a map as it is learned into a `.gif`, `.mp4` or `.html` file.

    Parameters
    ----------
    learning : Learning
        Of K steps.
    path, seconds_per_frame, loop, description, progress
        See `animations.save_animation`, as for what is raised.
    **looks
        See `learning_frames`.
    """
    progress = progress or ignore
    check_film(path, seconds_per_frame)
    steps = looks.setdefault("steps", frame_steps(learning))
    about = caption(learning.truth)
    if path.suffix.lower() == ".html":
        looks["title"] = False  # a page writes it as text
    off = [f"at most {learning.largest[step]:.3f} bits off" for step in steps]
    texts = [f"{about}, after {step} steps: {far}" for step, far in zip(steps, off, strict=True)]
    write_film(
        Film(learning_frames(learning, **looks), seconds_per_frame, loop, description),
        path,
        title=f"{about}, as it is learned",
        captions=texts,
        alts=texts,
        progress=progress,
    )


def _texts(step: int, largest: float) -> list[str]:
    """What stands above the panels after their letters: two lines each."""
    return [
        f"believed\nafter {step} steps",
        "true\n ",
        f"(a) \N{MINUS SIGN} (b)\nup to {largest:.3f} bits",
    ]


def _retitle(axes: Sequence[Axes], old: Sequence[str], new: Sequence[str]) -> None:
    """Other words in the titles, where they stand and as large as they are."""
    for ax, before, after in zip(axes, old, new, strict=True):
        for text in ax.findobj(Text):
            words = text.get_text()
            if before in words:
                text.set_text(words.replace(before, after))
