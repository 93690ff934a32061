"""Errors and warnings that tell the user what to do."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

PARENT = Path(__file__).parents[1]  # of a clone, or the folder of installed packages
# Advice where a computation runs out of memory.
OUT_OF_MEMORY = "this does not fit in memory; lower the horizon or make the maze smaller"


class GridempError(Exception):
    """Mistake by the user; the message is one sentence that names the place and the remedy.

    It is the base class of all errors that gridemp raises on purpose.

    Examples
    --------
    >>> import gridemp
    >>> try:
    ...     gridemp.load_maze("no-such-maze")
    ... except gridemp.GridempError as error:
    ...     print(type(error).__name__)
    GridempError
    """


class MazeError(GridempError):
    r"""Maze text that cannot be read.

    Parameters
    ----------
    problem : str
        What is wrong and what to do about it.
    line, column : int, optional
        Position of the mistake, counted from 1.
    source : str, optional
        The file or other origin of the text, as the user named it.

    Examples
    --------
    >>> import gridemp
    >>> try:
    ...     gridemp.parse_maze("###\n#?#\n###")
    ... except gridemp.MazeError as error:
    ...     print(error.line, error.column)
    2 2
    """

    def __init__(
        self,
        problem: str,
        line: int | None = None,
        column: int | None = None,
        source: str | None = None,
    ) -> None:
        self.problem = problem
        self.line = line
        self.column = column
        self.source = source
        place = [] if source is None else [source]
        place += [f"{name} {n}" for name, n in (("line", line), ("column", column)) if n]
        super().__init__(f"{', '.join(place)}: {problem}" if place else problem)


class HorizonTooLarge(GridempError):
    """Horizon too large to compute; the message says why and what to lower.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    >>> try:
    ...     gridemp.empowerment(world, 20)
    ... except gridemp.HorizonTooLarge as error:
    ...     print(str(error).partition(" and ")[0])
    the noisy channel of one cell over 20 steps has 5^20 action sequences
    """


class MissingExtra(GridempError):
    """Package of an optional extra that is not installed; the message gives the pip command.

    Examples
    --------
    >>> import gridemp
    >>> issubclass(gridemp.MissingExtra, gridemp.GridempError)
    True
    """


def import_extra(package: str, purpose: str, extra: str) -> Any:
    """Import a package that comes with an optional extra.

    Parameters
    ----------
    package : str
        Name of the package as it is imported.
    purpose : str
        Feature that needs the package, as the subject of the sentence in the message.
    extra : str
        The extra of gridemp that installs the package.

    Returns
    -------
    module
        The imported package.

    Raises
    ------
    MissingExtra
        If the package is not installed; the message gives the pip command.
    """
    try:
        return import_module(package)
    except ImportError:
        raise missing_extra(package, purpose, extra) from None


def missing_extra(package: str, purpose: str, extra: str) -> MissingExtra:
    """Error for a package that is not installed; see `import_extra` for the parameters."""
    return MissingExtra(f"{purpose} needs {package}; {pip_command(extra)}")


def pip_command(extra: str) -> str:
    """Command that installs an extra of this gridemp, such as `pip install ".[logs]"` in a clone.

    The clone is the one that gridemp runs in or was installed from. Of a gridemp that was installed
    from elsewhere, pip knows the extras.
    """
    origin = _origin()
    editable = "-e " if origin.get("dir_info", {}).get("editable") else ""
    clones = [PARENT, *([_folder(origin["url"])] if "dir_info" in origin else [])]
    for clone in clones:
        if (clone / "pyproject.toml").is_file():
            place = "." if clone == Path.cwd() else clone
            return f'pip install {editable}"{place}[{extra}]"'
    return f'pip install "gridemp[{extra}]"'


def _origin() -> dict[str, Any]:
    """Origin that pip recorded as it installed gridemp (PEP 610); empty if there is none."""
    import json
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        text = distribution("gridemp").read_text("direct_url.json")
    except PackageNotFoundError:
        return {}
    return dict(json.loads(text)) if text else {}


def _folder(url: str) -> Path:
    """Path of a file: URL."""
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    return Path(url2pathname(urlsplit(url).path))


def decimal_comma_hint(text: str) -> str:
    """Remedy to append to the refusal of a number; empty unless it was typed as 0,1 for 0.1."""
    match = re.fullmatch(r"\s*([+-]?\d+),(\d+)\s*([a-z%]*)\s*", text, re.ASCII)
    return f"; write {match[1]}.{match[2]}{match[3]}" if match else ""


class MazeWarning(UserWarning):
    r"""Part of a maze text that is left out, or whose meaning is assumed.

    The message names the file, and what to draw instead or what was assumed.

    Examples
    --------
    >>> import warnings
    >>> import gridemp
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     maze = gridemp.parse_maze("####\n#..###\n#....#\n######")
    >>> maze.shape, [warning.category.__name__ for warning in caught]
    ((2, 4), ['MazeWarning'])
    """


class ConvergenceWarning(UserWarning):
    """Iteration that stopped before it reached its tolerance; its interval is still certified.

    Examples
    --------
    >>> import warnings
    >>> import gridemp
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     capacity = gridemp.blahut_arimoto([[0.9, 0.1], [0.3, 0.7]], max_iterations=2)
    >>> capacity.converged, capacity.gap < 0.1, caught[0].category.__name__
    (False, True, 'ConvergenceWarning')
    """


class EstimateWarning(UserWarning):
    """Numbers that are estimates, because they come from samples of what is random.

    Examples
    --------
    >>> import warnings
    >>> import gridemp
    >>> import gymnasium
    >>> env = gymnasium.make("FrozenLake-v1")
    >>> _ = env.reset(seed=0)
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     world = gridemp.World.from_env(env, samples=50)
    >>> str(world.conditions), caught[0].category.__name__
    ('noise estimated from 50 samples', 'EstimateWarning')
    """
