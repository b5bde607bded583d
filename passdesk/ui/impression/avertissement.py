"""What keeps the sheets from coming out, above the question, and the way to a printer that changes their size."""

from __future__ import annotations

from passdesk.domain.erreurs import KnownError
from passdesk.ui.composants import Banner, Page
from passdesk.ui.contexte import Contexte
from passdesk.ui.impression import textes
from passdesk.ui.messages import message
from passdesk.ui.papier.choix import ChoixImprimante
from passdesk.ui.reglages.mesures import PageMesures
from passdesk.ui.theme import Theme


class Avertissement(Banner):
    """Hidden until something is told."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "warn", "printer", "")
        self._empeche = False
        self.hide()

    def dire(self, trouble: KnownError) -> None:
        """Its three sentences."""
        phrases = message(trouble.code, **trouble.faits)
        self.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.show()

    def suivre(self, obstacle: KnownError | None) -> None:
        """Told for as long as it lasts; another trouble told before stays."""
        if obstacle is not None:
            self.dire(obstacle)
        elif self._empeche:
            self.hide()
        self._empeche = obstacle is not None


def mesurer(contexte: Contexte, choix: ChoixImprimante, retour: Page) -> None:
    """To the measures of the chosen printer, which come back to `retour`."""
    if choix.imprimante is not None:
        nom, habitude = choix.choix.choisie, choix.choix.habitude
        contexte.navigation.ouvrir_page(PageMesures(contexte, choix.imprimante, nom, habitude, retour, textes.REVENIR))
