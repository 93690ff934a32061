"""Encoders: networks that turn the states of a world into features, from numbers or from images.

Images are centred on their mean over all states, as the walls, which every state shows, would
otherwise hide the few numbers in which two states differ; and the features of every state are
brought to the same mean and variance [1]_. Without this, training fails for some seeds.

References
----------
.. [1] J. L. Ba, J. R. Kiros and G. E. Hinton, "Layer normalization" (2016), arXiv:1607.06450.
"""

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from gridemp.deep.options import CONVOLUTIONS, STRIDES, TrainingOptions

WIDTH = 64  # features of a state, and units of every hidden layer
CONTRAST = 3.0  # length of the difference of an image from the mean image, on average
SLOPE = 0.01  # of the rectifiers, below 0
KERNEL = 3  # cells or pixels


class Features(NamedTuple):
    """Features of all S states for each use of a state, tensors of shape (S, WIDTH).

    Attributes
    ----------
    source : Tensor
        Of the start, for the source distribution.
    start, end : Tensor
        Of the start and of the state reached, for the planning distribution.
    policy, model : Tensor
        Of the current state, for the policy and for the forward model.
    """

    source: Tensor
    start: Tensor
    end: Tensor
    policy: Tensor
    model: Tensor


def of_states(features: Tensor, states: Tensor) -> Tensor:
    """Return the features of states of any shape (...): shape (..., WIDTH)."""
    return functional.embedding(states, features)


class NumberEncoder(nn.Module):
    """Encoder of states by their number: a vector of features for each.

    Parameters
    ----------
    states : int
        Number of states S.
    """

    def __init__(self, states: int) -> None:
        super().__init__()
        self.features = nn.Embedding(states, WIDTH)

    def forward(self) -> Tensor:
        """Return features of all states: shape (S, WIDTH)."""
        return self.features.weight


class ImageEncoder(nn.Module):
    """Encoder of states by images of them: convolutions, followed by a linear layer.

    Parameters
    ----------
    images : ndarray, shape (S, P, H, W)
        Image of each state, with P planes or colours.
    convolutions, channels : int
        Number of convolutions, and of channels of each.
    stride : int
        Cells or pixels between successive places of a convolution.
    """

    images: Tensor

    def __init__(
        self, images: NDArray[np.floating], convolutions: int, channels: int, stride: int
    ) -> None:
        super().__init__()
        differences = torch.as_tensor(images, dtype=torch.float32)
        differences = differences - differences.mean(dim=0)
        length = differences.flatten(1).norm(dim=1).mean().clamp_min(1e-9)
        self.register_buffer("images", differences / length * CONTRAST, persistent=False)
        _, planes, *sizes = images.shape
        layers: list[nn.Module] = []
        for _ in range(convolutions):
            layers += [
                nn.Conv2d(planes, channels, KERNEL, stride=stride, padding=KERNEL // 2),
                nn.LeakyReLU(SLOPE),
            ]
            planes, sizes = channels, [(size - 1) // stride + 1 for size in sizes]
        self.layers = nn.Sequential(
            *layers,
            nn.Flatten(),
            nn.Linear(planes * sizes[0] * sizes[1], WIDTH),
            nn.LayerNorm(WIDTH),
        )

    def forward(self) -> Tensor:
        """Return features of all states: shape (S, WIDTH)."""
        features: Tensor = self.layers(self.images)
        return features


class StateEncoder(nn.Module):
    """Encoders of the states for all uses, either one for each or one that they share.

    If the uses share an encoder, a linear layer for each of them follows it.

    Parameters
    ----------
    states : int
        Number of states S.
    options : TrainingOptions
        Options of training, which tell the kind of the encoders.
    images : ndarray, shape (S, P, H, W), optional
        Images of the states; without them, states are encoded by their numbers.
    """

    def __init__(
        self, states: int, options: TrainingOptions, images: NDArray[np.floating] | None
    ) -> None:
        super().__init__()

        def encoder() -> nn.Module:
            if images is None:
                return NumberEncoder(states)
            return ImageEncoder(
                images,
                options.convolutions or CONVOLUTIONS[options.state],
                options.channels,
                STRIDES[options.state],
            )

        self.shared = options.trunk == "shared"
        uses = len(Features._fields)
        self.encoders = nn.ModuleList(encoder() for _ in range(1 if self.shared else uses))
        self.readers = nn.ModuleList(
            nn.Linear(WIDTH, WIDTH) for _ in range(uses if self.shared else 0)
        )

    def forward(self) -> Features:
        """Return the features of all states for all uses."""
        features = [encoder() for encoder in self.encoders]
        if self.shared:
            features = [reader(features[0]) for reader in self.readers]
        return Features(*features)
