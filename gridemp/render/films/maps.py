"""Films of maps: one heatmap after another, in which only the map changes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Unpack, cast

import numpy as np
from matplotlib.text import Text
from PIL import Image

from gridemp.arguments import check_kinds
from gridemp.engine.absorbing import span
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.render.artists.map_key import as_drawn
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.numbers import min_cell_inches, number_size, number_texts
from gridemp.render.figures.heatmap import MAX_SIDE, title_of
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.films import FRAME_SECONDS
from gridemp.render.films.dark import dark_frames
from gridemp.render.films.encode import DPI, Film, check_film, image_of, write_film
from gridemp.render.layout.boxes import Box, arrange
from gridemp.render.layout.colorbars import draw_colorbar
from gridemp.render.layout.drawing_options import DrawingCells, FrameDrawing, MapDrawing
from gridemp.render.layout.keys import with_map_key
from gridemp.render.layout.legends import draw_map_legend
from gridemp.render.layout.margins import long_side, map_box, with_bar_label, with_title
from gridemp.render.layout.text import MIN_FONT_SIZE
from gridemp.report.captions import caption, short_name


class HeatmapFrames(FrameDrawing, DrawingCells, total=False):
    """The options of `frames`.

    Keys
    ----
    title : str or bool
        Title of every frame; if True, the caption of its map.
    """

    title: str | bool


def frames(
    emaps: Sequence[EmpowermentMap],
    *,
    width: float | None = None,
    dpi: int = DPI,
    annotate: str | None = None,
    title: str | bool = True,
    colorbar: bool = True,
    **options: Unpack[MapDrawing],
) -> Iterator[Image.Image]:
    """Draw a heatmap of each map, all of one size and on one colour scale.

    Maps of one shape stand in the same place. Those of other shapes are centred there, with longer
    sides of the same length.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap
        Maps in order.
    width : float, optional
        Width of a frame in inches; by default the longer side of a map is 5 inches, or less if all
        mazes are small.
    dpi : int
        Pixels per inch.
    annotate, title, colorbar
        See `heatmap`.
    **options
        Colour map, range and marks: `cmap`, `vmin`, `vmax`, `peak`, `grid` and `legend` as in
        `heatmap`. The legend is the same in all frames.

    Returns
    -------
    iterator of PIL.Image.Image
        Frames in RGB. Each is drawn on demand, in the style that is then in force.

    Raises
    ------
    GridempError
        If there is no map, if a frame would have too many pixels, or for the same reasons as in
        `heatmap`.
    """
    if not emaps:
        raise GridempError("there is no map to animate; give one or more")
    emaps = [emap.one_per_cell() for emap in emaps]
    scale = MapScale.of(emaps, **options)
    shapes = [emap.world.maze.shape for emap in emaps]
    sizes = [np.divide(shape, max(shape)) for shape in shapes]  # heights and widths
    tallest, widest = np.max(sizes, axis=0).tolist()
    below = widest > 2 * tallest
    side = max(map(long_side, shapes))
    if annotate is not None:
        sides = [
            max(shape) * min_cell_inches(emap, annotate)
            for emap, shape in zip(emaps, shapes, strict=True)
        ]
        side = min(max(side, *sides), MAX_SIDE)
    rows, columns = np.max(shapes, axis=0).tolist()
    box = map_box((rows, columns), scale.range if colorbar else None, below=below)
    box = box._replace(aspect=tallest / widest)
    if colorbar and not below:
        box = with_bar_label(box, scale.label, side=side, width=width)
    titles = [title_of(emap, title, annotate) for emap in emaps]
    under = box.bottom
    box, titles = with_titles(box, titles, side, width)
    box, key = with_map_key(box, scale.key(), side, width)

    def draw(i: int) -> Image.Image:
        figure, ((stage,),) = arrange([[box]], side=side, width=width)
        stage.set_axis_off()
        stage.set_title(titles[i], parse_math=False)
        up, across = sizes[i] / (tallest, widest)
        ax = stage.inset_axes(((1 - across) / 2, (1 - up) / 2, across, up))
        scale.draw(emaps[i], ax, annotate=annotate)
        if colorbar:
            draw_colorbar(
                stage,
                scale.mappable(),
                scale.label,
                below=below,
                absorbing=scale.absorbing,
            )
        draw_map_legend(stage, as_drawn(key, [stage]), under)
        if annotate is not None:
            alike = [emaps[j] for j, shape in enumerate(shapes) if shape == shapes[i]]
            size = _common_number_size(alike, annotate, cell_points(ax, shapes[i]))
            for number in ax.findobj(lambda artist: artist.get_gid() == "number"):
                cast(Text, number).set_fontsize(size)
        return image_of(figure, dpi)

    return map(draw, range(len(emaps)))


def with_titles(
    box: Box, titles: Sequence[str], side: float, width: float | None
) -> tuple[Box, list[str]]:
    """Return a box with room for the largest of some titles, and the titles broken into lines."""
    roomy = [with_title(box, title, side=side, width=width) for title in titles]
    margins = np.max([each for each, _ in roomy], axis=0)[1:]
    return Box(box.aspect, *margins.tolist()), [text for _, text in roomy]


def _common_number_size(emaps: Sequence[EmpowermentMap], which: str, points: float) -> float:
    """Return the font size in which the numbers of all maps fit cells with a side of `points`."""
    sizes = [[number_size(texts, points) for texts in number_texts(emap, which)] for emap in emaps]
    return min(next((size for size in own if size >= MIN_FONT_SIZE), own[-1]) for own in sizes)


def save_animation(
    emaps: Sequence[EmpowermentMap],
    path: str | Path,
    *,
    seconds_per_frame: float = FRAME_SECONDS,
    loop: bool = True,
    description: str | None = None,
    progress: Progress | None = None,
    **options: Unpack[HeatmapFrames],
) -> None:
    """Draw maps one after another into a `.gif`, `.mp4` or `.html` file.

    A GIF has one palette of 255 colours for all frames. A page is self-contained: it has the frames
    as images, their captions as text, a slider and buttons. The same maps give the same bytes, in
    an MP4 with the same ffmpeg.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap
        Maps in order.
    path : str or Path
        File to write; its suffix gives the format.
    seconds_per_frame : float
        Time that each frame is shown, in a GIF to a hundredth of a second.
    loop : bool
        If True, a GIF or a page starts again after the last frame; for an MP4 the player decides.
    description : str, optional
        Record of what made the film: the comment of a GIF or an MP4, the description of a page.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    **options
        Looks of the frames: `width` in inches and `dpi`; `annotate`, `title`, `colorbar`, `cmap`,
        `vmin`, `vmax`, `peak`, `grid` and `legend` as in `heatmap`.

    Raises
    ------
    GridempError
        If there is no map, the suffix is unknown, frames are too short or too long or have too many
        pixels, or ffmpeg fails; and for the same reasons as in `heatmap`.
    MissingExtra
        If the file is an MP4 and there is no ffmpeg, before anything is drawn.

    Examples
    --------
    >>> from pathlib import Path
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> emaps = gridemp.horizon_sweep(world, range(1, 6))
    >>> gridemp.render.save_animation(emaps, Path("klyubin.gif"), seconds_per_frame=0.5)
    """
    check_kinds(save_animation, locals())
    path = Path(path)
    progress = progress or ignore
    check_film(path, seconds_per_frame)
    title = options.get("title", True)
    if path.suffix.lower() == ".html":
        options["title"] = False  # a page has it as text
    images, dark = frames(emaps, **options), dark_frames(lambda: frames(emaps, **options))
    shown = [emap.one_per_cell() for emap in emaps]
    names = dict.fromkeys(short_name(emap.world) for emap in shown)
    write_film(
        Film(images, seconds_per_frame, loop, description, dark),
        path,
        title=f"Empowerment of {', '.join(names)}",
        captions=[title_of(emap, title, options.get("annotate")) for emap in shown],
        alts=[_in_words(emap) for emap in shown],
        progress=progress,
    )


def _in_words(emap: EmpowermentMap) -> str:
    """Return the alternative text of a heatmap."""
    (low, high), peak = span(emap), emap.peak
    return f"{caption(emap)}: {low:.2f} to {high:.2f} bits, peak at x = {peak.x}, y = {peak.y}"
