"""How much this base holds, for who helps from afar: names of ours and numbers, nothing that was typed."""

from __future__ import annotations

from passdesk.storage.engine import Base
from passdesk.storage.lecture import lignes, nombre

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
_PRAGMAS = ("page_count", "freelist_count", "page_size", "user_version")


def compter(base: Base) -> dict[str, int]:
    """Rows of each table, acts of each type, carnets in each state, pages of the file. Raises as `lecture.lignes`."""
    comptes = {
        f"table {table}": nombre(base, f'SELECT count(*) FROM "{table}"')  # noqa: S608 (a name of our own schema)
        for table in (str(ligne["name"]) for ligne in lignes(base, _TABLES))
        if not table.startswith("personne_fts")
    }
    for quoi, sql in (
        ("acte", "SELECT type AS nom, count(*) AS n FROM operation GROUP BY type ORDER BY type"),
        ("carnet", "SELECT etat AS nom, count(*) AS n FROM carnet GROUP BY etat ORDER BY etat"),
    ):
        comptes |= {f"{quoi} {ligne['nom']}": int(ligne["n"]) for ligne in lignes(base, sql)}
    comptes |= {f"fichier {nom}": nombre(base, f"PRAGMA {nom}") for nom in _PRAGMAS}
    return comptes
