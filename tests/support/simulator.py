"""A slow, obvious simulator of gridworlds, sharing no code with the package.

It works on sets, tuples and dictionaries of positions, and enumerates every action sequence.

The rules:

1. Walking goes one cell in a direction. The edge (unless the torus joins it), solid cells, thin
   walls, fixed boxes and pushable boxes that cannot be pushed block it; blocked, the agent stays.
   Only what is entered blocks: an agent may start in the cell of a box and walk out of it.
   No walls stand on an edge that the torus joins. A step round to the same cell is blocked.
2. A diagonal is open only where both ways round the corner are: vertical then horizontal, and
   horizontal then vertical. No pushable box may stand in a corner, except in the mover's own cell.
   Round a torus with a side of 1 a way may lead over the same cell.
3. Walking into a pushable box pushes it one cell the same way, if that step is open for it by
   rules 1 and 2 and ends neither in another box nor in the agent's own cell. Boxes never slide.
4. An agent that has moved into a cell of ice goes on the same way until the next cell is blocked
   or holds a box, or it is off the ice, or it is back where the motion began.
5. After its action an agent on a conveyor is carried one cell, unless blocked or a box is there.
   That happens once per action; carried onto ice, it slides by rule 4.
6. An agent in a trap never changes any more.
7. Noise exchanges the meant action for another one, which is then carried out as it is.
8. Keys (k, r, y, l, c, m), balls (b), closed doors (D) and locked doors (the capital of a key) are
   in the way like fixed boxes; open doors (d) are not. That is all for an agent without hands.
9. Hands reach the cell in front, one straight step on, unless a wall, a fixed box or a pushable box
   is there. `pickup` takes the key or ball there if the agent holds nothing. `drop` puts what it
   holds there if there is no thing, and at first no object but S, G or a thing. `toggle` opens D,
   closes d, and opens a locked door if the agent holds its key; then it is a d.
"""

from collections import Counter, namedtuple
from itertools import product

STRAIGHT = {"north": (0, 1), "east": (1, 0), "south": (0, -1), "west": (-1, 0)}
DIAGONALS = {up + across: (up, across) for up in ("north", "south") for across in ("east", "west")}
TURNING = ("left", "right", "forward")
HANDS = ("pickup", "drop", "toggle")
LEFT_OF = {"north": "west", "west": "south", "south": "east", "east": "north"}
RIGHT_OF = {"north": "east", "east": "south", "south": "west", "west": "north"}
SIDEWAYS = {
    "north": ("west", "east"),
    "east": ("north", "south"),
    "south": ("east", "west"),
    "west": ("south", "north"),
    "northeast": ("northwest", "southeast"),
    "southeast": ("northeast", "southwest"),
    "southwest": ("southeast", "northwest"),
    "northwest": ("southwest", "northeast"),
}
CONVEYORS = {"^": "north", ">": "east", "v": "south", "<": "west"}

KEYS = "krylcm"
THINGS = KEYS + KEYS.upper() + "Ddb"
# Things are pairs of a place and a letter, in a frozenset.
State = namedtuple(
    "State", ["place", "heading", "boxes", "things", "held"], defaults=[frozenset(), ""]
)


class Simulator:
    """Positions are (x, y), y up.

    `outcomes`, `step` and `channel` take States and give States, or take bare places and give
    places; a bare place stands for `start(place)`, with every box where the maze has it.
    """

    def __init__(self, maze, actions, slip=0.0, slip_kind="uniform", torus="", holding=""):
        self.height, self.width = maze.floor.shape
        self.actions = tuple(actions)
        self.slip = slip
        self.slip_kind = slip_kind
        self.torus = torus
        self.hands = "pickup" in self.actions
        self.held = holding
        self.turning = any(action in TURNING for action in self.actions)
        if torus not in ("", "x", "y", "xy"):
            raise ValueError(f"no torus {torus!r}")
        if slip_kind not in ("uniform", "perpendicular"):
            raise ValueError(f"no slip kind {slip_kind!r}")
        if slip_kind == "perpendicular" and self.turning:
            raise ValueError("turning actions have no perpendicular ones")

        self.floor = set()
        self.walls = set()  # (cell, direction): a thin wall on that side of the cell
        for row in range(self.height):
            for col in range(self.width):
                x, y = col, self.height - 1 - row
                if maze.floor[row, col]:
                    self.floor.add((x, y))
                if col + 1 < self.width and maze.wall_right[row, col]:
                    self.walls |= {((x, y), "east"), ((x + 1, y), "west")}
                if row + 1 < self.height and maze.wall_below[row, col]:
                    self.walls |= {((x, y), "south"), ((x, y - 1), "north")}

        self.traps, self.ice, self.fixed, boxes, self.conveyors = set(), set(), set(), set(), {}
        things, self.bare = set(), set(self.floor)
        for (row, col), letter in (getattr(maze, "objects", None) or {}).items():
            cell = (int(col), self.height - 1 - int(row))
            if letter == "T":
                self.traps.add(cell)
            elif letter == "~":
                self.ice.add(cell)
            elif letter == "B":
                self.fixed.add(cell)
            elif letter == "$":
                boxes.add(cell)
            elif letter in CONVEYORS:
                self.conveyors[cell] = CONVEYORS[letter]
            elif letter in THINGS and self.hands:
                things.add((cell, letter))
            elif letter in THINGS and letter != "d":
                self.fixed.add(cell)
            elif letter not in ("S", "G", "d"):
                raise ValueError(f"no object {letter!r}")
            if letter not in ("S", "G") and letter not in THINGS:
                self.bare.remove(cell)
        self.boxes, self.things = frozenset(boxes), frozenset(things)

    def start(self, place, heading=None):
        if self.turning and heading not in STRAIGHT:
            raise ValueError(f"with turning actions a state has a heading, not {heading!r}")
        if not self.turning and heading is not None:
            raise ValueError("only turning actions make a heading")
        return State(place, heading, self.boxes, self.things, self.held)

    # One step, by the rules

    def _across(self, cell, direction):
        """The cell one straight step leads to, pushable boxes aside; None if it is not open."""
        dx, dy = STRAIGHT[direction]
        x, y = cell[0] + dx, cell[1] + dy
        if "x" in self.torus:
            x = x % self.width
        if "y" in self.torus:
            y = y % self.height
        if (x, y) == cell:  # round a torus with a side of 1
            return cell
        if (x, y) not in self.floor or (x, y) in self.fixed or (cell, direction) in self.walls:
            return None
        return (x, y)

    def _open(self, cell, direction, boxes):
        """The cell a step leads to, which may hold a pushable box; None if it is not open."""
        if direction in STRAIGHT:
            end = self._across(cell, direction)
        else:
            vertical, horizontal = DIAGONALS[direction]
            for first, second in ((vertical, horizontal), (horizontal, vertical)):
                corner = self._across(cell, first)
                if corner is None:
                    return None
                if corner in boxes and corner != cell:
                    return None
                end = self._across(corner, second)
                if end is None:
                    return None
        return None if end == cell else end

    def _walk(self, place, direction, boxes, shut=frozenset()):
        """Place and boxes after a walk; neither changes if the walk is blocked."""
        target = self._open(place, direction, boxes | shut)
        if target is None or target in shut:
            return place, boxes
        if target not in boxes:
            return target, boxes
        behind = self._open(target, direction, boxes | shut)
        if behind is None or behind in boxes | shut or behind == place:
            return place, boxes
        return target, (boxes - {target}) | {behind}

    def _glide(self, place, direction, boxes):
        """Place after a step that pushes nothing; the same place if the step is blocked."""
        target = self._open(place, direction, boxes)
        return place if target is None or target in boxes else target

    def _slide(self, began, place, direction, boxes):
        """Place where a motion ends, sliding on over ice, after its first step from `began`."""
        while place in self.ice and place != began:
            target = self._glide(place, direction, boxes)
            if target == place:
                break
            place = target
        return place

    def after(self, state, action):
        place, heading, boxes, things, held = state
        if place in self.traps:
            return state

        shut = frozenset(cell for cell, letter in things if letter != "d")
        if action == "left":
            heading = LEFT_OF[heading]
        elif action == "right":
            heading = RIGHT_OF[heading]
        elif action in HANDS:
            things, held = self._used(state, action)
            shut = frozenset(cell for cell, letter in things if letter != "d")
        elif action != "stay":
            direction = heading if action == "forward" else action
            began = place
            place, boxes = self._walk(place, direction, boxes, shut)
            place = self._slide(began, place, direction, boxes | shut)

        if place in self.conveyors:
            direction = self.conveyors[place]
            began = place
            place = self._glide(place, direction, boxes | shut)
            place = self._slide(began, place, direction, boxes | shut)

        return State(place, heading, boxes, things, held)

    def _used(self, state, action):
        """Things and the thing held after the agent has used its hands."""
        place, heading, boxes, things, held = state
        front = self._across(place, heading)
        if front is None or front == place or front in boxes:
            return things, held
        there = dict(things).get(front, "")
        rest = things - {(front, there)}
        if action == "pickup" and not held and there and there in KEYS + "b":
            return rest, there
        if action == "drop" and held and not there and front in self.bare:
            return things | {(front, held)}, ""
        if action == "toggle" and there == "d":
            return rest | {(front, "D")}, held
        if action == "toggle" and (there == "D" or (there and there == held.upper() != "B")):
            return rest | {(front, "d")}, held
        return things, held

    def move(self, place, action):
        """`after` for worlds without boxes and headings."""
        return self.after(self.start(place), action).place

    def open_moves(self, state):
        """The directions in which a walk leaves the cell: before ice and conveyors, traps aside."""
        directions = list(STRAIGHT)
        if any(action in DIAGONALS for action in self.actions):
            directions += list(DIAGONALS)
        shut = frozenset(cell for cell, letter in state.things if letter != "d")
        return frozenset(
            direction
            for direction in directions
            if self._walk(state.place, direction, state.boxes, shut)[0] != state.place
        )

    # Many steps

    def taken(self, action):
        """The probability of each action that is taken when this one is meant."""
        if self.slip_kind == "perpendicular":
            others = SIDEWAYS.get(action, ())
        else:
            others = [other for other in self.actions if other != action]
        if not others or self.slip == 0:
            return {action: 1.0}
        chances = {other: self.slip / len(others) for other in others}
        if self.slip < 1:
            chances[action] = 1 - self.slip
        return chances

    def _next(self, state, action):
        return self.after(state, action) if isinstance(state, State) else self.move(state, action)

    def step(self, distribution, action):
        ends = Counter()
        for state, weight in distribution.items():
            for taken, chance in self.taken(action).items():
                ends[self._next(state, taken)] += weight * chance
        return ends

    def outcomes(self, state, horizon):
        """The set of states (or places) that some action sequence ends in."""
        if not isinstance(state, State):
            return {end.place for end in self.outcomes(self.start(state), horizon)}
        ends = set()
        for sequence in product(self.actions, repeat=horizon):
            end = state
            for action in sequence:
                end = self.after(end, action)
            ends.add(end)
        return ends

    def channel(self, state, horizon):
        """One distribution over ends per action sequence, the last action varying fastest."""
        if not isinstance(state, State):
            rows = []
            for over_states in self.channel(self.start(state), horizon):
                row = Counter()
                for end, weight in over_states.items():
                    row[end.place] += weight
                rows.append(row)
            return rows
        rows = []
        for sequence in product(self.actions, repeat=horizon):
            distribution = Counter({state: 1.0})
            for action in sequence:
                distribution = self.step(distribution, action)
            rows.append(distribution)
        return rows
