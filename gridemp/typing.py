"""Names for the types of arrays and cells, for annotations."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]
Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
# One number for each state of a world, such as its cell, its heading, its successor or its sensor
# reading.
Labels = NDArray[np.int32]

Cell = tuple[int, int]  # x and y, counted from 0; y points up
Cells = tuple[Cell, ...]
