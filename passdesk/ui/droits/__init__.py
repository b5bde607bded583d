"""*Droits de la personne*: what she may ask of the desk about what it keeps of her (RGPD)."""

from passdesk.ui.droits.page import PageDroits

__all__ = ["PageDroits"]
