"""Further secrets of the index: chained over key v1, sealed to one device and no other."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import index_renouvele
from passdesk.protocol.index_renouvele import cle_renouvelee, ouvrir_suite, sceller_suite

SUITE = (bytes(range(32)), bytes(range(32, 64)))


def test_the_key_of_each_version_is_frozen() -> None:
    """Computed apart: `openssl dgst -sha256 -mac HMAC -macopt hexkey:…` over b"PassDesk-index/2\\0" and the key."""
    cle = bytes(range(100, 116))
    assert cle_renouvelee(cle, ()) == cle
    assert cle_renouvelee(cle, SUITE[:1]).hex() == "525bd54ca17d487527f155cc647b7c15"
    assert cle_renouvelee(cle, SUITE).hex() == "6ab6dde1def3a1b640e160bb2f8cae65"


def test_the_secrets_open_at_the_device_they_were_sealed_to() -> None:
    for graine in range(20):
        requete = Ed25519PrivateKey.from_private_bytes(bytes([graine]) * 32)
        scelle = sceller_suite(SUITE, requete.public_key().public_bytes_raw(), "poste-1")
        assert ouvrir_suite(scelle, requete, "poste-1") == SUITE
        assert not any(secret in scelle for secret in SUITE)
    for autre, device in ((requete, "poste-2"), (Ed25519PrivateKey.generate(), "poste-1")):
        with pytest.raises(SaisieRefusee):
            ouvrir_suite(scelle, autre, device)


@pytest.mark.parametrize("suite", [(), (b"court",), (bytes(32),) * 65])
def test_a_suite_of_another_length_is_refused(suite: tuple[bytes, ...]) -> None:
    requete = Ed25519PrivateKey.generate()
    scelle = sceller_suite(suite, requete.public_key().public_bytes_raw(), "poste-1")
    with pytest.raises(SaisieRefusee):
        ouvrir_suite(scelle, requete, "poste-1")


def test_the_montgomery_form_is_that_of_the_scalar() -> None:
    requete = Ed25519PrivateKey.generate()
    publique = index_renouvele.cle_publique_x25519(requete.public_key().public_bytes_raw())
    assert publique.public_bytes_raw() == index_renouvele.cle_privee_x25519(requete).public_key().public_bytes_raw()
