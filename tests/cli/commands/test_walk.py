import pytest
from PIL import Image
from support import command_line
from support.films import ffmpeg

from gridemp.report.provenance import read_record


def run(*words):
    return command_line.run("walk", *words)


@pytest.mark.slow
def test_the_flow_of_all_cells_is_drawn_and_told(folder):
    result = run("klyubin", "-n", 5, "--starts", "all")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "figures/klyubin-h5-flow.png",
        "1: (5, 5), 5.52 bits, 100 of 100 starts (100.0%)",
    ]
    before = (folder / "figures" / "klyubin-h5-flow.png").read_bytes()
    assert run("klyubin", "-n", 5, "--starts", "all").stdout == result.stdout
    assert (folder / "figures" / "klyubin-h5-flow.png").read_bytes() == before


@pytest.mark.slow
def test_flows_with_boxes_noise_and_gymnasium(folder):
    (folder / "push.txt").write_text(".$...\n#....\n#....\n")
    for words in (["push.txt"], ["push.txt", "--slip", "0.1"], ["gym:FrozenLake-v1"]):
        result = run(*words, "-n", 2, "--starts", "all", "--policy", "plan", "-o", "f.svg")
        assert result.exit_code == 0, result.stderr
        assert result.stdout.startswith(
            ("f.svg\n1: ", "f.svg\nwhere agents from every cell end up, if")
        )
    assert "--starts" in run("--help").stdout


@pytest.mark.slow
def test_where_the_boxes_are_tells_attractors_of_one_cell_apart(folder):
    (folder / "push.txt").write_text("#########\n#S$.....#\n###.#.#.#\n#.......#\n#########\n")
    lines = run("push.txt", "-n", 4, "--starts", "all").stdout.splitlines()[1:]
    places = [line.split(" bits")[0].rpartition(", ")[0].partition(": ")[2] for line in lines]
    assert "(2, 2), box at (1, 2)" in places
    assert "(2, 2), box at (3, 2)" in places
    assert len(set(places)) == len(places)


@pytest.mark.slow
def test_the_command_draws_and_tells(folder):
    result = run("klyubin", "-n", 5, "--start", "0,0", "--policy", "plan")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "figures/klyubin-h5-walk-x0-y0-plan.png"
    assert lines[1].startswith("actions: E E")
    assert lines[-1] == "gained: 3.46 to 5.52 bits, +2.06 in 18 steps"
    assert read_record(folder / lines[0])["horizon"] == 5
    before = (folder / lines[0]).read_bytes()
    again = run("klyubin", "-n", 5, "--start", "0,0", "--policy", "plan")
    assert again.stdout == result.stdout
    assert (folder / lines[0]).read_bytes() == before


@pytest.mark.slow
def test_the_command_films(folder):
    options = ("-n", 3, "--start", "0,0", "--steps", 4, "--dpi", 50)
    result = run("klyubin", *options, "-o", "k.gif", "--seconds", 0.3)
    assert result.stdout.splitlines()[0] == "k.gif", result.stderr
    with Image.open(folder / "k.gif") as gif:
        assert gif.n_frames == 5
        assert gif.info["duration"] == 300
    assert run("klyubin", *options, "-o", "k.html").exit_code == 0
    page = (folder / "k.html").read_text(encoding="utf-8")
    assert page.count("<figure>") == 5
    assert "step 4 of 4:" in page
    assert read_record(folder / "k.html")["command"].startswith("gridemp walk klyubin")


def test_the_command_films_an_mp4(folder, monkeypatch):
    found = ffmpeg()
    monkeypatch.setattr("gridemp.render.films.encode.find_ffmpeg", lambda: found)
    options = ("-n", 2, "--start", "0,0", "--steps", 2, "--dpi", 40, "-o", "k.mp4")
    assert run("klyubin", *options).exit_code == 0
    assert b"ftyp" in (folder / "k.mp4").read_bytes()[:16]


@pytest.mark.slow
def test_the_command_starts_at_the_s_and_pushes_boxes(folder):
    result = run("warehouse", "-n", 2, "--steps", 5)
    path = result.stdout.splitlines()[0]
    assert path == "figures/warehouse-h2-walk-x2-y3-steps5.png", result.stderr
    (folder / "push.txt").write_text("S$...\n#....\n#....\n")
    result = run("push.txt", "-n", 3, "--steps", 2, "-o", "p.gif", "--dpi", 50)
    assert "pushes a box to (2, 2)" in result.stdout


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_the_command_goes_into_gymnasium_and_looks_where_it_is_told():
    result = run("gym:FrozenLake-v1", "-n", 2, "--steps", 3)
    path = result.stdout.splitlines()[0]
    assert path == "figures/FrozenLake-v1-h2-walk-x0-y3-steps3.png", result.stderr
    turned = run("room", "-n", 2, "--moves", "turn", "--heading", "west", "--start", "0,0")
    assert "start: (0, 0) facing west" in turned.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "room has no S to start at; give --start X,Y, or --starts all"),
        (("--start", "1"), "--start must be X,Y such as 5,5, not '1'"),
        (("--start", "all"), "for every cell give --starts all"),
        (("--start", "50,0"), "there is no cell x = 50, y = 0 in room"),
        (("--starts", "some"), "--starts must be all, not 'some'"),
        (("--starts", "all", "--steps", "3"), "leave out --steps"),
        (("--starts", "all", "--start", "0,0"), "leave out --start"),
        (("--starts", "all", "-o", "x.gif"), "its name must end in .png or .pdf or .svg"),
        (("--start", "0,0", "--policy", "best"), "use one of greedy, soft, plan"),
        (
            ("--start", "0,0", "--temperature", "1"),
            "only the policy soft has a temperature; leave out --temperature",
        ),
        (
            ("--start", "0,0", "--gamma", "0.5"),
            "only the policy plan has a discount factor; leave out --gamma",
        ),
        (
            ("--start", "0,0", "--policy", "plan", "--gamma", "1"),
            "0 or more and below 1, not 1",
        ),
        (("--start", "0,0", "--policy", "soft", "--temperature", "0"), "bits above 0, not 0"),
        (("--start", "0,0", "--steps", "0"), "--steps must be from 1 to 100,000, not 0"),
        (("--start", "0,0", "--steps", "x"), "--steps must be a whole number"),
        (("--start", "0,0", "--seed", "-1"), "--seed must be a whole number, 0 or more"),
        (("--start", "0,0", "--seconds", "1"), "leave out --seconds"),
        (("--start", "0,0", "-o", "x.gif", "--seconds", "90"), "0.02 to 60 seconds, not 90"),
        (("--start", "0,0", "-o", "x.gif", "--steps", "1000"), "can show 999 steps at most"),
        (("--start", "0,0", "--bounds"), "leave out --bounds"),
        (("--start", "0,0", "--heading", "mean"), "an agent has one heading at a time"),
        (("--start", "0,0", "--heading", "north"), "there is no heading 'north' in this world"),
    ],
)
def test_refusals_are_one_sentence_and_leave_nothing(words, sentence, folder):
    result = run("room", "-n", 2, *words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert not list(folder.iterdir())


def test_too_many_boxes_are_refused_with_what_helps(folder, monkeypatch):
    monkeypatch.setattr("gridemp.worlds.states.MAX_STATES", 10_000)
    (folder / "many.txt").write_text("S......\n" + ".$.$.$.\n.......\n" * 4)
    result = run("many.txt", "-n", 3)
    assert result.exit_code == 1
    assert "more than 10,000 joint states" in result.stderr
    assert "or take fewer --steps" in result.stderr


def explored(tmp_path, *words, start="1,2", steps=25):
    """Lines that `gridemp walk --learn` prints, and its error."""
    (tmp_path / "small.txt").write_text("..#\n..#\n...\n")
    fixed = ["--learn", "--start", start, "--steps", steps, "--dpi", 50, "--horizon", 1]
    result = run(tmp_path / "small.txt", *fixed, *words)
    assert result.exit_code == bool(result.stderr)
    return result.stdout.splitlines(), result.stderr


@pytest.mark.slow
def test_explorations_are_drawn_and_told(tmp_path):
    lines, _ = explored(tmp_path, "-o", tmp_path / "out.png")
    assert lines[0] == str(tmp_path / "out.png")
    assert lines[1].startswith("within 0.01 bits of the true map everywhere after ")
    assert lines[2].endswith(" moves tried; 0 edges never tried")
    assert lines[3].startswith("at the end: x = ")
    with Image.open(tmp_path / "out.png") as image:
        assert image.width > 300


@pytest.mark.slow
def test_explorations_are_animated_and_tell_how_far_they_still_are(tmp_path):
    lines, _ = explored(tmp_path, "-o", tmp_path / "out.gif", "--seconds", 0.5, steps=2)
    assert lines[0].endswith("out.gif")
    assert lines[1].startswith(
        "after 2 steps, some cells still differ from the true map by up to 1."
    )
    assert lines[1].endswith(" bits")
    assert int(lines[2].split("; ")[1].split()[0]) >= 8
    with Image.open(tmp_path / "out.gif") as film:
        assert film.n_frames == 3
        assert film.info["duration"] == 500


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--start", "2,2"], "the cell x = 2, y = 2 of small is solid"),
        (["--start", "0,3"], "there is no cell x = 0, y = 3"),
        (["--prior", "much"], "--prior must be a number"),
        (["--prior", "0"], "--prior, the strength of the prior, must be a positive number"),
        (["--curiosity", "1e"], "--curiosity must be"),
        (["--seconds", "-1", "-o", "out.gif"], "a frame must be shown for"),
        (["--bounds"], "leave out --bounds"),
        (["--source", "uniform"], "leave out --source"),
        (["--moves", "king"], "set --moves to nesw"),
        (["--output", "out.txt"], "must end in"),
        (["--starts", "all"], "leave out --starts"),
        (["--heading", "north"], "leave out --heading"),
        (["--tol", "0"], "--tol must be a positive number"),
        (["--curiosity", "-1"], "--curiosity must be a number of bits, 0 or more"),
        (["--steps", "0"], "steps"),
        (["--steps", "1000000"], "steps"),
        (["--policy", "plan"], "leave out --policy"),
    ],
)
def test_explorations_that_cannot_be_are_refused_before_any_work(tmp_path, words, message):
    lines, wrong = explored(tmp_path, *words, steps=500)
    assert lines == []
    assert message in wrong
    assert len(wrong.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small.txt"]


def test_only_explorations_have_a_prior():
    for option in ("--prior", "--curiosity"):
        result = run("room", "--horizon", 1, "--start", "0,0", option, 1)
        command_line.assert_refused(result, f"leave out {option}")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "needed"),
    [
        ([], "3 to 5"),
        (["--width", "column"], "3 to 4"),
        (["--steps", 1], "3"),
    ],
)
def test_numbers_of_panel_titles_that_cannot_be_are_refused_before_any_work(
    tmp_path, monkeypatch, words, needed
):
    monkeypatch.setattr("gridemp.cli.commands.walk.explore", lambda *_: pytest.fail("explored"))
    for titles in ("a", "a|b|c|d|e|f"):
        lines, wrong = explored(tmp_path, "--panel-titles", titles, *words)
        assert lines == []
        assert wrong.endswith(f", but this figure needs {needed}\n")


@pytest.mark.slow
def test_explorations_have_the_panel_titles_that_were_given(tmp_path):
    output = ["-o", tmp_path / "out.png"]
    lines, _ = explored(tmp_path, *output, "--panel-titles", "a|b|c", steps=1)
    assert lines[0] == str(tmp_path / "out.png")
