"""Persons found by what is typed in the search box, as fast among a million as among a thousand.

The full-text index is read in its own order and never ranked: ranking reads every match, and a beginning of two letters
has a hundred thousand. Whole words come first, then beginnings; each group by name.
"""

from __future__ import annotations

from collections.abc import Sequence

from passdesk.domain.personne import Personne
from passdesk.domain.phonetique import replier
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, lignes
from passdesk.storage.personnes import VIVANTE, depuis_ligne
from passdesk.storage.recherche import Demandee, lire_demande

_CANDIDATS_MAX = 5000
"""People of one birth date, or with the same digits in their number, that are read to be compared with the words."""
_DEBUTS_NUMERO = ("chiffres", *(f"substr(chiffres, {rang})" for rang in (2, 3, 5, 7)))
"""Where a part of a number is looked for: at its start, with or without its zero, then at each pair said aloud."""

_PAR_MOTS = (
    "SELECT personne.* FROM personne_fts CROSS JOIN personne ON personne.rang = personne_fts.rowid "  # noqa: S608
    f"WHERE personne_fts MATCH ? AND {VIVANTE} LIMIT ?"
)


def chercher(base: Base, texte: str, limite: int = 30, *, communes: Sequence[str] = ()) -> tuple[Personne, ...]:
    """Persons who match all that is typed: beginnings of names (accents aside), birth date or year, telephone digits.

    `communes`: INSEE codes, one of which must be their home. Whole words first; nothing typed finds nobody.
    """
    demandee = lire_demande(texte)
    if demandee.vide:
        return ()
    chiffree = demandee.naissance or demandee.chiffres
    trouvees = _par_chiffres(base, demandee, communes) if chiffree else []
    if not demandee.naissance and len(demandee.chiffres) in (0, 4):
        # Four digits may also be a birth year, which is a word of the index.
        annee = (demandee.chiffres,) if demandee.chiffres else ()
        trouvees += _par_mots(base, demandee.mots, annee, communes, limite)
    uniques = {champs["rang"]: champs for champs in trouvees}
    return tuple(depuis_ligne(champs) for champs in list(uniques.values())[:limite])


def par_communes(base: Base, codes: Sequence[str], limite: int) -> tuple[Personne, ...]:
    """The persons whose home is in one of these communes (INSEE codes), by name."""
    sql = f"SELECT * FROM personne WHERE commune = ? AND {VIVANTE} ORDER BY nom_naissance, prenoms LIMIT ?"  # noqa: S608
    trouvees = [champs for code in dict.fromkeys(codes) for champs in lignes(base, sql, [code, limite])]
    trouvees.sort(key=_nom)
    return tuple(depuis_ligne(champs) for champs in trouvees[:limite])


def _par_mots(
    base: Base, mots: Sequence[str], annee: Sequence[str], communes: Sequence[str], limite: int
) -> list[Ligne]:
    """By the full-text index: the words as they stand, then as beginnings."""
    bornes = [f'"{mot}"' for mot in annee]
    if communes:
        bornes.append("(" + " OR ".join(f'"{replier(code)}"' for code in communes) + ")")
    trouvees: dict[int, Ligne] = {}
    for entiers in (True, False) if mots else (True,):
        # A number is a whole word: one digit would be the beginning of every year of birth.
        etoiles = ["" if entiers or mot.isdigit() else "*" for mot in mots]
        termes = [f'"{mot}"{etoile}' for mot, etoile in zip(mots, etoiles, strict=True)]
        nouvelles = lignes(base, _PAR_MOTS, [" AND ".join([*termes, *bornes]), limite])
        for champs in sorted(nouvelles, key=_nom):
            trouvees.setdefault(champs["rang"], champs)
        if len(trouvees) >= limite:
            break
    return list(trouvees.values())


def _par_chiffres(base: Base, demandee: Demandee, communes: Sequence[str]) -> list[Ligne]:
    """By birth date or by a part of a telephone number; the words, if any, are compared after."""
    if demandee.naissance:
        ou, valeurs = "naissance = ?", [demandee.naissance.isoformat()]
    else:
        # ":" follows "9": every number that begins so.
        bornes = [demandee.chiffres, demandee.chiffres + ":"]
        cas = " UNION ALL ".join(f"SELECT rang FROM personne WHERE {d} >= ? AND {d} < ?" for d in _DEBUTS_NUMERO)  # noqa: S608
        ou, valeurs = f"rang IN ({cas})", bornes * len(_DEBUTS_NUMERO)
    sql = f"SELECT * FROM personne WHERE {ou} AND {VIVANTE} LIMIT {_CANDIDATS_MAX}"  # noqa: S608
    trouvees = [champs for champs in lignes(base, sql, valeurs) if _repond(champs, demandee, communes)]
    return sorted(trouvees, key=_nom)


def _repond(champs: Ligne, demandee: Demandee, communes: Sequence[str]) -> bool:
    siens = f" {champs['recherche']}"
    return (
        all(f" {mot}" in siens for mot in demandee.mots)
        and (not demandee.naissance or demandee.chiffres in champs["chiffres"])
        and (not communes or champs["commune"] in communes)
    )


def _nom(champs: Ligne) -> tuple[str, int]:
    # The words of the index begin with the birth name, folded, then the first names.
    return champs["recherche"], champs["rang"]
