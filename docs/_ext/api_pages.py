"""Pages of the public names, which autosummary writes into `reference/api/generated/`.

Autosummary does not remove the page of a name that is no longer public, and Sphinx would then warn
that it cannot import this name.
"""

from pathlib import Path
from typing import Any

from generated import remove_others
from sphinx.ext.autosummary.generate import find_autosummary_in_files

FOLDER = Path("reference") / "api"


def remove_former(app: Any) -> None:
    """Remove the pages of names that no list of the reference contains."""
    folder = Path(app.srcdir) / FOLDER
    entries = find_autosummary_in_files(sorted(map(str, folder.glob("*.md"))))
    remove_others(folder / "generated", {f"{entry.name}.rst" for entry in entries if entry.path})


def setup(app: Any) -> dict[str, Any]:
    """Remove the pages when a build begins."""
    app.connect("builder-inited", remove_former)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
