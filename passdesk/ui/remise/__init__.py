"""The last page of a visit: the carnet goes from hand to hand."""

from passdesk.ui.remise.page import PageRemise

__all__ = ["PageRemise"]
