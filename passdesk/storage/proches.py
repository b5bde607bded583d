"""Who, among the persons recorded here, looks like the one being typed: found by keys, then compared one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from passdesk.domain.personne import Personne
from passdesk.domain.ressemblance import Identite, Rapprochement, cles_cherchees, rapprocher
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, jour, lignes
from passdesk.storage.personnes import get
from passdesk.storage.recherche import chiffres_telephone

_CANDIDATS_MAX = 250
"""People compared with what is typed, at most: those who share the most keys first."""


@dataclass(frozen=True, slots=True)
class Proche:
    """Somebody here who may be the same person, and why."""

    personne: Personne = field(repr=False)
    rapprochement: Rapprochement


def identite(personne: Personne) -> Identite:
    """What is compared of a person."""
    return Identite(
        personne.nom_naissance,
        personne.prenoms,
        personne.naissance,
        chiffres_telephone(personne.telephone),
        personne.nom_usage,
        personne.courriel.strip().lower(),
    )


def proches(base: Base, personne: Personne, *, limite: int = 5) -> tuple[Proche, ...]:
    """Persons here who may be this one, the likeliest first; itself left out. They only warn (protocol §6).

    Somebody merged into another is compared too, and answered as that other.
    """
    cherchee = identite(personne)
    trouves: dict[str, Proche] = {}
    for champs in _candidats(base, cherchee):
        lu = rapprocher(cherchee, _lue(champs), OSA.distance)
        if lu is None:
            continue
        # Merged since: the record that stands for both.
        connue = get(base, champs["personne_id"])
        if connue is None or connue.personne_id == personne.personne_id:
            continue
        deja = trouves.get(connue.personne_id)
        if deja is None or deja.rapprochement.note < lu.note:
            trouves[connue.personne_id] = Proche(connue, lu)
    return tuple(sorted(trouves.values(), key=lambda p: -p.rapprochement.note)[:limite])


def _candidats(base: Base, cherchee: Identite) -> list[Ligne]:
    """Those who share a key, those who share the most first."""
    cherchees = sorted(cles_cherchees(cherchee))
    sql = (
        "SELECT personne_id, nom_naissance, prenoms, nom_usage, naissance, chiffres, courriel FROM "  # noqa: S608
        "(SELECT rang, count(*) AS communes FROM rapprochement "
        f"WHERE cle IN ({_marques(cherchees)}) GROUP BY rang ORDER BY communes DESC LIMIT {_CANDIDATS_MAX}) c "
        "CROSS JOIN personne ON personne.rang = c.rang WHERE personne.efface = 0"
    )
    return lignes(base, sql, cherchees)


def _lue(champs: Ligne) -> Identite:
    return Identite(
        champs["nom_naissance"],
        champs["prenoms"],
        jour(champs["naissance"]),
        champs["chiffres"],
        champs["nom_usage"],
        champs["courriel"].strip().lower(),
    )


def _marques(valeurs: Iterable[object]) -> str:
    return ", ".join("?" for _ in valeurs)
