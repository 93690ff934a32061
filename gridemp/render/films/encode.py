"""Files of films: images of one size, one after another, as a GIF, an MP4 or an HTML page."""

import html
import io
import shutil
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from string import Template
from typing import Any, NamedTuple, cast

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from gridemp.errors import GridempError, MissingExtra, pip_command
from gridemp.files import check_suffix
from gridemp.progress import Progress, ignore
from gridemp.render.films import ANIMATIONS
from gridemp.render.films.palette import indexed
from gridemp.render.layout.boxes import MAX_PIXELS, AnyFigure

DPI = 150
DARK_SCREEN = "screen and (prefers-color-scheme: dark)"
MIN_SECONDS, MAX_SECONDS = 0.02, 60.0  # for each frame; browsers slow down GIFs with shorter ones


class Film(NamedTuple):
    """Images of one size, to be shown one after another.

    Attributes
    ----------
    images : iterator of PIL.Image.Image
        Frames in RGB.
    seconds : float
        Time that each frame is shown.
    loop : bool
        If True, the film starts again after its last frame.
    description : str, optional
        Record of what made the film, stored where a format has room for it.
    dark : iterator of PIL.Image.Image, optional
        The same frames for a page in the dark.
    """

    images: Iterator[Image.Image]
    seconds: float
    loop: bool = True
    description: str | None = None
    dark: Iterator[Image.Image] | None = None


def check_film(path: Path, seconds: float) -> None:
    """Check that a film can be written, before any frame is drawn.

    Raises
    ------
    GridempError
        If `seconds` is out of range, or the suffix of `path` is unknown.
    MissingExtra
        If `path` is an MP4 and there is no ffmpeg.
    """
    if not MIN_SECONDS <= seconds <= MAX_SECONDS:
        raise GridempError(
            f"a frame must be shown for {MIN_SECONDS} to {MAX_SECONDS:g} seconds, not {seconds:g}"
        )
    check_suffix(path, ANIMATIONS)
    if path.suffix.lower() == ".mp4":
        find_ffmpeg()


def image_of(figure: AnyFigure, dpi: int) -> Image.Image:
    """Draw a figure as an image, on white.

    Raises
    ------
    GridempError
        If the image would have too many pixels.
    """
    figure = cast(Figure, figure)
    figure.set_dpi(dpi)
    if max(figure.bbox.width, figure.bbox.height) >= MAX_PIXELS:
        raise GridempError(f"a frame has over {MAX_PIXELS:,} pixels a side; lower `dpi`")
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return on_white(canvas)


def on_white(canvas: Any) -> Image.Image:
    """Return the content of a `FigureCanvasAgg` in RGB, on white."""
    drawn = Image.fromarray(np.asarray(canvas.buffer_rgba()).copy())
    return Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("RGB")


def write_film(
    film: Film,
    path: Path,
    *,
    title: str,
    captions: Sequence[str],
    alts: Sequence[str],
    progress: Progress | None = None,
) -> None:
    """Write a film as a `.gif`, `.mp4` or `.html` file, according to its suffix.

    Parameters
    ----------
    film : Film
        Film of N images.
    path : Path
        File to write.
    title : str
        Title of a page.
    captions, alts : sequence of str, length N
        Captions and alternative texts of the images of a page.
    progress : callable, optional
        Called with the fraction done, from 0 to 1. An image counts as soon as it is drawn.
    """
    progress = progress or ignore
    suffix = path.suffix.lower()
    dark = film.dark if suffix == ".html" else None
    total = len(captions) * (2 if dark else 1)

    def drawn(images: Iterator[Image.Image], first: int) -> Iterator[Image.Image]:
        for i, image in enumerate(images, first):
            yield image
            progress((i + 1) / total)

    dark = dark and drawn(dark, len(captions))
    film = film._replace(images=drawn(film.images, 0), dark=dark)
    if suffix == ".gif":
        write_gif(film, path)
    elif suffix == ".mp4":
        write_mp4(film, path)
    else:
        write_page(film, path, title=title, captions=captions, alts=alts)


def write_gif(film: Film, path: Path) -> None:
    """Write a GIF with one palette for all frames.

    Seconds are rounded to hundredths; the description becomes the comment of the file.
    """
    first, *others = indexed(film.images)
    options: dict[str, Any] = {"loop": 0} if film.loop else {}
    if film.description is not None:
        options["comment"] = film.description.encode()
    first.save(
        path,
        format="GIF",
        save_all=True,
        append_images=others,
        duration=10 * round(100 * film.seconds),
        optimize=True,  # pixels that stay as they were are not stored again
        **options,
    )


def write_page(
    film: Film, path: Path, *, title: str, captions: Sequence[str], alts: Sequence[str]
) -> None:
    """Write a self-contained HTML page: images, captions, a slider and buttons.

    Without scripts, and on paper, it shows the images one below the other.
    """
    light = indexed(film.images)
    sources = [""] * len(light)
    if film.dark:
        dark = map(_data_url, indexed(film.dark))
        sources = [f'<source media="{DARK_SCREEN}" srcset="{address}">\n' for address in dark]
    figures = [
        f'<figure>\n<picture>\n{source}<img alt="{html.escape(alt)}" width="{image.width}" '
        f'height="{image.height}" src="{_data_url(image)}">\n</picture>\n'
        f"<figcaption>{html.escape(caption)}</figcaption>\n</figure>"
        for image, source, caption, alt in zip(light, sources, captions, alts, strict=True)
    ]
    template = Path(__file__).with_name("animation.html").read_text(encoding="utf-8")
    page = Template(template).substitute(
        title=html.escape(title),
        description=html.escape(film.description or ""),
        seconds=f"{film.seconds:g}",
        loop="true" if film.loop else "false",
        figures="\n".join(figures),
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def _data_url(image: Image.Image) -> str:
    """Return an image as the address of a PNG that holds its content."""
    content = io.BytesIO()
    image.save(content, format="PNG", optimize=True)
    return f"data:image/png;base64,{b64encode(content.getvalue()).decode()}"


def write_mp4(film: Film, path: Path) -> None:
    """Write an H.264 film for browsers and slide shows; the description becomes its comment.

    Raises
    ------
    MissingExtra
        If there is no ffmpeg, before any image is drawn.
    GridempError
        If ffmpeg fails.
    """
    program = find_ffmpeg()
    first = next(film.images)
    wide, high = (side + side % 2 for side in first.size)  # the format halves them for colours
    options = _ffmpeg_options(film, wide, high)
    target = ["-movflags", "+faststart", "-f", "mp4", str(path.resolve())]
    command = [program, "-y", "-loglevel", "error", *options, *target]
    with tempfile.TemporaryFile() as messages:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=messages, stderr=messages
            )
        except OSError as error:
            raise GridempError(
                f"cannot run {program}: {error.strerror}; write a .gif or an .html instead"
            ) from None
        with suppress(BrokenPipeError), process:  # ffmpeg itself says why it stopped
            for image in (first, *film.images):
                missing = ((0, high - image.height), (0, wide - image.width), (0, 0))
                pixels = np.pad(np.asarray(image), missing, mode="edge")
                cast(Any, process.stdin).write(pixels.tobytes())
        messages.seek(0)
        lines = messages.read().decode(errors="replace").strip().splitlines()
    if process.returncode:
        reason = lines[-1].strip() if lines else f"exit code {process.returncode}"
        raise GridempError(f"ffmpeg could not write the MP4: {reason}")


def _ffmpeg_options(film: Film, wide: int, high: int) -> list[str]:
    """Return the options of ffmpeg for raw images of `wide` x `high` pixels on standard input."""
    source = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{wide}x{high}"]
    source += ["-framerate", f"1000/{round(1000 * film.seconds)}", "-i", "-"]
    bt709 = "colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
    colors = ["-vf", f"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams={bt709}"]
    coding = ["-c:v", "libx264", "-crf", "16", "-tune", "stillimage", "-threads", "1"]
    coding += ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]
    if film.description is not None:
        coding += ["-metadata", f"comment={film.description}"]
    return [*source, *colors, *coding]


def find_ffmpeg() -> str:
    """Return the path of ffmpeg: that of this machine, or that of imageio-ffmpeg.

    Raises
    ------
    MissingExtra
        If there is neither.
    """
    if program := shutil.which("ffmpeg"):
        return program
    try:
        return str(import_module("imageio_ffmpeg").get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        raise MissingExtra(
            f"an MP4 needs ffmpeg: install it, or {pip_command('mp4')}, or write a .gif or an "
            ".html instead"
        ) from None
