"""Whether this computer has a network, as the system says it: a sign that is worth a try, never a condition."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

Portee = QNetworkInformation.Reachability

JOIGNABLE = (Portee.Online, Portee.Site, Portee.Local)
"""A network of the place may lead to the Region too. What the system does not know is none, until it does."""


def preparer_signe() -> None:
    """Brings in what tells it, in a worker: libraries of the system, which `ecouter` would read from a slow disk."""
    QNetworkInformation.availableBackends()


class SigneReseau(QObject):
    """`revenu` fires when a network is there again, or when the page that asked to log in has let through."""

    revenu = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._la = True

    def ecouter(self) -> None:
        """Follows what the system says; where it says nothing, nothing fires."""
        QNetworkInformation.loadDefaultBackend()
        information = QNetworkInformation.instance()
        if information is not None:
            self._la = information.reachability() in JOIGNABLE
            information.reachabilityChanged.connect(self.noter)
            information.isBehindCaptivePortalChanged.connect(self.enfermer)

    def noter(self, portee: Portee) -> None:
        """How far this computer can go, now."""
        avant, self._la = self._la, portee in JOIGNABLE
        if self._la and not avant:
            self.revenu.emit()

    def enfermer(self, enferme: bool) -> None:
        """Whether a page that asks to log in stands in the way, now."""
        if not enferme:
            self.revenu.emit()
