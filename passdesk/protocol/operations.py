"""The log: immutable operations, chained by hash, with bodies apart so that a person can be erased (protocol §4)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique

HASH_RACINE = bytes(32)
"""`prev_hash` of the first operation of an epoch."""

TAILLE_SEL = 32
TAILLE_CORPS_MAX = 1 << 20
"""Bytes of one body."""
_MEMBRES_CORPS = 1 << 14


class TypeOperation(StrEnum):
    """The closed list of protocol §4. A type that is not here is carried and chained, never applied."""

    PERSONNE_ENREGISTRER = "personne.enregistrer"
    PERSONNE_MODIFIER = "personne.modifier"
    PERSONNE_FUSIONNER = "personne.fusionner"
    PERSONNE_EFFACER = "personne.effacer"
    DEMANDE_DEPOSER = "demande.deposer"
    DEMANDE_COMPLETER = "demande.completer"
    DEMANDE_ABANDONNER = "demande.abandonner"
    JUSTIFICATIF_CONSTATER = "justificatif.constater"
    ACCOMPAGNEMENT_NOTER = "accompagnement.noter"
    ATTRIBUTION_ACCORDER = "attribution.accorder"
    ATTRIBUTION_REFUSER = "attribution.refuser"
    ATTRIBUTION_ANNULER = "attribution.annuler"
    CARNET_IMPRESSION_LANCEE = "carnet.impression_lancee"
    CARNET_IMPRESSION_FAITE = "carnet.impression_faite"
    CARNET_IMPRESSION_RATEE = "carnet.impression_ratee"
    CARNET_GACHER = "carnet.gacher"
    CARNET_REMETTRE = "carnet.remettre"
    CARNET_DECLARER_PERDU = "carnet.declarer_perdu"
    CARNET_DECLARER_VOLE = "carnet.declarer_vole"
    CARNET_RETOURNER = "carnet.retourner"
    LOT_RECEVOIR = "lot.recevoir"
    LOT_RENDRE = "lot.rendre"
    LITIGE_NOTER = "litige.noter"
    AGENT_AJOUTER = "agent.ajouter"
    AGENT_RETIRER = "agent.retirer"
    POSTE_EPOQUE = "poste.epoque"


@dataclass(frozen=True, slots=True)
class Entete:
    """The header of an operation: everything but identity and facts. `wall`: milliseconds UTC, flagged, never trusted.

    `type` is a plain text: what a newer desk wrote is still chained and carried.
    """

    epoch: int
    seq: int
    op_id: str
    type: str
    v: int
    agent_id: str
    subject_id: str
    wall: int
    commitment: bytes
    prev_hash: bytes
    hash: bytes

    def vers_fil(self) -> list[Any]:
        """The header as a CBOR list, in the order of protocol §4."""
        return [*_champs_signes(self), self.prev_hash, self.hash]

    @classmethod
    def depuis_fil(cls, champs: Any) -> Self:
        """The header read from a peer; shapes and bounds only. Raises SaisieRefusee("operation_illisible")."""
        # Their very types: a boolean is no number here, as it is none in CBOR.
        if not isinstance(champs, list) or list(map(type, champs)) != _TYPES:
            raise SaisieRefusee("operation_illisible")
        epoch, seq, op_id, type_, v, agent_id, subject_id, wall, commitment, prev_hash, hash_ = champs
        bornes = (
            1 <= epoch <= _EPOCH_MAX
            and 1 <= seq <= _SUR_53_BITS
            and 1 <= v <= _VERSION_MAX
            and 0 <= wall <= _SUR_53_BITS
            and 0 < len(op_id) <= _TEXTE_MAX
            and 0 < len(type_) <= _TEXTE_MAX
            and 0 < len(agent_id) <= _TEXTE_MAX
            and 0 < len(subject_id) <= _TEXTE_MAX
            and len(commitment) == len(prev_hash) == len(hash_) == _CONDENSE
        )
        if not bornes:
            raise SaisieRefusee("operation_illisible")
        return cls(*champs)


_TYPES = [int, int, str, str, int, str, str, int, bytes, bytes, bytes]
_EPOCH_MAX, _VERSION_MAX, _SUR_53_BITS = (1 << 32) - 1, 65535, (1 << 53) - 1
_TEXTE_MAX, _CONDENSE = 64, 32


@dataclass(frozen=True, slots=True)
class Operation:
    """A header with its salt and its body as written (CBOR bytes); both None once erased."""

    entete: Entete
    sel: bytes | None = field(repr=False)
    corps: bytes | None = field(repr=False)

    @property
    def efface(self) -> bool:
        """True when the body was erased: only the header remains."""
        return self.corps is None

    def contenu(self) -> dict[str, Any]:
        """The body as a map. Raises SaisieRefusee("message_illisible"), also when it was erased."""
        if self.corps is None:
            raise SaisieRefusee("message_illisible")
        contenu = canonique.decode(self.corps, taille_max=TAILLE_CORPS_MAX, membres_max=_MEMBRES_CORPS)
        # Its keys are of one kind.
        if type(contenu) is not dict or (contenu and type(next(iter(contenu))) is not str):
            raise SaisieRefusee("message_illisible")
        return contenu


@dataclass(frozen=True, slots=True)
class Tete:
    """How far a log goes in one epoch; (epoch, 0, HASH_RACINE) before the first operation."""

    epoch: int
    seq: int = 0
    hash: bytes = HASH_RACINE


@dataclass(frozen=True, slots=True)
class Rupture:
    """The first operation that does not follow the one before: `raison` is "epoque", "suite", "chaine" or "hash"."""

    epoch: int
    seq: int
    raison: str


def _champs_signes(entete: Entete) -> list[Any]:
    return [
        entete.epoch, entete.seq, entete.op_id, entete.type, entete.v, entete.agent_id, entete.subject_id,
        entete.wall, entete.commitment,
    ]  # fmt: skip


def engagement(sel: bytes, corps: bytes) -> bytes:
    """commitment = SHA-256(salt32 ‖ body) (protocol §4)."""
    if len(sel) != TAILLE_SEL:
        raise ValueError("the salt has 32 bytes")
    return hashlib.sha256(sel + corps).digest()


def calculer_hash(entete: Entete) -> bytes:
    """hash = SHA-256(prev_hash ‖ canonical header incl. commitment), never over the body (protocol §4)."""
    return hashlib.sha256(entete.prev_hash + canonique.encode(_champs_signes(entete))).digest()


def sceller_operation(
    tete: Tete,
    *,
    op_id: str,
    type: str,
    agent_id: str,
    subject_id: str,
    wall: int,
    corps: Mapping[str, Any] | bytes,
    sel: bytes,
    v: int = 1,
) -> Operation:
    """The operation that follows `tete`. `corps` is a map, or the CBOR bytes as written; `sel` is 32 random bytes."""
    octets = corps if isinstance(corps, bytes) else canonique.encode(corps)
    if len(octets) > TAILLE_CORPS_MAX:
        raise ValueError("the body is too large")
    commitment = engagement(sel, octets)
    nu = Entete(tete.epoch, tete.seq + 1, op_id, str(type), v, agent_id, subject_id, wall, commitment, tete.hash, b"")
    entete = replace(nu, hash=calculer_hash(nu))
    return Operation(entete, sel, octets)


def tete_apres(entete: Entete) -> Tete:
    """The head of the log once this operation is in it."""
    return Tete(entete.epoch, entete.seq, entete.hash)


def verifier_chaine(entetes: Iterable[Entete], tete: Tete) -> Rupture | None:
    """Follows headers of one epoch from `tete`: gapless numbers, links, hashes. None when all is sound."""
    for entete in entetes:
        raison = None
        if entete.epoch != tete.epoch:
            raison = "epoque"
        elif entete.seq != tete.seq + 1:
            raison = "suite"
        elif not hmac.compare_digest(entete.prev_hash, tete.hash):
            raison = "chaine"
        elif not hmac.compare_digest(entete.hash, calculer_hash(entete)):
            raison = "hash"
        if raison:
            return Rupture(entete.epoch, entete.seq, raison)
        tete = tete_apres(entete)
    return None


def verifier_corps(entete: Entete, sel: bytes | None, corps: bytes | None) -> bool:
    """True when salt and body are those of the commitment, or when both were erased."""
    if sel is None or corps is None:
        return sel is None and corps is None
    return len(sel) == TAILLE_SEL and hmac.compare_digest(entete.commitment, engagement(sel, corps))
