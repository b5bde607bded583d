"""*Chiffres*: what may be told of a year, without telling of anybody."""

from passdesk.ui.chiffres.page import PageChiffres

__all__ = ["PageChiffres"]
