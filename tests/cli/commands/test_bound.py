"""The command `gridemp bound`."""

import pytest
from typer.testing import CliRunner

from gridemp.cli.main import app

runner = CliRunner()


def test_the_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = runner.invoke(app, ["bound", "klyubin", "5", "5", "--horizon", "1", "--slip", "0.2"])
    lines = told.stdout.splitlines()
    assert lines[:2] == [
        "figures/klyubin-x5-y5-h1-bound.png",
        "half-step  bound [bits]  upper [bits]",
    ]
    assert [int(line.split()[0]) for line in lines[2:-1]] == [0, 1, 2, 10, 40]
    low, high = lines[-2].split()[1:]
    assert float(low) == pytest.approx(1.2, abs=1e-5)
    assert float(high) == pytest.approx(1.2, abs=1e-5)
    first = (tmp_path / "figures/klyubin-x5-y5-h1-bound.png").read_bytes()
    runner.invoke(app, ["bound", "klyubin", "5", "5", "--horizon", "1", "--slip", "0.2"])
    assert (tmp_path / "figures/klyubin-x5-y5-h1-bound.png").read_bytes() == first


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--half-steps", "many"], "--half-steps needs a whole number, not 'many'"),
        (["--at", "1,50"], "there are 40 half-steps, and none is number 50"),
        (["--at", "0..9"], "--at shows up to 8 half-steps"),
        (["--bounds"], "leave out --bounds"),
        (["--source", "uniform"], "leave out --source"),
    ],
)
def test_the_command_refuses(tmp_path, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)
    told = runner.invoke(app, ["bound", "room", "5", "5", "--horizon", "1", *words])
    assert told.exit_code == 1
    assert sentence in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert not list(tmp_path.rglob("*.*"))
