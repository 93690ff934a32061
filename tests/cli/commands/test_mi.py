import csv
import json
import re
import sys
from datetime import datetime, timedelta
from importlib import import_module

import numpy as np
import pytest
from support import command_line

from gridemp.errors import pip_command


@pytest.fixture
def rows(empty_folder):
    """A log with a window in each row, whose trials tell more and more."""
    rng = np.random.default_rng(0)
    lines = ["who,trial,a,b,e"]
    for who in "AB":
        for trial in (1, 2, 3, 4):
            for _ in range(40 + trial):
                a, b, noise = rng.normal(size=3)
                lines.append(f"{who},{trial},{a:.4f},{b:.4f},{trial * a / 2 + noise:.4f}")
    (empty_folder / "rows.csv").write_text("\n".join(lines) + "\n")
    return ["rows.csv", "--actions", "a,b", "--effects", "e", "--shuffles", "19"]


@pytest.fixture
def frames(empty_folder):
    """A frame log: an engine pushes x, in three trials of 8 s."""
    rng = np.random.default_rng(1)
    lines = ["trial,time,left,right,main,x,y,angle"]
    for trial in (1, 2, 3):
        x = speed = 0.0
        for i in range(401):
            left, right = rng.integers(0, 2, 2)
            lines.append(f"{trial},{i / 50:.2f},{left},{right},0,{x:.5f},{rng.normal():.4f},0")
            speed = 0.97 * speed + 0.01 * (right - left)
            x += speed
    (empty_folder / "frames.csv").write_text("\n".join(lines) + "\n")
    return ["frames.csv", "--shuffles", "19", "--estimator", "copula"]


@pytest.mark.slow
def test_a_log_of_frames_asks_for_a_window(frames):
    result = run("frames.csv")
    assert result.exit_code == 1
    assert result.stderr == (
        "gridemp: frames.csv has a row for each frame; "
        "give --window 100ms to group frames into windows\n"
    )
    rows = run(*frames, "--actions", "left,right", "--effects", "x,y")
    assert rows.exit_code == 0
    assert rows.stderr == (
        "gridemp: each row of this log is a frame, but counts as a window; give --window 100ms "
        "to group frames into windows\n"
    )
    assert run(*frames, "--window", "100ms").stderr == ""


def test_missing_columns_are_listed(rows):
    assert run("rows.csv").stderr == (
        "gridemp: --actions needs the columns of the log, such as --actions one,two; "
        "rows.csv has who, trial, a, b, e\n"
    )


@pytest.mark.slow
def test_long_estimates_are_announced(rows, monkeypatch):
    assert run(*rows).stderr == ""
    monkeypatch.setattr("gridemp.logs.learning_curve.expected_measure_seconds", lambda *_: 300)
    assert run(*rows).stderr == "gridemp: this takes about 5 minutes\n"


def run(*words, text=None):
    return command_line.run("mi", *words, text=text)


def test_rows_give_a_table_and_a_figure(rows, empty_folder):
    result = run(*rows, "--player", "who", "--table", "t.csv")
    assert result.exit_code == 0, result.stderr
    name = "rows-mi-actions-a+b-effects-e-player-who-shuffles19.png"
    assert f"t.csv\nfigures/{name}\n" in result.stdout
    with (empty_folder / "t.csv").open() as stream:
        table = list(csv.DictReader(stream))
    assert [(row["player"], row["trial"]) for row in table] == [
        (w, t) for w in "AB" for t in "1234"
    ]
    assert {row["windows"] for row in table} == {"41"}
    assert (
        "note: trials have 41 to 44 windows; 41 successive ones of each are used" in result.stdout
    )
    first = next(line for line in result.stdout.splitlines() if line.split()[:2] == ["A", "1"])
    assert first.split()[3] == f"{float(table[0]['information']):.3f}"
    assert "trend of the mean of the players: +" in result.stdout
    assert (empty_folder / "figures" / name).stat().st_size > 10_000
    info = command_line.run("info", f"figures/{name}")
    assert "estimator: ksg" in info.stdout
    assert "title: information in rows.csv" in info.stdout


@pytest.mark.slow
def test_the_same_command_gives_the_same(rows, empty_folder):
    run(*rows, "--table", "1.json", "-o", "1.svg")
    run(*rows, "--table", "2.json", "-o", "2.svg")
    assert (empty_folder / "1.json").read_bytes() == (empty_folder / "2.json").read_bytes()
    one, two = ((empty_folder / f"{n}.svg").read_text().replace(f"{n}.json", "") for n in "12")
    assert one == two


def test_frames_become_windows(frames, empty_folder):
    result = run(*frames, "--window", "100ms", "--table", "t.json")
    assert result.exit_code == 0, result.stderr
    whole = json.loads((empty_folder / "t.json").read_text())
    assert whole["actions"] == ["left", "right", "main", "none"]
    assert whole["effects"] == ["x", "y", "angle"]
    assert [trial["windows"] for trial in whole["trials"]] == [80, 80, 80]
    assert "note: main is constant and tells nothing" in result.stdout
    assert "note: angle is constant and tells nothing" in result.stdout


def test_the_motion_before_raises_what_actions_tell(frames, empty_folder):
    result = run(*frames, "--window", "100ms", "--context", "previous", "--table", "t.json")
    assert result.exit_code == 0, result.stderr
    assert "left out: 3 windows without a window before it" in result.stdout
    trials = json.loads((empty_folder / "t.json").read_text())["trials"]
    assert all(trial["information"] > trial["without_context"] + 0.15 for trial in trials)


def test_windows_overlap_only_if_told_to(frames):
    result = run(*frames, "--window", "100ms", "--step", "50ms")
    assert result.exit_code == 1
    assert "windows that overlap share frames" in result.stderr
    result = run(*frames, "--window", "100ms", "--step", "50ms", "--overlap")
    assert result.exit_code == 0, result.stderr
    assert "p values too small" in result.stdout


@pytest.fixture
def conditions(empty_folder):
    """A log of frames by three players: the engine pushes x less the stronger the wind is."""
    rng = np.random.default_rng(3)
    lines = ["who,trial,gravity,wind,time,left,right,main,x,y,angle"]
    for who in "ABC":
        pairs = [(gravity, wind) for gravity in (10, 2) for wind in (20, 0)] * 2
        for trial, (gravity, wind) in enumerate(pairs, start=1):
            x = 0.0
            for i in range(201):
                left, right = rng.integers(0, 2, 2)
                place = f"{x:.5f},{rng.normal():.4f},{rng.normal():.4f}"
                lines.append(
                    f"{who},{trial},{gravity},{wind},{i / 50:.2f},{left},{right},0,{place}"
                )
                x += (20 - wind) / 20 * (right - left) + 0.5 * rng.normal()
    (empty_folder / "grid.csv").write_text("\n".join(lines) + "\n")
    words = ["grid.csv", "--window", "100ms", "--player", "who", "--trial", "gravity,wind"]
    return [*words, "--shuffles", "19"]


@pytest.mark.parametrize("estimator", ["ksg", "copula"])
def test_two_columns_of_trials_are_conditions(conditions, empty_folder, estimator):
    words = [*conditions, "--estimator", estimator, "--table", "t.json", "-o", "grid.png"]
    result = run(*words)
    assert result.exit_code == 0, result.stderr
    lines = [line.split() for line in result.stdout.splitlines()]
    (first,) = (i for i, line in enumerate(lines) if line[:2] == ["gravity", "wind"])
    table = {tuple(line[:2]): line[2:] for line in lines[first + 1 : first + 5]}
    assert list(table) == [("2", "0"), ("10", "0"), ("2", "20"), ("10", "20")]
    assert all(line[:2] == ["3", "6"] for line in table.values())  # players and trials
    whole = json.loads((empty_folder / "t.json").read_text())
    above = {(mean["x"], mean["y"]): mean["above"] for mean in whole["means"]}
    assert above["2", "0"] > 0.3 > 0.15 > abs(above["2", "20"])
    assert above["10", "0"] > 0.3 > 0.15 > abs(above["10", "20"])
    assert len(whole["trials"]) == 24
    assert whole["trials"][0]["gravity"] == "2"
    assert whole["conditions"] == ["gravity", "wind"]
    assert "above chance by its 95 % interval: " in result.stdout
    assert "trend" not in result.stdout
    assert (empty_folder / "grid.png").stat().st_size > 10_000


def test_conditions_go_with_a_context_and_into_a_table(conditions, empty_folder):
    words = [*conditions, "--estimator", "copula", "--context", "previous", "--table", "t.csv"]
    result = run(*words)
    assert result.exit_code == 0, result.stderr
    assert "without context" in result.stdout
    with (empty_folder / "t.csv").open() as stream:
        table = list(csv.DictReader(stream))
    assert list(table[0])[:5] == ["player", "trial", "gravity", "wind", "windows"]
    assert len({(row["player"], row["trial"]) for row in table}) == 24


def test_entropies_under_conditions_are_listed_beside_the_grid(conditions, empty_folder):
    words = [*conditions, "--estimator", "copula", "-o", "grid.svg"]
    assert run(*words).exit_code == 0
    grid = (empty_folder / "grid.svg").read_text()
    result = run(*words, "--entropies", "--table", "t.json")
    assert result.exit_code == 0, result.stderr
    lines = [line.split() for line in result.stdout.splitlines()]
    header = ["player", "trial", "gravity", "wind", "H(A)", "H(E)", "H(A|E)", "H(E|A)", "I(A;E)"]
    whole = json.loads((empty_folder / "t.json").read_text())
    first = lines.index(header) + 1
    for line, trial in zip(lines[first : first + 24], whole["trials"], strict=True):
        assert line[:4] == [trial[name] for name in header[:4]]
        assert line[5] == f"{trial['entropy_effects']:.3f}"
    assert whole["entropies"]["correlations"] == []
    assert "Spearman" not in result.stdout
    drawn = (empty_folder / "grid.svg").read_text()
    assert drawn.count("<path") == grid.count("<path") > 0


def test_ratings_do_not_go_with_conditions(conditions, empty_folder):
    result = run(*conditions, "--ratings", "main")
    assert result.exit_code == 1
    assert result.stderr.startswith("gridemp: column 'main' is measured already")
    result = run(*conditions, "--ratings", "time", "--table", "t.csv")
    assert result.exit_code == 1
    assert result.stderr == (
        "gridemp: --ratings compares each trial with the one before, which may be under other "
        "conditions; leave out --ratings, or name one column with --trial\n"
    )
    assert [path.name for path in empty_folder.iterdir()] == ["grid.csv"]


@pytest.mark.parametrize(
    ("trial", "sentence"),
    [
        ("a,b,c", "--trial takes one column, or two to compare conditions, not 3"),
        ("wind,wind", "--trial names column 'wind' twice; give two columns"),
        ("wind,", "--trial needs the columns of the log"),
        ("wind,force", "force"),
        ("wind,x", "column 'x' of grid.csv has"),
    ],
)
def test_columns_that_are_no_conditions_are_refused(conditions, empty_folder, trial, sentence):
    result = run(*conditions, "--trial", trial)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert [path.name for path in empty_folder.iterdir()] == ["grid.csv"]


@pytest.mark.slow
def test_estimators_may_be_in_capitals(rows, empty_folder):
    run(*rows, "--estimator", "KSG", "--table", "one.csv")
    run(*rows, "--estimator", "ksg", "--table", "two.csv")
    assert (empty_folder / "one.csv").read_bytes() == (empty_folder / "two.csv").read_bytes()


def test_one_trial_has_no_trend(empty_folder):
    rng = np.random.default_rng(2)
    lines = "".join(f"{a:.4f},{a + b:.4f}\n" for a, b in rng.normal(size=(40, 2)))
    (empty_folder / "one.csv").write_text("a,e\n" + lines)
    result = run("one.csv", "--actions", "a", "--effects", "e", "--shuffles", "19")
    assert result.exit_code == 0, result.stderr
    assert "no trend: a trend needs at least three trials of one player" in result.stdout


def test_a_log_on_standard_input(rows, empty_folder):
    text = (empty_folder / "rows.csv").read_text()
    result = run("-", *rows[1:], text=text)
    assert result.exit_code == 0, result.stderr
    assert "figures/log-mi-actions-a+b-effects-e-shuffles19.png" in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("start", ["\ufeff", ""])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_pipe_is_read_as_a_file_is(rows, empty_folder, start, delimiter):
    run(*rows, "--table", "file.csv")
    text = start + (empty_folder / "rows.csv").read_text().replace(",", delimiter)
    result = run("-", *rows[1:], "--table", "pipe.csv", text=text)
    assert result.exit_code == 0, result.stderr
    assert (empty_folder / "pipe.csv").read_bytes() == (empty_folder / "file.csv").read_bytes()


@pytest.mark.slow
def test_times_in_milliseconds(frames, empty_folder):
    text = (empty_folder / "frames.csv").read_text().splitlines()
    cells = [line.split(",") for line in text[1:]]
    cells = [[one[0], f"{float(one[1]) * 1000:.0f}", *one[2:]] for one in cells]
    (empty_folder / "ms.csv").write_text("\n".join([text[0], *map(",".join, cells)]))
    result = run("ms.csv", *frames[1:], "--window", "100ms")
    assert result.exit_code == 1
    assert "frames of ms.csv are 20 s apart, and windows of 0.1 s are shorter" in result.stderr
    assert "set --time-unit to ms (0.001 s) if times are in milliseconds" in result.stderr
    run("ms.csv", *frames[1:], "--window", "100ms", "--time-unit", "ms", "--table", "ms-t.csv")
    run(*frames, "--window", "100ms", "--table", "s-t.csv")
    assert (empty_folder / "ms-t.csv").read_bytes() == (empty_folder / "s-t.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["--angles", "angel"],
            "--angles takes columns of --effects, and 'angel' is not one; add it to --effects",
        ),
        (["--time-unit", "min"], "--time-unit must be s or ms, not 'min'"),
        (["--window", "10ms"], "are 0.02 s apart, and windows of 0.01 s are shorter"),
    ],
)
def test_a_mistake_with_frames_is_a_sentence(frames, words, sentence):
    result = run(*frames, "--window", "100ms", *words)
    assert result.exit_code == 1
    assert sentence in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "there is no log to measure; name LOG, a CSV file with a header, or give --power"),
        (["none.csv", "--actions", "a", "--effects", "e"], "cannot read none.csv"),
        (["rows.csv"], "--actions needs the columns of the log"),
        (["rows.csv", "--actions", "a"], "--effects needs the columns of the log"),
        (["rows.csv", "--actions", "a,,b", "--effects", "e"], "--actions needs the columns"),
        (["rows.csv", "--actions", "aa", "--effects", "e"], "no column 'aa' (did you mean 'a'?)"),
        (["rows.csv", "--actions", "a", "--effects", "a"], "column 'a' is given twice"),
        (["rows.csv", "--actions", "a,a", "--effects", "e"], "column 'a' is given twice"),
        (["rows.csv", "--window", "100ms"], "no column 'left'"),
        (["rows.csv", "--window", "100"], "time such as 100ms or 0.1s, not '100'"),
        (["rows.csv", "--window", "0s"], "--window must be a time"),
        (
            ["rows.csv", "--actions", "who", "--effects", "e", "--numeric", "who"],
            "line 2, column 'who': 'A' is not a number",
        ),
        (
            ["rows.csv", "--actions", "who", "--effects", "e", "--estimator", "ksg"],
            "'who' holds categories, which ksg would take for amounts; set --estimator to mixed",
        ),
        (
            ["rows.csv", "--actions", "a", "--effects", "e", "--categorical", "b"],
            "--categorical takes columns of --actions, --effects and --context, and 'b' is not one",
        ),
        (
            ["rows.csv", "--actions", "a", "--effects", "e", "--categorical", "a"],
            "different texts, and a column of categories may have 50",
        ),
        (
            ["rows.csv", "--actions", "a", "--effects", "e", "--context", "previous"],
            "--context previous is only for logs with a row for each frame; give --window too",
        ),
        (
            ["rows.csv", "--actions", "a", "--effects", "e", "--gap", "1s"],
            "--gap is only for logs with a row",
        ),
        (["rows.csv", "--actions", "a", "--effects", "e", "--k", "x"], "--k must be a whole"),
        (["rows.csv", "--actions", "a", "--effects", "e", "--k", "60"], "needs 126 or more"),
        (
            ["rows.csv", "--actions", "a", "--effects", "e", "--theiler", "30"],
            "--theiler of 30 leaves too few neighbours",
        ),
        (
            ["rows.csv", "--actions", "a", "--effects", "e", "--theiler", "-1"],
            "--theiler must be 0 or more, not -1",
        ),
        (
            [
                "rows.csv",
                "--actions",
                "a",
                "--effects",
                "e",
                "--theiler",
                "2",
                "--estimator",
                "copula",
            ],
            "copula does not compare neighbours; leave out --theiler or set --estimator to ksg",
        ),
        (
            ["rows.csv", "--actions", "a", "--effects", "e", "--sample", "x"],
            "--sample must be a whole",
        ),
        (
            ["rows.csv", "--actions", "a", "--effects", "e", "--estimator", "kgs"],
            "--estimator must be ksg or copula or plugin or mixed, not 'kgs'",
        ),
        (
            ["rows.csv", "--actions", "a,b", "--effects", "e", "--estimator", "plugin"],
            "counting would find far too many bits",
        ),
        (
            ["rows.csv", "--actions", "a", "--effects", "e", "--table", "t.txt"],
            "must end in .csv or",
        ),
        (["rows.csv", "--actions", "a", "--effects", "e", "-o", "t.csv"], "must end in .png or"),
        (
            ["rows.csv", "--actions", "a", "--effects", "e", "--degrees"],
            "--degrees is only for logs",
        ),
        (["rows.csv", "--power"], "--power simulates logs of its own"),
        (["--power", "--ratings", "r"], "--power simulates the test of information; leave out"),
        (["--power", "--entropies"], "leave out --entropies"),
    ],
)
def test_a_mistake_is_a_sentence_and_nothing_is_written(rows, empty_folder, words, sentence):
    before = set(empty_folder.rglob("*"))
    result = run(*words, *(["--shuffles", "19"] if words else []))
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert set(empty_folder.rglob("*")) == before


def test_without_scipy_the_extra_is_named(rows, monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    result = run(*rows)
    assert result.exit_code == 1
    assert result.stderr == f"gridemp: gridemp mi needs scipy; {pip_command('logs')}\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--sample", "5"], "5 windows are too few for 7 columns"),
        (["--shuffles", "5"], "--shuffles must be 19 or more for p to reach 0.05"),
    ],
)
def test_power_that_cannot_be_is_a_sentence_alone(words, sentence):
    result = run("--power", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert sentence in result.stderr


def test_power_is_printed(monkeypatch):
    module = import_module("gridemp.logs.power")  # `gridemp.logs.power` is the function
    monkeypatch.setattr(module, "RUNS", 10)
    monkeypatch.setattr(module, "TRUTHS", (0.0, 3.0))
    result = run("--power", "--sample", "40", "--shuffles", "19")
    assert result.exit_code == 0, result.stderr
    assert "40 windows" in result.stdout
    lines = [line.split() for line in result.stdout.splitlines()[2:]]
    assert [(line[0], line[1]) for line in lines] == [
        (name, truth) for name in ("ksg", "copula") for truth in ("0.00", "3.00")
    ]
    assert [lines[1][-1], lines[3][-1]] == ["1.00", "1.00"]


def coded(empty_folder, values):
    """A frame log: the action of each 100 ms moves x up or down, by 1."""
    rng = np.random.default_rng(3)
    lines, x = ["time,action,x"], 0.0
    for step in range(200):
        chosen = int(rng.integers(0, len(values)))
        for frame in range(5):
            time = (5 * step + frame) / 50
            lines.append(f"{time:.2f},{values[chosen]},{x:.4f}")
            x += (0.2 if chosen else -0.2) + 0.01 * rng.normal()
    (empty_folder / "coded.csv").write_text("\n".join(lines) + "\n")
    return ["coded.csv", "--actions", "action", "--effects", "x", "--shuffles", "19"]


@pytest.mark.parametrize(
    ("values", "note"),
    [
        (
            [1, 2],
            "action holds 2 codes (1, 2), which are read as categories; give --numeric action if "
            "it is a key, which is pressed unless it is 0",
        ),
        (["left", "right"], "action holds 2 names (right, left), which are read as categories"),
        (["False", "True"], None),
        ([0, 1], None),
    ],
    ids=["codes", "names", "truth", "key"],
)
def test_actions_are_held_whatever_they_are_called(empty_folder, values, note):
    """One bit, whether a column has codes, names, truth values or a key."""
    words = coded(empty_folder, values)
    result = run(*words, "--window", "100ms", "--table", "t.json")
    assert result.exit_code == 0, result.stderr
    whole = json.loads((empty_folder / "t.json").read_text())
    assert whole["trials"][0]["information"] == pytest.approx(1, abs=0.02)
    assert whole["settings"]["estimator"] == ("mixed" if note else "ksg")
    if note:
        assert re.search(rf"^note: {re.escape(note)}$", result.stdout, re.MULTILINE)
        names = {str(value) for value in values}
        assert {name.removeprefix("action=") for name in whole["actions"]} == names
    else:
        assert whole["actions"] == ["action", "none"]
        assert "read as" not in result.stdout


def test_codes_can_be_read_as_a_key(empty_folder):
    words = coded(empty_folder, [1, 2])
    result = run(*words, "--window", "100ms", "--numeric", "action")
    assert result.exit_code == 0, result.stderr
    assert "note: action is constant and tells nothing" in result.stdout
    assert "categories" not in result.stdout


@pytest.fixture
def choices(empty_folder):
    """A log with a row for each choice among four, of which one moves x and names the room."""
    rng = np.random.default_rng(4)
    lines = ["action,name,x,room,flag"]
    for _ in range(300):
        code = int(rng.integers(0, 4))
        name = ["none", "left", "main", "right"][code]
        x = 9 * (code == 1) + rng.normal()
        lines.append(f"{code},{name},{x:.4f},{'attic' if code == 1 else 'hall'},{code == 1}")
    (empty_folder / "choices.csv").write_text("\n".join(lines) + "\n")
    return ["choices.csv", "--shuffles", "19", "--table", "t.json"]


def information(empty_folder):
    whole = json.loads((empty_folder / "t.json").read_text())
    return whole["trials"][0]["information"], whole["settings"]["estimator"]


@pytest.mark.parametrize("action", ["action", "name", "flag"])
@pytest.mark.parametrize("effect", ["x", "room"])
def test_choices_are_categories(choices, empty_folder, action, effect):
    result = run(*choices, "--actions", action, "--effects", effect)
    assert result.exit_code == 0, result.stderr
    bits, estimator = information(empty_folder)
    share = 0.25
    truth = -share * np.log2(share) - (1 - share) * np.log2(1 - share)
    assert bits == pytest.approx(truth, abs=0.06)
    assert estimator == "mixed"
    if action == "action":
        assert (
            "note: action holds 4 codes (0, 1, 2, 3), which are read as categories; give --numeric "
            "action if they are amounts\n" in result.stdout
        )


def test_several_columns_of_whole_numbers_are_amounts_unless_told_otherwise(choices, empty_folder):
    text = (empty_folder / "choices.csv").read_text().splitlines()
    more = [f"{line},{'more' if i == 0 else i % 3}" for i, line in enumerate(text)]
    (empty_folder / "choices.csv").write_text("\n".join(more) + "\n")
    words = [*choices, "--actions", "action,more", "--effects", "x"]
    result = run(*words)
    assert result.exit_code == 0, result.stderr
    assert information(empty_folder)[1] == "ksg"
    assert (
        "note: action, more: whole numbers, read as amounts; give --categorical action,more if "
        "they are codes\n" in result.stdout
    )
    result = run(*words, "--categorical", "action,more")
    assert information(empty_folder)[1] == "mixed"
    assert "codes" not in result.stdout


@pytest.mark.slow
def test_categories_may_be_known_beforehand(choices, empty_folder):
    result = run(*choices, "--actions", "name", "--effects", "x", "--context", "room")
    assert result.exit_code == 0, result.stderr
    whole = json.loads((empty_folder / "t.json").read_text())
    (trial,) = whole["trials"]
    assert trial["without_context"] == pytest.approx(0.81, abs=0.06)
    assert trial["information"] == pytest.approx(0, abs=0.1)
    assert whole["settings"]["null"] == "shift"  # of the effects, which are amounts


def test_a_log_of_a_laboratory_in_german(empty_folder):
    """Semicolons, decimal commas and numbers of frames give what a plain log does."""
    words = coded(empty_folder, ["left", "right"])[1:]
    lines = [line.split(",") for line in (empty_folder / "coded.csv").read_text().splitlines()]
    numbered = [f"{i - 1};{row[1]};{row[2].replace('.', ',')}" for i, row in enumerate(lines)]
    (empty_folder / "german.csv").write_text("\n".join(["frame;action;x", *numbered[1:]]))
    words += ["--window", "100ms", "--table", "t.json"]
    run("coded.csv", *words)
    plain, _ = information(empty_folder)
    result = run("german.csv", *words, "--fps", "50")
    assert result.exit_code == 0, result.stderr
    assert information(empty_folder)[0] == pytest.approx(plain, abs=0.01)  # times differ by 1e-16


def test_times_of_a_clock_count_from_the_first(empty_folder):
    words = coded(empty_folder, ["left", "right"])[1:]
    lines = [line.split(",") for line in (empty_folder / "coded.csv").read_text().splitlines()]
    began = datetime(2024, 2, 29, 23, 59, 50)
    for row in lines[1:]:
        row[0] = (began + timedelta(seconds=float(row[0]))).isoformat()
    (empty_folder / "clock.csv").write_text("\n".join(map(",".join, lines)))
    run("coded.csv", *words, "--window", "100ms", "--table", "plain.csv")
    result = run("clock.csv", *words, "--window", "100ms", "--table", "clock-t.csv")
    assert result.exit_code == 0, result.stderr
    assert (empty_folder / "clock-t.csv").read_bytes() == (empty_folder / "plain.csv").read_bytes()
    result = run("clock.csv", *words, "--window", "100ms", "--time-unit", "ms")
    assert "line 2, column 'time': '2024-02-29T23:59:50' is not a number" in result.stderr


def test_a_file_for_each_player_and_trial(rows, empty_folder):
    (empty_folder / "logs").mkdir()
    header, *lines = (empty_folder / "rows.csv").read_text().splitlines()
    for who in "AB":
        for trial in "1234":
            own = [line for line in lines if line.startswith(f"{who},{trial},")]
            text = "\n".join(",".join(line.split(",")[2:]) for line in [header, *own])
            (empty_folder / "logs" / f"{who}-t{trial}.csv").write_text(text)
    run(*rows, "--player", "who", "--table", "one.csv")
    words = [*rows[1:], "--names", "{player}-t{trial}.csv", "--table", "all.csv"]
    result = run("logs/*.csv", *words)
    assert result.exit_code == 0, result.stderr
    assert "figures/logs-mi-actions-a+b-effects-e-names-player--t-trial-.csv-" in result.stdout
    assert (empty_folder / "all.csv").read_bytes() == (empty_folder / "one.csv").read_bytes()
    result = run("logs/A-t1.csv", "logs/B-t2.csv", *rows[1:])
    assert re.search(r"^ *A-t1 .*\n *B-t2 ", result.stdout, re.MULTILINE)
    for wrong, sentence in (
        (["logs/*.txt"], "no file matches logs/*.txt; name a log"),
        (["logs/A-t1.csv", "--names", "{player}.txt"], "A-t1.csv is not of the form {player}.txt"),
    ):
        result = run(*wrong, *rows[1:])
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert sentence in result.stderr


PSYCHOPY = """\ufeffword,trials.thisN,trials.resp.keys,trials.resp.rt,participant,date,
,,,,007,2024-10-23_13h56.15.156,
{rows}
,,,,007,2024-10-23_13h56.15.156,
"""


def test_an_export_of_psychopy(empty_folder):
    """Routines have rows of their own, no answer is None, and rows end with a comma."""
    rng = np.random.default_rng(8)
    rows = []
    for i in range(80):
        key = ["lalt", "ralt", "None"][int(rng.integers(0, 3))]
        seconds = (0.3 if key == "lalt" else 0.9) + rng.random() / 9
        rt = "None" if key == "None" else f"{seconds:.4f}"
        rows.append(f"w{i},{i},{key},{rt},007,2024-10-23_13h56.15.156,")
    (empty_folder / "007_words.csv").write_text(PSYCHOPY.format(rows="\n".join(rows)))
    words = ["007_words.csv", "--actions", "trials.resp.keys", "--effects", "trials.resp.rt"]
    words += ["--player", "participant", "--shuffles", "19", "--table", "t.json"]
    result = run(*words)
    assert result.exit_code == 1
    assert "line 2, column 'trials.resp.keys': the cell is empty; write a number" in result.stderr
    assert "or set --skip-missing to leave out such rows" in result.stderr
    result = run(*words, "--skip-missing")
    assert result.exit_code == 0, result.stderr
    missing = 2 + sum(",None," in row for row in rows)
    assert f"note: {missing} rows with a missing cell left out\n" in result.stdout
    assert information(empty_folder)[0] == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_an_export_of_jspsych(empty_folder, suffix):
    """Trials of other plugins lack columns, and no answer is null."""
    rng = np.random.default_rng(9)
    trials = [{"rt": 2100.5, "stimulus": "<p>Go, go!</p>", "response": " ", "trial_index": 0}]
    trials += [{"success": True, "trial_type": "preload", "trial_index": 1}]
    for i in range(80):
        key = ["f", "j", None][int(rng.integers(0, 3))]
        rt = None if key is None else round((400 if key == "f" else 800) + 50 * rng.random())
        trials.append({"rt": rt, "stimulus": "blue", "response": key, "trial_index": i + 2})
    if suffix == "json":
        text = json.dumps(trials)
    else:
        names = ["rt", "stimulus", "response", "trial_index", "success", "trial_type"]
        cells = [["" if t.get(n) is None else str(t[n]) for n in names] for t in trials]
        text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in [names, *cells])
    (empty_folder / f"data.{suffix}").write_text(text)
    words = [f"data.{suffix}", "--actions", "response", "--effects", "rt", "--skip-missing"]
    result = run(*words, "--shuffles", "19", "--table", "t.json")
    assert result.exit_code == 0, result.stderr
    assert "note: response holds 2 names (" in result.stdout
    missing = 2 + sum(trial.get("response", "") is None for trial in trials)
    assert f"note: {missing} rows with a missing cell left out\n" in result.stdout
    assert information(empty_folder)[0] == pytest.approx(1, abs=0.05)


@pytest.mark.slow
def test_no_p_value_is_a_dash(choices, empty_folder):
    lines = (empty_folder / "choices.csv").read_text().splitlines()
    (empty_folder / "choices.csv").write_text("\n".join([lines[0], *sorted(lines[1:])]) + "\n")
    words = [*choices, "--actions", "name", "--effects", "room", "--null", "shuffle"]
    result = run(*words)
    assert result.exit_code == 0, result.stderr
    assert "no p value is given" in result.stdout
    assert " -\n" in result.stdout
    assert json.loads((empty_folder / "t.json").read_text())["trials"][0]["p"] is None


def test_entropies_are_printed_and_drawn(rows, empty_folder):
    result = run(*rows, "--player", "who", "--entropies", "--table", "t.csv")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert "figures/rows-mi-actions-a+b-effects-e-player-who-entropies-shuffles19.png" in lines
    header = next(i for i, line in enumerate(lines) if "H(E|A)" in line)
    assert lines[header].split() == [
        "player",
        "trial",
        *("H(A)", "H(E)", "H(A|E)", "H(E|A)", "I(A;E)"),
    ]
    with (empty_folder / "t.csv").open() as stream:
        table = list(csv.DictReader(stream))
    assert lines[header + 1].split()[2] == f"{float(table[0]['entropy_actions']):.3f}"
    assert "entropies in bits per window:" in lines
    assert any(line.startswith("Spearman with trial, mean of 2 players [95 %]") for line in lines)


def rated(folder, ratings):
    """The log `rows.csv` with a rating of each trial, the same for both players."""
    header, *lines = (folder / "rows.csv").read_text().splitlines()
    texts = [f"{line},{ratings[int(line.split(',')[1]) - 1]}" for line in lines]
    (folder / "rated.csv").write_text("\n".join([f"{header},better", *texts]) + "\n")
    words = ["--actions", "a,b", "--effects", "e", "--shuffles", "19", "--player", "who"]
    return ["rated.csv", *words, "--ratings", "better"]


@pytest.mark.slow
def test_ratings_are_compared_with_gains(rows, empty_folder):
    words = rated(empty_folder, ["2", "4", "NA", "5"])
    result = run(*words, "--skip-missing", "--entropies", "--table", "t.json", "-o", "r.png")
    assert result.exit_code == 0, result.stderr
    assert "note: 0 rows with a missing cell left out" in result.stdout
    assert "better of the same trial for each bit of gain, 4 pairs of 2 players:" in result.stdout
    assert "note: 2 gains without a rating of the same trial left out" in result.stdout
    assert (
        "power: with 2 players and 4 pairs, the test finds a correlation of 0.1 in" in result.stdout
    )
    assert "Spearman with better, mean of 2 players [95 %]: H(A)" in result.stdout
    whole = json.loads((empty_folder / "t.json").read_text())
    assert [trial["rating"] for trial in whole["trials"]] == [2, 4, None, 5] * 2
    bits = [trial["information"] for trial in whole["trials"]]
    assert whole["trials"][1]["gain"] == pytest.approx(bits[1] - bits[0])


@pytest.mark.parametrize(
    ("ratings", "words", "sentence"),
    [
        ("1234", ["--ratings", "e"], "column 'e' is measured already; --ratings takes a column of"),
        ("1234", ["--ratings", "best"], "rated.csv has no column 'best'"),
        (["1", "x", "3", "4"], [], "rated.csv, line 43, column 'better': 'x' is not a number"),
        (["NA"] * 4, [], "no player has two gains with a rating in 'better'; rate three"),
    ],
)
def test_ratings_that_cannot_be_used_are_refused(rows, empty_folder, ratings, words, sentence):
    result = run(*rated(empty_folder, ratings), *words, "--table", "t.csv", "-o", "r.png")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"gridemp: {sentence}")
    assert not (empty_folder / "t.csv").exists()
    assert not (empty_folder / "r.png").exists()
