"""The project's habitual commands: `nox --list` names them, `nox -s lint` runs one.

Each session makes an environment of its own in `.nox/`. Some pass on the words after `--`, as in
`nox -s tests-3.11 -- tests/mazes -n 0`.
"""

import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.sessions = ["lint", "tests-3.11"]

SDIST_LIMIT = 2_000_000  # bytes
RELATIVE_LINK = r'(?:src=|srcset=|href=|\]\()"?(?!https?:|#|mailto:)[^)"]+'


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run the fast tests; words after `--` go to pytest."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session(venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """Run the fast tests with the oldest version that each requirement allows."""
    # Figures, the gallery and the site hold for one set of versions, which is a newer one; the
    # commands draw all figures anyway.
    extras = nox.project.load_toml("pyproject.toml")["project"]["optional-dependencies"]
    tools = [tool for tool in extras["test"] if not tool.startswith(("matplotlib", "gridemp"))]
    session.install("--resolution", "lowest-direct", "-e", ".[all]", *tools)
    folders = ("display", "docs", "figures", "render", "web/page")
    left_out = [f"--ignore=tests/{folder}" for folder in folders]
    quick = ("-m", "not slow and not ci", "--hypothesis-profile=brief")
    session.run("pytest", *quick, *left_out, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, format and types with all hooks of `.pre-commit-config.yaml`."""
    session.install("-e", ".[lint]")
    session.run("pre-commit", "run", "--all-files", "--hook-stage", "pre-push")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site, with all notebooks executed, and check its links."""
    session.install("-e", ".[docs]")
    site = "docs/_build/html"
    session.run("sphinx-build", "-W", "--keep-going", "-q", *session.posargs, "docs", site)
    session.run("python", "docs/check_links.py", site)


@nox.session(venv_backend="venv")  # pip heeds the settings that choose a PyTorch without CUDA
def gallery(session: nox.Session) -> None:
    """Draw all pictures of the gallery that take seconds again, elsewhere, and compare."""
    session.install("-e", ".[test,all,deep]")
    session.run("python", "figures/draw.py", "--check")


@nox.session
def dist(session: nox.Session) -> None:
    """Build what a release uploads into dist/, and check it."""
    session.install("build[uv]", "twine", "pyroma")
    shutil.rmtree("dist", ignore_errors=True)
    session.run("python", "-m", "build", "--installer", "uv")
    (wheel,), (sdist,) = Path("dist").glob("*.whl"), Path("dist").glob("*.tar.gz")
    session.run("twine", "check", "--strict", str(wheel), str(sdist))
    session.run("pyroma", "--min", "10", ".")
    if sdist.stat().st_size > SDIST_LIMIT:
        session.error(f"{sdist} has {sdist.stat().st_size} bytes, more than {SDIST_LIMIT}")
    with ZipFile(wheel) as files:
        (name,) = [name for name in files.namelist() if name.endswith(".dist-info/METADATA")]
        relative = re.findall(RELATIVE_LINK, files.read(name).decode())
    if relative:
        session.error(f"a registry cannot follow these links of the README: {relative}")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure time and memory; words after `--` choose cases, such as `"room of 100"`."""
    session.install("-e", ".[bench]")
    session.run("python", "-m", "benchmarks", *session.posargs)
