"""The base of the desk replaced by another, each step in its thread while nobody has it open; asked for, it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial

from passdesk.domain.erreurs import KnownError
from passdesk.tasks import Atelier, TaskRunner

Fermeture = tuple[Atelier, Callable[[], None]]
"""What closes a connection, and the thread that owns it."""


class Releve:
    """`refuser` tells what prevents it, once the desk may be opened again; `revenir` shows how to, after a bug of ours.

    A window that closes before its turn does not give it up: what was confirmed is done all the same, or said.
    """

    def __init__(self, taches: TaskRunner, refuser: Callable[[KnownError], None], revenir: Callable[[], None]) -> None:
        self._taches, self._refuser, self._revenir = taches, refuser, revenir
        self._a_fermer: list[Fermeture] = []
        self._a_faire: Callable[[], object] | None = None
        self._refus: KnownError | None = None

    def commencer(
        self, fermetures: Iterable[Fermeture], faire: Callable[[], object], ensuite: Callable[[], None]
    ) -> None:
        """Closes what is open, then `faire` in `base`, then `ensuite`."""
        self._a_fermer, self._a_faire = list(fermetures), faire
        self._avancer(ensuite)

    def fermetures(self) -> list[Fermeture]:
        """The window closes: what is still to be closed, or not yet known to be, which is left to the caller."""
        restent, self._a_fermer = self._a_fermer, []
        return restent

    def achever(self) -> KnownError | None:
        """The window has closed and its threads have ended: does what its turn had not come for; what prevented it."""
        with suppress(KnownError):
            self._faire()
        refus, self._refus = self._refus, None
        return refus

    def _avancer(self, ensuite: Callable[[], None]) -> None:
        # A closing stays to be done until its answer is handed over: the window that closes cancels what waits.
        etape: Fermeture = self._a_fermer[0] if self._a_fermer else ("base", self._faire)
        suite = partial(self._fermee, ensuite) if self._a_fermer else ensuite
        self._taches.lancer(*etape, apres=lambda _: suite(), sur_panne=self._renoncer, sur_imprevu=self._interrompre)

    def _fermee(self, ensuite: Callable[[], None]) -> None:
        del self._a_fermer[0]
        self._avancer(ensuite)

    def _faire(self) -> None:
        # Kept until its answer is handed over: nobody calls back once the window closes.
        faire, self._a_faire = self._a_faire, None
        if faire is not None:
            try:
                faire()
            except KnownError as panne:
                self._refus = panne
                raise

    def _renoncer(self, panne: KnownError) -> None:
        self._abandonner()
        self._refuser(panne)

    def _interrompre(self) -> None:
        self._abandonner()
        self._revenir()

    def _abandonner(self) -> None:
        self._a_faire = self._refus = None
        # The first has just had its turn, unless all are closed.
        for fermeture in self.fermetures()[1:]:
            self._taches.lancer(*fermeture)
