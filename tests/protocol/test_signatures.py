"""Signed exchanges: the least change, a replay or another speaker is refused; the clock plays no part."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, MappingKeyResolver
from http_message_signatures.algorithms import ED25519

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.protocol.signatures import SignedRequest, sign_answer, sign_request, verify_answer, verify_request

POSTE, REGION, AUTRE = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
URL = "https://region.example/v1/sync"
CORPS = b"\xa1av\x01"


def _demande(counter: int = 7, body: bytes = CORPS) -> SignedRequest:
    return sign_request(POSTE, device="poste-1", counter=counter, url=URL, body=body)


def _reponse(demande: SignedRequest, body: bytes = b"oui", status: int = 200) -> dict[str, str]:
    return sign_answer(
        REGION,
        status=status,
        body=body,
        request_method=demande.method,
        request_url=demande.url,
        request_headers=demande.headers,
    )


def _verifier(demande: SignedRequest, headers: dict[str, str], body: bytes = b"oui", status: int = 200) -> None:
    verify_answer(REGION.public_key(), request=demande, status=status, headers=headers, body=body)


def test_a_request_is_signed_as_rfc_9421_writes_it_and_without_a_date() -> None:
    headers = _demande().headers
    empreinte = base64.b64encode(hashlib.sha256(CORPS).digest()).decode()
    parametres = (
        '("@method" "@path" "content-digest" "x-passdesk-device" "x-passdesk-counter")'
        ';keyid="poste-1";alg="ed25519";tag="passdesk-sync"'
    )
    attendu = "\n".join(
        (
            '"@method": POST',
            '"@path": /v1/sync',
            f'"content-digest": sha-256=:{empreinte}:',
            '"x-passdesk-device": poste-1',
            '"x-passdesk-counter": 7',
            f'"@signature-params": {parametres}',
        )
    )
    assert headers["signature-input"] == f"passdesk={parametres}"
    assert headers["signature"] == f"passdesk=:{base64.b64encode(POSTE.sign(attendu.encode())).decode()}:"


def test_a_request_is_known_by_its_device_and_counter() -> None:
    demande = _demande()
    lue = verify_request(
        POSTE.public_key(), method="POST", url="http://ailleurs/v1/sync", headers=demande.headers, body=CORPS
    )
    assert lue == ("poste-1", 7)


@pytest.mark.parametrize(
    "change",
    [
        {"method": "PUT"},
        {"url": "https://region.example/v1/enrolement"},
        {"body": CORPS + b"\0"},
        {"body": b""},
        {"headers": {"x-passdesk-counter": "8"}},
        {"headers": {"x-passdesk-counter": "07"}},
        {"headers": {"x-passdesk-counter": "\u0667"}},
        {"headers": {"x-passdesk-counter": "9" * 17}},
        {"headers": {"x-passdesk-device": "poste-2"}},
        {"headers": {"x-passdesk-device": ""}},
        {"headers": {"content-digest": "sha-256=:AAAA:"}},
        {"headers": {"signature": "passdesk=:AAAA:"}},
        {"headers": {"signature": "\x00"}},
        {"headers": {"signature-input": 'passdesk=("@method");keyid="poste-1";alg="ed25519";tag="passdesk-sync"'}},
        {"headers": {"signature-input": "é"}},
    ],
)
def test_any_change_to_a_request_is_refused(change: dict[str, object]) -> None:
    demande = _demande()
    champs: dict[str, object] = {"method": "POST", "url": URL, "headers": {}, "body": CORPS, **change}
    autres = champs["headers"]
    assert isinstance(autres, dict)
    champs["headers"] = {**demande.headers, **autres}
    with pytest.raises(SaisieRefusee) as refus:
        verify_request(POSTE.public_key(), **champs)  # type: ignore[arg-type]
    assert refus.value.code == "signature_refusee"


def test_a_request_without_signature_is_refused() -> None:
    for absent in _demande().headers:
        headers = {nom: valeur for nom, valeur in _demande().headers.items() if nom != absent}
        if absent == "content-type":
            continue
        with pytest.raises(SaisieRefusee):
            verify_request(POSTE.public_key(), method="POST", url=URL, headers=headers, body=CORPS)


def test_a_signature_that_covers_less_is_refused() -> None:
    requete = httpx.Request("POST", URL, headers={"x-passdesk-device": "poste-1", "x-passdesk-counter": "7"})
    resolver = MappingKeyResolver(public_keys={}, private_keys={"poste-1": POSTE})
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=resolver).sign(
        requete, key_id="poste-1", tag="passdesk-sync", covered_component_ids=("@method", "@path"), body=CORPS
    )
    with pytest.raises(SaisieRefusee):
        verify_request(POSTE.public_key(), method="POST", url=URL, headers=requete.headers, body=CORPS)


def test_another_key_is_refused() -> None:
    demande = _demande()
    with pytest.raises(SaisieRefusee):
        verify_request(AUTRE.public_key(), method="POST", url=URL, headers=demande.headers, body=CORPS)


def test_an_answer_is_known_through_httpx() -> None:
    demande = _demande()
    reponse = httpx.Response(200, headers=_reponse(demande), content=b"oui")
    _verifier(demande, dict(reponse.headers), reponse.content, reponse.status_code)


def test_a_refusal_is_signed_like_any_answer() -> None:
    demande = _demande()
    _verifier(demande, _reponse(demande, status=409), status=409)


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b"non", 200),
        ({}, b"oui", 403),
        ({"x-passdesk-counter": "8"}, b"oui", 200),
        ({"signature": "passdesk=:AAAA:"}, b"oui", 200),
        ({"content-digest": "sha-256=:AAAA:"}, b"oui", 200),
        ({"signature-input": ""}, b"oui", 200),
    ],
)
def test_any_change_to_an_answer_is_no_answer(headers: dict[str, str], body: bytes, status: int) -> None:
    demande = _demande()
    with pytest.raises(PanneAttendue) as panne:
        _verifier(demande, {**_reponse(demande), **headers}, body, status)
    assert panne.value.code == "reponse_etrangere"


def test_an_answer_to_another_request_is_no_answer() -> None:
    premiere = _reponse(_demande())
    for autre in (_demande(counter=8), _demande(body=CORPS * 2)):
        with pytest.raises(PanneAttendue):
            _verifier(autre, premiere)
    # Same counter and body sent twice: the same request, the same answer holds.
    _verifier(_demande(), premiere)


def test_a_refusal_drawn_with_an_altered_request_answers_no_genuine_one() -> None:
    demande = _demande()
    for alteree in (
        {**demande.headers, "signature": "passdesk=:" + "A" * 86 + "==:"},
        {**demande.headers, "signature": ""},
        {nom: valeur for nom, valeur in demande.headers.items() if nom != "signature"},
    ):
        refus = sign_answer(
            REGION, status=401, body=b"non", request_method="POST", request_url=URL, request_headers=alteree
        )
        with pytest.raises(PanneAttendue):
            _verifier(demande, refus, b"non", 401)


def test_an_answer_of_another_key_or_of_the_desk_itself_is_no_answer() -> None:
    demande = _demande()
    for cle in (AUTRE, POSTE):
        headers = sign_answer(
            cle,
            status=200,
            body=b"oui",
            request_method="POST",
            request_url=URL,
            request_headers=demande.headers,
        )
        with pytest.raises(PanneAttendue):
            _verifier(demande, headers)


def test_an_answer_stripped_of_any_header_is_no_answer() -> None:
    demande = _demande()
    complete = _reponse(demande)
    for absent in complete:
        with pytest.raises(PanneAttendue):
            _verifier(demande, {nom: valeur for nom, valeur in complete.items() if nom != absent})


@pytest.mark.parametrize(
    "recus",
    [
        {},
        {"signature": "é", "content-digest": "\x01", "x-passdesk-counter": "douze"},
        {"signature": "a\r\nb", "content-digest": "x" * 5000, "x-passdesk-counter": "1\r\nset-cookie: a"},
    ],
)
def test_a_broken_request_still_gets_a_signed_answer(recus: dict[str, str]) -> None:
    headers = sign_answer(
        REGION,
        status=401,
        body=b"qui",
        request_method="POST",
        request_url="http://region/v1/sync",
        request_headers=recus,
    )
    assert headers["x-passdesk-counter"] == "0"
    assert not any(caractere in valeur for valeur in headers.values() for caractere in "\r\n")


def test_a_signed_request_keeps_its_body_out_of_sight() -> None:
    assert "Ngoma" not in repr(replace(_demande(), body=b"Ngoma"))


@pytest.mark.parametrize("nom", ["signature-input", "signature", "content-digest"])
def test_a_header_longer_than_any_of_ours_is_refused_before_its_grammar_is_read(
    nom: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    demande = _demande()
    monkeypatch.setattr(HTTPMessageVerifier, "verify", lambda *_, **__: pytest.fail("read all the same"))
    headers = {**demande.headers, nom: demande.headers[nom] + ", " + ",".join(f"a{rang}=1" for rang in range(9000))}
    with pytest.raises(SaisieRefusee) as refus:
        verify_request(POSTE.public_key(), method="POST", url=URL, headers=headers, body=CORPS)
    assert refus.value.code == "signature_refusee"
