"""Operations received: kept first, judged afterwards, in one transaction; content is never refused (protocol §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.messages import Have, Outcome, Resultat, SyncRequest, read_header
from passdesk.protocol.operations import HASH_RACINE, Entete, Operation, TypeOperation, verifier_corps
from passdesk.protocol.scellement import Corps
from passdesk.server.contexte import Contexte, Piece, pieces
from passdesk.server.corps import scelleur
from passdesk.server.effets import VERSION_CONNUE, VERSIONS_CONNUES, appliquer, effacer_autres
from passdesk.server.lots import reprendre_valeur
from passdesk.server.magasin import RegleRompueError, Transaction, avancer, dernier
from passdesk.server.ordinaires import Acte, Geste, Ordinaires, geste_de
from passdesk.server.quarantaine import garder_branche

TRAVAIL_MAX = 20_000
"""What the acts judged by themselves may cost in one request (`Transaction.travail`), about three seconds: meanwhile
nobody else writes. What is beyond waits at the desk, which sends it again at once."""
TYPES_CONNUS = frozenset(map(str, TypeOperation))
"""What this program applies; any other type waits for one that does."""


@dataclass(frozen=True, slots=True)
class Recu:
    """What became of a batch: how far the log goes now, an outcome for each operation taken or kept aside."""

    have: Have
    outcomes: tuple[Outcome, ...]
    fork: bool


@dataclass(frozen=True, slots=True)
class Lue:
    """An operation of a batch, with all that can be known of it before the lock of the order of the world is taken.

    `raison`: why it waits before anything is applied, None when it can be; `scelle`: its body as it is kept.
    """

    piece: Piece
    entete: Entete | None
    operation: Operation | None
    raison: str | None
    geste: Geste | None
    scelle: bytes | None = field(repr=False)


def lire_envoi(cle_corps: bytes, request: SyncRequest, corps: tuple[Corps | None, ...] | None) -> tuple[Lue, ...]:
    """The operations of a batch. `corps` None: the sealed block could not be opened (kept aside by the caller); they
    are chained and wait for a body."""
    ouvert = corps is not None
    sceller = scelleur(cle_corps, request.device, request.epoch, len(request.headers))
    lues: list[Lue] = []
    for piece in pieces(request, corps if corps is not None else (None,) * len(request.headers)):
        entete = entete_de(piece)
        raison = _attente(piece, entete, ouvert)
        operation = _operation(entete, piece) if entete is not None and raison is None else None
        geste = geste_de(operation) if operation is not None else None
        scelle = sceller(piece.seq, piece.corps) if piece.corps is not None else None
        lues.append(Lue(piece, entete, operation, raison, geste, scelle))
    return tuple(lues)


def seules(lues: tuple[Lue, ...]) -> tuple[Lue, ...]:
    """The same operations, none of which is known to be plain: each is applied by itself."""
    return tuple(replace(lue, geste=None) for lue in lues)


def recevoir(
    tx: Transaction,
    cle_corps: bytes,
    request: SyncRequest,
    lues: tuple[Lue, ...],
    have: Have,
    fourche: int,
    maintenant: int,
    *,
    quitte: bool = False,
) -> Recu:
    """Takes the contiguous part of a batch. `have`: how far this log goes here; `fourche`: the last epoch of this
    device known to have two branches; `quitte`: from a computer that its desk left.
    Raises EnsembleRefuseError, which `seules` spares."""
    if not lues or request.first_seq > have.seq + 1:
        if request.head_seq > have.seq:
            # Its log goes further than what is here: it is known that something is still to come.
            _avancer_journal(tx, request, have)
        return Recu(have, (), fourche >= request.epoch)
    if _hash_a(tx, have, request, request.first_seq - 1) != request.prev_hash:
        return _fourche(tx, cle_corps, have, request, lues, maintenant)
    connues = _connues(tx, request) if request.first_seq <= have.seq else {}
    outcomes: list[Outcome] = []
    neuves: list[Lue] = []
    for rang, lue in enumerate(lues):
        piece, entete = lue.piece, lue.entete
        connue = connues.get(piece.seq)
        if connue is not None and connue[0] != piece.hash:
            suite = _fourche(tx, cle_corps, have, request, lues[rang:], maintenant)
            return Recu(have, (*outcomes, *suite.outcomes), True)
        if connue is not None:
            outcomes.append(Outcome(piece.seq, cast(Resultat, connue[1]), connue[2], connue[3]))
            continue
        if entete is not None and (entete.epoch, entete.seq) != (request.epoch, piece.seq):
            # Its own number says that something is missing before it: the part before stands.
            break
        neuves.append(lue)
        have = Have(request.epoch, piece.seq, piece.hash)
    issues, reste = _prendre(tx, cle_corps, request, neuves, maintenant, quitte)
    outcomes += issues
    if reste is not None:
        have = Have(request.epoch, reste.seq - 1, reste.prev_hash)
    _avancer_journal(tx, request, have)
    return Recu(have, tuple(outcomes), fourche >= request.epoch)


def _hash_a(tx: Transaction, have: Have, request: SyncRequest, seq: int) -> bytes | None:
    """The hash kept for this place in the log."""
    if seq == have.seq:
        return have.hash
    if seq == 0:
        return HASH_RACINE
    rangee = tx.une(
        "SELECT hash FROM operation WHERE device = ? AND epoch = ? AND seq = ?", request.device, request.epoch, seq
    )
    return bytes(rangee[0]) if rangee else None


def entete_de(piece: Piece) -> Entete | None:
    """The header, None when it is of a newer program (or names what no table can hold)."""
    try:
        entete = read_header(piece.header, piece.prev_hash, piece.hash)
    except SaisieRefusee:
        return None
    return None if "\0" in entete.type + entete.subject_id else entete


def _connues(tx: Transaction, request: SyncRequest) -> dict[int, tuple[bytes, str, str | None, str | None]]:
    """What is kept of the operations sent now, if they were sent before: hash, result, case, reason."""
    rangees = tx.toutes(
        "SELECT seq, hash, resultat, litige, raison FROM operation "
        "WHERE device = ? AND epoch = ? AND seq BETWEEN ? AND ?",
        request.device,
        request.epoch,
        request.first_seq,
        request.last_seq,
    )
    return {seq: (bytes(hash_), *autres) for seq, hash_, *autres in rangees}


def _operation(entete: Entete, piece: Piece) -> Operation:
    return Operation(entete, piece.corps.sel, piece.corps.octets) if piece.corps else Operation(entete, None, None)


def _prendre(
    tx: Transaction,
    cle_corps: bytes,
    request: SyncRequest,
    neuves: Sequence[Lue],
    maintenant: int,
    quitte: bool,
) -> tuple[list[Outcome], Piece | None]:
    """Keeps all of them, then applies each in its order. The outcomes, and the first that is left for another time."""
    if not neuves:
        return [], None
    premier = avancer(tx, "srv_seq", len(neuves))
    tx.inserer(
        "operation",
        "device, epoch, seq, srv_seq, hash, entete, type, sujet, resultat, raison, recu_le",
        [
            (
                request.device,
                request.epoch,
                lue.piece.seq,
                srv_seq,
                lue.piece.hash,
                lue.piece.header,
                lue.entete.type if lue.entete else None,
                lue.entete.subject_id if lue.entete else None,
                "en_attente" if lue.raison else "appliquee",
                lue.raison,
                maintenant,
            )
            for srv_seq, lue in enumerate(neuves, premier)
        ],
    )
    tx.inserer(
        "corps",
        "device, epoch, seq, scelle",
        [(request.device, request.epoch, lue.piece.seq, lue.scelle) for lue in neuves if lue.scelle is not None],
    )
    actes = [
        (Contexte(tx, request.device, srv_seq, maintenant, lue.entete, cle_corps, quitte), lue.operation, lue.geste)
        for srv_seq, lue in enumerate(neuves, premier)
        if lue.entete is not None and lue.operation is not None
    ]
    juges, faits = _appliquer_tous(tx, actes)
    if any(issue.result == "litige" for issue in juges.values()):
        # Of a lot that was given back, it may be: once for all of them.
        reprendre_valeur(tx, request.device)
    reste = None
    if faits < len(actes):
        seq = actes[faits][1].entete.seq
        reste = next(lue.piece for lue in neuves if lue.piece.seq == seq)
        for table in ("operation", "corps"):
            sql = f"DELETE FROM {table} WHERE device = ? AND epoch = ? AND seq >= ?"  # noqa: S608
            tx.faire(sql, request.device, request.epoch, seq)
    return [
        juges.get(lue.piece.seq)
        or Outcome(lue.piece.seq, "en_attente" if lue.raison else "appliquee", None, lue.raison)
        for lue in neuves
        if reste is None or lue.piece.seq < reste.seq
    ], reste


def _appliquer_tous(tx: Transaction, actes: Sequence[Acte]) -> tuple[dict[int, Outcome], int]:
    """Applies these acts in their order: those in plain order together, any other by itself, while it may.

    What became of the latter, by seq, and how many acts were applied in all. Raises EnsembleRefuseError.
    """
    ordinaires, juges, budget = Ordinaires(tx, actes), dict[int, Outcome](), TRAVAIL_MAX
    for rang in range(len(actes) + 1):
        if rang < len(actes) and ordinaires.prendre(rang):
            continue
        ordinaires.ecrire()
        if rang == len(actes):
            break
        if budget <= 0:
            return juges, rang
        avant, contexte = tx.travail, actes[rang][0]
        issue = juges[contexte.entete.seq] = _appliquer(contexte, actes[rang][1])
        if issue.result != "appliquee":
            # At once: what comes after may ask whether something waits.
            tx.faire(
                "UPDATE operation SET resultat = ?, litige = ?, raison = ? WHERE device = ? AND epoch = ? AND seq = ?",
                issue.result,
                issue.litige,
                issue.raison,
                contexte.device,
                contexte.entete.epoch,
                issue.seq,
            )
        budget -= tx.travail - avant
    return juges, len(actes)


def juger(
    tx: Transaction, cle_corps: bytes, device: str, srv_seq: int, piece: Piece, entete: Entete | None, maintenant: int
) -> Outcome:
    """What becomes of an act that was kept aside, at its own place in the order; its row is the caller's to change."""
    raison = _attente(piece, entete, bloc_ouvert=True)
    if raison or entete is None:
        return Outcome(piece.seq, "en_attente", None, raison)
    return _appliquer(Contexte(tx, device, srv_seq, maintenant, entete, cle_corps), _operation(entete, piece))


def _appliquer(contexte: Contexte, operation: Operation) -> Outcome:
    seq = operation.entete.seq
    try:
        with contexte.tx.etape():
            litige = appliquer(contexte, operation)
    except SaisieRefusee:
        return Outcome(seq, "en_attente", None, "corps_illisible")
    except (ValueError, RegleRompueError):
        return Outcome(seq, "en_attente", None, "inapplicable")
    return Outcome(seq, "litige", litige) if litige else Outcome(seq, "appliquee")


def _attente(piece: Piece, entete: Entete | None, bloc_ouvert: bool) -> str | None:
    """Why an operation waits before anything is applied, None when it can be."""
    if entete is None:
        return "entete_inconnu"
    if not bloc_ouvert:
        return "bloc_illisible"
    if piece.corps is not None and not verifier_corps(entete, piece.corps.sel, piece.corps.octets):
        return "engagement"
    if entete.type not in TYPES_CONNUS:
        return "type_inconnu"
    return "version_recente" if entete.v > VERSIONS_CONNUES.get(entete.type, VERSION_CONNUE) else None


def _avancer_journal(tx: Transaction, request: SyncRequest, have: Have) -> None:
    tx.faire(
        "INSERT INTO journal (device, epoch, seq, hash, tete_seq, tete_hash, tete_signature) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device, epoch) DO UPDATE SET seq = excluded.seq, "
        "hash = excluded.hash, tete_seq = excluded.tete_seq, tete_hash = excluded.tete_hash, "
        "tete_signature = excluded.tete_signature",
        request.device,
        request.epoch,
        have.seq,
        have.hash,
        request.head_seq,
        request.head_hash,
        request.head_sig,
    )


def _fourche(
    tx: Transaction,
    cle_corps: bytes,
    have: Have,
    request: SyncRequest,
    lues: tuple[Lue, ...],
    maintenant: int,
) -> Recu:
    branche = [lue.piece for lue in lues]
    litige, nouvelles = garder_branche(tx, cle_corps, request.device, request.epoch, branche, maintenant)
    if litige is not None:
        reprendre_valeur(tx, request.device)
    lus = [(entete, piece) for piece in nouvelles if (entete := entete_de(piece)) is not None]
    # Whatever branch it stands on, who asked to be erased is erased (protocol §8).
    effacements = [(entete, piece) for entete, piece in lus if entete.type == TypeOperation.PERSONNE_EFFACER]
    srv_seq = dernier(tx, "srv_seq")
    if nouvelles:
        actes = [
            (Contexte(tx, request.device, srv_seq, maintenant, entete, cle_corps), _operation(entete, piece))
            for entete, piece in effacements
        ]
        effacer_autres(tx, cle_corps, request.device, actes)
    return Recu(have, tuple(Outcome(p.seq, "en_attente", litige, "fourche") for p in branche), True)
