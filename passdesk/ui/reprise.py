"""After several starts that went wrong: a calm choice, made before anything of the desk is touched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from passdesk.domain.erreurs import KnownError
from passdesk.domain.horloge import Horloge
from passdesk.services.departs import copier_le_poste
from passdesk.tasks import TaskRunner
from passdesk.ui.composants import Avis, Btn, WrapLabel
from passdesk.ui.messages import message
from passdesk.ui.papier import copies
from passdesk.ui.seuil import PageSeuil
from passdesk.ui.theme import Theme

TITRE = "PassDesk s’est arrêté plusieurs fois de suite"
SUR = "Tout ce qui était enregistré est là, chiffré sur cet ordinateur."
FAIRE = (
    "Ouvrez sans rien lancer d’avance\u00a0: ni rangement, ni envoi, ni sauvegarde tant que vous ne les demandez pas. "
    "Le reste marche comme d’habitude."
)
SOBRE, COMME_AVANT = "Ouvrir sans rien lancer", "Ouvrir comme d’habitude"
COPIE, VOIR = "Enregistrer une copie…", "Voir le diagnostic"
COPIER_OU = "Où enregistrer la copie"


class PageReprise(PageSeuil):
    """`choisi` carries True for the start that does nothing by itself; `diagnostic` asks for it."""

    choisi = Signal(bool)
    diagnostic = Signal()
    aide = "problemes"

    def __init__(self, theme: Theme, taches: TaskRunner, dossier: Path, horloge: Horloge) -> None:
        super().__init__(theme, TITRE, SOBRE, "")
        self._taches, self._dossier, self._horloge = taches, dossier, horloge
        self.avis = Avis(theme)
        self.copier = Btn(theme, COPIE, icone_nom="device-floppy")
        self.copier.clicked.connect(self._copier)
        self.voir = Btn(theme, VOIR, icone_nom="file-text")
        self.voir.clicked.connect(self.diagnostic)
        self.comme_avant = Btn(theme, COMME_AVANT, genre="discret")
        self.comme_avant.clicked.connect(lambda: self.choisi.emit(False))
        for mots in (SUR, FAIRE):
            self.corps.addWidget(WrapLabel(mots))
        for bouton in (self.copier, self.voir, self.comme_avant):
            self.corps.addWidget(bouton, 0, Qt.AlignmentFlag.AlignLeft)
        self.corps.addWidget(self.avis)

    def arriver(self) -> None:
        """The keyboard on what is safest."""
        self.bouton.setFocus()

    def valider(self) -> None:
        """The start that does nothing by itself."""
        self.choisi.emit(True)

    def _copier(self) -> None:
        choisi = QFileDialog.getExistingDirectory(self, COPIER_OU, str(copies.dossier_propose(self._dossier)))
        if choisi:
            self.copier.setEnabled(False)
            faire = (copier_le_poste, self._dossier, Path(choisi), self._horloge)
            self._taches.lancer("rendu", *faire, apres=self._copie, sur_panne=self._en_panne, ecran=self)

    def _copie(self, copie: Path) -> None:
        self.copier.setEnabled(True)
        self.avis.dire(f"La copie est là\u00a0: {copie.name}. Elle s’ouvre avec la phrase secrète du poste.", "ok")

    def _en_panne(self, trouble: KnownError) -> None:
        self.copier.setEnabled(True)
        self.avis.dire(str(message(trouble.code, **trouble.faits)), "warn")
