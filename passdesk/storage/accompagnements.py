"""The accompaniments recorded at this desk."""

from __future__ import annotations

from datetime import date

from passdesk.domain.accompagnement import Accompagnement
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, lignes, textes


def _accompagnement(champs: Ligne) -> Accompagnement:
    return Accompagnement(
        accompagnement_id=champs["accompagnement_id"],
        personne_id=champs["personne_id"],
        le=date.fromisoformat(champs["le"]),
        duree=champs["duree"],
        type_lieu=champs["type_lieu"],
        thematiques=textes(champs["thematiques"]),
        commune=champs["commune"],
        agent_id=champs["agent_id"],
    )


def par_personne(base: Base, personne_id: str) -> tuple[Accompagnement, ...]:
    """All those of a person, latest day first."""
    sql = "SELECT * FROM accompagnement WHERE personne_id = ? ORDER BY le DESC, wall DESC, accompagnement_id DESC"
    return tuple(_accompagnement(champs) for champs in lignes(base, sql, [personne_id]))


def origine(base: Base, accompagnement_id: str) -> str | None:
    """The record that it was first noted for, merged into another since or not; None when it is not known."""
    trouvees = lignes(base, "SELECT origine FROM accompagnement WHERE accompagnement_id = ?", [accompagnement_id])
    return str(trouvees[0]["origine"]) if trouvees else None


def dernier(base: Base) -> Accompagnement | None:
    """The one written down last, whoever it is about."""
    trouves = lignes(base, "SELECT * FROM accompagnement ORDER BY wall DESC, accompagnement_id DESC LIMIT 1")
    return _accompagnement(trouves[0]) if trouves else None


def entre(base: Base, debut: date, fin: date) -> tuple[Accompagnement, ...]:
    """Those of a period, both days included, oldest first."""
    sql = "SELECT * FROM accompagnement WHERE le BETWEEN ? AND ? ORDER BY le, wall, accompagnement_id"
    return tuple(_accompagnement(champs) for champs in lignes(base, sql, [debut.isoformat(), fin.isoformat()]))
