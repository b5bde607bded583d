"""Handing the carnet over: what to say, the day, one confirmation; then the visit is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from passdesk.domain.carnet import Carnet
from passdesk.domain.erreurs import KnownError
from passdesk.domain.visite import CarnetAttribue, VisiteOuverte
from passdesk.services.nom_couverture import NomCouverture, nom_de_couverture
from passdesk.services.recepisse import RecepisseDessine, dessiner_recepisse, recepisse
from passdesk.services.reglages import ReglagesPoste, lire_reglages
from passdesk.services.remise import annuler_remise, carnet_a_remettre, remettre
from passdesk.ui.composants import (
    Banner,
    Btn,
    Card,
    Colonne,
    Defilement,
    Disque,
    Flexible,
    Icone,
    Ligne,
    Numero,
    Page,
    Titre,
    WrapLabel,
    annoncer,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.decision.sortie import SortieLettre
from passdesk.ui.messages import message
from passdesk.ui.remise import textes
from passdesk.ui.remise.conseils import CarteConseils
from passdesk.ui.remise.jour import JourRemise
from passdesk.ui.remise.recepisse import DialogueRecepisse
from passdesk.ui.saisie import date_chiffres


class PageRemise(Page):
    """Built from a carnet whose paper is good. Recording the hand-over asks for a sending."""

    aide = "remise"

    def __init__(self, contexte: Contexte, attribue: CarnetAttribue) -> None:
        carnet = attribue.carnet
        super().__init__(f"remise-{carnet.campagne}-{carnet.numero}", attribue.personne.nom_courant, visite=True)
        self._contexte, self._attribue = contexte, attribue
        self._remis: Carnet | None = None
        self._occupee = False
        self._aide = ""
        self.jour = JourRemise(contexte.theme, contexte.horloge)
        self.jour.modifie.connect(lambda _: self._nommer())
        self.bandeau = Banner(contexte.theme, "warn", "alert-circle", "")
        self.recouvrir = Btn(contexte.theme, textes.RECOUVRIR)
        self.recouvrir.clicked.connect(self._recouvrir)
        self.corrige = Banner(contexte.theme, "warn", "pencil", "", "", self.recouvrir)
        self.resume = SortieLettre(contexte, self)
        self.resume.panne.connect(self._en_panne)
        self.resumer = Btn(contexte.theme, textes.RESUMER, genre="discret", touche="Ctrl+P")
        self.resumer.clicked.connect(lambda: self.resume.montrer_resume_du_carnet(carnet.campagne, carnet.numero))
        self.bloques = Banner(contexte.theme, "warn", "lock", textes.bloques(carnet), textes.BLOQUES)
        self.bloques.setVisible(bool(carnet.rangs_bloques))
        self._monter()
        contexte.changements.connect(self._changement)

    @property
    def a_rouvrir(self) -> str | tuple[int, int] | None:
        if self._remis is not None:
            return None
        return self._attribue.carnet.campagne, self._attribue.carnet.numero

    def arriver(self) -> None:
        """The focus on the confirmation: the day is already there. The page may have been opened days ago, or on a
        carnet awarded long before: the day, the name on the paper, what the Region blocked are asked again.
        """
        self.bouton.setFocus()
        self._actualiser()
        self._contexte.lancer(lire_reglages, apres=self._dire_l_aide, ecran=self)
        self._contexte.lancer(nom_de_couverture, self._attribue.carnet, apres=self._montrer_nom, ecran=self)

    def deverrouiller(self, *, autre_agent: bool) -> None:  # noqa: ARG002
        """The desk may have been locked for days, with this page in front."""
        self._actualiser()

    def _changement(self, genres: frozenset[str]) -> None:
        """A sending may have brought what the Region blocked or voided."""
        if genres & {"carnets", "litiges"}:
            self._actualiser()

    def _actualiser(self) -> None:
        self._proposer_jour()
        carnet = self._attribue.carnet
        self._contexte.lancer(
            carnet_a_remettre, carnet.campagne, carnet.numero, apres=self._suivre, sur_panne=self._prevenir, ecran=self
        )

    def _suivre(self, carnet: Carnet) -> None:
        """What can no longer be spent is told before the carnet leaves, and after."""
        avant, self._attribue = self._attribue.carnet, replace(self._attribue, carnet=carnet)
        if carnet.rangs_bloques == avant.rangs_bloques:
            return
        self.bloques.set_textes(textes.bloques(carnet), textes.BLOQUES)
        self.bloques.setVisible(bool(carnet.rangs_bloques))
        if carnet.rangs_bloques and self.isVisible():
            annoncer(self.bloques, f"{textes.bloques(carnet)}. {textes.BLOQUES}")
        if self._remis is None:
            self._dire_les_conseils()

    def _prevenir(self, trouble: KnownError) -> None:
        """What would refuse the hand-over is told before the receipt is signed."""
        if self._remis is None and not self._occupee:
            self._en_panne(trouble)

    def _proposer_jour(self) -> None:
        if self._remis is None:
            self.jour.proposer()
            self._nommer()
            if self.jour.message():
                self._zone.ensureWidgetVisible(self.jour, 24, 24)

    def disposer(self, etroite: bool) -> None:
        """One column when the window is narrow."""
        super().disposer(etroite)
        self._milieu.empiler(etroite)
        self._milieu.setStretch(0, 0 if etroite else 3)
        # What is to be said may be longer than the window: the acts, receipt first, stay in sight under it.
        self._placer_actes()
        for bouton in (self.bouton, self.plus_tard, self.annuler, self.resumer):
            bouton.montrer_touche(not etroite)
        self._nommer()

    def _placer_actes(self) -> None:
        """The receipt in the step that it is for, until the carnet is handed over."""
        for ou in (self._carte.corps, self._bas, self._signer):
            for acte in (self.recepisse, self.bouton):
                ou.removeWidget(acte)
        if self.etroite:
            self._bas.addWidget(self.recepisse)
            self._bas.addWidget(self.bouton, 1)
        elif self._remis is None:
            self._signer.addWidget(self.recepisse)
        else:
            self._carte.corps.insertWidget(self._carte.corps.indexOf(self.suivante), self.recepisse)
        if not self.etroite:
            self._carte.corps.addWidget(self.bouton)

    def primaire(self) -> Btn | None:
        """ "Carnet remis", then "Terminer la visite"."""
        return self.bouton

    def _nommer(self) -> None:
        """What the button does, with its step and the day where they are out of sight; one way to end where room is
        short."""
        en_barre = self.etroite and self._remis is None
        court = textes.etape(1, textes.FAIRE_SIGNER) if en_barre else textes.OFFRIR_RECEPISSE
        self.recepisse.set_texte(court, textes.OFFRIR_RECEPISSE)
        self.suivante.setVisible(self._remis is not None and not self.etroite)
        jour = self.jour.lu()
        if self._remis is not None:
            self.bouton.set_texte(textes.FERMER)
        elif self.etroite and jour is not None:
            self.bouton.set_texte(textes.etape(2, textes.remis_a_son_jour(date_chiffres(jour))))
        else:
            self.bouton.set_texte(textes.etape(2, textes.REMIS) if self.etroite else textes.REMIS)

    def _agir(self) -> None:
        if self._remis is not None:
            self._contexte.navigation.fermer_page(self)
            return
        if self._occupee:
            return
        self._proposer_jour()
        if (le := self.jour.exiger()) is None:
            self._nommer()
            return
        self._occupee = True
        self.bandeau.hide()
        carnet = self._attribue.carnet
        self._contexte.lancer(
            remettre,
            carnet.campagne,
            carnet.numero,
            le,
            apres=lambda remis: self._fini(remis, le),
            sur_panne=self._en_panne,
            ecran=self,
        )

    def _fini(self, remis: Carnet, le: date) -> None:
        self._occupee = False
        self._remis = remis
        self._titre_page.setText(textes.TERMINEE)
        self._conseils.dire(textes.ENSUITE, textes.suites(remis), "ok")
        self._consigne.setText(textes.remis_le(le))
        self._formulaire.hide()
        self._placer_actes()
        self.corrige.hide()
        self.plus_tard.hide()
        self._rassure.hide()
        self.annuler.show()
        self._nommer()
        self.bouton.set_icone("check")
        self.bouton.setFocus(Qt.FocusReason.OtherFocusReason)
        self._zone.verticalScrollBar().setValue(0)
        self._contexte.signaler("visites", "carnets", "envoi")
        self._contexte.navigation.envoyer()

    def _annuler(self) -> None:
        """The wrong box ticked: the carnet is to be handed over again."""
        if self._occupee or self._remis is None:
            return
        self._occupee = True
        carnet = self._attribue.carnet
        self._contexte.lancer(
            annuler_remise,
            carnet.campagne,
            carnet.numero,
            apres=self._annulee,
            sur_panne=self._en_panne,
            ecran=self,
        )

    def _annulee(self, _carnet: Carnet) -> None:
        self._occupee = False
        self._remis = None
        self._titre_page.setText(textes.TITRE)
        self._dire_les_conseils()
        self._consigne.setText(textes.remettez(self._attribue.carnet))
        self._formulaire.show()
        self._placer_actes()
        self.plus_tard.show()
        self._rassure.show()
        self.annuler.hide()
        self._nommer()
        self.bouton.setFocus(Qt.FocusReason.OtherFocusReason)
        self._contexte.signaler("visites", "carnets", "envoi")

    def _en_panne(self, trouble: KnownError) -> None:
        self._occupee = False
        phrases = message(trouble.code, **trouble.faits)
        self.bandeau.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.bandeau.show()

    def _dire_l_aide(self, lus: ReglagesPoste) -> None:
        """The person hears at the desk what the carnet says in print."""
        if lus.telephone_aide != self._aide:
            self._aide = lus.telephone_aide
            if self._remis is None:
                self._dire_les_conseils()

    def _dire_les_conseils(self) -> None:
        self._conseils.dire(textes.A_DIRE, textes.conseils(self._attribue.carnet, self._aide), "info")

    def _montrer_nom(self, nom: NomCouverture) -> None:
        self.corrige.setVisible(bool(nom.ancien) and self._remis is None)
        self.corrige.set_textes(textes.NOM_CORRIGE, textes.couverture_a_refaire(nom.ancien))

    def _recouvrir(self) -> None:
        """The page of the paper comes back to another hand-over once the cover is good."""
        navigation, carnet = self._contexte.navigation, self._attribue.carnet
        visite = VisiteOuverte("couverture", self.titre, None, carnet, self._contexte.horloge.maintenant())
        navigation.fermer_page(self)
        navigation.reprendre(visite)

    def _demander_recepisse(self) -> None:
        """Before the hand-over, the receipt carries the day typed; after it, the day recorded."""
        self._proposer_jour()
        if (le := self.jour.exiger()) is None:
            return
        self.bandeau.hide()
        carnet = self._attribue.carnet
        self._contexte.lancer(
            recepisse,
            carnet.campagne,
            carnet.numero,
            le,
            apres=self._dessiner_recepisse,
            sur_panne=self._en_panne,
            ecran=self,
        )

    def _dessiner_recepisse(self, contenu: object) -> None:
        self._contexte.taches.lancer(
            "rendu", dessiner_recepisse, contenu, apres=self._montrer_recepisse, sur_panne=self._en_panne, ecran=self
        )

    def _montrer_recepisse(self, dessine: RecepisseDessine) -> None:
        dialogue = DialogueRecepisse(self._contexte, self.window(), dessine)
        dialogue.sorti.connect(partial(self.jour.signer, dessine.remis_le))
        dialogue.open()

    def _suivante(self) -> None:
        navigation = self._contexte.navigation
        navigation.fermer_page(self)
        navigation.nouvelle_visite()

    def _monter(self) -> None:
        theme = self._contexte.theme
        self._titre_page = Titre(theme, textes.TITRE)
        personne = WrapLabel(textes.sous_titre(self._attribue.carnet, self.titre), "body", "ink2")
        titres = Colonne(theme, ecart=2)
        titres.addWidget(self._titre_page)
        titres.addWidget(personne)
        self.plus_tard = Btn(theme, textes.PLUS_TARD, icone_nom="clock", touche="Ctrl+M")
        self.plus_tard.clicked.connect(self._contexte.navigation.mettre_en_attente)
        self.suivante = Btn(theme, textes.AUTRE, icone_nom="user-plus")
        self.suivante.clicked.connect(self._suivante)
        self.suivante.hide()
        self.annuler = Btn(theme, textes.ANNULER, icone_nom="refresh", touche="Ctrl+Z")
        self.annuler.clicked.connect(self._annuler)
        self.annuler.hide()
        haut = Ligne(theme, ecart=20)
        haut.addLayout(titres, 1)
        haut.addWidget(self.resumer)
        haut.addWidget(self.annuler)
        haut.addWidget(self.plus_tard)
        self._conseils = CarteConseils(theme)
        self._dire_les_conseils()
        self._milieu = Flexible(theme, ecart=24)
        # As tall as what it says: most of a card of the height of the page would be empty.
        dits = Colonne(theme)
        dits.addWidget(self._conseils)
        dits.addStretch(1)
        self._milieu.addLayout(dits, 3)
        self._carte = self._monter_confirmation()
        self._milieu.addWidget(self._carte, 2)
        contenu = QWidget()
        contenu.setLayout(self._milieu)
        self._zone = Defilement(contenu)
        self._bas = Ligne(theme, ecart=16)
        self._colonne = Colonne(theme, ecart=12)
        self._colonne.addLayout(haut)
        self.corrige.hide()
        self._colonne.addWidget(self.corrige)
        self._colonne.addWidget(self.bloques)
        self._colonne.addWidget(self._zone, 1)
        self._colonne.addLayout(self._bas)
        self.setLayout(self._colonne)
        self.cadrer(self._colonne)

    def _monter_confirmation(self) -> Card:
        theme, carnet = self._contexte.theme, self._attribue.carnet
        carte = Card(theme)
        tete = Ligne(theme, ecart=16)
        tete.addWidget(Disque(theme, "ticket", "ok", 48, plein=True), 0, Qt.AlignmentFlag.AlignTop)
        mots = Colonne(theme, ecart=0)
        mots.addWidget(WrapLabel(f"Un carnet de\u00a0{carnet.taille}", "headline"))
        self._consigne = WrapLabel(textes.remettez(carnet), "small")
        mots.addWidget(self._consigne)
        tete.addLayout(mots, 1)
        carte.corps.addLayout(tete)
        self.bandeau.hide()
        carte.corps.addWidget(self.bandeau)
        self._formulaire = QWidget()
        etapes = Colonne(theme, ecart=16, marges=(0, 8, 0, 0))
        self._signer, confirmer = Colonne(theme, ecart=6), Colonne(theme, ecart=6)
        self._signer.addWidget(WrapLabel(textes.FAIRE_SIGNER, "strong"))
        self._signer.addWidget(WrapLabel(textes.FAIRE_SIGNER_DETAIL, "small"))
        confirmer.addWidget(WrapLabel(textes.CONFIRMER, "strong"))
        confirmer.addWidget(self.jour)
        for rang, etape in enumerate((self._signer, confirmer), 1):
            rangee = Ligne(theme, ecart=12)
            rangee.addWidget(Numero(theme, rang), 0, Qt.AlignmentFlag.AlignTop)
            rangee.addLayout(etape, 1)
            etapes.addLayout(rangee)
        self._formulaire.setLayout(etapes)
        carte.corps.addWidget(self._formulaire)
        carte.corps.addStretch(1)
        reassure = Ligne(theme, ecart=10)
        reassure.addWidget(Icone(theme, "shield-check", "ink2", 20))
        reassure.addWidget(WrapLabel(textes.RASSURANCE, "small"), 1)
        self._rassure = QWidget()
        self._rassure.setLayout(reassure)
        carte.corps.addWidget(self._rassure)
        self.recepisse = Btn(theme, textes.OFFRIR_RECEPISSE, icone_nom="printer")
        self.recepisse.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.recepisse.clicked.connect(self._demander_recepisse)
        self._signer.addWidget(self.recepisse)
        carte.corps.addWidget(self.suivante)
        self.bouton = Btn(theme, textes.REMIS, genre="primaire", icone_nom="check", touche="Ctrl+Entrée")
        self.bouton.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bouton.clicked.connect(self._agir)
        carte.corps.addWidget(self.bouton)
        return carte
