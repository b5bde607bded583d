"""Python's collector where batches go through: each is thousands of small objects that all go at its end."""

from __future__ import annotations

import gc


def rarefier_le_ramassage() -> None:
    """Cycles are looked for less often, and never among what is there already: to look through a batch, and through the
    program each time, costs a tenth of it."""
    gc.freeze()
    gc.set_threshold(50_000)
