"""Sync messages: what is written is read, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.compact import DEBUT, decomprimer, etendre
from passdesk.protocol.messages import (
    ANSWER_MAX,
    REFUSAL_STATUS,
    REQUEST_MAX,
    VERSION,
    Event,
    Have,
    Outcome,
    Refusal,
    SyncAnswer,
    SyncRequest,
    chain_hash,
    decode_answer,
    decode_request,
    encode_answer,
    encode_request,
    header_bytes,
    read_header,
)
from passdesk.protocol.operations import Tete, sceller_operation

_entier = st.integers(1, 2**53)
_hash = st.binary(min_size=32, max_size=32)
REQUESTS = st.builds(
    SyncRequest,
    device=st.text(min_size=1, max_size=64),
    epoch=st.integers(1, 2**31 - 1),
    head_seq=_entier,
    head_hash=_hash,
    head_sig=st.binary(min_size=64, max_size=64),
    cursor=_entier,
    server_epoch=_entier,
    counter=_entier,
    app=st.text(max_size=64),
    first_seq=_entier,
    prev_hash=_hash,
    headers=st.lists(st.binary(max_size=80), max_size=4).map(tuple),
    bodies=st.binary(max_size=200),
    etat=st.booleans(),
)
ANSWERS = st.builds(
    SyncAnswer,
    have=st.builds(Have, _entier, _entier, _hash),
    outcomes=st.lists(
        st.builds(
            Outcome,
            _entier,
            st.sampled_from(["appliquee", "en_attente", "litige"]),
            st.none() | st.text(max_size=20),
            st.none() | st.text(max_size=20),
        ),
        max_size=4,
    ).map(tuple),
    events=st.lists(st.builds(Event, _entier, st.text(max_size=20), st.binary(max_size=50)), max_size=4).map(tuple),
    cursor=_entier,
    more=st.booleans(),
    server_epoch=_entier,
    server_time=_entier,
    fork=st.booleans(),
)

REQUEST = SyncRequest("poste-1", 1, 2, b"h" * 32, b"s" * 64, 3, 4, 5, "0.1", 2, b"p" * 32, (b"en-tete",), b"scelle")


@given(REQUESTS)
def test_a_request_is_read_as_it_was_written(request: SyncRequest) -> None:
    assert decode_request(encode_request(request)) == request


@given(ANSWERS | st.builds(Refusal, st.sampled_from(sorted(REFUSAL_STATUS)), _entier, _entier))
def test_an_answer_is_read_as_it_was_written(answer: SyncAnswer | Refusal) -> None:
    assert decode_answer(encode_answer(answer)) == answer


@given(st.binary(max_size=300))
def test_noise_is_refused_and_never_breaks_anything(bruit: bytes) -> None:
    for decode in (decode_request, decode_answer):
        with pytest.raises(SaisieRefusee):
            decode(bruit)


@given(ANSWERS, st.data())
def test_a_changed_byte_is_refused_or_reads_as_another_answer(answer: SyncAnswer, data: st.DataObject) -> None:
    octets = bytearray(etendre(encode_answer(answer), ANSWER_MAX))
    rang = data.draw(st.integers(0, len(octets) - 1))
    octets[rang] ^= data.draw(st.integers(1, 255))
    try:
        autre = decode_answer(bytes(octets))
    except SaisieRefusee:
        return
    assert autre != answer


@pytest.mark.parametrize(
    "changer",
    [
        lambda carte: carte.pop("cursor"),
        lambda carte: carte.update(surplus=1),
        lambda carte: carte.update(epoch=0),
        lambda carte: carte.update(epoch=True),
        lambda carte: carte.update(counter=-1),
        lambda carte: carte.update(counter="5"),
        lambda carte: carte.update(head_sig=b"court"),
        lambda carte: carte.update(device="x" * 65),
        lambda carte: carte.update(ops=[b"x" * 4097]),
        lambda carte: carte.update(ops=[b""] * 4097),
        lambda carte: carte.update(ops={"0": b""}),
        lambda carte: carte.update(v=0),
        lambda carte: carte.update(corps=None),
    ],
)
def test_a_request_out_of_bounds_is_refused(changer: Callable[[dict[str, Any]], object]) -> None:
    carte = canonique.decode(etendre(encode_request(REQUEST), REQUEST_MAX))
    changer(carte)
    with pytest.raises(SaisieRefusee) as refus:
        decode_request(canonique.encode(carte))
    assert refus.value.code == "message_illisible"


def test_a_value_written_once_and_referred_to_is_refused_without_being_walked() -> None:
    """RFC 8949 tags 28 and 29: eleven lists of ten references each stand for 10^11 members in four hundred bytes."""
    etages = [b"\xd8\x1c\x80"] + [b"\xd8\x1c\x8a" + (b"\xd8\x1d" + bytes([rang])) * 10 for rang in range(11)]
    octets = bytes([0x80 + len(etages)]) + b"".join(etages)
    with pytest.raises(SaisieRefusee) as refus:
        canonique.decode(octets)
    assert refus.value.code == "message_illisible"


def test_a_newer_message_says_so_whatever_it_holds() -> None:
    with pytest.raises(SaisieRefusee) as refus:
        decode_request(canonique.encode({"v": VERSION + 1, "autre": []}))
    assert refus.value.code == "version_recente"


def test_a_header_travels_as_the_bytes_that_its_hash_covers() -> None:
    operation = sceller_operation(
        Tete(3, 6, b"a" * 32),
        op_id="op",
        type="personne.enregistrer",
        agent_id="agent",
        subject_id="p",
        wall=1,
        corps={"nom_naissance": "Ngoma"},
        sel=bytes(32),
    )
    octets = header_bytes(operation.entete)
    assert read_header(octets, b"a" * 32) == operation.entete
    assert chain_hash(b"a" * 32, octets) == operation.entete.hash
    assert read_header(octets, b"b" * 32).hash != operation.entete.hash


def _longue() -> SyncRequest:
    return replace(REQUEST, headers=tuple(b"un en-tete qui se ressemble %d" % rang for rang in range(200)))


def test_a_long_message_travels_in_fewer_bytes_and_a_plain_one_is_still_read() -> None:
    octets = encode_request(_longue())
    assert octets.startswith(DEBUT) and len(octets) < 3000
    clair = decomprimer(octets, REQUEST_MAX)
    assert decode_request(octets) == decode_request(clair) == _longue()
    refus = Refusal("code_refuse", 0, 1)
    assert not encode_answer(refus).startswith(DEBUT), "a short one would gain nothing"


@pytest.mark.parametrize("lire", [decode_request, decode_answer])
def test_a_message_that_swells_is_refused_by_its_size(lire: Callable[[bytes], object]) -> None:
    compresse = zstandard.ZstdCompressor()
    flux = compresse.compressobj()
    sans_taille = flux.compress(b"\0" * (ANSWER_MAX + 1)) + flux.flush()
    for octets in (compresse.compress(b"\0" * (ANSWER_MAX + 1)), sans_taille, compresse.compress(b"\xa0")[:-1]):
        with pytest.raises(SaisieRefusee, match="message_illisible"):
            lire(octets)
