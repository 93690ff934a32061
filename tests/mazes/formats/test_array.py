import io
import zipfile

import numpy as np
import pytest
from support.mutations import assert_refused_or_read

import gridemp
from gridemp import Maze, MazeError
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze

ROOM = np.array([[1, 1, 1, 1], [1, 0, 0, 1], [1, 1, 1, 1]])


def saved(array):
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def archived(**arrays):
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def header(shape, descr="<i8"):
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        stream, {"descr": descr, "fortran_order": False, "shape": shape}
    )
    return stream.getvalue()


def read(data, wall=None):
    return read_maze(data, "maze", None, Choices(wall=wall))


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint64, np.float32, float])
def test_an_array_keeps_its_shape(dtype):
    reading = read(saved(np.asfortranarray(ROOM.astype(dtype))))
    assert reading.maze == Maze(ROOM == 0)
    (sentence,) = reading.said
    assert sentence.endswith("and 0 as floor; set `wall` to change this") or dtype is bool
    assert read(saved(ROOM.astype(dtype)), "1").said == ()


@pytest.mark.parametrize("name", ["room.npy", "room.npz", "room.csv", "room.txt"])
def test_the_suffixes_of_arrays(tmp_path, name):
    path = tmp_path / name
    if path.suffix == ".npy":
        np.save(path, ROOM)
    elif path.suffix == ".npz":
        np.savez(path, maze=ROOM)
    else:
        np.savetxt(path, ROOM, delimiter="," if path.suffix == ".csv" else " ")
    with pytest.warns(gridemp.MazeWarning, match=rf"{name}: 1 is taken as wall, because the outer"):
        maze = gridemp.load_maze(path)
    assert (maze, maze.name) == (Maze.from_array(ROOM), "room")
    assert gridemp.load_maze(path, wall=0) == Maze.from_array(ROOM, 0)
    assert gridemp.load_maze(path, wall="1") == maze


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (saved(ROOM[0]), r"this array has the shape \(4,\); a maze needs two axes"),
        (saved(np.ones((2, 2, 3))), r"this array has the shape \(2, 2, 3\); a maze needs two axes"),
        (saved(np.ones((0, 3))), r"this array has the shape \(0, 3\), and so no cells"),
        (saved([[0.5, 1]]), "0.5 is not a whole number; compare the array with a threshold first"),
        (saved([[np.nan, 1]]), "nan is not a whole number"),
        (
            saved(np.array([[1, "a", None]])),
            "this array holds object; save an array of whole numbers",
        ),
        (saved(np.array([[1j]])), "this array holds complex128; save an array of"),
        (saved(np.arange(400).reshape(20, 20)), "there are 400 different values, too many for a"),
        (saved(ROOM)[:-9], r"this NumPy array cannot be read \(.*\); save it again"),
        (header((10**6, 10**6)), "has 1,000,000,000,000 cells, more than the 20,000,000 allowed"),
        (
            saved(np.zeros((2, 2, 2), "U1")),
            r"this array has the shape \(2, 2, 2\); a maze needs two",
        ),
        (saved(np.array([], "U1")), "this list is empty; write a list of rows"),
        (archived(a=ROOM, b=ROOM), "this archive holds several arrays: a and b; save one of them"),
        (archived(a=ROOM)[:-30], r"this NumPy archive cannot be read \(.*\); save it again"),
    ],
)
def test_what_is_no_maze_is_refused(data, sentence):
    with pytest.raises(MazeError, match=sentence):
        read(data)


@pytest.mark.parametrize("dtype", ["U", "S"])
@pytest.mark.parametrize("lines", [["####", "#S.#", "####"], [[*"####"], [*"#S.#"], [*"####"]]])
def test_an_array_of_text_is_a_drawing(lines, dtype, tmp_path):
    array = np.array(lines, dtype)
    drawn = gridemp.parse_maze("####\n#S.#\n####")
    assert read(saved(array)).maze == read(archived(a=array)).maze == drawn
    np.save(tmp_path / "drawing.npy", array)
    assert gridemp.load_maze(tmp_path / "drawing.npy") == drawn


def test_words_in_an_array_are_values():
    words = np.array([["wall", "wall"], ["free", "wall"]])
    assert read(saved(words), "wall").maze == Maze(words == "free")


def test_a_saved_map_is_no_maze(tmp_path):
    path = tmp_path / "map.npz"
    gridemp.empowerment(gridemp.World.from_maze(gridemp.parse_maze("..")), 1).save(path)
    with pytest.raises(MazeError, match=r"map\.npz: this is a map, not a maze; `load_map` reads"):
        gridemp.load_maze(path)


def test_an_archive_is_not_unpacked_beyond_the_limit(monkeypatch):
    monkeypatch.setattr("gridemp.mazes.formats.array.MAX_BYTES", 10_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("maze.npy", saved(np.zeros((2000, 2000))))
    with pytest.raises(MazeError, match="this NumPy array cannot be read"):
        read(stream.getvalue())


def test_mutated_arrays_are_read_or_refused():
    seeds = [saved(ROOM), saved(ROOM.astype(float)), saved(ROOM.astype(bool)), archived(maze=ROOM)]
    read, refused = assert_refused_or_read(seeds, 400)
    assert read > 5
    assert refused > 20
