"""Links copied from the page: which are taken, and what is kept of them."""

import pytest

from gridemp import GridempError
from gridemp.web.server.links import MAX_LINK, after_address, is_link


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("http://127.0.0.1:8617/#maze=klyubin&horizon=8", "#maze=klyubin&horizon=8"),
        (
            "http://localhost:8000/?lang=de#maze=two-rooms&pin=4%2C5",
            "?lang=de#maze=two-rooms&pin=4%2C5",
        ),
        ("http://127.0.0.1#slip=0.1", "#slip=0.1"),
        ("localhost:8617/#maze=room", "#maze=room"),
        ("127.0.0.1:8617?lang=de#maze=room", "?lang=de#maze=room"),
        ("HTTP://LocalHost:8617/explorer.html#maze=room", "#maze=room"),
        (
            "#drawing=q1ZKTi0uVrJSSs7PLUgsSgUA-_&range=",
            "#drawing=q1ZKTi0uVrJSSs7PLUgsSgUA-_&range=",
        ),
        ("http://127.0.0.1:8617/", "#"),
        ("#maze=" + "a" * (MAX_LINK - 6), "#maze=" + "a" * (MAX_LINK - 6)),
    ],
)
def test_what_follows_the_address_is_kept(link, kept):
    assert is_link(link)
    assert after_address(link) == kept


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/#maze=klyubin",
        "http://127.0.0.1:8617/other#maze=klyubin",
        "http://[::1/#maze=klyubin",
        "https://127.0.0.1:8617/#maze=klyubin",
        "localhost:8617/other.html#maze=klyubin",
        "#klyubin",
        "#maze=two rooms",
        "#maze=\r\nX: y",
        "#maze=klyubin#maze=room",
        "#maze=<script>",
    ],
)
def test_other_links_are_refused_in_one_sentence(link):
    assert is_link(link)
    with pytest.raises(GridempError, match="is not a link to the page of gridemp explore; copy it"):
        after_address(link)


def test_a_link_is_no_longer_than_a_command_line():
    with pytest.raises(GridempError, match="this link has 32,001 characters, and a link to the"):
        after_address("#maze=" + "a" * (MAX_LINK - 5))


def test_a_file_is_no_link(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "#1.txt").write_text("..")
    assert not is_link("#1.txt")
    assert is_link("#2.txt")
    assert not is_link("klyubin")
    assert not is_link("localhost.txt")
