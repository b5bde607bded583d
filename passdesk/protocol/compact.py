"""zstd on the wire: fewer bytes on a bad link, and bounds against what would swell without end."""

from __future__ import annotations

import zstandard

from passdesk.domain.erreurs import SaisieRefusee

NIVEAU = 16
"""Of a request: at 10, the headers were coded as if they were as random as the sealed bodies beside them."""
NIVEAU_FORT = 19
"""For what a desk sends on a bad line: two bytes less in a hundred, for some fifteen milliseconds of it at 50 KiB."""
NIVEAU_REPONSE = 1
"""Of an answer: keys and numbers alone, which no effort makes shorter, and the Region writes hundreds at once."""
SEUIL = 256
"""Bytes below which a frame gains nothing."""
DEBUT = b"\x28\xb5\x2f\xfd"
"""How every zstd frame begins (RFC 8878 §3.1.1); a CBOR map begins with 0xA0 at least."""
_FENETRE_MAX = 2**24


def comprimer(clair: bytes, niveau: int = NIVEAU) -> bytes:
    """One frame that says how long its content is."""
    return zstandard.ZstdCompressor(level=niveau).compress(clair)


def decomprimer(cadre: bytes, maxi: int) -> bytes:
    """The content of a frame, of `maxi` bytes at most. Raises SaisieRefusee(message_illisible)."""
    try:
        if zstandard.get_frame_parameters(cadre).content_size > maxi:
            raise SaisieRefusee("message_illisible", detail="taille")
        return zstandard.ZstdDecompressor(max_window_size=_FENETRE_MAX).decompress(
            cadre, max_output_size=maxi, allow_extra_data=False
        )
    except zstandard.ZstdError:
        raise SaisieRefusee("message_illisible", detail="zstd") from None


def compacter(message: bytes, niveau: int = NIVEAU) -> bytes:
    """The message, in a frame when that is shorter."""
    if len(message) < SEUIL:
        return message
    cadre = comprimer(message, niveau)
    return cadre if len(cadre) < len(message) else message


def etendre(octets: bytes, maxi: int) -> bytes:
    """The message of `compacter`, of `maxi` bytes at most. Raises SaisieRefusee(message_illisible)."""
    return decomprimer(octets, maxi) if octets.startswith(DEBUT) else octets
