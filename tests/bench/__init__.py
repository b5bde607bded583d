"""What a bench gives: figures, each with what it is compared with in the same run and the goal it must meet."""

from __future__ import annotations

import compileall
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RACINE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Mesure:
    """One figure. `ratio`: value over what `versus` names, measured in the same run.

    `goal` must be met; `aim` is only told, with `met`: what one hopes for on a machine that does nothing else.
    """

    bench: str
    value: float
    unit: str
    versus: str | None = None
    ratio: float | None = None
    goal: str | None = None
    ok: bool = True
    aim: str | None = None
    met: bool | None = None


def durees_ms(gestes: Iterable[Callable[[], object]]) -> list[float]:
    """How long each took, in milliseconds."""
    mesurees = []
    for geste in gestes:
        debut = time.perf_counter()
        geste()
        mesurees.append((time.perf_counter() - debut) * 1000)
    return mesurees


def centile(valeurs: Iterable[float], rang: int) -> float:
    """The value that `rang` per cent of them do not exceed."""
    triees = sorted(valeurs)
    return triees[min(len(triees) - 1, len(triees) * rang // 100)]


@cache
def ecran_installe() -> dict[str, str]:
    """The environment of the program on a screen, as its second start finds it: its modules are compiled.

    Where a checkout may not keep them compiled, each start would pay for them, and the bare window beside it would not.
    """
    compileall.compile_dir(RACINE / "passdesk", quiet=2)
    return os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""}
