"""A règlement as the Region publishes it: signed with the publication key, itself signed by the root (protocol §7).

Signed bytes: b"PassDesk-reglement/1\\0" ‖ CBOR map of id, empreinte (SHA-256 of the TOML), executoire_le, generation.
"""

from __future__ import annotations

import hashlib
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.protocol import canonique
from passdesk.protocol.certificat import LienPublication
from passdesk.protocol.evenements import ReglementPublie
from passdesk.protocol.pass_token import signature_bonne

_CONTEXTE = b"PassDesk-reglement/1\0"


def message_reglement(reglement: str, empreinte: bytes, executoire_le: date, generation: int) -> bytes:
    """What the publication key signs."""
    return _CONTEXTE + canonique.encode(
        {
            "id": reglement,
            "empreinte": empreinte,
            "executoire_le": executoire_le.isoformat(),
            "generation": generation,
        }
    )


def signer_reglement(
    cle: Ed25519PrivateKey,
    lien: LienPublication,
    *,
    reglement: str,
    octets: bytes,
    executoire_le: date,
    generation: int,
) -> ReglementPublie:
    """The event that tells desks a règlement; `octets` is its TOML, `lien` what the root signed of this key."""
    empreinte = hashlib.sha256(octets).digest()
    signature = cle.sign(message_reglement(reglement, empreinte, executoire_le, generation))
    return ReglementPublie(reglement, generation, executoire_le, empreinte, octets, lien, signature)


def verifier_reglement(publie: ReglementPublie, racine: bytes) -> str | None:
    """Why it is not what this root's Region published: "cle_inconnue", "signature" or "empreinte"; None when it is.

    The last day of the publication key bounds signing, not reading, as for the certificates of desks.
    """
    if not publie.lien.verifier(racine):
        return "cle_inconnue"
    message = message_reglement(publie.reglement, publie.empreinte, publie.executoire_le, publie.generation)
    if not signature_bonne(publie.lien.cle, publie.signature, message):
        return "signature"
    return None if hashlib.sha256(publie.octets).digest() == publie.empreinte else "empreinte"
