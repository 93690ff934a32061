"""The whole explorer as one HTML text, for pages whose questions no server answers."""

import base64
import html
import re
from string import Template
from typing import Any

from gridemp.web.bundle import PAGE, as_data, asset, bundle, sha256
from gridemp.web.page_words import words

EXPLORER = "explorer.html"
SERVED = '<script type="module" src="served.js"></script>'
PLAIN = re.compile(r'<script src="([^"]+)"></script>\n')
TITLE = re.compile(r"<title[^>]*>.*?</title>")
ICON = re.compile(r'<link rel="icon" href="(icon\.svg)">')
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">\n')
ELSEWHERE = re.compile(r"""\b(?:src|href)\s*=\s*["'](?!data:|#)[^"']*""")
POLICY = Template(
    "default-src 'none'; script-src $scripts; style-src '$style'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
HEAD = Template(
    """\
<head>
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="description" content="$description">
<style>$style</style>
<script>$plain</script>
<script type="application/json" id="data">$data</script>
<script type="module">$script</script>
"""
)


def live_page(
    entry: str, data: dict[str, Any], style: str, title: str = "gridemp", description: str = ""
) -> str:
    """Return the explorer as one HTML text that loads nothing.

    Parameters
    ----------
    entry : str
        The module of the page that starts it.
    data : dict
        Data of the entry module, besides `words`: the words of the page by language.
    style : str
        Name of a style sheet of its own.
    title : str
        Title of the page.
    description : str
        Text of its meta element of this name.

    Returns
    -------
    str
        Text of the page.
    """
    page, script = asset(EXPLORER), bundle(entry)
    plain = "\n".join(map(asset, PLAIN.findall(page)))
    styles = "\n".join(map(asset, [*STYLE.findall(page), style]))
    hashes = f"'{sha256(plain)}' '{sha256(script)}'"
    head = HEAD.substitute(
        policy=POLICY.substitute(scripts=hashes, style=sha256(styles)),
        description=html.escape(description),
        style=styles,
        plain=plain,
        data=as_data({**data, "words": words()}),
        script=script,
    )
    page = STYLE.sub("", PLAIN.sub("", page.replace(SERVED, "")))
    page = ICON.sub(lambda link: f'<link rel="icon" href="{icon(link[1])}">', page)
    page = TITLE.sub(lambda _: f"<title>{html.escape(title)}</title>", page)
    if found := ELSEWHERE.search(page):
        raise ValueError(f"{EXPLORER}: a page in one file cannot load {found[0]}")
    return page.replace("<head>\n", head)


def icon(name: str) -> str:
    """Return a picture of the page as a URL that holds it."""
    content = base64.b64encode((PAGE / name).read_bytes()).decode()
    return f"data:image/svg+xml;base64,{content}"
