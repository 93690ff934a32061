import gzip
import io
import pickle
import zipfile

import pytest

import gridemp
from gridemp import MazeError
from gridemp.mazes.file_kinds import decoded


def archive(name):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr(name, "...")
    return stream.getvalue()


FILES = {
    "this is a PDF document; save its picture as PNG": b"%PDF-1.7\n1 0 obj",
    "this is compressed with gzip; decompress it first": gzip.compress(b"...", mtime=0),
    "this is a Python pickle, which gridemp does not run; save the": pickle.dumps([[1]]),
    "this is an Excel table; save it as CSV": archive("xl/workbook.xml"),
    "this is a Word document; save it as text": archive("word/document.xml"),
    "this is a ZIP archive; take the file of the maze out of it": archive("maze.txt"),
    "this is an empty ZIP archive": b"PK\x05\x06" + bytes(18),
    "this is a TIFF picture; save it as PNG": b"II*\x00\x08\x00\xff",
    "this is not UTF-8 text; save it as UTF-8": b"\x00\xfe\xff",
    "this is a picture as PBM, PGM or PPM; save it as PNG": b"P2\n# made by hand\n3 3\n255\n0 0",
    "this is an SVG drawing; save it as PNG": b'<?xml version="1.0"?>\n<!-- a --><svg width="1">',
    "this is a web page; save the maze in it as text or": b"<!DOCTYPE html>\n<html></html>",
    "this is a web page": b"<?xml version='1.0'?>\n<!DOCTYPE html>",
    "this is a picture as PBM": b"P5\n3 3\n255\n\x00\xff\xff",
    "this is a tileset of Tiled; give the map that": b'<?xml version="1.0"?>\n<tileset>',
    "this is UTF-16 text without a byte-order mark; save": "#.#\n...".encode("utf-16-be"),
    "this is damaged UTF-16 text; save it as UTF-8": b"\xff\xfe\x00\xd8",
}


@pytest.mark.parametrize(("sentence", "data"), FILES.items(), ids=FILES)
def test_a_binary_file_is_named(data, sentence, tmp_path):
    with pytest.raises(MazeError, match=sentence):
        decoded(data)
    path = tmp_path / "maze.txt"
    path.write_bytes(data)
    with pytest.raises(MazeError, match=rf"maze\.txt: {sentence}"):
        gridemp.load_maze(path)


def test_a_drawing_that_begins_like_a_binary_file_is_text(tmp_path):
    path = tmp_path / "maze.txt"
    path.write_text("BM#....\n.......\n")
    assert gridemp.load_maze(path) == gridemp.parse_maze("BM#....\n.......\n")
    path.write_bytes(b"\x80")
    with pytest.raises(MazeError, match="not UTF-8 text"):
        gridemp.load_maze(path)


def test_a_text_is_named_as_quickly_as_a_file():
    with pytest.raises(MazeError, match="this is an SVG drawing"):
        gridemp.parse_maze("<svg></svg>")
    for head in ("P1 " + "# " * 1000, "<" + "<!" * 1000, "<!-" * 700):
        assert decoded(head) == head


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_decoded(encoding, tmp_path):
    path = tmp_path / "maze.txt"
    path.write_bytes("#.#\r\n...\r\n".encode(encoding))
    assert gridemp.load_maze(path) == gridemp.parse_maze("#.#\n...")
