"""RFC 9421 signatures of requests and answers, as plain values: usable from httpx and from the ASGI server alike.

Requests cover @method, @path, content-digest, x-passdesk-device, x-passdesk-counter; answers cover @status,
content-digest, x-passdesk-counter and the request's content-digest and signature (`;req`): a refusal drawn from the
Region with an altered request answers no genuine one. No dates: freshness is the counter, because the clock of a desk
may be wrong (anchors: sync §2.6).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    MappingKeyResolver,
)
from http_message_signatures.algorithms import ED25519

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee

HEADER_DEVICE = "x-passdesk-device"
HEADER_COUNTER = "x-passdesk-counter"
TAG = "passdesk-sync"
LABEL = "passdesk"
KEYID_REGION = "region"
COUNTER_MAX = 2**53 - 1
_ENTETE_MAX = 1024

_REQUEST = ("@method", "@path", "content-digest", HEADER_DEVICE, HEADER_COUNTER)
_ANSWER = ("@status", "content-digest", HEADER_COUNTER, '"content-digest";req', '"signature";req')
_A_LIRE = ("content-digest", "signature-input", "signature")
"""Headers with a grammar of their own."""
_EPOQUE = datetime(1970, 1, 1, tzinfo=UTC)
_CREATED = ";created=0"


@dataclass(slots=True)
class _Request:
    """The view of a request that the signature library reads."""

    method: str
    url: str
    headers: dict[str, str]


@dataclass(slots=True)
class _Response:
    """The view of an answer that the signature library reads; `request` is what it answers."""

    status_code: int
    headers: dict[str, str]
    request: _Request


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request ready to send: `headers` are all that must be set. Keep it to verify the answer."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def sign_request(
    cle: Ed25519PrivateKey, *, device: str, counter: int, url: str, body: bytes, method: str = "POST"
) -> SignedRequest:
    """The request signed by the device's request key. `counter` must be above every one used before."""
    message = _Request(method, url, {HEADER_DEVICE: device, HEADER_COUNTER: str(counter)})
    _sign(message, cle, device, _REQUEST, body)
    return SignedRequest(method, url, {"content-type": "application/cbor", **_minuscules(message.headers)}, body)


def verify_request(
    cle: Ed25519PublicKey, *, method: str, url: str, headers: Mapping[str, str], body: bytes
) -> tuple[str, int]:
    """(device, counter) of a request whose signature and body hold. Raises SaisieRefusee(signature_refusee)."""
    champs = _minuscules(headers)
    device, counter = declared_sender(champs)
    verifie = _verify(_Request(method, url, champs), cle, device, _REQUEST, body)
    if not verifie:
        raise SaisieRefusee("signature_refusee")
    return device, counter


def declared_sender(headers: Mapping[str, str]) -> tuple[str, int]:
    """(device, counter) as the headers say, before any verification. Raises SaisieRefusee(signature_refusee)."""
    champs = _minuscules(headers)
    device, counter = champs.get(HEADER_DEVICE, ""), champs.get(HEADER_COUNTER, "")
    if not device or len(device) > 64 or not counter.isascii() or not counter.isdigit() or len(counter) > 16:
        raise SaisieRefusee("signature_refusee")
    if int(counter) > COUNTER_MAX or str(int(counter)) != counter:
        raise SaisieRefusee("signature_refusee")
    return device, int(counter)


def sign_answer(
    cle: Ed25519PrivateKey,
    *,
    status: int,
    body: bytes,
    request_method: str,
    request_url: str,
    request_headers: Mapping[str, str],
) -> dict[str, str]:
    """The headers that sign an answer, bound to the request it answers (its counter and content digest)."""
    # A request too broken to carry these still gets an answer, which then answers nobody's genuine request.
    recus = {nom: valeur for nom, valeur in _minuscules(request_headers).items() if _simple(valeur)}
    demande = {"content-digest": recus.get("content-digest", ""), "signature": recus.get("signature", "")}
    compteur = recus.get(HEADER_COUNTER, "")
    reponse = _Response(
        status,
        {HEADER_COUNTER: compteur if compteur.isdigit() else "0"},
        _Request(request_method, request_url, demande),
    )
    _sign(reponse, cle, KEYID_REGION, _ANSWER, body)
    return _minuscules(reponse.headers)


def verify_answer(
    cle: Ed25519PublicKey, *, request: SignedRequest, status: int, headers: Mapping[str, str], body: bytes
) -> None:
    """Returns when the answer is the Region's, to this very request; else raises PanneAttendue.

    `reponse_etrangere`: a captive portal, a proxy or a forger spoke; nothing changed, as without any network.
    """
    champs = _minuscules(headers)
    reponse = _Response(status, champs, _Request(request.method, request.url, _minuscules(request.headers)))
    meme_compteur = champs.get(HEADER_COUNTER) == request.headers[HEADER_COUNTER]
    if not meme_compteur or not _verify(reponse, cle, KEYID_REGION, _ANSWER, body):
        raise PanneAttendue("reponse_etrangere")


def _minuscules(headers: Mapping[str, str]) -> dict[str, str]:
    return {nom.lower(): valeur for nom, valeur in headers.items()}


def _simple(valeur: str) -> bool:
    """True for what a signature can cover and a header can repeat."""
    return valeur.isascii() and valeur.isprintable() and len(valeur) <= _ENTETE_MAX


def _sign(
    message: _Request | _Response, cle: Ed25519PrivateKey, keyid: str, couverts: tuple[str, ...], body: bytes
) -> None:
    resolver = MappingKeyResolver(public_keys={}, private_keys={keyid: cle})
    signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=resolver)
    prepare = signer.prepare(
        message, key_id=keyid, created=_EPOQUE, label=LABEL, tag=TAG, covered_component_ids=couverts, body=body
    )
    # The library always dates a signature: its constant date is taken out again.
    sans_date = prepare.signature_params.replace(_CREATED, "", 1)
    base = prepare.signature_base.removesuffix(prepare.signature_params.encode()) + sans_date.encode()
    # Its `apply` would look whether the message changed meanwhile, which takes as long as all the rest.
    message.headers["signature-input"] = f"{LABEL}={sans_date}"
    message.headers["signature"] = f"{LABEL}=:{b64encode(cle.sign(base)).decode()}:"


class _Verifier(HTTPMessageVerifier):
    """No `created`: a wrong clock locks nobody out."""

    require_created = False


def _verify(
    message: _Request | _Response, cle: Ed25519PublicKey, keyid: str, couverts: tuple[str, ...], body: bytes
) -> bool:
    if any(len(message.headers.get(nom, "")) > _ENTETE_MAX for nom in _A_LIRE):
        # Whoever knows the name of a desk may send these: sixty thousand characters of them took a tenth of a second.
        return False
    resolver = MappingKeyResolver(public_keys={keyid: cle}, private_keys={})
    verifier: Any = _Verifier(signature_algorithm=ED25519, key_resolver=resolver)
    try:
        verifies = verifier.verify(message, max_age=None, expect_tag=TAG, require_components=couverts, body=body)
    except (HTTPMessageSignaturesException, ValueError):
        return False
    return len(verifies) == 1 and verifies[0].body == body
