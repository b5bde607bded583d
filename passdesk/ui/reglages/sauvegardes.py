"""The backups in *Réglages*: the last good one, where the second copy goes, one now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from passdesk.domain.erreurs import KnownError
from passdesk.services.sauvegarde import EtatSauvegardes, choisir_dossier, etat_sauvegardes
from passdesk.ui.composants import Avis, Btn, Card, Rangs, WrapLabel, trait
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.reglages import textes_sauvegarde as textes
from passdesk.ui.reglages.ligne import LigneReglage
from passdesk.ui.reglages.restauration import PageRestauration


class CarteSauvegardes(Card):
    """Made by themselves once a day; a *responsable* chooses where the second copy goes."""

    def __init__(self, contexte: Contexte) -> None:
        theme = contexte.theme
        super().__init__(theme, textes.CARTE, ecart=12)
        self._contexte = contexte
        self._ici = ""
        self.derniere, self.suite = WrapLabel("", "strong"), WrapLabel("", "small")
        self.ailleurs, self.refus = WrapLabel(""), Avis(theme, "warn")
        self.maintenant = Btn(theme, textes.MAINTENANT, icone_nom="device-floppy")
        self.maintenant.clicked.connect(self._sauvegarder)
        self.choisir = Btn(theme, textes.CHOISIR)
        self.choisir.clicked.connect(self._choisir)
        self.oublier = Btn(theme, textes.OUBLIER, genre="discret")
        self.oublier.clicked.connect(lambda: self._regler(None))
        self.revenir = Btn(theme, textes.REVENIR, genre="discret")
        self.revenir.clicked.connect(self._revenir)
        self.corps.addWidget(LigneReglage(theme, [self.derniere, self.suite], [self.maintenant]))
        self.corps.addWidget(self.refus)
        self.corps.addWidget(trait())
        self.corps.addWidget(LigneReglage(theme, [self.ailleurs], [self.choisir]))
        self.corps.addWidget(Rangs(theme, [self.oublier, self.revenir], 24, interligne=8))
        contexte.changements.connect(self._changement)

    def actualiser(self) -> None:
        """Asks again how they stand."""
        self._contexte.lancer(etat_sauvegardes, apres=self._recevoir, ecran=self)

    def _changement(self, genres: frozenset[str]) -> None:
        if "sauvegardes" in genres and self.isVisible():
            self.actualiser()

    def _sauvegarder(self) -> None:
        self.maintenant.setEnabled(False)
        self.suite.setText(textes.EN_COURS)
        self._contexte.navigation.sauvegarder()

    def _recevoir(self, etat: EtatSauvegardes) -> None:
        aujourdhui = self._contexte.horloge.aujourdhui()
        self._ici = str(etat.ici)
        self.derniere.setText(textes.derniere(etat, aujourdhui))
        self.suite.setText(textes.SEULES)
        self.ailleurs.setText(textes.ailleurs(etat, aujourdhui))
        code = self._contexte.navigation.refus_de_sauvegarde() or etat.panne
        self.refus.dire(textes.refus(code) or textes.place(etat))
        avait_le_clavier = self.oublier.hasFocus()
        self.choisir.setVisible(etat.peut_regler)
        self.revenir.setVisible(etat.peut_regler)
        self.oublier.setVisible(etat.peut_regler and etat.dossier is not None)
        if avait_le_clavier and not self.oublier.isVisible():
            self.choisir.setFocus()
        self.maintenant.setEnabled(True)

    def _choisir(self) -> None:
        choisi = QFileDialog.getExistingDirectory(self, textes.CHOISIR)
        if choisi:
            self._regler(Path(choisi))

    def _revenir(self) -> None:
        choisi, _ = QFileDialog.getOpenFileName(self, textes.REVENIR, self._ici, textes.FILTRE)
        if choisi:
            reglages = self._contexte.navigation.montrer_lieu("reglages")
            self._contexte.navigation.ouvrir_page(PageRestauration(self._contexte, Path(choisi), reglages))

    def _regler(self, dossier: Path | None) -> None:
        self._contexte.lancer(choisir_dossier, dossier, apres=self._regle, sur_panne=self._refuse, ecran=self)

    def _regle(self, _: None) -> None:
        # At once: a stick chosen and taken away would hold nothing.
        self._sauvegarder()

    def _refuse(self, panne: KnownError) -> None:
        self.refus.dire(str(message(panne.code, **panne.faits)))
