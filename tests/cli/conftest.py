import pytest


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    """An empty folder, where every command runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
