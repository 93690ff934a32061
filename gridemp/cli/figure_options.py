"""Options of figures: their file, their size and their colours."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from gridemp.cli.command_words import command
from gridemp.cli.figure_option_types import (
    Annotate,
    Cmap,
    Colorbar,
    Dpi,
    Ink,
    NoLegend,
    NoTitle,
    ShowGrid,
    ShowPeak,
    Style,
    TitleText,
    Vmax,
    Vmin,
    Width,
)
from gridemp.cli.help import FIGURE
from gridemp.cli.option_types import FigureOutput, Quiet
from gridemp.cli.parse import BITS, parse_number, parse_whole
from gridemp.cli.progress import progress_bar, without_reports
from gridemp.cli.running import STDOUT
from gridemp.cli.say import note, tell
from gridemp.cli.standard_output import check_terminal, sending
from gridemp.errors import GridempError
from gridemp.files import checked_output, replacing
from gridemp.progress import Progress
from gridemp.render.figures import DPI
from gridemp.render.films import ANIMATIONS
from gridemp.report.provenance import about_replaced, as_text, record
from gridemp.worlds.world import World

if TYPE_CHECKING:
    from gridemp.render.layout.drawing_options import (
        DrawingCells,
        DrawingColors,
        DrawingMarks,
        DrawingScale,
        HeatmapDrawing,
        MapDrawing,
    )

DRAWING = "drawing the figure takes a while"
FIGURES = (".png", ".pdf", ".svg")
MIN_DPI, MAX_DPI = 10, 2400


class SaveFilm(Protocol):
    """Function that draws a film and encodes it, such as `save_animation` of some maps."""

    def __call__(
        self, *, path: Path, description: str, progress: Progress, width: float | None, dpi: int
    ) -> None:
        """Write the film to `path`, with a record of what made it."""


@dataclass
class PageOptions:
    """Options of the file of a figure and of its size, as typed."""

    output: FigureOutput = None
    width: Width = None
    style: Style = None
    dpi: Dpi = f"{DPI}"
    title_text: TitleText = None
    no_title: NoTitle = False
    quiet: Quiet = False

    group: ClassVar[str] = FIGURE

    @property
    def title(self) -> str | bool:
        """Title of the figure: a text, True for the default one, False for no titles at all."""
        if self.title_text is not None:
            return self.title_text
        return not self.no_title

    @property
    def to_stdout(self) -> bool:
        """True if the figure goes to standard output."""
        return self.output == STDOUT

    @property
    def animated(self) -> bool:
        """True if the output that was given is an animation."""
        return self.output is not None and self.output.suffix.lower() in ANIMATIONS

    def check(self, suffixes: Sequence[str] = FIGURES) -> None:
        """Raise a GridempError, before any work is done, if an option is invalid."""
        if self.to_stdout:
            check_terminal(suffixes[0])
        elif self.output is not None:
            checked_output(self.output, tuple(suffixes))
        if self.no_title and self.title_text is not None:
            raise GridempError("--title and --no-title exclude each other; leave out one of them")
        if not MIN_DPI <= self.dots() <= MAX_DPI:
            raise GridempError(f"--dpi must be a whole number from {MIN_DPI} to {MAX_DPI}")
        if self.width is not None or self.style is not None:
            from gridemp import render

            with render.look(self.style, self.width):
                pass

    def dots(self) -> int:
        """Pixels per inch."""
        return parse_whole("--dpi", self.dpi)

    def path(self, default: str, suffixes: Sequence[str] = FIGURES) -> Path:
        """Path of the figure: the one given, or this name in figures/, the latter also for `-`."""
        if self.to_stdout:
            return Path("figures", default)
        path = self.output or Path("figures", default)
        return checked_output(path, tuple(suffixes), make_folder=self.output is None)

    def save(
        self,
        draw: Callable[[float | None], Any],
        path: Path,
        worlds: Sequence[World],
        horizons: Sequence[int | None],
    ) -> None:
        """Save a figure of maps with the record of what made it, and print its path.

        Parameters
        ----------
        draw : callable
            Draws the figure, given its width in inches, or None.
        path : Path
            The file.
        worlds : sequence of World
            The world of each map.
        horizons : sequence of int
            The horizon of each map.
        """
        self.save_as(draw, path, record(worlds, horizons, command()))

    def save_as(
        self, draw: Callable[[float | None], Any], path: Path, provenance: dict[str, Any]
    ) -> None:
        """Save a figure with this record of what made it, and print its path."""
        from gridemp import render

        with self.writing(path, provenance) as temporary, without_reports(DRAWING):
            render.save_figure(
                draw,
                temporary,
                style=self.style,
                width=self.width,
                dpi=self.dots(),
                record=provenance,
            )

    def save_film(
        self,
        save: SaveFilm,
        path: Path,
        provenance: dict[str, Any],
    ) -> None:
        """Save a film with this record of what made it, and print its path.

        Parameters
        ----------
        save : callable
            Draws the frames and encodes them.
        path : Path
            The file.
        provenance : dict
            The record.
        """
        from gridemp import render

        with (
            render.look(self.style, self.width) as width,
            self.writing(path, provenance) as temporary,
            progress_bar("frames") as progress,
        ):
            save(
                path=temporary,
                description=as_text(provenance),
                progress=progress,
                width=width,
                dpi=self.dots(),
            )

    @contextmanager
    def writing(self, path: Path, provenance: dict[str, Any]) -> Iterator[Path]:
        """Yield the name of a temporary file that becomes the output when the block ends.

        Then the path is printed; before, if a default name has led to a file that shows something
        else, a sentence on that. The output goes to standard output instead if that was asked for.
        """
        with sending(path.name) if self.to_stdout else replacing(path) as temporary:
            yield temporary
            if self.output is None and (sentence := about_replaced(path, provenance)):
                note(sentence)
        if not self.to_stdout:
            tell(path)


@dataclass
class ColorOptions:
    """Options of the colours of a map, as typed."""

    cmap: Cmap = None
    ink: Ink = False

    group: ClassVar[str] = FIGURE

    def chosen(self) -> "DrawingColors":
        """Arguments of drawing functions, checked as far as they can be before drawing."""
        from gridemp.render.figures.heatmap import INK
        from gridemp.render.layout.style import check_colors

        if self.ink and self.cmap is not None:
            raise GridempError("--ink is a colour map of its own; leave out --cmap")
        cmap = INK if self.ink else self.cmap
        if cmap is None:
            return {}
        check_colors(cmap)
        return {"cmap": cmap}


@dataclass
class ScaleOptions:
    """Options of the range of the colours and of the mark at the peak, as typed."""

    vmin: Vmin = None
    vmax: Vmax = None
    peak: ShowPeak = True

    group: ClassVar[str] = FIGURE

    def chosen(self) -> "DrawingScale":
        """Arguments of drawing functions, checked as far as they can be before drawing."""
        from gridemp.render.layout.style import check_range

        vmin = None if self.vmin is None else parse_number("--vmin", self.vmin, float, BITS)
        vmax = None if self.vmax is None else parse_number("--vmax", self.vmax, float, BITS)
        check_range(vmin, vmax)
        return {"vmin": vmin, "vmax": vmax, "peak": self.peak}


@dataclass
class MarkOptions:
    """Options of the lines between cells and of the key of the marks in them."""

    grid: ShowGrid = True
    no_legend: NoLegend = False

    group: ClassVar[str] = FIGURE

    def chosen(self) -> "DrawingMarks":
        """Arguments of drawing functions."""
        return {"grid": self.grid, "legend": not self.no_legend}


@dataclass
class CellOptions:
    """Options of the numbers in the cells of a map and of its colourbar, as typed."""

    annotate: Annotate = None
    colorbar: Colorbar = True

    group: ClassVar[str] = FIGURE

    def chosen(self) -> "DrawingCells":
        """Arguments of drawing functions, checked as far as they can be before drawing."""
        from gridemp.render.artists.numbers import check_numbers

        if self.annotate is not None:
            check_numbers(self.annotate)
        return {"annotate": self.annotate, "colorbar": self.colorbar}


def map_drawing(colors: ColorOptions, scale: ScaleOptions, marks: MarkOptions) -> "MapDrawing":
    """Arguments shared by all functions that draw maps."""
    return {**colors.chosen(), **scale.chosen(), **marks.chosen()}


def heatmap_drawing(
    colors: ColorOptions, scale: ScaleOptions, marks: MarkOptions, cells: CellOptions
) -> "HeatmapDrawing":
    """Arguments shared by the functions that draw maps with numbers and a colourbar."""
    return {**map_drawing(colors, scale, marks), **cells.chosen()}
