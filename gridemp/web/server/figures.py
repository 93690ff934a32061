"""Figures as files, each drawn on one thread, which stops soon after its job is cancelled."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from gridemp import render
from gridemp.progress import Progress
from gridemp.report.provenance import Record

DRAWING = Lock()  # as all threads share matplotlib's settings


def figure_file(
    draw: Callable[[float | None], Any], format: str, record: Record, progress: Progress
) -> bytes:
    """Return the content of a figure's file; see `render.save_figure`.

    Parameters
    ----------
    draw : callable
        Called with the width; returns the figure.
    format : str
        Suffix of the file, such as "png".
    record : mapping
        Record of what made the figure.
    progress : callable
        Called again and again while the figure is drawn. An error that it raises ends the work.
    """
    with TemporaryDirectory() as folder, DRAWING:
        progress(1.0)  # the job may have been cancelled while it waited
        path = Path(folder, f"figure.{format}")
        render.save_figure(lambda width: reporting(draw(width), progress), path, record=record)
        return path.read_bytes()


def reporting(figure: Any, progress: Progress) -> Any:
    """Return a figure, each part of which calls `progress` before it is drawn."""
    progress(1.0)
    parts = [part for axes in figure.axes for part in axes.get_children()]
    for part in [*figure.get_children(), *parts]:
        part.draw = after(progress, part.draw)
    return figure


def after(progress: Progress, draw: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that draws, but calls `progress` first."""

    def drawn(*words: Any, **options: Any) -> Any:
        progress(1.0)
        return draw(*words, **options)

    return drawn
