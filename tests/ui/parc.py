"""Printers for tests: each job becomes a PDF that can be looked at, and any step can go wrong."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from passdesk.domain.erreurs import PanneAttendue


class AppareilCapricieux(QPrinter):
    """A printer that stops taking sheets after some."""

    def __init__(self, feuilles: int) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self._reste = feuilles

    def newPage(self) -> bool:
        self._reste -= 1
        return self._reste > 0 and super().newPage()


class ParcPdf:
    """`arretees`: printers that are stopped; `feuilles`: sheets taken before a job stops (None: all)."""

    def __init__(self, dossier: Path, *noms: str) -> None:
        self.dossier = dossier
        self.presentes = list(noms)
        self.arretees: set[str] = set()
        self.feuilles: int | None = None
        self.ouvertes: list[str] = []

    def noms(self) -> tuple[str, ...]:
        return tuple(self.presentes)

    def panne(self, nom: str) -> PanneAttendue | None:
        if nom not in self.presentes:
            return PanneAttendue("imprimante_absente", imprimante=nom)
        return PanneAttendue("imprimante_arretee", imprimante=nom) if nom in self.arretees else None

    def ouvrir(self, nom: str) -> QPrinter:
        self.ouvertes.append(nom)
        if self.feuilles is None:
            appareil = QPrinter(QPrinter.PrinterMode.HighResolution)
        else:
            appareil = AppareilCapricieux(self.feuilles)
        appareil.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        appareil.setOutputFileName(str(self.dossier / f"{nom}-{len(self.ouvertes)}.pdf"))
        return appareil

    def sorties(self) -> list[Path]:
        """The jobs, in order."""
        return sorted(self.dossier.glob("*.pdf"))
