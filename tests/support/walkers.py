"""Agents and starts in simulated worlds."""

from support.simulator import Simulator, State

from gridemp.worlds.moves import HEADINGS


def simulator_of(world, options):
    return Simulator(
        world.maze, world.actions, options["slip"], options["slip_kind"], options["torus"]
    )


def simulated(world, state):
    """A state of the world as the simulator has it."""
    maze = world.maze

    def place(cell):
        return maze.xy(*maze.cells[cell].tolist())

    boxes = [] if world.boxes is None else world.boxes[state].tolist()
    heading = None if world.heading is None else HEADINGS[world.heading[state]]
    return State(place(world.cell[state]), heading, frozenset(map(place, boxes)))


def starts(world):
    return range(len(world.cell)) if world.starts is None else world.starts.tolist()


def starts_of(world, simulator):
    """The simulator's state for each start of the world."""
    starts = range(len(world.cell)) if world.starts is None else world.starts.tolist()
    places = [world.maze.xy(*world.maze.cells[world.cell[s]].tolist()) for s in starts]
    headings = [None if world.heading is None else HEADINGS[world.heading[s]] for s in starts]
    pairs = zip(places, headings, strict=True)
    return dict(zip(starts, (simulator.start(p, h) for p, h in pairs), strict=True))
