import pytest
from support.formats import assert_mistake
from support.mutations import assert_refused_or_read

from gridemp import GridempError, Maze, MazeError, load_maze, parse_maze
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze

COLLECTION = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE SokobanLevels SYSTEM "SokobanLev.dtd">
<SokobanLevels>
  <Title>Two rooms &amp; more</Title>
  <LevelCollection MaxWidth="6" MaxHeight="3">
    <Level Id="Caf\xe9" Width="5" Height="3">
      <L>#####</L>
      <L>#@$.#</L>
      <L>#####</L>
    </Level>
    <Level Id="Second" Width="6" Height="4">
      <L>  ####</L>
      <L>###+*#</L>
      <L>#   ##</L>
      <L>#####</L>
    </Level>
  </LevelCollection>
</SokobanLevels>
""".encode("latin-1")


def test_a_level_is_chosen_by_number_or_title(tmp_path):
    path = tmp_path / "rooms.slc"
    path.write_bytes(COLLECTION)
    first = Maze([[1, 1, 1]], objects={(0, 0): "S", (0, 1): "$", (0, 2): "G"})
    second = Maze([[0, 0, 1, 1], [1, 1, 1, 0]], objects={(0, 2): "S", (0, 3): "$"})
    assert load_maze(path) == load_maze(path, level="café") == first
    assert load_maze(path, level=2) == load_maze(path, level="second") == second
    assert load_maze(path, level=2).name == "rooms-2"
    with pytest.raises(GridempError, match="no level 'Secnd'; did you mean 'Second'"):
        load_maze(path, level="Secnd")


def test_collections_are_recognised():
    first = read_maze(COLLECTION, "maze", "slc", Choices()).maze
    assert read_maze(COLLECTION, "maze", None, Choices()).maze == first


def test_what_is_left_out_is_counted():
    left_out = read_maze(COLLECTION, "maze", "slc", Choices(2)).left_out
    assert left_out == ("goals under the player (1)", "goals under boxes (1)")


def test_rows_may_stand_on_one_line():
    text = "<a><Level><L>###</L><L>#@#</L><L>###</L></Level></a>"
    assert parse_maze(text, format="slc") == Maze([[1]], objects={(0, 0): "S"})


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("####\n#@.#\n####", 1, 2, r"this is not XML \("),
        ("<a>\n<b>\n</a>", 3, 3, r"this is not XML \(mismatched tag"),
        ("<a>\n<Title/></a>", 1, 1, "contains no Sokoban level"),
        ("<a>\n <Level><L> </L></Level></a>", 2, 2, "this level has no rows"),
        ("<a><Level>\n<L>####</L>\n <L>#@?#</L>\n</Level></a>", 3, 7, "'\\?' is not part"),
        ("<Level>\n<L>999999999999#</L></Level>", 1, 1, "more than the 20,000,000 allowed"),
        ("<?xml version='1.0' encoding='x-none'?><a/>", 1, 1, "this XML cannot be read|not XML"),
        ("<!DOCTYPE a [\n<!ENTITY b 'c'>]><a>&b;</a>", 2, 12, "XML entities are not supported"),
        ("<a>" * 101 + "</a>" * 101, 1, 301, "more than 100 levels deep"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence, "slc")


def test_the_number_of_elements_is_limited(monkeypatch):
    monkeypatch.setattr("gridemp.mazes.xml_tree.MAX_ELEMENTS", 3)
    with pytest.raises(MazeError, match="more than 3 elements"):
        parse_maze("<a><b/><c/>\n<d/></a>", format="slc")


def test_mutated_collections_are_read_or_refused():
    read, refused = assert_refused_or_read([COLLECTION], 500, "slc")
    assert read
    assert refused
