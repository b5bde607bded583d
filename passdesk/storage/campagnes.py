"""The campaigns that the Region's root signed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from passdesk.domain.campagne import Campagne
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, ligne, lignes


def _campagne(champs: Ligne) -> Campagne:
    return Campagne(
        numero=champs["numero"],
        libelle=champs["libelle"],
        valeur_cents=champs["valeur_cents"],
        dernier_jour=date.fromisoformat(champs["dernier_jour"]),
        tolerance_mois=champs["tolerance_mois"],
        arret_remise_jours=champs["arret_remise_jours"],
        alerte_jours=champs["alerte_jours"],
    )


def enregistrer(base: Base, campagne: Campagne, octets: bytes | None = None) -> None:
    """Keeps a campaign; `octets`: what the root signed, as received."""
    champs = asdict(campagne) | {"dernier_jour": campagne.dernier_jour.isoformat(), "octets": octets}
    with base.ecriture() as db:
        db.table("campagne").upsert(champs, pk="numero")


def get(base: Base, numero: int) -> Campagne | None:
    """The campaign with this number, or None."""
    trouvee = ligne(base, "SELECT * FROM campagne WHERE numero = ?", [numero])
    return _campagne(trouvee) if trouvee else None


def lister(base: Base) -> tuple[Campagne, ...]:
    """All campaigns known here, the one that ends last first."""
    sql = "SELECT * FROM campagne ORDER BY dernier_jour DESC, numero DESC"
    return tuple(_campagne(champs) for champs in lignes(base, sql))
