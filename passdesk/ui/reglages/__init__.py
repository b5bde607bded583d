"""*Réglages*: applied at once, kept in the folder of the desk."""

from passdesk.ui.reglages.page import PageReglages

__all__ = ["PageReglages"]
