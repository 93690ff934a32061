"""The words of the pages, in each language."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from gridemp.web.bundle import PAGE


@cache
def words() -> dict[str, Any]:
    """Return the words of the pages by language, such as "en"."""
    paths = sorted((PAGE / "words").iterdir(), key=lambda path: path.name)
    return {path.name.removesuffix(".json"): json.loads(path.read_text("utf-8")) for path in paths}


def words_of(parts: Iterable[str]) -> dict[str, Any]:
    """Return some parts of the words by language."""
    parts = tuple(parts)
    return {language: {part: own[part] for part in parts} for language, own in words().items()}
