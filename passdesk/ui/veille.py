"""When nobody touches the keyboard or the mouse for a while: `oisif`. The window is then locked."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from passdesk.domain.horloge import Horloge

PAS_MS = 5_000
"""Between two looks at the clock."""
_GESTES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Veille(QObject):
    """Looks at the clock of the computer, not at a timer alone: a laptop asleep for an hour is locked as it wakes.

    A clock put back or forward by more than the delay locks too, which harms nobody.
    """

    oisif = Signal()

    def __init__(self, horloge: Horloge) -> None:
        super().__init__()
        self._horloge = horloge
        self._delai = timedelta()
        self._dernier = horloge.maintenant()
        self._minuterie = QTimer(self)
        self._minuterie.timeout.connect(self.regarder)
        self._fenetres: set[int] = set()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._suivre)

    def demarrer(self, minutes: int) -> None:
        """From now on, after so many minutes; another number changes the delay alone."""
        self._delai = timedelta(minutes=minutes)
        if not self._minuterie.isActive():
            self._dernier = self._horloge.maintenant()
            self._minuterie.start(PAS_MS)
            self._suivre(QGuiApplication.focusWindow())

    def arreter(self) -> None:
        """Nobody is waited for."""
        self._minuterie.stop()

    def regarder(self) -> None:
        """Fires once the delay is over."""
        if self._minuterie.isActive() and abs(self._horloge.maintenant() - self._dernier) >= self._delai:
            self.arreter()
            self.oisif.emit()

    @property
    def dernier_geste(self) -> datetime:
        """When a key or the mouse was touched last (UTC)."""
        return self._dernier

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() in _GESTES:
            self._dernier = self._horloge.maintenant()
        return False

    def _suivre(self, fenetre: QWindow | None) -> None:
        """On the windows rather than on the application: every event of every widget would pass through here."""
        if fenetre is not None and id(fenetre) not in self._fenetres:
            cle = id(fenetre)
            self._fenetres.add(cle)
            fenetre.destroyed.connect(lambda: self._fenetres.discard(cle))
            fenetre.installEventFilter(self)
