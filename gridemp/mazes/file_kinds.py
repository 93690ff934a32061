"""Kinds of files by their first bytes, and the text of a file."""

import codecs
import re

from gridemp.errors import MazeError

NUMPY = b"\x93NUMPY"
ZIP = b"PK\x03\x04"
PICTURES = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"BM": "BMP",
    b"\xff\xd8\xff": "JPEG",
}
NETPBM = "PBM, PGM or PPM"
OTHER = {
    NUMPY: "a NumPy array; set `format` to array",
    b"PK\x05\x06": "an empty ZIP archive",
    ZIP: "a ZIP archive; take the file of the maze out of it",
    b"%PDF-": "a PDF document; save its picture as PNG",
    b"\x1f\x8b": "compressed with gzip; decompress it first",
    b"BZh": "compressed with bzip2; decompress it first",
    b"\xfd7zXZ\x00": "compressed with xz; decompress it first",
    b"(\xb5/\xfd": "compressed with Zstandard; decompress it first",
    b"7z\xbc\xaf'\x1c": "a 7z archive; take the file of the maze out of it",
    b"Rar!": "a RAR archive; take the file of the maze out of it",
    b"\xd0\xcf\x11\xe0": "a document of an older Microsoft Office; save the cells as CSV",
    **dict.fromkeys((b"P4\n", b"P5\n", b"P6\n"), f"a picture as {NETPBM}; save it as PNG"),
    b"\x89HDF": "an HDF5 file; save the array with numpy.save",
    b"MATLAB 5.0": "a MATLAB file; save the array with writematrix as CSV",
    b"II*\x00": "a TIFF picture; save it as PNG",
    b"MM\x00*": "a TIFF picture; save it as PNG",
    b"RIFF": "a WebP picture or a recording; save a picture as PNG",
    b"PAR1": "a Parquet table; save the array as CSV",
    b"SQLite format 3": "an SQLite database; save the maze as text",
    b"\x7fELF": "a program, not a maze",
    b"MZ\x90": "a program, not a maze",
}
PICKLE = b"\x80"  # before the number of the protocol
PROTOCOLS = {b"\x02", b"\x03", b"\x04", b"\x05"}
OFFICE = {b"xl/": "an Excel table; save it as CSV", b"word/": "a Word document; save it as text"}
MARKUP_HEAD = 2000  # characters at the beginning of a file that show what XML or JSON it holds
MARKUP = {"<SokobanLevels": "slc", "<map": "tiled"}  # formats by their outermost element
TEXTS = {  # other kinds of text by their beginning, in lower case
    re.compile(r"p[1-6]\s+(?:#[^\n]*\n\s*)*\d+\s+\d+\s"): f"a picture as {NETPBM}; save it as PNG",
    re.compile(r"<[^<]*(<[!?-][^<]*)*<svg\b|<svg\b"): "an SVG drawing; save it as PNG",
    re.compile(
        r"(<[!?-][^<]*)*<(!doctype )?html\b"
    ): "a web page; save the maze in it as text or as PNG",
    re.compile(r"<[^<]*<tileset\b|<tileset\b"): "a tileset of Tiled; give the map that uses it",
}
WIDE = (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")


def picture_kind(data: bytes) -> str | None:
    """Kind of a picture, such as "PNG", by its first bytes; None if they are not those of one."""
    kind = next((kind for magic, kind in PICTURES.items() if data.startswith(magic)), None)
    if kind == "BMP" and any(data[6:10]):  # bytes that are 0 in such a file: this is a text
        return None
    return kind


def described_kind(data: bytes) -> str | None:
    """Words for the kind of a binary file and what to do with it; None if it is not known."""
    if kind := picture_kind(data):
        return f"a {kind} picture; set `format` to picture"
    if data[:1] == PICKLE and data[1:2] in PROTOCOLS:
        return "a Python pickle, which gridemp does not run; save the array with numpy.save"
    if data.startswith(ZIP):
        for part, words in OFFICE.items():
            if part in data:
                return words
    return next((words for magic, words in OTHER.items() if data.startswith(magic)), None)


def markup_format(head: bytes | str) -> str | None:
    """Format of a file of XML or JSON by its beginning; None if it is neither, or not known."""
    text = head if isinstance(head, str) else head.decode("latin-1")
    text = text.lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    if text.startswith("{"):
        return "tiled"
    known = [format for tag, format in MARKUP.items() if text.startswith("<") and tag in text]
    return known[0] if known else None


def decoded(data: bytes | str) -> str:
    """Text of a file: UTF-8, or UTF-16 with a byte-order mark.

    Raises
    ------
    MazeError
        If the file is not such a text; the message names its kind if it is known.
    """
    text = data if isinstance(data, str) else _text_of_bytes(data)
    head = text[:MARKUP_HEAD].lstrip("\ufeff \t\r\n").lower()
    for beginning, words in TEXTS.items():
        if beginning.match(head):
            raise MazeError(f"this is {words}")
    return text


def _text_of_bytes(data: bytes) -> str:
    """Text of a file that is given as bytes."""
    for mark, encoding in WIDE:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise MazeError("this is damaged UTF-16 text; save it as UTF-8") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if text is not None and "\0" not in text[:1000] and not data.startswith(b"%PDF-"):
        return text
    if words := described_kind(data):
        raise MazeError(f"this is {words}")
    if text is None:
        raise MazeError("this is not UTF-8 text; save it as UTF-8")
    if any(data[:1000:2]) != any(data[1:1000:2]):
        raise MazeError("this is UTF-16 text without a byte-order mark; save it as UTF-8")
    return text
