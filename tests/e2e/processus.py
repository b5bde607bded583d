"""Child processes that announce a point and stop there, and the parent that kills them: SIGKILL, never a clock.

A child prints one line of JSON when the point is reached, then waits on its input, which nobody closes.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.conftest import RACINE, environnement


def annoncer(**faits: Any) -> None:
    """Child side: one line, on its way to the parent before this returns."""
    print(json.dumps(faits), flush=True)


def attendre_la_fin() -> None:
    """Child side: stops here for ever; the parent kills."""
    sys.stdin.read()


class Enfant:
    """Parent side: a child under way."""

    def __init__(self, module: str, *arguments: str | Path) -> None:
        self._processus = subprocess.Popen(
            [sys.executable, "-m", f"tests.e2e.{module}", *map(str, arguments)],
            cwd=RACINE, env=environnement(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def annonce(self) -> dict[str, Any]:
        """The next line announced; waits for it."""
        assert self._processus.stdout is not None
        ligne = self._processus.stdout.readline()
        assert ligne, f"l’enfant s’est arrêté : {self._processus.wait()}"
        return json.loads(ligne)

    def tuer(self) -> list[dict[str, Any]]:
        """kill -9; what the child had still announced before it died."""
        assert self._processus.poll() is None
        self._processus.send_signal(signal.SIGKILL)
        assert self._processus.stdout is not None
        reste = self._processus.stdout.read()
        assert self._processus.wait() == -signal.SIGKILL
        return [json.loads(ligne) for ligne in reste.split(b"\n")[:-1]]

    def fermer(self) -> None:
        """Nothing of it stays."""
        if self._processus.poll() is None:
            self._processus.kill()
            self._processus.wait()
        for flux in (self._processus.stdin, self._processus.stdout):
            if flux is not None:
                flux.close()


@contextmanager
def enfant(module: str, *arguments: str | Path) -> Iterator[Enfant]:
    """A child for the block; killed at its end if it was not before."""
    lance = Enfant(module, *arguments)
    try:
        yield lance
    finally:
        lance.fermer()
