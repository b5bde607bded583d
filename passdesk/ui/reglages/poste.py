"""This desk in *Réglages*: its link to the Region, and what the support asks for."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from passdesk import __version__
from passdesk.domain.erreurs import KnownError
from passdesk.services.lieu_du_jour import regler_itinerant, regler_libelle
from passdesk.services.reglages import ReglagesPoste
from passdesk.ui.composants import Btn, Card, Case, Colonne, Field, SousCase, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.diagnostic import montrer_diagnostic
from passdesk.ui.messages import message
from passdesk.ui.reglages import textes
from passdesk.ui.reglages.chemin import BlocChemin


class CartePoste(Card):
    """An address or a path means nothing at the desk: they stay behind one link."""

    def __init__(self, contexte: Contexte) -> None:
        theme = contexte.theme
        super().__init__(theme, textes.POSTE, ecart=8)
        self._details = QWidget()
        self._lien, self._suite = WrapLabel("", "strong"), WrapLabel("", "small")
        self.relier = Btn(theme, textes.RELIER, icone_nom="link")
        self.relier.clicked.connect(lambda: contexte.navigation.relier())
        self.ouvrir = Btn(theme, textes.DETAILS, genre="discret")
        self.ouvrir.clicked.connect(lambda: self._deplier(self._details.isHidden()))
        self.adresse = Field(theme, textes.ADRESSE, saisie=_a_lire())
        self.chemin = BlocChemin(contexte)
        self.dossier = Field(theme, textes.DOSSIER, indication=textes.DOSSIER_INDICATION, saisie=_a_lire())
        self.diagnostic = Btn(theme, textes.DIAGNOSTIC, icone_nom="file-text")
        self.diagnostic.clicked.connect(
            lambda: montrer_diagnostic(
                theme, contexte.taches, self.window(), contexte.poste.dossier, contexte.horloge, contexte.poste
            )
        )
        details = Colonne(theme, ecart=8)
        details.addWidget(WrapLabel(f"{textes.PROGRAMME}\u00a0: PassDesk {__version__}", "small"))
        details.addWidget(self.adresse)
        details.addWidget(self.chemin)
        details.addWidget(self.dossier)
        details.addWidget(self.diagnostic, 0, Qt.AlignmentFlag.AlignLeft)
        self._details.setLayout(details)
        for mots in (self._lien, self._suite):
            self.corps.addWidget(mots)
        for bouton in (self.relier, self.ouvrir):
            self.corps.addWidget(bouton, 0, Qt.AlignmentFlag.AlignLeft)
        self.corps.addWidget(self._details)
        self.libelle = Field(theme, textes.LIBELLE, indication=textes.LIBELLE_INDICATION)
        self.libelle.quitte.connect(self._garder_libelle)
        self._aide_libelle = WrapLabel("", "small")
        self._libelle = ""
        # What explains a field is nearer to it than the next one.
        self.corps.addSpacing(theme.sp(8))
        self.corps.addWidget(self.libelle)
        self.corps.addWidget(self._aide_libelle)
        self._itinerant = Case(theme, textes.ITINERANT)
        self._itinerant.clicked.connect(lambda oui: contexte.lancer(regler_itinerant, oui, apres=self._deplace))
        self._contexte = contexte
        self.corps.addSpacing(theme.sp(8))
        self.corps.addWidget(self._itinerant)
        self.corps.addWidget(SousCase(theme, textes.ITINERANT_AIDE))
        self.relier.hide()
        self._deplier(False)

    def _garder_libelle(self) -> None:
        saisi = self.libelle.texte().strip()
        if saisi != self._libelle:
            self._contexte.lancer(regler_libelle, saisi, apres=self._nomme, sur_panne=self._refuse, ecran=self)
        else:
            self.libelle.set_message("")

    def _nomme(self, garde: str) -> None:
        self._libelle = garde
        self.libelle.set_message("")
        self.libelle.set_texte(garde)

    def _refuse(self, panne: KnownError) -> None:
        self.libelle.set_message(str(message(panne.code, **panne.faits)))

    def _deplace(self, _: None) -> None:
        self._contexte.signaler("lieux")

    def montrer(self, lu: ReglagesPoste, aujourdhui: date) -> None:
        """What the desk says of itself."""
        titre, suite = textes.lien(lu, aujourdhui)
        self._lien.setText(titre)
        self._suite.setText(suite)
        self.relier.setVisible(not lu.relie)
        self.adresse.set_texte(lu.adresse)
        self.adresse.setVisible(bool(lu.adresse))
        self.chemin.montrer(lu.chemin, permis=lu.peut_regler)
        self.dossier.set_texte(str(lu.dossier))
        self._itinerant.setChecked(lu.itinerant)
        nom = f"\u00a0: {lu.nom_poste}" if lu.nom_poste else ""
        self._aide_libelle.setText(textes.LIBELLE_AIDE.format(nom=nom))
        self._libelle = lu.libelle
        if not self.libelle.saisie.hasFocus() and not self.libelle.message():
            self.libelle.set_texte(lu.libelle)

    def _deplier(self, oui: bool) -> None:
        self._details.setVisible(oui)
        self.ouvrir.set_texte(textes.CACHER_DETAILS if oui else textes.DETAILS)


def _a_lire() -> QLineEdit:
    """A field to copy from, not to type in."""
    champ = QLineEdit()
    champ.setReadOnly(True)
    return champ
