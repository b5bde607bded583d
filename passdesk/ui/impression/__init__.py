"""The page after an award: what came out of the printer."""

from passdesk.ui.impression.page import PageImpression

__all__ = ["PageImpression"]
