"""What became of each row of a list of places, as a file for whoever keeps the list: the next one will be better."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from passdesk.domain.csv_francais import ligne_csv
from passdesk.services.lieux_importer import LigneLieu

ENTETE = ("Ligne", "Réponse", "Lieu", "Cases", "Explication")


def rapport_lieux(lignes: Sequence[LigneLieu], verdicts: Mapping[str, str], dire: Callable[[str], str]) -> str:
    """The report as CSV (contracts §4). `verdicts`: words of each verdict; `dire`: the sentence of a code."""
    redige = [ligne_csv(ENTETE)]
    for lecture in (ligne.lecture for ligne in lignes):
        debut = (lecture.numero, verdicts[lecture.verdict], lecture.nom)
        redige += [ligne_csv((*debut, cases, dire(code))) for code, cases in lecture.par_code.items()]
        if not lecture.par_code:
            redige.append(ligne_csv((*debut, "", "")))
    return "".join(redige)
