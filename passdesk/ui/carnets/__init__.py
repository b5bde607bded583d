"""*Carnets*: what is left to award, where each carnet stands, and what can be done with it here."""

from passdesk.ui.carnets.page import PageCarnets

__all__ = ["PageCarnets"]
