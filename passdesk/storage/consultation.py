"""Reads for the screens that look back: carnets by number, and the acts on a person."""

from __future__ import annotations

from collections.abc import Sequence

from passdesk.protocol.operations import Entete, Operation
from passdesk.storage.engine import Base
from passdesk.storage.lecture import lignes
from passdesk.storage.projections.personnes import personnes_fusionnees

ACTES = (
    "SELECT o.epoch, o.seq, o.op_id, o.type, o.v, o.agent_id, o.subject_id, o.wall, o.commitment, o.prev_hash, o.hash, "
    "c.sel, c.octets FROM operation o LEFT JOIN corps c ON c.op_id = o.op_id "
)
"""What every reading of acts begins with; a row is an `operation`."""


def carnets_du_numero(base: Base, numero: int, campagne: int | None = None) -> tuple[tuple[int, int], ...]:
    """(campaign, number) of the carnets awarded here under this number, in one campaign or in any."""
    sql = "SELECT campagne, numero FROM carnet WHERE numero = ? AND (? IS NULL OR campagne = ?) ORDER BY campagne DESC"
    return tuple((champs["campagne"], champs["numero"]) for champs in lignes(base, sql, [numero, campagne, campagne]))


def actes_sur(base: Base, personne_id: str) -> tuple[Operation, ...]:
    """The operations about a person and those merged into it, oldest first."""
    with base.lecture() as db:
        concernees = personnes_fusionnees(db, personne_id)
    marques = ", ".join("?" for _ in concernees)
    sql = f"{ACTES} WHERE o.subject_id IN ({marques}) ORDER BY o.epoch, o.seq"
    return tuple(operation(tuple(champs.values())) for champs in lignes(base, sql, concernees))


def actes_du_type(base: Base, types: Sequence[str], depuis: int = 0) -> tuple[Operation, ...]:
    """The operations of these types of this desk, oldest first. `depuis`: not before that moment (ms since 1970)."""
    marques = ", ".join("?" for _ in types)
    sql = f"{ACTES} WHERE o.type IN ({marques}) AND o.wall >= ? ORDER BY o.epoch, o.seq"
    return tuple(operation(tuple(champs.values())) for champs in lignes(base, sql, [*types, depuis]))


def acte(base: Base, epoch: int, seq: int) -> Operation | None:
    """The operation of this number, or None."""
    trouves = lignes(base, f"{ACTES} WHERE (o.epoch, o.seq) = (?, ?)", [epoch, seq])
    return operation(tuple(trouves[0].values())) if trouves else None


def operation(champs: Sequence[object]) -> Operation:
    """The act of a row of ACTES."""
    *entete, sel, octets = champs
    return Operation(
        Entete(*entete),  # type: ignore[arg-type]
        sel if isinstance(sel, bytes) else None,
        octets if isinstance(octets, bytes) else None,
    )
