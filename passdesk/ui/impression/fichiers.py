"""The file of the sheets, when there is one: to open, the next thing to do, or to copy where the agent chooses.

Sheets that bear a name are in no file of the desk: the agent saves them.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from passdesk.domain.erreurs import PanneAttendue
from passdesk.services.impression import FichierNominatif
from passdesk.ui.composants import Btn, Colonne, Ligne, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.impression import textes
from passdesk.ui.papier import copies
from passdesk.ui.papier.dialogue import ecrire


class LiensFichier(QWidget):
    """Its links, hidden while there is no file. `pris` fires once it is opened, copied or saved: nobody can say before
    what came out of a printer. `panne` carries what kept it from that (KnownError).
    """

    panne = Signal(object)
    pris = Signal()

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self._contexte = contexte
        self._fichier: Path | None = None
        self._nominatif: FichierNominatif | None = None
        self._pris = False
        colonne = Colonne(contexte.theme, ecart=4, marges=(0, 4, 0, 0))
        liens = Ligne(contexte.theme, ecart=16)
        self.ouvrir = Btn(contexte.theme, textes.OUVRIR, genre="discret")
        self.copier = Btn(contexte.theme, textes.COPIER, genre="discret")
        self.enregistrer = Btn(contexte.theme, textes.ENREGISTRER, genre="discret")
        for bouton, geste in (
            (self.ouvrir, self._ouvrir),
            (self.copier, self._copier),
            (self.enregistrer, self._copier),
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

    @property
    def presents(self) -> bool:
        """True when the sheets went to a file, and it is there to be taken."""
        return self._fichier is not None or self._nominatif is not None

    @property
    def premier(self) -> tuple[str, str]:
        """What is to be done before any answer, and its icon, for the filled button; ("", "") once it is done."""
        if self._pris or not self.presents:
            return "", ""
        return (textes.ENREGISTRER, "device-floppy") if self._nominatif is not None else (textes.OUVRIR, "file-text")

    def consigne(self, imprimante: str) -> str:
        """What to do before answering. `imprimante`: where the sheets went, "" for a file."""
        if self._nominatif is not None:
            return textes.REGARDEZ_NOM
        if self._fichier is not None:
            return textes.REGARDEZ_FICHIER
        return textes.REGARDEZ_BAC.format(imprimante=imprimante) if imprimante else textes.REGARDEZ

    def montrer(self, fichier: Path | None, nominatif: FichierNominatif | None = None) -> None:
        """The file of the last printing, or what is to be saved; neither when the sheets went to a printer."""
        self._fichier, self._nominatif, self._pris = fichier, nominatif, False
        self._etat.hide()
        self.seconder(oui=bool(self.premier[0]))

    def seconder(self, *, oui: bool) -> None:
        """`oui`: the filled button does what comes first, which then has no link of its own."""
        self.ouvrir.setVisible(self._fichier is not None and not oui)
        self.copier.setVisible(self._fichier is not None)
        self.enregistrer.setVisible(self._nominatif is not None and not oui)
        self.setVisible(self._fichier is not None or not self.enregistrer.isHidden())

    def agir(self) -> None:
        """What comes first."""
        self._copier() if self._nominatif is not None else self._ouvrir()

    def _ouvrir(self) -> None:
        if self._fichier is None:
            return
        if not self._fichier.is_file() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._fichier))):
            self.panne.emit(PanneAttendue("papier_non_ouvert"))
            return
        self._prendre()

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
                apres=lambda _: self._prendre(textes.NOM_ENREGISTRE),
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
                apres=lambda _: self._prendre(textes.COPIE_FAITE),
                sur_panne=self.panne.emit,
                ecran=self,
            )

    def _prendre(self, phrase: str = "") -> None:
        self._pris = True
        self._etat.setText(phrase)
        self._etat.setVisible(bool(phrase))
        self.pris.emit()
