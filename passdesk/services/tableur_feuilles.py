"""ODS and XLSX: zip files that anybody may have written. They are measured before they are read.

Both formats let a few bytes stand for billions of cells (a repeated row, one cell in the last corner), and a zip for
gigabytes. Only entries already unpacked and counted here, packed again in memory, are handed to the reader.
"""

from __future__ import annotations

import datetime
import errno
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from passdesk.domain.erreurs import KnownError, SaisieRefusee

OCTETS_DEPLIES_MAX = 300 * 1024 * 1024
"""Bytes of XML once unpacked; 200 000 people of twelve cells take about 120 MB."""
CELLULES_MAX = 6_000_000
"""Rows times columns of the sheet, empty cells included: what the reader sets memory aside for."""
ENTREES_MAX = 2_000
_MORCEAU = 1 << 20
_BALISE_MAX = 1 << 20

_CELLULES_XLSX = re.compile(rb"<(?:\w+:)?(?:c|row)(?=[\s/>])[^>]*>")
_PLACES = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,7})["']""")
_PLACE = re.compile(rb"\sr\s*=")
_BALISES_ODS = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])[^>]*>")
_REPETEE = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']\s*([0-9]+)\s*["']""")


@dataclass(frozen=True, slots=True)
class Classeur:
    """The sheets of a file, `premiere` the first that is shown."""

    feuilles: tuple[str, ...] = field(repr=False)
    premiere: str = field(repr=False)
    _classeur: CalamineWorkbook = field(repr=False)


def ouvrir(chemin: Path) -> Classeur:
    """The sheets of an ODS or XLSX file. Raises SaisieRefusee, OSError."""
    try:
        propre = _mesurer(chemin)
    except (KnownError, OSError) as trouble:
        if isinstance(trouble, OSError) and trouble.errno == errno.EINVAL:
            # A place before the beginning of the file, named by the file itself.
            raise SaisieRefusee("tableau_abime", fichier=chemin.name) from None
        raise
    except Exception:
        # The standard library complains of a bad zip in a dozen ways (bad version, name, size, compression…).
        raise SaisieRefusee("tableau_abime", fichier=chemin.name) from None
    try:
        classeur = CalamineWorkbook.from_filelike(propre)
        decrites = [f for f in classeur.sheets_metadata if f.typ == SheetTypeEnum.WorkSheet]
    except PasswordError:
        raise SaisieRefusee("tableau_ancien_format", fichier=chemin.name) from None
    except BaseException as trouble:
        raise _abime(trouble, chemin.name) from None
    visibles = [f.name for f in decrites if f.visible == SheetVisibleEnum.Visible]
    feuilles = tuple(f.name for f in decrites)
    return Classeur(feuilles, next(iter(visibles or feuilles), ""), classeur)


def lire(classeur: Classeur, feuille: str) -> Iterator[list[str]]:
    """The rows of a sheet from its first, as text. Raises SaisieRefusee("tableau_abime")."""
    try:
        lue = classeur._classeur.get_sheet_by_name(feuille)
        # Empty rows above the first cell are given, empty columns before it are not.
        gauche = lue.start[1] if lue.start else 0
        rangees = iter(lue.iter_rows())
    except BaseException as trouble:
        raise _abime(trouble, feuille) from None
    while True:
        try:
            cellules = next(rangees, None)
        except BaseException as trouble:
            raise _abime(trouble, feuille) from None
        if cellules is None:
            return
        yield [""] * gauche + [_texte(valeur) for valeur in cellules]


def _abime(trouble: BaseException, fichier: str) -> BaseException:
    """A panic of the reader is no exception of Python's usual family; stops asked by the user are left alone."""
    rust = type(trouble).__name__ == "PanicException"
    if rust or isinstance(trouble, CalamineError | ValueError | OSError | OverflowError | MemoryError):
        return SaisieRefusee("tableau_abime", fichier=fichier)
    return trouble


def _texte(valeur: object) -> str:
    """A cell as one would type it: whole numbers without decimals, dates as AAAA-MM-JJ."""
    if isinstance(valeur, bool):
        return "VRAI" if valeur else "FAUX"
    if isinstance(valeur, float) and abs(valeur) < 1e15 and valeur == int(valeur):
        return str(int(valeur))
    if isinstance(valeur, datetime.datetime):
        minuit = valeur.time() == datetime.time()
        return valeur.date().isoformat() if minuit else valeur.isoformat(sep=" ", timespec="seconds")
    if isinstance(valeur, datetime.date):
        return valeur.isoformat()
    return str(valeur)


def _mesurer(chemin: Path) -> IO[bytes]:
    """The XML of the file alone, in a zip of ours, once it is known to be of a reasonable size."""
    copie = io.BytesIO()
    reste = OCTETS_DEPLIES_MAX
    with (
        chemin.open("rb") as flux,
        zipfile.ZipFile(flux) as recu,
        zipfile.ZipFile(copie, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as rendu,
    ):
        entrees = recu.infolist()
        noms = [entree.filename for entree in entrees]
        if len(entrees) > ENTREES_MAX or len(set(noms)) < len(noms):
            raise SaisieRefusee("tableau_abime", fichier=chemin.name)
        if not {"content.xml", "xl/workbook.xml"} & set(noms):
            raise SaisieRefusee("tableau_autre_chose", fichier=chemin.name)
        for entree in entrees:
            if entree.filename.endswith((".xml", ".rels", "mimetype")):
                if entree.flag_bits & 1:
                    raise SaisieRefusee("tableau_ancien_format", fichier=chemin.name)
                with rendu.open(entree.filename, "w", force_zip64=True) as sortie:
                    reste = _verser(recu, entree, sortie, reste, chemin.name)
    copie.seek(0)
    return copie


def _verser(recu: zipfile.ZipFile, entree: zipfile.ZipInfo, sortie: IO[bytes], reste: int, fichier: str) -> int:
    """Unpacks one entry into ours, counting; what is left of the allowance comes back."""
    compte = _compteur(entree.filename)
    suite = b""
    with recu.open(entree) as flux:
        while morceau := flux.read(_MORCEAU):
            reste -= len(morceau)
            if reste < 0:
                raise SaisieRefusee("tableau_trop_lourd", fichier=fichier, maximum=OCTETS_DEPLIES_MAX >> 20)
            if b"\0" in morceau:
                # Not UTF-8: what is counted here would not be what the reader sees.
                raise SaisieRefusee("tableau_abime", fichier=fichier)
            sortie.write(morceau)
            if compte is not None:
                suite = compte.ajouter(suite + morceau, fichier)
    return reste


def _compteur(nom: str) -> _CompteXlsx | _CompteOds | None:
    if nom == "content.xml":
        return _CompteOds()
    return _CompteXlsx() if nom.startswith("xl/worksheets/") and nom.endswith(".xml") else None


def _couper(texte: bytes, fichier: str) -> tuple[bytes, bytes]:
    """Whole tags, and the beginning of the one that goes on in the next piece."""
    fin = texte.rfind(b">") + 1
    if len(texte) - fin > _BALISE_MAX:
        raise SaisieRefusee("tableau_abime", fichier=fichier)
    return texte[:fin], texte[fin:]


class _CompteXlsx:
    """Furthest row and column named in a sheet."""

    def __init__(self) -> None:
        self._lignes = self._colonnes = self._cellules = 0

    def ajouter(self, texte: bytes, fichier: str) -> bytes:
        """Counts the whole tags; returns the rest. Raises SaisieRefusee("tableau_trop_de_cellules" | "…_abime")."""
        entier, suite = _couper(texte, fichier)
        balises = _CELLULES_XLSX.findall(entier)
        ensemble = b"".join(balises)
        places = _PLACES.findall(ensemble)
        if len(places) != len(_PLACE.findall(ensemble)):
            raise SaisieRefusee("tableau_abime", fichier=fichier)
        self._cellules += len(balises)
        self._lignes = max([self._lignes, *map(int, {ligne for _, ligne in places})])
        self._colonnes = max([self._colonnes, *(_rang(lettres) for lettres in {lettres for lettres, _ in places})])
        if max(self._cellules, self._lignes * self._colonnes) > CELLULES_MAX:
            raise SaisieRefusee("tableau_trop_de_cellules", fichier=fichier)
        return suite


def _rang(lettres: bytes) -> int:
    rang = 0
    for lettre in lettres.upper():
        rang = 26 * rang + lettre - 64
    return rang


class _CompteOds:
    """Rows up to the last that holds something, times the widest, over all sheets: they are all read at once."""

    def __init__(self) -> None:
        self._avant = self._lignes = self._hauteur = self._large = 0
        self._repetee, self._colonne, self._pleine = 1, 0, 0

    def ajouter(self, texte: bytes, fichier: str) -> bytes:
        """Counts the whole tags; returns the rest. Raises SaisieRefusee("tableau_trop_de_cellules")."""
        entier, suite = _couper(texte, fichier)
        for trouvee in _BALISES_ODS.finditer(entier):
            genre, balise = trouvee[1], trouvee[0]
            fois = self._fois(balise) if b"-repeated" in balise else 1
            if genre == b"table-row":
                self._finir_ligne()
                self._repetee = fois
            elif genre == b"table":
                self._finir_ligne()
                self._avant += self._hauteur * self._large
                self._lignes = self._hauteur = self._large = self._repetee = 0
            else:
                self._colonne += fois
                if not balise.endswith(b"/>") or b"office:" in balise:
                    self._pleine = self._colonne
            if self._avant + self._hauteur * self._large + self._repetee * self._pleine > CELLULES_MAX:
                raise SaisieRefusee("tableau_trop_de_cellules", fichier=fichier)
        return suite

    def _fois(self, balise: bytes) -> int:
        lue = _REPETEE.search(balise)
        return min(int(lue[1][:9]), 1 << 30) if lue else CELLULES_MAX

    def _finir_ligne(self) -> None:
        self._lignes += self._repetee
        if self._pleine:
            self._hauteur, self._large = self._lignes, max(self._large, self._pleine)
        self._colonne = self._pleine = 0
