"""The schedulers to which a sweep connects, and those to which it cannot."""

import socket

import pytest
from support.command_line import assert_refused, run
from support.extras import required

required("distributed")
required("filelock")

REMEDY = "give the address that dask scheduler prints, such as tcp://10.0.0.1:8786, or the file"


@pytest.fixture
def refused(empty_folder):
    """Assert that a scheduler is refused for some reason, and that no store is left behind."""

    def check(scheduler, reason):
        result = run("sweep", "trap", "-n", 1, "--scheduler", scheduler)
        assert_refused(result, f"cannot connect to a Dask scheduler at '{scheduler}': {reason}")
        assert REMEDY in result.stderr
        assert not (empty_folder / "results.zarr").exists()

    return check


@pytest.mark.parametrize("text", ["maze,x\n", '{"a": 1}', "[1]", "", "7"])
def test_other_files_are_refused(empty_folder, refused, text):
    (empty_folder / "other.json").write_text(text)
    refused("other.json", "it is not the file of a scheduler; ")


@pytest.mark.parametrize("name", ["nope.json", ""])
def test_a_file_that_is_missing_is_refused(refused, name):
    refused(name, "there is no such file; ")


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "127.0.0.1:x"])
def test_what_is_no_address_is_refused(refused, address):
    refused(address, "it does not answer (")


def test_who_does_not_answer_is_given_up(refused, monkeypatch):
    monkeypatch.setattr("gridemp.cli.cluster.MAX_CONNECTING", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        refused(f"tcp://127.0.0.1:{silent.getsockname()[1]}", "it does not answer; ")


def test_numbers_of_workers_are_refused_before_there_is_a_store(empty_folder):
    assert_refused(run("sweep", "trap", "-n", 1, "--workers", 0), "--workers must be 1 or more")
    assert not (empty_folder / "results.zarr").exists()
