"""The signatures of the carnets of this desk: the same every time (protocol §2)."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.carnet import Carnet
from passdesk.domain.erreurs import BaseFermee
from passdesk.protocol.pass_token import PassToken, signer_pass
from passdesk.services.poste import Poste
from passdesk.storage import appareil


def cle_du_carnet(poste: Poste, carnet: Carnet) -> Ed25519PrivateKey | None:
    """The key that signs it, None on a desk that does not hold it (no more), or whose keys are damaged."""
    try:
        secrets = appareil.lire_appareil(poste.dossier, poste.cle)
    except BaseFermee:
        return None
    return secrets.cle_pass(carnet.kid) if secrets is not None else None


def signer(cle: Ed25519PrivateKey, carnet: Carnet, rang: int) -> PassToken:
    """The pass of this rank. ValueError (a bug) for a rank that the carnet does not have."""
    return signer_pass(
        cle,
        campagne=carnet.campagne,
        kid=carnet.kid,
        carnet=carnet.numero,
        taille=carnet.taille,
        rang=rang,
        dernier_jour=carnet.dernier_jour,
    )
