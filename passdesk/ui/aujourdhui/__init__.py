"""*Aujourd'hui*: the one act, who is in progress, what is left."""

from passdesk.ui.aujourdhui.page import PageAujourdhui

__all__ = ["PageAujourdhui"]
