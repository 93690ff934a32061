"""Maps one after another: a GIF, an MP4 or a page with a slider, in which only the map changes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize
from matplotlib.text import Text
from PIL import Image

from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.numbers import min_cell_inches, number_size, number_texts
from gridemp.render.figures.heatmap import MAX_SIDE, color_range, heatmap, title_of
from gridemp.render.films.encode import Film, check_film, image_of, write_film
from gridemp.render.layout.boxes import Box, arrange
from gridemp.render.layout.colorbars import draw_colorbar
from gridemp.render.layout.margins import long_side, map_box, with_title
from gridemp.render.layout.text import MIN_FONT_SIZE
from gridemp.report.captions import bar_label, caption, short_name

DPI = 150


def frames(
    emaps: Sequence[EmpowermentMap],
    *,
    width: float | None = None,
    dpi: int = DPI,
    cmap: str | Colormap | None = None,
    vmin: float | None = None,
    vmax: float | None = None,
    annotate: str | None = None,
    peak: bool = True,
    title: str | bool = True,
    colorbar: bool = True,
) -> Iterator[Image.Image]:
    """One heatmap for each map, all of one size, on one colour scale.

    Maps of one shape stand in the same place; those of other shapes are centred there, each with
    its longer side as long.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap
        In order.
    width : float, optional
        Of a frame, in inches; by default the longer side of a map is 5, or less if all are small.
    dpi : int
        Pixels per inch.
    vmin, vmax : float, optional
        The range of the colours, in bits; by default that of all maps together.
    cmap, annotate, peak, title, colorbar
        See `heatmap`.

    Returns
    -------
    iterator of PIL.Image.Image
        In RGB. Frames are drawn when they are asked for, in the style of that moment.

    Raises
    ------
    GridempError
        If there is no map, a frame would have too many pixels, or as `heatmap` does.
    """
    if not emaps:
        raise GridempError("there is no map to animate; give one or more")
    emaps = [emap.one_per_cell() for emap in emaps]
    low, high = color_range(emaps, vmin, vmax)
    shapes = [emap.world.maze.shape for emap in emaps]
    sizes = [np.divide(shape, max(shape)) for shape in shapes]  # heights and widths
    tallest, widest = np.max(sizes, axis=0).tolist()
    below = widest > 2 * tallest
    side = max(map(long_side, shapes))
    if annotate is not None:
        cells = [
            max(shape) * min_cell_inches(emap, annotate)
            for emap, shape in zip(emaps, shapes, strict=True)
        ]
        side = min(max(side, *cells), MAX_SIDE)
    most_rows, most_columns = np.max(shapes, axis=0).tolist()
    box = map_box((most_rows, most_columns), (low, high) if colorbar else None, below=below)
    box = box._replace(aspect=tallest / widest)
    titles = [title_of(emap, title, annotate) for emap in emaps]
    box, titles = _with_titles(box, titles, side, width)
    scale = ScalarMappable(Normalize(low, high), cmap)
    scale.set_array([f(f(emap.bits) for emap in emaps) for f in (min, max)])

    def draw(i: int) -> Image.Image:
        figure, ((stage,),) = arrange([[box]], side=side, width=width)
        stage.set_axis_off()
        stage.set_title(titles[i], parse_math=False)
        if colorbar:
            draw_colorbar(stage, scale, bar_label(emaps), below=below)
        up, across = sizes[i] / (tallest, widest)
        ax = stage.inset_axes(((1 - across) / 2, (1 - up) / 2, across, up))
        heatmap(
            emaps[i],
            ax=ax,
            cmap=cmap,
            vmin=low,
            vmax=high,
            annotate=annotate,
            peak=peak,
            title=False,
            colorbar=False,
        )
        if annotate is not None:
            alike = [emaps[j] for j, shape in enumerate(shapes) if shape == shapes[i]]
            size = _number_size(alike, annotate, cell_points(ax, shapes[i]))
            for number in ax.findobj(lambda artist: artist.get_gid() == "number"):
                cast(Text, number).set_fontsize(size)
        return image_of(figure, dpi)

    return map(draw, range(len(emaps)))


def _with_titles(
    box: Box, titles: Sequence[str], side: float, width: float | None
) -> tuple[Box, list[str]]:
    """The box with room for the largest of the titles, and the titles broken into lines."""
    boxes, broken = zip(
        *(with_title(box, title, side=side, width=width) for title in titles), strict=True
    )
    return Box(*[box.aspect, *np.max(boxes, axis=0)[1:].tolist()]), list(broken)


def _number_size(emaps: Sequence[EmpowermentMap], which: str, points: float) -> float:
    """In which the numbers of all these maps fit cells of so many points."""
    sizes = [[number_size(texts, points) for texts in number_texts(emap, which)] for emap in emaps]
    return min(next((size for size in own if size >= MIN_FONT_SIZE), own[-1]) for own in sizes)


def save_animation(
    emaps: Sequence[EmpowermentMap],
    path: Path,
    *,
    seconds_per_frame: float = 0.5,
    loop: bool = True,
    description: str | None = None,
    progress: Progress | None = None,
    **looks: Any,
) -> None:
    """Draw maps one after another into a `.gif`, `.mp4` or `.html` file.

    A GIF has one palette of 255 colours for all frames. A page needs nothing but itself: it holds
    the frames as images, their captions as text, a slider and buttons. The same maps give the same
    bytes, in an MP4 with the same ffmpeg.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap
        In order.
    path : Path
        Where it goes; the suffix tells the format.
    seconds_per_frame : float
        How long a frame is shown, in a GIF to a hundredth of a second.
    loop : bool
        Whether a GIF or a page starts again after the last frame; in an MP4, the player decides.
    description : str, optional
        What made it; goes into the comment of a GIF or MP4 and the description of a page.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    **looks
        See `frames`.

    Raises
    ------
    GridempError
        If the suffix is unknown, frames are too short or long, ffmpeg fails, or as `frames` does.
    MissingExtra
        If an MP4 is wanted and there is no ffmpeg, before anything is drawn.
    """
    progress = progress or ignore
    check_film(path, seconds_per_frame)
    title = looks.get("title", True)
    if path.suffix.lower() == ".html":
        looks["title"] = False  # a page writes it as text
    shown = [emap.one_per_cell() for emap in emaps]
    names = dict.fromkeys(short_name(emap.world) for emap in shown)
    write_film(
        Film(frames(emaps, **looks), seconds_per_frame, loop, description),
        path,
        title=f"Empowerment of {', '.join(names)}",
        captions=[title_of(emap, title, looks.get("annotate")) for emap in shown],
        alts=[_in_words(emap) for emap in shown],
        progress=progress,
    )


def _in_words(emap: EmpowermentMap) -> str:
    """What a heatmap shows, for those who do not see it."""
    low, high, peak = emap.bits.min(), emap.bits.max(), emap.peak
    return f"{caption(emap)}: {low:.2f} to {high:.2f} bits, peak at x = {peak.x}, y = {peak.y}"
