"""The rest of the program, read while the passphrase is typed: on an old laptop it takes longer than its window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from passdesk.domain.erreurs import KnownError
from passdesk.tasks import TaskRunner
from passdesk.ui.application import load_suite

if TYPE_CHECKING:
    from passdesk.domain.commune import Communes


class Lecture:
    """`communes`: None until all is read. `finie` hears what prevented it, None when nothing did."""

    def __init__(self, taches: TaskRunner, finie: Callable[[KnownError | None], None]) -> None:
        self._taches, self._finie = taches, finie
        self._commencee = False
        self.communes: Communes | None = None

    def commencer(self) -> None:
        """Reads, once."""
        if not self._commencee:
            self._commencee = True
            self._taches.lancer("rendu", load_suite, apres=self._recevoir, sur_panne=self._manquer)

    def _recevoir(self, communes: Communes) -> None:
        self.communes = communes
        self._taches.figer()
        self._finie(None)

    def _manquer(self, panne: KnownError) -> None:
        self._commencee = False
        self._finie(panne)
