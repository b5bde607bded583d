"""The names of a row: name and first names parted, a civility taken off, a second name put in its own place.

The blind key is made of the birth name and the first first name (protocol §6): whatever else stands in their cells
would make another person of the same one at the next desk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from passdesk.domain.personne import texte_recherche

_MOTS = "mr|mme|mlle|melle|mle"
_CIVILITE = re.compile(rf"(?:(?:m|{_MOTS})\.\s*|(?:m|{_MOTS}|madame|mademoiselle|monsieur)\s+)(?=\S)", re.IGNORECASE)
_CIVILITE_SURE = re.compile(rf"(?:(?:{_MOTS})\.\s*|(?:{_MOTS}|madame|mademoiselle|monsieur)\s+)(?=\S)", re.IGNORECASE)
_UNE = rf"(?:(?:m|{_MOTS})\b\.?|(?:madame|mademoiselle|monsieur)\b)"
_DEUX = re.compile(rf"{_UNE}\s*(?:et|ou|&|/|,|\+)\s*{_UNE}", re.IGNORECASE)
_INITIALE = re.compile(r"[^\W\d_](?![^\W_]|’|')")
_PARENTHESE = re.compile(r"(?P<premier>[^()]*?)\s*\((?P<second>[^()]+)\)?")

_LIENS = {"nee": True, "epouse": False, "ep": False, "epse": False, "veuve": False, "vve": False}
"""Words between two names, folded: true when the birth name comes after it."""


@dataclass(frozen=True, slots=True)
class Noms:
    """The names of a person, "" for those that the row does not tell. `notes`: what has no field.

    `fautes` and `doutes`: codes, each with the field whose cell it is about.
    """

    naissance: str = field(repr=False)
    usage: str = field(repr=False)
    prenoms: str = field(repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    fautes: tuple[tuple[str, str], ...] = ()
    doutes: tuple[tuple[str, str], ...] = ()


def lire_noms(naissance: str, usage: str, prenoms: str, complet: str) -> Noms:
    """The names that these cells tell; `complet`, name and first names in one cell, only where no name has its own."""
    ecrits = {"nom_naissance": naissance, "nom_usage": usage, "prenoms": prenoms, "nom_complet": complet}
    fautes, doutes, notes = [], [], []
    for champ, ecrit in ecrits.items():
        if _DEUX.match(ecrit):
            fautes.append(("deux_personnes", champ))
        nu = _sans_civilite(ecrit, _CIVILITE_SURE if champ == "prenoms" else _CIVILITE)
        if nu != ecrit and ecrit.split()[0].casefold() == "m":
            # M'Barek is written so too.
            doutes.append(("civilite_douteuse", champ))
        ecrits[champ] = nu
    naissance, usage, prenoms, complet = ecrits.values()
    ou = "nom_naissance"
    if complet and not naissance:
        ou = "nom_complet"
        separes = separer_nom(complet)
        if separes is None and not prenoms:
            fautes.append(("nom_a_separer", ou))
        naissance, prenoms = separes if separes and not prenoms else (complet, prenoms)
        prenoms = _sans_civilite(prenoms, _CIVILITE_SURE)
    if _lien(usage) is not None:
        # "ép. MARTIN", or both names, in the column of usage names.
        de_naissance, usage, _ = _deux_noms(usage)
        naissance = naissance or de_naissance
    naissance, second, clair = _deux_noms(naissance)
    if second and not clair and not second[:1].isupper():
        # "(sous tutelle)" is no name.
        notes.append(second)
    elif second:
        if not clair:
            doutes.append(("deux_noms", ou))
        if usage and texte_recherche(usage) != texte_recherche(second):
            notes.append(f"Autre nom : {second}")
        usage = usage or second
    if _INITIALE.match(prenoms):
        doutes.append(("prenom_initiale", "prenoms" if ecrits["prenoms"] else ou))
    return Noms(naissance, usage, prenoms, tuple(notes), tuple(fautes), tuple(doutes))


def separer_nom(texte: str) -> tuple[str, str] | None:
    """(name, first names) of "DUPONT Marie", "Marie DUPONT" or "Dupont, Marie"; None when the case does not tell.

    A word between two names in capitals (DUPONT épouse MARTIN) belongs to the name.
    """
    if texte.count(",") == 1:
        nom, prenoms = (partie.strip() for partie in texte.split(","))
        return (nom, prenoms) if nom and prenoms else None
    mots = texte.split()
    grands = [len(mot) > 1 and mot == mot.upper() and mot != mot.lower() for mot in mots]
    for rang in range(1, len(mots) - 1):
        grands[rang] |= grands[rang - 1] and grands[rang + 1] and texte_recherche(mots[rang]) in _LIENS
    combien = sum(grands)
    if 0 < combien < len(mots) and (all(grands[:combien]) or all(grands[-combien:])):
        noms = " ".join(mot for mot, grand in zip(mots, grands, strict=True) if grand)
        return noms, " ".join(mot for mot, grand in zip(mots, grands, strict=True) if not grand)
    return None


def _sans_civilite(texte: str, civilite: re.Pattern[str]) -> str:
    """The text after its civility. A first name may be an initial (M. Claire): there, "M" is none."""
    trouvee = civilite.match(texte)
    return texte[trouvee.end() :] if trouvee else texte


def _lien(texte: str) -> int | None:
    """The rank of the word that parts two names, a name behind it; None without one."""
    mots = enumerate(texte.split()[:-1])
    return next((rang for rang, mot in mots if texte_recherche(mot) in _LIENS), None)


def _deux_noms(texte: str) -> tuple[str, str, bool]:
    """(birth name, the other one, whether the cell says which is which) of the cell of a name.

    "DUPONT épouse MARTIN", "MARTIN née DUPONT" and "MARTIN (née DUPONT)" say it; of "DUPONT (MARTIN)" the first is
    taken for the birth name.
    """
    mots, coupe = texte.split(), _lien(texte)
    if coupe is not None:
        premier, second = (" ".join(partie).strip("() ") for partie in (mots[:coupe], mots[coupe + 1 :]))
        apres = _LIENS[texte_recherche(mots[coupe])]
        return (second, premier, True) if apres else (premier, second, True)
    if entre := _PARENTHESE.fullmatch(texte):
        return entre["premier"], entre["second"].strip(), False
    return texte, "", True
