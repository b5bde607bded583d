"""Persons found by what is typed in the search box, as fast among a million as among a thousand.

The full-text index is read in its own order and never ranked: ranking reads every match, and a beginning of two letters
has a hundred thousand. Whole words come first, then beginnings; each group by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from passdesk.domain.personne import Personne
from passdesk.domain.phonetique import replier
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, lignes
from passdesk.storage.personnes import completees, depuis_ligne, seule
from passdesk.storage.recherche import Demandee, lire_demande

_CANDIDATS_MAX = 5000
"""People of one birth date, or with the same digits in their number, that are read to be compared with the words."""
CHIFFRES_RARES = 6
"""Digits from which a part of a telephone number is rarer than a name."""
_DEBUTS_NUMERO = ("chiffres", *(f"substr(chiffres, {rang})" for rang in (2, 3, 5, 7)))
"""Where a part of a number is looked for: at its start, with or without its zero, then at each pair said aloud."""

D_UNE_COMMUNE = "SELECT * FROM personne WHERE commune = ? AND efface = 0 ORDER BY recherche LIMIT ?"
_PAR_MOTS = (
    "SELECT personne.* FROM personne_fts CROSS JOIN personne ON personne.rang = personne_fts.rowid "
    "WHERE personne_fts MATCH ? AND efface = 0 LIMIT ?"
)


def chercher(base: Base, texte: str, limite: int = 30, *, communes: Sequence[str] = ()) -> tuple[Personne, ...]:
    """Persons who match all that is typed: beginnings of names (accents aside), birth date or year, telephone digits.

    `communes`: INSEE codes, one of which must be their home. Whole words first; nothing typed finds nobody.
    """
    demandee = lire_demande(texte, base.horloge.aujourdhui())
    if demandee.vide:
        return ()
    return _vues(base, _lignes(base, demandee, communes, limite), limite)


def _lignes(base: Base, demandee: Demandee, communes: Sequence[str], limite: int) -> list[Ligne]:
    """By whatever is the rarest of what is typed: the rest is compared with few."""
    mots, chiffres = demandee.mots, demandee.chiffres
    if demandee.naissance:
        return _nes_le(base, demandee.naissance.isoformat(), demandee, communes)
    if demandee.jour is not None:
        # Typed as the visit takes it, without a sign between or nearly; a part of a number may read so too.
        nes = _nes_le(base, demandee.jour.isoformat(), replace(demandee, chiffres=""), communes)
        return [*nes, *_par_numero(base, demandee, communes, limite)]
    # Four digits are a birth year first, which is a word of the index.
    nes = _par_mots(base, (*mots, chiffres), communes, limite) if len(chiffres) == 4 else []
    if not mots:
        return [*_par_numero(base, demandee, communes, limite), *nes]
    if nes or not chiffres:
        return nes or _par_mots(base, mots, communes, limite)
    if len(chiffres) < CHIFFRES_RARES:
        return _par_mots(base, mots, communes, limite, _rangs_du_numero(base, chiffres))
    return _par_numero(base, demandee, communes, limite)


def par_communes(base: Base, codes: Sequence[str], limite: int) -> tuple[Personne, ...]:
    """The persons whose home is in one of these communes (INSEE codes), by name; the first of them in that order."""
    trouvees = [champs for code in dict.fromkeys(codes) for champs in lignes(base, D_UNE_COMMUNE, [code, limite])]
    trouvees.sort(key=_nom)
    return _vues(base, trouvees, limite)


def _vues(base: Base, trouvees: Sequence[Ligne], limite: int) -> tuple[Personne, ...]:
    """The persons of these rows, each once; somebody merged into another is found by what they told, as that other."""
    vues: dict[str, Personne] = {}
    for champs in trouvees:
        vue = seule(base, champs["personne_id"]) if champs["fusionnee_dans"] else depuis_ligne(champs)
        if vue is not None:
            vues.setdefault(vue.personne_id, vue)
        if len(vues) == limite:
            break
    return completees(base, list(vues.values()))


def _par_mots(
    base: Base, mots: Sequence[str], communes: Sequence[str], limite: int, parmi: frozenset[int] | None = None
) -> list[Ligne]:
    """By the full-text index: the words as they stand, then as beginnings. `parmi`: the only rows to look among."""
    bornes = ["(" + " OR ".join(f'"{replier(code)}"' for code in communes) + ")"] if communes else []
    trouvees: dict[int, Ligne] = {}
    for entiers in (True, False):
        # A number is a whole word: one digit would be the beginning of every year of birth.
        etoiles = ["" if entiers or mot.isdigit() else "*" for mot in mots]
        termes = [f'"{mot}"{etoile}' for mot, etoile in zip(mots, etoiles, strict=True)]
        expression = " AND ".join([*termes, *bornes])
        if parmi is None:
            nouvelles = lignes(base, _PAR_MOTS, [expression, limite])
        else:
            nouvelles = _parmi(base, expression, parmi, limite)
        for champs in sorted(nouvelles, key=_nom):
            trouvees.setdefault(champs["rang"], champs)
        if len(trouvees) >= limite or all(mot.isdigit() for mot in mots):
            break
    return list(trouvees.values())


def _parmi(base: Base, expression: str, rangs: frozenset[int], limite: int) -> list[Ligne]:
    """Both indexes are met row number by row number: no person is read who does not answer."""
    trouves = base.db.execute("SELECT rowid FROM personne_fts WHERE personne_fts MATCH ?", [expression])
    communs = list(islice((rang for (rang,) in trouves if rang in rangs), limite))
    marques = ", ".join("?" for _ in communs)
    return lignes(base, f"SELECT * FROM personne WHERE rang IN ({marques}) AND efface = 0", communs)  # noqa: S608


def _rangs_du_numero(base: Base, chiffres: str) -> frozenset[int]:
    """The row numbers of those whose number holds these digits, read in the indexes alone."""
    cas = " UNION ALL ".join(f"SELECT rang FROM personne WHERE {d} >= ? AND {d} < ?" for d in _DEBUTS_NUMERO)  # noqa: S608
    trouves = base.db.execute(cas, [chiffres, chiffres + ":"] * len(_DEBUTS_NUMERO))
    return frozenset(rang for (rang,) in trouves)


def _nes_le(base: Base, jour: str, demandee: Demandee, communes: Sequence[str]) -> list[Ligne]:
    """Born that day: few enough to compare the rest of what is typed with each."""
    sql = f"SELECT * FROM personne WHERE naissance = ? AND efface = 0 LIMIT {_CANDIDATS_MAX}"  # noqa: S608
    return sorted((champs for champs in lignes(base, sql, [jour]) if _repond(champs, demandee, communes)), key=_nom)


def _par_numero(base: Base, demandee: Demandee, communes: Sequence[str], limite: int) -> list[Ligne]:
    """By a part of a telephone number. Digits alone are answered by the first found, numbers that begin so before."""
    seuls = not demandee.mots and not communes
    combien = limite if seuls else _CANDIDATS_MAX
    # ":" follows "9": every number that begins so.
    bornes = [demandee.chiffres, demandee.chiffres + ":", combien]
    trouvees: list[Ligne] = []
    for debut in _DEBUTS_NUMERO:
        sql = f"SELECT * FROM personne WHERE {debut} >= ? AND {debut} < ? AND efface = 0 LIMIT ?"  # noqa: S608
        lues = (champs for champs in lignes(base, sql, bornes) if _repond(champs, demandee, communes))
        trouvees += sorted(lues, key=_nom)
        if seuls and len(trouvees) >= limite:
            break
    return trouvees


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
