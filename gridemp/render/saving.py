"""Figures in files: the same figure gives the same bytes, with a record of what made it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.files import check_suffix
from gridemp.render.figures import DPI
from gridemp.render.layout.boxes import MAX_PIXELS, AnyFigure
from gridemp.render.layout.style import look
from gridemp.report.provenance import Record, as_text

SUFFIXES = (".png", ".pdf", ".svg")


def save_figure(
    draw: Callable[[float | None], AnyFigure],
    path: str | Path,
    *,
    style: str | None = None,
    width: str | float | None = None,
    dpi: int = DPI,
    record: Record | None = None,
) -> None:
    """Draw a figure into a `.png`, `.pdf` or `.svg` file.

    The user's `matplotlibrc` has no effect on it. Texts in vector files are stored as text, with
    Type 42 fonts in PDF. No format stores a date.

    Parameters
    ----------
    draw : callable
        Called with the width in inches, or None where neither `width` nor the style gives one;
        returns the figure.
    path : str or Path
        File to write; the suffix selects the format.
    style : str, optional
        Style of the figure, see `look`.
    width : {"column", "page"}, str or float, optional
        Width of the figure, see `look`.
    dpi : int
        Pixels per inch, including those of images inside vector files.
    record : mapping, optional
        Record of what made the figure, by name; it is stored in the metadata of the file.

    Raises
    ------
    GridempError
        If there is no such style, width or format, or the image would have too many pixels.

    Examples
    --------
    >>> from pathlib import Path
    >>> import gridemp
    >>> from gridemp import render
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> emap = gridemp.empowerment(world, 5)
    >>> render.save_figure(
    ...     lambda width: render.heatmap(emap, width=width).figure, Path("map.pdf"), width="column"
    ... )
    """
    check_kinds(save_figure, locals())
    path = Path(path)
    check_suffix(path, SUFFIXES)
    suffix = path.suffix.lower()[1:]
    content = io.BytesIO()
    with look(style, width) as inches:
        figure = draw(inches).get_figure(root=True)
        longest = max(figure.bbox.width, figure.bbox.height) / figure.dpi
        if longest * dpi >= MAX_PIXELS:
            raise GridempError(
                f"{longest:.1f} inches at {dpi} dots per inch are more than {MAX_PIXELS:,} "
                "pixels; lower `dpi` or `width`"
            )
        figure.savefig(content, format=suffix, dpi=dpi, metadata=_metadata(suffix, record))
    path.write_bytes(content.getvalue())


def _metadata(suffix: str, record: Record | None) -> dict[str, Any]:
    """Metadata of a format: no date, and the record if there is one."""
    fields: dict[str, Any] = {"pdf": {"CreationDate": None}, "svg": {"Date": None}}.get(suffix, {})
    if record is None:
        return fields
    place = {"pdf": "Subject"}.get(suffix, "Description")
    return fields | {"Title": _title(record), place: as_text(record)}


def _title(record: Record) -> str:
    """Title of a record, or one made from its mazes and horizons."""
    if "title" in record:
        return str(record["title"])
    maze, horizon = (
        ", ".join(map(str, value)) if isinstance(value, list) else value
        for value in (record["maze"], record["horizon"])
    )
    return f"empowerment of {maze}, horizon {horizon}"
