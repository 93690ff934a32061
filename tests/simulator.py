"""A slow, obvious simulator of mazes, sharing no code with the package.

It works on text and sets of positions, and enumerates every action sequence.
"""

from collections import Counter
from itertools import product

import numpy as np

STEPS = {"north": (0, 1), "east": (1, 0), "south": (0, -1), "west": (-1, 0), "stay": (0, 0)}
DIAGONALS = {
    "northeast": ("north", "east"),
    "southeast": ("south", "east"),
    "southwest": ("south", "west"),
    "northwest": ("north", "west"),
}


class Simulator:
    """Positions are (x, y), y up."""

    def __init__(self, maze, actions, slip=0.0):
        height, width = maze.floor.shape
        self.floor = {
            (c, height - 1 - r) for r in range(height) for c in range(width) if maze.floor[r, c]
        }
        self.parted = set()
        for r, c in np.argwhere(maze.wall_right):
            a, b = (int(c), height - 1 - int(r)), (int(c) + 1, height - 1 - int(r))
            self.parted |= {(a, b), (b, a)}
        for r, c in np.argwhere(maze.wall_below):
            a, b = (int(c), height - 1 - int(r)), (int(c), height - 2 - int(r))
            self.parted |= {(a, b), (b, a)}
        self.actions = actions
        self.slip = slip

    def move(self, place, action):
        if action in DIAGONALS:
            first, second = DIAGONALS[action]
            ends = set()
            for one, two in ((first, second), (second, first)):
                corner = self.move(place, one)
                end = self.move(corner, two)
                if corner == place or end == corner:
                    return place
                ends.add(end)
            (end,) = ends
            return end
        dx, dy = STEPS[action]
        target = (place[0] + dx, place[1] + dy)
        return target if target in self.floor and (place, target) not in self.parted else place

    def outcomes(self, place, horizon):
        """The set of places that some action sequence ends in."""
        ends = set()
        for sequence in product(self.actions, repeat=horizon):
            end = place
            for action in sequence:
                end = self.move(end, action)
            ends.add(end)
        return ends

    def step(self, distribution, action):
        after = Counter()
        others = [other for other in self.actions if other != action]
        for place, weight in distribution.items():
            after[self.move(place, action)] += weight * (1 - self.slip)
            for other in others:
                after[self.move(place, other)] += weight * self.slip / len(others)
        return after

    def channel(self, place, horizon):
        """One distribution over places per action sequence, the last action varying fastest."""
        rows = []
        for sequence in product(self.actions, repeat=horizon):
            distribution = Counter({place: 1.0})
            for action in sequence:
                distribution = self.step(distribution, action)
            rows.append(distribution)
        return rows
