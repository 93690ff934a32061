"""The JSON that commands print."""

import json
from pathlib import Path

from support.command_line import files, run

# A command for each kind of result.
COMMANDS = {
    "cell": ["cell", "klyubin", 5, 5, "-n", 2, "--slip", 0.1],
    "skills": ["cell", "trap", 5, 5, "--kind", "potential", "--discount", 0.5],
    "compare": ["compare", "klyubin", "-n", 2],
    "matrix": ["compare", "klyubin", "-n", 2, "--with", "distance,power", "--samples", 20],
    "measure": ["measure", "entropy", "klyubin", "-n", 2],
    "curve": ["curve", "klyubin", "-n", "1,3", "--cell", "5,5"],
    "sensitivity": ["sensitivity", "dead-end", "-n", 1],
    "walk": ["walk", "klyubin", "-n", 2, "--start", "0,0", "--steps", 3],
    "flow": ["walk", "klyubin", "-n", 2, "--starts", "all"],
    "audit": ["audit", "trap", "-n", 2, "--estimators", "plug-in", "--repeats", 2],
    "learn": ["walk", "klyubin", "-n", 1, "--start", "0,0", "--learn", "--steps", 3],
}


def no_number(name):
    """Called for NaN and Infinity, which are no JSON."""
    raise AssertionError(name)


def printed_json(words):
    """The JSON that a command prints: one object that begins with the only file that it writes."""
    before = set(files(Path()))
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    found = json.loads(result.stdout, parse_constant=no_number)
    assert list(found)[:4] == ["figure", "maze", "horizon", "actions"]
    assert set(files(Path())) - before == {found["figure"]}
    assert found["unit"] == "bits"
    return found


def printed(words):
    """The JSON that a command prints, and the text that it prints without --json."""
    found = printed_json(words)
    text = run(*words).stdout
    assert text.startswith(found["figure"] + "\n")
    return found, text
