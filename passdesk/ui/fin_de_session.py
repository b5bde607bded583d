"""The end of the session, or Ctrl+C in a terminal: the window closes as by hand, and saves."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

SIGNAUX = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def fermer_avec_la_session(fenetre: QWidget) -> Iterator[None]:
    """Closes the window once the session ends, at the next turn of the loop, which may have to begin yet.

    Never at once: the signal is heard between any two lines of the program, which would go on, with a desk that has
    been put away behind its back.
    """
    avant = {genre: signal.signal(genre, lambda *_: QTimer.singleShot(0, fenetre, fenetre.close)) for genre in SIGNAUX}
    try:
        yield
    finally:
        for genre, suite in avant.items():
            signal.signal(genre, suite)
