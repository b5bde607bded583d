"""Headers without what their bodies tell: a commitment is the hash of salt and body, which travel with it anyway.

It is a sixth of what an act weighs on the wire, and nothing compresses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from passdesk.protocol.champs import illisible
from passdesk.protocol.messages import SyncRequest
from passdesk.protocol.operations import engagement
from passdesk.protocol.scellement import Corps

TAILLE = 32


def abreger(request: SyncRequest, corps: Sequence[Corps | None]) -> SyncRequest:
    """The request with every commitment taken off that its body gives again; the others are named in `entieres`."""
    headers: list[bytes] = []
    entieres: list[int] = []
    for rang, (header, lu) in enumerate(zip(request.headers, corps, strict=True)):
        if lu is not None and header.endswith(engagement(lu.sel, lu.octets)):
            headers.append(header[:-TAILLE])
        else:
            headers.append(header)
            entieres.append(rang)
    return replace(request, headers=tuple(headers), entieres=tuple(entieres))


def completer(request: SyncRequest, corps: Sequence[Corps | None]) -> SyncRequest:
    """The request as it was before `abreger`. Raises SaisieRefusee(message_illisible) when a body needed is missing."""
    if request.entieres is None:
        return request
    entieres = set(request.entieres)
    headers: list[bytes] = []
    for rang, (header, lu) in enumerate(zip(request.headers, corps, strict=True)):
        if rang in entieres:
            headers.append(header)
        elif lu is None:
            raise illisible("engagement")
        else:
            headers.append(header + engagement(lu.sel, lu.octets))
    return replace(request, headers=tuple(headers), entieres=None)
