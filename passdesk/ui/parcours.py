"""Which page shows which step of a visit."""

from __future__ import annotations

from passdesk.domain.visite import Brouillon, CarnetAttribue
from passdesk.ui.composants import Page
from passdesk.ui.contexte import Contexte
from passdesk.ui.impression import PageImpression
from passdesk.ui.remise import PageRemise
from passdesk.ui.visite import PageVisite


class Parcours:
    """Builds the pages of the main journey; the window shows them."""

    def page_visite(self, contexte: Contexte, brouillon: Brouillon) -> Page:
        """The form and the decision."""
        return PageVisite(contexte, brouillon)

    def page_papier(self, contexte: Contexte, attribue: CarnetAttribue, etape: str) -> Page:
        """The printer question, or the hand-over once the paper is known to be good."""
        if etape == "a_remettre":
            return PageRemise(contexte, attribue)
        return PageImpression(contexte, attribue, couverture=etape == "couverture")
