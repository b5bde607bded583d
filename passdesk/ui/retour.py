"""When the desk's base does not open any more: what the last good backup would bring back, then the act."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from passdesk.domain.erreurs import KnownError
from passdesk.domain.horloge import Horloge
from passdesk.services.integrite import proposer
from passdesk.services.restauration import Apercu
from passdesk.tasks import TaskRunner
from passdesk.ui.apercu_sauvegarde import lignes_apercu
from passdesk.ui.composants import Avis, Btn, Colonne, WrapLabel
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.messages import message
from passdesk.ui.reglages import textes_sauvegarde as textes
from passdesk.ui.seuil import PageSeuil
from passdesk.ui.theme import Theme


class PageRetour(PageSeuil):
    """`choisie` carries the backup and the passphrase; `renonce` fires when the agent leaves all as it is.

    The passphrase is the one that has just been typed: it opened the keys of the desk, not its base.
    """

    choisie = Signal(object, str)
    renonce = Signal()

    def __init__(self, theme: Theme, taches: TaskRunner, dossier: Path, horloge: Horloge, phrase: str) -> None:
        super().__init__(theme, textes.SECOURS, textes.FAIRE, "refresh")
        self._taches, self._dossier, self._horloge, self._phrase = taches, dossier, horloge, phrase
        self._fichier: Path | None = None
        self.refus = Avis(theme, "warn")
        self.lignes = Colonne(theme, ecart=8)
        self.autre = Btn(theme, textes.AUTRE_FICHIER)
        self.autre.clicked.connect(self._choisir)
        self.garder = Btn(theme, textes.LAISSER, genre="discret")
        self.garder.clicked.connect(self.renonce)
        self.corps.addWidget(WrapLabel(textes.SECOURS_AIDE))
        self.corps.addLayout(self.lignes)
        self.corps.addWidget(self.refus)
        for bouton in (self.autre, self.garder):
            self.corps.addWidget(bouton, 0, Qt.AlignmentFlag.AlignLeft)

    def arriver(self) -> None:
        """Looks for the last good one at once."""
        self._chercher(None)

    def valider(self) -> None:
        """The desk is put back to the backup that was seen."""
        if self.bouton.isEnabled() and self._fichier is not None:
            self.choisie.emit(self._fichier, self._phrase)

    def _chercher(self, fichier: Path | None) -> None:
        self._occuper(True)
        self._taches.lancer(
            "base", proposer, self._dossier, self._phrase, self._horloge, fichier, apres=self._montrer,
            sur_panne=self._refuser, ecran=self,
        )  # fmt: skip

    def _montrer(self, trouve: tuple[Path, Apercu]) -> None:
        self._occuper(False)
        self._fichier, apercu = trouve
        for phrase in (self._fichier.name, *lignes_apercu(apercu)):
            self.lignes.addWidget(WrapLabel(phrase, "strong" if phrase == self._fichier.name else ""))
        self.bouton.setEnabled(True)
        self.bouton.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuser(self, panne: KnownError) -> None:
        self._occuper(False)
        self._fichier = None
        self.bouton.setEnabled(False)
        self.refus.dire(str(message(panne.code, **panne.faits)))
        self.autre.setFocus(Qt.FocusReason.OtherFocusReason)

    def _occuper(self, oui: bool) -> None:
        vider(self.lignes)
        self.refus.dire("")
        for bouton in (self.bouton, self.autre, self.garder):
            bouton.setEnabled(not oui)
        if oui:
            self.attente.montrer(textes.RECHERCHE)
        else:
            self.attente.hide()

    def _choisir(self) -> None:
        choisi, _ = QFileDialog.getOpenFileName(self, textes.REVENIR, str(self._dossier), textes.FILTRE)
        if choisi:
            self._chercher(Path(choisi))
