"""Who, among the persons recorded here, looks like the one being typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from passdesk.domain.personne import Personne
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, lignes
from passdesk.storage.personnes import VIVANTE, depuis_ligne
from passdesk.storage.recherche import chiffres_telephone, mots_indexes, replier

_CANDIDATS_MAX = 300
_NOM_PROCHE = 88.0
_ENSEMBLE_PROCHE = 93.0
_NOM_PROCHE_MEME_JOUR = 60.0


@dataclass(frozen=True, slots=True)
class Identite:
    """What is compared between two persons; complete or not."""

    nom_naissance: str = field(repr=False)
    prenoms: str = field(repr=False)
    naissance: date | None = field(default=None, repr=False)
    telephone: str = field(default="", repr=False)
    nom_usage: str = field(default="", repr=False)


def proches(base: Base, identite: Identite, *, sauf: str | None = None, limite: int = 5) -> tuple[Personne, ...]:
    """Persons here who may be the same: near name, or same birth date or telephone and a name not far; best first.

    They only warn (protocol §6). `sauf`: id of the person being entered.
    """
    notees = []
    for champs in _candidates(base, identite):
        if champs["personne_id"] != sauf:
            note = _note(identite, champs)
            if note:
                notees.append((note, champs["rang"], champs))
    notees.sort(key=lambda element: (-element[0], element[1]))
    return tuple(depuis_ligne(champs) for _, _, champs in notees[:limite])


def _candidates(base: Base, identite: Identite) -> list[Ligne]:
    chiffres = chiffres_telephone(identite.telephone)
    jours = [identite.naissance.isoformat()] if identite.naissance else []
    if identite.naissance and identite.naissance.day <= 12:
        # Day and month swapped is the commonest slip.
        jours.append(identite.naissance.replace(day=identite.naissance.month, month=identite.naissance.day).isoformat())
    marques = ", ".join("?" for _ in jours)
    sql = (
        f"SELECT * FROM personne WHERE {VIVANTE} AND (naissance IN ({marques}) "  # noqa: S608
        "OR (length(?) >= 9 AND chiffres = ?)) LIMIT ?"
    )
    par_jour = lignes(base, sql, [*jours, chiffres, chiffres, _CANDIDATS_MAX])
    # Two letters of each name: those who share several come first.
    mots = mots_indexes(identite.nom_naissance, identite.nom_usage, identite.prenoms).split()
    debuts = sorted({mot[:2] for mot in mots})
    expression = " OR ".join(f'"{debut}"*' for debut in debuts)
    sql = (
        "SELECT personne.* FROM personne_fts CROSS JOIN personne ON personne.rang = personne_fts.rowid "  # noqa: S608
        f"WHERE personne_fts MATCH ? AND {VIVANTE} ORDER BY rank LIMIT ?"
    )
    par_nom = lignes(base, sql, [expression, _CANDIDATS_MAX]) if expression else ()
    return list({champs["rang"]: champs for champs in chain(par_jour, par_nom)}.values())


def _note(identite: Identite, champs: Ligne) -> float:
    """0 when too far, else higher for nearer."""
    prenoms = _ressemblance(identite.prenoms, champs["prenoms"])
    noms = max(
        _ressemblance(mien, sien)
        for mien in (identite.nom_naissance, identite.nom_usage)
        for sien in (champs["nom_naissance"], champs["nom_usage"])
    )
    # Names and first names typed in each other's place are compared whole.
    ensemble = _ressemblance(
        f"{identite.prenoms} {identite.nom_naissance}", f"{champs['prenoms']} {champs['nom_naissance']}"
    )
    note = max((noms + prenoms) / 2, ensemble)
    meme_jour = identite.naissance is not None and champs["naissance"] == identite.naissance.isoformat()
    chiffres = chiffres_telephone(identite.telephone)
    meme_numero = len(chiffres) >= 9 and champs["chiffres"] == chiffres
    if meme_jour or meme_numero:
        return note + 100 if note >= _NOM_PROCHE_MEME_JOUR else 0
    return note if min(noms, prenoms) >= _NOM_PROCHE or ensemble >= _ENSEMBLE_PROCHE else 0


def _ressemblance(un: str, autre: str) -> float:
    """0 to 100 between two names, folded; the order of words does not matter."""
    plie, plie_autre = replier(un), replier(autre)
    if not plie or not plie_autre:
        return 0
    return max(100 * JaroWinkler.similarity(plie, plie_autre), fuzz.token_sort_ratio(plie, plie_autre))
