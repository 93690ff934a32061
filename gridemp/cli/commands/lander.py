"""The command for Lunar Lander: logs of play, or a map of estimated empowerment."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from gridemp.cli.command_words import command
from gridemp.cli.figure_options import FIGURES, PageOptions
from gridemp.cli.groups import with_options
from gridemp.cli.parse import (
    parse_grid,
    parse_interval,
    parse_number,
    parse_numbers,
    parse_seconds,
    parse_seed,
    parse_whole,
)
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import announce, say
from gridemp.errors import GridempError
from gridemp.files import checked_output, replacing
from gridemp.lander.environment import FRAMES, MAX_WIND, check_conditions, require_lander
from gridemp.report.provenance import made_by

LOG = "lander-log.csv"
MAX_TRIALS, MAX_SECONDS = 100_000, 3600.0
WHOLE = "a whole number"
FRAMES_A_SECOND = 8_000.0  # that are simulated
WORTH_SHARING = 3.0  # seconds of work, from which other processes are worth their start

Output = Annotated[
    Path | None,
    typer.Option(
        *("--output", "-o"),
        metavar="FILE",
        help="A log: .csv; a map: .png, .pdf, .svg or .csv.  [default: lander-log.csv, or a map "
        "in figures/]",
    ),
]
Trials = Annotated[str, typer.Option(metavar="K", help="Trials of each player.")]
Seconds = Annotated[str, typer.Option(metavar="S", help="Of each trial.")]
Skill = Annotated[
    str,
    typer.Option(
        metavar="P|A..B",
        help="How much of the time the player lands well, 0 to 1; A..B from first to last trial.",
    ),
]
Gravity = Annotated[str, typer.Option(metavar="G", help="Downwards: above 0, below 12.")]
Wind = Annotated[
    str, typer.Option(metavar="W|A..B", help="0 to 20; A..B from first to last trial.")
]
Seed = Annotated[
    str, typer.Option(metavar="S", help="Of everything random; 0..9 is a player for each.")
]
Human = Annotated[
    bool, typer.Option("--human", help="Play yourself: F, J and space are the engines.")
]
Player = Annotated[str, typer.Option(metavar="NAME", help="With --human: who plays.")]
Map = Annotated[
    bool, typer.Option("--map", help="Instead of a log, a map of estimated empowerment.")
]
Horizon = Annotated[str, typer.Option(metavar="N", help="Of the map: actions in a sequence.")]
Window = Annotated[
    str, typer.Option(metavar="TIME", help="Of the map: how long each is held, in ms or s.")
]
Resolution = Annotated[
    str,
    typer.Option(metavar="R", help="Of the map: what is told apart, in half screens, half turns."),
]
Repeats = Annotated[str, typer.Option(metavar="K", help="Of the map: flights of each sequence.")]
Grid = Annotated[
    str, typer.Option(metavar="WxH", help="Of the map: places beside and above each other.")
]

RECORDING = {"trials": "30", "seconds": "30", "skill": "0..1", "human": False, "player": "1"}
MAPPING = {
    "horizon": "4",
    "window": "500ms",
    "resolution": "0.1",
    "repeats": "2",
    "grid": "15x10",
}
PAGE = {"width": None, "style": None, "dpi": "200", "title": True}


@dataclass
class LanderPage(PageOptions):
    """Where a log or a map goes, and how a map fits its page, as typed."""

    output: Output = None


@with_options
def lander(
    page: LanderPage,
    trials: Trials = "30",
    seconds: Seconds = "30",
    skill: Skill = "0..1",
    gravity: Gravity = "10",
    wind: Wind = "0",
    seed: Seed = "0",
    human: Human = False,
    player: Player = "1",
    map: Map = False,
    horizon: Horizon = "4",
    window: Window = "500ms",
    resolution: Resolution = "0.1",
    repeats: Repeats = "2",
    grid: Grid = "15x10",
) -> None:
    """Record Lunar Lander, played by a simulated player or by you, or map its empowerment.

    Logs are CSV, lander-log.csv unless -o says otherwise. A map is an estimate: from each place,
    at rest and upright, all action sequences are flown.
    """
    given = dict(locals())
    require_lander()
    pull = parse_number("--gravity", gravity, float, "a number above 0 and below 12")
    if map:
        _refuse(given, RECORDING, "a map needs no players; leave out")
        _map(page, pull, wind, seed, horizon, window, resolution, repeats, grid)
        return
    _refuse(given, MAPPING, "only maps have it; give --map or leave out")
    _refuse(vars(page), PAGE, "a log is no figure; give --map or leave out")
    plan = _plan(trials, seconds, pull, wind)
    path = checked_output(page.output or Path(LOG), (".csv",))
    if human:
        _refuse(given, {"skill": "0..1"}, "your skill is your own; leave out")
        _play(path, plan, seed, player)
    else:
        _refuse(given, {"player": "1"}, "simulated players are named by --seed; leave out")
        _record(path, plan, seed, skill)


def _refuse(given: dict[str, Any], defaults: dict[str, Any], why: str) -> None:
    """Raise a GridempError for the first option that was given though it means nothing here."""
    for name, default in defaults.items():
        if given[name] != default:
            raise GridempError(f"{why} {'--no-title' if name == 'title' else f'--{name}'}")


def _plan(trials: str, seconds: str, gravity: float, wind: str) -> dict[str, Any]:
    """What every recording is made of, checked."""
    count = parse_whole("--trials", trials)
    if not 1 <= count <= MAX_TRIALS:
        raise GridempError(f"--trials needs a whole number from 1 to {MAX_TRIALS}, not {count}")
    lasting = parse_number("--seconds", seconds, float, "a number of seconds")
    if not 0 < lasting <= MAX_SECONDS:
        raise GridempError(
            f"--seconds needs a number above 0, up to {MAX_SECONDS:g}, not {lasting:g}"
        )
    check_conditions(gravity, 0.0)
    blowing = parse_interval("--wind", wind, MAX_WIND)
    return {"trials": count, "seconds": lasting, "gravity": gravity, "wind": blowing}


def _record(path: Path, plan: dict[str, Any], seed: str, skill: str) -> None:
    seeds = [parse_seed("--seed", str(one)) for one in parse_numbers("--seed", seed, int, WHOLE)]
    if len(set(seeds)) < len(seeds):
        raise GridempError("--seed names a player twice; give each once")
    skills = parse_interval("--skill", skill, 1.0)
    from gridemp.lander.frame_log import record

    announce(plan["trials"] * plan["seconds"] * len(seeds) * FRAMES / FRAMES_A_SECOND)
    with replacing(path) as temporary, progress_bar("playing") as progress:
        tally = record(temporary, seeds=seeds, skill=skills, progress=progress, **plan)
    players = "1 player" if len(seeds) == 1 else f"{len(seeds)} players"
    _report(path, tally, plan["trials"] * len(seeds), plan, players)


def _play(path: Path, plan: dict[str, Any], seed: str, player: str) -> None:
    if not re.fullmatch(r'[^,"\r\n]+', player):
        raise GridempError("--player needs a name without commas, quotes and line breaks")
    if re.search(r",|\.\.", seed):
        raise GridempError("one person plays at a time; give --seed one number")
    own = parse_seed("--seed", seed)
    if path.exists():
        raise GridempError(
            f"{path} is there already, and what somebody played is not written over; name another "
            "file with -o"
        )
    from gridemp.lander.human_player import record_person

    with replacing(path) as temporary:
        tally, finished = record_person(temporary, player=player, seed=own, tell=typer.echo, **plan)
    if finished < plan["trials"]:
        say(f"stopped; {finished} of {plan['trials']} trials were finished and are kept")
    _report(path, tally, finished, plan, f"player {player}")


def _report(path: Path, tally: Any, trials: int, plan: dict[str, Any], players: str) -> None:
    cut = f", {tally.cut} cut off by the end of a trial" if tally.cut else ""
    typer.echo(path)
    typer.echo(
        f"{trials} trial{'s' * (trials != 1)} of {plan['seconds']:g} s by {players}, "
        f"{tally.frames} frames, {tally.episodes} episodes: {tally.landed} landed, "
        f"{tally.lost} crashed or left the screen{cut}"
    )


def _map(
    page: PageOptions,
    gravity: float,
    wind: str,
    seed: str,
    horizon: str,
    window: str,
    resolution: str,
    repeats: str,
    grid: str,
) -> None:
    from gridemp.lander import empowerment_map

    page.check((*FIGURES, ".csv"))
    if ".." in wind:
        raise GridempError("a map is of one wind; give --wind one number")
    if re.search(r",|\.\.", seed):
        raise GridempError("a map is of one terrain; give --seed one number")
    blowing, own = (
        parse_number("--wind", wind, float, "a number from 0 to 20"),
        parse_seed("--seed", seed),
    )
    check_conditions(gravity, blowing)
    settings: dict[str, Any] = {
        "horizon": parse_whole("--horizon", horizon),
        "frames": window_frames(window),
        "repeats": parse_whole("--repeats", repeats),
        "shape": parse_grid("--grid", grid),
    }
    sharp = parse_number("--resolution", resolution, float, "a number")
    empowerment_map.check_settings(resolution=sharp, **settings)
    path = page.path(f"lander-map-h{settings['horizon']}.png", (*FIGURES, ".csv"))
    processes = empowerment_map.available_processes()
    if empowerment_map.expected_seconds(**settings) < WORTH_SHARING:
        processes = 1
    announce(empowerment_map.expected_seconds(**settings, processes=processes))
    with progress_bar("flying") as progress:
        lmap = empowerment_map.lander_map(
            resolution=sharp,
            gravity=gravity,
            wind=blowing,
            seed=own,
            processes=processes,
            progress=progress,
            **settings,
        )
    _save(page, path, lmap)
    x, y, bits = lmap.peak
    typer.echo(
        f"{lmap.caption}\n"
        f"estimated: {lmap.lowest:.2f} to {bits:.2f} bits, highest at x {x:.2f}, y {y:.2f}"
    )


def _save(page: PageOptions, path: Path, lmap: Any) -> None:
    """Write a map as a figure or as numbers, every row of which says what it is."""
    if path.suffix.lower() == ".csv":
        from gridemp.lander.result import save_csv

        with replacing(path) as temporary:
            save_csv(lmap, temporary)
        typer.echo(path)
        return
    made = made_by(command()) | {"title": lmap.caption, "kind": "estimate"} | lmap.settings

    def draw(width: float | None) -> Any:
        from gridemp.render.figures.lander_map import draw_lander_map

        return draw_lander_map(lmap, width=width, title=page.title).figure

    page.save_as(draw, path, made)


def window_frames(text: str) -> int:
    """How many frames a time such as 500ms or 0.5s lasts."""
    frames = parse_seconds("--window", text) * FRAMES
    if abs(frames - round(frames)) > 1e-9 or not round(frames):
        raise GridempError(f"--window needs whole frames of 20 ms, such as 500ms, not {text[:40]}")
    return round(frames)
