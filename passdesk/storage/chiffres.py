"""Requests counted by what they say, for the figures: numbers alone leave this module."""

from __future__ import annotations

from collections.abc import Mapping

from passdesk.storage.engine import Base
from passdesk.storage.lecture import lignes

PAR = {
    "public": "coalesce(public, '')",
    "issue": "etat",
    "mois": "substr(arrivee_le, 6, 2)",
    "commune": "coalesce(commune, '')",
}
"""What requests are counted by, and how it is read."""


def annees(base: Base) -> tuple[int, ...]:
    """The years in which requests came, the latest first."""
    sql = "SELECT DISTINCT CAST(substr(arrivee_le, 1, 4) AS INTEGER) AS annee FROM demande ORDER BY annee DESC"
    return tuple(int(champs["annee"]) for champs in lignes(base, sql))


def compter_demandes(base: Base, annee: int, par: str) -> Mapping[str, int]:
    """Requests that came in that year, by one of PAR, in the order of their codes."""
    sql = (
        f"SELECT {PAR[par]} AS cle, count(*) AS nombre FROM demande "  # noqa: S608 (an expression of ours)
        "WHERE substr(arrivee_le, 1, 4) = ? GROUP BY cle ORDER BY cle"
    )
    return {str(champs["cle"]): int(champs["nombre"]) for champs in lignes(base, sql, [f"{annee:04d}"])}
