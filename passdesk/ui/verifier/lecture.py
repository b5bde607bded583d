"""A file read a page at a time: between two pages the desk prints, and somebody may stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.verification import FichierOuvert, lire_page, ouvrir_fichier
from passdesk.tasks import TaskRunner


class Lecture(QObject):
    """`avance` carries the page under way from 1, 0 at the end, and how many there are; `lus` the codes, each once;
    `panne` the KnownError of a file that cannot be read. A page that closes ends it.
    """

    avance = Signal(int, int)
    lus = Signal(tuple)
    panne = Signal(object)

    def __init__(self, taches: TaskRunner, ecran: QWidget) -> None:
        super().__init__(ecran)
        self._taches, self._ecran = taches, ecran
        self._codes: list[str] = []
        self._arret = False
        self.en_cours = False

    def commencer(self, source: Path | bytes) -> None:
        """Reads this one, unless another is under way."""
        if self.en_cours:
            return
        self.en_cours, self._arret, self._codes = True, False, []
        self.avance.emit(1, 1)
        self._rendu(ouvrir_fichier, source, apres=lambda fichier: self._lire(fichier, 0))

    def arreter(self) -> None:
        """After the page under way."""
        self._arret = True

    def _lire(self, fichier: FichierOuvert, page: int) -> None:
        if self._arret or page == fichier.pages:
            self._finir()
            self.lus.emit(tuple(dict.fromkeys(self._codes)))
            return
        self.avance.emit(page + 1, fichier.pages)

        def suivre(codes: tuple[str, ...]) -> None:
            self._codes += codes
            self._lire(fichier, page + 1)

        self._rendu(lire_page, fichier, page, apres=suivre)

    def _rendu(self, fonction: Callable[..., object], *args: object, apres: Callable[..., None]) -> None:
        self._taches.lancer("rendu", fonction, *args, apres=apres, sur_panne=self._echouer, ecran=self._ecran)

    def _echouer(self, trouble: KnownError) -> None:
        self._finir()
        self.panne.emit(trouble)

    def _finir(self) -> None:
        self.en_cours = False
        self.avance.emit(0, 0)
