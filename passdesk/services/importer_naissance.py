"""The birth date of a row, as spreadsheets write it: a date, a year alone, or a bare number that may be two things."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from passdesk.domain.saisie_date import lire_naissance

SERIE, JJMMAA, INDECIS = "serie", "jjmmaa", ""
"""What the bare numbers of a column are: days counted by a spreadsheet, days typed as 120487, or nothing tells."""

_HEURE = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_ANNEE = re.compile(r"(1[89]|20)\d\d")
_ZERO_EXCEL = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class LectureNaissance:
    """What a cell tells: a date, or the year alone, or the code of what is wrong, or nothing."""

    date: date | None = field(default=None, repr=False)
    annee: int | None = field(default=None, repr=False)
    erreur: str | None = None


def sens_des_nombres(cellules: Iterable[str], jour: date) -> str:
    """What bare numbers are in this column. `jour`: today.

    10287 is 29 February 1928 for a spreadsheet, and 1 February 1987 for whoever typed 010287 in a cell of numbers,
    which dropped the zero. Six digits are only ever typed; five that make no such day are only ever counted, as most
    counted days are.
    """
    types, comptes, doubles = 0, 0, 0
    for texte in (_HEURE.sub("", cellule.strip()) for cellule in cellules):
        if re.fullmatch("[0-9]{6}", texte):
            types += lire_naissance(texte, jour).date is not None
        elif re.fullmatch("[1-9][0-9]{4}", texte):
            double = lire_naissance(f"0{texte}", jour).date is not None
            doubles, comptes = doubles + double, comptes + (not double)
    if types and not comptes:
        return JJMMAA
    return SERIE if comptes > doubles and not types else INDECIS


def lire_naissance_ecrite(texte: str, jour: date, sens: str) -> LectureNaissance:
    """The birth date that a cell tells. `sens`: of `sens_des_nombres`; `jour`: today, after which nobody was born."""
    texte = _HEURE.sub("", texte)
    if not texte:
        return LectureNaissance()
    if _ANNEE.fullmatch(texte) and int(texte) <= jour.year:
        return LectureNaissance(annee=int(texte))
    if re.fullmatch("[1-9][0-9]{6}", texte):
        # 1021987: a cell of numbers drops the zero of 01021987.
        texte = f"0{texte}"
    elif re.fullmatch("[1-9][0-9]{4}", texte):
        typee = lire_naissance(f"0{texte}", jour).date is not None
        if typee and sens == INDECIS:
            return LectureNaissance(erreur="date_deux_lectures")
        texte = f"0{texte}" if sens == JJMMAA else _jour_compte(texte)
    elif re.fullmatch("[1-9][0-9]{3}", texte) and sens == SERIE:
        # Under 10000, somebody of a hundred; elsewhere four digits are a day without its year.
        texte = _jour_compte(texte)
    lue = lire_naissance(texte, jour)
    return LectureNaissance(lue.date, erreur=lue.erreur)


def _jour_compte(texte: str) -> str:
    return (_ZERO_EXCEL + timedelta(days=int(texte))).isoformat()
