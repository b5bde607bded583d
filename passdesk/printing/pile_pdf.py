"""Many carnets in one PDF, written as they come: what is in memory is one carnet, whatever the height of the pile.

Each carnet keeps the streams that it has alone, byte for byte. Only files of our own writer are read
(`toile_pdf.ecrire_pdf`): plain objects, one cross-reference table.
"""

from __future__ import annotations

import re
from typing import BinaryIO

_OBJET = re.compile(rb"(\d+) 0 obj\s")
_RENVOI = re.compile(rb"\b(\d+) 0 R\b")
_TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_FLUX = re.compile(rb"stream\r?\n")
_RACINE, _PAGES, _FICHE = 1, 2, 3
"""Numbers of our own objects: catalogue, root of the pages, title; those of the carnets follow."""


class PilePdf:
    """Appends to `sortie`, which is only written, never read again. `titre`: ASCII, without personal data."""

    def __init__(self, sortie: BinaryIO, titre: str) -> None:
        self._sortie = sortie
        self._titre = titre.encode("ascii")
        self._places: dict[int, int] = {}
        self._carnets: list[int] = []
        self._feuilles = 0
        self._ecrit = 0
        self._prochain = _FICHE + 1
        self._ecrire(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    def ajouter(self, pdf: bytes) -> None:
        """One carnet on the pile. ValueError for a file that our writer did not make; OSError from `sortie`."""
        objets = _objets(pdf)
        decalage, self._prochain = self._prochain, self._prochain + max(objets) + 1
        for numero, contenu in objets.items():
            dictionnaire, flux = _separer(contenu)
            if b"/Type /Catalog" in dictionnaire or b"/Producer" in dictionnaire:
                continue
            neuf = _RENVOI.sub(lambda lu: b"%d 0 R" % (int(lu[1]) + decalage), dictionnaire)
            if b"/Type /Pages" in dictionnaire:
                self._carnets.append(numero + decalage)
                self._feuilles += _compte(dictionnaire)
                neuf = neuf.replace(b"/Type /Pages", b"/Parent %d 0 R /Type /Pages" % _PAGES)
            self._objet(numero + decalage, neuf + flux)

    def finir(self) -> None:
        """Ends the file: until then no reader opens it. OSError from `sortie`."""
        enfants = b" ".join(b"%d 0 R" % carnet for carnet in self._carnets)
        preferences = b"/ViewerPreferences << /PrintScaling /None /DisplayDocTitle true >>"
        self._objet(_RACINE, b"<< /Type /Catalog /Pages %d 0 R /Lang (fr) %s >>" % (_PAGES, preferences))
        self._objet(_PAGES, b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (self._feuilles, enfants))
        self._objet(_FICHE, b"<< /Title (%s) /Author (PassDesk) /Creator (PassDesk) >>" % self._titre)
        table = self._ecrit
        self._ecrire(b"xref\n0 %d\n0000000000 65535 f \n" % self._prochain)
        for numero in range(1, self._prochain):
            # A number that no object took is free, and the last of the free ones points back to the first.
            place = self._places.get(numero)
            self._ecrire(b"0000000000 65535 f \n" if place is None else b"%010d 00000 n \n" % place)
        self._ecrire(b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (self._prochain, _RACINE, _FICHE))
        self._ecrire(b"startxref\n%d\n%%%%EOF\n" % table)

    def _objet(self, numero: int, contenu: bytes) -> None:
        self._places[numero] = self._ecrit
        self._ecrire(b"%d 0 obj\n%s\nendobj\n" % (numero, contenu))

    def _ecrire(self, octets: bytes) -> None:
        self._sortie.write(octets)
        self._ecrit += len(octets)


def _objets(pdf: bytes) -> dict[int, bytes]:
    """What stands between "obj" and "endobj", by number, found by the file's own table."""
    fin = _TABLE.search(pdf, max(0, len(pdf) - 64))
    if fin is None:
        raise ValueError("not a file of ours")
    table = pdf[int(fin[1]) : fin.start()].split(b"trailer")[0]
    places = sorted(int(entree[:10]) for entree in table.splitlines()[2:] if entree.rstrip().endswith(b"n"))
    objets = {}
    for debut, suivant in zip(places, [*places[1:], int(fin[1])], strict=True):
        tete = _OBJET.match(pdf, debut)
        if tete is None:
            raise ValueError("not a file of ours")
        objets[int(tete[1])] = pdf[tete.end() : pdf.rindex(b"endobj", debut, suivant)].rstrip(b"\r\n")
    return objets


def _separer(contenu: bytes) -> tuple[bytes, bytes]:
    """The dictionary, and the stream that follows it, untouched: letters in there are no reference."""
    flux = _FLUX.search(contenu)
    return (contenu, b"") if flux is None else (contenu[: flux.start()], contenu[flux.start() :])


def _compte(pages: bytes) -> int:
    compte = re.search(rb"/Count (\d+)", pages)
    if compte is None:
        raise ValueError("not a file of ours")
    return int(compte[1])
