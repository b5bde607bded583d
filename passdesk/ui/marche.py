"""Alt+Left and Alt+Right: back to where one was in the window, and forward again."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from passdesk.domain.personne import Personne
from passdesk.services.personnes import personne_actuelle
from passdesk.ui.composants import Page
from passdesk.ui.contexte import Contexte
from passdesk.ui.trajet import Etape, Trajet


class Pages(Protocol):
    """The window, as far as this one uses it."""

    @property
    def page(self) -> Page:
        """The page in front."""
        ...

    def page_ouverte(self, cle: str) -> Page | None:
        """The page with this key, a place or one that is open; None once it is gone."""
        ...

    def mettre_devant(self, page: Page) -> None:
        """Shows a page that is open."""
        ...


class Marche:
    """What is gone is passed over; somebody merged since is found under the file that holds them now.

    Nothing typed is lost: pages stay as they are, and a line of which something is typed is not replaced.
    """

    def __init__(self, contexte: Contexte, pages: Pages) -> None:
        self._contexte, self._pages = contexte, pages
        self._trajet = Trajet()

    def aller(self, page: Page) -> None:
        """Notes that this page comes to the front, and what the former one showed at the end.

        A line that is still shown there from the last time has not been gone to.
        """
        self._trajet.aller(_etape(self._pages.page), Etape(page.cle))

    def preciser(self, page: Page) -> None:
        """Notes that a line was opened in the page in front."""
        if page is self._pages.page:
            self._trajet.preciser(_etape(page))

    def oublier(self, personnes_id: frozenset[str]) -> None:
        """These persons are erased."""
        self._trajet.oublier(lambda etape: etape.detail in personnes_id)

    def recommencer(self) -> None:
        """Another agent does not go through what the former one looked at."""
        self._trajet = Trajet()

    def marcher(self, pas: int) -> None:
        """To the place before (-1) or after (1) that is still there; nothing happens at the end."""
        etape = self._trajet.marcher(pas, _etape(self._pages.page))
        if etape is None:
            return
        if etape.page == "personnes" and etape.detail is not None:
            self._contexte.lancer(
                personne_actuelle,
                etape.detail,
                apres=partial(self._atteindre_personne, pas, etape),
                ecran=self._ecran(),
            )
            return
        page = self._pages.page_ouverte(etape.page)
        if page is None:
            self._sauter(pas, etape)
        else:
            self._atteindre(page, etape)

    def _atteindre_personne(self, pas: int, etape: Etape, personne: Personne | None) -> None:
        page = self._pages.page_ouverte(etape.page)
        if personne is None or page is None:
            self._sauter(pas, etape)
        else:
            self._atteindre(page, Etape(etape.page, personne.personne_id, personne.nom_complet))

    def _sauter(self, pas: int, etape: Etape) -> None:
        self._trajet.sauter(etape)
        self.marcher(pas)

    def _atteindre(self, page: Page, etape: Etape) -> None:
        self._trajet.ici = etape
        self._pages.mettre_devant(page)
        if etape.detail is not None and not page.en_saisie:
            page.viser(etape.detail, etape.texte)

    def _ecran(self) -> QWidget | None:
        return self._pages if isinstance(self._pages, QWidget) else None


def _etape(page: Page) -> Etape:
    return Etape(page.cle, *(page.ligne_montree or ()))
