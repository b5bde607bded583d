"""What a message to a person is made of: what happened, what is safe, what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """Three short French sentences, in this order. `sur` or `faire` may be empty. Facts stand as `{name}`."""

    quoi: str
    sur: str = ""
    faire: str = ""

    def __str__(self) -> str:
        """The three sentences as one text."""
        return " ".join(partie for partie in (self.quoi, self.sur, self.faire) if partie)
