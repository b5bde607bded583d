"""All persons of a desk at once, as an import compares with them, and what became of those that one import recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from passdesk.domain.personne import Personne
from passdesk.storage import proches
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, lignes
from passdesk.storage.pilote import dbapi


@dataclass(frozen=True, slots=True)
class IdentiteInscrite:
    """What tells a person recorded here from another. `naissance`: ISO text, or None."""

    nom_naissance: str = field(repr=False)
    prenoms: str = field(repr=False)
    naissance: str | None = field(repr=False)
    chiffres: str = field(repr=False)
    courriel: str = field(repr=False)
    note: str = field(repr=False)


def identites(base: Base) -> Iterator[IdentiteInscrite]:
    """Everybody recorded at this desk, merged persons too (each of their identities is known), erased ones left out."""
    sql = "SELECT nom_naissance, prenoms, naissance, chiffres, courriel, note FROM personne WHERE efface = 0"
    return (IdentiteInscrite(**champs) for champs in lignes(base, sql))


def cles_effacees(base: Base) -> frozenset[bytes]:
    """The blind keys of the persons erased at this desk who had pass (protocol §8): all that is left of them."""
    sql = "SELECT DISTINCT cle FROM personne WHERE efface = 1 AND cle IS NOT NULL"
    return frozenset(champs["cle"] for champs in lignes(base, sql))


def proche(base: Base, personne: Personne) -> Personne | None:
    """Somebody here who may be this person, who is not recorded; the nearest. Raises as `lignes`."""
    try:
        return next((lu.personne for lu in proches.proches(base, personne, limite=1)), None)
    except dbapi.DatabaseError as trouble:
        raise base.panne(trouble) from None


def inscrites_entre(base: Base, epoch: int, premier: int, dernier: int) -> list[Ligne]:
    """The persons recorded by these operations that are still here: `personne_id`, and `actes`, how many tell of each.

    Erased and merged ones are left out.
    """
    sql = (
        "SELECT o.subject_id AS personne_id, (SELECT count(*) FROM operation autre "
        "WHERE autre.subject_id = o.subject_id) AS actes "
        "FROM operation o JOIN personne p ON p.personne_id = o.subject_id "
        "WHERE o.epoch = ? AND o.seq BETWEEN ? AND ? AND o.type = 'personne.enregistrer' "
        "AND p.efface = 0 AND p.fusionnee_dans IS NULL ORDER BY o.seq"
    )
    return lignes(base, sql, [epoch, premier, dernier])
