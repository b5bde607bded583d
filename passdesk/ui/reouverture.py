"""What was open is open again: kept as the window closes or locks, shown the next time by the same agent."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from passdesk.domain.visite import Brouillon
from passdesk.services.reouverture import Ouvert, Retrouve, retenir, retrouver
from passdesk.ui.composants import Page
from passdesk.ui.contexte import Contexte
from passdesk.ui.fabrique import Fabrique


class Fenetree(Protocol):
    """The window, as far as this one uses it."""

    @property
    def page(self) -> Page:
        """The page in front."""
        ...

    @property
    def visites(self) -> tuple[Page, ...]:
        """The open visits, in the order in which they were opened."""
        ...

    def garder_ouverte(self, page: Page) -> None:
        """Takes a page among those that are open; it stays behind."""
        ...

    def page_ouverte(self, cle: str) -> Page | None:
        """The page with this key, a place or one that is open; None once it is gone."""
        ...

    def aller_a(self, page: Page) -> None:
        """Brings a page that is open to the front."""
        ...


class Reouverture:
    """`devant`: the page that the window begins with; somebody who has gone elsewhere meanwhile stays there."""

    def __init__(self, contexte: Contexte, fabrique: Fabrique, fenetre: Fenetree, devant: Page) -> None:
        self._contexte, self._fabrique, self._fenetre, self._devant = contexte, fabrique, fenetre, devant

    def retenir(self) -> None:
        """Keeps what is open now."""
        visites = tuple(page.a_rouvrir for page in self._fenetre.visites if page.a_rouvrir is not None)
        page = self._fenetre.page
        self._contexte.lancer(retenir, Ouvert(visites, page.cle, *(page.ligne_montree or ())))

    def rouvrir(self) -> None:
        """Opens again what was kept."""
        ecran = self._fenetre if isinstance(self._fenetre, QWidget) else None
        self._contexte.lancer(retrouver, apres=self._montrer, ecran=ecran)

    def _montrer(self, retrouve: Retrouve) -> None:
        for visite in retrouve.visites:
            if isinstance(visite, Brouillon):
                page = self._fabrique.page_visite(self._contexte, visite)
            else:
                page = self._fabrique.page_papier(self._contexte, *visite)
            self._fenetre.garder_ouverte(page)
        ici = self._fenetre.page_ouverte(retrouve.page)
        if ici is None or ici is self._devant or self._fenetre.page is not self._devant:
            return
        self._fenetre.aller_a(ici)
        if retrouve.detail is not None:
            ici.viser(retrouve.detail, retrouve.texte)
