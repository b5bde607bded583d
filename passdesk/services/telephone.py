"""Telephone numbers as people type them: French (overseas too) and Belgian ones known, shown in pairs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType, ValidationResult

CODES_TELEPHONE = ("telephone_incomplet", "telephone_trop_long", "telephone_incompris")

INDICATIFS_FRANCAIS = (33, 262, 590, 594, 596)
"""Country codes whose national numbers are ten digits, and are dialled as they are from the mainland."""
_FRANCE = ("FR", "RE", "YT", "GP", "MQ", "GF")
_BELGIQUE = 32
_SEPARATEURS = re.compile(r"[\s.\-/()\u00a0\u2010-\u2015]+")
_MOBILES = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number as understood. `texte`: as shown, in pairs, or as typed when there is a doubt; `erreur`: the doubt.

    `international`: "+33639980012", "" while it is not understood. `mobile`: a text message can be sent to it.
    """

    texte: str = field(repr=False)
    international: str = field(default="", repr=False)
    mobile: bool = False
    erreur: str | None = None


def lire_telephone(texte: str) -> Telephone:
    """A number as typed; nothing typed is no doubt, and a doubt never stops anything.

    A national number of ten digits is French, unless it is grouped as a Belgian mobile (0470 12 34 56); of nine, a
    Belgian fixed line, except where it may as well be a French mobile that lacks a digit (06, 07: Chimay and Charleroi
    are next door): written in one piece, +32 is asked for.
    """
    brut = unicodedata.normalize("NFKC", texte).strip()
    if not brut:
        return Telephone("")
    chiffres = _SEPARATEURS.sub("", brut)
    if not re.fullmatch(r"(\+|00)?[0-9]+", chiffres):
        return Telephone(texte, erreur="telephone_incompris")
    if chiffres.startswith(("+", "00")):
        return _compter(texte, _analyser("+" + chiffres.removeprefix("+").removeprefix("00"), None))
    return _national(texte, chiffres, len(_SEPARATEURS.split(brut, maxsplit=1)[0]))


def _national(texte: str, chiffres: str, premier_groupe: int) -> Telephone:
    if len(chiffres) == 9 and chiffres[0] in "67":
        chiffres = "0" + chiffres
    if not chiffres.startswith("0"):
        return Telephone(texte, erreur="telephone_incomplet" if len(chiffres) < 9 else "telephone_incompris")
    if len(chiffres) == 10:
        return _compter(texte, _de_dix_chiffres(chiffres, premier_groupe))
    if len(chiffres) == 9 and (chiffres[1] not in "67" or premier_groupe == 3):
        return _compter(texte, _analyser(chiffres, "BE"))
    return Telephone(texte, erreur="telephone_incomplet" if len(chiffres) < 10 else "telephone_trop_long")


def _de_dix_chiffres(chiffres: str, premier_groupe: int) -> PhoneNumber | None:
    """The French number, of the place overseas where it exists, or the Belgian mobile that its grouping tells."""
    lectures = [_analyser(chiffres, pays) for pays in _FRANCE]
    belge = _analyser(chiffres, "BE")
    if premier_groupe == 4 and belge is not None and _sorte(belge) in _MOBILES:
        ailleurs = [lu for lu in lectures[1:] if lu is not None and phonenumbers.is_valid_number(lu)]
        return ailleurs[0] if ailleurs else belge
    return next((lu for lu in lectures if lu is not None and phonenumbers.is_valid_number(lu)), lectures[0])


def _analyser(chiffres: str, pays: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(chiffres, pays)
    except NumberParseException:
        return None


def _compter(texte: str, numero: PhoneNumber | None) -> Telephone:
    if numero is None:
        return Telephone(texte, erreur="telephone_incompris")
    raison = phonenumbers.is_possible_number_with_reason(numero)
    if raison == ValidationResult.TOO_SHORT:
        return Telephone(texte, erreur="telephone_incomplet")
    if raison == ValidationResult.TOO_LONG:
        return Telephone(texte, erreur="telephone_trop_long")
    if raison != ValidationResult.IS_POSSIBLE:
        return Telephone(texte, erreur="telephone_incompris")
    international = phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164)
    return Telephone(_montrer(texte, numero), international, _mobile(numero))


def _montrer(texte: str, numero: PhoneNumber) -> str:
    national = str(numero.national_number)
    if numero.country_code in INDICATIFS_FRANCAIS and len(national) == 9:
        return _paires("0" + national)
    if numero.country_code == _BELGIQUE:
        return "+32 " + _belge(national)
    return " ".join(texte.split())


def _mobile(numero: PhoneNumber) -> bool:
    # Numbers kept for fiction (06 39 98) and ranges opened since count too: 06 and 07 are mobiles, all of them.
    francais = numero.country_code == 33 and str(numero.national_number)[0] in "67"
    return francais or _sorte(numero) in _MOBILES


def _sorte(numero: PhoneNumber) -> int:
    return int(phonenumbers.number_type(numero))


def _paires(chiffres: str) -> str:
    return " ".join(chiffres[i : i + 2] for i in range(0, len(chiffres), 2))


def _belge(chiffres: str) -> str:
    """A Belgian number without its 0: 470 12 34 56 (mobile), 71 12 34 56 or 2 123 45 67 (fixed lines)."""
    if len(chiffres) == 9:
        return f"{chiffres[:3]} {_paires(chiffres[3:])}"
    if chiffres[0] in "2349":
        return f"{chiffres[0]} {chiffres[1:4]} {_paires(chiffres[4:])}"
    return f"{chiffres[:2]} {_paires(chiffres[2:])}"
