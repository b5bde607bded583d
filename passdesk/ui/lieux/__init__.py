"""*Lieux*: the places of mediation that the desk knows, and those that its covers carry."""

from passdesk.ui.lieux.page import PageLieux

__all__ = ["PageLieux"]
