"""Sweeps on a Dask cluster whose workers and clients are killed give the bytes of a serial one."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from support.command_line import run
from support.extras import required
from support.sweeps import chunks, grids, swept

import gridemp

pytestmark = pytest.mark.ci

SLIPS = [i / 100 for i in range(5, 41, 3)]
WORDS = ["-n", "1,2", "--slip", ",".join(map(str, SLIPS)), "--workers", "2"]


LIMITED = """
import gridemp.cli.cluster as module
from gridemp.cli import app
if __name__ == "__main__":
    module.MAX_IDLE = 2.0
    app()
"""


@contextlib.contextmanager
def started(folder, *words, program=("-m", "gridemp")):
    """The process of a sweep, in a session of its own, as of a terminal."""
    command = [sys.executable, *program, "sweep", "klyubin", *(words or WORDS)]
    with subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # what runs in the background ignores interrupts, and so would this
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as client:
        try:
            yield client
        finally:
            client.kill()  # if the test has failed


def records(folder):
    return len(list(folder.glob("results.zarr/.tasks/*.json")))


def wait_until(condition, process=None):
    end = time.monotonic() + 120
    while not condition():
        assert process is None or process.poll() is None, process.stderr.read()
        assert time.monotonic() < end
        time.sleep(0.005)


def workers_of(psutil, process):
    """The processes of the workers, which are children of the client."""
    below = psutil.Process(process.pid).children(recursive=True)
    return [one for one in below if "spawn_main" in " ".join(one.cmdline())]


def test_a_killed_client_and_a_killed_worker_lose_only_tasks_in_flight(tmp_path):
    required("distributed")
    psutil = required("psutil")
    with started(tmp_path) as client:
        wait_until(lambda: records(tmp_path), client)
        workers = workers_of(psutil, client)
        client.kill()
    done = records(tmp_path)
    assert 0 < done < 2 * len(SLIPS)
    assert len(workers) == 2
    wait_until(lambda: not any(one.is_running() for one in workers))  # they end by themselves
    with started(tmp_path) as client:
        wait_until(lambda: records(tmp_path) > done, client)
        workers_of(psutil, client)[0].send_signal(signal.SIGKILL)
        said, errors = client.communicate(timeout=120)
    assert client.returncode == 0, errors
    assert said == (
        f"results.zarr: {2 * len(SLIPS) - done} maps computed, {done} in the store already\n"
    )
    assert "Traceback" not in errors
    given = grids(gridemp.load_maze("klyubin"), slip=SLIPS)
    swept(tmp_path / "serial.zarr", given)
    serial = chunks(tmp_path / "serial.zarr")
    assert len(serial) == 2 * 2 * len(SLIPS) + 7  # two variables, and the coordinates
    assert chunks(tmp_path / "results.zarr") == serial
    assert not list(tmp_path.glob("results.zarr/.tasks/new-*"))
    assert os.listdir(tmp_path / "results.zarr" / "klyubin" / "outcomes") == ["zarr.json"]


def test_a_cluster_without_workers_is_waited_for(tmp_path):
    distributed = required("distributed")
    with distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as cluster:
        timer = threading.Timer(2.0, cluster.scale, (1,))
        timer.start()
        words = ["--scheduler", cluster.scheduler_address, "-o", tmp_path / "a.zarr"]
        result = run("sweep", "trap", "-n", "1,2", *words)
        timer.join()
    assert result.exit_code == 0, result.output
    assert "the cluster has no workers; the work goes on when one connects" in result.stderr
    assert result.stdout.endswith("a.zarr: 2 maps computed\n")


def test_a_run_whose_workers_are_all_killed_ends(tmp_path):
    required("distributed")
    psutil = required("psutil")
    (tmp_path / "limited.py").write_text(LIMITED)
    with started(tmp_path, program=["limited.py"]) as client:
        wait_until(lambda: records(tmp_path), client)
        end = time.monotonic() + 60
        while client.poll() is None and time.monotonic() < end:
            with contextlib.suppress(psutil.Error):
                for worker in workers_of(psutil, client):
                    worker.kill()  # also while they start again
            time.sleep(0.1)
        said, errors = client.communicate(timeout=60)
    assert client.returncode == 1
    assert errors.splitlines()[-1].startswith("gridemp: the worker processes ended before the")
    assert "Traceback" not in errors
    assert said == ""


@pytest.mark.parametrize("presses", [1, 4])
@pytest.mark.parametrize("begun", [False, True])
def test_ctrl_c_ends_the_command_and_its_workers_quietly(tmp_path, begun, presses):
    required("distributed")
    psutil = required("psutil")
    with started(tmp_path) as client:
        # the resource tracker comes first
        wait_until(lambda: records(tmp_path) if begun else workers_of(psutil, client), client)
        below = psutil.Process(client.pid).children(recursive=True)
        for _ in range(presses):
            os.killpg(client.pid, signal.SIGINT)
            time.sleep(0.2)
        said, errors = client.communicate(timeout=60)
    assert client.returncode == 130
    told = [line for line in errors.splitlines() if "dashboard" not in line]
    assert told == ["gridemp: interrupted; run the same sweep again to continue"]
    assert said == ""
    _, left = psutil.wait_procs(below, timeout=10)
    assert all(one.status() == psutil.STATUS_ZOMBIE for one in left)


def test_a_scheduler_that_is_lost_is_named(tmp_path):
    required("distributed")
    file = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    options = ["--no-dashboard", "--scheduler-file", file]
    here = ["--host", "127.0.0.1", "--port", "0"]
    dask = [sys.executable, "-m", "dask"]
    with (
        subprocess.Popen([*dask, "scheduler", *here, *options], **quiet) as scheduler,
        subprocess.Popen([*dask, "worker", "--nthreads", "1", *options], **quiet) as worker,
    ):
        try:
            words = [*WORDS[:-2], "--scheduler", file]
            wait_until(file.is_file)
            with started(tmp_path, *words) as client:
                wait_until(lambda: records(tmp_path), client)
                scheduler.kill()
                _, errors = client.communicate(timeout=60)
        finally:
            scheduler.kill()
            worker.terminate()
    assert client.returncode == 1
    assert "Traceback" not in errors
    last = errors.splitlines()[-1]
    assert last.startswith("gridemp: the connection to the scheduler at tcp://127.0.0.1:")
    assert last.endswith(
        "was lost; start it again if it has ended, and run the same sweep again to continue"
    )


def test_workers_that_end_at_once_are_a_sentence(tmp_path, monkeypatch):
    required("distributed")
    monkeypatch.setenv("DASK_DISTRIBUTED__WORKER__PRELOAD", '["import os; os._exit(1)"]')
    with started(tmp_path) as client:
        said, errors = client.communicate(timeout=60)
    assert client.returncode == 1
    assert said == ""
    assert errors.startswith("gridemp: cannot start 2 worker processes")
    assert errors.endswith("perhaps because memory ran out; use fewer with --workers\n")
    assert errors.count("\n") == 1


def test_a_cluster_that_loses_all_workers_is_waited_for(tmp_path, monkeypatch):
    distributed = required("distributed")
    monkeypatch.setattr("gridemp.cli.cluster.WATCHED", 0.1)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        timers = [
            threading.Timer(1.0, cluster.scale, (0,)),
            threading.Timer(4.0, cluster.scale, (1,)),
        ]
        for timer in timers:
            timer.start()
        words = [*WORDS[:-2], "--scheduler", cluster.scheduler_address, "-o", tmp_path / "a.zarr"]
        result = run("sweep", "klyubin", *words)
        for timer in timers:
            timer.join()
    assert result.exit_code == 0, result.output
    assert (
        result.stderr.count("the cluster has no workers; the work goes on when one connects") == 1
    )
