"""Enrolment as values: the desk asks with a one-time code, then polls until a person at the Region accepts.

Both requests are RFC 9421 signed by the new request key (device `enrolement`); both answers by the Region's answer
key, which the answer itself certifies: link by the publication key, whose fingerprint is in the code.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.certificat import LienPublication, LienServeur
from passdesk.protocol.champs import Champs
from passdesk.protocol.pass_token import jour_du_numero

VERSION = 1
VERSION_DEMANDE = 2
"""Of a request from a desk that has a log to go on with; one that has none still speaks the first version."""
DEVICE_ENROLEMENT = "enrolement"
"""`x-passdesk-device` of a machine that has no device id yet."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford base32: no I, L, O, U."""
CODE_HASARD = 6
CODE_EMPREINTE = 4
ETATS = ("en_attente", "accepte", "refuse")
REQUEST_MAX = 64 * 1024
"""Bytes of what a desk sends to join; nobody knows yet who it is."""
_MESSAGE_MAX = 16 * 1024 * 1024
_MEMBRES_MAX = 4096
_BUNDLE_MAX = 8 * 1024 * 1024


def fingerprint(publication: bytes) -> str:
    """The 4 Crockford characters (20 bits) of the publication key's SHA-256 that end every enrolment code."""
    bits = int.from_bytes(hashlib.sha256(b"PassDesk-empreinte/1\0" + publication).digest()[:4], "big") >> 12
    return "".join(ALPHABET[bits >> decalage & 31] for decalage in (15, 10, 5, 0))


def read_code(saisie: str) -> str:
    """The 10 characters of a code as typed (case, spaces and hyphens are free; O, I, L read as 0, 1, 1).

    Raises SaisieRefusee(code_enrolement_mal_ecrit).
    """
    code = "".join(saisie.upper().replace("-", " ").split()).translate(str.maketrans("OIL", "011"))
    if len(code) != CODE_HASARD + CODE_EMPREINTE or any(c not in ALPHABET for c in code):
        raise SaisieRefusee("code_enrolement_mal_ecrit")
    return code


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """The public halves that a desk made for itself: request and pass (Ed25519), box (X25519), 32 bytes each."""

    request: bytes
    passe: bytes
    box: bytes


@dataclass(frozen=True, slots=True)
class RegionKeys:
    """What a desk must know of the Region, all public: see `verify_region_keys`.

    `publication_last`: last day of the publication key, days from 2025-01-01.
    """

    root: bytes
    publication: bytes
    publication_last: int
    root_sig: bytes
    answer: bytes
    sealing: bytes
    server_sig: bytes

    @property
    def server_link(self) -> LienServeur:
        """The publication key's word on the answer and sealing keys."""
        return LienServeur(self.answer, self.sealing, self.server_sig)


@dataclass(frozen=True, slots=True)
class LogToFollow:
    """The log that a desk goes on with (decision 0090). `device`: the id it had, "" when its base knows of none;
    `origin`: the hash of the first act; `proof`: see `log_proof`."""

    device: str
    origin: bytes
    proof: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """A desk asks to be enrolled. `proof_*`: signatures of `proof_message` by the request key and the pass key."""

    code: str = field(repr=False)
    keys: DeviceKeys
    app: str
    proof_request: bytes
    proof_pass: bytes
    log: LogToFollow | None = None


@dataclass(frozen=True, slots=True)
class EnrolmentPending:
    """The code was good: `ticket` (16 bytes) is the one to poll with; the six words are computed on both sides."""

    ticket: bytes
    region: RegionKeys


@dataclass(frozen=True, slots=True)
class EnrolmentPoll:
    """Where does this ticket stand?"""

    ticket: bytes


@dataclass(frozen=True, slots=True)
class SignedCampaign:
    """A campaign as CBOR map and the root's signature (`certificat.lire_campagne`)."""

    carte: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Enrolled:
    """All that an accepted desk needs. `certificate`: both links, 200 bytes (`certificat`); `index_secret`: HPKE
    to the box key, context = the transcript; `bundle`: the trust bundle, empty while none is published."""

    device: str
    name: str
    kid: int
    certificate: bytes
    region: RegionKeys
    index_version: int
    index_secret: bytes = field(repr=False)
    campaigns: tuple[SignedCampaign, ...]
    bundle: bytes = field(repr=False)
    server_epoch: int


@dataclass(frozen=True, slots=True)
class EnrolmentState:
    """`etat`: en_attente | accepte | refuse; `enrolled` only once accepted."""

    etat: str
    enrolled: Enrolled | None = None


def proof_message(code: str, keys: DeviceKeys) -> bytes:
    """What both private keys sign to prove that the desk holds them."""
    return b"PassDesk-possession/1\0" + code.encode() + keys.request + keys.passe + keys.box


def log_proof(salt: bytes, code: str, keys: DeviceKeys) -> bytes:
    """What shows that a desk has a log open in front of it, said for this request alone.

    `salt`: of the first act. Desk and Region hold it, and no other desk; no backup shows it to who cannot open it.
    """
    return hmac.digest(salt, b"PassDesk-suite/1\0" + code.encode() + keys.request + keys.passe + keys.box, "sha256")


def build_request(
    code: str,
    request_key: Ed25519PrivateKey,
    pass_key: Ed25519PrivateKey,
    box: bytes,
    app: str,
    *,
    log: tuple[str, bytes, bytes] | None = None,
) -> bytes:
    """The bytes of an enrolment request for these keys (`box`: the X25519 public key).

    `log`: device id, hash and salt of the first act of the log that this desk goes on with.
    """
    keys = DeviceKeys(request_key.public_key().public_bytes_raw(), pass_key.public_key().public_bytes_raw(), box)
    message = proof_message(code, keys)
    suite = LogToFollow(*log[:2], log_proof(log[2], code, keys)) if log is not None else None
    return encode_request(EnrolmentRequest(code, keys, app, request_key.sign(message), pass_key.sign(message), suite))


def transcript(code: str, region: RegionKeys, keys: DeviceKeys) -> bytes:
    """SHA-256 of code, publication key, root key and the desk's keys: what both sides must agree on."""
    parties = (code.encode(), region.publication, region.root, keys.request, keys.passe, keys.box)
    return hashlib.sha256(b"PassDesk-enrolement/1\0" + b"".join(parties)).digest()


def six_words(empreinte: bytes, mots: Sequence[str]) -> tuple[str, ...]:
    """The six words of a transcript, one a byte, from the list of 256 (`resources/mots.txt`)."""
    return tuple(mots[octet] for octet in empreinte[:6])


def verify_region_keys(region: RegionKeys, code: str) -> None:
    """Raises SaisieRefusee(region_inattendue) unless the code's fingerprint and both links hold.

    The root is compared by people, in the six words; afterwards it is pinned.
    """
    try:
        racine = LienPublication(region.publication, jour_du_numero(region.publication_last), region.root_sig)
        liens = racine.verifier(region.root) and region.server_link.verifier(region.publication)
    except (ValueError, OverflowError):
        liens = False
    if not liens or not hmac.compare_digest(fingerprint(region.publication), code[CODE_HASARD:]):
        raise SaisieRefusee("region_inattendue")


def encode_request(request: EnrolmentRequest) -> bytes:
    """The bytes of `POST /v1/enrolement`."""
    carte: dict[str, object] = {
        "v": VERSION if request.log is None else VERSION_DEMANDE,
        "code": request.code,
        "keys": [request.keys.request, request.keys.passe, request.keys.box],
        "app": request.app,
        "proofs": [request.proof_request, request.proof_pass],
    }
    if request.log is not None:
        carte["log"] = [request.log.device, request.log.origin, request.log.proof]
    return canonique.encode(carte)


def decode_request(octets: bytes) -> EnrolmentRequest:
    """Reads `POST /v1/enrolement`. Raises SaisieRefusee(message_illisible | version_recente)."""
    champs = _champs(octets, VERSION_DEMANDE)
    keys, proofs = champs.rangee("keys", 3), champs.rangee("proofs", 2)
    suite = champs.rangee_si_ecrite("log", 3)
    request = EnrolmentRequest(
        champs.texte("code", 10),
        DeviceKeys(keys.octets("0", 32), keys.octets("1", 32), keys.octets("2", 32)),
        champs.texte("app"),
        proofs.octets("0", 64),
        proofs.octets("1", 64),
        None if suite is None else LogToFollow(suite.texte("0"), suite.octets("1", 32), suite.octets("2", 32)),
    )
    champs.fin()
    return request


def encode_pending(pending: EnrolmentPending) -> bytes:
    """The answer to `POST /v1/enrolement`."""
    return canonique.encode({"v": VERSION, "ticket": pending.ticket, "region": _region_vers(pending.region)})


def decode_pending(octets: bytes) -> EnrolmentPending:
    """Reads the answer to `POST /v1/enrolement`; verify its keys, then its signature. Raises SaisieRefusee."""
    champs = _champs(octets)
    pending = EnrolmentPending(champs.octets("ticket", 16), _region(champs.rangee("region", 7)))
    champs.fin()
    return pending


def encode_poll(poll: EnrolmentPoll) -> bytes:
    """The bytes of `POST /v1/enrolement/etat`."""
    return canonique.encode({"v": VERSION, "ticket": poll.ticket})


def decode_poll(octets: bytes) -> EnrolmentPoll:
    """Reads `POST /v1/enrolement/etat`. Raises SaisieRefusee(message_illisible)."""
    champs = _champs(octets)
    poll = EnrolmentPoll(champs.octets("ticket", 16))
    champs.fin()
    return poll


def encode_state(state: EnrolmentState) -> bytes:
    """The answer to a poll."""
    carte: dict[str, object] = {"v": VERSION, "etat": state.etat}
    if state.enrolled is not None:
        e = state.enrolled
        carte["poste"] = [
            e.device,
            e.name,
            e.kid,
            e.certificate,
            e.index_version,
            e.index_secret,
            [[c.carte, c.signature] for c in e.campaigns],
            e.bundle,
            e.server_epoch,
        ]
        carte["region"] = _region_vers(e.region)
    return canonique.encode(carte)


def decode_state(octets: bytes) -> EnrolmentState:
    """Reads the answer to a poll, whose signature was verified before. Raises SaisieRefusee(message_illisible)."""
    champs = _champs(octets)
    etat = champs.choix("etat", ETATS)
    enrolled = None
    if etat == "accepte":
        poste, region = champs.rangee("poste", 9), _region(champs.rangee("region", 7))
        enrolled = Enrolled(
            device=poste.texte("0"),
            name=poste.texte("1", 120),
            kid=poste.entier("2", 0, 65535),
            certificate=poste.octets("3", maxi=256),
            region=region,
            index_version=poste.entier("4", 1, 65535),
            index_secret=poste.octets("5", maxi=256),
            campaigns=tuple(
                SignedCampaign(c.octets("0", maxi=4096), c.octets("1", 64)) for c in poste.rangees("6", 2, 128)
            ),
            bundle=poste.octets("7", maxi=_BUNDLE_MAX),
            server_epoch=poste.entier("8", 1),
        )
    champs.fin()
    return EnrolmentState(etat, enrolled)


def _champs(octets: bytes, version: int = VERSION) -> Champs:
    champs = Champs(canonique.decode(octets, taille_max=_MESSAGE_MAX, membres_max=_MEMBRES_MAX))
    if champs.entier("v", 1) > version:
        raise SaisieRefusee("version_recente")
    return champs


def _region_vers(region: RegionKeys) -> list[object]:
    return [
        region.root,
        region.publication,
        region.publication_last,
        region.root_sig,
        region.answer,
        region.sealing,
        region.server_sig,
    ]


def _region(rangee: Champs) -> RegionKeys:
    return RegionKeys(
        rangee.octets("0", 32),
        rangee.octets("1", 32),
        rangee.entier("2", 0, 65535),
        rangee.octets("3", 64),
        rangee.octets("4", 32),
        rangee.octets("5", 32),
        rangee.octets("6", 64),
    )
