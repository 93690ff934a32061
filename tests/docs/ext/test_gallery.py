"""Pages of the gallery, made from its entries."""

import gallery
import pytest
from entries import read_gallery

ENTRIES = {entry.name: entry for group in read_gallery() for entry in group.entries}


@pytest.mark.slow
def test_the_pages_of_the_site(tmp_path):
    (tmp_path / "former.md").write_text("# A picture that the gallery no longer has")
    gallery.write_pages(tmp_path)
    assert {path.stem for path in tmp_path.glob("*.md")} == set(ENTRIES)
    page = (tmp_path / "walk.md").read_text(encoding="utf-8")
    assert ENTRIES["walk"].command in page
    assert ENTRIES["walk"].python.strip() in page
    cards = (tmp_path / "cards.txt").read_text(encoding="utf-8")
    for entry in ENTRIES.values():
        assert f":link: gallery/{entry.name}\n" in cards
        assert (tmp_path / "thumbnails" / entry.file).is_file()
