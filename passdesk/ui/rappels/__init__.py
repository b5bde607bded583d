"""*À rappeler*: those who have spent nothing of their carnet, one call after another."""

from passdesk.ui.rappels.page import PageRappels

__all__ = ["PageRappels"]
