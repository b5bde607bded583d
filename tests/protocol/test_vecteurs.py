"""Each message, event and operation, byte for byte as it was first shipped: no form changes unseen."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from passdesk.protocol import evenements
from passdesk.protocol.evenements import Evenement, EvenementInconnu, lire_evenement
from passdesk.protocol.messages import REFUSAL_STATUS, VERSION, VERSION_REPONSE, read_header
from passdesk.protocol.operations import TypeOperation, verifier_corps
from tests.protocol.modeles import EVENEMENTS, FICHIER, MESSAGES, OPERATIONS, SEL, H, vecteurs

GARDES: dict[str, str] = json.loads(FICHIER.read_text(encoding="ascii"))


def test_what_is_written_today_is_what_was_written_then() -> None:
    assert vecteurs() == GARDES


def test_there_is_one_of_each() -> None:
    assert {type(evenement) for evenement in EVENEMENTS} == set(get_args(Evenement)) - {EvenementInconnu}
    assert {nom.partition(" ")[2] for nom in GARDES if nom.startswith("evenement ")} == set(evenements._LECTEURS)
    assert set(OPERATIONS) == {str(type_) for type_ in TypeOperation}
    assert {f"requete-{v}" for v in range(1, VERSION + 1)} <= set(MESSAGES)
    assert {f"reponse-{v}" for v in range(1, VERSION_REPONSE + 1)} <= set(MESSAGES)
    assert {f"refus-{code}" for code in REFUSAL_STATUS} <= set(MESSAGES)


@pytest.mark.parametrize("nom", MESSAGES)
def test_a_message_of_then_is_still_read(nom: str) -> None:
    _, lire, valeur = MESSAGES[nom]
    assert lire(bytes.fromhex(GARDES[f"message {nom}"])) == valeur


@pytest.mark.parametrize("evenement", EVENEMENTS, ids=lambda e: type(e).__name__)
def test_an_event_of_then_is_still_read(evenement: Evenement) -> None:
    type_, _ = evenements.encode_evenement(evenement)
    assert lire_evenement(type_, bytes.fromhex(GARDES[f"evenement {type_}"])) == evenement


@pytest.mark.parametrize("type_", OPERATIONS)
def test_an_operation_of_then_still_has_its_hash_and_its_body(type_: str) -> None:
    entete, empreinte, corps = (bytes.fromhex(partie) for partie in GARDES[f"operation {type_}"].split())
    lu = read_header(entete, H)
    assert (lu.type, lu.hash) == (type_, empreinte)
    assert verifier_corps(lu, SEL, corps)
