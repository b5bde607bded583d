"""The operations of one request, chained, before anyone judges them."""

from __future__ import annotations

from dataclasses import dataclass

from passdesk.protocol.messages import SyncRequest, chain_hash
from passdesk.protocol.scellement import Corps


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
