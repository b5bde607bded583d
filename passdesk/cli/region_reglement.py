"""Règlements at the Region: published to the desks, and what a campaign takes from one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from passdesk.cli.region_texte import annonce
from passdesk.cli.sortie import imprimer, imprimer_json, lire_octets
from passdesk.domain.lecture_reglement import lire_reglement
from passdesk.server.region import Region
from passdesk.server.reglements import publier_reglement
from passdesk.services.reglements_connus import reglements_livres


@dataclass(frozen=True, slots=True)
class Defauts:
    """What a règlement proposes to a campaign; `delais`: tolerance, end of hand-over, warning."""

    dernier_jour: date | None = None
    stock: int | None = None
    reserve_totale: int | None = None
    delais: dict[str, int] = field(default_factory=dict)


def dire_reglement(region: Region, fichier: Path, *, json: bool) -> None:
    """Publishes a règlement and says so. Raises SaisieRefusee, nothing published."""
    publie = publier_reglement(region, lire_octets(fichier), fichier.name, reglements_livres())
    if json:
        imprimer_json(
            {
                "reglement": publie.id,
                "generation": publie.generation,
                "executoire_le": publie.executoire_le.isoformat(),
                "empreinte": publie.empreinte.hex(),
            }
        )
        return
    adopte = date.fromisoformat(publie.id)
    imprimer(
        annonce(
            "reglement_publie",
            reglement=adopte,
            generation=publie.generation,
            executoire_le=publie.executoire_le,
        )
    )
    if publie.executoire_le <= region.horloge.aujourdhui():
        imprimer(annonce("reglement_retroactif", executoire_le=publie.executoire_le))


def defauts_de_campagne(fichier: Path | None) -> Defauts:
    """What this règlement proposes; nothing without one. Raises SaisieRefusee."""
    if fichier is None:
        return Defauts()
    reglement = lire_reglement(lire_octets(fichier), fichier.name)
    validite, reserve = reglement.validite, reglement.public("lyceen").reserve
    delais = {
        nom: parametre.valeur
        for nom in ("tolerance_mois", "arret_remise_jours", "alerte_jours")
        if validite is not None and (parametre := getattr(validite, nom)) is not None
    }
    return Defauts(
        dernier_jour=validite.dernier_jour.valeur if validite and validite.dernier_jour else None,
        stock=reglement.stock.valeur if reglement.stock else None,
        reserve_totale=reserve.valeur if reserve else None,
        delais=delais,
    )
