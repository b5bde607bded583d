"""The state digest: sixteen blocks at most, the same on both sides whatever the order, and a form that stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.etat import (
    BLOC,
    BLOCS_MAX,
    MODULE,
    Bloc,
    EtatRegion,
    bloc_de,
    empreinte,
    empreinte_index,
    largeur_pour,
    rang_de,
)
from passdesk.protocol.evenements import IndexAjout, encode_evenement
from passdesk.protocol.messages import Have, SyncAnswer, decode_answer, encode_answer

ETAT = EtatRegion(BLOC, (Bloc(2, 5), Bloc(), Bloc(1, MODULE - 1)), 12)
REPONSE = SyncAnswer(Have(1, 4, bytes(32)), (), (), 600, False, 1, 0, version=2, etat=ETAT)


def test_the_hash_of_an_event_never_changes() -> None:
    assert empreinte(7, "lot.attribue", b"\xa0") == 0x0D35DD5BA4
    assert empreinte(1, "index.ajout", b"") != empreinte(2, "index.ajout", b"")


@given(st.binary(min_size=16, max_size=16), st.integers(-10, 10), st.dates(), st.text(max_size=120))
def test_an_award_hashes_the_same_from_its_row_and_from_its_event(
    cle: bytes, passes: int, le: date, poste: str
) -> None:
    evenement = encode_evenement(IndexAjout(cle, passes, le, poste))
    assert empreinte_index(9, cle, passes, le.isoformat(), poste) == empreinte(9, *evenement)


@given(st.integers(0, 2**45))
def test_sixteen_blocks_reach_any_place(cursor: int) -> None:
    largeur = largeur_pour(cursor)
    assert largeur & (largeur - 1) == 0
    assert largeur % BLOC == 0
    assert rang_de(max(cursor, 1), largeur) < BLOCS_MAX
    assert largeur == BLOC or rang_de(cursor, largeur // 2) >= BLOCS_MAX


@given(st.lists(st.integers(0, MODULE - 1)), st.integers(0, 20))
def test_the_order_and_the_parts_of_a_sum_do_not_matter(empreintes: list[int], coupe: int) -> None:
    tout = bloc_de(empreintes)
    assert bloc_de(reversed(empreintes)) == tout
    assert bloc_de(empreintes[:coupe]).plus(bloc_de(empreintes[coupe:])) == tout


def test_a_digest_travels_and_its_absence_too() -> None:
    assert decode_answer(encode_answer(REPONSE)) == REPONSE
    sans = replace(REPONSE, etat=None)
    assert decode_answer(encode_answer(sans)) == sans


def test_an_answer_of_the_first_version_has_no_such_field() -> None:
    assert b"etat" not in encode_answer(replace(REPONSE, version=1))
    assert decode_answer(encode_answer(replace(REPONSE, version=1))) == replace(REPONSE, version=1, etat=None)


@pytest.mark.parametrize(
    "etat",
    [
        {"largeur": 255, "blocs": [], "confiance": 0},
        {"largeur": 300, "blocs": [], "confiance": 0},
        {"largeur": 256, "blocs": [[0, 0]] * 17, "confiance": 0},
        {"largeur": 256, "blocs": [[257, 0]], "confiance": 0},
        {"largeur": 256, "blocs": [[0, MODULE]], "confiance": 0},
        {"largeur": 256, "blocs": [[0]], "confiance": 0},
        {"largeur": 256, "blocs": []},
        {"largeur": 256, "blocs": [], "confiance": 0, "autre": 1},
        [],
    ],
)
def test_what_no_digest_says_is_refused(etat: object) -> None:
    carte = canonique.decode(encode_answer(REPONSE))
    with pytest.raises(SaisieRefusee):
        decode_answer(canonique.encode({**carte, "etat": etat}))
