"""Reading dates as people type them: "12041987", "12/4/87", "12 avril 1987", "2026-03-03"."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

AGE_MAXIMAL = 120
"""Oldest age taken from a typed date, in years."""

AGE_MINIMAL_SUR_DEUX_CHIFFRES = 12
"""A birth year typed with two digits is the latest one that makes the person at least this old, in years."""

AGE_A_CONFIRMER_SOUS, AGE_A_CONFIRMER_DES = 14, 106
"""Ages outside which a birth year is looked at twice, in years: no public of either règlement has them.

The règlements give an age to two publics, the young (18 to 25) and the seniors (from 60); to the others their papers
give one: a job seeker is registered from 16, and the youngest is the lycéen, who enters at 15, or 14 a year ahead. At
the other end nobody sets a bound; hardly two thousand people of this country are older than 105, and a child whose year
is typed with two digits is read among them. A doubt, never a refusal: both exist.
"""

MOIS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)

CODES_DATE = (
    "date_incomprise",
    "date_incomplete",
    "date_jour",
    "date_mois",
    "date_annee",
    "date_fevrier_29",
    "date_fevrier_30",
    "date_fevrier_31",
    "date_avril_31",
    "date_juin_31",
    "date_septembre_31",
    "date_novembre_31",
    "date_future",
    "date_trop_ancienne",
    "naissance_apres_arrivee",
)
"""All that can be wrong with a typed date; sentences in `passdesk.ui.messages.visite`."""

_PREMIER = re.compile(r"^1 ?er?$")
_MORCEAUX = re.compile(r"[0-9]+|[a-z]+")


@dataclass(frozen=True, slots=True)
class LectureDate:
    """What was understood: a date, or the code of what is wrong (of CODES_DATE), or neither when nothing is typed."""

    date: date | None = field(default=None, repr=False)
    erreur: str | None = None


def lire_date(texte: str, aujourdhui: date, *, passe: bool = True) -> LectureDate:
    """The date typed, no birth: a two-digit year is in the 2000s. `passe`: a day after `aujourdhui` is refused.

    Empty text: neither date nor code.
    """
    return _lire(texte, aujourdhui, passe=passe, naissance=False)


def lire_naissance(texte: str, aujourdhui: date, arrivee: date | None = None) -> LectureDate:
    """The birth date typed; with two digits, the latest year that makes the person 12 or more ("20": 1920, in 2026).

    `arrivee`: the day the request arrived, if there is one: nobody asks before being born.
    """
    lue = _lire(texte, aujourdhui, passe=True, naissance=True)
    if lue.date is not None and arrivee is not None and lue.date > arrivee:
        return LectureDate(erreur="naissance_apres_arrivee")
    return lue


def age_a_confirmer(age: int) -> bool:
    """True of an age that calls for a second look at the birth year; it never stops anything."""
    return not AGE_A_CONFIRMER_SOUS <= age < AGE_A_CONFIRMER_DES


def age_le(naissance: date, le: date) -> int:
    """Age in whole years; somebody born on 29 February has a birthday on 1 March in common years (contracts §2)."""
    return le.year - naissance.year - ((le.month, le.day) < (naissance.month, naissance.day))


def _lire(texte: str, aujourdhui: date, *, passe: bool, naissance: bool) -> LectureDate:
    morceaux = _decouper(texte)
    if not morceaux:
        return LectureDate(erreur="date_incomprise" if texte.strip() else None)
    lu = _jour_mois_annee(morceaux)
    if isinstance(lu, str):
        return LectureDate(erreur=lu)
    jour, mois, annee, chiffres = lu
    if not 1 <= mois <= 12:
        return LectureDate(erreur="date_mois")
    if not 1 <= jour <= 31:
        return LectureDate(erreur="date_jour")
    if chiffres == 2:
        annee = _siecle_de_naissance(jour, mois, annee, aujourdhui) if naissance else 2000 + annee
    elif chiffres != 4 or annee < 1000:
        return LectureDate(erreur="date_annee")
    if jour > calendar.monthrange(annee, mois)[1]:
        return LectureDate(erreur=f"date_{MOIS[mois - 1]}_{jour}")
    lue = date(annee, mois, jour)
    if passe and lue > aujourdhui:
        return LectureDate(erreur="date_future")
    if age_le(lue, aujourdhui) > AGE_MAXIMAL:
        return LectureDate(erreur="date_trop_ancienne")
    return LectureDate(lue)


def _decouper(texte: str) -> list[str]:
    """Numbers and words, without accents or case; "1er" counts as 1."""
    decompose = unicodedata.normalize("NFKD", texte)
    simple = "".join(c for c in decompose if not unicodedata.combining(c)).casefold()
    morceaux = _MORCEAUX.findall(simple)
    if len(morceaux) > 1 and _PREMIER.match("".join(morceaux[:2])):
        del morceaux[1]
    return morceaux


def _jour_mois_annee(morceaux: list[str]) -> tuple[int, int, int, int] | str:
    """Day, month, year and how many digits the year has; or the code of what is wrong."""
    if len(morceaux) == 1 and morceaux[0].isdigit():
        return _chiffres_colles(morceaux[0])
    if len(morceaux) == 3 and morceaux[1].isalpha():
        mois = _mois_en_lettres(morceaux[1])
        if mois is None or not (morceaux[0].isdigit() and morceaux[2].isdigit()):
            return "date_incomprise"
        return int(morceaux[0]), mois, int(morceaux[2]), len(morceaux[2])
    if not all(m.isdigit() for m in morceaux):
        seul = len(morceaux) == 2 and morceaux[0].isdigit() and _mois_en_lettres(morceaux[1]) is not None
        return "date_incomplete" if seul else "date_incomprise"
    if len(morceaux) == 2:
        return "date_incomplete"
    if len(morceaux) > 3 or max(map(len, morceaux)) > 4:
        return "date_incomprise"
    premier, milieu, dernier = morceaux
    if len(premier) == 4:
        return int(dernier), int(milieu), int(premier), 4
    return int(premier), int(milieu), int(dernier), len(dernier)


def _chiffres_colles(chiffres: str) -> tuple[int, int, int, int] | str:
    """jjmmaa, jjmmaaaa, or aaaammjj when the first reading makes no month of ours."""
    if len(chiffres) < 6:
        return "date_incomplete"
    if len(chiffres) == 6:
        return int(chiffres[:2]), int(chiffres[2:4]), int(chiffres[4:]), 2
    if len(chiffres) != 8:
        return "date_incomprise"
    jour, mois, annee = int(chiffres[:2]), int(chiffres[2:4]), int(chiffres[4:])
    siecle_devant = chiffres[:2] in ("19", "20") and 1 <= int(chiffres[4:6]) <= 12 and 1 <= int(chiffres[6:]) <= 31
    if siecle_devant and (not 1 <= mois <= 12 or annee < 1800):
        return int(chiffres[6:]), int(chiffres[4:6]), int(chiffres[:4]), 4
    return jour, mois, annee, 4


def _mois_en_lettres(mot: str) -> int | None:
    """The month of which the word is the whole name or an unmistakable beginning of three letters or more."""
    if mot in MOIS:
        return MOIS.index(mot) + 1
    possibles = [rang for rang, nom in enumerate(MOIS, start=1) if len(mot) >= 3 and nom.startswith(mot)]
    return possibles[0] if len(possibles) == 1 else None


def _siecle_de_naissance(jour: int, mois: int, annee: int, aujourdhui: date) -> int:
    """The whole year of birth meant by two digits."""
    entiere = 2000 + annee
    limite = (aujourdhui.year - AGE_MINIMAL_SUR_DEUX_CHIFFRES, aujourdhui.month, aujourdhui.day)
    while (entiere, mois, jour) > limite:
        entiere -= 100
    return entiere
