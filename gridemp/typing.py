"""Arrays and cells by name, for annotations."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]
Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
# What a world stores for each state: numbers of states, cells or headings, or sensor readings.
Labels = NDArray[np.int32]

Cell = tuple[int, int]  # x and y, counted from 0; y points up
Cells = tuple[Cell, ...]
