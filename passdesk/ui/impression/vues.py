"""The sheets of the carnet: the one looked at, large, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QSize, Signal

from passdesk.domain.gabarit import Gabarit
from passdesk.services.impression import Imprimante, PapierSorti, TravailImpression, sortir
from passdesk.ui.composants import Card, Colonne, Ligne, Texte
from passdesk.ui.impression.feuilles import VIGNETTE, ListeFeuilles
from passdesk.ui.impression.reponses import Marque
from passdesk.ui.papier.feuille import Feuille, FeuilleLue, lire_feuilles
from passdesk.ui.theme import Theme


class Contenu(Protocol):
    """What the page shows of a carnet set for paper."""

    @property
    def serie_carnet(self) -> str:
        """The printed number of the carnet."""
        ...

    @property
    def gabarit(self) -> Gabarit:
        """How it is laid out."""
        ...


class Image(Protocol):
    """The picture of one sheet."""

    @property
    def image(self) -> bytes:
        """Its bytes, of a kind that Qt reads."""
        ...


def sortir_et_lire(
    travail: TravailImpression, imprimante: Imprimante, tailles: tuple[QSize, ...]
) -> tuple[PapierSorti, tuple[FeuilleLue, ...]]:
    """Hands the sheets over, and reads their pictures for places of these sizes. In a worker; raises as `sortir`."""
    sorti = sortir(travail, imprimante)
    return sorti, lire_feuilles((page.image for page in sorti.apercus), *tailles)


def dessiner_et_lire(
    dessiner: Callable[[Contenu], tuple[Image, ...]], contenu: Contenu, tailles: tuple[QSize, ...]
) -> tuple[FeuilleLue, ...]:
    """The pictures of all the sheets, read for places of these sizes. In a worker."""
    return lire_feuilles((page.image for page in dessiner(contenu)), *tailles)


class Vues(Card):
    """`choisie` carries the sheet to see large."""

    choisie = Signal(int)

    def __init__(self, theme: Theme, nombre: int) -> None:
        super().__init__(theme)
        self._legende = Texte("", "label")
        self._grande = Feuille(theme)
        self._images: tuple[FeuilleLue, ...] = ()
        gauche = Colonne(theme, ecart=6)
        gauche.addWidget(self._legende)
        gauche.addWidget(self._grande, 1)
        self.liste = ListeFeuilles(theme, nombre)
        self.liste.choisie.connect(self.choisie)
        feuilles = Ligne(theme, ecart=12)
        feuilles.addLayout(gauche, 1)
        feuilles.addWidget(self.liste)
        self.corps.addLayout(feuilles, 1)

    @property
    def vides(self) -> bool:
        """True while no sheet has its picture."""
        return not self._images

    def compter(self, nombre: int) -> None:
        """So many sheets, without pictures yet."""
        self._images = ()
        self.liste.compter(nombre)

    @property
    def tailles(self) -> tuple[QSize, QSize]:
        """The sizes to read the pictures for, in pixels of the screen: in the list, and large."""
        return VIGNETTE * self.devicePixelRatioF(), self._grande.pixels

    def recevoir(self, pages: tuple[FeuilleLue, ...]) -> None:
        """The pictures of all the sheets, in order."""
        self._images = pages

    def marquer(self, marques: tuple[Marque, ...]) -> None:
        """What is said of every sheet."""
        self.liste.montrer(self._images, marques)

    def regardee(self) -> int:
        """The sheet seen large, 0 when none is."""
        return next((ligne.numero for ligne in self.liste.lignes if ligne.isChecked()), 0)

    def regarder(self, numero: int, legende: str) -> None:
        """Shows a sheet large."""
        self.liste.choisir(numero)
        self._legende.setText(legende)
        self._grande.montrer(self._images[numero - 1] if numero <= len(self._images) else None, legende)
