"""The Region and the first desk that most tests start from: made once in a process, then copied into each test.

Kept in memory, as bytes: what a test does to its copy is seen by no other, whatever their order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from passdesk.server.racine import Racine
from passdesk.server.region import NOM_BASE


@dataclass(frozen=True, slots=True)
class Dossier:
    """The files of a folder, by their path in it: mode and bytes; None for a folder."""

    fichiers: Mapping[Path, tuple[int, bytes | None]]

    @classmethod
    def lire(cls, dossier: Path) -> Dossier:
        """What is in it now; nobody may have it open."""
        trouves = sorted(dossier.rglob("*"))
        return cls(
            {
                fichier.relative_to(dossier): (
                    fichier.stat().st_mode,
                    fichier.read_bytes() if fichier.is_file() else None,
                )
                for fichier in (dossier, *trouves)
            }
        )

    def poser(self, dossier: Path) -> None:
        """The same files in a folder that does not exist yet."""
        for chemin, (mode, octets) in self.fichiers.items():
            place = dossier / chemin
            if octets is None:
                place.mkdir(parents=chemin == Path())
            else:
                place.write_bytes(octets)
            place.chmod(mode & 0o777)


class Registre:
    """The Region's SQLite file, which its server keeps open. `intact`: nobody has written in it since this was made."""

    def __init__(self, region: Path) -> None:
        self._connexion = sqlite3.connect(region / NOM_BASE, isolation_level=None)
        self._depart = self._version()

    @property
    def intact(self) -> bool:
        """Another connection that commits changes what SQLite answers here."""
        return self._version() == self._depart

    def copier(self) -> sqlite3.Connection:
        """The database as it is, in memory."""
        copie = sqlite3.connect(":memory:", check_same_thread=False)
        self._connexion.backup(copie)
        return copie

    def remplacer(self, copie: sqlite3.Connection) -> None:
        """All that it holds, by the copy; those who have it open see that at their next transaction."""
        copie.backup(self._connexion)

    def fermer(self) -> None:
        """The others keep theirs."""
        self._connexion.close()

    def _version(self) -> int:
        (version,) = self._connexion.execute("PRAGMA data_version").fetchone()
        return int(version)


@dataclass(frozen=True, slots=True)
class Modele:
    """A Region just initialised, with the root that certified it; a desk enrolled there and granted lots.

    `registre`: what the Region knows once that desk is.
    """

    racine: Racine
    region: Dossier
    poste: Dossier
    cle: bytes
    agent_id: str
    registre: sqlite3.Connection
