"""What the recovery sheet bears: signs drawn at random, written so that a person can copy them without a mistake."""

from __future__ import annotations

import hashlib

from passdesk.domain.erreurs import SaisieRefusee

SIGNES_TIRES, SIGNES_DE_CONTROLE, GROUPE = 26, 2, 4
"""130 bits: nobody tries them all, whatever the cost of a try. The last two tell a slip before anything is tried."""
OCTETS = 17
"""Random bytes to give to `ecrire_cle_de_secours`."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CONFONDUS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def ecrire_cle_de_secours(alea: bytes) -> str:
    """28 signs in seven groups of four, from `OCTETS` random bytes."""
    nombre = int.from_bytes(alea, "big")
    tires = "".join(_ALPHABET[(nombre >> (5 * rang)) & 31] for rang in range(SIGNES_TIRES))
    signes = tires + _controle(tires)
    return "-".join(signes[debut : debut + GROUPE] for debut in range(0, len(signes), GROUPE))


def lire_cle_de_secours(saisi: str) -> str:
    """The same, from what was copied by hand: small letters, other separators and look-alike letters are accepted.

    Raises SaisieRefusee: "secours_longueur" (facts: signs typed, signs asked), "secours_mal_recopie".
    """
    signes = _signes(saisi)
    attendus = SIGNES_TIRES + SIGNES_DE_CONTROLE
    if len(signes) != attendus:
        raise SaisieRefusee("secours_longueur", lus=len(signes), attendus=attendus)
    tires = signes[:SIGNES_TIRES]
    if any(signe not in _ALPHABET for signe in signes) or _controle(tires) != signes[SIGNES_TIRES:]:
        raise SaisieRefusee("secours_mal_recopie")
    return "-".join(signes[debut : debut + GROUPE] for debut in range(0, attendus, GROUPE))


def dernier_groupe_de(cle_de_secours: str, saisi: str) -> bool:
    """True when these are its last signs, read on the paper as a person does."""
    return _signes(saisi) == _signes(cle_de_secours)[-GROUPE:]


def _signes(saisi: str) -> str:
    return "".join(signe for signe in saisi.upper() if signe.isalnum()).translate(_CONFONDUS)


def _controle(tires: str) -> str:
    somme = int.from_bytes(hashlib.sha256(tires.encode()).digest()[:2], "big")
    return _ALPHABET[somme & 31] + _ALPHABET[(somme >> 5) & 31]
