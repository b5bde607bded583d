"""Times that must not be exceeded, all watched by one thread: to start one for each request took as long as the
request waited for its turn, on a computer that has much to do."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ENCORE_S = 1.0
"""Until one that failed rings again."""


class Minuterie:
    """Calls whoever is over its time. Its thread begins with the first one and ends with `arreter`."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._echeances: dict[object, tuple[float, Callable[[], object]]] = {}
        self._reveil = -math.inf
        """When the thread looks again; it is not woken for what comes later."""
        self._fil: threading.Thread | None = None
        self._fini = False

    @contextmanager
    def pendant(self, delai: float, sonner: Callable[[], object]) -> Iterator[None]:
        """Calls `sonner` once if the block is not over after `delai` seconds; it was called, or never will be, when the
        block is left. It is called under a lock: it has to be short. One that raises OSError is called again a second
        later. Not at all once stopped."""
        cle, echeance = object(), time.monotonic() + delai
        with self._condition:
            self._echeances[cle] = echeance, sonner
            if self._fil is None and not self._fini:
                self._fil = threading.Thread(target=self._veiller, name="minuterie", daemon=True)
                self._fil.start()
            elif echeance < self._reveil:
                self._condition.notify()
        try:
            yield
        finally:
            with self._condition:
                self._echeances.pop(cle, None)

    def arreter(self) -> None:
        """Nobody is called any more."""
        with self._condition:
            self._fini = True
            fil, self._fil = self._fil, None
            self._condition.notify()
        if fil is not None:
            fil.join()

    def _veiller(self) -> None:
        with self._condition:
            while not self._fini:
                instant = time.monotonic()
                for cle, (echeance, sonner) in list(self._echeances.items()):
                    if echeance <= instant:
                        self._sonner(cle, sonner)
                self._reveil = min((echeance for echeance, _ in self._echeances.values()), default=math.inf)
                self._condition.wait(None if self._reveil == math.inf else self._reveil - instant)

    def _sonner(self, cle: object, sonner: Callable[[], object]) -> None:
        """One that fails rings again: Windows refuses to kill a process that is already ending."""
        try:
            sonner()
        except OSError:
            self._echeances[cle] = time.monotonic() + ENCORE_S, sonner
        else:
            del self._echeances[cle]
