"""Figures as files: the same figure gives the same bytes, and says what made it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gridemp.errors import GridempError
from gridemp.render.layout.boxes import AnyFigure
from gridemp.render.layout.style import look
from gridemp.report.provenance import Record, as_text

DPI = 200
MAX_PIXELS = 2**16  # a side, for the drawing library


def save_figure(
    draw: Callable[[float | None], AnyFigure],
    path: Path,
    *,
    style: str | None = None,
    width: str | float | None = None,
    dpi: int = DPI,
    record: Record | None = None,
) -> None:
    """Draw a figure into a `.png`, `.pdf` or `.svg` file.

    The user's `matplotlibrc` has no say in it. Texts in vector files are texts (Type 42 fonts in
    PDF), and there is no date in them.

    Parameters
    ----------
    draw : callable
        Told the width in inches (None: as it likes), returns the figure.
    path : Path
        Where it goes; the suffix tells the format.
    style, width
        See `style.look`.
    dpi : int
        Pixels per inch, of images inside vector files too.
    record : mapping, optional
        What made it, see `provenance.record`; goes where the format has room for it.

    Raises
    ------
    GridempError
        If style or width are none, or there would be too many pixels.
    """
    form = path.suffix.lower()[1:]
    content = io.BytesIO()
    with look(style, width) as wide:
        figure = draw(wide).get_figure(root=True)
        longest = max(figure.bbox.width, figure.bbox.height) / figure.dpi
        if longest * dpi >= MAX_PIXELS:
            raise GridempError(
                f"{longest:.1f} inches of {dpi} dots are more than {MAX_PIXELS:,} pixels; "
                "lower --dpi or --width"
            )
        figure.savefig(content, format=form, dpi=dpi, metadata=_metadata(form, record))
    path.write_bytes(content.getvalue())


def _metadata(form: str, record: Record | None) -> dict[str, Any]:
    """The fields of a format: no date, and the record if there is one."""
    fields: dict[str, Any] = {"pdf": {"CreationDate": None}, "svg": {"Date": None}}.get(form, {})
    if record is None:
        return fields
    place = {"pdf": "Subject"}.get(form, "Description")
    return fields | {"Title": _title(record), place: as_text(record)}


def _title(record: Record) -> str:
    """The title that a record has, or one of the mazes and horizons in it."""
    if "title" in record:
        return str(record["title"])
    maze, horizon = (
        ", ".join(map(str, value)) if isinstance(value, list) else value
        for value in (record["maze"], record["horizon"])
    )
    return f"empowerment of {maze}, horizon {horizon}"
