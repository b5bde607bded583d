"""The awards made at this desk: what a person or an identity already received here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from passdesk.domain.demande import Anterieur
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, instant, ligne, lignes, nombre, textes

EN_VIGUEUR, ANNULEE = "en_vigueur", "annulee"


@dataclass(frozen=True, slots=True)
class AttributionEnregistree:
    """An award as recorded. `nombre`: pass awarded (0 for a replacement); `etat`: "en_vigueur" | "annulee".

    `remplace`: (campaign, number) of the carnet that this one replaces, None for most.
    """

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
    remplace: tuple[int, int] | None = None


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
        remplace=(
            None if champs["remplace_numero"] is None else (champs["remplace_campagne"], champs["remplace_numero"])
        ),
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


def par_remplace(base: Base, campagne: int, numero: int) -> tuple[AttributionEnregistree, ...]:
    """The awards that replace this carnet, void ones too, oldest first."""
    sql = "SELECT * FROM attribution WHERE remplace_campagne = ? AND remplace_numero = ? ORDER BY wall, attribution_id"
    return tuple(_attribution(champs) for champs in lignes(base, sql, [campagne, numero]))


COMPTES = (
    "max(0, pass - coalesce((SELECT sum(c.taille) FROM carnet c WHERE c.attribution_id = a.attribution_id "
    "AND (c.etat IN ('annule', 'gache') OR (c.etat = 'retourne' AND c.remis_le IS NULL))), 0))"
)
"""Pass of an award that count: a carnet that left before its hand-over was never received (protocol §3)."""


def anterieurs_de(base: Base, *personnes_id: str) -> tuple[Anterieur, ...]:
    """Pass in force awarded here to these very persons, oldest first."""
    marques = ", ".join("?" for _ in personnes_id)
    sql = (
        f"SELECT {COMPTES} AS pass, le FROM attribution a WHERE personne_id IN ({marques}) "  # noqa: S608
        "AND etat = 'en_vigueur' ORDER BY le, attribution_id"
    )
    return _anterieurs(lignes(base, sql, personnes_id))


def pass_emis(base: Base, personnes_id: Collection[str]) -> int:
    """Pass ever awarded here to these persons, void awards too."""
    marques = ", ".join("?" for _ in personnes_id)
    sql = f"SELECT sum(pass) FROM attribution WHERE personne_id IN ({marques})"  # noqa: S608
    return nombre(base, sql, list(personnes_id))


def _anterieurs(trouvees: list[Ligne]) -> tuple[Anterieur, ...]:
    return tuple(
        Anterieur(champs["pass"], date.fromisoformat(champs["le"])) for champs in trouvees if champs["pass"] > 0
    )
