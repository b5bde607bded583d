"""What the opened desk is given: who builds the pages of the journey, and what works beside it."""

from __future__ import annotations

from threading import Event
from typing import Protocol

from passdesk.domain.visite import Brouillon, CarnetAttribue
from passdesk.ui.composants import Page
from passdesk.ui.contexte import Contexte
from passdesk.ui.enrolement import Liaison


class Fabrique(Protocol):
    """Who builds the pages of the journey (`ui/parcours.py`)."""

    def page_visite(self, contexte: Contexte, brouillon: Brouillon) -> Page:
        """The form and the decision."""
        ...

    def page_papier(self, contexte: Contexte, attribue: CarnetAttribue, etape: str) -> Page:
        """The printer question or the hand-over."""
        ...


class SecondeMain(Liaison, Protocol):
    """What is done for the desk in the `reseau` thread, beside the sending. `assez`: set, the check is given up."""

    assez: Event

    def sauvegarder(self, en_tout_cas: bool) -> object:
        """A backup when one is due, or in any case; then a check when one is due."""
        ...

    def verifier(self) -> object:
        """A check of all that the desk keeps, now."""
        ...
