"""*Ce qui a été imprimé*: every printing of this desk, day by day."""

from passdesk.ui.tirages.page import PageTirages

__all__ = ["PageTirages"]
