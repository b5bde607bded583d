"""A courier as a file: what a program of yesterday wrote opens today, and nothing else does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique, courrier
from passdesk.protocol.courrier import (
    MESSAGES_MAX,
    Lettre,
    ecrire_courrier,
    ecrire_reponse,
    lire_courrier,
    lire_reponse,
)
from passdesk.protocol.scellement import seal_secret

VECTEURS = json.loads(Path(__file__).with_name("vecteurs_courrier.json").read_text(encoding="ascii"))
REGION = X25519PrivateKey.from_private_bytes(bytes(range(32)))
APPAREIL = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
ALLER = (Lettre({"x-passdesk-device": "d1"}, b"demande"), Lettre({}, b""))
RETOUR = (Lettre({"x-passdesk-counter": "7"}, b"reponse", 200),)


def _refus(octets: bytes) -> str:
    with pytest.raises(SaisieRefusee) as refus:
        lire_courrier(octets, REGION)
    return refus.value.code


def _sceller(valeur: object) -> bytes:
    domaine = courrier._ALLER
    return domaine + seal_secret(canonique.encode(valeur), REGION.public_key(), contexte=domaine)


def test_files_already_written_open() -> None:
    assert lire_courrier(bytes.fromhex(VECTEURS["aller"]), REGION) == ALLER
    assert lire_reponse(bytes.fromhex(VECTEURS["retour"]), APPAREIL, "d1") == RETOUR


def test_each_opens_for_one_and_never_in_the_place_of_the_other() -> None:
    aller = ecrire_courrier(ALLER, REGION.public_key())
    retour = ecrire_reponse(RETOUR, APPAREIL.public_key().public_bytes_raw(), "d1")
    assert aller != ecrire_courrier(ALLER, REGION.public_key()), "two couriers of the same acts do not look alike"
    assert lire_courrier(aller, REGION) == ALLER
    assert _refus(retour) == "courrier_reponse"
    for octets, device, code in ((aller, "d1", "courrier_aller"), (retour, "d2", "courrier_illisible")):
        with pytest.raises(SaisieRefusee) as refus:
            lire_reponse(octets, APPAREIL, device)
        assert refus.value.code == code
    with pytest.raises(SaisieRefusee):
        lire_courrier(aller, X25519PrivateKey.generate())


@pytest.mark.parametrize(
    "valeur",
    [
        {"v": 1, "lettres": []},
        {"v": 1, "lettres": [[[], 0, b""]] * (MESSAGES_MAX + 1)},
        {"v": 1, "lettres": [[[["x", "1"]] * 33, 0, b""]]},
        {"v": 1, "lettres": [[[["x", "1" * 5000]], 0, b""]]},
        {"v": 1, "lettres": [[[], 700, b""]]},
        {"v": 1, "lettres": [[[], 0]]},
        {"v": 1, "lettres": [[[], 0, b""]], "autre": 1},
        {"v": 0, "lettres": [[[], 0, b""]]},
        [1, 2],
    ],
    ids=["none", "many", "headers", "header", "status", "short", "more", "version", "list"],
)
def test_what_is_not_written_so_is_no_courier(valeur: object) -> None:
    assert _refus(_sceller(valeur)) == "courrier_illisible"


def test_one_of_a_program_to_come_says_so() -> None:
    assert _refus(_sceller({"v": 2, "lettres": [[[], 0, b""]]})) == "courrier_recent"
