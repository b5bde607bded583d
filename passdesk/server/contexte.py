"""What an operation is applied with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from passdesk.protocol.operations import Entete
from passdesk.server.magasin import Transaction


@dataclass(frozen=True, slots=True)
class Contexte:
    """The operation being applied: where, by whom, its place in the order, the instant (ms UTC) at the server."""

    tx: Transaction
    device: str
    srv_seq: int
    maintenant: int
    entete: Entete
    cle_corps: bytes = field(repr=False)
    """Under which bodies are kept: what is set aside is read again when a person is erased."""

    @property
    def jour(self) -> date:
        """The day the desk wrote, or the day of reception when its clock says the impossible."""
        for millisecondes in (self.entete.wall, self.maintenant):
            try:
                return datetime.fromtimestamp(millisecondes / 1000, UTC).date()
            except (ValueError, OverflowError, OSError):
                continue
        raise ValueError("no day")
