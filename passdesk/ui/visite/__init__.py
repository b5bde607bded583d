"""The page of the mediator: the person, the request, the proofs, and the right that follows."""

from passdesk.ui.visite.page import PageVisite

__all__ = ["PageVisite"]
