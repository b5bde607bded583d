"""Paper: a carnet of 10 (sign, 10 QR, draw, save; no cover), a batch of 500, and the painter of the printer's path.

The peer is the same sheets with reportlab's `QrCodeWidget` in the place of our symbols, which also tries every mask
as the standard says; the two are timed in turn, in one process.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing

from passdesk.domain.dessin import Matrice, Page
from passdesk.printing import feuille_coupons, toile_pdf
from passdesk.printing.carnet_imprime import CarnetImprime
from passdesk.printing.carnet_pdf import pages_carnet, render_carnet
from passdesk.printing.feuille import page_feuille
from passdesk.printing.fontes import Metriques
from passdesk.printing.pose import poser
from passdesk.printing.qr import Lignes
from tests.bench import Mesure, durees_ms
from tests.printing.fabrique import carnet

TOURS, TOURS_BREF = 21, 7
LOT, LOT_BREF = 500, 60
FOIS_PLUS_VITE = 4
MIO_MAX, KO_MAX = 160, 100
TITRE = "Carnet de 10 pass numériques"


def mesurer(bref: bool) -> Iterator[Mesure]:
    """One carnet against the peer, its weight, then the batch and the painter, each in a process of its own."""
    nombre, tours = (LOT_BREF, TOURS_BREF) if bref else (LOT, TOURS)
    lot, peintre = _enfant("lot", nombre), _enfant("peintre", tours)
    seul = lot["seul"]
    nous, pair = _nous_et_le_pair(tours)
    poids = len(render_carnet(carnet())) / 1000
    fois = pair / nous
    but = f"au moins {FOIS_PLUS_VITE} fois plus vite"
    yield Mesure("carnet de 10", nous, "ms", "QrCodeWidget", nous / pair, but, fois >= FOIS_PLUS_VITE)
    yield Mesure("carnet de 10, couverture comprise", poids, "ko", goal=f"≤ {KO_MAX} ko", ok=poids <= KO_MAX)
    rapport = lot["chacun"] / seul
    versus = "le même, seul dans le même programme"
    # A mean of hundreds against a median of a few: the tenth is what a machine that does something else adds.
    yield Mesure(f"lot de {nombre}", lot["chacun"], "ms", versus, rapport, "pas plus que seul", rapport <= 1.1)
    yield Mesure(f"lot de {nombre}, mémoire", lot["mio"], "Mio", goal=f"≤ {MIO_MAX} Mio", ok=lot["mio"] <= MIO_MAX)
    yield Mesure("carnet de 10 au peintre", peintre["chacun"], "ms", versus, peintre["chacun"] / seul)


def _feuilles(livret: CarnetImprime) -> tuple[Page, ...]:
    """The coupon sheets alone."""
    mesure = Metriques()
    return tuple(page_feuille(livret, feuille, mesure) for feuille in range(2, livret.nombre_feuilles + 1))


def _notre(numero: int) -> bytes:
    return toile_pdf.ecrire_pdf(_feuilles(carnet(numero=numero)), TITRE, (0, 1))


def _le_pair(numero: int) -> bytes:
    """The same sheets; each symbol is made and drawn by the widget when its place comes."""
    livret = carnet(numero=numero)
    textes = iter([un_pass.qr_texte for un_pass in livret.passes])

    def dessiner(pinceau: Any, matrice: Matrice) -> None:
        cote = matrice.module * 41
        symbole = QrCodeWidget(next(textes), barLevel="Q", qrVersion=6, barBorder=0, barWidth=cote, barHeight=cote)
        dessin = Drawing(cote, cote)
        dessin.add(symbole)
        renderPDF.draw(dessin, pinceau._toile, pinceau._x(matrice.x), pinceau._y(matrice.y) - cote)

    def vide(_: str) -> Lignes:
        return ((False,),)

    with patch.object(feuille_coupons, "matrice_pass", vide), patch.object(toile_pdf._Pinceau, "_matrice", dessiner):
        return toile_pdf.ecrire_pdf(_feuilles(livret), TITRE, (0, 1))


def _nous_et_le_pair(tours: int) -> tuple[float, float]:
    """The median of each, ms; the faces are loaded before."""
    _notre(1)
    _le_pair(1)
    nous: list[float] = []
    pair: list[float] = []
    for numero in range(2, tours + 2):
        nous += durees_ms([lambda numero=numero: _notre(numero)])
        pair += durees_ms([lambda numero=numero: _le_pair(numero)])
    return statistics.median(nous), statistics.median(pair)


def _enfant(quoi: str, nombre: int) -> dict[str, float]:
    """What a process of its own measured, its peak memory in MiB among it."""
    commande = [sys.executable, "-m", "tests.bench.carnet", quoi, str(nombre)]
    ecran = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    sortie = subprocess.run(commande, stdout=subprocess.PIPE, text=True, env=ecran, check=True).stdout
    return {nom: float(valeur) for nom, valeur in map(str.split, sortie.splitlines())}


def memoire() -> float:
    """Peak of this process since it began, MiB: the figure of `wait4` counts from the parent's."""
    statut = Path("/proc/self/status").read_text(encoding="ascii")
    return int(statut.partition("VmHWM:")[2].split()[0]) / 1024


def _lot(nombre: int) -> dict[str, float]:
    """Whole carnets one after the other, as a batch makes them; `seul`: the median of the first ones, after one."""
    gestes: list[Callable[[], object]] = [
        lambda numero=numero: render_carnet(carnet(numero=numero)) for numero in range(1, nombre + 2)
    ]
    durees = durees_ms(gestes)[1:]
    return {"chacun": statistics.fmean(durees), "seul": statistics.median(durees[:21]), "mio": memoire()}


def _peintre(tours: int) -> dict[str, float]:
    """Whole carnets drawn on a printer's device that writes a file, at the printer's resolution."""
    from PySide6.QtGui import QGuiApplication, QPainter
    from PySide6.QtPrintSupport import QPrinter

    from passdesk.ui.papier.peintre import Peintre
    from passdesk.ui.papier.systeme import RESOLUTION
    from passdesk.ui.police import load_polices

    application = QGuiApplication([])
    load_polices()
    durees = []
    with tempfile.TemporaryDirectory() as dossier:
        for numero in range(1, tours + 2):
            debut = time.perf_counter()
            pages = [poser(page) for page in pages_carnet(carnet(numero=numero))]
            imprimante = QPrinter()
            imprimante.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            imprimante.setOutputFileName(str(Path(dossier) / "carnet.pdf"))
            imprimante.setResolution(RESOLUTION)
            plume = QPainter(imprimante)
            peintre = Peintre(plume, RESOLUTION)
            for rang, page in enumerate(pages):
                if rang:
                    imprimante.newPage()
                peintre.page(page)
            plume.end()
            durees.append((time.perf_counter() - debut) * 1000)
    del application
    return {"chacun": statistics.median(durees[1:])}


if __name__ == "__main__":
    for cle, mesuree in {"lot": _lot, "peintre": _peintre}[sys.argv[1]](int(sys.argv[2])).items():
        sys.stdout.write(f"{cle} {mesuree}\n")
