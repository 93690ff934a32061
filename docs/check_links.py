"""Check the links of the built site: `python docs/check_links.py docs/_build/html`.

Every relative address must lead to a file, and every fragment (`page.html#section`) to an element
of that page with this id. Addresses with a scheme or a host are not visited.
"""

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The addresses that a page refers to, each with its line, and the ids that it defines."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[tuple[int, str]] = []
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the attributes of an element that are addresses or ids."""
        for name, value in attrs:
            if not value:
                continue
            if name == "id" or (tag == "a" and name == "name"):
                self.ids.add(value)
            elif name in ("href", "src", "poster"):
                self.links.append((self.getpos()[0], value))
            elif name == "srcset":
                candidates = (candidate.split() for candidate in value.split(","))
                self.links += [(self.getpos()[0], words[0]) for words in candidates if words]


def broken_links(site: Path) -> Iterator[str]:
    """One sentence for each link of a folder of HTML files that leads nowhere."""
    site = site.resolve()
    files = sorted(site.rglob("*.html"))
    pages = {path: Page(path) for path in files if site / "_static" not in path.parents}
    for path, page in pages.items():
        for line, link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            fragment = unquote(parts.fragment)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            place = f"{path.relative_to(site)}, line {line}: {link}"
            if not target.is_relative_to(site):
                yield f"{place} leads out of the site"
            elif not target.is_file():
                yield f"{place} leads to no file"
            elif fragment and target in pages and fragment not in pages[target].ids:
                yield f"{place} leads to no id of {target.relative_to(site)}"


def main() -> None:
    """Print the broken links of the site that is named, and fail if there are any."""
    site = Path(sys.argv[1])
    if not (site / "index.html").is_file():
        sys.exit(f"{site} has no index.html; build the site first: nox -s docs")
    broken = list(broken_links(site))
    print("\n".join(broken) or f"{site}: all links lead somewhere")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
