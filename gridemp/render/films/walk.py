"""Films of walks: one frame per step, in which only the trail, the agent and the boxes change."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Unpack, cast

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from gridemp.agents.walk import Walk
from gridemp.arguments import check_kinds
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.render.artists.map_key import as_drawn
from gridemp.render.artists.trail import draw_walk
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.figures.walk import legend_entries, title_of
from gridemp.render.films import FRAME_SECONDS
from gridemp.render.films.dark import dark_frames
from gridemp.render.films.encode import DPI, Film, check_film, image_of, on_white, write_film
from gridemp.render.films.maps import with_titles
from gridemp.render.layout.boxes import arrange
from gridemp.render.layout.drawing_options import FrameDrawing, MapDrawing
from gridemp.render.layout.keys import with_map_key
from gridemp.render.layout.legends import draw_map_legend
from gridemp.render.layout.margins import is_wide, long_side, map_box, with_bar_label
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import caption
from gridemp.report.walk_text import place_in_words, step_in_words

MAX_FRAMES = 1000


class WalkFrames(FrameDrawing, total=False):
    """The options of `walk_frames`.

    Keys
    ----
    title : str or bool
        Title of every frame, followed by a line on the step; if True, the caption of the map and
        the walk. If False, that line is left out, too.
    colorbar : bool
        If True, draw a colourbar.
    """

    title: str | bool
    colorbar: bool


def walk_frames(
    emaps: Sequence[EmpowermentMap],
    walk: Walk,
    *,
    width: float | None = None,
    dpi: int = DPI,
    title: str | bool = True,
    colorbar: bool = True,
    **options: Unpack[MapDrawing],
) -> Iterator[Image.Image]:
    """Draw a frame before the first and after each step of a walk, all on one colour scale.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap, length K + 1
        Map under the walk at each of its states, as `maps_along` returns them.
    walk : Walk
        Walk of K steps.
    width : float, optional
        Width of a frame in inches; by default that of a heatmap.
    dpi : int
        Pixels per inch.
    title : str or bool
        Title of every frame, followed by a line on the step; if True, the caption of the map and
        the walk. If False, that line is left out, too.
    colorbar : bool
        If True, draw a colourbar.
    **options
        Colour map, range and marks: `cmap`, `vmin`, `vmax`, `peak`, `grid` and `legend` as in
        `heatmap`. The legend is the same in all frames.

    Returns
    -------
    iterator of PIL.Image.Image
        Frames of one size in RGB, drawn on demand, in the style that is then in force.

    Raises
    ------
    GridempError
        If there are too many frames or pixels, or if `vmin` is not below `vmax`.
    """
    check_frames(len(walk.actions))
    emaps = [emap.one_per_cell() for emap in emaps]
    shape = walk.world.maze.shape
    scale = MapScale.of(emaps, **options)
    side = long_side(shape)
    head = figure_title(title, title_of(emaps[0], walk))
    texts = [
        "\n".join(filter(None, [head, line])) if title is not False else ""
        for line in captions_of(walk)
    ]
    box = map_box(shape, scale.range if colorbar else None)
    below = box.bottom
    if colorbar and not is_wide(shape):
        box = with_bar_label(box, scale.label, side=side, width=width)
    box, titles = with_titles(box, texts, side, width)
    entries = legend_entries(scale, walk, whole=False) if scale.legend else []
    box, entries = with_map_key(box, entries, side, width)

    def draw_map(emap: EmpowermentMap) -> tuple[Any, Axes]:
        figure, ((ax,),) = arrange([[box]], side=side, width=width)
        scale.draw(emap, ax, colorbar=colorbar)
        draw_map_legend(ax, as_drawn(entries, [ax]), below)
        image_of(figure, dpi)
        return cast(Figure, figure).canvas, ax

    def draw_frames() -> Iterator[Image.Image]:
        drawn_map = None
        for i, (emap, text) in enumerate(zip(emaps, titles, strict=True)):
            if emap is not drawn_map:  # otherwise the map below stays the same
                canvas, ax = draw_map(emap)
                background = canvas.copy_from_bbox(canvas.figure.bbox)
                drawn_map = emap
            canvas.restore_region(background)
            ax.set_title(text, parse_math=False)
            trail = draw_walk(ax, walk, i)
            for artist in (*trail, ax.title):
                canvas.figure.draw_artist(artist)
            image = on_white(canvas)
            for artist in trail:
                artist.remove()
            yield image

    return draw_frames()


def check_frames(steps: int) -> None:
    """Raise a GridempError if a film cannot hold this many steps."""
    if steps >= MAX_FRAMES:
        raise GridempError(
            f"an animation can show {MAX_FRAMES - 1} steps at most, not {steps}; lower `steps`"
        )


def captions_of(walk: Walk) -> list[str]:
    """Return a line for each frame: the start of the walk, then the effect of each step."""
    count = len(walk.actions)
    first = f"start: {place_in_words(walk, 0)}, {walk.bits[0]:.2f} bits"
    steps = range(1, count + 1)
    return [first, *(f"step {i} of {count}: {step_in_words(walk, i)}" for i in steps)]


def save_walk(
    emaps: Sequence[EmpowermentMap],
    walk: Walk,
    path: str | Path,
    *,
    seconds_per_frame: float = FRAME_SECONDS,
    loop: bool = True,
    description: str | None = None,
    progress: Progress | None = None,
    **options: Unpack[WalkFrames],
) -> None:
    """Draw a walk step by step into a `.gif`, `.mp4` or `.html` file.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap, length K + 1
        Map under the walk at each of its states, as `gridemp.agents.maps_along` returns them.
    walk : Walk
        Walk of K steps.
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
        Looks of the frames: `width` in inches and `dpi`; `title`, `colorbar`, `cmap`, `vmin`,
        `vmax`, `peak`, `grid` and `legend` as in `heatmap`.

    Raises
    ------
    GridempError
        If the suffix is unknown, if frames are too short or too long or have too many pixels, if
        there are too many, if `vmin` is not below `vmax`, or if ffmpeg fails.
    MissingExtra
        If the file is an MP4 and there is no ffmpeg, before anything is drawn.

    Examples
    --------
    >>> from pathlib import Path
    >>> import gridemp
    >>> import numpy as np
    >>> from gridemp.agents import Agent, maps_along, walk
    >>> agent = Agent(gridemp.World.from_maze(gridemp.parse_maze("....")), horizon=1)
    >>> path = walk(agent, start=0, steps=3, rng=np.random.default_rng(0))
    >>> gridemp.render.save_walk(maps_along(agent, path.states), path, "walk.gif", dpi=50)
    >>> Path("walk.gif").stat().st_size > 1000
    True
    """
    check_kinds(save_walk, locals())
    path = Path(path)
    progress = progress or ignore
    check_film(path, seconds_per_frame)
    title = options.get("title", True)
    if path.suffix.lower() == ".html":
        options["title"] = False  # a page has it as text
    head = figure_title(title, title_of(emaps[0], walk))
    lines = captions_of(walk)
    images = walk_frames(emaps, walk, **options)
    dark = dark_frames(lambda: walk_frames(emaps, walk, **options))
    write_film(
        Film(images, seconds_per_frame, loop, description, dark),
        path,
        title=f"A walk by empowerment: {emaps[0].world.maze.name}",
        captions=[f"{head}; {line}" if head else line for line in lines],
        alts=[f"{caption(emaps[0])}; {line}" for line in lines],
        progress=progress,
    )
