"""*Imprimer plusieurs carnets*: many of them in a row, then one question about all."""

from passdesk.ui.fournee.page import PageFournee

__all__ = ["PageFournee"]
