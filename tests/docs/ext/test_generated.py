"""Files that the extensions of the site write: only those that have changed."""

import os

import generated


def test_a_file_is_written_only_if_it_changes(tmp_path):
    path = tmp_path / "folder" / "page.md"
    generated.write(path, "naïve\n")
    assert path.read_bytes() == "naïve\n".encode()
    os.utime(path, (1, 1))
    generated.write(path, "naïve\n")
    assert path.stat().st_mtime == 1
    generated.write(path, b"three")
    assert path.read_bytes() == b"three"
    assert path.stat().st_mtime > 1


def test_former_files_are_removed_but_no_folders(tmp_path):
    (tmp_path / "former.md").touch()
    (tmp_path / "thumbnails").mkdir()
    generated.write_folder(tmp_path, {"page.md": "one", "picture.png": b"two"})
    assert {path.name for path in tmp_path.iterdir()} == {"page.md", "picture.png", "thumbnails"}
    generated.remove_others(tmp_path / "missing", set())
