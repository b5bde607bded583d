"""The report of a dry run as a file: row numbers and sentences, nothing that was in the cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from passdesk.domain.erreurs import PanneAttendue
from passdesk.services.importer import LigneAnalysee

ENTETE = ("Ligne", "Réponse", "Case", "Explication")


def rapport_csv(
    lignes: Sequence[LigneAnalysee],
    verdicts: Mapping[str, str],
    raison: Callable[[str, int], str],
    dire: Callable[[str], str],
) -> str:
    """The report as CSV (`;`). `verdicts`: words of each verdict; `raison`: what it asks of whoever reads, by verdict
    and other row, "" when nothing; `dire`: the sentence of a code.

    No cell of the sheet is copied, so that none can be a formula here either (contracts §4).
    """
    sortie = io.StringIO(newline="")
    redaction = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    redaction.writerow(ENTETE)
    for ligne in lignes:
        mots = verdicts[ligne.verdict]
        pourquoi = raison(ligne.verdict, ligne.autre)
        if pourquoi or not ligne.remarques:
            redaction.writerow((ligne.numero, mots, "", pourquoi))
        for remarque in ligne.remarques:
            redaction.writerow((ligne.numero, mots, remarque.cellule, dire(remarque.code)))
    return sortie.getvalue()


def ecrire_rapport(chemin: Path, rapport: str) -> None:
    """Writes the report where the user asked, with the mark that spreadsheets need. Raises PanneAttendue."""
    try:
        chemin.write_text(rapport, encoding="utf-8-sig", newline="")
    except OSError:
        raise PanneAttendue("ecriture_impossible", fichier=chemin.name) from None
