"""Short headers: the Region finds the very bytes that the hashes cover, or asks for them."""

from __future__ import annotations

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.abrege import abreger, completer
from passdesk.protocol.messages import SyncRequest, decode_request, encode_request, header_bytes
from passdesk.protocol.operations import Operation, Tete, sceller_operation, tete_apres
from passdesk.protocol.scellement import Corps


def _operations(nombre: int) -> list[Operation]:
    tete, faites = Tete(1), []
    for rang in range(nombre):
        faites.append(
            sceller_operation(
                tete,
                op_id=f"op-{rang}",
                type="personne.enregistrer",
                agent_id="agent",
                subject_id=f"p{rang}",
                wall=rang,
                corps={"nom_naissance": f"Nom{rang}"},
                sel=bytes([rang]) * 32,
            )
        )
        tete = tete_apres(faites[-1].entete)
    return faites


OPERATIONS = _operations(4)
CORPS = [Corps(o.sel, o.corps) if o.sel and o.corps else None for o in OPERATIONS]
DEMANDE = SyncRequest(
    "poste-1", 1, 4, b"h" * 32, b"s" * 64, 3, 4, 5, "0.1", headers=tuple(header_bytes(o.entete) for o in OPERATIONS)
)


def test_what_travels_short_is_found_whole() -> None:
    courte = abreger(DEMANDE, CORPS)
    assert [len(avant) - len(apres) for avant, apres in zip(DEMANDE.headers, courte.headers, strict=True)] == [32] * 4
    assert decode_request(encode_request(courte)) == courte
    assert completer(courte, CORPS) == DEMANDE == completer(DEMANDE, CORPS)


def test_erased_or_changed_since_a_body_gives_no_commitment_and_its_header_travels_whole() -> None:
    efface, change = None, Corps(bytes(32), b"autre chose")
    corps = [CORPS[0], efface, change, CORPS[3]]
    courte = abreger(DEMANDE, corps)
    assert courte.entieres == (1, 2) and courte.headers[1:3] == DEMANDE.headers[1:3]
    assert completer(courte, corps) == DEMANDE


def test_a_short_header_without_its_body_is_refused() -> None:
    courte = abreger(DEMANDE, CORPS)
    with pytest.raises(SaisieRefusee, match="message_illisible"):
        completer(courte, [None, *CORPS[1:]])


def test_with_another_body_the_bytes_are_others() -> None:
    courte = abreger(DEMANDE, CORPS)
    assert completer(courte, [CORPS[1], *CORPS[1:]]).headers[0] != DEMANDE.headers[0]
