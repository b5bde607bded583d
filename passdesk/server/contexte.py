"""An operation as it comes in a batch, chained before anyone judges it; and what it is then applied with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from passdesk.protocol.messages import SyncRequest, chain_hash
from passdesk.protocol.operations import Entete
from passdesk.protocol.scellement import Corps
from passdesk.server.magasin import Transaction


@dataclass(frozen=True, slots=True)
class Piece:
    """One operation of a batch: its place, its canonical header, its links, its body (None: erased)."""

    seq: int
    header: bytes
    prev_hash: bytes
    hash: bytes
    corps: Corps | None


def pieces(request: SyncRequest, corps: tuple[Corps | None, ...]) -> tuple[Piece, ...]:
    """The operations of a request, chained from its `prev_hash`."""
    lues: list[Piece] = []
    prev_hash = request.prev_hash
    for rang, (header, corps_lu) in enumerate(zip(request.headers, corps, strict=True)):
        hash_ = chain_hash(prev_hash, header)
        lues.append(Piece(request.first_seq + rang, header, prev_hash, hash_, corps_lu))
        prev_hash = hash_
    return tuple(lues)


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
    quitte: bool = False
    """Said by a computer that its desk left (decision 0090): what it did counts, and the desk is elsewhere."""

    @property
    def jour(self) -> date:
        """The day the desk wrote, or the day of reception when its clock says the impossible."""
        for millisecondes in (self.entete.wall, self.maintenant):
            try:
                return datetime.fromtimestamp(millisecondes / 1000, UTC).date()
            except (ValueError, OverflowError, OSError):
                continue
        raise ValueError("no day")
