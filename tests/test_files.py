import pytest

from gridemp import GridempError
from gridemp.files import checked_output, replacing


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.txt", "its name must end in .csv or .json"),
        ("there", "it is a folder; name a file"),
        ("none/a.csv", "create the folder .*none first"),
        ("file/a.csv", "is not a writable folder"),
        ("/dev/null", "it is not a regular file"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused(tmp_path, name, sentence):
    (tmp_path / "there").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(GridempError, match=sentence):
        checked_output(tmp_path / name, (".csv", ".json"))


def test_a_file_that_can_be_written_is_returned(tmp_path):
    for name in ("a.csv", "b.JSON"):
        assert checked_output(tmp_path / name, (".csv", ".json")) == tmp_path / name


def test_the_folder_may_be_made_when_the_file_is_written(tmp_path):
    path = checked_output(tmp_path / "new" / "a.csv", (".csv",), make_folder=True)
    with replacing(path) as temporary:
        temporary.write_text("x")
        assert not path.exists()
    assert path.read_text() == "x"
    assert list(path.parent.iterdir()) == [path]
    with pytest.raises(GridempError, match="create the folder"):
        checked_output(tmp_path / "newer" / "deep" / "a.csv", (".csv",), make_folder=True)


def test_a_failure_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")

    def write_half():
        with replacing(path) as temporary:
            temporary.write_text("new")
            raise KeyError

    with pytest.raises(KeyError):
        write_half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed(tmp_path):
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    with replacing(link) as temporary:
        temporary.write_text("x")
    assert link.is_symlink()
    assert target.read_text() == "x"


def test_an_error_of_the_system_is_a_sentence(tmp_path):
    path = tmp_path / "a.csv"
    with (
        pytest.raises(GridempError, match=r"cannot write .*a\.csv: .*; choose another place"),
        replacing(path),
    ):
        raise OSError(28, "No space left on device")
