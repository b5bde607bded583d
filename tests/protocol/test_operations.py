"""One writing for each value; a chain in which nothing can be changed, dropped or moved; bodies that can be erased."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique, enrolement, messages
from passdesk.protocol.compact import compacter
from passdesk.protocol.operations import (
    HASH_RACINE,
    Entete,
    Operation,
    Rupture,
    Tete,
    TypeOperation,
    sceller_operation,
    tete_apres,
    verifier_chaine,
    verifier_corps,
)

FEUILLES = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.binary(max_size=8) | st.text(max_size=8)
CLES = st.text(max_size=30)
VALEURS = st.recursive(
    FEUILLES,
    lambda v: st.lists(v, max_size=4) | st.dictionaries(CLES, v, max_size=4) | st.dictionaries(
        st.integers(0, 2**32), v, max_size=4
    ),
    max_leaves=12,
)  # fmt: skip


@given(VALEURS)
def test_what_is_written_is_read_back(valeur: Any) -> None:
    assert canonique.decode(canonique.encode(valeur)) == valeur


@given(st.dictionaries(CLES, st.integers(0, 9), min_size=2, max_size=6))
def test_keys_stand_in_bytewise_order(carte: dict[str, int]) -> None:
    # RFC 8949 §4.2.1: bytewise lexicographic order of the encoded keys, however the map was filled.
    ecrit = canonique.encode(carte)
    attendu = b"".join(sorted(cbor2.dumps(cle) + cbor2.dumps(v) for cle, v in carte.items()))
    assert ecrit[1:] == attendu
    assert canonique.encode(dict(reversed(carte.items()))) == ecrit


@given(st.dictionaries(CLES, VALEURS, max_size=5) | st.dictionaries(st.integers(0, 2**64 - 1), VALEURS, max_size=5))
def test_keys_in_any_other_order_are_refused(carte: dict[Any, Any]) -> None:
    # Written in the order in which they come, which may be the right one.
    ecrit = cbor2.dumps(carte)
    try:
        assert canonique.decode(ecrit) == carte
        assert ecrit == canonique.encode(carte)
    except SaisieRefusee:
        assert ecrit != canonique.encode(carte)


@pytest.mark.parametrize(
    "octets",
    [
        b"", b"\x18\x01", b"\x01\x01", b"\x9f\xff", b"\xbf\xff", b"\x7f\x61a\xff", b"\xa2aa\x01aa\x02",
        b"\xa2ab\x01aa\x02",
        b"\xf9\x3c\x00", b"\xfb" + bytes(8), b"\xc1\x01", b"\xc2\x41\x01", b"\xf7", b"\xa1\x01", b"\x62\xff\xff",
        b"\xa2\x01\x01aa\x01", b"\xa2\x18\x18\x01\x02\x01", b"\xa1\x20\x01", b"\xa1\xc2\x49\x01" + bytes(8) + b"\x01",
        b"\xa2baa\x01ab\x02", b"\x81\xa1aa\xa2ab\x01aa\x02",
        b"\x81" * 40 + b"\x01", b"\x81" * 100_000, b"\x9b" + b"\xff" * 8, b"\xd8\x1d\x00",
    ],
)  # fmt: skip
def test_any_other_writing_is_refused(octets: bytes) -> None:
    with pytest.raises(SaisieRefusee) as trouble:
        canonique.decode(octets)
    assert trouble.value.code == "message_illisible"


@given(st.binary(max_size=64))
def test_no_bytes_break_the_reader(octets: bytes) -> None:
    try:
        assert canonique.encode(canonique.decode(octets)) == octets
    except SaisieRefusee as trouble:
        assert trouble.code == "message_illisible"


def _membres(valeur: Any) -> int:
    if isinstance(valeur, list):
        return 1 + sum(map(_membres, valeur))
    if isinstance(valeur, dict):
        return 1 + len(valeur) + sum(map(_membres, valeur.values()))
    return 1


@given(VALEURS, st.integers(1, 300))
def test_members_are_counted_without_being_made(valeur: Any, long: int) -> None:
    for lu in (valeur, [valeur, b"\xa0" * long, "\xe9" * long]):
        octets, nombre = canonique.encode(lu), _membres(lu)
        assert canonique.decode(octets, membres_max=nombre) == lu
        with pytest.raises(SaisieRefusee):
            canonique.decode(octets, membres_max=nombre - 1) if len(octets) > nombre - 1 else canonique.decode(b"")


@pytest.mark.parametrize("membre", [b"\xa0", b"\x80", b"\x00", b"\x60", b"\x40", b"\xf6"])
def test_a_crowd_of_members_is_refused_before_any_is_made(membre: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mebibyte of empty maps took half a minute to read, and a hundred and fifty of memory."""

    def lire(*_: object, **__: object) -> object:
        raise AssertionError("read all the same")

    monkeypatch.setattr(cbor2, "loads", lire)

    def foule(nombre: int) -> bytes:
        return b"\x9a" + nombre.to_bytes(4, "big") + membre * nombre

    acte = sceller_operation(Tete(1), op_id="o", type="t", agent_id="a", subject_id="s", wall=0,
                             corps=foule(1 << 14), sel=bytes(32))  # fmt: skip
    lectures: list[Callable[[], object]] = [
        lambda: canonique.decode(foule(1 << 18)),
        acte.contenu,
        lambda: messages.decode_request(foule(1 << 14)),
        lambda: messages.decode_request(compacter(foule(1 << 21))),
        lambda: enrolement.decode_request(foule(1 << 12)),
        lambda: enrolement.decode_poll(foule(1 << 12)),
    ]
    for lecture in lectures:
        with pytest.raises(SaisieRefusee) as refus:
            lecture()
        assert refus.value.code == "message_illisible"


def test_size_is_bounded_before_reading() -> None:
    with pytest.raises(SaisieRefusee):
        canonique.decode(canonique.encode(b"x" * 200), taille_max=200)


@pytest.mark.parametrize("valeur", [1.5, {1.5: 1}, {"a": 1, 2: 3}, {-1: 0}, 2**64, {1, 2}, object(), bytearray(b"x")])
def test_what_has_no_single_writing_is_not_written(valeur: object) -> None:
    with pytest.raises(TypeError):
        canonique.encode(valeur)


def _journal(nombre: int = 5, epoch: int = 1) -> list[Operation]:
    tete, faites = Tete(epoch), []
    for rang in range(nombre):
        operation = sceller_operation(
            tete, op_id=f"op-{rang}", type=TypeOperation.PERSONNE_ENREGISTRER, agent_id="agent", subject_id=f"p{rang}",
            wall=1_700_000_000_000 + rang, corps={"nom_naissance": f"Nom {rang}"}, sel=bytes([rang]) * 32,
        )  # fmt: skip
        faites.append(operation)
        tete = tete_apres(operation.entete)
    return faites


def test_hashes_are_those_of_the_protocol() -> None:
    premiere, seconde = _journal(2)
    entete = seconde.entete
    assert entete.commitment == hashlib.sha256(b"\x01" * 32 + (seconde.corps or b"")).digest()
    champs = [1, 2, "op-1", "personne.enregistrer", 1, "agent", "p1", 1_700_000_000_001, entete.commitment]
    assert entete.hash == hashlib.sha256(premiere.entete.hash + cbor2.dumps(champs, canonical=True)).digest()
    assert premiere.entete.prev_hash == HASH_RACINE == bytes(32)


def test_a_frozen_vector() -> None:
    # Frozen: the hash of a given operation never changes from one program to the next.
    operation = sceller_operation(
        Tete(1), op_id="01890000-0000-7000-8000-000000000001", type="attribution.accorder", agent_id="a",
        subject_id="p", wall=1_795_000_000_000, corps={"pass": 10, "carnets": [], "empreinte": b"\x00"}, sel=bytes(32),
    )  # fmt: skip
    assert (operation.corps or b"").hex() == "a364706173730a676361726e6574738069656d707265696e74654100"
    assert operation.entete.hash.hex() == "bb57c2f410f99cf33677dbd8db368ed0e045ebe97248935c7c0405df7097dc82"


def _rupture(entetes: list[Entete], tete: Tete | None = None) -> str | None:
    rupture = verifier_chaine(entetes, tete or Tete(1))
    return rupture.raison if rupture else None


def test_a_sound_chain_from_any_point() -> None:
    entetes = [operation.entete for operation in _journal()]
    assert verifier_chaine(entetes, Tete(1)) is None
    assert verifier_chaine(entetes[2:], tete_apres(entetes[1])) is None
    assert verifier_chaine([], Tete(4)) is None


@pytest.mark.parametrize("champ", [f.name for f in fields(Entete)])
def test_any_changed_field_breaks_the_chain(champ: str) -> None:
    entetes = [operation.entete for operation in _journal()]
    valeur = getattr(entetes[2], champ)
    autre = (
        valeur + 1 if isinstance(valeur, int) else bytes(31) + b"\x01" if isinstance(valeur, bytes) else valeur + "x"
    )
    entetes[2] = replace(entetes[2], **{champ: autre})
    rupture = verifier_chaine(entetes, Tete(1))
    assert rupture is not None
    assert rupture.seq in (3, 4)


def test_dropped_moved_or_foreign_operations_are_seen() -> None:
    entetes = [operation.entete for operation in _journal()]
    assert verifier_chaine([*entetes[:2], *entetes[3:]], Tete(1)) == Rupture(1, 4, "suite")
    assert _rupture([entetes[0], entetes[2], entetes[1]]) == "suite"
    assert _rupture([*entetes[:2], _journal(5, epoch=2)[2].entete]) == "epoque"
    assert _rupture(entetes[2:], Tete(1, 2, bytes(32))) == "chaine"
    assert _rupture(entetes, Tete(1, 1, entetes[0].hash)) == "suite"


@given(st.integers(0, 10_000))
def test_any_changed_body_or_salt_byte_is_seen(rang: int) -> None:
    operation = _journal(1)[0]
    assert operation.sel is not None
    assert operation.corps is not None
    tout = bytearray(operation.sel + operation.corps)
    tout[rang % len(tout)] ^= 1 + rang % 255
    assert verifier_corps(operation.entete, operation.sel, operation.corps)
    assert not verifier_corps(operation.entete, bytes(tout[:32]), bytes(tout[32:]))


def test_erased_bodies_keep_the_chain() -> None:
    operations = [replace(operation, sel=None, corps=None) for operation in _journal()]
    assert all(operation.efface for operation in operations)
    assert verifier_chaine((operation.entete for operation in operations), Tete(1)) is None
    entete = operations[0].entete
    assert verifier_corps(entete, None, None)
    assert not verifier_corps(entete, None, b"")
    assert not verifier_corps(entete, b"s" * 32, None)
    with pytest.raises(SaisieRefusee):
        operations[0].contenu()


def test_a_type_of_a_newer_desk_is_carried() -> None:
    operation = sceller_operation(
        Tete(1), op_id="o", type="carnet.plier", agent_id="a", subject_id="s", wall=0, corps={}, sel=bytes(32), v=9
    )
    relu = Entete.depuis_fil(canonique.decode(canonique.encode(operation.entete.vers_fil())))
    assert relu == operation.entete
    assert verifier_chaine([relu], Tete(1)) is None


@pytest.mark.parametrize(
    ("rang", "valeur"),
    [
        (0, 0), (0, True), (0, 2**32), (1, 0), (1, "1"), (2, ""), (2, "x" * 65), (3, b"type"), (4, 0), (7, -1),
        (7, 2**53),
        (8, b"x" * 31), (9, None), (10, "x" * 32),
    ],
)  # fmt: skip
def test_a_header_of_another_shape_is_refused(rang: int, valeur: object) -> None:
    champs = _journal(1)[0].entete.vers_fil()
    assert Entete.depuis_fil(list(champs)).seq == 1
    champs[rang] = valeur
    for lu in (champs, champs[:-1], [*champs, 1], {"epoch": 1}, None):
        with pytest.raises(SaisieRefusee) as trouble:
            Entete.depuis_fil(lu)
        assert trouble.value.code == "operation_illisible"


def test_the_list_of_types_is_the_one_of_the_protocol() -> None:
    assert len(TypeOperation) == 26
    assert {genre.partition(".")[0] for genre in TypeOperation} == {
        "personne", "demande", "justificatif", "accompagnement", "attribution", "carnet", "lot", "litige", "agent",
        "poste",
    }  # fmt: skip


def test_salt_and_size_are_checked_when_sealing() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sceller_operation(Tete(1), op_id="o", type="x", agent_id="a", subject_id="s", wall=0, corps={}, sel=b"court")
    with pytest.raises(ValueError, match="too large"):
        sceller_operation(
            Tete(1),
            op_id="o",
            type="x",
            agent_id="a",
            subject_id="s",
            wall=0,
            corps={"n": b"x" * (1 << 20)},
            sel=bytes(32),
        )


def test_bodies_do_not_show_in_a_repr() -> None:
    assert "Nom 0" not in repr(_journal(1))
