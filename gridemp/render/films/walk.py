"""A walk step by step: a GIF, an MP4 or a page in which only trail, agent and boxes change."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from matplotlib.colors import Colormap
from matplotlib.figure import Figure
from PIL import Image

from gridemp.agents.walk import Walk
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.render.artists.trail import draw_walk
from gridemp.render.figures.heatmap import color_range, heatmap
from gridemp.render.figures.walk import title_of
from gridemp.render.films.encode import Film, check_film, image_of, on_white, write_film
from gridemp.render.films.maps import DPI
from gridemp.render.layout.boxes import Box, arrange
from gridemp.render.layout.margins import long_side, map_box, with_title
from gridemp.report.captions import caption
from gridemp.report.walk_text import place_in_words, step_in_words

MAX_FRAMES = 1000


def walk_frames(
    emaps: Sequence[EmpowermentMap],
    walk: Walk,
    *,
    width: float | None = None,
    dpi: int = DPI,
    cmap: str | Colormap | None = None,
    vmin: float | None = None,
    vmax: float | None = None,
    peak: bool = True,
    title: str | bool = True,
    colorbar: bool = True,
) -> Iterator[Image.Image]:
    """One image before the first and after each step of a walk, all of one size and colour scale.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap
        What lies under the walk at each of its K + 1 states; see `drives.maps_along`.
    walk : Walk
        Of K steps.
    width, dpi, cmap, vmin, vmax, peak, colorbar
        See `animations.frames`.
    title : str or bool
        What to write above, before a line that says what the step did; False for neither.

    Returns
    -------
    iterator of PIL.Image.Image
        In RGB, drawn when they are asked for, in the style of that moment.

    Raises
    ------
    GridempError
        If there are too many frames or pixels, or the range of the colours is none.
    """
    check_frames(len(walk.actions))
    emaps = [emap.one_per_cell() for emap in emaps]
    shape = walk.world.maze.shape
    low, high = color_range(emaps, vmin, vmax)
    side = long_side(shape)
    box = map_box(shape, (low, high) if colorbar else None)
    head = title_of(emaps[0], walk) if title is True else title or ""
    lines = captions_of(walk)
    texts = [f"{head}\n{line}" if title else "" for line in lines]
    roomy = [with_title(box, text, side=side, width=width) for text in texts]
    titles = [text for _, text in roomy]
    box = Box(*[box.aspect, *np.max([each for each, _ in roomy], axis=0)[1:].tolist()])
    under: dict[int, Any] = {}

    def draw(i: int) -> Image.Image:
        if id(emaps[i]) not in under:
            under.clear()
            figure, ((ax,),) = arrange([[box]], side=side, width=width)
            heatmap(
                emaps[i],
                ax=ax,
                cmap=cmap,
                vmin=low,
                vmax=high,
                peak=peak,
                title=False,
                colorbar=colorbar,
            )
            image_of(figure, dpi)
            canvas: Any = cast(Figure, figure).canvas
            under[id(emaps[i])] = figure, ax, canvas.copy_from_bbox(figure.bbox)
        figure, ax, background = under[id(emaps[i])]
        canvas = figure.canvas
        canvas.restore_region(background)
        ax.set_title(titles[i], parse_math=False)
        drawn = draw_walk(ax, walk, i)
        for artist in (*drawn, ax.title):
            figure.draw_artist(artist)
        image = on_white(canvas)
        for artist in drawn:
            artist.remove()
        return image

    return map(draw, range(len(emaps)))


def check_frames(steps: int) -> None:
    """Raise a GridempError if an animation cannot hold so many steps."""
    if steps >= MAX_FRAMES:
        raise GridempError(
            f"an animation holds {MAX_FRAMES - 1} steps at most, not {steps}; take fewer steps"
        )


def captions_of(walk: Walk) -> list[str]:
    """What stands at each frame: where the walk began, then what each step did."""
    count = len(walk.actions)
    first = f"start: {place_in_words(walk, 0)}, {walk.bits[0]:.2f} bits"
    steps = range(1, count + 1)
    return [first, *(f"step {i} of {count}: {step_in_words(walk, i)}" for i in steps)]


def save_walk(
    emaps: Sequence[EmpowermentMap],
    walk: Walk,
    path: Path,
    *,
    seconds_per_frame: float = 0.5,
    loop: bool = True,
    description: str | None = None,
    progress: Progress | None = None,
    **looks: Any,
) -> None:
    """Draw a walk step by step into a `.gif`, `.mp4` or `.html` file.

    Parameters
    ----------
    emaps, walk
        See `walk_frames`.
    path : Path
        Where it goes; the suffix tells the format.
    seconds_per_frame, loop, description, progress
        See `animations.save_animation`.
    **looks
        See `walk_frames`.

    Raises
    ------
    GridempError
        If the suffix is unknown, frames are too short or long, ffmpeg fails, or as `walk_frames`.
    MissingExtra
        If an MP4 is wanted and there is no ffmpeg, before anything is drawn.
    """
    progress = progress or ignore
    check_film(path, seconds_per_frame)
    title = looks.get("title", True)
    if path.suffix.lower() == ".html":
        looks["title"] = False  # a page writes it as text
    head = title_of(emaps[0], walk) if title is True else title or ""
    lines = captions_of(walk)
    write_film(
        Film(walk_frames(emaps, walk, **looks), seconds_per_frame, loop, description),
        path,
        title=f"A walk by empowerment: {emaps[0].world.maze.name}",
        captions=[f"{head}; {line}" if head else line for line in lines],
        alts=[f"{caption(emaps[0])}; {line}" for line in lines],
        progress=progress,
    )
