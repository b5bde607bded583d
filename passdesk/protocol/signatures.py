"""RFC 9421 signatures of requests and answers, as plain values: usable from httpx and from the ASGI server alike.

One form only is written and read, that of our few components, without a date; whatever else RFC 9421 allows is refused
unread. A library that knows all of it took six times as long; it judges this one in the tests (decision 0071).

Requests cover @method, @path, content-digest, x-passdesk-device, x-passdesk-counter; answers cover @status,
content-digest, x-passdesk-counter and the request's content-digest and signature (`;req`): a refusal drawn from the
Region with an altered request answers no genuine one. No dates: freshness is the counter, because the clock of a desk
may be wrong (anchors: sync §2.6).
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee

HEADER_DEVICE = "x-passdesk-device"
HEADER_COUNTER = "x-passdesk-counter"
TAG = "passdesk-sync"
LABEL = "passdesk"
KEYID_REGION = "region"
COUNTER_MAX = 2**53 - 1
_ENTETE_MAX = 1024

_REQUEST = ('"@method"', '"@path"', '"content-digest"', f'"{HEADER_DEVICE}"', f'"{HEADER_COUNTER}"')
_ANSWER = ('"@status"', '"content-digest"', f'"{HEADER_COUNTER}"', '"content-digest";req', '"signature";req')
_SIGNATURE = re.compile(f"{LABEL}=:([A-Za-z0-9+/]{{86}}==):")


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
    condense = _condense(body)
    couverts = (method, _chemin(url), condense, device, str(counter))
    if not _nommable(device) or not all(map(_simple, couverts)):
        raise ValueError("what is signed stands in headers")
    signes = _sign(cle, device, _REQUEST, couverts)
    entetes = {HEADER_DEVICE: device, HEADER_COUNTER: str(counter), "content-digest": condense, **signes}
    return SignedRequest(method, url, {"content-type": "application/cbor", **entetes}, body)


def verify_request(
    cle: Ed25519PublicKey, *, method: str, url: str, headers: Mapping[str, str], body: bytes
) -> tuple[str, int]:
    """(device, counter) of a request whose signature and body hold. Raises SaisieRefusee(signature_refusee)."""
    champs = _minuscules(headers)
    device, counter = declared_sender(champs)
    couverts = (method, _chemin(url), champs.get("content-digest", ""), device, str(counter))
    if not _nommable(device) or not _verify(cle, device, _REQUEST, couverts, champs, body):
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
    cle: Ed25519PrivateKey, *, status: int, body: bytes, request_headers: Mapping[str, str]
) -> dict[str, str]:
    """The headers that sign an answer, bound to the request it answers (its counter, content digest and signature)."""
    # A request too broken to carry these still gets an answer, which then answers nobody's genuine request.
    recus = {nom: valeur for nom, valeur in _minuscules(request_headers).items() if _simple(valeur)}
    compteur = recus.get(HEADER_COUNTER, "")
    compteur = compteur if compteur.isdigit() else "0"
    condense = _condense(body)
    couverts = (str(status), condense, compteur, *_de_la_demande(recus))
    return {
        HEADER_COUNTER: compteur,
        "content-digest": condense,
        **_sign(cle, KEYID_REGION, _ANSWER, couverts),
    }


def verify_answer(
    cle: Ed25519PublicKey, *, request: SignedRequest, status: int, headers: Mapping[str, str], body: bytes
) -> None:
    """Returns when the answer is the Region's, to this very request; else raises PanneAttendue.

    `reponse_etrangere`: a captive portal, a proxy or a forger spoke; nothing changed, as without any network.
    """
    champs = _minuscules(headers)
    compteur = request.headers[HEADER_COUNTER]
    couverts = (str(status), champs.get("content-digest", ""), compteur, *_de_la_demande(request.headers))
    meme_compteur = champs.get(HEADER_COUNTER) == compteur
    if not meme_compteur or not _verify(cle, KEYID_REGION, _ANSWER, couverts, champs, body):
        raise PanneAttendue("reponse_etrangere")


def _minuscules(headers: Mapping[str, str]) -> dict[str, str]:
    return {nom.lower(): valeur for nom, valeur in headers.items()}


def _chemin(url: str) -> str:
    return urlsplit(url).path or "/"


def _condense(body: bytes) -> str:
    """The content digest of a body (RFC 9530)."""
    return f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"


def _de_la_demande(entetes: Mapping[str, str]) -> tuple[str, str]:
    """What an answer covers of its request."""
    return entetes.get("content-digest", "").strip(), entetes.get("signature", "").strip()


def _simple(valeur: str) -> bool:
    """True for what a signature can cover and a header can repeat."""
    return valeur.isascii() and valeur.isprintable() and len(valeur) <= _ENTETE_MAX


def _nommable(device: str) -> bool:
    """True for a name that stands between quotes as it is."""
    return _simple(device) and '"' not in device and "\\" not in device


def _parametres(keyid: str, noms: tuple[str, ...]) -> str:
    return f'({" ".join(noms)});keyid="{keyid}";alg="ed25519";tag="{TAG}"'


def _base(parametres: str, noms: tuple[str, ...], valeurs: tuple[str, ...]) -> bytes:
    """What is signed (RFC 9421 §2.5): a line a component, then how it is signed."""
    lignes = (f"{nom}: {valeur}" for nom, valeur in zip(noms, valeurs, strict=True))
    return "\n".join((*lignes, f'"@signature-params": {parametres}')).encode("ascii")


def _sign(cle: Ed25519PrivateKey, keyid: str, noms: tuple[str, ...], valeurs: tuple[str, ...]) -> dict[str, str]:
    """The two headers of the signature of these components; every value is `_simple`."""
    parametres = _parametres(keyid, noms)
    signature = b64encode(cle.sign(_base(parametres, noms, valeurs))).decode()
    return {"signature-input": f"{LABEL}={parametres}", "signature": f"{LABEL}=:{signature}:"}


def _verify(
    cle: Ed25519PublicKey,
    keyid: str,
    noms: tuple[str, ...],
    valeurs: tuple[str, ...],
    champs: Mapping[str, str],
    body: bytes,
) -> bool:
    """True when these headers sign these components with this key, the digest among them being that of the body."""
    parametres = _parametres(keyid, noms)
    ecrite = _SIGNATURE.fullmatch(champs.get("signature", ""))
    if ecrite is None or champs.get("signature-input") != f"{LABEL}={parametres}" or not all(map(_simple, valeurs)):
        return False
    signature = b64decode(ecrite[1])
    try:
        cle.verify(signature, _base(parametres, noms, valeurs))
    except InvalidSignature:
        return False
    # The same bytes may be written in several ways: an answer repeats the one that was signed.
    return b64encode(signature).decode() == ecrite[1] and champs.get("content-digest") == _condense(body)
