"""One script of a module of the page and all that it imports, for pages in a single file."""

import base64
import hashlib
import json
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from posixpath import dirname, join, normpath
from typing import Any

from gridemp.web.script_words import words_of

PAGE = files("gridemp.web") / "page"
NAME = r"[A-Za-z_$][\w$]*"
NAMES = rf"(?:{NAME}(?:\s+as\s+{NAME})?)"
IMPORT = re.compile(
    rf'import\s*\{{\s*(?P<names>{NAMES}(?:\s*,\s*{NAMES})*)\s*,?\s*\}}\s*from\s*"(?P<path>\.[^"\n]*)";'
)
EXPORT = re.compile(
    rf"export\s+(?=(?:async\s+)?function\b\s*\*?\s*(?P<function>{NAME})"
    rf"|const\s+(?P<const>{NAME})\s*=|class\s+(?P<class>{NAME}))"
)
ENDING = re.compile(r"</script|<script|<!--", re.IGNORECASE)  # HTML would read these in a script


def bundle(entry: str, folder: Traversable = PAGE) -> str:
    """Return one module script of an entry module and the modules that it imports.

    Each module has a function scope of its own; what it exports is an object, and an import takes
    names out of that object. The script imports nothing.

    Parameters
    ----------
    entry : str
        Path of the entry module in the folder.
    folder : Traversable
        Folder of the modules; by default that of the page.

    Returns
    -------
    str
        Text of the script. It may stand in a script element of type `module`.

    Raises
    ------
    ValueError
        If a module is missing, imports modules in a circle, or has an import or an export other
        than `import { a, b as c } from "./file.js";` and `export` before a function, class or
        constant; the message names the file and the line.
    """
    modules: dict[str, Module] = {}
    add(entry, folder, modules, [])
    numbers = {path: number for number, path in enumerate(modules)}
    parts = [module.scoped(numbers) for module in modules.values()]
    return "".join(parts)


def add(path: str, folder: Traversable, modules: dict[str, "Module"], above: list[str]) -> None:
    """Add a module to others, after those that it imports."""
    if path in modules:
        return
    module = Module(path, (folder / path).read_text(encoding="utf-8"))
    for place, target, names in module.imports:
        if target in [*above, path]:
            circle = " -> ".join([*above, path, target])
            raise module.error(place, f"modules that import each other: {circle}")
        if not (folder / target).is_file():
            raise module.error(place, f"there is no {target}")
        add(target, folder, modules, [*above, path])
        for name in names:
            if name not in modules[target].exports:
                raise module.error(place, f"{target} does not export {name}")
    modules[path] = module


class Module:
    """A module of the page, taken apart.

    Parameters
    ----------
    path : str
        Path of its file in the folder of the page.
    text : str
        Its text.

    Attributes
    ----------
    imports : list of (int, str, dict of str to str)
        Of each import its place in the text, the path of the other module, and the names in that
        module with those in this one.
    exports : list of str
        Names that it exports.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.imports: list[tuple[int, str, dict[str, str]]] = []
        self.exports: list[str] = []
        self._left_out: list[tuple[int, int]] = []
        if ending := ENDING.search(text):
            raise self.error(ending.start(), f"{ending[0]} would end the script of a page")
        for word in words_of(text):
            if word.text in ("import", "export") and word.after != ".":
                self._take(word.text, word.start, word.outermost)

    def _take(self, word: str, place: int, outermost: bool) -> None:
        match = (IMPORT if word == "import" else EXPORT).match(self.text, place)
        if match is None or not outermost:
            end = self.text.find("\n", place)
            statement = self.text[place:end].strip()
            raise self.error(place, f"a page in one file cannot have this {word}: {statement}")
        self._left_out.append(match.span())
        if word == "export":
            self.exports.append(match["function"] or match["const"] or match["class"])
        else:
            target = normpath(join(dirname(self.path), match["path"]))
            pairs = [name.split() for name in match["names"].split(",")]
            self.imports.append((place, target, {pair[0]: pair[-1] for pair in pairs}))

    def scoped(self, numbers: dict[str, int]) -> str:
        """Return the module as a statement, given the numbers of all modules."""
        lines = [f"// {self.path}", f"const module_{numbers[self.path]} = await (async () => {{"]
        for _, target, names in self.imports:
            pairs = ", ".join(old if old == new else f"{old}: {new}" for old, new in names.items())
            lines.append(f"const {{ {pairs} }} = module_{numbers[target]};")
        text, place = "", 0
        for start, end in self._left_out:
            text += self.text[place:start]
            place = end
        text += self.text[place:]
        return "\n".join(
            [*lines, text.strip(), f"return {{ {', '.join(self.exports)} }};", "})();\n"]
        )

    def error(self, place: int, problem: str) -> ValueError:
        """Return an error that names the file and the line of a place in the text."""
        line = self.text.count("\n", 0, place) + 1
        return ValueError(f"{self.path}, line {line}: {problem}")


def asset(name: str) -> str:
    """Return the text of a file of the page."""
    return (PAGE / name).read_text(encoding="utf-8")


def as_data(value: Any) -> str:
    """Return a value as JSON that may stand in a script element, whatever texts are in it."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


def sha256(text: str) -> str:
    """Return the hash by which a Content-Security-Policy allows an inline script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
