import numpy as np
import pytest
from PIL import Image
from support.command_line import assert_refused, files, run


def test_the_permissions_are_those_of_any_new_file(empty_folder):
    run("heatmap", "room", "--horizon", 1, "--output", "a.png")
    (empty_folder / "b").touch()
    assert (empty_folder / "a.png").stat().st_mode == (empty_folder / "b").stat().st_mode


def test_an_old_figure_survives_a_failure(empty_folder, monkeypatch):
    old = empty_folder / "a.png"
    old.write_text("old")

    def half(draw, path, **options):
        path.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gridemp.render.save_figure", half)
    result = run("heatmap", "room", "--horizon", 2, "--output", "a.png")
    assert result.exit_code == 1
    assert result.stderr == (
        "gridemp: cannot write a.png: No space left on device; choose another place\n"
    )
    assert old.read_text() == "old"
    assert files(empty_folder) == ["a.png"]


def test_a_file_where_the_folder_should_be_is_a_sentence(empty_folder):
    (empty_folder / "figures").touch()
    result = run("heatmap", "room", "--horizon", 2)
    assert result.exit_code == 1
    assert result.stderr == (
        "gridemp: cannot write figures/room-h2.png: figures is not a writable folder; "
        "choose another place\n"
    )


def test_a_name_too_long_for_a_file_is_a_sentence(empty_folder):
    result = run("heatmap", "room", "--horizon", 2, "--output", "n" * 255 + ".png")
    assert result.exit_code == 1
    assert "File name too long" in result.stderr
    assert files(empty_folder) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [["cell", "room", 5, 5], ["compare", "room"], ["diff", "room", "--slip-b", 0.1]]
)
def test_ink_is_nothing_but_grey(empty_folder, words):
    result = run(*words, "--horizon", 2, "--ink", "--output", "ink.png")
    assert result.exit_code == 0, result.stderr
    with Image.open("ink.png") as image:
        red, green, blue = np.moveaxis(np.asarray(image.convert("RGB")).astype(int), 2, 0)
    grey = (red == green) & (green == blue)
    assert grey.mean() > 0.99  # of the points of a scatter alone are not
    assert grey.all() or words[0] == "compare"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--cmap", "virids"], "did you mean 'viridis'"),
        (["--ink", "--cmap", "jet"], "leave out --cmap"),
        (["--dpi", 5], "from 10 to 2400"),
        (["--style", "_usetex"], "there is no style '_usetex'"),
        (["--style", "nuerips2024"], "did you mean 'neurips2024"),
        (["--width", 1], "--width must be column, page or a width from 2.5 to 50 inches"),
        (["--width", "20mm"], "such as 3.5 or 85mm, not '20mm'"),
        (["--width", "3,5"], "not '3,5'; write 3.5"),
        (["--width", "8,5cm"], "not '8,5cm'; write 8.5cm"),
        (["--vmin", "0,5"], "--vmin must be a number of bits, not '0,5'; write 0.5"),
        (["--tol", "0,1"], "--tol must be a number of bits, not '0,1'; write 0.1"),
        (["--title", "A", "--no-title"], "leave out one of them"),
        (["--panel-titles", "A"], "a single map has no panels; give --title instead"),
        (["--scale", "each"], "a single map has no panels; leave out --scale"),
        (["--scale", "foo"], "a single map has no panels; leave out --scale"),
        (["-n", "1,2", "--scale", "foo"], "--scale must be shared or each, not 'foo'"),
        (
            ["-n", "1,2", "--panel-titles", "A|B|C"],
            "gives 3 titles, but this figure needs 2",
        ),
    ],
)
def test_colours_styles_and_sizes_that_cannot_be_are_refused(empty_folder, words, sentence):
    assert_refused(run("heatmap", "room", "--horizon", 2, *words), sentence)
    assert files(empty_folder) == []
