"""What the fields of a form write to: a draft being typed, held by a page that saves it."""

from __future__ import annotations

from typing import Protocol

from passdesk.domain.visite import Brouillon


class EnSaisie(Protocol):
    """What is being typed: a visit, or a person's file being corrected."""

    brouillon: Brouillon

    def modifier(self, brouillon: Brouillon, *, tout_de_suite: bool = False) -> None:
        """Takes the draft as typed; saved at once for a choice or a field that is left."""
        ...
