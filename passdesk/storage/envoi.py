"""Where the exchange with the Region stands: what it acknowledged, what is still to send, the counter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from passdesk.protocol.operations import HASH_RACINE, Operation, Tete
from passdesk.storage import journal
from passdesk.storage.engine import Base
from passdesk.storage.lecture import instant, ligne, lignes, maintenant_ms, nombre


@dataclass(frozen=True, slots=True)
class EtatEnvoi:
    """`cursor`: last `srv_seq` applied; (`acked_epoch`, `acked_seq`): last operation the Region has on disk.

    `server_epoch`: life of the Region's server, 0 before the first answer. `counter`: last request counter used;
    `contact`: last answer of the Region, None before the first.
    """

    server_epoch: int
    cursor: int
    acked_epoch: int
    acked_seq: int
    counter: int
    contact: datetime | None


@dataclass(frozen=True, slots=True)
class Issue:
    """What the Region made of an operation: `resultat` is "appliquee", "en_attente" (and why) or "litige" (which)."""

    epoch: int
    seq: int
    resultat: str
    litige_id: str | None = None
    raison: str | None = None


def etat(base: Base) -> EtatEnvoi:
    """The exchange as it stands."""
    lu = ligne(base, "SELECT * FROM envoi WHERE id = 1") or {}
    contact = instant(lu["contact"]) if lu["contact"] is not None else None
    return EtatEnvoi(lu["server_epoch"], lu["cursor"], lu["acked_epoch"], lu["acked_seq"], lu["counter"], contact)


def tete(base: Base) -> Tete:
    """The head of this desk's log."""
    with base.lecture() as db:
        return journal.tete(db)


def hash_de(base: Base, epoch: int, seq: int) -> bytes | None:
    """The hash of this operation of the log (`HASH_RACINE` before the first); None when this desk does not have it."""
    trouvee = ligne(base, "SELECT hash FROM operation WHERE epoch = ? AND seq = ?", [epoch, seq])
    return trouvee["hash"] if trouvee else HASH_RACINE if seq == 0 else None


def compter_apres(base: Base, epoch: int, seq: int) -> int:
    """How many operations of the log follow (epoch, seq)."""
    return nombre(base, "SELECT count(*) FROM operation WHERE (epoch, seq) > (?, ?)", [epoch, seq])


def suit_l_acquit(base: Base, epoch: int, seq: int) -> bool:
    """True when the Region has every operation of the log before (epoch, seq)."""
    sql = (
        "SELECT count(*) FROM operation, envoi WHERE (epoch, seq) > (acked_epoch, acked_seq) AND (epoch, seq) < (?, ?)"
    )
    return nombre(base, sql, [epoch, seq]) == 0


def dernier_seq(base: Base, epoch: int) -> int:
    """The number of the last operation of this epoch, 0 when it has none."""
    return nombre(base, "SELECT max(seq) FROM operation WHERE epoch = ?", [epoch])


def operations_apres(
    base: Base, epoch: int, seq: int, *, limite: int = 500, octets: int = 1 << 20
) -> tuple[Operation, ...]:
    """The operations that follow (epoch, seq), in order, of one epoch only; at least one, then within the bounds.

    `octets`: sum of body lengths.
    """
    lot: list[Operation] = []
    taille = 0
    with base.lecture() as db:
        for operation in journal.operations(db, apres=(epoch, seq), limite=limite):
            taille += len(operation.corps or b"")
            if lot and (taille > octets or operation.entete.epoch != lot[0].entete.epoch):
                break
            lot.append(operation)
    return tuple(lot)


def premier_acte(base: Base) -> datetime | None:
    """When the first operation was recorded (UTC); None before any."""
    lu = ligne(base, "SELECT min(wall) AS wall FROM operation") or {}
    return instant(lu["wall"]) if lu["wall"] is not None else None


def reste_a_envoyer(base: Base) -> int:
    """Operations that the Region has not acknowledged."""
    sql = "SELECT count(*) FROM operation, envoi WHERE (epoch, seq) > (acked_epoch, acked_seq)"
    return nombre(base, sql)


def octets_apres(base: Base, epoch: int, seq: int, jusqu_a: tuple[int, int] = (2**31, 0)) -> int:
    """Bytes of the bodies of the operations that follow (epoch, seq), those up to `jusqu_a` included."""
    sql = (
        "SELECT coalesce(sum(length(octets)), 0) FROM operation JOIN corps USING (op_id) "
        "WHERE (epoch, seq) > (?, ?) AND (epoch, seq) <= (?, ?)"
    )
    return nombre(base, sql, [epoch, seq, *jusqu_a])


def plus_ancien_a_envoyer(base: Base) -> datetime | None:
    """When the first act that the Region has not acknowledged was recorded (UTC); None when nothing waits."""
    sql = "SELECT wall FROM operation, envoi WHERE (epoch, seq) > (acked_epoch, acked_seq) ORDER BY epoch, seq LIMIT 1"
    lu = ligne(base, sql)
    return instant(lu["wall"]) if lu else None


def noter_acquit(base: Base, epoch: int, seq: int) -> None:
    """The Region has everything up to (epoch, seq); it may be less than before, when the Region was restored."""
    with base.ecriture() as db:
        db.execute("UPDATE envoi SET acked_epoch = ?, acked_seq = ?", [epoch, seq])


def noter_curseur(base: Base, cursor: int) -> None:
    """Events up to `cursor` are applied: to be written in the transaction that applies them."""
    with base.ecriture() as db:
        db.execute("UPDATE envoi SET cursor = ?", [cursor])


def noter_serveur(base: Base, server_epoch: int) -> bool:
    """Which life of the Region's server answered; True for a new one, which rewinds the cursor."""
    nouvelle = etat(base).server_epoch not in (0, server_epoch)
    with base.ecriture() as db:
        db.execute(
            "UPDATE envoi SET cursor = iif(?, 0, cursor), server_epoch = ?",
            [nouvelle, server_epoch],
        )
    return nouvelle


def noter_contact(base: Base, le: int | None = None) -> None:
    """The Region answered now, or at `le` (ms UTC), which is never later than now nor before what is noted."""
    ici = maintenant_ms(base)
    with base.ecriture() as db:
        if le is None:
            db.execute("UPDATE envoi SET contact = ?", [ici])
        else:
            db.execute("UPDATE envoi SET contact = max(coalesce(contact, 0), ?)", [min(le, ici)])


def compteur_suivant(base: Base) -> int:
    """The counter of the next request, on disk before it is used."""
    with base.ecriture() as db:
        db.execute("UPDATE envoi SET counter = counter + 1")
        return nombre(base, "SELECT counter FROM envoi")


def relever_compteur(base: Base, minimum: int) -> None:
    """The Region has seen this counter: go on above it."""
    with base.ecriture() as db:
        db.execute("UPDATE envoi SET counter = max(counter, ?)", [minimum])


def noter_issues(base: Base, issues: Iterable[Issue]) -> None:
    """Keeps what the Region made of each operation."""
    with base.ecriture() as db:
        # Not by `Table.upsert_all`: see `poste`.
        db.conn.executemany(
            "INSERT INTO issue (epoch, seq, resultat, litige_id, raison) "
            "VALUES (:epoch, :seq, :resultat, :litige_id, :raison) "
            "ON CONFLICT (epoch, seq) DO UPDATE SET resultat = excluded.resultat, litige_id = excluded.litige_id, "
            "raison = excluded.raison",
            map(asdict, issues),
        )


def en_suspens(base: Base) -> tuple[Issue, ...]:
    """The operations that the Region keeps aside or turned into a case, oldest first."""
    sql = "SELECT epoch, seq, resultat, litige_id, raison FROM issue WHERE resultat <> 'appliquee' ORDER BY epoch, seq"
    return tuple(Issue(**champs) for champs in lignes(base, sql))
