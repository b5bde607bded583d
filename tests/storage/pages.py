"""Every page of a SQLCipher file in clear, free pages and the write-ahead log too: what SQL does not show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVE, SEL = 4096, 80, 16
"""SQLCipher 4: bytes of a page, those at its end (IV and HMAC), and the salt in the place of the file's magic."""
ENTETE_WAL, ENTETE_CADRE = 32, 24


def pages_en_clair(fichier: Path, cle: bytes) -> Iterator[bytes]:
    """The pages of a base opened with this raw key, then those that its write-ahead log still holds."""
    octets = fichier.read_bytes()
    for debut in range(0, len(octets), PAGE):
        page = octets[debut : debut + PAGE]
        yield _dechiffrer(page[SEL:] if debut == 0 else page, cle)
    journal = fichier.with_name(fichier.name + "-wal")
    cadres = journal.read_bytes()[ENTETE_WAL:] if journal.exists() else b""
    for debut in range(0, len(cadres), ENTETE_CADRE + PAGE):
        numero = int.from_bytes(cadres[debut : debut + 4], "big")
        page = cadres[debut + ENTETE_CADRE : debut + ENTETE_CADRE + PAGE]
        yield _dechiffrer(page[SEL:] if numero == 1 else page, cle)


def _dechiffrer(page: bytes, cle: bytes) -> bytes:
    vecteur = page[-RESERVE : -RESERVE + 16]
    dechiffreur = Cipher(algorithms.AES(cle), modes.CBC(vecteur)).decryptor()
    return dechiffreur.update(page[:-RESERVE]) + dechiffreur.finalize()
