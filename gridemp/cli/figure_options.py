"""The options that figures share: where they go, how wide they are, how they look."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from gridemp.cli.command_words import command
from gridemp.cli.parse import parse_number, parse_whole
from gridemp.cli.progress import progress_bar
from gridemp.errors import GridempError
from gridemp.files import checked_output, replacing
from gridemp.report.provenance import as_text, record
from gridemp.worlds.world import World

FIGURES = (".png", ".pdf", ".svg")
ANIMATIONS = (".gif", ".mp4", ".html")
MAX_DPI = 2400

Output = Annotated[
    Path | None,
    typer.Option(
        *("--output", "-o"),
        metavar="FILE",
        help="Where it goes: .png, .pdf or .svg, if animated .gif, .mp4 or .html.  "
        "[default: in figures/]",
    ),
]
Width = Annotated[
    str | None,
    typer.Option(
        metavar="column|page|INCHES",
        help="Width for print: 3.5 inches, 7.16, those of the style, or so many.",
    ),
]
Style = Annotated[
    str | None,
    typer.Option(
        metavar="STYLE",
        help="A style of matplotlib, by name or file, or a venue such as neurips2024.",
    ),
]
Dpi = Annotated[str, typer.Option(metavar="DOTS", help="Pixels per inch.")]
Title = Annotated[bool, typer.Option("--title/--no-title", help="Whether there is a title.")]
Cmap = Annotated[
    str | None, typer.Option(metavar="NAME", help="Colour map.  [default: the style's, viridis]")
]
Ink = Annotated[
    bool, typer.Option("--ink", help="White for the lowest, black for the highest value.")
]
Vmin = Annotated[str | None, typer.Option(metavar="BITS", help="Where the colours begin.")]
Vmax = Annotated[str | None, typer.Option(metavar="BITS", help="Where the colours end.")]
Annotate = Annotated[
    str | None,
    typer.Option(metavar="bits|outcomes", help="Write this number in each cell."),
]
ShowPeak = Annotated[bool, typer.Option("--peak/--no-peak", help="Whether the peak is marked.")]
Colorbar = Annotated[
    bool, typer.Option("--colorbar/--no-colorbar", help="Whether there is a colourbar.")
]


@dataclass
class PageOptions:
    """Where a figure goes and how it fits its page, as typed."""

    output: Output = None
    width: Width = None
    style: Style = None
    dpi: Dpi = "200"
    title: Title = True

    def check(self, suffixes: Sequence[str] = FIGURES) -> None:
        """Raise a GridempError, before any work is done, if an option cannot be met."""
        if self.output is not None:
            checked_output(self.output, tuple(suffixes))
        if not 10 <= self.dots() <= MAX_DPI:
            raise GridempError(f"--dpi needs a whole number from 10 to {MAX_DPI}")
        if self.width is not None or self.style is not None:
            from gridemp import render

            with render.look(self.style, self.width):
                pass

    def dots(self) -> int:
        """Pixels per inch."""
        return parse_whole("--dpi", self.dpi)

    def path(self, default: str, suffixes: Sequence[str] = FIGURES) -> Path:
        """Where the figure goes: as told, or under this name in figures/."""
        path = self.output or Path("figures", default)
        return checked_output(path, tuple(suffixes), make_folder=self.output is None)

    def save(
        self,
        draw: Callable[[float | None], Any],
        path: Path,
        worlds: Sequence[World],
        horizons: Sequence[int],
    ) -> None:
        """Draw a figure of maps into a file, with a record of what made it; print where it is."""
        self.save_as(draw, path, record(worlds, horizons, command()))

    def save_as(
        self, draw: Callable[[float | None], Any], path: Path, made: dict[str, Any]
    ) -> None:
        """Draw a figure into a file, with this record of what made it, and print where it is."""
        from gridemp import render

        with replacing(path) as temporary:
            render.save_figure(
                draw, temporary, style=self.style, width=self.width, dpi=self.dots(), record=made
            )
        typer.echo(path)

    def save_film(
        self,
        save: Callable[..., None],
        path: Path,
        worlds: Sequence[World],
        horizons: Sequence[int],
        **looks: Any,
    ) -> None:
        """Let frames be drawn into a file, with a record of what made it, and print where it is."""
        from gridemp import render

        made = record(worlds, horizons, command())
        with (
            render.look(self.style, self.width) as width,
            replacing(path) as temporary,
            progress_bar("frames") as progress,
        ):
            looks |= {"width": width, "dpi": self.dots()}
            save(path=temporary, description=as_text(made), progress=progress, **looks)
        typer.echo(path)


@dataclass
class ColorOptions:
    """In which colours a map is drawn, as typed."""

    cmap: Cmap = None
    ink: Ink = False

    def chosen(self) -> dict[str, Any]:
        """The arguments of drawing functions that were given, checked as far as they can be."""
        from gridemp import render

        if self.ink and self.cmap is not None:
            raise GridempError("--ink is a colour map of its own; leave out --cmap")
        cmap = render.INK if self.ink else self.cmap
        if cmap is None:
            return {}
        render.check_colors(cmap)
        return {"cmap": cmap}


@dataclass
class ScaleOptions:
    """Where the colours of a map begin and end, and whether its peak is marked, as typed."""

    vmin: Vmin = None
    vmax: Vmax = None
    peak: ShowPeak = True

    def chosen(self) -> dict[str, Any]:
        """The arguments of drawing functions."""
        from gridemp import render

        ends = {"vmin": self.vmin, "vmax": self.vmax}
        given = {
            name: parse_number(f"--{name}", text, float, "a number of bits")
            for name, text in ends.items()
            if text is not None
        }
        render.check_range(**given)
        return given | {"peak": self.peak}


@dataclass
class CellOptions:
    """What stands in the cells of a map and beside it, as typed."""

    annotate: Annotate = None
    colorbar: Colorbar = True

    def chosen(self) -> dict[str, Any]:
        """The arguments of drawing functions."""
        from gridemp import render

        if self.annotate is not None:
            render.check_numbers(self.annotate)
        return {"annotate": self.annotate, "colorbar": self.colorbar}
