"""What cannot take its place in a log, kept all the same: a laptop may hold the only trace of a real award."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.champs import Champs
from passdesk.protocol.compact import compacter, etendre
from passdesk.protocol.evenements import CAMPAGNE_MAX, NUMERO_MAX
from passdesk.protocol.messages import (
    OPERATIONS_MAX,
    REQUEST_MAX,
    SyncRequest,
    decode_request,
    encode_request,
    read_header,
)
from passdesk.protocol.operations import Entete, TypeOperation
from passdesk.protocol.scellement import CLEAR_MAX, Corps
from passdesk.server.contexte import Piece, pieces
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
_OUVERTE_MAX = REQUEST_MAX + CLEAR_MAX + 1024
_MEMBRES_MAX = 8 + 3 * OPERATIONS_MAX

Ouverte = tuple[SyncRequest, tuple[Corps | None, ...]]
"""A message with its headers whole, and its bodies."""


def garder_message(tx: Transaction, cle: bytes, device: str, octets: bytes, raison: str, maintenant: int) -> int:
    """Keeps a whole message that could not be read, whoever it is from (`raison`): of a revoked device, or of a
    computer that its desk left (`REVOQUE`), as much as there is room for. How many bytes it took."""
    if raison == REVOQUE and _gardes(tx, device) + len(octets) > REVOQUE_MAX:
        return 0
    neuf = _garder(tx, cle, device, 0, 0, hashlib.sha256(octets).digest(), octets, raison, maintenant)
    return len(octets) if neuf else 0


def garder_ouverte(tx: Transaction, cle: bytes, ouverte: Ouverte, maintenant: int) -> int:
    """Keeps the acts of a message that is not to be applied (`REVOQUE`), open under the body key: an erasure reaches
    them. How many bytes more it took, 0 without room, without acts, or when all of them are here already.

    A desk sends them again and again, with more behind them each time: what a longer message holds is kept once, and
    no body that was kept is lost.
    """
    request, corps = ouverte
    lues = pieces(request, corps)
    if not lues:
        return 0
    device, epoch, fin = request.device, request.epoch, lues[-1].seq
    empreintes = {_empreinte(lue.hash): lue.seq for lue in lues}
    sql = (
        "SELECT numero, seq, empreinte, scelle FROM quarantaine "
        "WHERE device = ? AND raison = ? AND epoch = ? AND seq BETWEEN ? AND ?"
    )
    remplaces: list[int] = []
    pris = 0
    for numero, seq, empreinte, scelle in tx.toutes(sql, device, REVOQUE, epoch, request.first_seq, fin):
        if empreintes.get(bytes(empreinte)) != seq:
            continue
        avant, anciens = lire_ouverte(decrypt(cle, bytes(scelle), device, epoch, seq))
        if seq == fin and (avant.first_seq < request.first_seq or anciens == corps):
            return 0
        if avant.first_seq >= request.first_seq:
            tenus = dict(enumerate(anciens, avant.first_seq))
            corps = tuple(lu or tenus.get(rang) for rang, lu in enumerate(corps, request.first_seq))
            remplaces.append(numero)
            pris += len(scelle)
    octets = _ecrire_ouverte((request, corps))
    if _gardes(tx, device) - pris + len(octets) > REVOQUE_MAX:
        return 0
    for numero in remplaces:
        tx.faire("DELETE FROM quarantaine WHERE numero = ?", numero)
    _garder(tx, cle, device, epoch, fin, _empreinte(lues[-1].hash), octets, REVOQUE, maintenant)
    return max(0, len(octets) - pris)


def lire_ouverte(octets: bytes) -> Ouverte:
    """A message that `garder_ouverte` kept, as it was written."""
    lu = canonique.decode(etendre(octets, _OUVERTE_MAX), taille_max=_OUVERTE_MAX, membres_max=_MEMBRES_MAX)
    return decode_request(lu[0]), tuple(None if corps is None else Corps(*corps) for corps in lu[1])


def _ecrire_ouverte(ouverte: Ouverte) -> bytes:
    request, corps = ouverte
    clairs = [None if lu is None else [lu.sel, lu.octets] for lu in corps]
    return compacter(canonique.encode([encode_request(replace(request, bodies=b"")), clairs]))


def _recrire(tx: Transaction, cle: bytes, numero: int, ouverte: Ouverte) -> None:
    """The same message with fewer bodies."""
    request, fin = ouverte[0], ouverte[0].first_seq + len(ouverte[1]) - 1
    scelle = encrypt(cle, _ecrire_ouverte(ouverte), request.device, request.epoch, fin)
    tx.faire("UPDATE quarantaine SET scelle = ? WHERE numero = ?", scelle, numero)
    demander_menage(tx)


def oublier_les_connus(tx: Transaction, device: str) -> None:
    """Drops the messages set aside from this device whose acts its log holds by now, to the last, with their bodies."""
    sql = (
        "SELECT q.numero, q.empreinte, o.hash FROM quarantaine q "
        "JOIN operation o ON o.device = q.device AND o.epoch = q.epoch AND o.seq = q.seq "
        "WHERE q.device = ? AND q.raison = ? AND coalesce(o.raison, '') <> 'bloc_illisible'"
    )
    for numero, empreinte, hash_ in tx.toutes(sql, device, REVOQUE):
        # A hash is of all that comes before it too.
        if bytes(empreinte) == _empreinte(bytes(hash_)):
            tx.faire("DELETE FROM quarantaine WHERE numero = ?", numero)


def _empreinte(hash_: bytes) -> bytes:
    """Names a message by its last act, and never as that act is named when it stands on a branch."""
    return hashlib.sha256(b"PassDesk-garde/1\0" + hash_).digest()


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
    headers there; the headers stay. One of a newer program names nobody that this one could tell. Those of the messages
    set aside go too."""
    lues = tuple(_branches(tx, cle, device))
    concerne, videes = regle([entete for _, entete, _, _ in lues]), 0
    for numero, entete, header, a_un_corps in lues:
        if a_un_corps and concerne(entete):
            vide = canonique.encode([entete.prev_hash, header, None])
            videes += tx.faire(
                "UPDATE quarantaine SET scelle = ? WHERE numero = ?",
                encrypt(cle, vide, device, entete.epoch, entete.seq),
                numero,
            )
    sql = "SELECT numero, epoch, seq, scelle FROM quarantaine WHERE device = ? AND raison = ? AND epoch > 0"
    for numero, epoch, seq, scelle in tx.toutes(sql, device, REVOQUE):
        request, corps = lire_ouverte(decrypt(cle, bytes(scelle), device, epoch, seq))
        reste = sans_corps((request, corps), concerne)
        if reste != corps:
            _recrire(tx, cle, numero, (request, reste))
    if videes:
        demander_menage(tx)


def entetes_a_part(tx: Transaction, cle: bytes, device: str) -> tuple[Entete, ...]:
    """The headers of the branches set aside, those that this program reads."""
    return tuple(entete for _, entete, _, _ in _branches(tx, cle, device))


def _branches(tx: Transaction, cle: bytes, device: str) -> Iterator[tuple[int, Entete, bytes, bool]]:
    """Number, header, its bytes, whether it has a body, of each act of the branches set aside."""
    sql = "SELECT numero, epoch, seq, scelle FROM quarantaine WHERE device = ? AND raison = 'fourche' ORDER BY numero"
    for numero, epoch, seq, scelle in tx.toutes(sql, device):
        prev_hash, header, corps = canonique.decode(decrypt(cle, scelle, device, epoch, seq))
        with suppress(SaisieRefusee):
            yield numero, read_header(header, prev_hash), header, corps is not None


def sans_corps(ouverte: Ouverte, concerne: Callable[[Entete], bool]) -> tuple[Corps | None, ...]:
    """The bodies of a message, without those of the operations that `concerne` names."""
    return tuple(None if _concernee(lue, concerne) else lue.corps for lue in pieces(*ouverte))


def _concernee(piece: Piece, concerne: Callable[[Entete], bool]) -> bool:
    try:
        return concerne(read_header(piece.header, piece.prev_hash, piece.hash))
    except SaisieRefusee:
        return False


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
