"""Sweeps on a Dask cluster whose workers and clients are killed give the bytes of a serial one."""

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


def started(folder):
    command = [sys.executable, "-m", "gridemp", "sweep", "klyubin", *WORDS]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


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
    assert "the cluster has no workers yet; the work begins when one connects" in result.stderr
    assert result.stdout.endswith("a.zarr: 2 maps computed\n")
