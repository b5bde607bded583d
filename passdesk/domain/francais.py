"""French as people read it: dates, hours, amounts, telephone numbers, and spaces that do not break."""

from __future__ import annotations

import re
from datetime import date, datetime, time

ESPACE = "\u00a0"
"""The no-break space. Never U+202F: the typeface has no glyph for it (ui/guide, ui/paper §1)."""

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

_UNITES = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    *("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
)
_DIZAINES = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}

_BLANCS = " \u00a0\u2009\u202f"
_AVANT = re.compile(rf"(?<=[^\s«(\[])[{_BLANCS}]*(?=(?:[:;?!](?=[\s:;?!»)\]…]|$))|»)")
_UNITE = re.compile(rf"(?<=\d)[{_BLANCS}]*(?=[€%])")
_APRES = re.compile(rf"«[{_BLANCS}]*")
_SUITE = re.compile(rf"(?<=[:;?!])[{_BLANCS}](?=[:;?!])")


def typographie(texte: str) -> str:
    """The text with U+00A0 before : ; ? ! » € % and after «, and ’ for '. Addresses and hours (12:30) stay whole."""
    texte = texte.replace("'", "’")
    texte = _APRES.sub("«" + ESPACE, texte)
    texte = _AVANT.sub(ESPACE, texte)
    texte = _SUITE.sub("", texte)
    return _UNITE.sub(ESPACE, texte)


def milliers(nombre: int) -> str:
    """A count: "12", "1 234", "-12 000"; thousands are kept apart, and on one line."""
    return f"{nombre:,}".replace(",", ESPACE)


def nombre_decimal(nombre: float) -> str:
    """ "96,6", "100": at most two decimals, and only those that say something."""
    return f"{nombre:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def date_longue(jour: date) -> str:
    """ "31 décembre 2027", "1er mars 2027"; the day never leaves its month at the end of a line."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{ESPACE}{MOIS[jour.month - 1]} {jour.year}"


def nombre_en_lettres(nombre: int) -> str:
    """A whole number from 0 to 9999 in letters, traditional spelling. Raises ValueError beyond."""
    if not 0 <= nombre <= 9999:
        raise ValueError(nombre)
    if nombre < 20:
        return _UNITES[nombre]
    if nombre < 100:
        return _dizaines(nombre)
    mille, reste = divmod(nombre, 1000)
    cent, reste = divmod(reste, 100)
    mots: list[str] = []
    if mille:
        mots += ["mille"] if mille == 1 else [_UNITES[mille], "mille"]
    if cent:
        mots += ["cent"] if cent == 1 else [_UNITES[cent], "cent" if reste else "cents"]
    if reste:
        mots.append(nombre_en_lettres(reste))
    return " ".join(mots)


def _dizaines(nombre: int) -> str:
    dizaine, unite = divmod(nombre, 10)
    if dizaine in (7, 9):
        dizaine, unite = dizaine - 1, unite + 10
    if nombre == 80:
        return "quatre-vingts"
    mot = _DIZAINES[dizaine]
    if unite == 0:
        return mot
    if unite in (1, 11) and dizaine != 8:
        return f"{mot} et {_UNITES[unite]}"
    return f"{mot}-{_UNITES[unite]}"


def date_en_lettres(jour: date) -> str:
    """ "trente et un décembre deux mille vingt-sept", "premier mars…": for who does not read figures easily."""
    quantieme = "premier" if jour.day == 1 else nombre_en_lettres(jour.day)
    return f"{quantieme} {MOIS[jour.month - 1]} {nombre_en_lettres(jour.year)}"


def heure(moment: time | datetime) -> str:
    """ "9 h 42", "9 h 05", "14 h"; the moment is shown as it is, in its own zone."""
    if moment.minute == 0:
        return f"{moment.hour}{ESPACE}h"
    return f"{moment.hour}{ESPACE}h{ESPACE}{moment.minute:02d}"


def telephone(numero: str) -> str:
    """A French number in pairs of digits, "03 00 00 00 00" or "+33 3 00…"; any other text as typed."""
    chiffres = re.sub(r"[\s.\-\u00a0\u202f()]", "", numero)
    if re.fullmatch(r"0\d{9}|\d{4}", chiffres):
        return ESPACE.join(re.findall(r"\d\d", chiffres))
    if francais := re.fullmatch(r"(?:\+|00)33(?:0)?(\d)(\d{8})", chiffres):
        return ESPACE.join(["+33", francais[1], *re.findall(r"\d\d", francais[2])])
    return numero.strip()


def euros(cents: int) -> str:
    """An amount: 1000 is "10 €", 1050 is "10,50 €", thousands are kept apart."""
    signe, cents = ("-", -cents) if cents < 0 else ("", cents)
    entiers, reste = divmod(cents, 100)
    return f"{signe}{milliers(entiers)}{f',{reste:02d}' if reste else ''}{ESPACE}€"
