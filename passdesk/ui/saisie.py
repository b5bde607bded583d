"""What people type in a field: how it is understood, and how it is shown once the field is left. No Qt here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.saisie_date import lire_date, lire_naissance

CODES_TELEPHONE = ("telephone_incomplet", "telephone_trop_long", "telephone_incompris")

_Forme = Callable[[str], str]
_SEPARATEURS = re.compile(r"[\s.\-/()\u00a0\u2010-\u2015]+")


@dataclass(frozen=True, slots=True)
class Relecture:
    """A field once left: the text to show (as typed, when it was not understood), the code of what is wrong."""

    texte: str = field(repr=False)
    erreur: str | None = None


def date_chiffres(jour: date) -> str:
    """A date as data: 12/04/1987."""
    return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"


def relire_naissance(texte: str, aujourdhui: date) -> Relecture:
    """A birth date: two-digit years follow the rule of `lire_naissance`."""
    lecture = lire_naissance(texte, aujourdhui)
    return Relecture(date_chiffres(lecture.date) if lecture.date else texte, lecture.erreur)


def relire_date(texte: str, aujourdhui: date, *, passe: bool = True) -> Relecture:
    """Any other date. `passe`: a day to come is refused."""
    lecture = lire_date(texte, aujourdhui, passe=passe)
    return Relecture(date_chiffres(lecture.date) if lecture.date else texte, lecture.erreur)


def relire_telephone(texte: str) -> Relecture:
    """A French or Belgian number, in pairs; optional, so that a doubt is said and never stops anything.

    A national number of ten digits is French; of nine, a Belgian fixed line, except where it may as well be a French
    mobile that lacks a digit (06, 07: Chimay and Charleroi are next door), for which +32 is asked.
    """
    brut = unicodedata.normalize("NFKC", texte).strip()
    if not brut:
        return Relecture("")
    chiffres = _SEPARATEURS.sub("", brut)
    international = chiffres.startswith(("+", "00"))
    chiffres = chiffres.removeprefix("+").removeprefix("00") if international else chiffres
    if not re.fullmatch("[0-9]+", chiffres):
        return Relecture(texte, "telephone_incompris")
    if international:
        return _international(texte, chiffres)
    return _national(texte, chiffres)


def _international(texte: str, chiffres: str) -> Relecture:
    indicatif, reste = chiffres[:2], chiffres[2:].removeprefix("0")
    if indicatif == "33":
        return _compter(texte, reste, (9,), lambda n: _paires("0" + n))
    if indicatif == "32":
        return _compter(texte, reste, (8, 9), lambda n: "+32 " + _belge(n))
    return Relecture(texte) if 7 <= len(chiffres) <= 15 else Relecture(texte, "telephone_incompris")


def _national(texte: str, chiffres: str) -> Relecture:
    if len(chiffres) == 9 and chiffres[0] in "67":
        return Relecture(_paires("0" + chiffres))
    if not chiffres.startswith("0"):
        return Relecture(texte, "telephone_incomplet" if len(chiffres) < 9 else "telephone_incompris")
    if len(chiffres) == 9 and chiffres[1] not in "67":
        return Relecture("0" + _belge(chiffres[1:]))
    return _compter(texte, chiffres, (10,), _paires)


def _compter(texte: str, chiffres: str, longueurs: tuple[int, ...], forme: _Forme) -> Relecture:
    if len(chiffres) in longueurs:
        return Relecture(forme(chiffres))
    return Relecture(texte, "telephone_incomplet" if len(chiffres) < longueurs[0] else "telephone_trop_long")


def _paires(chiffres: str) -> str:
    return " ".join(chiffres[i : i + 2] for i in range(0, len(chiffres), 2))


def _belge(chiffres: str) -> str:
    """A Belgian number without its 0: 470 12 34 56 (mobile), 71 12 34 56 or 2 123 45 67 (fixed lines)."""
    if len(chiffres) == 9:
        return f"{chiffres[:3]} {_paires(chiffres[3:])}"
    if chiffres[0] in "2349":
        return f"{chiffres[0]} {chiffres[1:4]} {_paires(chiffres[4:])}"
    return f"{chiffres[:2]} {_paires(chiffres[2:])}"
