"""Environments of a corridor, without a table of transitions."""

from types import SimpleNamespace

import numpy as np


class Corridor:
    """A corridor of four cells, which ends at the right; the agent may carry a lamp that is on."""

    def __init__(self):
        self.action_space = SimpleNamespace(n=3)
        self.lights = np.zeros((1, 4))
        self.position = [0, 0]
        self.lamp = False
        self.step_count = 0
        self.total_reward = 0.0
        self.last_action = None

    def step(self, action):
        self.step_count += 1
        self.last_action = action
        if action == 2:
            self.lamp = not self.lamp
        else:
            col = max(0, self.position[1] + (1 if action else -1))
            self.position = [0, col]
        ended = self.position[1] == 3
        self.total_reward += ended
        return self.position, float(ended), ended, self.step_count >= 1000, {}


class Slippery(Corridor):
    """A corridor in which a move fails with probability 1/4."""

    def __init__(self, draw):
        super().__init__()
        self.draw = draw

    def step(self, action):
        fails = action < 2 and self.draw() < 0.25
        return super().step(2 if fails and self.lamp else action)
