"""The thin region-wide index: awards of other desks by blind key (protocol §6); no name is in it."""

from __future__ import annotations

from datetime import date

from passdesk.domain.demande import Anterieur
from passdesk.storage.engine import Base
from passdesk.storage.lecture import lignes, nombre


def ajouter(base: Base, srv_seq: int, cle: bytes, nombre_pass: int, le: date, poste: str) -> None:
    """Records one award told by the Region; told twice, it counts once. `poste`: device that made it."""
    with base.ecriture() as db:
        db.table("index_regional").insert(
            {"srv_seq": srv_seq, "cle": cle, "pass": nombre_pass, "le": le.isoformat(), "poste": poste}, ignore=True
        )


def anterieurs(base: Base, cle: bytes, *, sauf_poste: str | None) -> tuple[Anterieur, ...]:
    """Awards of this identity at other desks, oldest first; those of `sauf_poste` (this desk) are in its own log.

    A negative row takes back the latest award of that size at that desk.
    """
    sql = "SELECT pass, le, poste FROM index_regional WHERE cle = ? AND poste IS NOT ? ORDER BY srv_seq"
    en_cours: list[tuple[str, int, str]] = []
    for champs in lignes(base, sql, [cle, sauf_poste]):
        poste, combien, le = champs["poste"], champs["pass"], champs["le"]
        if combien > 0:
            en_cours.append((le, combien, poste))
            continue
        repris = [rang for rang, (_, n, p) in enumerate(en_cours) if (n, p) == (-combien, poste)]
        if repris:
            en_cours.pop(repris[-1])
    return tuple(Anterieur(combien, date.fromisoformat(le)) for le, combien, _ in sorted(en_cours))


def total(base: Base, cle: bytes, *, sauf_poste: str | None) -> int:
    """Pass received by this identity at other desks."""
    sql = "SELECT sum(pass) FROM index_regional WHERE cle = ? AND poste IS NOT ?"
    return nombre(base, sql, [cle, sauf_poste])
