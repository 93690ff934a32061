import numpy as np
from support.corridors import Corridor

from gridemp import World


def test_cells_are_given_by_a_function():
    world = World.from_env(Corridor(), cell=lambda env: (env.lamp, env.position[1]))
    assert world.maze.shape == (2, 4)
    assert np.bincount(world.cell).tolist() == [1] * 8
    assert not world.maze.wall_below[0, :3].any()
    assert not world.maze.wall_below[0, 3]  # the episode ends in both
    assert World.from_env(Places()).maze.shape == (1, 4)  # two pairs change: a strip


class Places(Corridor):
    """A corridor whose position is kept twice."""

    def step(self, action):
        result = super().step(0 if action == 2 else action)
        self.other = [0, 2 * self.position[1] // 2]
        return result


def test_walls_are_seen_by_what_cannot_be_reached():
    class Rooms(Corridor):
        """Two rows of two cells that are joined on the right only."""

        def __init__(self):
            super().__init__()
            self.lights = np.zeros((2, 2))

        def step(self, action):
            row, col = self.position
            if action == 2:
                row = row if col == 0 else 1 - row
            else:
                col = action
            self.position = [row, col]
            return None, 0.0, False, False, {}

    maze = World.from_env(Rooms()).maze
    assert maze.wall_below.tolist() == [[True, False]]
    assert not maze.wall_right.any()
