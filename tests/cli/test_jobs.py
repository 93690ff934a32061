"""Number of processes that share the maps of a command."""

import pytest
from support.command_line import run

import gridemp
from gridemp import GridempError, World
from gridemp.cli import jobs
from gridemp.cli.jobs import MIN_SHARED, chosen_jobs, usual_jobs

NOISY = World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
LONG = 2 * MIN_SHARED


def test_jobs_are_a_whole_number_of_processes():
    assert chosen_jobs(None) is None
    assert chosen_jobs("3") == 3
    with pytest.raises(GridempError, match="--jobs must be 1 or more, not 0"):
        chosen_jobs("0")
    with pytest.raises(GridempError, match="--jobs"):
        chosen_jobs("all")


def test_long_work_uses_all_processors_that_memory_allows(monkeypatch):
    monkeypatch.setattr(jobs, "available_processors", lambda: 16)
    assert usual_jobs(NOISY, 5, MIN_SHARED, bounds=False) == 1
    assert usual_jobs(NOISY, 5, LONG, bounds=False) == 16
    assert usual_jobs(NOISY, 10, LONG, bounds=False) == 6
    assert usual_jobs(NOISY, 11, LONG, bounds=False) == 1
    assert usual_jobs(NOISY, 50, LONG, bounds=True) == 16


@pytest.mark.slow
def test_several_jobs_print_the_same_table():
    command = ["values", "klyubin", "-n", 2, "--slip", 0.1, "--torus"]
    alone, shared = run(*command), run(*command, "--jobs", 2)
    assert shared.exit_code == 0, shared.output
    assert shared.stdout == alone.stdout


def test_a_command_for_a_single_cell_has_one_process():
    result = run("cell", "klyubin", 5, 5, "-n", 1, "--jobs", 2)
    assert result.exit_code == 1
    assert "leave out --jobs" in result.stderr
