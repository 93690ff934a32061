"""`gridemp lander`: logs of Lunar Lander, or maps and curves of its estimated empowerment."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import typer

from gridemp.cli.command_words import command
from gridemp.cli.figure_options import FIGURES
from gridemp.cli.file_names import default_name, plain
from gridemp.cli.groups import with_options
from gridemp.cli.lander_options import (
    ConditionOptions,
    LanderMapOptions,
    LanderPageOptions,
    PlayerOptions,
    TrialOptions,
    recording_settings,
)
from gridemp.cli.progress import progress_bar
from gridemp.cli.refuse import refuse
from gridemp.cli.say import say, tell
from gridemp.errors import GridempError
from gridemp.files import checked_output, replacing
from gridemp.lander.environment import FRAME_RATE, check_conditions, require_lander
from gridemp.lander.frame_log import Tally, record
from gridemp.lander.map_settings import MapSettings
from gridemp.lander.recording_settings import RecordingSettings
from gridemp.lander.simulated_player import check_learns
from gridemp.parallel import available_processors
from gridemp.report.provenance import made_by
from gridemp.shown import counted

if TYPE_CHECKING:
    from gridemp.lander.conditions import LanderConditions
    from gridemp.lander.empowerment_curve import LanderCurve
    from gridemp.lander.result import LanderMap

SIMULATED_PER_SECOND = 8_000.0  # frames
MIN_SHARED = 3.0  # seconds; for less work it is not worth starting other processes
MAP_SUFFIXES = (*FIGURES, ".csv")


@with_options
def lander(
    context: typer.Context,
    page: LanderPageOptions,
    trials: TrialOptions,
    conditions: ConditionOptions,
    players: PlayerOptions,
    map_options: LanderMapOptions,
) -> None:
    """Record Lunar Lander games, or map their estimated empowerment.

    The games are played by a simulated player or, with --human, by you. The log is a CSV file that
    gridemp mi can read. With --map, the empowerment is estimated at a grid of places on the screen:
    from each of them, the lander flies every action sequence, starting upright and at rest. With
    --along, it is estimated at successive moments of a flight in a log. With lists for --gravity or
    --wind, each gravity is combined with each wind.

    Examples
    --------
    gridemp lander --trials 3 --seconds 10
    gridemp lander --map -n 2 --grid 6x4
    gridemp lander --along lander-log.csv -n 2
    """
    require_lander()
    conditions.gravities()
    of_logs = ("trials", "seconds", "skill", "learns", "human")
    if map_options.along is not None:
        refuse(context, of_logs, "the flight has been recorded")
        refuse(context, ("map", "grid"), "a curve has no places")
        refuse(context, ("gravity", "wind"), "a curve has the gravity and wind of its log")
        draw_curve(map_options.along, page, players.player, conditions.seeds(), map_options)
        return
    refuse(context, ("trial",), "this option is only for a flight", "give --along or leave out")
    if map_options.map:
        refuse(context, (*of_logs, "player"), "a map is estimated without players")
        draw_map(page, conditions, map_options)
        return
    of_maps = ("horizon", "window", "resolution", "repeats", "grid")
    refuse(context, of_maps, "this option is only for maps", "give --map or leave out")
    of_figures = ("width", "style", "dpi", "title_text", "no_title", "no_legend")
    refuse(context, of_figures, "this option is only for figures", "give --map or leave out")
    settings = recording_settings(trials, conditions)
    if page.to_stdout:
        raise GridempError("a log cannot go to standard output; name a file with -o")
    path = checked_output(page.output or Path(default_name("lander-log", suffix=".csv")), (".csv",))
    if players.human:
        refuse(context, ("skill", "learns"), "with --human a person plays, not a simulated player")
        seed = conditions.one_seed("one person plays at a time")
        record_human(path, settings, players.player or "1", seed)
    else:
        refuse(context, ("player",), "simulated players are named by --seed")
        record_simulated(path, settings, conditions.seeds(), trials)


def record_simulated(
    path: Path, settings: RecordingSettings, seeds: list[int], trials: TrialOptions
) -> None:
    """Record trials of simulated players, one for each seed."""
    skill, learns = trials.skills(), trials.learns.lower()
    check_learns(learns)
    count = settings.trials_of_player * len(seeds)
    seconds = count * settings.seconds * FRAME_RATE / SIMULATED_PER_SECOND
    with replacing(path) as temporary, progress_bar("playing", seconds) as progress:
        tally = record(
            temporary, settings, seeds=seeds, skill=skill, learns=learns, progress=progress
        )
    players = "1 player" if len(seeds) == 1 else f"{len(seeds)} players"
    print_tally(path, tally, count, settings.seconds, players)


def record_human(path: Path, settings: RecordingSettings, player: str, seed: int) -> None:
    """Record trials of the person at the keyboard."""
    if path.exists():
        raise GridempError(
            f"{path} exists already, and the log of a person is never overwritten; name another "
            "file with -o"
        )
    from gridemp.lander.human_player import record_person

    with replacing(path) as temporary:
        tally, finished = record_person(temporary, settings, player=player, seed=seed, tell=tell)
    if finished < settings.trials_of_player:
        say(f"stopped; {finished} of {settings.trials_of_player} trials were finished and are kept")
    print_tally(path, tally, finished, settings.seconds, f"player {player}")


def print_tally(path: Path, tally: Tally, trials: int, seconds: float, players: str) -> None:
    """Print the path of a log, its trials, and its numbers of frames and of episodes."""
    cut = f", {tally.cut} cut off by the end of a trial" if tally.cut else ""
    tell(path)
    tell(
        f"{counted(trials, 'trial')} of {seconds:g} s by {players}, "
        f"{tally.frames} frames, {tally.episodes} episodes: {tally.landed} landed, "
        f"{tally.lost} crashed or left the screen{cut}"
    )


def draw_map(
    page: LanderPageOptions, conditions: ConditionOptions, map_options: LanderMapOptions
) -> None:
    """Estimate the empowerment of the places of a grid, save the map and print its range."""
    from gridemp.lander.empowerment_map import lander_map

    page.check(MAP_SUFFIXES)
    settings, seeds = map_options.settings(), conditions.seeds()
    if conditions.crossed:
        if page.no_legend:
            raise GridempError("a grid of gravity and wind has no legend; leave out --no-legend")
        draw_conditions(page, conditions, settings, seeds)
        return
    (gravity,), (wind,) = conditions.gravities(), conditions.winds(of="a map")
    check_conditions(gravity, wind)
    path = page.path(default_name("lander-map", f"h{settings.horizon}"), MAP_SUFFIXES)
    processes, seconds = plan(settings, len(seeds))
    with progress_bar("flying", seconds) as progress:
        result = lander_map(
            settings,
            gravity=gravity,
            wind=wind,
            seed=seeds,
            processes=processes,
            progress=progress,
        )
    save(page, path, result)
    x, y, bits = result.peak
    tell(
        f"{result.caption}\n"
        f"estimated: {result.lowest:.2f} to {bits:.2f} bits, highest at x = {x:.2f}, y = {y:.2f}"
    )
    tell_error(result)


def draw_conditions(
    page: LanderPageOptions, conditions: ConditionOptions, settings: MapSettings, seeds: list[int]
) -> None:
    """Estimate the mean of the map for each gravity and wind, save and print its range."""
    from gridemp.lander.conditions import lander_conditions

    gravities, winds = conditions.gravities(), conditions.winds(of="a map")
    path = page.path(default_name("lander-conditions", f"h{settings.horizon}"), MAP_SUFFIXES)
    processes, seconds = plan(settings, len(seeds) * len(gravities) * len(winds))
    with progress_bar("flying", seconds) as progress:
        result = lander_conditions(
            settings,
            gravities=gravities,
            winds=winds,
            seed=seeds,
            processes=processes,
            progress=progress,
        )
    save(page, path, result)
    low, high = result.bits.min(), result.bits.max()
    rows, columns = settings.shape
    above = "the ground" if len(seeds) == 1 else "the ground of all seeds"
    tell(
        f"{result.caption}\nestimated: {low:.2f} to {high:.2f} bits, as means over "
        f"{result.places} of {rows * columns} places, those above {above}"
    )
    tell_error(result)


def draw_curve(
    log: Path,
    page: LanderPageOptions,
    player: str | None,
    seeds: list[int],
    map_options: LanderMapOptions,
) -> None:
    """Estimate the empowerment along a flight, save the curve and print its range."""
    from gridemp.lander.empowerment_curve import lander_curve
    from gridemp.lander.flight import read_flight

    page.check(MAP_SUFFIXES)
    flight = read_flight(log, player, map_options.trial)
    settings = replace(map_options.settings(), shape=(1, len(flight.states)))
    path = page.path(
        default_name("lander-curve", plain(log.stem), f"h{settings.horizon}"),
        MAP_SUFFIXES,
    )
    processes, seconds = plan(settings, len(seeds))
    with progress_bar("flying", seconds) as progress:
        result = lander_curve(flight, settings, seed=seeds, processes=processes, progress=progress)
    save(page, path, result)
    low, high = np.nanmin(result.bits), np.nanmax(result.bits)
    tell(f"{result.caption}\nestimated: {low:.2f} to {high:.2f} bits along the flight")
    tell_error(result)


def plan(settings: MapSettings, seeds: int) -> tuple[int, float]:
    """Return the number of processes of an estimate, and its expected seconds."""
    alone = seeds * settings.expected_seconds()
    processes = available_processors() if alone >= MIN_SHARED else 1
    return processes, seeds * settings.expected_seconds(processes)


def tell_error(result: "LanderMap | LanderConditions | LanderCurve") -> None:
    """Print the largest standard error, if there is one."""
    if result.standard_error is not None:
        largest = float(np.nanmax(result.standard_error))
        seeds = counted(len(result.seeds), "seed")
        tell(f"standard error over {seeds}: at most {largest:.2f} bits")


def save(
    page: LanderPageOptions, path: Path, result: "LanderMap | LanderConditions | LanderCurve"
) -> None:
    """Save a map, the means of maps or a curve as a figure or a table, and print its path."""
    from gridemp.lander.conditions import LanderConditions, save_conditions_csv
    from gridemp.lander.empowerment_curve import save_curve_csv
    from gridemp.lander.result import LanderMap, save_csv

    if path.suffix.lower() == ".csv":
        with replacing(path) as temporary:
            if isinstance(result, LanderMap):
                save_csv(result, temporary)
            elif isinstance(result, LanderConditions):
                save_conditions_csv(result, temporary)
            else:
                save_curve_csv(result, temporary)
        tell(path)
        return
    provenance = made_by(command()) | {"title": result.caption, "kind": "estimate"}

    def draw(width: float | None) -> Any:
        from gridemp import render

        title, legend = page.title, not page.no_legend
        if isinstance(result, LanderMap):
            return render.draw_lander_map(result, width=width, title=title, legend=legend).figure
        if isinstance(result, LanderConditions):
            return render.draw_lander_conditions(result, width=width, title=title).figure
        return render.draw_lander_curve(result, width=width, title=title, legend=legend).figure

    page.save_as(draw, path, provenance | result.settings)
