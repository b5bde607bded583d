"""The file of the sheets, when there is one: open it, the next thing to do, or copy it where the agent chooses.

Sheets that bear a name are in no file of the desk: the agent saves them.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from passdesk.services.impression import FichierNominatif
from passdesk.ui.composants import Btn, Colonne, Ligne, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.impression import textes
from passdesk.ui.papier import copies
from passdesk.ui.papier.dialogue import ecrire


class LiensFichier(QWidget):
    """Its button and its link, hidden while there is no file. `panne` carries the trouble of a copy (KnownError)."""

    panne = Signal(object)

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self._contexte = contexte
        self._fichier: Path | None = None
        self._nominatif: FichierNominatif | None = None
        colonne = Colonne(contexte.theme, ecart=4, marges=(0, 4, 0, 0))
        liens = Ligne(contexte.theme, ecart=16)
        self._ouvrir_bouton = Btn(contexte.theme, textes.OUVRIR, icone_nom="file-text")
        self._copier_lien = Btn(contexte.theme, textes.COPIER, genre="discret")
        self._enregistrer = Btn(contexte.theme, textes.ENREGISTRER, icone_nom="device-floppy")
        for bouton, geste in (
            (self._ouvrir_bouton, self._ouvrir),
            (self._copier_lien, self._copier),
            (self._enregistrer, self._copier),
        ):
            bouton.clicked.connect(geste)
            liens.addWidget(bouton, 0, Qt.AlignmentFlag.AlignVCenter)
        liens.addStretch(1)
        colonne.addLayout(liens)
        self._etat = WrapLabel("", "small")
        self._etat.hide()
        colonne.addWidget(self._etat)
        self.setLayout(colonne)
        self.hide()

    def consigne(self, imprimante: str) -> str:
        """What to do before answering. `imprimante`: where the sheets went, "" for a file."""
        if self._nominatif is not None:
            return textes.REGARDEZ_NOM
        if self._fichier is not None:
            return textes.REGARDEZ_FICHIER
        return textes.REGARDEZ_BAC.format(imprimante=imprimante) if imprimante else textes.REGARDEZ

    def montrer(self, fichier: Path | None, nominatif: FichierNominatif | None = None) -> None:
        """The file of the last printing, or what is to be saved; neither when the sheets went to a printer."""
        self._fichier, self._nominatif = fichier, nominatif
        self._ouvrir_bouton.setVisible(fichier is not None)
        self._copier_lien.setVisible(nominatif is None)
        self._enregistrer.setVisible(nominatif is not None)
        self._etat.hide()
        self.setVisible(fichier is not None or nominatif is not None)

    def _ouvrir(self) -> None:
        if self._fichier is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._fichier)))

    def _copier(self) -> None:
        nom = self._nominatif.nom if self._nominatif is not None else self._fichier.name if self._fichier else ""
        propose = str(copies.dossier_propose(self._contexte.poste.dossier) / nom)
        titre = textes.COPIER if self._nominatif is None else textes.ENREGISTRER
        choisi, _ = QFileDialog.getSaveFileName(self, titre, propose, textes.FILTRE_PDF)
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
