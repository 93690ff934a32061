"""Images of one size, one after another, as a GIF, an MP4 or a page with a slider."""

import html
import io
import shutil
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from string import Template
from typing import Any, NamedTuple, cast

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from gridemp.errors import GridempError, MissingExtra
from gridemp.progress import Progress, ignore
from gridemp.render.layout.boxes import MAX_PIXELS, AnyFigure

ANIMATIONS = (".gif", ".mp4", ".html")
SHORTEST, LONGEST = 0.02, 60.0  # seconds a frame; browsers show shorter ones of a GIF for longer
COLORS = 255  # of the 256 of a GIF; one stays free for "as in the frame before"


class Film(NamedTuple):
    """What is shown, for how many seconds a frame, and whether it then starts again.

    `description` goes where a format has room for what made a file.
    """

    images: Iterator[Image.Image]
    seconds: float
    loop: bool = True
    description: str | None = None


def check_film(path: Path, seconds: float) -> None:
    """Raise a GridempError, before anything is drawn, if no such film can be written.

    MissingExtra if it is an MP4 and there is no ffmpeg.
    """
    check_seconds(seconds)
    form = path.suffix.lower()
    if form not in ANIMATIONS:
        raise GridempError(f"cannot write {path}: its name must end in {' or '.join(ANIMATIONS)}")
    if form == ".mp4":
        find_ffmpeg()


def check_seconds(seconds: float) -> None:
    """Raise a GridempError if no frame can be shown for so long."""
    if not SHORTEST <= seconds <= LONGEST:
        raise GridempError(
            f"a frame is shown for {SHORTEST} to {LONGEST:g} seconds, not {seconds:g}"
        )


def image_of(figure: AnyFigure, dpi: int) -> Image.Image:
    """A figure as it is drawn, on white, or a GridempError if it has too many pixels."""
    figure = cast(Figure, figure)
    figure.set_dpi(dpi)
    if max(figure.bbox.width, figure.bbox.height) >= MAX_PIXELS:
        raise GridempError(f"a frame has over {MAX_PIXELS:,} pixels a side; lower --dpi")
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return on_white(canvas)


def on_white(canvas: Any) -> Image.Image:
    """What a canvas shows, in RGB."""
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
    """A `.gif`, `.mp4` or `.html` file, by suffix; title, captions and alts are those of a page.

    Each image counts as progress once it is drawn.
    """

    progress = progress or ignore

    def drawn(images: Iterator[Image.Image]) -> Iterator[Image.Image]:
        for i, image in enumerate(images):
            yield image
            progress((i + 1) / len(captions))

    film = film._replace(images=drawn(film.images))
    form = path.suffix.lower()
    if form == ".gif":
        write_gif(film, path)
    elif form == ".mp4":
        write_mp4(film, path)
    else:
        write_page(film, path, title=title, captions=captions, alts=alts)


def write_gif(film: Film, path: Path) -> None:
    """A GIF of one palette; seconds are rounded to hundredths, the description is its comment."""
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
        optimize=True,  # what stays as it was is not stored again
        **options,
    )


def write_page(
    film: Film, path: Path, *, title: str, captions: Sequence[str], alts: Sequence[str]
) -> None:
    """An HTML page that needs nothing but itself: the images, their captions, a slider, buttons.

    Without scripts, and on paper, it shows the images one below the other.
    """
    figures = []
    for image, caption, alt in zip(indexed(film.images), captions, alts, strict=True):
        content = io.BytesIO()
        image.save(content, format="PNG", optimize=True)
        figures.append(
            f'<figure>\n<img alt="{html.escape(alt)}" width="{image.width}" '
            f'height="{image.height}" src="data:image/png;base64,'
            f'{b64encode(content.getvalue()).decode()}">\n'
            f"<figcaption>{html.escape(caption)}</figcaption>\n</figure>"
        )
    template = Path(__file__).with_name("animation.html").read_text(encoding="utf-8")
    page = Template(template).substitute(
        title=html.escape(title),
        description=html.escape(film.description or ""),
        seconds=f"{film.seconds:g}",
        loop="true" if film.loop else "false",
        figures="\n".join(figures),
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def write_mp4(film: Film, path: Path) -> None:
    """An H.264 film that browsers and slides play; the description is its comment.

    Raises
    ------
    MissingExtra
        If there is no ffmpeg, before an image is asked for.
    GridempError
        If it fails.
    """
    program = find_ffmpeg()
    first = next(film.images)
    wide, high = (side + side % 2 for side in first.size)  # the format stores halves of them
    source = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{wide}x{high}"]
    source += ["-framerate", f"1000/{round(1000 * film.seconds)}", "-i", "-"]
    bt709 = "colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
    colors = ["-vf", f"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams={bt709}"]
    coding = ["-c:v", "libx264", "-crf", "16", "-tune", "stillimage", "-threads", "1"]
    coding += ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]
    if film.description is not None:
        coding += ["-metadata", f"comment={film.description}"]
    target = ["-movflags", "+faststart", "-f", "mp4", str(path.resolve())]
    command = [program, "-y", "-loglevel", "error", *source, *colors, *coding, *target]
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
        why = lines[-1].strip() if lines else f"exit code {process.returncode}"
        raise GridempError(f"ffmpeg could not write the MP4: {why}")


def find_ffmpeg() -> str:
    """The ffmpeg of this machine, or that of imageio-ffmpeg.

    Raises
    ------
    MissingExtra
        If there is neither.
    """
    if found := shutil.which("ffmpeg"):
        return found
    try:
        return str(import_module("imageio_ffmpeg").get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        raise MissingExtra(
            'an MP4 needs ffmpeg: install it, or pip install "gridemp[mp4]", or write a .gif or '
            "an .html instead"
        ) from None


def indexed(images: Iterable[Image.Image]) -> list[Image.Image]:
    """RGB images in 255 colours that all of them share, without dithering."""
    places = np.array([1 << 16, 1 << 8, 1], dtype=np.uint32)
    coded = [np.asarray(image).astype(np.uint32) @ places for image in images]
    found = [np.unique(codes, return_counts=True) for codes in coded]
    codes, same = np.unique(np.concatenate([own for own, _ in found]), return_inverse=True)
    pixels = np.bincount(same, np.concatenate([counts for _, counts in found]).astype(float))
    colors = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1).astype(float)
    chosen, nearest = _palette(colors, np.asarray(pixels, dtype=np.float64))
    palette = colors[chosen].astype(np.uint8).tobytes()
    result = []
    for image in coded:
        result.append(Image.fromarray(nearest[np.searchsorted(codes, image)]))
        result[-1].putpalette(palette)
    return result


def _palette(
    colors: NDArray[np.float64], pixels: NDArray[np.float64]
) -> tuple[list[int], NDArray[np.uint8]]:
    """Choose colours one by one: always that whose error, squared and over all pixels, is worst.

    So what fills areas is exact, and what is off is the edge of a letter.

    Parameters
    ----------
    colors : ndarray, shape (U, 3)
    pixels : ndarray, shape (U,)
        How often each occurs.

    Returns
    -------
    chosen : list of int
        Indices into `colors`, `COLORS` at most.
    nearest : ndarray of uint8, shape (U,)
        Which of the chosen each colour becomes.
    """
    chosen = [int(np.argmax(pixels))]
    error = np.full(len(colors), np.inf)
    nearest = np.zeros(len(colors), dtype=np.uint8)
    while True:
        off = ((colors - colors[chosen[-1]]) ** 2).sum(axis=1)
        nearest[off < error] = len(chosen) - 1
        error = np.minimum(off, error)
        if len(chosen) == COLORS or not error.any():
            return chosen, nearest
        chosen.append(int(np.argmax(pixels * error)))
