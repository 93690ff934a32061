"""Refinement of the bounds of several windows, which are shared among processes."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial

import numpy as np

from gridemp.engine.channel import MAX_BYTES, Window
from gridemp.engine.processes import LostProcess, shared_map
from gridemp.engine.refined_interval import Interval, refined_interval
from gridemp.progress import Progress
from gridemp.typing import Array

SHORTAGES = {
    "work": "about ten minutes of work on each of them was not enough",
    "memory": f"closer ones would take more than the {MAX_BYTES / 1e9:.1f} GB allowed",
    "precision": "rounding errors do not allow closer ones",
    "search": "the search found no action sequences that would bring them closer",
    "time": "the computation was interrupted",
    "process": "a process ended before its work was done, perhaps because memory was short",
}


def refine(
    windows: Sequence[Window],
    intervals: Array,
    tol: float,
    workers: Executor | None,
    progress: Progress,
    report_gap: Callable[[float], object],
) -> list[str]:
    """Bring the bounds of windows to within a tolerance of each other, unless Ctrl-C ends the work.

    Parameters
    ----------
    windows : sequence of K Windows
        Windows with too many action sequences to list.
    intervals : ndarray, shape (K, 2)
        Lower and upper bounds in bits, which are brought closer in place.
    tol : float
        Distance at which they are close enough, in bits.
    workers : concurrent.futures.Executor or None
        Executor whose workers share the windows; None if there is none.
    progress : callable
        Called with the fraction of the windows that are done, from 0 to 1.
    report_gap : callable
        Called with the largest distance in bits, whenever it has become smaller.

    Returns
    -------
    list of K str
        The resource that ran out for each window, a key of `SHORTAGES`, or an empty string if its
        bounds are close enough.
    """
    widest = np.inf

    def report(k: int, lower: float, upper: float) -> None:
        nonlocal widest
        lower = max(lower, intervals[k, 0])
        intervals[k] = lower, max(lower, min(upper, intervals[k, 1]))
        width = float(np.ptp(intervals, axis=1).max())
        if width < widest:
            widest = width
            report_gap(width)

    shortages = ["" if upper - lower <= tol else "time" for lower, upper in intervals]
    todo = [k for k, shortage in enumerate(shortages) if shortage]
    jobs = [(windows[k], tol, float(intervals[k, 1])) for k in todo]
    try:
        if workers is None or len(jobs) < 2:
            for done, (k, job) in enumerate(zip(todo, jobs, strict=True), 1):
                shortages[k] = _refined(job, partial(report, k)).shortage
                progress(done / len(todo))
        else:
            with shared_map(_refined, jobs, workers) as results:
                for done, (j, interval) in enumerate(results, 1):
                    shortages[todo[j]] = interval.shortage
                    report(todo[j], interval.lower, interval.upper)
                    progress(done / len(todo))
    except (KeyboardInterrupt, LostProcess) as end:  # what was reached is returned
        if isinstance(end, LostProcess):
            shortages = ["process" if shortage == "time" else shortage for shortage in shortages]
    progress(1)
    widths = np.ptp(intervals, axis=1)
    return [shortages[k] if width > tol else "" for k, width in enumerate(widths)]


def _refined(
    job: tuple[Window, float, float], report: Callable[[float, float], object] | None = None
) -> Interval:
    window, tol, upper = job
    return refined_interval(window, tol, upper, report=report)
