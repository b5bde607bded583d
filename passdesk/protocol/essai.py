"""The code of the calibration page: signed under key number 0, which no trust list may hold (ui/paper §7)."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION
from passdesk.protocol.pass_token import JOUR_ZERO, KID_ESSAI, signer_pass

_GRAINE = hashlib.sha256(b"PassDesk, page de reglage, sans valeur").digest()
"""Anybody can sign with it: what it signs is worth nothing, and every place answers `inconnu`."""


def code_d_essai() -> str:
    """The 177 digits of a test code, always the same; its last day was over before the first carnet."""
    cle = Ed25519PrivateKey.from_private_bytes(_GRAINE)
    token = signer_pass(
        cle, campagne=CAMPAGNE_DEMONSTRATION, kid=KID_ESSAI, carnet=0, taille=5, rang=1, dernier_jour=JOUR_ZERO
    )
    return token.texte
