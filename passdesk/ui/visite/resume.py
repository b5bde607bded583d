"""Ctrl+P in the visit: its summary, when somebody wants it and never by itself."""

from __future__ import annotations

from passdesk.ui.composants import Page, lier
from passdesk.ui.contexte import Contexte
from passdesk.ui.decision.sortie import SortieLettre
from passdesk.ui.visite.demande import SectionDemande
from passdesk.ui.visite.modele import VisiteEnCours


class ResumeVisite(SortieLettre):
    """Of the answer once it is recorded as shown, else of what is typed."""

    def __init__(self, contexte: Contexte, page: Page, visite: VisiteEnCours, demande: SectionDemande) -> None:
        super().__init__(contexte, page)
        self._visite = visite
        lier("Ctrl+P", page, self._resumer)
        demande.resume_voulu.connect(self._resumer)

    def _resumer(self) -> None:
        self._visite.ensuite(self._montrer)

    def _montrer(self) -> None:
        self.montrer_resume(self._visite.brouillon, enregistree=self._visite.gardee)
