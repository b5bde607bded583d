"""*À vérifier*: what only a person can look at, told as facts, with what is safe and what to do."""

from passdesk.ui.a_verifier.page import PageAVerifier

__all__ = ["PageAVerifier"]
