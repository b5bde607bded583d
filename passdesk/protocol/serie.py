"""The printed serial of a pass, its mod-97 key and its 5-character code (protocol §2, paper §1)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from passdesk.protocol.pass_token import CAMPAGNE_MAX, CARNET_MAX, sans_azerty

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford base32: no I, L, O, U."""

_RANG_MAX = 10
_TYPE_POUR_LU = str.maketrans("OIL", "011")
_SERIE_TAPEE = re.compile(r"(\d{12})(?:(\d{2})([" + ALPHABET + r"]{5})?)?", re.ASCII)
_MOTS = re.compile(r"^N[°ºO]|\bCLE\b|\bCODE\b")


@dataclass(frozen=True, slots=True)
class SerieLue:
    """A typed serial. `cle_juste`: None when no key was typed; `code`: the five characters, "" when not typed."""

    campagne: int
    carnet: int
    rang: int
    cle_juste: bool | None
    code: str = ""


def _chiffres(campagne: int, carnet: int, rang: int) -> str:
    if not (0 <= campagne <= CAMPAGNE_MAX and 0 <= carnet <= CARNET_MAX and 1 <= rang <= _RANG_MAX):
        raise ValueError("no serial for these numbers")
    return f"{campagne:03d}{carnet:07d}{rang:02d}"


def serie(campagne: int, carnet: int, rang: int) -> str:
    """Serial of a pass, as printed: "012 0001234 03". Raises ValueError when a number has no room."""
    chiffres = _chiffres(campagne, carnet, rang)
    return f"{chiffres[:3]} {chiffres[3:10]} {chiffres[10:]}"


def serie_carnet(campagne: int, carnet: int) -> str:
    """Serial of a carnet, as printed: "012 0001234"."""
    return serie(campagne, carnet, 1)[:-3]


def _cle97(chiffres: str) -> str:
    return f"{97 - int(chiffres) * 100 % 97:02d}"


def cle97(campagne: int, carnet: int, rang: int) -> str:
    """Two-digit key of a serial, computed like that of a RIB: 97 - (12 digits followed by 00) mod 97."""
    return _cle97(_chiffres(campagne, carnet, rang))


def code_controle(signature: bytes) -> str:
    """Five Crockford characters of the first 25 bits of the signature, to check a dead QR online."""
    bits = int.from_bytes(signature[:4], "big") >> 7
    return "".join(ALPHABET[bits >> decalage & 31] for decalage in (20, 15, 10, 5, 0))


def lire_serie(texte: str) -> SerieLue | None:
    """The serial in a typed text, with or without key and code, or None. Typed O reads 0; I and L read 1.

    The words printed around it ("N°", "clé", "code"), spaces and, where digits were typed as such, dots and hyphens
    do not count.
    """
    trouve = _chercher(texte)
    if trouve is None:
        return None
    chiffres, cle, code = trouve[1], trouve[2], trouve[3] or ""
    campagne, carnet, rang = int(chiffres[:3]), int(chiffres[3:10]), int(chiffres[10:])
    if campagne > CAMPAGNE_MAX or carnet > CARNET_MAX or not 1 <= rang <= _RANG_MAX:
        return None
    return SerieLue(campagne, carnet, rang, None if cle is None else cle == _cle97(chiffres), code)


def mal_tapee(texte: str) -> bool:
    """True for a serial with its key of which a digit is wrong, also when no pass could bear the number it then is."""
    trouve = _chercher(texte)
    return trouve is not None and trouve[2] is not None and trouve[2] != _cle97(trouve[1])


def _chercher(texte: str) -> re.Match[str] | None:
    """The twelve digits, the key and the code, as typed; None when the text has not that shape."""
    propre = unicodedata.normalize("NFC", texte).strip()
    if not any(c.isdigit() for c in propre):
        propre = sans_azerty(propre)
    sans_marques = "".join(c for c in unicodedata.normalize("NFD", propre) if not unicodedata.combining(c)).upper()
    serre = re.sub(r"[\s.:·-]", "", _MOTS.sub("", sans_marques)).translate(_TYPE_POUR_LU)
    return _SERIE_TAPEE.fullmatch(serre)
