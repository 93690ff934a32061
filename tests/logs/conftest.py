import pytest

from gridemp.logs import read_columns


@pytest.fixture
def log(tmp_path):
    """A function that reads columns of numbers and of text from the text of a log."""

    def read(text, numbers, texts=()):
        path = tmp_path / "log.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_columns(path, lambda header: (numbers, texts))

    return read
