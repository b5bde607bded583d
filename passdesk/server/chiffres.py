"""The figures of a campaign that the Region may give: carnets by month, size, pot and desk, small counts hidden.

They stop at the end of a month, and are counted once a month: two exports of the same month are the same, and their
difference tells nothing of the person who came in between.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from passdesk.domain.petits_effectifs import Repartition, repartir
from passdesk.server.campagnes import designer_campagne
from passdesk.server.escrow import EtatPot, etat_pots
from passdesk.server.magasin import Transaction, ecrire_reglage, lire_reglage
from passdesk.server.region import Region

PAR = {
    "mois": "substr(a.le, 1, 7)",
    "taille": "a.taille",
    "pot": "a.pot",
    "poste": "coalesce(p.nom, a.device)",
    "suite": "CASE WHEN a.etat <> 'en_vigueur' THEN a.etat WHEN a.remis <> 0 THEN 'remis' ELSE 'en_attente' END",
}
"""What carnets are counted by. `mois`: of the award, YYYY-MM; `suite`: remis, en_attente, perdu, vole or retourne."""


Tableaux = tuple[tuple[str, Repartition], ...]


@dataclass(frozen=True, slots=True)
class ChiffresRegion:
    """One campaign, up to the end of the day `jusqu_au`. `tableaux`: (one of PAR, counts of carnets); `pots`: in pass,
    of nobody in particular, as they are now."""

    campagne: int
    jusqu_au: date
    tableaux: Tableaux
    pots: tuple[EtatPot, ...]

    @property
    def total(self) -> int | None:
        """Carnets awarded, None when they are too few to be told."""
        return self.tableaux[0][1].total


def chiffrer(region: Region, numero: int | None) -> ChiffresRegion:
    """The figures of a campaign up to the last month that is over; counted the first time that they are asked for in a
    month, the same for the rest of it. Raises SaisieRefusee(campagne_inconnue, campagne_pas_ouverte)."""
    aujourdhui = datetime.fromtimestamp(region.maintenant() / 1000, UTC).date()
    jusqu_au = aujourdhui.replace(day=1) - timedelta(days=1)
    with region.magasin.ecrire() as tx:
        campagne = designer_campagne(tx, region.cles.racine, numero).numero
        cle = f"chiffres_{campagne}"
        gardes = _lire(lire_reglage(tx, cle), jusqu_au)
        if gardes is None:
            gardes = tuple((par, repartir(_compter(tx, campagne, valeur, jusqu_au))) for par, valeur in PAR.items())
            ecrire_reglage(tx, cle, _ecrire(gardes, jusqu_au))
        return ChiffresRegion(campagne, jusqu_au, gardes, etat_pots(tx, campagne))


def _ecrire(tableaux: Tableaux, jusqu_au: date) -> bytes:
    """Only what is given: no count that is hidden."""
    lus = [[par, [list(case) for case in r.cases], r.total, r.detaillee] for par, r in tableaux]
    return json.dumps({"jusqu_au": jusqu_au.isoformat(), "tableaux": lus}).encode()


def _lire(octets: bytes | None, jusqu_au: date) -> Tableaux | None:
    """What was counted for that day; None for another month."""
    lu: dict[str, Any] = json.loads(octets) if octets else {}
    if lu.get("jusqu_au") != jusqu_au.isoformat():
        return None
    return tuple(
        (par, Repartition(tuple((cle, nombre) for cle, nombre in cases), total, detaillee))
        for par, cases, total, detaillee in lu["tableaux"]
    )


def _compter(tx: Transaction, campagne: int, valeur: str, jusqu_au: date) -> dict[str, int]:
    """Each carnet once, however often its number was given; what never left the desk, and what replaces, is not one."""
    rangees = tx.toutes(
        f"SELECT cle, count(*) FROM (SELECT a.carnet, min({valeur}) AS cle FROM attribution a "  # noqa: S608
        "LEFT JOIN poste p ON p.device = a.device "
        "WHERE a.campagne = ? AND a.le <= ? AND a.remplace IS NULL AND a.etat NOT IN ('annule', 'gache') "
        "AND (a.etat <> 'retourne' OR a.remis <> 0) GROUP BY a.carnet) AS c "
        "GROUP BY cle ORDER BY cle",
        campagne,
        jusqu_au.isoformat(),
    )
    return {str(cle): int(nombre) for cle, nombre in rangees}
