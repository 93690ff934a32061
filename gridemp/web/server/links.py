"""Links to the page, as they are copied from the browser and given to `gridemp explore`.

The command line reads them before it knows if the packages of the extra `explore` are installed.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from gridemp.errors import GridempError
from gridemp.web.limits import MAX_QUOTED

PORT = 8617  # by default, so that links to the page work after a restart
HOSTS = ("127.0.0.1", "localhost")
PATHS = ("", "/", "/explorer.html")
BARE = re.compile(rf"({'|'.join(map(re.escape, HOSTS))})[:/?#]", re.IGNORECASE)  # no "http://"
LINK = re.compile(rf"#|https?://|{BARE.pattern}", re.IGNORECASE)
PAIR = re.compile(r"[a-z_]+=[\w.~!$'()*+,;:@/?%-]*", re.ASCII)
# Characters; a command line of Windows can have about as many, and 10,000 cells need 14,000.
MAX_LINK = 32_000


def is_link(text: str) -> bool:
    """True if a text is a link or the fragment of one, and not a file."""
    return bool(LINK.match(text)) and not Path(text[:200]).is_file()


def after_address(link: str) -> str:
    """Return what follows the address of the page in a link to it, such as `#maze=klyubin`.

    The port of the link is left out, so that the page can be opened on any.

    Raises
    ------
    GridempError
        If the link is not one to the page, or too long.
    """
    if len(link) > MAX_LINK:
        raise GridempError(
            f"this link has {len(link):,} characters, and a link to the page has at most "
            f"{MAX_LINK:,}; save the maze as a file, and open the file"
        )
    try:
        parts = urlsplit(f"http://{link}" if BARE.match(link) else link)
        bare = not (parts.scheme or parts.netloc or parts.path)
        local = parts.scheme == "http" and parts.hostname in HOSTS and parts.path in PATHS
    except ValueError:
        parts, bare, local = urlsplit(""), False, False
    pairs = [pair for part in (parts.query, parts.fragment) for pair in part.split("&") if pair]
    if not (bare or local) or not all(map(PAIR.fullmatch, pairs)):
        raise GridempError(
            f"{link[:MAX_QUOTED]!r} is not a link to the page of gridemp explore; copy it from "
            "the browser, or only its part from # on, and put it in quotes"
        )
    return (f"?{parts.query}" if parts.query else "") + f"#{parts.fragment}"
