"""CSV as it comes from spreadsheets and old programs: which letters, which separator, then one row at a time."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from passdesk.domain.erreurs import SaisieRefusee

SEPARATEURS = (";", "\t", ",", "|")
"""Those tried, the likelier in France first."""
_ECHANTILLON = 1 << 16
_LIGNES_ESSAYEES = 30
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HAUTS = re.compile(rb"[\x80-\xff]")
_COMMANDES = re.compile(rb"[\x01-\x08\x0e-\x1f]")
_BALISES = re.compile(r"\s*<(?:!doctype|html|\?xml|table)", re.IGNORECASE)
_SEP = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_FORMULE_TEXTE = re.compile(r'="([^"]*)"')


@dataclass(frozen=True, slots=True)
class FormeCsv:
    """How a CSV is written. `remplacer`: letters that are not of this code are shown as U+FFFD, not refused."""

    codage: str
    separateur: str
    remplacer: bool = False
    annonce: bool = False
    """True: the first line only says which separator is used (sep=;)."""


def reconnaitre(chemin: Path) -> FormeCsv:
    """Letters and separator of a CSV file. Raises SaisieRefusee("tableau_autre_chose"), OSError."""
    codage, remplacer = _codage(chemin)
    with chemin.open(encoding=codage, errors="replace" if remplacer else "strict", newline="") as flux:
        try:
            essai = flux.read(_ECHANTILLON)
        except UnicodeError:
            raise SaisieRefusee("tableau_autre_chose", fichier=chemin.name) from None
    if "\0" in essai or _BALISES.match(essai):
        raise SaisieRefusee("tableau_autre_chose", fichier=chemin.name)
    if annonce := _SEP.match(essai):
        return FormeCsv(codage, annonce[1], remplacer, annonce=True)
    return FormeCsv(codage, _separateur(essai), remplacer)


def lire(chemin: Path, forme: FormeCsv) -> Iterator[list[str]]:
    """The rows of a CSV, as text. Raises SaisieRefusee("tableau_mal_ecrit", ligne) where the quotes do not match."""
    ligne = 0
    try:
        with chemin.open(encoding=forme.codage, errors="replace" if forme.remplacer else "strict", newline="") as flux:
            lecteur = csv.reader(flux, delimiter=forme.separateur, strict=True)
            for ligne, cellules in enumerate(lecteur, start=1):
                # Spreadsheets write ="0612" to keep a zero in front: it is the text inside, no calculation.
                yield [_texte(cellule) for cellule in cellules] if ligne > 1 or not forme.annonce else []
    except UnicodeError:
        raise SaisieRefusee("tableau_mal_ecrit", ligne=ligne + 1) from None
    except csv.Error:
        raise SaisieRefusee("tableau_mal_ecrit", ligne=ligne + 1) from None
    except OSError:
        raise SaisieRefusee("fichier_non_lu", fichier=chemin.name) from None


def _texte(cellule: str) -> str:
    if cellule.startswith('="') and (formule := _FORMULE_TEXTE.fullmatch(cellule)):
        return formule[1]
    return cellule


def _codage(chemin: Path) -> tuple[str, bool]:
    """The code of the letters, and whether strangers among them are to be replaced."""
    with chemin.open("rb") as flux:
        debut = flux.read(_ECHANTILLON)
        if debut.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", False
        if debut.startswith(codecs.BOM_UTF8):
            return "utf-8-sig", True
        if (sans_marque := _utf16_sans_marque(debut)) is not None:
            return sans_marque, False
        if b"\0" in debut or len(_COMMANDES.findall(debut)) * 100 > len(debut):
            raise SaisieRefusee("tableau_autre_chose", fichier=chemin.name)
        flux.seek(0)
        decodeur = codecs.getincrementaldecoder("utf-8")()
        propre, hauts, suites = True, 0, 0
        while morceau := flux.read(1 << 20):
            hauts += len(_HAUTS.findall(morceau))
            suites += sum(map(len, _UTF8.findall(morceau)))
            propre = propre and _decode(decodeur, morceau)
        propre = propre and _decode(decodeur, b"", fin=True)
    if propre or suites * 2 > hauts:
        # A stray letter in a UTF-8 file does not make all the others something else.
        return "utf-8", not propre
    return "cp1252", True


def _decode(decodeur: codecs.IncrementalDecoder, morceau: bytes, *, fin: bool = False) -> bool:
    try:
        decodeur.decode(morceau, fin)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_sans_marque(debut: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Western text is zero."""
    paires = len(debut) // 2
    if paires < 2:
        return None
    zeros = [debut[rang : 2 * paires : 2].count(0) for rang in (0, 1)]
    if zeros[1] * 2 > paires and zeros[0] == 0:
        return "utf-16-le"
    return "utf-16-be" if zeros[0] * 2 > paires and zeros[1] == 0 else None


def _separateur(essai: str) -> str:
    """The separator that parts most rows in the same number of cells, two or more."""
    notes = []
    for rang, separateur in enumerate(SEPARATEURS):
        largeurs: Counter[int] = Counter()
        lecteur = csv.reader(io.StringIO(essai, newline=""), delimiter=separateur)
        try:
            for _, cellules in zip(range(_LIGNES_ESSAYEES), lecteur, strict=False):
                largeurs[len(cellules)] += 1
        except csv.Error:
            pass
        largeur, fois = max(
            ((large, n) for large, n in largeurs.items() if large > 1), key=lambda p: (p[1], p[0]), default=(1, 0)
        )
        notes.append((fois, largeur, -rang, separateur))
    return max(notes)[3]
