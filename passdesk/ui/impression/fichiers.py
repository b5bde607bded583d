"""The file of the sheets, when there is one: open it, or copy it where the agent chooses.

Sheets that bear a name are in no file of the desk: the agent saves them.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from passdesk.services.impression import FichierNominatif
from passdesk.ui.composants import Btn, Colonne, Ligne, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.impression import textes
from passdesk.ui.papier import copies
from passdesk.ui.papier.dialogue import ecrire


class LiensFichier(QWidget):
    """Its links, hidden while there is no file. `panne` carries the trouble of a copy (KnownError)."""

    panne = Signal(object)

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self._contexte = contexte
        self._fichier: Path | None = None
        self._nominatif: FichierNominatif | None = None
        colonne = Colonne(contexte.theme, ecart=4)
        liens = Ligne(contexte.theme, ecart=16)
        self._ouvrir_lien = Btn(contexte.theme, textes.OUVRIR, genre="discret")
        self._copier_lien = Btn(contexte.theme, textes.COPIER, genre="discret")
        for lien, geste in ((self._ouvrir_lien, self._ouvrir), (self._copier_lien, self._copier)):
            lien.clicked.connect(geste)
            liens.addWidget(lien)
        liens.addStretch(1)
        colonne.addLayout(liens)
        self._etat = WrapLabel("", "small")
        self._etat.hide()
        colonne.addWidget(self._etat)
        self.setLayout(colonne)
        self.hide()

    @property
    def consigne(self) -> str:
        """What to do before answering."""
        if self._nominatif is not None:
            return textes.REGARDEZ_NOM
        return textes.REGARDEZ if self._fichier is None else textes.REGARDEZ_FICHIER

    def montrer(self, fichier: Path | None, nominatif: FichierNominatif | None = None) -> None:
        """The file of the last printing, or what is to be saved; neither when the sheets went to a printer."""
        self._fichier, self._nominatif = fichier, nominatif
        self._ouvrir_lien.setVisible(fichier is not None)
        self._copier_lien.set_texte(textes.COPIER if nominatif is None else textes.ENREGISTRER)
        self._etat.hide()
        self.setVisible(fichier is not None or nominatif is not None)

    def _ouvrir(self) -> None:
        if self._fichier is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._fichier)))

    def _copier(self) -> None:
        nom = self._nominatif.nom if self._nominatif is not None else self._fichier.name if self._fichier else ""
        propose = str(copies.dossier_propose(self._contexte.poste.dossier) / nom)
        choisi, _ = QFileDialog.getSaveFileName(self, self._copier_lien.texte(), propose, textes.FILTRE_PDF)
        if not choisi:
            return
        cible, taches = Path(choisi), self._contexte.taches
        if self._nominatif is not None:
            taches.lancer(
                "rendu",
                ecrire,
                self._nominatif.pdf,
                cible,
                "copie_impossible",
                apres=lambda _: self._dire(textes.NOM_ENREGISTRE),
                sur_panne=self.panne.emit,
                ecran=self,
            )
        elif self._fichier is not None:
            taches.lancer(
                "rendu",
                copies.copier,
                self._contexte.poste.dossier,
                self._fichier,
                cible,
                apres=lambda _: self._dire(textes.COPIE_FAITE),
                sur_panne=self.panne.emit,
                ecran=self,
            )

    def _dire(self, phrase: str) -> None:
        self._etat.setText(phrase)
        self._etat.show()
