"""What the last check found, in *Réglages*: a green line, or what is wrong and the act that mends it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from passdesk.domain.erreurs import KnownError
from passdesk.services.integrite import (
    ScanAbime,
    Verification,
    derniere_sauvegarde,
    derniere_verification,
    refaire,
    retirer_scans,
    scans_abimes,
)
from passdesk.ui.composants import Avis, Btn, Card, ProgressStrip, WrapLabel, confirmer
from passdesk.ui.contexte import GENRES, Contexte
from passdesk.ui.messages import message
from passdesk.ui.reglages import textes_sauvegarde as textes
from passdesk.ui.reglages.ligne import LigneReglage
from passdesk.ui.reglages.restauration import PageRestauration


class CarteIntegrite(Card):
    """Checked by itself once a week; the remedy is one button, or nothing."""

    def __init__(self, contexte: Contexte) -> None:
        theme = contexte.theme
        super().__init__(theme, textes.VERIFICATION, ecart=8)
        self._contexte = contexte
        self.etat, self.trouve = Avis(theme), WrapLabel("", "small")
        self.aide = WrapLabel(textes.VERIFICATION_SEULE, "small")
        self.reparer = Btn(theme, textes.REFAIRE)
        self.reparer.clicked.connect(self._reparer)
        self.maintenant = Btn(theme, textes.VERIFIER, icone_nom="shield-check")
        self.maintenant.clicked.connect(self._verifier)
        self.attente = ProgressStrip(theme, textes.VERIFICATION_EN_COURS, arretable=True)
        self.attente.arrete.connect(lambda: contexte.navigation.verifier_donnees(arreter=True))
        self._remede, self._occupe = "rien", False
        mots = (self.etat, self.trouve, self.aide, self.attente)
        self.corps.addWidget(LigneReglage(theme, mots, [self.reparer, self.maintenant]))
        self.reparer.hide()
        contexte.changements.connect(self._changement)

    def actualiser(self) -> None:
        """Asks again what the last one found."""
        self._contexte.lancer(derniere_verification, apres=self._recevoir, ecran=self)

    def _changement(self, genres: frozenset[str]) -> None:
        if "sauvegardes" in genres and self.isVisible():
            self.actualiser()

    def _verifier(self) -> None:
        if self._occupe:
            return
        self._occupe = True
        self.aide.hide()
        self.attente.montrer(textes.VERIFICATION_EN_COURS)
        self._contexte.navigation.verifier_donnees()

    def _occuper(self, mots: str) -> None:
        # Not disabled: the keyboard would leave the button.
        self._occupe = True
        self.aide.setText(mots)

    def _recevoir(self, faite: Verification) -> None:
        aujourdhui = self._contexte.horloge.aujourdhui()
        avait_le_clavier = self.reparer.hasFocus()
        self._remede = faite.remede
        self.etat.dire(textes.verification(faite, aujourdhui), "ok" if faite.saine else "warn")
        self.trouve.setText("\n".join(textes.trouves(faite)))
        self.trouve.setVisible(bool(faite.problemes))
        if self._remede == "retirer":
            self._contexte.lancer(scans_abimes, apres=self._nommer, ecran=self)
        self.aide.setText(textes.VERIFICATION_SEULE)
        self.aide.show()
        if self.attente.isAncestorOf(self.focusWidget() or self):
            self.maintenant.setFocus()
        self.attente.hide()
        self.reparer.set_texte(textes.bouton(self._remede))
        self.reparer.setVisible(self._remede != "rien")
        self._occupe = False
        if avait_le_clavier and self.reparer.isHidden():
            self.maintenant.setFocus()

    def _reparer(self) -> None:
        if self._occupe:
            return
        if self._remede == "refaire":
            self._occuper(textes.REPARATION_EN_COURS)
            self._contexte.lancer(refaire, apres=self._refaite, sur_panne=self._refuse, ecran=self)
        elif self._remede == "retirer":
            self._retirer()
        elif self._remede == "relier":
            self._contexte.navigation.relier()
        elif self._remede == "renvoyer":
            self._contexte.navigation.envoyer_maintenant()
        else:
            self._contexte.lancer(derniere_sauvegarde, apres=self._proposer, ecran=self)

    def _nommer(self, scans: tuple[ScanAbime, ...]) -> None:
        """Whose they are: the paper will be asked of them."""
        self.trouve.setText("\n".join([self.trouve.text(), *(textes.scan(abime) for abime in scans)]))

    def _retirer(self) -> None:
        if confirmer(
            self._contexte.theme, self, question=textes.RETIRER_QUESTION, consequences=textes.RETIRER_SUITE,
            garder=textes.RETIRER_GARDER, faire=textes.RETIRER_SCANS,
        ):  # fmt: skip
            self._contexte.lancer(retirer_scans, apres=self._retires, sur_panne=self._refuse, ecran=self)

    def _retires(self, _: tuple[ScanAbime, ...]) -> None:
        self._contexte.signaler("sauvegardes")

    def _refaite(self, faite: Verification) -> None:
        self._recevoir(faite)
        # Every page shows tables that were made again.
        self._contexte.signaler(*GENRES)

    def _refuse(self, panne: KnownError) -> None:
        self.actualiser()
        self.etat.dire(str(message(panne.code, **panne.faits)), "warn")

    def _proposer(self, fichier: Path | None) -> None:
        """The last backup, or the one that the agent finds: what would come back is seen before anything is done."""
        choisi = str(fichier or QFileDialog.getOpenFileName(self, textes.REVENIR, "", textes.FILTRE)[0])
        if choisi:
            navigation = self._contexte.navigation
            navigation.ouvrir_page(PageRestauration(self._contexte, Path(choisi), navigation.montrer_lieu("reglages")))
