"""The merges in force: who was made one with whom, and what would keep them from being two again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from passdesk.domain.personne import Personne
from passdesk.protocol import canonique
from passdesk.storage.engine import Base
from passdesk.storage.lecture import instant, lignes
from passdesk.storage.personnes import completees, depuis_ligne
from passdesk.storage.projections import personnes_fusionnees

_CORPS = (
    "SELECT o.op_id, o.wall, c.octets FROM operation o JOIN corps c ON c.op_id = o.op_id "
    "WHERE o.subject_id = ? AND o.type {} ORDER BY o.epoch, o.seq"
)


@dataclass(frozen=True, slots=True)
class Fusion:
    """A record made one with another. `acte`: the op_id of the merge; `quand`: UTC; `absorbee` as it was then."""

    acte: str
    quand: datetime
    absorbee: Personne = field(repr=False)


def par_personne(base: Base, personne_id: str) -> tuple[Fusion, ...]:
    """Those that this record keeps in itself, the latest first; a merge inside one of them comes after it."""
    sql = "SELECT * FROM personne WHERE fusionnee_dans = ? AND efface = 0"
    siennes = [depuis_ligne(champs) for champs in lignes(base, sql, [personne_id])]
    absorbees = {vue.personne_id: vue for vue in completees(base, siennes)}
    actes = {
        corps["absorbee"]: (op_id, wall) for op_id, wall, corps in _actes(base, personne_id, "= 'personne.fusionner'")
    }
    fusions = (
        Fusion(actes[absorbee_id][0], instant(actes[absorbee_id][1]), absorbee)
        for absorbee_id, absorbee in absorbees.items()
    )
    return tuple(sorted(fusions, key=lambda fusion: fusion.acte, reverse=True))


@dataclass(frozen=True, slots=True)
class Defaite:
    """A merge that was undone, and not made again since. `reunies`, `separees`: UTC."""

    garde: str
    absorbee: str
    reunies: datetime
    separees: datetime


def defaites(base: Base) -> tuple[Defaite, ...]:
    """The merges undone at this desk, oldest first."""
    sql = (
        "SELECT o.subject_id, o.wall, c.octets FROM operation o JOIN corps c ON c.op_id = o.op_id "
        "WHERE o.type = 'personne.fusionner' ORDER BY o.epoch, o.seq"
    )
    reunies: dict[str, datetime] = {}
    defaites: dict[tuple[str, str], Defaite] = {}
    for champs in lignes(base, sql):
        corps, garde, quand = canonique.decode(champs["octets"]), champs["subject_id"], instant(champs["wall"])
        paire = garde, corps["absorbee"]
        if corps.get("annule"):
            defaites[paire] = Defaite(*paire, reunies[corps["absorbee"]], quand)
        else:
            reunies[corps["absorbee"]] = quand
            defaites.pop(paire, None)
    return tuple(defaites.values())


def melee(base: Base, garde_id: str, absorbee_id: str) -> datetime | None:
    """When a request of the absorbed record was first gone on with under the other (UTC): its facts stay together."""
    with base.lecture() as db:
        siennes = personnes_fusionnees(db, absorbee_id)
        autres = [fiche for fiche in personnes_fusionnees(db, garde_id) if fiche not in siennes]
    marques = ", ".join("?" for _ in siennes)
    sql = f"SELECT demande_id FROM demande WHERE origine IN ({marques})"  # noqa: S608
    demandes = {champs["demande_id"] for champs in lignes(base, sql, siennes)}
    effacables = "IN ('demande.completer', 'demande.abandonner', 'justificatif.constater', 'accompagnement.noter')"
    ecrits = (acte for autre in autres for acte in _actes(base, autre, effacables))
    jours = [instant(wall) for _, wall, corps in ecrits if corps.get("demande") in demandes]
    return min(jours, default=None)


def _actes(base: Base, sujet: str, types: str) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for champs in lignes(base, _CORPS.format(types), [sujet]):
        yield champs["op_id"], champs["wall"], canonique.decode(champs["octets"])
