"""What cannot take its place in a log, kept all the same: a laptop may hold the only trace of a real award."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.champs import Champs
from passdesk.protocol.evenements import CAMPAGNE_MAX, NUMERO_MAX
from passdesk.protocol.messages import read_header
from passdesk.protocol.operations import Entete, TypeOperation
from passdesk.server.contexte import Piece
from passdesk.server.corps import decrypt, encrypt
from passdesk.server.litiges import Concerne, ouvrir_litige
from passdesk.server.magasin import Transaction
from passdesk.server.menage import demander_menage

REVOQUE = "appareil_revoque"
REVOQUE_MAX = 16 * 1024 * 1024
"""Bytes kept at once of what one device sends while it is revoked: it sends the same acts again, and the first ones are
here."""
REVOQUE_JOURS = 730
"""Days that they are kept: they may name people, whom nobody can have erased from there (two years, as a record that
nobody comes back to, decision 0052)."""
_JOUR_MS = 86_400_000


def garder_message(tx: Transaction, cle: bytes, device: str, octets: bytes, raison: str, maintenant: int) -> None:
    """Keeps a whole message that could not be read, or came from a revoked device (`REVOQUE`): of the latter, as much
    as there is room for. The same one is kept once."""
    if raison != REVOQUE or _gardes(tx, device) + len(octets) <= REVOQUE_MAX:
        _garder(tx, cle, device, 0, 0, hashlib.sha256(octets).digest(), octets, raison, maintenant)


def _gardes(tx: Transaction, device: str) -> int:
    """Bytes set aside since this device was revoked."""
    sql = "SELECT coalesce(sum(length(scelle)), 0) FROM quarantaine WHERE device = ? AND raison = ?"
    rangee = tx.une(sql, device, REVOQUE)
    return int(rangee[0]) if rangee else 0


def purger_les_revoques(tx: Transaction, maintenant: int) -> None:
    """Drops what revoked devices sent too long ago (`REVOQUE_JOURS`)."""
    avant = maintenant - REVOQUE_JOURS * _JOUR_MS
    if tx.faire("DELETE FROM quarantaine WHERE raison = ? AND recu_le < ?", REVOQUE, avant):
        demander_menage(tx)


def garder_branche(
    tx: Transaction, cle: bytes, device: str, epoch: int, branche: Sequence[Piece], maintenant: int
) -> tuple[str | None, tuple[Piece, ...]]:
    """Keeps the other branch of a fork, marks the device, and opens a case with the carnets awarded on that branch.

    Returns the case's id, None when all of it was known already, and what was not.
    """
    concernes: list[Concerne] = []
    nouvelles: list[Piece] = []
    for piece in branche:
        corps = None if piece.corps is None else [piece.corps.sel, piece.corps.octets]
        octets = canonique.encode([piece.prev_hash, piece.header, corps])
        if _garder(tx, cle, device, epoch, piece.seq, piece.hash, octets, "fourche", maintenant):
            nouvelles.append(piece)
            concernes.extend(_carnets(device, piece))
    deja = tx.faire("UPDATE poste SET fourche = ? WHERE device = ? AND fourche < ?", epoch, device, epoch) == 0
    if not nouvelles or (deja and not concernes):
        return None, tuple(nouvelles)
    campagne = concernes[0].campagne if concernes else 0
    if not concernes:
        concernes.append(Concerne(0, 0, device, None))
    litige = ouvrir_litige(tx, "fourche", concernes, campagne=campagne, excedent=0, maintenant=maintenant)
    return litige, tuple(nouvelles)


def effacer_branches(
    tx: Transaction, cle: bytes, device: str, regle: Callable[[Sequence[Entete]], Callable[[Entete], bool]]
) -> None:
    """Drops, in the branches set aside, the bodies of the operations that `regle` names, once it has seen all the
    headers there; the headers stay. One of a newer program names nobody that this one could tell."""
    lues: list[tuple[int, Entete, bytes, bool]] = []
    sql = "SELECT numero, epoch, seq, scelle FROM quarantaine WHERE device = ? AND raison = 'fourche' ORDER BY numero"
    for numero, epoch, seq, scelle in tx.toutes(sql, device):
        prev_hash, header, corps = canonique.decode(decrypt(cle, scelle, device, epoch, seq))
        with suppress(SaisieRefusee):
            lues.append((numero, read_header(header, prev_hash), header, corps is not None))
    concerne, videes = regle([entete for _, entete, _, _ in lues]), 0
    for numero, entete, header, a_un_corps in lues:
        if a_un_corps and concerne(entete):
            vide = canonique.encode([entete.prev_hash, header, None])
            videes += tx.faire(
                "UPDATE quarantaine SET scelle = ? WHERE numero = ?",
                encrypt(cle, vide, device, entete.epoch, entete.seq),
                numero,
            )
    if videes:
        demander_menage(tx)


def _garder(
    tx: Transaction,
    cle: bytes,
    device: str,
    epoch: int,
    seq: int,
    empreinte: bytes,
    octets: bytes,
    raison: str,
    maintenant: int,
) -> bool:
    ajoutees = tx.faire(
        "INSERT INTO quarantaine (numero, device, epoch, seq, empreinte, raison, scelle, recu_le) "
        "VALUES ((SELECT coalesce(max(numero), 0) + 1 FROM quarantaine), ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (device, epoch, seq, empreinte) DO NOTHING",
        device,
        epoch,
        seq,
        empreinte,
        raison,
        encrypt(cle, octets, device, epoch, seq),
        maintenant,
    )
    return ajoutees > 0


def _carnets(device: str, piece: Piece) -> list[Concerne]:
    """The carnets that an award of the branch names; none when it cannot be read."""
    try:
        entete = read_header(piece.header, piece.prev_hash)
        if entete.type != TypeOperation.ATTRIBUTION_ACCORDER or piece.corps is None:
            return []
        contenu = Champs(canonique.decode(piece.corps.octets))
        return [
            Concerne(
                c.entier("campagne", 0, CAMPAGNE_MAX), c.entier("numero", 0, NUMERO_MAX), device, entete.subject_id
            )
            for c in contenu.cartes("carnets", 10)
        ]
    except SaisieRefusee:
        return []
