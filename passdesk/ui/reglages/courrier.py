"""*Réglages*, for a desk that the network has left for days: its acts go on a stick, the answer comes back so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from passdesk.domain.erreurs import KnownError
from passdesk.domain.francais import date_longue
from passdesk.services.courrier import (
    SUFFIXE,
    CourrierPrepare,
    EtatCourrier,
    etat_courrier,
    preparer,
    recevoir_fichier,
)
from passdesk.services.synchroniser import BilanEnvoi
from passdesk.ui.composants import Avis, Btn, Card, Rangs, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.mots_courrier import phrase_lu, phrase_prepare
from passdesk.ui.papier import copies

CARTE = "Envoyer sans réseau"
AIDE = (
    "Le réseau manque depuis des jours\u00a0? Une clé USB porte les actes à la Région, et en rapporte la réponse. "
    "Qui la porte n’y lit rien\u00a0; perdue, une autre la remplace."
)
PREPARER, LIRE = "Préparer une clé…", "Lire la réponse…"
FILTRE = "Envoi de PassDesk (*.courrier)"
FILTRE_REPONSE = "Réponse de la Région (*.reponse)"
ECRITURE, LECTURE = "Écriture du fichier…", "Lecture de la réponse…"


class CarteCourrier(Card):
    """Hidden while the network does its work and no answer is awaited."""

    def __init__(self, contexte: Contexte) -> None:
        theme = contexte.theme
        super().__init__(theme, CARTE, ecart=8)
        self._contexte = contexte
        self.attente, self.dit = WrapLabel("", "strong"), Avis(theme)
        self.preparer = Btn(theme, PREPARER, icone_nom="device-floppy")
        self.preparer.clicked.connect(self._preparer)
        self.lire = Btn(theme, LIRE, icone_nom="file-text")
        self.lire.clicked.connect(self._lire)
        self.corps.addWidget(WrapLabel(AIDE, "small"))
        self.corps.addWidget(self.attente)
        self.corps.addWidget(self.dit)
        self.corps.addWidget(Rangs(theme, (self.preparer, self.lire)))
        self.hide()

    def actualiser(self) -> None:
        """Asks again whether a courier would help."""
        self._contexte.lancer(etat_courrier, apres=self._recevoir, ecran=self)

    def _recevoir(self, etat: EtatCourrier) -> None:
        attend = etat.prepare_le is not None
        if etat.prepare_le is not None:
            jour = date_longue(etat.prepare_le.astimezone().date())
            self.attente.setText(f"Une clé a été préparée le {jour}. Sa réponse est attendue.")
        self.attente.setVisible(attend)
        self.lire.setVisible(attend)
        # What was just done stays to be read.
        self.setVisible(etat.utile or attend or bool(self.dit.texte()))

    def _preparer(self) -> None:
        nom = f"passdesk-{self._contexte.horloge.maintenant().astimezone():%Y%m%d-%H%M}{SUFFIXE}"
        propose = copies.dossier_propose(self._contexte.poste.dossier) / nom
        choisi, _ = QFileDialog.getSaveFileName(self, PREPARER, str(propose), FILTRE)
        if choisi:
            chemin = Path(choisi if choisi.endswith(SUFFIXE) else choisi + SUFFIXE)
            self.dit.dire(ECRITURE, "info")
            self._contexte.lancer(preparer, chemin, apres=self._prepare, sur_panne=self._refuse, ecran=self)

    def _lire(self) -> None:
        propose = str(copies.dossier_propose(self._contexte.poste.dossier))
        choisi, _ = QFileDialog.getOpenFileName(self, LIRE, propose, FILTRE_REPONSE)
        if choisi:
            self.dit.dire(LECTURE, "info")
            self._contexte.lancer(recevoir_fichier, Path(choisi), apres=self._lu, sur_panne=self._refuse, ecran=self)

    def _prepare(self, fait: CourrierPrepare) -> None:
        self.dit.dire(phrase_prepare(fait), "ok")
        self.actualiser()

    def _lu(self, bilan: BilanEnvoi) -> None:
        self.dit.dire(phrase_lu(bilan), "ok" if bilan.fin == "fini" else "warn")
        if self.lire.hasFocus():
            self.preparer.setFocus()
        self._contexte.signaler("envoi", "stock", "litiges", "carnets", "personnes")
        self.actualiser()

    def _refuse(self, panne: KnownError) -> None:
        self.dit.dire(str(message(panne.code, **panne.faits)), "warn")
