"""The start page: in this order one act, who is in progress, what to do, what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from math import ceil
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from passdesk.domain.visite import VisiteOuverte
from passdesk.services.conservation import rappel
from passdesk.services.courrier import ATTENTE
from passdesk.services.integrite import Verification, derniere_verification
from passdesk.services.lieu_du_jour import Endroit
from passdesk.services.litiges import AVerifier, a_verifier, compter_a_verifier
from passdesk.services.poste import EtatPoste, etat_poste
from passdesk.services.rappels import Compte, combien, recompter
from passdesk.services.sauvegarde import EtatSauvegardes, etat_sauvegardes
from passdesk.services.secours import feuille_attendue
from passdesk.services.stock import StockPot, stocks
from passdesk.services.visite import visites_ouvertes
from passdesk.ui.agents import PageFeuille
from passdesk.ui.apercu_sauvegarde import refus_de_sauvegarde
from passdesk.ui.aujourdhui.cartes import Attentes, CarteAFaire, CarteCampagne, CarteStock, LigneSecours
from passdesk.ui.aujourdhui.endroit import CarteEndroit
from passdesk.ui.aujourdhui.rangees import LigneSuite, RangeeVisite, jour_en_tete, rangees_en_vue
from passdesk.ui.bandeau_horloge import BandeauHorloge
from passdesk.ui.composants import (
    Banner,
    Btn,
    Card,
    Colonne,
    Defilement,
    EmptyState,
    Flexible,
    Ligne,
    Page,
    Titre,
    WrapLabel,
)
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.conservation import PageConservation
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import Message, message
from passdesk.ui.mots_cas import premier
from passdesk.ui.rappels import PageRappels

LARGEUR_DROITE = 344
"""Pixels at 100 %."""
SEUIL_ENTETE_EM = 26
"""Under this width the primary goes below the greeting."""
MONTREES_MIN = 3
"""Visits shown whatever there is to do."""
QWIDGETSIZE_MAX = 16777215
AILLEURS = "Changer d’endroit"
SAUVEGARDER = "Sauvegarder maintenant"
REPARER = "Voir et réparer"
SAUVEGARDE_EN_COURS = "Sauvegarde en cours…"
SAUVEGARDEE = "La sauvegarde est faite, relue et vérifiée."


class PageAujourdhui(Page):
    """What the desk is in the middle of; asks again each time it is shown and after each write."""

    aide = "aujourdhui"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__("aujourdhui", "Aujourd’hui")
        self._contexte = contexte
        theme = contexte.theme
        self._bonjour = Titre(theme, "Bonjour")
        self._sous_titre = WrapLabel("", "small")
        self._nouvelle = Btn(
            theme, "Nouvelle personne", genre="primaire", icone_nom="user-plus", touche="Ctrl+N", liee=False
        )
        self._nouvelle.clicked.connect(lambda: contexte.navigation.nouvelle_visite())
        self.endroit = CarteEndroit(contexte)
        self.endroit.choisi.connect(self._situer)
        self.endroit.rendu.connect(self._nouvelle.setFocus)
        self.ailleurs = Btn(theme, AILLEURS, genre="discret")
        self.ailleurs.clicked.connect(self.endroit.rouvrir)
        self.ailleurs.hide()
        self._ici: Endroit | None = None
        self._visites = Card(theme, "En cours", ecart=4)
        self._liste = Colonne(theme, ecart=0)
        self._rangees: list[RangeeVisite] = []
        self._lues: tuple[tuple[VisiteOuverte, ...], date] | None = None
        self._suite = LigneSuite(theme)
        self._suite.bouton.clicked.connect(self._deplier)
        self._depliee = self._a_reparer = False
        self._en_vue = rangees_en_vue(theme, 0)
        self._stock = CarteStock(theme)
        self._campagne = CarteCampagne(theme)
        self.a_faire = CarteAFaire(theme)
        self._etat: EtatPoste | None = None
        self._attentes = Attentes()
        self._refus: str | None = None
        self._en_ligne = False
        self._dit: object = None
        self._stock.carnets.connect(lambda: contexte.navigation.montrer_lieu("carnets"))
        self.a_faire.relie.connect(lambda: contexte.navigation.relier())
        self.a_faire.verifie.connect(lambda: contexte.navigation.montrer_lieu("a-verifier"))
        self.a_faire.envoie.connect(lambda: contexte.navigation.envoyer_maintenant())
        self.a_faire.efface.connect(lambda: contexte.navigation.ouvrir_page(PageConservation(contexte, self)))
        self.a_faire.appelle.connect(lambda: contexte.navigation.ouvrir_page(PageRappels(contexte, self)))
        self.secours = LigneSecours(theme)
        self.secours.faire.connect(self._faire_la_feuille)
        self._horloge = BandeauHorloge(contexte, self)
        self.remede = Btn(theme, SAUVEGARDER)
        self.remede.clicked.connect(self._remedier)
        self.garde = Banner(theme, "warn", "alert-triangle", "", "", self.remede)
        self.garde.hide()
        self.gardee = Banner(theme, "ok", "check", SAUVEGARDEE)
        self.gardee.hide()
        self._sauvegarde: Literal["", "demandee", "rendue"] = ""
        self._entete = Flexible(theme, ecart=12)
        self._colonnes = Flexible(theme, ecart=24)
        self._droite = QWidget()
        self._monter()
        contexte.changements.connect(self._changement)

    def arriver(self) -> None:
        """Asks again, and puts the focus on the one act unless it is in the page already."""
        self._depliee = False
        self._sauvegarde = ""
        self.gardee.hide()
        self.actualiser(compte=False)
        focus = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._nouvelle.setFocus()

    def actualiser(self, *, compte: bool = True) -> None:
        """Asks again for everything it shows. `compte`: whom to call is as it was counted last."""
        self.endroit.actualiser()
        self._horloge.actualiser()
        self._contexte.lancer(visites_ouvertes, apres=self._montrer_visites, ecran=self)
        self._contexte.lancer(compter_a_verifier, apres=partial(self._compter, "cas"), ecran=self)
        self._contexte.lancer(a_verifier, apres=self._nommer, ecran=self)
        self._contexte.lancer(rappel, apres=partial(self._compter, "fiches"), ecran=self)
        self._contexte.lancer(etat_poste, apres=self._montrer_poste, ecran=self)
        self._contexte.lancer(stocks, apres=self._montrer_stock, ecran=self)
        self._contexte.lancer(derniere_verification, apres=self._noter_verification, ecran=self)
        self._contexte.lancer(etat_sauvegardes, apres=self._montrer_garde, ecran=self)
        self._contexte.lancer(feuille_attendue, apres=self._montrer_secours, ecran=self)
        # Last: counted again at each coming, it reads every carnet in somebody's hands.
        self._contexte.lancer(combien if compte else recompter, apres=self._compter_appels, ecran=self)

    def noter_envoi(self, en_ligne: bool, refus: str | None) -> None:
        """How the last exchange went, and the code of what the Region did not accept, or of what stands before it."""
        self._en_ligne, self._refus = en_ligne, refus

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self._colonnes.empiler(etroite)
        self._nouvelle.montrer_touche(not etroite)
        self.garde.disposer(etroite)
        self._largeur_droite()
        self.endroit.disposer(etroite)
        self.a_faire.disposer(etroite)
        self._suite.disposer(etroite)
        for rangee in self._rangees:
            rangee.disposer(etroite)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._entete.empiler(self._contexte.theme.ems(self.width()) < SEUIL_ENTETE_EM)
        if self._en_vue != (en_vue := rangees_en_vue(self._contexte.theme, 0 if self.etroite else self.height())):
            self._en_vue = en_vue
            self._plier()

    def primaire(self) -> Btn | None:
        return self._nouvelle

    def regions(self) -> tuple[QWidget, ...]:
        return (self._nouvelle, *(r.bouton for r in (*self._rangees, *self.a_faire.rangees)[:1]))

    def _monter(self) -> None:
        theme = self._contexte.theme
        titres = Colonne(theme, ecart=0)
        titres.addWidget(self._bonjour)
        situe = Ligne(theme, ecart=12)
        # Beside the words that it changes, not at the other end of the line.
        situe.addWidget(self._sous_titre, 1000)
        situe.addWidget(self.ailleurs)
        situe.addStretch(1)
        titres.addLayout(situe)
        self._entete.addLayout(titres, 1)
        self._entete.addWidget(self._nouvelle, 0, Qt.AlignmentFlag.AlignTop)
        self._visites.corps.addLayout(self._liste)
        self._visites.corps.addWidget(self._suite)
        gauche = Colonne(theme, ecart=16)
        gauche.addWidget(self._visites)
        gauche.addWidget(self.a_faire)
        gauche.addStretch(1)
        droite = Colonne(theme, ecart=16)
        droite.addWidget(self._stock)
        droite.addWidget(self._campagne)
        droite.addWidget(self.secours)
        droite.addStretch(1)
        self._droite.setLayout(droite)
        self._colonnes.addLayout(gauche, 1)
        self._colonnes.addWidget(self._droite)
        corps = Colonne(theme, ecart=16)
        corps.addLayout(self._entete)
        corps.addWidget(self.endroit)
        corps.addWidget(self._horloge)
        corps.addWidget(self.garde)
        corps.addWidget(self.gardee)
        corps.addLayout(self._colonnes)
        corps.addStretch(1)
        self.cadrer(corps)
        contenu = QWidget()
        contenu.setLayout(corps)
        cadre = Colonne(theme)
        cadre.addWidget(Defilement(contenu))
        self.setLayout(cadre)
        theme.change.connect(self._largeur_droite)
        theme.change.connect(self._serrer)
        self._largeur_droite()

    def _largeur_droite(self) -> None:
        empilee = self._colonnes.direction() == QBoxLayout.Direction.TopToBottom
        largeur = self._contexte.theme.px(LARGEUR_DROITE)
        self._droite.setMinimumWidth(0 if empilee else largeur)
        self._droite.setMaximumWidth(QWIDGETSIZE_MAX if empilee else largeur)

    def _changement(self, genres: frozenset[str]) -> None:
        if "sauvegardes" in genres and self._sauvegarde:
            self._sauvegarde = "rendue"
        if self.isVisible() and genres - {"lieux"}:
            self.actualiser()

    def _montrer_poste(self, etat: EtatPoste) -> None:
        prenom = etat.nom_agent.split(" ")[0] if etat.nom_agent else ""
        self._bonjour.setText(f"Bonjour {prenom}".strip())
        self._etat = etat
        self._situer(self._ici)
        self._campagne.montrer(etat, self._contexte.horloge.aujourdhui())
        self._montrer_a_faire()

    def _situer(self, ici: Endroit | None) -> None:
        """The day, the desk, and where it is when it moves."""
        self._ici = ici
        self.ailleurs.setVisible(ici is not None)
        nom = self._etat.nom_poste if self._etat is not None else ""
        ou = f"à {ici.nom}" if ici is not None else ""
        faits = (jour_en_tete(self._contexte.horloge.aujourdhui()), ", ".join(fait for fait in (nom, ou) if fait))
        self._sous_titre.setText(" · ".join(fait for fait in faits if fait))
        self._serrer()

    def _serrer(self) -> None:
        large = self._contexte.theme.metrique("small").horizontalAdvance(self._sous_titre.text())
        self._sous_titre.setMaximumWidth(ceil(large) + 2)

    def _montrer_garde(self, etat: EtatSauvegardes) -> None:
        """What puts the records at risk, the nearest first: a disk nearly full, what a check found, no backup."""
        en_retard = bool(etat.jours_sans) and etat.place_basse is None and not self._a_reparer
        if etat.place_basse is not None:
            _dire(self.garde, message("place_basse", megaoctets=etat.place_basse))
        elif self._a_reparer:
            _dire(self.garde, message("verification_a_regarder"))
        elif en_retard and self._sauvegarde != "demandee":
            self._dire_retard(etat)
        avait_focus = self.remede.hasFocus()
        repare = self._a_reparer and etat.place_basse is None
        self.remede.set_texte(REPARER if repare else SAUVEGARDER)
        self.remede.set_icone("shield-check" if repare else "device-floppy")
        self.remede.setVisible(en_retard or repare)
        self.garde.setVisible(etat.place_basse is not None or self._a_reparer or en_retard)
        self.gardee.setVisible(self._sauvegarde == "rendue" and not self.garde.isVisibleTo(self))
        if avait_focus and not self.remede.isVisible():
            self._nouvelle.setFocus()
        self._plier()

    def _noter_verification(self, faite: Verification) -> None:
        """Told with what else puts the records at risk."""
        self._a_reparer = faite.remede != "rien"

    def _dire_retard(self, etat: EtatSauvegardes) -> None:
        """For how long; once one was asked for in vain, why."""
        code = (self._contexte.navigation.refus_de_sauvegarde() or etat.panne) if self._sauvegarde else ""
        _dire(self.garde, refus_de_sauvegarde(code) if code else message("sauvegarde_en_retard", jours=etat.jours_sans))

    def _remedier(self) -> None:
        """What the banner asks for: a look at what a check found, or a backup."""
        if self.remede.text() == REPARER:
            self._contexte.navigation.montrer_lieu("reglages").viser("sauvegardes", "")
        else:
            self._sauvegarder()

    def _sauvegarder(self) -> None:
        self._sauvegarde = "demandee"
        self.garde.set_textes(self.garde.quoi.text(), SAUVEGARDE_EN_COURS)
        self._contexte.navigation.sauvegarder()

    def _montrer_stock(self, pots: tuple[StockPot, ...]) -> None:
        self._stock.montrer(pots, self._etat is not None and self._etat.enrole)

    def _montrer_secours(self, attendue: bool) -> None:
        if self.secours.bouton.hasFocus() and not attendue:
            self._nouvelle.setFocus()
        self.secours.setVisible(attendue)

    def _faire_la_feuille(self) -> None:
        navigation = self._contexte.navigation
        page = PageFeuille(self._contexte, lambda: navigation.fermer_page(page, self))
        navigation.ouvrir_page(page)

    def _compter(self, quoi: str, nombre: int) -> None:
        compte: dict[str, Any] = {quoi: nombre}
        self._attentes = replace(self._attentes, **compte)

    def _compter_appels(self, compte: Compte) -> None:
        self._attentes = replace(self._attentes, appels=compte)
        self._montrer_a_faire()

    def _nommer(self, lu: AVerifier) -> None:
        self._attentes = replace(self._attentes, premier_cas=premier(lu))

    def _montrer_a_faire(self) -> None:
        """Made again only when it says something else: the focus may be on one of its buttons."""
        etat = self._etat
        if etat is None:
            return
        maintenant = self._contexte.horloge.maintenant()
        isole = etat.dernier_contact is not None and maintenant - etat.dernier_contact >= ATTENTE
        dit = (etat.enrole, etat.actes_a_envoyer, self._attentes, self._refus, self._en_ligne, isole)
        if dit != self._dit:
            self._dit = dit
            avait_focus = any(rangee.bouton.hasFocus() for rangee in self.a_faire.rangees)
            self.a_faire.montrer(etat, self._attentes, self._refus, self._en_ligne, isole=isole)
            self._plier()
            if avait_focus:
                next((rangee.bouton for rangee in self.a_faire.rangees), self._nouvelle).setFocus()
            if not self._rangees:
                self._vide()

    def _vide(self) -> None:
        """Nobody is in progress; "nothing to do" is said only when it is true of the other card too."""
        vider(self._liste)
        phrase = "Aucune visite en cours." if self.a_faire.rangees else "Rien à faire pour l’instant."
        self._liste.addWidget(EmptyState(self._contexte.theme, "circle-check", phrase))

    def _montrer_visites(self, visites: tuple[VisiteOuverte, ...]) -> None:
        """Made again only when they are others: the page is asked for at each write."""
        lues = (visites, self._contexte.horloge.aujourdhui())
        if lues == self._lues:
            self._plier()
            return
        self._lues = lues
        avait_focus = any(r.bouton.hasFocus() for r in self._rangees) or self._suite.bouton.hasFocus()
        vider(self._liste)
        self._rangees = []
        self._visites.note.setText(f"{len(visites)} visite{'s' if len(visites) > 1 else ''}" if visites else "")
        if not visites:
            self._vide()
        self._plier()
        if avait_focus and self._rangees:
            self._rangees[0].bouton.setFocus()

    def _plier(self) -> None:
        """The list gives way to what is to be done: the first visits, then how many others there are."""
        visites, jour = self._lues or ((), self._contexte.horloge.aujourdhui())
        bandeaux = sum(bandeau.isVisibleTo(self) for bandeau in (self._horloge, self.garde, self.gardee))
        place = max(MONTREES_MIN, self._en_vue - len(self.a_faire.rangees) - bandeaux)
        montrees = len(visites) if self._depliee else place
        for visite in visites[len(self._rangees) : montrees]:
            self._ajouter(RangeeVisite(self._contexte.theme, visite, jour))
        for rang, rangee in enumerate(self._rangees):
            rangee.setVisible(rang < montrees)
        self._suite.montrer(len(visites) - montrees)

    def _ajouter(self, rangee: RangeeVisite) -> None:
        rangee.separer(bool(self._rangees))
        rangee.ouverte.connect(self._contexte.navigation.reprendre)
        rangee.disposer(self.etroite)
        self._liste.addWidget(rangee)
        self._rangees.append(rangee)

    def _deplier(self) -> None:
        """All of them, with the keyboard on the first that was not seen."""
        montrees = sum(not rangee.isHidden() for rangee in self._rangees)
        self._depliee = True
        self._plier()
        if montrees < len(self._rangees):
            self._rangees[montrees].bouton.setFocus(Qt.FocusReason.OtherFocusReason)


def _dire(bandeau: Banner, phrases: Message) -> None:
    bandeau.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}")
