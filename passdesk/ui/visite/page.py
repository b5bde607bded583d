"""The visit: one page, three sections, and the right that follows each answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from passdesk.domain.carnet import Carnet
from passdesk.domain.erreurs import KnownError
from passdesk.domain.visite import Brouillon, CarnetAttribue, VisiteOuverte
from passdesk.services.consultations import regarder
from passdesk.services.decision import derniere_decision
from passdesk.services.visite import ETAPES, attribuer, garder
from passdesk.ui.aujourdhui.rangees import moment
from passdesk.ui.composants import Banner, Btn, Colonne, Defilement, Ligne, Page, Titre, annoncer, aussi_haute, lier
from passdesk.ui.contexte import Contexte
from passdesk.ui.decision.sortie import SortieLettre
from passdesk.ui.impression.page import PageImpression
from passdesk.ui.messages import message
from passdesk.ui.visite import textes
from passdesk.ui.visite.deja_recu import CarteDejaRecu
from passdesk.ui.visite.demande import SectionDemande
from passdesk.ui.visite.derogation import SectionDerogation
from passdesk.ui.visite.droit import carnet_servi, en_derogation, presenter_droit
from passdesk.ui.visite.enregistre import MarqueEnregistre, figer
from passdesk.ui.visite.justificatifs import SectionJustificatifs
from passdesk.ui.visite.marche_arriere import MarcheArriere
from passdesk.ui.visite.modele import VisiteEnCours
from passdesk.ui.visite.panneau import LARGEUR, BarreDroit, CarteRaisons, PanneauDroit
from passdesk.ui.visite.personne import SectionPersonne
from passdesk.ui.visite.reponse import Action, Droit
from passdesk.ui.visite.resume import ResumeVisite

EMS_AVEC_PANNEAU = 59
"""Width of the page, in ems, under which the right goes to the bottom bar."""


class PageVisite(Page):
    """Built from a draft, new or taken up again. Everything typed is saved; one filled button does the next step."""

    aide = "visite"

    def __init__(self, contexte: Contexte, brouillon: Brouillon) -> None:
        super().__init__(f"visite-{brouillon.brouillon_id}", brouillon.titre or textes.SANS_NOM, visite=True)
        self._contexte = contexte
        self.en_cours = VisiteEnCours(contexte, brouillon, self)
        self.personne = SectionPersonne(contexte, self.en_cours)
        self.demande = SectionDemande(contexte, self.en_cours)
        self.justificatifs = SectionJustificatifs(contexte, self.en_cours)
        self.derogation = SectionDerogation(contexte, self.en_cours)
        self.deja_recu = CarteDejaRecu(contexte.theme)
        self.panneau = PanneauDroit(contexte.theme)
        self.barre = BarreDroit(contexte.theme)
        self.raisons = CarteRaisons(contexte.theme)
        self.bandeau = Banner(contexte.theme, "warn", "alert-circle", "")
        self.lettre = SortieLettre(contexte, self)
        self.lettre.panne.connect(self._en_panne)
        self.lettre.sortie.connect(self._papier_sorti)
        self.resume = ResumeVisite(contexte, self, self.en_cours, self.demande)
        self.resume.panne.connect(self._en_panne)
        self._papier_attendu = self._occupee = self._en_barre = False
        self._servi: Carnet | None = None
        self.droit: Droit | None = None
        self._premiere_fois, self._repris = True, brouillon
        self._depart: QWidget | None = None
        self._monter()
        self._brancher()
        if brouillon.titre and self.personne.repliable:
            self.personne.replier(True)
        self.disposer(self.etroite)
        self.en_cours.commencer()

    @property
    def a_rouvrir(self) -> str | tuple[int, int] | None:
        return None if self.en_cours.fermee else self.en_cours.brouillon.brouillon_id

    def arriver(self) -> None:
        """First time: the focus goes to the first answer missing, what the first reading asks included."""
        if self._premiere_fois:
            self._premiere_fois = False
            replie = self.personne.repliable
            champ = self.demande.champ("public") if replie else self.personne.champ("nom_naissance")
            if champ is not None:
                champ.setFocus(Qt.FocusReason.OtherFocusReason)
            self._depart = self.focusWidget()
            if self.droit is not None:
                self._aller_au_manque(self.droit)
        else:
            self.en_cours.commencer()

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.attendre.montrer_touche(not etroite)
        self._montrer_enregistre()
        self._amenager()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._amenager()

    def primaire(self) -> Btn | None:
        return self.barre.bouton if self._en_barre else self.panneau.bouton

    def regions(self) -> tuple[QWidget, ...]:
        return (self._formulaire, self.barre if self._en_barre else self.panneau)

    def concerne(self, personnes_id: frozenset[str]) -> bool:
        return self.en_cours.brouillon.personne_id in personnes_id

    def quitter(self) -> None:
        self.en_cours.fermer()

    def verrouiller(self) -> None:
        self.en_cours.mettre_a_l_abri()

    def deverrouiller(self, *, autre_agent: bool) -> None:
        """Who takes over looks at this person's file: it is noted."""
        if autre_agent:
            self._contexte.lancer(regarder, self.en_cours.brouillon)
        self.en_cours.commencer()

    def agir(self, action: Action) -> None:
        """What the filled button does; nothing is recorded before what is typed is saved, and judged as shown."""
        actes: dict[str, Callable[[], object]] = {
            "aller": lambda: self._aller(action.champ),
            "attendre": self._quitter_la_visite,
            "terminer": self._quitter_la_visite,
            "abandonner": self._abandonner,
            "deroger": self.derogation.ouvrir,
            "accorder_derogation": self.derogation.accorder,
            "servir": lambda: self.en_cours.ensuite(lambda: self._servir(action.carnet)),
            "imprimer": lambda: self.lettre.montrer_demande(self._demande_id()),
            "expliquer": lambda: self._contexte.lancer(
                derniere_decision, self._demande_id(), apres=self._expliquer, sur_panne=self._en_panne, ecran=self
            ),
        }
        if (acte := actes.get(action.cle)) is not None:
            acte()
        elif not self._occupee:
            vu, apres = self.droit, self.en_cours.ensuite
            self.justificatifs.scans.ensuite(lambda: apres(lambda: self._conclure(vu, action)))

    def _servir(self, carnet: Carnet | None) -> None:
        """Goes on with the carnet that waits; this visit stays open until the person has it."""
        if carnet is not None and carnet.etat in ETAPES:
            self._servi = carnet
            maintenant = self._contexte.horloge.maintenant()
            nom = self.en_cours.brouillon.titre
            self._contexte.navigation.reprendre(VisiteOuverte(ETAPES[carnet.etat], nom, None, carnet, maintenant))

    def _abandonner(self) -> None:
        self.en_cours.abandonner(lambda: self._contexte.navigation.fermer_page(self))
        self._contexte.signaler("visites")

    def _demande_id(self) -> str:
        """The request of this visit, once an answer is recorded."""
        brouillon = self.en_cours.brouillon
        return brouillon.demande_id or brouillon.brouillon_id

    def _expliquer(self, decision_id: str) -> None:
        self._contexte.navigation.expliquer(decision_id, self)

    def _conclure(self, vu: Droit | None, voulue: Action) -> None:
        """Acts only on what the agent saw: when the last answer changed the right, it is shown and nothing is done."""
        if self._occupee or vu is None or self.droit is None:
            return
        if (self.droit.titre, self.droit.action.cle) != (vu.titre, vu.action.cle):
            return
        self._occuper(True)
        brouillon = self.en_cours.brouillon
        if voulue.cle in ("attribuer", "attribuer_seul"):
            apres = partial(self._attribue, voulue.cle == "attribuer")
            self._contexte.lancer(attribuer, brouillon, apres=apres, sur_panne=self._en_panne, ecran=self)
        else:
            imprimer = voulue.cle in ("garder", "noter")
            apres_garde = partial(self._garde, brouillon, imprimer)
            self._contexte.lancer(garder, brouillon, apres=apres_garde, sur_panne=self._en_panne, ecran=self)

    def _attribue(self, lancer: bool, attribue: CarnetAttribue) -> None:
        self.en_cours.abandonner_saisie()
        self._contexte.signaler("visites", "carnets", "personnes", "stock", "envoi")
        self._contexte.navigation.ouvrir_page(PageImpression(self._contexte, attribue, lancer=lancer), self)

    def _garde(self, envoye: Brouillon, imprimer: bool, brouillon: Brouillon | None) -> None:
        """The answer is on disk; only then is its paper made, and nothing that befalls the paper changes it."""
        self._occuper(False)
        self._contexte.signaler("visites", "personnes", "envoi")
        if brouillon is None:
            # The answer is recorded and the draft is gone: typing here again would make a second one.
            self.en_cours.abandonner_saisie()
            figer(self.personne, self.demande, self.justificatifs, self.derogation)
            self.en_cours.gardee = True
        else:
            self.en_cours.garder(envoye, brouillon)
        self._papier_attendu = imprimer
        self.en_cours.repondu()
        self._montrer_droit()
        bouton = self.primaire()
        if bouton is not None:
            bouton.setFocus(Qt.FocusReason.OtherFocusReason)
        if imprimer:
            self.lettre.montrer_demande(self._demande_id())

    def _papier_sorti(self) -> None:
        self._papier_attendu = False
        self._montrer_droit()

    def _en_panne(self, trouble: KnownError) -> None:
        self._occuper(False)
        phrases = message(trouble.code, **trouble.faits)
        self.bandeau.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.bandeau.show()
        self._formulaire.ensureWidgetVisible(self.bandeau)
        if trouble.code in ("decision_changee", "dossier_inacheve"):
            self.en_cours.commencer()

    def _occuper(self, oui: bool) -> None:
        # The buttons are not greyed: the keyboard would leave them, and the page follow it.
        self._occupee = oui

    def _aller(self, champ: str) -> None:
        for section in (self.personne, self.demande, self.justificatifs):
            cible = section.champ(champ)
            if cible is not None:
                cible.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self._formulaire.ensureWidgetVisible(cible, 24, 24)
                return

    def _apres_reponse(self) -> None:
        """The question answered is gone: the next one, or the situation."""
        cible = self.personne.champ("homonyme") or self.demande.champ("public")
        if cible is not None:
            cible.setFocus(Qt.FocusReason.OtherFocusReason)

    def _quitter_la_visite(self) -> None:
        """Ctrl+M: put aside, or ended once its answer is recorded (guide §5)."""
        if self.en_cours.gardee:
            self._contexte.navigation.fermer_page(self)
        else:
            self.en_cours.ensuite(self._contexte.navigation.mettre_en_attente)

    def _brancher(self) -> None:
        self.panneau.demande.connect(self.agir)
        self.barre.demande.connect(self.agir)
        self.raisons.demande.connect(self.agir)
        self.deja_recu.fiche.connect(self._voir_fiche)
        self.barre.lire.connect(self._lire_raisons)
        self.derogation.a_voir.connect(self._voir_derogation, Qt.ConnectionType.QueuedConnection)
        self.derogation.refermee.connect(self._apres_derogation)
        self.derogation.ouverte.connect(self._montrer_droit)
        self.personne.ressemblance.repondue.connect(self._apres_reponse)
        self.demande.effacee.connect(self._abandonner)
        self.attendre.clicked.connect(self._quitter_la_visite)
        self.en_cours.apprecie.connect(self._montrer_droit)
        self.en_cours.enregistre.connect(self._montrer_enregistre)
        self.en_cours.en_attente.connect(self._modifiee)
        self.en_cours.panne.connect(self._en_panne)
        self._contexte.theme.change.connect(self._amenager)
        self._contexte.changements.connect(self._changement)
        self._arriere = MarcheArriere(self, self.en_cours, self._marque, self._aller, lambda: self._occupee)

    def _changement(self, genres: frozenset[str]) -> None:
        """A sending may have brought lots, or what other desks gave: the right is asked again."""
        if genres & {"stock", "carnets"} and (self.isVisible() or self._servi) and not self._occupee:
            self.en_cours.commencer()
        elif "personnes" in genres and not self._occupee:
            self.en_cours.relire()

    def _modifiee(self) -> None:
        self._marque.dire()
        self.bandeau.hide()
        titre = self.en_cours.brouillon.titre or textes.SANS_NOM
        self._nom.setText(titre)
        self.set_titre(titre)

    def _montrer_enregistre(self) -> None:
        quand = self.en_cours.enregistre_a
        if quand is not None and self.en_cours.est_enregistre:
            dit = f"Enregistré {moment(quand, self._contexte.horloge.aujourdhui())}"
            self._marque.dire("Enregistré" if self.etroite else dit)

    def _montrer_droit(self) -> None:
        apercu, brouillon = self.en_cours.apercu, self.en_cours.brouillon
        if apercu is None:
            return
        if self._servi is not None and carnet_servi(apercu, self._servi) and not brouillon.demande_id:
            # Handed over from here: nothing is left of this visit, and as a draft it would stay for ever.
            self._abandonner()
            return
        aujourdhui = self._contexte.horloge.aujourdhui()
        droit = presenter_droit(brouillon, apercu, self.en_cours.faits(apercu, papier_attendu=self._papier_attendu))
        if self.derogation.demandee:
            droit = en_derogation(droit)
        premiere = self.droit is None
        neuf = self.droit is not None and (droit.titre, droit.sens) != (self.droit.titre, self.droit.sens)
        self.droit = droit
        if droit.etat in ("refus", "servir"):
            self.deja_recu.montrer(apercu, aujourdhui, connue=brouillon.personne_id is not None)
        else:
            self.deja_recu.hide()
        # Not beside a filled button that does it, or ends the visit.
        self.attendre.setVisible(droit.action.cle not in ("attendre", "terminer"))
        self.attendre.set_texte(textes.TERMINER if self.en_cours.gardee else textes.METTRE_EN_ATTENTE)
        self.attendre.set_icone("check" if self.en_cours.gardee else "clock")
        self._montrer_aux_vues(droit)
        if premiere:
            self._aller_au_manque(droit)
        if neuf:
            annoncer(self, f"{droit.titre}. {droit.sens}")

    def _montrer_aux_vues(self, droit: Droit) -> None:
        """To the panel, or to the bar and the card of the narrow form: what is not shown waits for its turn."""
        for vue in (self.barre, self.raisons) if self._en_barre else (self.panneau,):
            vue.montrer(droit)

    def _aller_au_manque(self, droit: Droit) -> None:
        """What the first reading asks; never from under somebody's fingers."""
        champ = "justificatifs" if droit.etat == "incomplet" else droit.action.champ
        if champ and self.en_cours.brouillon == self._repris and self.focusWidget() is self._depart is not None:
            self._aller(champ)

    def _voir_fiche(self) -> None:
        """The visit stays open; what is typed is saved."""
        brouillon, navigation = self.en_cours.brouillon, self._contexte.navigation
        navigation.montrer_lieu("personnes").viser(brouillon.personne_id, brouillon.titre)

    def _voir_derogation(self) -> None:
        """The whole section where it fits, what has the keyboard in any case; once it is laid out."""
        self._formulaire.ensureWidgetVisible(self.derogation, 24, 24)
        focus = self.focusWidget()
        if focus is not None and self.derogation.isAncestorOf(focus):
            self._formulaire.ensureWidgetVisible(focus, 24, 24)

    def _apres_derogation(self) -> None:
        """Back to the act that opened the section."""
        self._montrer_droit()
        boutons = (self.raisons if self._en_barre else self.panneau).discretes.boutons
        if boutons:
            boutons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lire_raisons(self) -> None:
        self.raisons.setFocus(Qt.FocusReason.OtherFocusReason)
        self._formulaire.verticalScrollBar().setValue(self.raisons.y())

    def _monter(self) -> None:
        theme = self._contexte.theme
        self._nom = Titre(theme, self.titre, un_nom=True)
        self._marque = MarqueEnregistre(theme)
        self.attendre = Btn(theme, textes.METTRE_EN_ATTENTE, icone_nom="clock", touche="Ctrl+M", liee=False)
        lier("Ctrl+M", self, self._quitter_la_visite)
        haut = Ligne(theme, ecart=20)
        haut.addWidget(self._nom, 1)
        haut.addWidget(self._marque)
        haut.addWidget(self.attendre)
        # The row keeps its height while the filled button is the one that puts aside: nothing jumps.
        aussi_haute(theme, haut, self.attendre)
        self._contenu = QWidget()
        sections = Colonne(theme, ecart=8)
        self.bandeau.hide()
        questions = (self.bandeau, self.personne, self.demande, self.justificatifs)
        for section in (*questions, self.deja_recu, self.derogation, self.raisons):
            sections.addWidget(section)
        sections.addStretch(1)
        self._contenu.setLayout(sections)
        self._formulaire: QScrollArea = Defilement(self._contenu)
        self._formulaire.setAccessibleName("Formulaire")
        barre = self._formulaire.verticalScrollBar()
        barre.rangeChanged.connect(lambda _, bas: sections.set_marges(0, 0, 8 if bas else 0, 0))
        milieu = Ligne(theme, ecart=24)
        milieu.addWidget(self._formulaire, 1)
        milieu.addWidget(self.panneau)
        self._corps = Colonne(theme, ecart=12)
        self._corps.addLayout(haut)
        self._corps.addLayout(milieu, 1)
        self._corps.addWidget(self.barre)
        self.setLayout(self._corps)
        self.cadrer(self._corps)
        for cadre in (self.panneau, self.barre):
            cadre.setFrameShape(QFrame.Shape.NoFrame)

    def _amenager(self) -> None:
        """Panel or bar, then each section within what is left, a scroll bar included."""
        theme, avant = self._contexte.theme, self._en_barre
        self._en_barre = self.etroite or theme.ems(self.width()) < EMS_AVEC_PANNEAU
        if self._en_barre is not avant and self.droit is not None:
            self._montrer_aux_vues(self.droit)
        self.panneau.setVisible(not self._en_barre)
        self.barre.setVisible(self._en_barre)
        self.raisons.setVisible(self._en_barre)
        marges = self._corps.contentsMargins()
        reste = self.width() - marges.left() - marges.right() - theme.px(12) - theme.sp(8)
        if not self._en_barre:
            reste -= theme.px(LARGEUR) + theme.sp(24)
        for section in (self.personne, self.demande, self.justificatifs):
            section.amenager(reste - 2 * theme.sp(24) - 2 * theme.jetons.cadre)
