"""The file of the sheets, when there is one: open it, or copy it where the agent chooses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from passdesk.ui.composants import Btn, Colonne, Ligne, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.impression import textes
from passdesk.ui.papier import copies


class LiensFichier(QWidget):
    """Two links, hidden while there is no file. `panne` carries the trouble of a copy (KnownError)."""

    panne = Signal(object)

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self._contexte = contexte
        self._fichier: Path | None = None
        colonne = Colonne(contexte.theme, ecart=4)
        liens = Ligne(contexte.theme, ecart=16)
        for texte, geste in ((textes.OUVRIR, self._ouvrir), (textes.COPIER, self._copier)):
            lien = Btn(contexte.theme, texte, genre="discret")
            lien.clicked.connect(geste)
            liens.addWidget(lien)
        liens.addStretch(1)
        colonne.addLayout(liens)
        self._etat = WrapLabel("", "small")
        self._etat.hide()
        colonne.addWidget(self._etat)
        self.setLayout(colonne)
        self.hide()

    def montrer(self, fichier: Path | None) -> None:
        """The file of the last printing; None when the sheets went to a printer."""
        self._fichier = fichier
        self.setVisible(fichier is not None)

    def _ouvrir(self) -> None:
        if self._fichier is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._fichier)))

    def _copier(self) -> None:
        if self._fichier is None:
            return
        propose = str(copies.dossier_propose(self._contexte.poste.dossier) / self._fichier.name)
        choisi, _ = QFileDialog.getSaveFileName(self, textes.COPIER, propose, textes.FILTRE_PDF)
        if choisi:
            self._contexte.taches.lancer(
                "rendu",
                copies.copier,
                self._contexte.poste.dossier,
                self._fichier,
                Path(choisi),
                apres=self._copie,
                sur_panne=self.panne.emit,
                ecran=self,
            )

    def _copie(self, _cible: Path) -> None:
        self._etat.setText(textes.COPIE_FAITE)
        self._etat.show()
