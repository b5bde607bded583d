"""What the Region last acknowledged, with its own signature: whoever holds the data key cannot make it say otherwise.

Kept in the base as it came. A log written over, each hash computed again, follows its own chain; it is not the one that
the Region signed for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.messages import Have, Refusal, decode_answer
from passdesk.protocol.signatures import SignedRequest, verify_answer
from passdesk.storage import poste
from passdesk.storage.engine import Base
from passdesk.storage.pilote import Database

NOM = "acquit_signe"
CLE_REPONSE = "cle_reponse"
CORPS_MAX = 64 * 1024
"""Bytes of an answer worth keeping: the last one of an exchange says the same, and is short."""


@dataclass(frozen=True, slots=True)
class Reponse:
    """An answer of the Region as it came, to the request that it signs for."""

    demande: SignedRequest = field(repr=False)
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class AcquitFalsifie(Exception):
    """What is kept does not bear the Region's signature."""


def garder(base: Base, reponse: Reponse) -> None:
    """Keeps the answer, in the place of the one before; a long one is let go."""
    if len(reponse.body) <= CORPS_MAX:
        demande = reponse.demande
        contenu = {
            "method": demande.method,
            "url": demande.url,
            "demande": dict(demande.headers),
            "status": reponse.status,
            "reponse": dict(reponse.headers),
            "body": reponse.body,
        }
        poste.ecrire_octets(base, NOM, canonique.encode(contenu))


def lire(db: Database) -> Have | None:
    """How far the Region signed that it holds this log; None before any exchange. Raises AcquitFalsifie."""
    lus = dict(db.execute("SELECT nom, octets FROM poste WHERE nom IN (?, ?)", _NOMS).fetchall())
    garde, cle = lus.get(NOM), lus.get(CLE_REPONSE)
    if garde is None:
        return None
    try:
        lu = canonique.decode(garde, taille_max=4 * CORPS_MAX)
        demande = SignedRequest(lu["method"], lu["url"], lu["demande"], b"")
        verify_answer(
            Ed25519PublicKey.from_public_bytes(cle or b""),
            request=demande,
            status=lu["status"],
            headers=lu["reponse"],
            body=lu["body"],
        )
        reponse = decode_answer(lu["body"])
    except (PanneAttendue, SaisieRefusee, ValueError, TypeError, KeyError, AttributeError):
        raise AcquitFalsifie from None
    if isinstance(reponse, Refusal):
        raise AcquitFalsifie
    return reponse.have


def oublier_si_absent(base: Base) -> None:
    """The log that this base holds now does not go that far: a new epoch says so, and the next exchange signs again."""
    try:
        have = lire(base.db)
    except AcquitFalsifie:
        have = None
    else:
        if have is None or hash_de(base.db, have) == have.hash or not have.seq:
            return
    poste.ecrire_octets(base, NOM, None)


def hash_de(db: Database, have: Have) -> bytes | None:
    """The hash that the log has in that place."""
    trouvee = db.execute("SELECT hash FROM operation WHERE epoch = ? AND seq = ?", [have.epoch, have.seq]).fetchone()
    return trouvee[0] if trouvee else None


_NOMS = [NOM, CLE_REPONSE]
