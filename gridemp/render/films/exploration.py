"""Films of exploration: the believed map, the true one, and their difference, step by step."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Unpack

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.text import Text
from PIL import Image

from gridemp.agents.exploration_record import CLOSE, ExplorationRecord
from gridemp.arguments import check_kinds
from gridemp.progress import Progress, ignore
from gridemp.render.artists.belief import belief_entries, draw_belief, draw_belief_difference
from gridemp.render.artists.difference import DIVERGING, DifferenceScale
from gridemp.render.artists.map_key import drawn_entries
from gridemp.render.figures.exploration import DIFFERENCE_LABEL
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.films.dark import dark_frames
from gridemp.render.films.encode import DPI, Film, check_film, image_of, write_film
from gridemp.render.layout.drawing_options import FrameDrawing, MapDrawing
from gridemp.render.layout.keys import draw_key
from gridemp.render.layout.panel_rows import draw_panel_colorbar, three_panels
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import caption
from gridemp.shown import counted

MAX_FRAMES = 60


class ExplorationFrames(FrameDrawing, total=False):
    """The options of `exploration_frames`.

    Keys
    ----
    steps : sequence of int
        Numbers of steps after which there is a frame; by default as `frame_steps` returns them.
    diverging : str or matplotlib.colors.Colormap
        Colour map of the difference.
    title : str or bool
        Title of the frames; if True, it gives the maze, the horizon and the noise; if
        False, write only the letters of the panels.
    """

    steps: Sequence[int] | None
    diverging: str | Colormap
    title: str | bool


def frame_steps(record: ExplorationRecord, most: int = MAX_FRAMES) -> list[int]:
    """Return the numbers of steps after which there is a frame.

    These are all numbers of steps or, if there are more than `most`, that many of them, evenly
    spaced and including both ends.
    """
    count = min(most, record.steps + 1)
    return [int(step) for step in np.linspace(0, record.steps, count).round()]


def exploration_frames(
    record: ExplorationRecord,
    *,
    steps: Sequence[int] | None = None,
    width: float | None = None,
    dpi: int = DPI,
    diverging: str | Colormap = DIVERGING,
    title: str | bool = True,
    **options: Unpack[MapDrawing],
) -> Iterator[Image.Image]:
    """Draw the believed map, the true map, and the first minus the second, at several moments.

    Parameters
    ----------
    record : ExplorationRecord
        Exploration of K steps.
    steps : sequence of int, optional
        Numbers of steps, from 0 to K, after which there is a frame; by default as `frame_steps`
        returns them.
    width : float, optional
        Width of a frame in inches.
    dpi : int
        Pixels per inch.
    diverging : str or matplotlib.colors.Colormap
        Colour map of the difference.
    title : str or bool
        Title of the frames; if True, it gives the maze, the horizon and the noise; if
        False, write only the letters of the panels.
    **options
        Colour map, range and marks of both maps in all frames, and whether the peak of the true one
        is marked: `cmap`, `vmin`, `vmax`, `grid`, `legend` and `peak` as in `heatmap`.

    Returns
    -------
    iterator of PIL.Image.Image
        Frames of one size in RGB, drawn on demand.

    Raises
    ------
    GridempError
        If a frame would have too many pixels, or if `vmin` is not below `vmax`.
    """
    steps = frame_steps(record) if steps is None else steps
    truth = record.truth
    scale = MapScale.of([*(record.map(step) for step in steps), truth], **options)
    changes = DifferenceScale.of([record.difference(step) for step in steps], CLOSE, diverging)
    longest = _titles(max(steps), float(record.max_difference.max()))

    def draw(step: int) -> Image.Image:
        figure, axes, below, key = three_panels(
            truth.world.maze.shape,
            [None, scale.range, changes.range],
            longest if title is not False else [""] * 3,
            figure_title(title, caption(truth)),
            width=width,
            key=[*belief_entries(), *scale.key()] if scale.legend else [],
        )
        draw_belief(axes[0], record, step, **scale.colors)
        scale.draw(truth, axes[1])
        cells = draw_belief_difference(axes[2], record, step, changes, grid=scale.grid)
        scale.draw_bar(axes[:2], below=below)
        draw_panel_colorbar(axes[2:], cells, DIFFERENCE_LABEL, below)
        draw_key(figure, drawn_entries(key, axes))
        if title is not False:
            believed, _, difference = _titles(step, float(record.max_difference[step]))
            _title_of(axes[0]).set_text(f"(a) {believed}")
            _title_of(axes[2]).set_text(f"(c) {difference}")
        return image_of(figure, dpi)

    return map(draw, steps)


def save_exploration(
    record: ExplorationRecord,
    path: str | Path,
    *,
    seconds_per_frame: float = 0.25,
    loop: bool = True,
    description: str | None = None,
    progress: Progress | None = None,
    **options: Unpack[ExplorationFrames],
) -> None:
    """Draw an exploration step by step into a `.gif`, `.mp4` or `.html` file.

    Parameters
    ----------
    record : ExplorationRecord
        Exploration of K steps.
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
        Moments and looks of the frames: `steps`, the numbers of steps after which there is a frame;
        `width` in inches and `dpi`; `title`; `diverging`, the colour map of the difference; and
        `cmap`, `vmin`, `vmax`, `peak`, `grid` and `legend` as in `heatmap`.

    Raises
    ------
    GridempError
        If the suffix is unknown, if frames are too short or too long or have too many pixels, if
        `vmin` is not below `vmax`, or if ffmpeg fails.
    MissingExtra
        If the file is an MP4 and there is no ffmpeg, before anything is drawn.

    Examples
    --------
    >>> from pathlib import Path
    >>> import gridemp
    >>> import numpy as np
    >>> from gridemp.agents import Explorer, explore
    >>> explorer = Explorer(gridemp.World.from_maze(gridemp.parse_maze("....")), horizon=1)
    >>> record = explore(explorer, start=0, steps=4, rng=np.random.default_rng(0))
    >>> gridemp.render.save_exploration(record, "explored.gif", dpi=50)
    >>> Path("explored.gif").stat().st_size > 1000
    True
    """
    check_kinds(save_exploration, locals())
    path = Path(path)
    progress = progress or ignore
    check_film(path, seconds_per_frame)
    if options.get("steps") is None:
        options["steps"] = frame_steps(record)
    steps = options["steps"] or []
    title = options.get("title", True)
    about = title if isinstance(title, str) and title else caption(record.truth)
    if path.suffix.lower() == ".html":
        options["title"] = False  # a page has it as text
    texts = [
        f"{about}, after {step} steps: at most {record.max_difference[step]:.3f} bits off"
        for step in steps
    ]
    images = exploration_frames(record, **options)
    dark = dark_frames(lambda: exploration_frames(record, **options))
    write_film(
        Film(images, seconds_per_frame, loop, description, dark),
        path,
        title=f"{about}, as it is learned",
        captions=texts,
        alts=texts,
        progress=progress,
    )


def _titles(step: int, largest: float) -> list[str]:
    """Return the titles of the panels without their letters."""
    return [
        f"believed\nafter {counted(step, 'step')}",
        "true",
        f"belief minus truth\nup to {largest:.3f} bits",
    ]


def _title_of(ax: Axes) -> Text:
    """Return the title at the left of axes."""
    text = ax.get_title(loc="left")
    return next(
        artist
        for artist in ax.findobj(Text)
        if isinstance(artist, Text) and artist.get_text() == text
    )
