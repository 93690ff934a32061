"""Names and units of the measures that empowerment is compared with."""

from typing import NamedTuple


class MeasureKind(NamedTuple):
    """Measure of the states of a world.

    Attributes
    ----------
    quantity : str
        Quantity, in words.
    unit : str
        Unit; empty if there is none.
    needs_horizon : bool
        True if the measure looks ahead a number of steps.

    Examples
    --------
    >>> from gridemp.analysis import MeasureKind
    >>> MeasureKind("reachable states", "states", needs_horizon=True).label
    'reachable states [states]'
    """

    quantity: str
    unit: str = ""
    needs_horizon: bool = False

    @property
    def label(self) -> str:
        """Label of an axis or a colourbar: the quantity with its unit."""
        return f"{self.quantity} [{self.unit}]" if self.unit else self.quantity
