"""A courier: what a desk without a network hands over on a stick, and what the Region hands back (protocol §5).

The same signed requests and answers as over HTTP, several in one file, sealed by HPKE: who carries it reads nothing of
it, can change nothing in it, and brings it twice for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.champs import Champs
from passdesk.protocol.index_renouvele import cle_privee_x25519, cle_publique_x25519
from passdesk.protocol.messages import ANSWER_MAX, REQUEST_MAX
from passdesk.protocol.scellement import open_secret, seal_secret

MESSAGES_MAX = 16
"""Requests of one courier: some 16 000 acts, a year of a busy desk."""
OCTETS_MAX = MESSAGES_MAX * ANSWER_MAX
ENTETES_MAX, ENTETE_MAX = 32, 4096
_ALLER, _RETOUR = b"PassDesk-courrier/1\0", b"PassDesk-reponse/1\0"
"""What each file begins with, and what its seal is bound to: one is never taken for the other."""


@dataclass(frozen=True, slots=True)
class Lettre:
    """A request as signed; or an answer as signed, with its status (0 for a request)."""

    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    status: int = 0


def ecrire_courrier(lettres: Sequence[Lettre], region: X25519PublicKey) -> bytes:
    """The file that the Region alone opens."""
    return _ALLER + seal_secret(_encode(lettres), region, contexte=_ALLER)


def lire_courrier(octets: bytes, region: X25519PrivateKey) -> tuple[Lettre, ...]:
    """The requests of a courier, none of them believed yet.

    Raises SaisieRefusee: "courrier_illisible" (no courier, damaged, to another Region), "courrier_reponse" (the way
    back), "courrier_recent".
    """
    return _lire(octets, _ALLER, _RETOUR, region, _ALLER, "courrier_reponse", REQUEST_MAX)


def ecrire_reponse(lettres: Sequence[Lettre], cle_requete: bytes, device: str) -> bytes:
    """The file that this device alone opens, by its request key (32 bytes, Ed25519)."""
    return _RETOUR + seal_secret(_encode(lettres), cle_publique_x25519(cle_requete), contexte=_retour(device))


def lire_reponse(octets: bytes, requete: Ed25519PrivateKey, device: str) -> tuple[Lettre, ...]:
    """The answers to a courier, none of them believed yet. Raises SaisieRefusee as `lire_courrier`
    ("courrier_aller": the way out)."""
    return _lire(octets, _RETOUR, _ALLER, cle_privee_x25519(requete), _retour(device), "courrier_aller", ANSWER_MAX)


def _retour(device: str) -> bytes:
    return _RETOUR + device.encode()


def _encode(lettres: Sequence[Lettre]) -> bytes:
    return canonique.encode({"v": 1, "lettres": [_rangee(une) for une in lettres]})


def _lire(
    octets: bytes, attendue: bytes, autre: bytes, cle: X25519PrivateKey, contexte: bytes, envers: str, maxi: int
) -> tuple[Lettre, ...]:
    if octets.startswith(autre):
        raise SaisieRefusee(envers)
    if not octets.startswith(attendue) or len(octets) > OCTETS_MAX:
        raise SaisieRefusee("courrier_illisible")
    try:
        valeur = canonique.decode(open_secret(octets[len(attendue) :], cle, contexte=contexte), taille_max=OCTETS_MAX)
        champs = Champs(valeur)
        if champs.entier("v", 1) > 1:
            raise SaisieRefusee("courrier_recent")
        lettres = tuple(_lettre(rangee, maxi) for rangee in champs.rangees("lettres", 3, MESSAGES_MAX))
        champs.fin()
    except SaisieRefusee as refus:
        code = "courrier_recent" if refus.code == "courrier_recent" else "courrier_illisible"
        raise SaisieRefusee(code) from None
    if not lettres:
        raise SaisieRefusee("courrier_illisible")
    return lettres


def _rangee(lettre: Lettre) -> list[object]:
    return [sorted(map(list, lettre.headers.items())), lettre.status, lettre.body]


def _lettre(rangee: Champs, maxi: int) -> Lettre:
    headers = {paire.texte("0"): paire.texte("1", ENTETE_MAX) for paire in rangee.rangees("0", 2, ENTETES_MAX)}
    return Lettre(headers, rangee.octets("2", maxi=maxi), rangee.entier("1", 0, 599))
