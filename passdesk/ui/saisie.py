"""What people type in a field: how it is understood, and how it is shown once the field is left. No Qt here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.saisie_date import age_a_confirmer, age_le, lire_date, lire_naissance
from passdesk.services.telephone import lire_telephone

LONGUEUR_COURRIEL = 256
"""Characters."""
_COURRIEL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")


@dataclass(frozen=True, slots=True)
class Relecture:
    """A field once left: the text to show (as typed, when it was not understood), the code of what is wrong.

    `age`: of a birth date that was understood and is to be looked at again (`age_a_confirmer`), else None.
    """

    texte: str = field(repr=False)
    erreur: str | None = None
    age: int | None = field(default=None, repr=False)


def date_chiffres(jour: date) -> str:
    """A date as data: 12/04/1987."""
    return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"


def relire_naissance(texte: str, aujourdhui: date, arrivee: date | None = None) -> Relecture:
    """A birth date: two-digit years follow the rule of `lire_naissance`, the age is that of the day of arrival."""
    lecture = lire_naissance(texte, aujourdhui, arrivee)
    if lecture.date is None:
        return Relecture(texte, lecture.erreur)
    age = age_le(lecture.date, arrivee or aujourdhui)
    return Relecture(date_chiffres(lecture.date), age=age if age_a_confirmer(age) else None)


def relire_date(texte: str, aujourdhui: date, *, passe: bool = True) -> Relecture:
    """Any other date. `passe`: a day to come is refused."""
    lecture = lire_date(texte, aujourdhui, passe=passe)
    return Relecture(date_chiffres(lecture.date) if lecture.date else texte, lecture.erreur)


def relire_courriel(texte: str) -> Relecture:
    """An address as typed: warned about when it cannot be one, never changed and never refused."""
    propre = texte.strip()
    douteux = bool(propre) and _COURRIEL.fullmatch(propre) is None
    return Relecture(texte, "courriel_douteux" if douteux else None)


def relire_telephone(texte: str) -> Relecture:
    """A telephone number, in pairs; optional, so that a doubt is said and never stops anything."""
    lu = lire_telephone(texte)
    return Relecture(lu.texte, lu.erreur)
