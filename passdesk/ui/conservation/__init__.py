"""*À effacer ?*: the files that nobody has come for, to be erased or kept, one by one or together."""

from passdesk.ui.conservation.page import PageConservation

__all__ = ["PageConservation"]
