"""The troubles that are known beforehand: a code and facts, never a sentence (sentences: `passdesk.ui.messages`)."""

from __future__ import annotations


class KnownError(Exception):
    """A trouble with a name. `code` finds its French sentence; `faits` fill it and never hold personal data."""

    exit_code = 2

    def __init__(self, code: str, **faits: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.faits = faits


class SaisieRefusee(KnownError):
    """Wrong use or unreadable input; nothing was changed (exit code 2)."""

    exit_code = 2


class PanneAttendue(KnownError):
    """Network, printer or disk do not answer; work goes on (exit code 3)."""

    exit_code = 3


class BaseFermee(KnownError):
    """The base cannot be opened: wrong key, newer program, damaged file (exit code 4)."""

    exit_code = 4
