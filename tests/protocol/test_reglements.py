"""The publication of a règlement: its bytes are frozen, and every change of them is refused."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.protocol.certificat import signer_publication
from passdesk.protocol.evenements import ReglementPublie, encode_evenement, lire_evenement
from passdesk.protocol.reglements import message_reglement, signer_reglement, verifier_reglement

RACINE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLICATION = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
LIEN = signer_publication(RACINE, PUBLICATION.public_key().public_bytes_raw(), date(2027, 2, 21))
PUBLIEE = signer_reglement(
    PUBLICATION, LIEN, reglement="2026-10-15", octets=b"schema = 2\n", executoire_le=date(2026, 12, 1), generation=1
)
RACINE_PUBLIQUE = RACINE.public_key().public_bytes_raw()


def test_the_bytes_signed_and_sent_are_frozen() -> None:
    empreinte = hashlib.sha256(b"schema = 2\n").digest()
    signes = message_reglement("2026-10-15", empreinte, date(2026, 12, 1), 1)
    assert signes.startswith(b"PassDesk-reglement/1\0\xa4")
    assert hashlib.sha256(signes).hexdigest() == "0f5b49b52df11494b4ba21bbffabfef118a4a33158c9064a0fa6a964d22e6ec6"
    assert PUBLIEE.signature == bytes.fromhex(
        "ffa7c1bae7b6a52c660e1beac260c4f13137207cefbfcf78f3946be038699188"
        "1088d22c8a3ba7717ff24bdf9bbe1737bda4eb7aa13beb4df18300e952ebf80a"
    )
    type_, octets = encode_evenement(PUBLIEE)
    assert type_ == "reglement"
    assert hashlib.sha256(octets).hexdigest() == "e0287e0395ab7804287ad29d4a4639b96c7e58ea11c4b76a6c2266827cfd153d"
    assert lire_evenement(type_, octets) == PUBLIEE


def test_what_the_region_published_holds_up_to_the_root() -> None:
    assert verifier_reglement(PUBLIEE, RACINE_PUBLIQUE) is None


@pytest.mark.parametrize(
    ("change", "raison"),
    [
        ({"reglement": "2026-10-16"}, "signature"),
        ({"generation": 2}, "signature"),
        ({"executoire_le": date(2026, 11, 30)}, "signature"),
        ({"empreinte": bytes(32)}, "signature"),
        ({"signature": bytes(64)}, "signature"),
        ({"octets": b"schema = 1\n"}, "empreinte"),
        ({"lien": replace(LIEN, dernier_jour=date(2030, 1, 1))}, "cle_inconnue"),
        ({"lien": replace(LIEN, cle=RACINE_PUBLIQUE)}, "cle_inconnue"),
    ],
    ids=str,
)
def test_any_change_is_named(change: dict, raison: str) -> None:
    autre: ReglementPublie = replace(PUBLIEE, **change)
    assert verifier_reglement(autre, RACINE_PUBLIQUE) == raison


def test_another_root_knows_nothing_of_it() -> None:
    assert verifier_reglement(PUBLIEE, PUBLICATION.public_key().public_bytes_raw()) == "cle_inconnue"
