"""Names and units of the measures that empowerment is compared with."""

from typing import NamedTuple


class MeasureKind(NamedTuple):
    """Measure of the states of a world.

    Attributes
    ----------
    quantity : str
        Quantity, in words.
    unit : str
        Unit; empty for pure numbers.
    needs_horizon : bool
        True if the measure looks ahead a number of steps.

    Examples
    --------
    >>> from gridemp.analysis import MeasureKind
    >>> MeasureKind("causal path entropy", "bits", needs_horizon=True).label
    'causal path entropy [bits]'
    """

    quantity: str
    unit: str = ""
    needs_horizon: bool = False

    @property
    def label(self) -> str:
        """Label of an axis or a colourbar: the quantity with its unit."""
        return f"{self.quantity} [{self.unit}]" if self.unit else self.quantity
