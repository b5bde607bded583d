"""The sync exchange as values: one request pushes operations and asks for events, one answer says what is durable.

Wire: deterministic CBOR maps with a version `v` (protocol §5), in a zstd frame where that is shorter: no map begins as
a frame does. Times are milliseconds UTC since 1970. A desk asks for the state digest only of a Region that said that it
tells it (decision 0060).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal, cast

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.champs import Champs, illisible, octets_bornes
from passdesk.protocol.compact import NIVEAU_REPONSE, compacter, etendre
from passdesk.protocol.etat import EtatRegion, depuis_fil, vers_fil
from passdesk.protocol.operations import HASH_RACINE, Entete

VERSION_ABREGEE = 2
"""Of a request whose headers lack the commitments that their bodies give (`abrege`)."""
VERSION_ETAT = VERSION = 3
"""Of a request that asks for the state digest too, its headers short or whole."""
VERSION_REPONSE = 2
"""Of an answer that has the digest; the first one is that of every other, and of refusals."""
ENTETE_VERSION = "x-passdesk-version"
"""Header by which a Region says the newest request it reads; none: the second. Not signed: it decides nothing else."""
TYPE_CONTENU = "application/cbor"

REQUEST_MAX = 4 * 1024 * 1024
ANSWER_MAX = 16 * 1024 * 1024
HEADER_MAX = 4096
OPERATIONS_MAX = 4096
_MEMBRES_DEMANDE = 2 * OPERATIONS_MAX + 64
"""Each header, each rank of one that travels whole, and the fields."""
EVENTS_MAX = 1000
EVENT_MAX = 8 * 1024 * 1024

Resultat = Literal["appliquee", "en_attente", "litige"]
RESULTATS = ("appliquee", "en_attente", "litige")

REFUSAL_STATUS = {
    "compteur_depasse": 409,
    "message_illisible": 200,
    "version_recente": 200,
    "bloc_illisible": 200,
    "appareil_inconnu": 401,
    "signature_refusee": 401,
    "appareil_revoque": 403,
    "code_refuse": 403,
    "region_indisponible": 503,
}
"""HTTP status of each refusal. Content is kept whatever its refusal; 401/403 speak of the device alone."""

_DOMAINE_TETE = b"PassDesk-tete/1\0"


def head_message(device: str, epoch: int, seq: int, hash_: bytes) -> bytes:
    """What the device's request key signs about the head of its log."""
    return _DOMAINE_TETE + device.encode() + b"\0" + epoch.to_bytes(4, "big") + seq.to_bytes(8, "big") + hash_


def chain_hash(prev_hash: bytes, header: bytes) -> bytes:
    """SHA-256(prev_hash ‖ canonical header): the hash of an operation (protocol §4), whatever its version."""
    return hashlib.sha256(prev_hash + header).digest()


def header_bytes(entete: Entete) -> bytes:
    """A header as it travels: the canonical bytes that its hash covers (neither link nor hash: they follow)."""
    return canonique.encode(entete.vers_fil()[:-2])


def read_header(header: bytes, prev_hash: bytes, hash_: bytes | None = None) -> Entete:
    """The header in `header`, with its links; `hash_`: its chain hash, when it is known.

    Raises SaisieRefusee (`message_illisible`, `operation_illisible`).
    """
    champs = canonique.decode(header, taille_max=HEADER_MAX)
    if not isinstance(champs, list):
        raise illisible("ops")
    return Entete.depuis_fil([*champs, prev_hash, hash_ or chain_hash(prev_hash, header)])


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """What a desk says and sends.

    `head_*`: the last operation of its log and the signature over `head_message` (seq 0, 32 zero bytes: empty log).
    `cursor`: srv_seq of the last event applied. `server_epoch`: the last one seen, 0 before the first answer.
    `first_seq`, `prev_hash`: the operation sent first, and the hash before it. `headers`: canonical header bytes,
    gapless. `bodies`: the sealed block of their bodies (`scellement`), empty when no operation is sent. `entieres`:
    places in `headers` of those that are whole, the others lack their commitment (`abrege`); None: all are whole.
    """

    device: str
    epoch: int
    head_seq: int
    head_hash: bytes
    head_sig: bytes
    cursor: int
    server_epoch: int
    counter: int
    app: str
    first_seq: int = 1
    prev_hash: bytes = HASH_RACINE
    headers: tuple[bytes, ...] = ()
    bodies: bytes = field(default=b"", repr=False)
    entieres: tuple[int, ...] | None = None
    etat: bool = False

    @property
    def version(self) -> int:
        """What whoever reads it has to know."""
        return VERSION_ETAT if self.etat else 1 if self.entieres is None else VERSION_ABREGEE

    @property
    def last_seq(self) -> int:
        """The last operation sent; `first_seq - 1` when there is none."""
        return self.first_seq + len(self.headers) - 1


@dataclass(frozen=True, slots=True)
class Have:
    """How far the Region durably holds this device's log: the desk may count on it, and sends from `seq + 1`."""

    epoch: int
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one operation. `litige` is the case's id for the result "litige"; `raison` why it waits."""

    seq: int
    result: Resultat
    litige: str | None = None
    raison: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it travels: read its payload with `evenements.lire_evenement`."""

    srv_seq: int
    type: str
    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SyncAnswer:
    """What the Region answers. `outcomes` of the operations received now (again, if they were sent again).

    `cursor`: srv_seq after the events given; `more`: ask again at once. `fork`: this device's log has two branches,
    a new epoch is needed (protocol §5). `etat`: what this desk should know by then, in an answer of version 2 that
    nothing follows.
    """

    have: Have
    outcomes: tuple[Outcome, ...]
    events: tuple[Event, ...]
    cursor: int
    more: bool
    server_epoch: int
    server_time: int
    fork: bool = False
    version: int = 1
    etat: EtatRegion | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A signed "no": `code` of REFUSAL_STATUS; `n` is the last counter seen for `compteur_depasse`, else 0."""

    code: str
    n: int
    server_time: int


def encode_request(request: SyncRequest) -> bytes:
    """The bytes of a sync request."""
    entieres = None if request.entieres is None else list(request.entieres)
    abregee = {} if request.version < VERSION_ABREGEE else {"entieres": entieres}
    carte = canonique.encode(
        {
            "v": request.version,
            "device": request.device,
            "epoch": request.epoch,
            "head_seq": request.head_seq,
            "head_hash": request.head_hash,
            "head_sig": request.head_sig,
            "cursor": request.cursor,
            "server_epoch": request.server_epoch,
            "counter": request.counter,
            "app": request.app,
            "first_seq": request.first_seq,
            "prev_hash": request.prev_hash,
            "ops": list(request.headers),
            "corps": request.bodies,
            **abregee,
        }
    )
    return compacter(carte)


def decode_request(octets: bytes) -> SyncRequest:
    """The sync request in `octets`. Raises SaisieRefusee: `version_recente` (a newer one) or `message_illisible`."""
    message = etendre(octets, REQUEST_MAX)
    champs = Champs(canonique.decode(message, taille_max=REQUEST_MAX, membres_max=_MEMBRES_DEMANDE))
    version = _version(champs, VERSION)
    request = SyncRequest(
        device=champs.texte("device"),
        epoch=champs.entier("epoch", 1, 2**31 - 1),
        head_seq=champs.entier("head_seq"),
        head_hash=champs.octets("head_hash", 32),
        head_sig=champs.octets("head_sig", 64),
        cursor=champs.entier("cursor"),
        server_epoch=champs.entier("server_epoch"),
        counter=champs.entier("counter", 1),
        app=champs.texte("app"),
        first_seq=champs.entier("first_seq", 1),
        prev_hash=champs.octets("prev_hash", 32),
        headers=champs.liste("ops", octets_bornes(HEADER_MAX), OPERATIONS_MAX),
        bodies=champs.octets("corps", maxi=REQUEST_MAX),
        entieres=_entieres(champs, version),
        etat=version >= VERSION_ETAT,
    )
    champs.fin()
    return request


def encode_answer(answer: SyncAnswer | Refusal) -> bytes:
    """The bytes of an answer or of a refusal."""
    if isinstance(answer, Refusal):
        return canonique.encode({"v": 1, "refus": answer.code, "n": answer.n, "server_time": answer.server_time})
    carte = canonique.encode_sur(
        {
            "v": answer.version,
            "have": [answer.have.epoch, answer.have.seq, answer.have.hash],
            "outcomes": [[o.seq, o.result, o.litige, o.raison] for o in answer.outcomes],
            "events": [[e.srv_seq, e.type, e.payload] for e in answer.events],
            "cursor": answer.cursor,
            "more": answer.more,
            "fork": answer.fork,
            "server_epoch": answer.server_epoch,
            "server_time": answer.server_time,
            **({"etat": vers_fil(answer.etat)} if answer.version >= VERSION_REPONSE else {}),
        }
    )
    return compacter(carte, NIVEAU_REPONSE)


def decode_answer(octets: bytes) -> SyncAnswer | Refusal:
    """The answer in `octets`, whose signature was verified before. Raises SaisieRefusee(message_illisible)."""
    valeur = canonique.decode(etendre(octets, ANSWER_MAX), taille_max=ANSWER_MAX)
    champs = Champs(valeur)
    version = _version(champs, VERSION_REPONSE)
    if isinstance(valeur, dict) and "refus" in valeur:
        refusal = Refusal(champs.texte("refus"), champs.entier("n"), champs.entier("server_time"))
        champs.fin()
        return refusal
    answer = SyncAnswer(
        have=_have(champs.rangee("have", 3)),
        outcomes=tuple(_outcome(r) for r in champs.rangees("outcomes", 4, OPERATIONS_MAX)),
        events=tuple(_event(r) for r in champs.rangees("events", 3, EVENTS_MAX)),
        cursor=champs.entier("cursor"),
        more=champs.vrai("more"),
        fork=champs.vrai("fork"),
        server_epoch=champs.entier("server_epoch", 1),
        server_time=champs.entier("server_time"),
        version=version,
        etat=_etat(champs) if version >= VERSION_REPONSE else None,
    )
    champs.fin()
    return answer


def _version(champs: Champs, connue: int) -> int:
    version = champs.entier("v", 1)
    if version > connue:
        raise SaisieRefusee("version_recente")
    return version


def _entieres(champs: Champs, version: int) -> tuple[int, ...] | None:
    if version < VERSION_ABREGEE or (version >= VERSION_ETAT and champs.rien("entieres")):
        return None
    return champs.liste("entieres", _rang, OPERATIONS_MAX)


def _rang(valeur: object) -> int:
    return Champs({"rang": valeur}).entier("rang", 0, OPERATIONS_MAX)


def _etat(champs: Champs) -> EtatRegion | None:
    carte = champs.carte_ou_rien("etat")
    return None if carte is None else depuis_fil(carte)


def _have(rangee: Champs) -> Have:
    return Have(rangee.entier("0"), rangee.entier("1"), rangee.octets("2", 32))


def _outcome(rangee: Champs) -> Outcome:
    return Outcome(
        rangee.entier("0", 1),
        cast(Resultat, rangee.choix("1", RESULTATS)),
        rangee.texte_ou_rien("2"),
        rangee.texte_ou_rien("3"),
    )


def _event(rangee: Champs) -> Event:
    return Event(rangee.entier("0", 1), rangee.texte("1"), rangee.octets("2", maxi=EVENT_MAX))
