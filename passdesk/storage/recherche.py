"""What a search compares: names without accents or separators, dates and telephone digits as people type them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.phonetique import replier
from passdesk.domain.saisie_date import lire_naissance

_MOT = re.compile(r"[\w'’ʼ\-\u2010\u2011\u0300-\u036f]+")
_DATE = re.compile(r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)|(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DATE_COURTE = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/\d{2}(?![\d/])")
"""12/4/87: no telephone is written so. With points, spaces or nothing, it may be a part of one."""
_NUMERO = re.compile(r"(?<!\w)\+?\d(?:[\d .\-]*\d)?(?!\w)")
_INDICATIF = re.compile("00(?:33|32|262|590|594|596)")
"""Country codes whose national numbers begin with 0: France, Belgium, and the departments overseas."""
MOTS_MAX = 12
"""Words looked up; nobody has more, and a page of text pasted by mistake must not be a query."""
CHIFFRES_MIN = 4
"""Digits below which a number typed is not looked up among telephones."""


def mots_indexes(*textes: str) -> str:
    """The words that find a person: each part, and compounds also written together (O’Neil: o, neil, oneil)."""
    mots: dict[str, None] = {}
    for texte in textes:
        for brut in _MOT.findall(texte):
            parties = replier(brut).split()
            mots.update(dict.fromkeys(parties))
            if len(parties) > 1:
                mots["".join(parties)] = None
    return " ".join(mots)


def mots_personne(noms: Iterable[str], naissance: str | None, commune: str | None) -> str:
    """What the full-text index holds of a person: names, the year of birth, the INSEE code of the home."""
    return " ".join(mot for mot in (mots_indexes(*noms), (naissance or "")[:4], replier(commune or "")) if mot)


def chiffres_telephone(texte: str) -> str:
    """The national digits of a telephone number as typed (+33 6…, 0033 6… and 06… are the same; Belgium alike)."""
    chiffres = "".join(c for c in texte if c.isascii() and c.isdigit())
    international = "00" if texte.strip().startswith("+") else ""
    trouve = _INDICATIF.match(international + chiffres)
    return "0" + (international + chiffres)[trouve.end() :].removeprefix("0") if trouve else chiffres


@dataclass(frozen=True, slots=True)
class Demandee:
    """What was typed in the search box: folded words, birth date, digits (of a number, or of a birth year).

    `jour`: the birth date that the digits may be as well, read as the visit reads it (12041987, 120487, 12.4.87).
    """

    mots: tuple[str, ...] = field(repr=False)
    naissance: date | None = field(repr=False)
    chiffres: str = field(repr=False)
    jour: date | None = field(default=None, repr=False)

    @property
    def vide(self) -> bool:
        """True when nothing typed can be looked up."""
        return not (self.mots or self.naissance or self.chiffres)


def lire_demande(texte: str, aujourdhui: date) -> Demandee:
    """Reads a search as typed; quotes, stars, hyphens or the word OR are only characters and words.

    `aujourdhui`: what tells the century of a birth year of two digits.
    """
    reste, naissance, jour_lu = texte, None, None
    for trouve in _DATE.finditer(texte):
        jour, mois, annee, annee_iso, mois_iso, jour_iso = trouve.groups()
        try:
            naissance = date(int(annee or annee_iso), int(mois or mois_iso), int(jour or jour_iso))
        except ValueError:
            continue
        reste = texte[: trouve.start()] + " " + texte[trouve.end() :]
        break
    else:
        for trouve in _DATE_COURTE.finditer(texte):
            naissance = lire_naissance(trouve.group(), aujourdhui).date
            if naissance is not None:
                reste = texte[: trouve.start()] + " " + texte[trouve.end() :]
                break
    chiffres = ""
    for trouve in _NUMERO.finditer(reste):
        lus = chiffres_telephone(trouve.group())
        if len(lus) >= CHIFFRES_MIN:
            chiffres, jour_lu = lus, lire_naissance(trouve.group(), aujourdhui).date
            reste = reste[: trouve.start()] + " " + reste[trouve.end() :]
            break
    return Demandee(tuple(dict.fromkeys(replier(reste).split()))[:MOTS_MAX], naissance, chiffres, jour_lu)
