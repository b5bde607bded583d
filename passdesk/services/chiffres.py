"""The figures that an agent may give: requests of a year by public, answer, month and commune; small counts hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from passdesk.domain.csv_francais import ENTETE_UTF8, ligne_csv
from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.petits_effectifs import Repartition, repartir
from passdesk.services.classeur import ecrire_ods
from passdesk.services.poste import Poste
from passdesk.storage.chiffres import PAR, annees, compter_demandes

MOIS = tuple(f"{mois:02d}" for mois in range(1, 13))
ENTETE = ("Année", "Tableau", "Ligne", "Demandes")


@dataclass(frozen=True, slots=True)
class Chiffres:
    """One year. `tableaux`: (what they are counted by, their counts); `annees`: those to choose from."""

    annee: int
    annees: tuple[int, ...]
    tableaux: tuple[tuple[str, Repartition], ...]

    @property
    def total(self) -> int | None:
        """Requests of the year, None when they are too few to be told."""
        return self.tableaux[0][1].total


def lire_chiffres(poste: Poste, annee: int | None = None) -> Chiffres:
    """The figures of a year; None: of the latest in which somebody came."""
    connues = annees(poste.base) or (poste.horloge.aujourdhui().year,)
    choisie = annee if annee is not None else connues[0]
    tableaux = []
    for par in PAR:
        comptes = dict(compter_demandes(poste.base, choisie, par))
        if par == "mois":
            # A month in which nobody came is told: it is no small count.
            comptes = {mois: comptes.get(mois, 0) for mois in MOIS}
        tableaux.append((par, repartir(comptes)))
    return Chiffres(choisie, connues, tuple(tableaux))


def enregistrer_chiffres(fichier: Path, annee: int, lignes: Sequence[tuple[str, str, int | str]]) -> None:
    """Writes (table, row, count or what hides it) as ODS or as CSV, by the name of the file (contracts §4).

    Raises PanneAttendue("ecriture_impossible").
    """
    rangs: list[tuple[int | str, ...]] = [ENTETE, *((annee, *ligne) for ligne in lignes)]
    try:
        if fichier.suffix.lower() == ".ods":
            ecrire_ods(fichier, "Chiffres", rangs)
        else:
            fichier.write_text(ENTETE_UTF8 + "".join(map(ligne_csv, rangs)), encoding="utf-8", newline="")
    except OSError:
        raise PanneAttendue("ecriture_impossible", fichier=fichier.name) from None
