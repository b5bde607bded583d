"""The awards made at this desk: what a person or an identity already received here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from passdesk.domain.demande import Anterieur
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, instant, ligne, lignes, textes

EN_VIGUEUR, ANNULEE = "en_vigueur", "annulee"


@dataclass(frozen=True, slots=True)
class AttributionEnregistree:
    """An award as recorded. `nombre`: pass awarded (0 for a re-issue); `etat`: "en_vigueur" | "annulee"."""

    attribution_id: str
    demande_id: str
    personne_id: str
    nombre: int
    reste: int
    motifs: tuple[str, ...]
    reglement: str
    empreinte: bytes
    le: date
    etat: str
    quand: datetime


def _attribution(champs: Ligne) -> AttributionEnregistree:
    return AttributionEnregistree(
        attribution_id=champs["attribution_id"],
        demande_id=champs["demande_id"],
        personne_id=champs["personne_id"],
        nombre=champs["pass"],
        reste=champs["reste"],
        motifs=textes(champs["motifs"]),
        reglement=champs["reglement"],
        empreinte=champs["empreinte"],
        le=date.fromisoformat(champs["le"]),
        etat=champs["etat"],
        quand=instant(champs["wall"]),
    )


def get(base: Base, attribution_id: str) -> AttributionEnregistree | None:
    """The award with this id, or None."""
    trouvee = ligne(base, "SELECT * FROM attribution WHERE attribution_id = ?", [attribution_id])
    return _attribution(trouvee) if trouvee else None


def par_personne(base: Base, personne_id: str) -> tuple[AttributionEnregistree, ...]:
    """All awards of a person, void ones too, oldest first."""
    sql = "SELECT * FROM attribution WHERE personne_id = ? ORDER BY wall, attribution_id"
    return tuple(_attribution(champs) for champs in lignes(base, sql, [personne_id]))


def par_demande(base: Base, demande_id: str) -> tuple[AttributionEnregistree, ...]:
    """All awards on a request, void ones too, oldest first."""
    sql = "SELECT * FROM attribution WHERE demande_id = ? ORDER BY wall, attribution_id"
    return tuple(_attribution(champs) for champs in lignes(base, sql, [demande_id]))


def anterieurs_de(base: Base, personne_id: str) -> tuple[Anterieur, ...]:
    """Pass in force awarded here to this very person, oldest first."""
    sql = (
        "SELECT pass, le FROM attribution WHERE personne_id = ? AND etat = 'en_vigueur' AND pass > 0 "
        "ORDER BY le, attribution_id"
    )
    return _anterieurs(lignes(base, sql, [personne_id]))


def anterieurs_par_cle(base: Base, cle: bytes) -> tuple[Anterieur, ...]:
    """Pass in force awarded here to anyone with this blind key, merged and erased persons too, oldest first."""
    sql = (
        "WITH RECURSIVE titulaire(id, vers) AS (SELECT personne_id, fusionnee_dans FROM personne WHERE cle = ? "
        "UNION SELECT p.personne_id, p.fusionnee_dans FROM personne p JOIN titulaire ON p.personne_id = vers) "
        "SELECT pass, le FROM attribution WHERE personne_id IN (SELECT id FROM titulaire) "
        "AND etat = 'en_vigueur' AND pass > 0 ORDER BY le, attribution_id"
    )
    return _anterieurs(lignes(base, sql, [cle]))


def _anterieurs(trouvees: list[Ligne]) -> tuple[Anterieur, ...]:
    return tuple(Anterieur(champs["pass"], date.fromisoformat(champs["le"])) for champs in trouvees)
