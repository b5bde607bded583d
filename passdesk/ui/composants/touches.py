"""Keys as printed on the keycap, and the sequences to bind for them: AZERTY digits need Shift (guide §5)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_AZERTY = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))
_NOMS = {"Entrée": ("Return", "Enter"), "Échap": ("Esc",), "+": ("+", "=")}


def sequences(touche: str) -> tuple[str, ...]:
    """The key sequences for a hint such as "Ctrl+Entrée", "Alt+1", "Échap", "2" or "Ctrl++"."""
    *modificateurs, cle = ["+"] if touche == "+" else touche.replace("++", "+plus").split("+")
    cle = "+" if cle == "plus" else cle
    tete = "".join(f"{m}+" for m in modificateurs).replace("Maj", "Shift")
    if cle in _AZERTY:
        finales: tuple[str, ...] = (cle, _AZERTY[cle].upper())
    else:
        finales = _NOMS.get(cle, (cle,))
    return tuple(tete + finale for finale in finales)


@cache
def lue(sequence: str) -> QKeySequence:
    """A key sequence of Qt; reading one asks the translators for the name of each key, a hundred and fifty times."""
    return QKeySequence(sequence)


def lier(touche: str, widget: QWidget, action: Callable[[], object]) -> list[QShortcut]:
    """Binds every sequence of `touche` in the window, while the widget is visible and enabled; it acts once a press."""
    raccourcis = []
    for sequence in sequences(touche):
        raccourci = QShortcut(lue(sequence), widget)
        # Held down, a key acts once: one press would go on from page to page, and record what nobody has read.
        raccourci.setAutoRepeat(False)
        raccourci.activated.connect(action)
        raccourcis.append(raccourci)
    return raccourcis
