"""Règlements received from the Region (protocol §7): the bytes as signed, and what this desk said of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, instant, lignes, maintenant_ms, nombre


@dataclass(frozen=True, slots=True)
class ReglementRecu:
    """One publication. `octets`: the TOML; `raison`: code of why this desk does not apply it, None when it does."""

    id: str
    generation: int
    executoire_le: date
    empreinte: bytes
    octets: bytes = field(repr=False)
    raison: str | None
    recu: datetime


def noter(
    base: Base,
    *,
    reglement_id: str,
    generation: int,
    executoire_le: date,
    empreinte: bytes,
    octets: bytes,
    raison: str | None,
) -> None:
    """Keeps one publication; told again, it replaces what was kept and leaves its first day."""
    with base.ecriture() as db:
        db.execute(
            "INSERT INTO reglement_recu (reglement_id, generation, executoire_le, empreinte, octets, raison, recu) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (empreinte, generation) DO UPDATE SET "
            "reglement_id = excluded.reglement_id, executoire_le = excluded.executoire_le, octets = excluded.octets, "
            "raison = excluded.raison",
            [reglement_id, generation, executoire_le.isoformat(), empreinte, octets, raison, maintenant_ms(base)],
        )


def appliques(base: Base) -> tuple[ReglementRecu, ...]:
    """Those in use at this desk, in the order of their generations."""
    return _lire(base, "raison IS NULL")


def get(base: Base, empreinte: bytes, generation: int) -> ReglementRecu | None:
    """The publication of this text under this generation, or None."""
    return next((r for r in _lire(base, "generation = ?", [generation]) if r.empreinte == empreinte), None)


def refuses(base: Base) -> tuple[ReglementRecu, ...]:
    """Those that this desk does not apply, whatever came after them."""
    return _lire(base, "raison IS NOT NULL")


def derniere_generation(base: Base) -> int:
    """The highest generation in use here; 0 for the règlements shipped with the program."""
    return nombre(base, "SELECT coalesce(max(generation), 0) FROM reglement_recu WHERE raison IS NULL")


def _lire(base: Base, condition: str, valeurs: Sequence[object] = ()) -> tuple[ReglementRecu, ...]:
    sql = f"SELECT * FROM reglement_recu WHERE {condition} ORDER BY generation, rang"  # noqa: S608
    return tuple(_recu(champs) for champs in lignes(base, sql, valeurs))


def _recu(champs: Ligne) -> ReglementRecu:
    return ReglementRecu(
        id=champs["reglement_id"],
        generation=champs["generation"],
        executoire_le=date.fromisoformat(champs["executoire_le"]),
        empreinte=champs["empreinte"],
        octets=champs["octets"],
        raison=champs["raison"],
        recu=instant(champs["recu"]),
    )
