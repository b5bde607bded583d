"""The numbers granted to this desk: which comes next, how many are left, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from passdesk.domain.campagne import BAIL_MINIMUM, TAILLES, Lot
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, ligne, lignes, nombre


@dataclass(frozen=True, slots=True)
class NumeroLibre:
    """The next number of a lot: what an award puts in its body. `kid`: the key that signs this lot."""

    campagne: int
    numero: int
    taille: int
    pot: str
    kid: int
    lot_id: str
    bail_jusqu_au: date


@dataclass(frozen=True, slots=True)
class LotSuivi:
    """A lot, the next number to use, and whether it was given back."""

    lot: Lot
    kid: int
    suivant: int
    rendu: bool

    @property
    def restants(self) -> int:
        """Numbers that can still be awarded from it."""
        return 0 if self.rendu else self.lot.dernier - self.suivant + 1


def _libres(le: date | None) -> tuple[str, list[str]]:
    """The condition on lots that can be awarded from, on a day (None: whatever the lease, unless the Region stopped
    them)."""
    return ("rendu = 0 AND suivant <= dernier AND bail_jusqu_au >= ?", [(le or BAIL_MINIMUM).isoformat()])


def numero_libre(base: Base, campagne: int, taille: int, pot: str, le: date | None = None) -> NumeroLibre | None:
    """The next number to award, from the lot whose lease ends first; None when nothing is left (on that day)."""
    condition, bornes = _libres(le)
    sql = (
        f"SELECT * FROM lot WHERE campagne = ? AND taille = ? AND pot = ? AND {condition} "  # noqa: S608
        "ORDER BY bail_jusqu_au, premier LIMIT 1"
    )
    trouve = ligne(base, sql, [campagne, taille, pot, *bornes])
    if trouve is None:
        return None
    return NumeroLibre(campagne, trouve["suivant"], taille, pot, trouve["kid"], trouve["lot_id"], _bail(trouve))


def prochain_numero(base: Base, campagne: int, taille: int, pot: str, le: date | None = None) -> int | None:
    """The number alone of `numero_libre`."""
    libre = numero_libre(base, campagne, taille, pot, le)
    return libre.numero if libre else None


def restants(base: Base, campagne: int, pot: str, le: date | None = None) -> dict[int, int]:
    """Carnets left to award by size (5 and 10 always present), on a day or whatever the lease."""
    condition, bornes = _libres(le)
    ou = f"campagne = ? AND taille = ? AND pot = ? AND {condition}"
    sql = f"SELECT sum(dernier - suivant + 1) FROM lot WHERE {ou}"  # noqa: S608
    return {taille: nombre(base, sql, [campagne, taille, pot, *bornes]) for taille in TAILLES}


def chevauche(base: Base, campagne: int, premier: int, dernier: int) -> bool:
    """True when a lot ever received here holds one of these numbers."""
    sql = "SELECT count(*) FROM lot WHERE campagne = ? AND premier <= ? AND dernier >= ?"
    return nombre(base, sql, [campagne, dernier, premier]) > 0


def fin_de_bail(base: Base, campagne: int) -> date | None:
    """The latest lease among the lots of a campaign with numbers left; None when there is none."""
    condition, bornes = _libres(None)
    sql = f"SELECT max(bail_jusqu_au) AS bail_jusqu_au FROM lot WHERE campagne = ? AND {condition}"  # noqa: S608
    trouve = ligne(base, sql, [campagne, *bornes])
    return _bail(trouve) if trouve and trouve["bail_jusqu_au"] else None


def lister(base: Base) -> tuple[LotSuivi, ...]:
    """Every lot ever received, used up and given back ones too, in the order of numbers."""
    return tuple(_lot(champs) for champs in lignes(base, "SELECT * FROM lot ORDER BY campagne, premier"))


def get(base: Base, lot_id: str) -> LotSuivi | None:
    """The lot with this id, or None."""
    trouve = ligne(base, "SELECT * FROM lot WHERE lot_id = ?", [lot_id])
    return _lot(trouve) if trouve else None


def _bail(champs: Ligne) -> date:
    return date.fromisoformat(champs["bail_jusqu_au"])


def _lot(champs: Ligne) -> LotSuivi:
    lot = Lot(
        champs["lot_id"], champs["campagne"], champs["pot"], champs["taille"], champs["premier"], champs["dernier"],
        _bail(champs),
    )  # fmt: skip
    return LotSuivi(lot, champs["kid"], champs["suivant"], bool(champs["rendu"]))
