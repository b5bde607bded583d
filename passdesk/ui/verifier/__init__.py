"""*Vérifier un pass*: a scan, a number, a picture or a PDF; its verdict, and those of this sitting."""

from passdesk.ui.verifier.page import PageVerifier

__all__ = ["PageVerifier"]
