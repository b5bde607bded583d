"""What is not signed by this Region is never its answer."""

from __future__ import annotations

import pytest

from passdesk.domain.erreurs import PanneAttendue
from passdesk.protocol.signatures import sign_request, verify_answer
from passdesk.server.region import Region
from tests.server.poste_factice import PosteFactice


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, {"content-type": "text/html"}, b"<html>Bienvenue sur le wifi de la gare</html>"),
        (302, {"location": "http://portail.example/"}, b""),
        (200, {}, b""),
        (511, {"content-type": "application/cbor"}, b"\xa0"),
    ],
)
def test_a_portal_page_is_never_an_answer(
    dotes: tuple[PosteFactice, PosteFactice], status: int, headers: dict[str, str], body: bytes
) -> None:
    un, _ = dotes
    un.envoi = lambda _: (status, headers, body)
    with pytest.raises(PanneAttendue) as panne:
        un.synchroniser()
    assert panne.value.code == "reponse_etrangere"


def test_another_regions_signature_is_never_an_answer(dotes: tuple[PosteFactice, PosteFactice], region: Region) -> None:
    un, deux = dotes
    demande = un.preparer([])
    status, headers, body = un.envoi(demande)
    autre = sign_request(deux.requete, device=deux.device, counter=9, url=demande.url, body=demande.body)
    for refusee in (demande, autre):
        with pytest.raises(PanneAttendue):
            cle = deux.requete.public_key() if refusee is demande else region.cles.reponse.public_key()
            verify_answer(cle, request=refusee, status=status, headers=headers, body=body)
