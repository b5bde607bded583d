"""The system's printers behind the border to paper: vector pages on a QPrinter, at their true size.

Everything here runs in the `rendu` thread and there alone: a print queue can take seconds to answer, and one thread
means that no printer is ever touched twice at once (decision 0013).
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintEngine, QPrinter, QPrinterInfo

from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.francais import nombre_decimal
from passdesk.services.impression import Imprimante
from passdesk.ui.papier.habitudes import JAMAIS_VUE, Habitude, load_habitudes, save_habitude
from passdesk.ui.papier.peintre import Peintre

FICHIER = "imprimante.txt"
"""The printer chosen at this desk, in its folder; an empty file is the PDF file."""
RESOLUTION = 1200
"""Units an inch: a module of a pass is 40 of them."""
OPTIONS_CUPS = QPrintEngine.PrintEnginePropertyKey(0xFE00)
"""Options of a job that Qt has no words of its own for (its `PPK_CupsOptions`); other systems do not know the key."""
ETATS_PERDUS = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)


class Parc(Protocol):
    """The printers of this computer (a border: tests have their own)."""

    def noms(self) -> tuple[str, ...]:
        """Their names, the usual one first."""
        ...

    def panne(self, nom: str) -> PanneAttendue | None:
        """Why the printer takes no work now, "imprimante_absente" or "imprimante_arretee"; None while it does."""
        ...

    def ouvrir(self, nom: str) -> QPrinter:
        """A device for one job on it, and on no other printer. Raises PanneAttendue("imprimante_absente")."""
        ...


class ParcSysteme:
    """What Qt sees of the computer's printers."""

    def noms(self) -> tuple[str, ...]:
        """Their names, the default one first."""
        habituelle = QPrinterInfo.defaultPrinterName()
        return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda nom: (nom != habituelle, nom.casefold())))

    def panne(self, nom: str) -> PanneAttendue | None:
        """It was taken away, or it is stopped: paused by somebody, or by the system after a failure.

        On Windows Qt calls an error whatever it has no word for, low toner as well as a pause: nobody is refused
        there, what came out is asked as ever (decision 0041).
        """
        info = QPrinterInfo.printerInfo(nom)
        if info.isNull():
            return PanneAttendue("imprimante_absente", imprimante=nom)
        arretee = sys.platform != "win32" and info.state() in ETATS_PERDUS
        return PanneAttendue("imprimante_arretee", imprimante=nom) if arretee else None

    def ouvrir(self, nom: str) -> QPrinter:
        """The named printer. Raises PanneAttendue("imprimante_absente")."""
        appareil = QPrinter(QPrinterInfo.printerInfo(nom), QPrinter.PrinterMode.HighResolution)
        # In the place of a printer taken away a moment ago, Qt opens the default one: a carnet would come out there.
        if appareil.printerName() != nom:
            raise PanneAttendue("imprimante_absente", imprimante=nom)
        return appareil


@dataclass(frozen=True, slots=True)
class Choix:
    """Where sheets go. `noms`: the printers there are; `choisie`: one of them, "" for a PDF file.

    `retenu`: somebody chose it, now or another day; otherwise it is only proposed. `habitudes`: by name of printer.
    """

    noms: tuple[str, ...]
    choisie: str
    retenu: bool
    habitudes: Mapping[str, Habitude] = field(default_factory=dict)

    @property
    def habitude(self) -> Habitude:
        """What is remembered of the chosen printer."""
        return self.habitudes.get(self.choisie, JAMAIS_VUE)

    @property
    def obstacle(self) -> PanneAttendue | None:
        """Why no carnet may go to the chosen printer: its scale is off. None when one may."""
        return hors_echelle(self.choisie, self.habitude)


class ImprimanteSysteme:
    """Sends sheets to the chosen printer, or to `fichier` when there is none or when the agent prefers a file."""

    def __init__(self, dossier: Path, fichier: Imprimante, parc: Parc | None = None) -> None:
        self._dossier = dossier
        self._memoire = dossier / FICHIER
        self._fichier = fichier
        self._parc = parc or ParcSysteme()
        self._choisie: str | None = None

    def choix(self) -> Choix:
        """What can be chosen and what is; a printer chosen once stays chosen while it is away."""
        noms, habitudes = self._parc.noms(), load_habitudes(self._dossier)
        retenue = self._retenue()
        if retenue is None:
            return Choix(noms, noms[0] if noms else "", retenu=not noms, habitudes=habitudes)
        connues = noms if not retenue or retenue in noms else (retenue, *noms)
        return Choix(connues, retenue, retenu=True, habitudes=habitudes)

    def choisir(self, nom: str) -> None:
        """From now on, sheets go to this printer ("": to a file); remembered for the next start."""
        self._choisie = nom
        # A disk that refuses loses the habit only: the choice holds until the program is closed.
        with contextlib.suppress(OSError):
            self._memoire.write_text(nom, encoding="utf-8")

    def noter(self, nom: str, habitude: Habitude) -> None:
        """Remembers this of a printer. Raises PanneAttendue("reglage_non_garde")."""
        try:
            save_habitude(self._dossier, nom, habitude)
        except OSError:
            raise PanneAttendue("reglage_non_garde") from None

    def sortir(self, papier: Papier, nom: str) -> Path | None:
        """To the chosen printer, else to the file `nom`.

        Raises PanneAttendue: those of `imprimer`, "imprimante_hors_echelle" (nothing was sent), or the file's.
        """
        choix = self.choix()
        if not choix.choisie:
            return self._fichier.sortir(papier, nom)
        if choix.obstacle is not None:
            raise choix.obstacle
        self.imprimer(papier, choix.choisie)
        return None

    def imprimer(self, papier: Papier, imprimante: str) -> None:
        """Sends the sheets to a printer, as one job.

        They are moved by what was measured on its calibration page, which itself (`brut`) never is. Once it returns,
        the queue has taken the job; what comes out, only a person can say. Raises PanneAttendue: "imprimante_absente",
        "imprimante_arretee" (before, nothing was sent; after, the job may wait in the queue), "imprimante_muette".
        """
        habitude = load_habitudes(self._dossier).get(imprimante, JAMAIS_VUE)
        decalage = habitude.reglage.decalage if habitude.reglage and not papier.brut else (0.0, 0.0)
        self.envoyer(papier.titre, lambda appareil: dessiner(papier, appareil, decalage), imprimante)

    def envoyer(self, titre: str, dessin: Callable[[QPrinter], bool], imprimante: str) -> None:
        """Sends what `dessin` paints as one job; it answers False when the device refused something.

        Raises PanneAttendue as `imprimer` does.
        """
        avant = self._parc.panne(imprimante)
        if avant is not None:
            raise avant
        appareil = self._parc.ouvrir(imprimante)
        regler(appareil, titre)
        if not dessin(appareil):
            raise PanneAttendue("imprimante_muette")
        apres = self._parc.panne(imprimante)
        if apres is not None:
            raise apres

    def _retenue(self) -> str | None:
        if self._choisie is None:
            with contextlib.suppress(OSError, UnicodeDecodeError):
                self._choisie = self._memoire.read_text(encoding="utf-8").strip()
        return self._choisie


def regler(appareil: QPrinter, titre: str) -> None:
    """A4, whole page, no margin, one side, one copy: the driver must neither shift nor shrink the QR codes."""
    appareil.setResolution(RESOLUTION)
    format_a4 = QPageSize(QPageSize.PageSizeId.A4)
    feuille = QPageLayout(format_a4, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    # Else a printer that has margins of its own refuses the whole of it, and keeps the paper its driver is set to.
    feuille.setMode(QPageLayout.Mode.FullPageMode)
    appareil.setPageLayout(feuille)
    appareil.setDuplex(QPrinter.DuplexMode.DuplexNone)
    appareil.setColorMode(QPrinter.ColorMode.GrayScale)
    # Said by name: left out, a queue set to two copies gives two papers of each number, or two sheets on one.
    appareil.setCopyCount(1)
    appareil.printEngine().setProperty(OPTIONS_CUPS, ["copies", "1", "number-up", "1"])
    appareil.setDocName(titre)
    appareil.setCreator("PassDesk")


def hors_echelle(imprimante: str, habitude: Habitude) -> PanneAttendue | None:
    """Why no carnet may go to this printer, in the words of its own measures; None when one may."""
    reglage = habitude.reglage
    if reglage is None or reglage.juste:
        return None
    return PanneAttendue("imprimante_hors_echelle", imprimante=imprimante, mesure=nombre_decimal(reglage.pire))


def dessiner(papier: Papier, appareil: QPrinter, decalage: tuple[float, float] = (0.0, 0.0)) -> bool:
    """Paints every page as one job, moved right and down by so many mm.

    False, and the job given up, as soon as the device refuses something.
    """
    peintre = QPainter()
    if not peintre.begin(appareil):
        return False
    plume = Peintre(peintre, appareil.resolution(), decalage)
    suite: Callable[[], bool] = appareil.newPage
    for rang, page in enumerate(papier.pages):
        if rang and not suite():
            appareil.abort()
            peintre.end()
            return False
        plume.page(page)
    return peintre.end() and appareil.printerState() not in ETATS_PERDUS
