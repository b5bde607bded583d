"""*Expliquer cette décision*: the answer as it was given, its reasons, what was checked, and its letter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.consultations import DECISION, noter
from passdesk.services.decision import Explication, expliquer
from passdesk.ui.composants import (
    Banner,
    Btn,
    Card,
    Colonne,
    Defilement,
    Disque,
    Ligne,
    Page,
    Tete,
    Texte,
    Titre,
    WrapLabel,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.decision import textes
from passdesk.ui.decision.recit import RecitDecision, raconter_decision
from passdesk.ui.decision.sortie import SortieLettre
from passdesk.ui.messages import message
from passdesk.ui.visite.liste_raisons import ListeRaisons
from passdesk.ui.visite.panneau import LARGEUR, TETES
from passdesk.ui.visite.reponse import Section

LARGEUR_LIBRE = 16_777_215
"""Qt's own "no limit"."""


class PageDecision(Page):
    """Built from the id of a decision and the page it was opened from. `Échap` goes back there."""

    aide = "decision"

    def __init__(self, contexte: Contexte, decision_id: str, retour: Page | None = None) -> None:
        super().__init__(f"decision-{decision_id}", textes.SURTITRE)
        self._contexte, self._decision_id, self._retour = contexte, decision_id, retour
        self.recit: RecitDecision | None = None
        self.lettre = SortieLettre(contexte, self)
        self.lettre.panne.connect(self._en_panne)
        self.bandeau = Banner(contexte.theme, "warn", "alert-circle", "")
        self._monter()
        contexte.theme.change.connect(self._elargir)

    def arriver(self) -> None:
        """Reads the decision again: an erasure may have come in between."""
        self._contexte.lancer(expliquer, self._decision_id, apres=self._montrer, sur_panne=self._en_panne, ecran=self)

    def disposer(self, etroite: bool) -> None:
        """The answer beside its reasons; above them when the window is narrow, its letter in a bar under all."""
        super().disposer(etroite)
        for place in (self._haut_de_liste, self._milieu):
            place.removeWidget(self._panneau)
        for place in (self._pied, self._bas):
            place.removeWidget(self.imprimer)
        # What was read about the answer comes after its reasons when they are in one column.
        for ou in (self._verifie, self._a_la_fin.corps):
            ou.removeWidget(self._verifications)
        (self._a_la_fin.corps if etroite else self._verifie).addWidget(self._verifications)
        self._a_la_fin.setVisible(etroite)
        self._verifie.set_marges(*((0, 0, 0, 0) if etroite else (24, 16, 20, 0)))
        self._pied.set_marges(*((0, 0, 0, 0) if etroite else (16, 12, 16, 16)))
        (self._haut_de_liste if etroite else self._milieu).addWidget(self._panneau)
        (self._bas if etroite else self._pied).addWidget(self.imprimer)
        for bouton in (self.revenir, self.imprimer):
            bouton.montrer_touche(not etroite)
        self._colonne.set_marges(*((20, 8, 20, 10) if etroite else (32, 20, 32, 16)))
        self._elargir()

    def primaire(self) -> Btn | None:
        """ "Imprimer la lettre"; nothing once the facts are gone."""
        return self.imprimer if self.imprimer.isVisibleTo(self) else None

    def regions(self) -> tuple[QWidget, ...]:
        """The reasons, then the answer with its letter."""
        return (self._zone, self._panneau)

    def _revenir(self) -> None:
        self._contexte.navigation.fermer_page(self, self._retour)

    def _montrer(self, explication: Explication) -> None:
        personne = explication.prise.personne
        if personne is not None:
            self._contexte.lancer(noter, personne.personne_id, DECISION)
        recit = raconter_decision(explication, self._contexte.communes)
        if recit == self.recit:
            return
        self.recit = recit
        self._nom.setText(recit.nom)
        icone, ton = TETES[recit.etat]
        self._disque.set_icone(icone, ton)
        self._tete.setProperty("tint", ton)
        self._tete.style().unpolish(self._tete)
        self._tete.style().polish(self._tete)
        self._surtitre.setText(recit.surtitre)
        self._titre_reponse.setText(recit.titre)
        self._sens.setText(recit.sens)
        self._verifications.montrer(recit.verifications)
        self.imprimer.setVisible(recit.imprimable)
        self._remplir(recit.sections)
        (self.imprimer if recit.imprimable else self.revenir).setFocus(Qt.FocusReason.OtherFocusReason)

    def _remplir(self, sections: tuple[Section, ...]) -> None:
        theme = self._contexte.theme
        contenu = QWidget()
        cartes = Colonne(theme, ecart=8)
        for section in sections:
            carte = Card(theme, section.titre)
            liste = ListeRaisons(theme)
            liste.montrer((Section("", section.lignes),))
            carte.corps.addWidget(liste)
            cartes.addWidget(carte)
        cartes.addStretch(1)
        contenu.setLayout(cartes)
        ancien = self._cartes.takeAt(0)
        vieux = ancien.widget() if ancien is not None else None
        if vieux is not None:
            vieux.hide()
            vieux.deleteLater()
        self._cartes.addWidget(contenu)

    def _en_panne(self, trouble: KnownError) -> None:
        phrases = message(trouble.code, **trouble.faits)
        self.bandeau.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.bandeau.show()

    def _elargir(self) -> None:
        corps = self._panneau.corps
        corps.set_marges(0, 0, 0, 0)
        corps.setSpacing(0)
        if self.etroite:
            self._panneau.setMinimumWidth(0)
            self._panneau.setMaximumWidth(LARGEUR_LIBRE)
        else:
            self._panneau.setFixedWidth(self._contexte.theme.px(LARGEUR))

    def _rendre_lisible(self, depasse: bool) -> None:
        """Nothing in the reasons takes the keyboard: when they are longer than the page, they do, and arrows read."""
        self._zone.setFocusPolicy(Qt.FocusPolicy.TabFocus if depasse else Qt.FocusPolicy.NoFocus)

    def _monter(self) -> None:
        theme = self._contexte.theme
        self._nom = Titre(theme, "", un_nom=True)
        titres = Colonne(theme, ecart=0)
        titres.addWidget(self._nom)
        titres.addWidget(Texte(textes.SURTITRE, "body", "ink2"))
        self.revenir = Btn(theme, textes.REVENIR, genre="discret", touche="Échap")
        self.revenir.clicked.connect(self._revenir)
        haut = Ligne(theme, ecart=20)
        haut.addLayout(titres, 1)
        haut.addWidget(self.revenir)
        self.bandeau.hide()
        liste = QWidget()
        contenu = Colonne(theme, ecart=8)
        self._haut_de_liste = Colonne(theme)
        self._cartes = Colonne(theme)
        contenu.addLayout(self._haut_de_liste)
        contenu.addLayout(self._cartes)
        self._a_la_fin = Card(theme)
        contenu.addWidget(self._a_la_fin)
        contenu.addStretch(1)
        liste.setLayout(contenu)
        self._zone = Defilement(liste)
        barre = self._zone.verticalScrollBar()
        barre.rangeChanged.connect(lambda _, bas: contenu.set_marges(0, 0, 8 if bas else 0, 0))
        barre.rangeChanged.connect(lambda _, bas: self._rendre_lisible(bas > 0))
        self._zone.setAccessibleName(textes.SURTITRE)
        self._milieu = Ligne(theme, ecart=24)
        self._milieu.addWidget(self._zone, 1)
        self._bas = Colonne(theme)
        self._monter_panneau()
        self._colonne = Colonne(theme, ecart=12)
        self._colonne.addLayout(haut)
        self._colonne.addWidget(self.bandeau)
        self._colonne.addLayout(self._milieu, 1)
        self._colonne.addLayout(self._bas)
        self.setLayout(self._colonne)
        self.disposer(False)

    def _monter_panneau(self) -> None:
        theme = self._contexte.theme
        self._panneau = Card(theme)
        self._panneau.setFrameShape(QFrame.Shape.NoFrame)
        self._disque = Disque(theme, "question-mark", "info", 48, plein=True)
        self._surtitre = WrapLabel("", "small")
        self._titre_reponse = WrapLabel("", "headline")
        self._sens = WrapLabel("", "small", "ink")
        self._tete = Tete(theme, self._disque, self._surtitre, self._titre_reponse, self._sens)
        self._verifications = ListeRaisons(theme)
        self._verifie = Colonne(theme, ecart=12, marges=(24, 16, 20, 0))
        self.imprimer = Btn(theme, textes.IMPRIMER, genre="primaire", icone_nom="printer", touche="Ctrl+Entrée")
        self.imprimer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.imprimer.clicked.connect(lambda: self.lettre.montrer(self._decision_id))
        self.imprimer.hide()
        self._pied = Colonne(theme, marges=(16, 12, 16, 16))
        self._panneau.corps.addWidget(self._tete)
        self._panneau.corps.addLayout(self._verifie)
        self._panneau.corps.addStretch(1)
        self._panneau.corps.addLayout(self._pied)
