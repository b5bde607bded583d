"""Base45 text of bytes for the alphanumeric mode of QR codes (RFC 9285)."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALEUR = {signe: rang for rang, signe in enumerate(ALPHABET)}


def encode(octets: bytes) -> str:
    """Three characters for two bytes, least significant first; two for a last single byte (RFC 9285 §4)."""
    texte = []
    for debut in range(0, len(octets), 2):
        paire = octets[debut : debut + 2]
        nombre = int.from_bytes(paire, "big")
        for _ in range(len(paire) + 1):
            nombre, chiffre = divmod(nombre, 45)
            texte.append(ALPHABET[chiffre])
    return "".join(texte)


def decode(texte: str) -> bytes:
    """The bytes of a base45 text. Raises ValueError on a foreign character, a bad length or a group that overflows."""
    if len(texte) % 3 == 1:
        raise ValueError("base45: bad length")
    octets = bytearray()
    for debut in range(0, len(texte), 3):
        groupe = texte[debut : debut + 3]
        try:
            nombre = sum(_VALEUR[signe] * 45**rang for rang, signe in enumerate(groupe))
        except KeyError:
            raise ValueError("base45: foreign character") from None
        taille = len(groupe) - 1
        if nombre >> 8 * taille:
            raise ValueError("base45: group overflows")
        octets += nombre.to_bytes(taille, "big")
    return bytes(octets)
