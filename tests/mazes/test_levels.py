import pytest

from gridemp import GridempError, parse_maze
from gridemp.mazes.levels import chosen_level

BOARDS = ["###\n#@#\n###", "####\n#@.#\n####", "#####\n#@ .#\n#####"]
WIDTHS = {"Alpha": 1, "Beta one": 2, "Gamma": 3}


def widths(text, titles=WIDTHS):
    return {title: parse_maze(text, format="sokoban", level=title).shape[1] for title in titles}


@pytest.mark.parametrize(
    "text",
    [
        "; A collection\n\n; Alpha\n\n{}\n\n; Beta one\n\n{}\n\n; Gamma\n\n{}\n",
        "Alpha\n{}\nBeta one\n{}\nGamma\n{}\nThe end\n",
        "; Header\n\n{}\n; Alpha\n\n{}\n; Beta one\n\n{}\n;Gamma\n",
        "Title: Alpha\n{}\n\nTitle: Beta one\n{}\n\nTitle: Gamma\nAuthor: y\n{}\n",
        "Title: All\n\n{}\nTitle: Alpha\n\n{}\nTitle: Beta one\n\n{}\nTitle: Gamma\n",
        "Author: x\n\n{}\nAuthor: y\nTitle: Alpha\nDate: 1\n{}\nTitle: Beta one\n{}\ntitle:Gamma",
    ],
)
def test_titles_above_and_below_levels(text):
    assert widths(text.format(*BOARDS)) == WIDTHS
    assert widths(text.format(*BOARDS), ["beta ONE "]) == {"beta ONE ": 2}


def test_the_maze_is_named_after_its_level():
    text = f"; Alpha\n{BOARDS[0]}\n; Beta\n{BOARDS[1]}\n"
    names = [parse_maze(text, "a", "sokoban", level=level).name for level in (1, 2, "Beta")]
    assert names == ["a", "a-2", "a-Beta"]


@pytest.mark.parametrize(
    ("level", "sentence"),
    [
        ("Alhpa", "there is no level 'Alhpa'; did you mean 'Alpha'?"),
        ("x", "there is no level 'x'; set `level` to a number from 1 to 3, the levels of this"),
        (4, "there is no level 4; set `level` to a number from 1 to 3"),
        (0, "there is no level 0; set `level` to a number from 1 to 3"),
        ("twin", "levels 2 and 3 are both called 'twin'; choose one of them by its number"),
    ],
)
def test_a_level_that_there_is_not(level, sentence):
    with pytest.raises(GridempError) as caught:
        chosen_level("abc", ["Alpha", "Twin", "Twin"], level)
    assert sentence in str(caught.value)


def test_the_spelling_decides_between_titles_that_differ_in_case():
    assert chosen_level("ab", ["One", "one"], "one") == "b"
    assert chosen_level("ab", ["One", ""], "ONE") == "a"


def test_levels_without_titles_have_none():
    with pytest.raises(GridempError, match="there is no level ''; set `level` to a number"):
        parse_maze("\n\n".join(BOARDS), format="sokoban", level="")
