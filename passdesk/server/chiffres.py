"""The figures of a campaign that the Region may give: carnets by month, size, pot and desk, small counts hidden."""

from __future__ import annotations

from dataclasses import dataclass

from passdesk.domain.petits_effectifs import Repartition, repartir
from passdesk.server.campagnes import designer_campagne
from passdesk.server.escrow import EtatPot, etat_pots
from passdesk.server.magasin import Transaction
from passdesk.server.region import Region

PAR = {
    "mois": "substr(a.le, 1, 7)",
    "taille": "a.taille",
    "pot": "a.pot",
    "poste": "coalesce(p.nom, a.device)",
    "suite": "CASE WHEN a.etat <> 'en_vigueur' THEN a.etat WHEN a.remis <> 0 THEN 'remis' ELSE 'en_attente' END",
}
"""What carnets are counted by. `mois`: of the award, YYYY-MM; `suite`: remis, en_attente, perdu, vole or retourne."""


@dataclass(frozen=True, slots=True)
class ChiffresRegion:
    """One campaign. `tableaux`: (one of PAR, counts of carnets); `pots`: in pass, of nobody in particular."""

    campagne: int
    tableaux: tuple[tuple[str, Repartition], ...]
    pots: tuple[EtatPot, ...]

    @property
    def total(self) -> int | None:
        """Carnets awarded, None when they are too few to be told."""
        return self.tableaux[0][1].total


def chiffrer(region: Region, numero: int | None) -> ChiffresRegion:
    """The figures of a campaign. Raises SaisieRefusee(campagne_inconnue, campagne_pas_ouverte)."""
    with region.magasin.lire() as tx:
        campagne = designer_campagne(tx, region.cles.racine, numero).numero
        tableaux = tuple((par, repartir(_compter(tx, campagne, valeur))) for par, valeur in PAR.items())
        return ChiffresRegion(campagne, tableaux, etat_pots(tx, campagne))


def _compter(tx: Transaction, campagne: int, valeur: str) -> dict[str, int]:
    """Each carnet once, however often its number was given; what never left the desk, and what replaces, is not one."""
    rangees = tx.toutes(
        f"SELECT cle, count(*) FROM (SELECT a.carnet, min({valeur}) AS cle FROM attribution a "  # noqa: S608
        "LEFT JOIN poste p ON p.device = a.device "
        "WHERE a.campagne = ? AND a.remplace IS NULL AND a.etat NOT IN ('annule', 'gache') "
        "AND (a.etat <> 'retourne' OR a.remis <> 0) GROUP BY a.carnet) AS c "
        "GROUP BY cle ORDER BY cle",
        campagne,
    )
    return {str(cle): int(nombre) for cle, nombre in rangees}
