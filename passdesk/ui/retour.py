"""When the desk's base does not open any more, or on a new computer: what a backup would bring back, then the act."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit

from passdesk.domain.erreurs import KnownError, SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.domain.secours import lire_cle_de_secours
from passdesk.services.integrite import proposer
from passdesk.services.restauration import Apercu
from passdesk.tasks import TaskRunner
from passdesk.ui.agents import textes as agents
from passdesk.ui.apercu_sauvegarde import lignes_apercu
from passdesk.ui.composants import Avis, Btn, Colonne, Field, WrapLabel
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.messages import message
from passdesk.ui.papier import copies
from passdesk.ui.phrase import champ_phrase
from passdesk.ui.reglages import textes_sauvegarde as textes
from passdesk.ui.seuil import PageSeuil
from passdesk.ui.theme import Theme


class PageRetour(PageSeuil):
    """`choisie` carries the backup, the passphrase, and whether it is the key of the recovery sheet instead; `renonce`
    fires when the agent leaves all as it is.

    `phrase`: the one that has just been typed, when there is a desk; it is not at fault. None on a computer that has
    none: it is asked for here, with the file. `feuille`: what was typed is the key of the sheet.
    """

    choisie = Signal(object, str, bool)
    renonce = Signal()
    aide = "restaurer"

    def __init__(
        self,
        theme: Theme,
        taches: TaskRunner,
        dossier: Path,
        horloge: Horloge,
        phrase: str | None,
        feuille: bool = False,
    ) -> None:
        super().__init__(theme, textes.SECOURS if phrase is not None else textes.AILLEURS, textes.FAIRE, "refresh")
        self._taches, self._dossier, self._horloge = taches, dossier, horloge
        self._demandee = phrase is None
        self._feuille = feuille
        self._fichier: Path | None = None
        self.phrase = champ_phrase(theme, textes.PHRASE_DU_POSTE)
        self.cle = Field(theme, agents.OUBLI_CLE, indication=agents.OUBLI_CLE_AIDE)
        self.cle.hide()
        self._acces().set_texte(phrase or "")
        for champ in (self.phrase, self.cle):
            champ.modifie.connect(lambda _: self._autre_phrase())
            if isinstance(champ.saisie, QLineEdit):
                champ.saisie.returnPressed.connect(self._reessayer)
        if isinstance(self.cle.saisie, QLineEdit):
            self.cle.saisie.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.par_feuille = Btn(theme, textes.PAR_FEUILLE, genre="discret")
        self.par_feuille.clicked.connect(self._changer_d_acces)
        if not self._demandee:
            self.phrase.hide()
            self.par_feuille.hide()
        self.refus = Avis(theme, "warn")
        self.lignes = Colonne(theme, ecart=8)
        self.autre = Btn(theme, textes.CHOISIR_FICHIER if self._demandee else textes.AUTRE_FICHIER)
        self.autre.clicked.connect(self._choisir)
        self.garder = Btn(theme, textes.NOUVEAU if self._demandee else textes.LAISSER, genre="discret")
        self.garder.clicked.connect(self.renonce)
        self.corps.addWidget(WrapLabel(textes.AILLEURS_AIDE if self._demandee else textes.SECOURS_AIDE))
        self.corps.addWidget(self.phrase)
        self.corps.addWidget(self.cle)
        self.corps.addWidget(self.par_feuille, 0, Qt.AlignmentFlag.AlignLeft)
        self.corps.addLayout(self.lignes)
        self.corps.addWidget(self.refus)
        for bouton in (self.autre, self.garder):
            self.corps.addWidget(bouton, 0, Qt.AlignmentFlag.AlignLeft)

    def arriver(self) -> None:
        """Looks for the last good one at once; where there is none, the keyboard goes to the passphrase."""
        if self._demandee:
            self.bouton.setEnabled(False)
            self.phrase.saisie.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._chercher(None)

    def valider(self) -> None:
        """The desk is put back to the backup that was seen."""
        if self.bouton.isEnabled() and self._fichier is not None:
            secret = self._acces().texte()
            for champ in (self.phrase, self.cle):
                champ.set_texte("")
            self.choisie.emit(self._fichier, secret, self._feuille)

    def _chercher(self, fichier: Path | None) -> None:
        self._occuper(True)
        self._taches.lancer(
            "base", proposer, self._dossier, self._acces().texte(), self._horloge, fichier, apres=self._montrer,
            sur_panne=self._refuser, ecran=self, sur_imprevu=self._interrompu,
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
        self.bouton.setEnabled(False)
        if self._demandee and panne.code == "phrase_inconnue":
            # The file stays chosen: Enter tries it again.
            self._reprendre_la_saisie(panne)
            return
        self._fichier = None
        self.refus.dire(str(message(panne.code, **panne.faits)))
        self.autre.setFocus(Qt.FocusReason.OtherFocusReason)

    def _interrompu(self) -> None:
        self._occuper(False)
        self.bouton.setEnabled(False)

    def _occuper(self, oui: bool) -> None:
        vider(self.lignes)
        self.refus.dire("")
        for bouton in (self.bouton, self.autre, self.garder, self.par_feuille):
            bouton.setEnabled(not oui)
        for champ in (self.phrase, self.cle):
            if isinstance(champ.saisie, QLineEdit):
                champ.saisie.setReadOnly(oui)
        if oui:
            self.attente.montrer(textes.RECHERCHE)
        else:
            self.attente.hide()

    def _choisir(self) -> None:
        choisi, _ = QFileDialog.getOpenFileName(self, textes.REVENIR, str(self._depart()), textes.FILTRE)
        if choisi:
            self._fichier = Path(choisi)
            self._reessayer()

    def _depart(self) -> Path:
        """Where to look first: beside the desk that is here, or where the system puts what is plugged in."""
        return self._dossier if not self._demandee else copies.dossier_propose(self._dossier)

    def _reessayer(self) -> None:
        """The file chosen, with the passphrase typed, or the key of the sheet."""
        try:
            if self._feuille:
                lire_cle_de_secours(self.cle.texte())
            elif not self.phrase.texte():
                raise SaisieRefusee("phrase_vide")
        except SaisieRefusee as refus:
            self._reprendre_la_saisie(refus)
            return
        if self._fichier is None:
            self.autre.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.autre.isEnabled():
            self._chercher(self._fichier)

    def _autre_phrase(self) -> None:
        """What was seen with another passphrase is seen no more."""
        self._acces().set_message("")
        if self._demandee and self.autre.isEnabled():
            vider(self.lignes)
            self.bouton.setEnabled(False)

    def _acces(self) -> Field:
        """The field that opens the backup."""
        return self.cle if self._feuille else self.phrase

    def _changer_d_acces(self) -> None:
        """From the passphrase to the sheet, or back."""
        self._feuille = not self._feuille
        self.cle.setVisible(self._feuille)
        self.phrase.setVisible(not self._feuille)
        self.par_feuille.set_texte(textes.PAR_PHRASE if self._feuille else textes.PAR_FEUILLE)
        self._autre_phrase()
        self._acces().saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reprendre_la_saisie(self, refus: KnownError) -> None:
        self._acces().set_message(str(message(refus.code, **refus.faits)))
        self._acces().saisie.setFocus(Qt.FocusReason.OtherFocusReason)
