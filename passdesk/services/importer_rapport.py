"""The report of a dry run as a file: row numbers and sentences, nothing that was in the cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from passdesk.domain.erreurs import PanneAttendue
from passdesk.services.importer import DOUBLON, LigneAnalysee

ENTETE = ("Ligne", "Réponse", "Case", "Explication")


def rapport_csv(lignes: Sequence[LigneAnalysee], verdicts: Mapping[str, str], dire: Callable[[str], str]) -> str:
    """The report as CSV (`;`). `verdicts`: words of each verdict; `dire`: the sentence of a code.

    No cell of the sheet is copied, so that none can be a formula here either (contracts §4).
    """
    sortie = io.StringIO(newline="")
    redaction = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    redaction.writerow(ENTETE)
    for ligne in lignes:
        mots = verdicts[ligne.verdict]
        if ligne.verdict == DOUBLON:
            redaction.writerow((ligne.numero, mots, "", f"Même personne que la ligne {ligne.autre}."))
            continue
        for remarque in ligne.remarques:
            redaction.writerow((ligne.numero, mots, remarque.cellule, dire(remarque.code)))
        if not ligne.remarques:
            redaction.writerow((ligne.numero, mots, "", ""))
    return sortie.getvalue()


def ecrire_rapport(chemin: Path, rapport: str) -> None:
    """Writes the report where the user asked, with the mark that spreadsheets need. Raises PanneAttendue."""
    try:
        chemin.write_text(rapport, encoding="utf-8-sig", newline="")
    except OSError:
        raise PanneAttendue("ecriture_impossible", fichier=chemin.name) from None
