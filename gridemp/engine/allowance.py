"""Budget of work and memory for a long computation."""

from gridemp.engine.channel import MAX_BYTES


class Exhausted(Exception):
    """The work or the memory that a computation may take is used up; the message names which."""


class Allowance:
    """Budget of work and memory for a long computation.

    Parameters
    ----------
    work : float
        Number of multiplications that may still be done; the attribute of this name counts down.
    """

    def __init__(self, work: float) -> None:
        self.work = work

    def spend(self, work: float) -> None:
        """Deduct some work, and raise Exhausted if less than that is left."""
        self.work -= work
        if self.work < 0:
            raise Exhausted("work")

    @property
    def spent(self) -> bool:
        """True if no work is left."""
        return self.work <= 0

    def hold(self, numbers: float) -> None:
        """Raise Exhausted if this many numbers would not fit in memory."""
        if 8 * numbers > MAX_BYTES:
            raise Exhausted("memory")
