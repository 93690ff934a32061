import html

from support.command_line import assert_refused, files, run


def test_a_page_is_written_with_its_title(empty_folder):
    name = "room-h1-to-2-title-Room-1-73dbc9.html"
    result = run("export", "room", "--horizon", "1..2", "--title", "Room <1>")
    assert result.stdout == f"figures/{name}\n"
    assert files(empty_folder) == [f"figures/{name}"]
    text = (empty_folder / "figures" / name).read_text(encoding="utf-8")
    assert html.escape("Room <1>") in text


def test_another_suffix_is_refused(empty_folder):
    result = run("export", "room", "--horizon", 1, "--output", "a.png")
    assert_refused(result, "its name must end in .html")
    assert files(empty_folder) == []
