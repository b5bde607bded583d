"""*Chiffres*: one year at a time, its counts by public, answer, month and commune; saved as a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.chiffres import Chiffres, enregistrer_chiffres, lire_chiffres
from passdesk.ui.chiffres import textes
from passdesk.ui.composants import (
    Avis,
    Btn,
    Card,
    Colonne,
    Combo,
    Field,
    Flexible,
    Ligne,
    Liste,
    PageSeconde,
    Titre,
    WrapLabel,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.papier import copies


class PageChiffres(PageSeconde):
    """Reads only. `Échap` goes back to *Réglages*."""

    aide = "chiffres"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte.theme, "chiffres", textes.TITRE, textes.RETOUR)
        self._contexte = contexte
        theme = contexte.theme
        self._lus: Chiffres | None = None
        self.retour.clicked.connect(lambda: contexte.navigation.montrer_lieu("reglages"))
        self.annee = Combo(theme, [], textes.ANNEE)
        self.annee.choisi.connect(lambda annee: self._demander(int(str(annee))))
        self.enregistrer = Btn(theme, textes.ENREGISTRER, genre="discret")
        self.enregistrer.clicked.connect(self._choisir_fichier)
        self.liste = Liste(theme, textes.TITRE)
        self.avis = Avis(theme)
        self._monter()

    def arriver(self) -> None:
        """Asks again for the year shown; the keyboard on the years."""
        self.avis.hide()
        self.annee.setFocus(Qt.FocusReason.OtherFocusReason)
        self._demander(self._lus.annee if self._lus is not None else None)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self._haut.empiler(etroite)

    def regions(self) -> tuple[QWidget, ...]:
        return (self.annee, self.liste)

    def _demander(self, annee: int | None) -> None:
        self._contexte.lancer(lire_chiffres, annee, apres=self._recevoir, ecran=self)

    def _recevoir(self, lus: Chiffres) -> None:
        self._lus = lus
        self.annee.set_choix([(annee, str(annee)) for annee in lus.annees])
        self.annee.set_valeur(lus.annee)
        self.liste.montrer(textes.rangees(lus, self._contexte.communes), lus.annee)

    def _choisir_fichier(self) -> None:
        if self._lus is None:
            return
        nom = textes.nom_fichier(self._lus.annee)
        propose = str(copies.dossier_propose(self._contexte.poste.dossier) / nom)
        choisi, _ = QFileDialog.getSaveFileName(self, textes.ENREGISTRER, propose, textes.FILTRES)
        if choisi:
            lignes = tuple(
                (tableau or textes.TOTAL, nom, nombre if nombre is not None else textes.CACHE)
                for tableau, nom, nombre in textes.lignes(self._lus, self._contexte.communes)
            )
            faire = (enregistrer_chiffres, Path(choisi), self._lus.annee, lignes)
            self._contexte.taches.lancer("rendu", *faire, apres=self._fini, sur_panne=self._en_panne, ecran=self)

    def _fini(self, _: object) -> None:
        self.avis.dire(textes.ENREGISTRE, "ok")

    def _en_panne(self, trouble: KnownError) -> None:
        self.avis.dire(str(message(trouble.code, **trouble.faits)), "warn")

    def _monter(self) -> None:
        theme = self._contexte.theme
        haut = Ligne(theme, ecart=12)
        haut.addWidget(Titre(theme, textes.TITRE), 1)
        for bouton in (self.enregistrer, self.retour):
            haut.addWidget(bouton, 0, Qt.AlignmentFlag.AlignVCenter)
        carte = Card(theme, ecart=8)
        self._haut = Flexible(theme, ecart=16)
        self._haut.addWidget(Field(theme, textes.ANNEE, saisie=self.annee))
        self._haut.addWidget(WrapLabel(textes.SENS, "small"), 1)
        carte.corps.addLayout(self._haut)
        carte.corps.addWidget(self.avis)
        carte.corps.addWidget(self.liste, 1)
        corps = Colonne(theme, ecart=12)
        corps.addLayout(haut)
        corps.addWidget(carte, 1)
        self.setLayout(corps)
        self.cadrer(corps)
