"""Small worlds for networks, and trainers of them."""

import torch

import gridemp
from gridemp import World
from gridemp.deep.images import images_of_states
from gridemp.deep.options import TrainingOptions
from gridemp.deep.trainer import Trainer
from gridemp.render import state_pictures

SMALL = "....\n.#..\n....\n..#."  # 4 x 4
CPU = torch.device("cpu")


def world_of(text=SMALL, **options):
    return World.from_maze(gridemp.parse_maze(text), **options)


def trainer_of(world, horizon=2, updates=50, **options):
    torch.set_num_threads(1)
    chosen = TrainingOptions(updates, **options)
    pictures = state_pictures(world, cell=6) if chosen.state == "pixels" else None
    return Trainer(world, horizon, chosen, images_of_states(world, chosen, pictures))


WORLDS = {
    "plain": world_of(),
    "slip": world_of(slip=0.1),
    "king": world_of("...\n...", moves="king", slip=0.2),
    "turn": world_of("..\n..", moves="turn"),
    "box": world_of("...\n.$.\n..."),
    "trap": world_of("..T\n...", slip=0.1),
}
