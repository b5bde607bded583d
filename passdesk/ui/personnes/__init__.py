"""*Personnes*: everyone recorded at this desk, and what happened to each."""

from passdesk.ui.personnes.page import PagePersonnes

__all__ = ["PagePersonnes"]
