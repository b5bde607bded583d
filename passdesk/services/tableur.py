"""A spreadsheet given to the desk, read into plain rows of text: CSV, ODS or XLSX, told apart by what they hold.

Nothing of it is ever run, no temporary file is made: a formula of a CSV is its text, of a sheet the value last shown.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.services import tableur_csv, tableur_feuilles

T = TypeVar("T")

OCTETS_MAX = 50 * 1024 * 1024
"""Bytes of a file; 200 000 people take about 20 MB as CSV."""
LIGNES_MAX = 300_000
COLONNES_MAX = 200

FEUILLES_PREFEREES = ("bénéficiaires",)
"""Sheets taken first, whatever their place: La Coop's import and export sheets have this name."""

_AUTRES_FORMES = (
    (b"\xd0\xcf\x11\xe0", "tableau_ancien_format"),
    (b"%PDF", "tableau_autre_chose"),
    (b"\x89PNG", "tableau_autre_chose"),
    (b"\xff\xd8\xff", "tableau_autre_chose"),
    (b"GIF8", "tableau_autre_chose"),
    (b"\x1f\x8b", "tableau_autre_chose"),
    (b"7z\xbc\xaf", "tableau_autre_chose"),
    (b"Rar!", "tableau_autre_chose"),
    (b"{\\rtf", "tableau_autre_chose"),
)


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A row as it stands in the sheet: `numero` counts from 1, as the spreadsheet program shows it."""

    numero: int
    cellules: tuple[str, ...] = field(repr=False)

    @property
    def vide(self) -> bool:
        """True when no cell holds anything."""
        return not any(cellule.strip() for cellule in self.cellules)


@dataclass(frozen=True, slots=True)
class Tableau:
    """A file opened. `feuilles`: names of its sheets (none for a CSV), `feuille`: the one read.

    `empreinte`: SHA-256 of the file, so that what is recorded is what was looked at. Read it in the thread that opened
    it.
    """

    chemin: Path
    empreinte: str
    feuilles: tuple[str, ...] = field(repr=False)
    feuille: str = field(repr=False)
    _source: Callable[[], Iterator[list[str]]] = field(repr=False)

    def lignes(self) -> Iterator[LigneLue]:
        """The rows from the first, empty ones too. Raises SaisieRefusee where the file stops being readable."""
        for numero, cellules in enumerate(self._source(), start=1):
            if numero > LIGNES_MAX:
                raise SaisieRefusee("tableau_trop_long", maximum=LIGNES_MAX)
            if len(cellules) > COLONNES_MAX and any(cellules[COLONNES_MAX:]):
                raise SaisieRefusee("tableau_trop_large", ligne=numero, maximum=COLONNES_MAX)
            yield LigneLue(numero, tuple(cellules[:COLONNES_MAX]))


def ouvrir_tableau(chemin: Path, feuille: str | None = None) -> Tableau:
    """Opens a spreadsheet at one of its sheets (None: La Coop's, else the first that is shown).

    Raises SaisieRefusee: what is wrong with the file, in a sentence; PanneAttendue("fichier_muet") when the disk does
    not answer.
    """
    signature, debut = _empreinte(chemin)
    for marque, code in _AUTRES_FORMES:
        if debut.startswith(marque):
            raise SaisieRefusee(code, fichier=chemin.name)
    if debut.startswith(b"PK\x03\x04"):
        return _classeur(chemin, signature, feuille)
    if feuille is not None:
        raise SaisieRefusee("feuille_absente", feuille=feuille, feuilles="")
    forme = _suivre(chemin, tableur_csv.reconnaitre)
    return Tableau(chemin, signature, (), "", lambda: tableur_csv.lire(chemin, forme))


def inchange(tableau: Tableau) -> bool:
    """True while the file is, byte for byte, the one that was opened. Raises as `ouvrir_tableau`."""
    return _empreinte(tableau.chemin)[0] == tableau.empreinte


def _empreinte(chemin: Path) -> tuple[str, bytes]:
    """SHA-256 and first bytes of a plain file that is neither empty nor too big."""
    _verifier(chemin)
    try:
        with chemin.open("rb") as flux:
            debut = flux.read(8)
            empreinte = hashlib.sha256(debut)
            while morceau := flux.read(1 << 20):
                empreinte.update(morceau)
    except OSError as panne:
        raise _refus(panne, chemin) from None
    if not debut:
        raise SaisieRefusee("fichier_vide", fichier=chemin.name)
    return empreinte.hexdigest(), debut


def _classeur(chemin: Path, empreinte: str, feuille: str | None) -> Tableau:
    classeur = _suivre(chemin, tableur_feuilles.ouvrir)
    if not classeur.feuilles:
        raise SaisieRefusee("tableau_sans_feuille", fichier=chemin.name)
    if feuille is not None and feuille not in classeur.feuilles:
        raise SaisieRefusee("feuille_absente", feuille=feuille, feuilles=", ".join(classeur.feuilles))
    preferee = next((nom for nom in classeur.feuilles if nom.casefold() in FEUILLES_PREFEREES), None)
    choisie = feuille or preferee or classeur.premiere
    return Tableau(chemin, empreinte, classeur.feuilles, choisie, lambda: tableur_feuilles.lire(classeur, choisie))


def _suivre(chemin: Path, ouvrir: Callable[[Path], T]) -> T:
    try:
        return ouvrir(chemin)
    except OSError as panne:
        raise _refus(panne, chemin) from None


def _verifier(chemin: Path) -> None:
    """Raises unless it is a plain file that is not too big."""
    try:
        etat = chemin.stat()
    except OSError as panne:
        raise _refus(panne, chemin) from None
    except ValueError:
        raise SaisieRefusee("fichier_introuvable", fichier=chemin.name) from None
    if stat.S_ISDIR(etat.st_mode):
        raise SaisieRefusee("fichier_est_dossier", fichier=chemin.name or str(chemin))
    if not stat.S_ISREG(etat.st_mode):
        # A pipe or a device would never end.
        raise SaisieRefusee("fichier_non_lu", fichier=chemin.name)
    if etat.st_size > OCTETS_MAX:
        raise SaisieRefusee("tableau_trop_lourd", fichier=chemin.name, maximum=OCTETS_MAX >> 20)


def _refus(panne: OSError, chemin: Path) -> SaisieRefusee | PanneAttendue:
    if isinstance(panne, FileNotFoundError | NotADirectoryError):
        return SaisieRefusee("fichier_introuvable", fichier=chemin.name)
    if isinstance(panne, PermissionError):
        return SaisieRefusee("fichier_protege", fichier=chemin.name)
    return PanneAttendue("fichier_muet", fichier=chemin.name)
