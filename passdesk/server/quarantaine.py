"""What cannot take its place in a log, kept all the same: a laptop may hold the only trace of a real award."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.champs import Champs
from passdesk.protocol.compact import etendre
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
from passdesk.server.corps import NONCE, decrypt, encrypt
from passdesk.server.litiges import Concerne, ouvrir_litige
from passdesk.server.magasin import Transaction
from passdesk.server.menage import demander_menage

REVOQUE = "appareil_revoque"
REVOQUE_MAX = 16 * 1024 * 1024
"""Bytes kept at once of what one device sends while it is revoked, as they are once opened: the acts of months, and an
erasure reads all of them under the lock. It sends the same acts again, and the first ones are here."""
PLACE = 16 * 1024
"""Bytes that each of these messages counts for beside its own: an erasure opens them one by one, a thousand at most."""
REVOQUE_JOURS = 730
"""Days that they are kept: they may name people, whom nobody can have erased from there (two years, as a record that
nobody comes back to, decision 0052)."""
_JOUR_MS = 86_400_000
_OUVERTE_MAX = REQUEST_MAX + CLEAR_MAX + 1024
_MEMBRES_MAX = 8 + 3 * OPERATIONS_MAX

Ouverte = tuple[SyncRequest, tuple[Corps | None, ...]]
"""A message with its headers whole, and its bodies."""


@dataclass(frozen=True, slots=True)
class Garde:
    """A message to set aside (`REVOQUE`), sealed before anybody waits for it. `epoch`, `seq`: of its last act, 0 when
    it does not read; `actes`: each that it holds, by its name as the last of a message; `vus`: the messages that end
    with one of them, number and nonce of each; `remplaces`: those that it takes the place of."""

    device: str
    epoch: int
    seq: int
    empreinte: bytes
    scelle: bytes = field(repr=False)
    actes: Mapping[bytes, int] = field(default_factory=dict)
    vus: frozenset[tuple[int, bytes]] = frozenset()
    remplaces: tuple[int, ...] = ()


def garder_message(tx: Transaction, cle: bytes, device: str, octets: bytes, raison: str, maintenant: int) -> None:
    """Keeps a whole message that could not be read, of a desk that is listened to (`raison`)."""
    empreinte = hashlib.sha256(octets).digest()
    _garder(tx, device, 0, 0, empreinte, encrypt(cle, octets, device, 0, 0), raison, maintenant)


def sceller_telle(cle: bytes, device: str, octets: bytes) -> Garde:
    """A message that does not read, as it came."""
    return Garde(device, 0, 0, hashlib.sha256(octets).digest(), encrypt(cle, octets, device, 0, 0))


def sceller_ouverte(tx: Transaction, cle: bytes, ouverte: Ouverte) -> Garde | None:
    """The acts of a message, open under the body key: an erasure reaches them. None without acts, or when all of them
    are here already. It only reads, and is done before the lock: it opens what it takes the place of.

    A desk sends them again and again, with more behind them each time: what a longer message holds is kept once, and
    no body that was kept is lost. Nothing is compressed: what is kept is as long as what an erasure has to read.
    """
    request, corps = ouverte
    lues = pieces(request, corps)
    if not lues:
        return None
    device, epoch, fin = request.device, request.epoch, lues[-1].seq
    actes = {_empreinte(lue.hash): lue.seq for lue in lues}
    vus = _finissent(tx, device, epoch, actes)
    remplaces: list[int] = []
    for numero, _ in sorted(vus):
        seq, scelle = tx.une("SELECT seq, scelle FROM quarantaine WHERE numero = ?", numero) or (0, b"")
        avant, anciens = lire_ouverte(decrypt(cle, bytes(scelle), device, epoch, seq))
        if seq == fin and (avant.first_seq < request.first_seq or anciens == corps):
            return None
        if avant.first_seq >= request.first_seq:
            tenus = dict(enumerate(anciens, avant.first_seq))
            corps = tuple(lu or tenus.get(rang) for rang, lu in enumerate(corps, request.first_seq))
            remplaces.append(numero)
    scelle = encrypt(cle, _ecrire_ouverte((request, corps)), device, epoch, fin)
    return Garde(device, epoch, fin, _empreinte(lues[-1].hash), scelle, actes, vus, tuple(remplaces))


def _finissent(tx: Transaction, device: str, epoch: int, actes: Mapping[bytes, int]) -> frozenset[tuple[int, bytes]]:
    """The messages set aside that end with one of these acts: number, and nonce of what is there now."""
    if not actes:
        return frozenset()
    sql = (
        f"SELECT numero, seq, empreinte, substr(scelle, 1, {NONCE}) FROM quarantaine "  # noqa: S608
        "WHERE device = ? AND raison = ? AND epoch = ? AND seq BETWEEN ? AND ?"
    )
    rangees = tx.toutes(sql, device, REVOQUE, epoch, min(actes.values()), max(actes.values()))
    return frozenset(
        (int(numero), bytes(nonce)) for numero, seq, empreinte, nonce in rangees if actes.get(bytes(empreinte)) == seq
    )


def poser_garde(tx: Transaction, garde: Garde, maintenant: int, *, borne: bool = True) -> int | None:
    """Writes it: how many bytes more it takes, 0 when it is here already, or has no room (`borne`); None, and
    nothing is written, when what is kept of these acts is not what it was any more."""
    if _finissent(tx, garde.device, garde.epoch, garde.actes) != garde.vus:
        return None
    numeros, pris = list(garde.remplaces), 0
    if numeros:
        sql = "SELECT sum(length(scelle) + ?) FROM quarantaine WHERE numero = ANY (?)"
        (pris,) = tx.une(sql, PLACE, numeros) or (0,)
    prend = len(garde.scelle) + PLACE - int(pris)
    if borne and _gardes(tx, garde.device) + prend > REVOQUE_MAX:
        return 0
    if numeros:
        tx.faire("DELETE FROM quarantaine WHERE numero = ANY (?)", numeros)
    neuve = _garder(tx, garde.device, garde.epoch, garde.seq, garde.empreinte, garde.scelle, REVOQUE, maintenant)
    return max(0, prend) if neuve else 0


def lire_ouverte(octets: bytes) -> Ouverte:
    """A message that `sceller_ouverte` sealed, as it was written. The first ones were kept in a frame."""
    lu = canonique.decode(etendre(octets, _OUVERTE_MAX), taille_max=_OUVERTE_MAX, membres_max=_MEMBRES_MAX)
    return decode_request(lu[0]), tuple(None if corps is None else Corps(*corps) for corps in lu[1])


def _ecrire_ouverte(ouverte: Ouverte) -> bytes:
    request, corps = ouverte
    clairs = [None if lu is None else [lu.sel, lu.octets] for lu in corps]
    return canonique.encode([encode_request(replace(request, bodies=b"")), clairs])


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
    """Bytes set aside since this device was revoked, `PLACE` for each message with them."""
    sql = "SELECT coalesce(sum(length(scelle) + ?), 0) FROM quarantaine WHERE device = ? AND raison = ?"
    rangee = tx.une(sql, PLACE, device, REVOQUE)
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
        scelle = encrypt(cle, octets, device, epoch, piece.seq)
        if _garder(tx, device, epoch, piece.seq, piece.hash, scelle, "fourche", maintenant):
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
    sql = "SELECT numero, epoch, seq FROM quarantaine WHERE device = ? AND raison = ? AND epoch > 0"
    for numero, epoch, seq in tx.toutes(sql, device, REVOQUE):
        # One by one: together they take many times as much in memory.
        (scelle,) = tx.une("SELECT scelle FROM quarantaine WHERE numero = ?", numero) or (b"",)
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
    device: str,
    epoch: int,
    seq: int,
    empreinte: bytes,
    scelle: bytes,
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
        scelle,
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
