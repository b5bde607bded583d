"""*Journal*: who did what, who looked at which file, and when."""

from passdesk.ui.journal.page import PageJournal

__all__ = ["PageJournal"]
