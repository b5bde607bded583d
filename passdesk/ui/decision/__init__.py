"""A decision as it was taken: explained on screen, and its letter."""

from passdesk.ui.decision.page import PageDecision

__all__ = ["PageDecision"]
