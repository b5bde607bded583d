"""The disk as a power loss may leave it: what was synced is there, the rest is anybody's guess.

A file holds what it was last synced with, and the changes since, each of which may be lost, or torn, whatever came
after it. A name is held by its folder: a file made, renamed or removed is so for good once the folder is synced, in the
order it was done until then. Folders themselves are taken to stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from random import Random

from tests.crash.trace import Appel

UNITES = (512, 4096)
"""Bytes that a disk, or a page of memory, writes whole."""

Contenu = dict[str, bytes]


@dataclass(slots=True)
class _Fichier:
    """`sur`: synced; `vu`: as any process reads it; `attente`: changes since the last sync."""

    sur: bytearray
    vu: bytearray
    attente: list[Appel] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Nom:
    """A change of a folder, and the file it is about."""

    appel: Appel
    fichier: _Fichier

    def dans(self, dossier: str) -> bool:
        return str(PurePosixPath(self.appel.vers or self.appel.chemin).parent) == dossier

    def faire(self, noms: dict[str, _Fichier]) -> None:
        if self.appel.genre != "creer":
            noms.pop(self.appel.chemin, None)
        if self.appel.genre != "oter":
            noms[self.appel.vers or self.appel.chemin] = self.fichier


class Disque:
    """The files of one folder, followed call by call."""

    def __init__(self, contenu: Mapping[str, bytes]) -> None:
        self._vus = {nom: _Fichier(bytearray(octets), bytearray(octets)) for nom, octets in contenu.items()}
        self._surs = dict(self._vus)
        self._attente: list[_Nom] = []

    def faire(self, appel: Appel) -> bool:
        """Follows one call; True when it changed what is on the disk, or what is sure of it."""
        fichier = self._vus.get(appel.chemin)
        if appel.genre == "creer" and fichier is None:
            self._renommer(_Nom(appel, _Fichier(bytearray(), bytearray())))
        elif appel.genre == "sync" and fichier is None:
            return self._fixer(appel.chemin)
        elif fichier is None or appel.genre in ("creer", "dire"):
            return False
        elif appel.genre == "sync":
            fichier.sur, fichier.attente = bytearray(fichier.vu), []
        elif appel.genre in ("oter", "renommer"):
            self._renommer(_Nom(appel, fichier))
        else:
            _changer(fichier.vu, appel)
            fichier.attente.append(appel)
        return True

    def _renommer(self, nom: _Nom) -> None:
        nom.faire(self._vus)
        self._attente.append(nom)

    def _fixer(self, dossier: str) -> bool:
        """A folder is synced: its names are for good."""
        faits = [nom for nom in self._attente if nom.dans(dossier)]
        for nom in faits:
            nom.faire(self._surs)
        self._attente = [nom for nom in self._attente if not nom.dans(dossier)]
        return bool(faits)

    def tue(self) -> Contenu:
        """What a killed process leaves: everything that it did."""
        return {nom: bytes(fichier.vu) for nom, fichier in self._vus.items()}

    def coupe(self, alea: Random) -> Contenu:
        """What a power loss may leave; one of the many ways, as drawn."""
        noms = dict(self._surs)
        for nom in self._attente[: alea.randint(0, len(self._attente))]:
            nom.faire(noms)
        facon = alea.choice(("rien", "debut", "melange", "melange"))
        return {nom: _apres(fichier, facon, alea) for nom, fichier in noms.items()}


def _apres(fichier: _Fichier, facon: str, alea: Random) -> bytes:
    octets, attente = bytearray(fichier.sur), fichier.attente
    if facon == "rien" or not attente:
        return bytes(octets)
    gardes: Iterable[Appel] = attente[: alea.randint(0, len(attente))]
    if facon == "melange":
        gardes = [appel for appel in attente if alea.random() < 0.6]
    for appel in gardes:
        _changer(octets, _dechirer(appel, alea) if alea.random() < 0.3 else appel)
    return bytes(octets)


def _dechirer(appel: Appel, alea: Random) -> Appel:
    """The same write of which some whole units are on the disk and the others are not; at least one of each if any."""
    unite = alea.choice(UNITES)
    # Units of the disk, not of the write.
    premier = unite - appel.rang % unite
    bords = range(premier, len(appel.octets), unite)
    if appel.genre != "ecrire" or not bords:
        return appel
    bord = alea.choice(bords)
    if alea.random() < 0.5:
        return Appel("ecrire", appel.chemin, appel.octets[:bord], appel.rang)
    return Appel("ecrire", appel.chemin, appel.octets[bord:], appel.rang + bord)


def _changer(octets: bytearray, appel: Appel) -> None:
    if appel.genre == "couper":
        del octets[appel.rang :]
    octets.extend(bytes(max(0, appel.rang - len(octets))))
    if appel.genre == "ecrire":
        octets[appel.rang : appel.rang + len(appel.octets)] = appel.octets


def lire_dossier(dossier: Path) -> Contenu:
    """Every file below the folder."""
    return {str(f): f.read_bytes() for f in sorted(dossier.rglob("*")) if f.is_file()}


def poser(contenu: Contenu, ancien: Path, nouveau: Path) -> None:
    """Writes the files that stood below `ancien` below `nouveau`, and nothing else."""
    for nom, octets in contenu.items():
        chemin = nouveau / Path(nom).relative_to(ancien)
        chemin.parent.mkdir(parents=True, exist_ok=True)
        chemin.write_bytes(octets)
