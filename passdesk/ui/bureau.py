"""The opened desk: navigation, pages one at a time, sync strip."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from passdesk.domain.personne import Personne
from passdesk.domain.visite import Brouillon, VisiteOuverte
from passdesk.services.litiges import compter_a_verifier
from passdesk.services.poste import EtatPoste, etat_poste
from passdesk.services.visite import carnet_attribue, ouvrir_visite, reprendre
from passdesk.ui.a_verifier import PageAVerifier
from passdesk.ui.agents import PageFeuille
from passdesk.ui.aujourdhui import PageAujourdhui
from passdesk.ui.bandeau import Bandeau
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.composants import Page, lier
from passdesk.ui.contexte import GENRES, Contexte, Remplacement
from passdesk.ui.cycle import CycleEnvoi
from passdesk.ui.decision.page import PageDecision
from passdesk.ui.droits import PageDroits
from passdesk.ui.enrolement import PageEnrolement
from passdesk.ui.fabrique import Fabrique, SecondeMain
from passdesk.ui.gardien import Gardien
from passdesk.ui.lieux import PageLieux
from passdesk.ui.marche import Marche
from passdesk.ui.navigation import LIEUX, Navigation
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.rattrapage import Rattrapage
from passdesk.ui.regions import aller_a_la_suivante
from passdesk.ui.reglages import PageReglages
from passdesk.ui.reouverture import Reouverture
from passdesk.ui.suivi_envoi import SuiviEnvoi
from passdesk.ui.verifier import PageVerifier

PAGES: Mapping[str, Callable[[Contexte], Page]] = {
    "personnes": PagePersonnes,
    "carnets": PageCarnets,
    "a-verifier": PageAVerifier,
    "reglages": PageReglages,
    "lieux": PageLieux,
}
"""The places, built the first time they are shown, and *Lieux*, which *Réglages* opens; *Aujourd'hui* is always there.
"""


class Bureau(QWidget):
    """Implements `contexte.Navigation` for the pages. `verrouillage` fires when the agent locks the desk.

    `remplacement`: the desk is to be closed, and its base replaced as this says.
    """

    verrouillage = Signal()
    remplacement = Signal(object)
    delai = Signal(int)
    """Minutes before the window locks by itself, as the desk says."""
    aide = property(lambda self: self.page.place_aide())
    """The page of the manual for the page in front."""

    def __init__(
        self, contexte: Contexte, cycle: CycleEnvoi, fabrique: Fabrique, agent: str, second: SecondeMain
    ) -> None:
        super().__init__()
        self._contexte, self._cycle, self._fabrique, self._liaison = contexte, cycle, fabrique, second
        self.gardien = Gardien(self, contexte.taches, second.sauvegarder, second.verifier, second.assez)
        self.gardien.fini.connect(lambda: contexte.signaler("sauvegardes"))
        self._etroite: bool | None = None
        self._sobre = False
        self._etat: EtatPoste | None = None
        self._pages: list[Page] = []
        self._marche = Marche(contexte, self)
        self.navigation = Navigation(contexte.theme, agent)
        self.pile = QStackedWidget()
        self.bandeau = Bandeau(contexte.theme)
        self._suivi = SuiviEnvoi(self.bandeau, cycle, contexte.horloge)
        self._monter()
        self._lier_touches()
        contexte.brancher(self)
        contexte.changements.connect(self._changement)
        self._rattrapage = Rattrapage(contexte, self)
        cycle.fini.connect(self._apres_envoi)
        contexte.theme.change.connect(self._disposer)
        self._accueil = PageAujourdhui(contexte)
        self._ajouter(self._accueil)
        self._reouverture = Reouverture(contexte, fabrique, self, self._accueil)
        # Narrow until its width is known: at large text the wide form asks for more height than a small screen has.
        self._disposer()

    def commencer(self, *, sobre: bool = False) -> None:
        """Shows *Aujourd'hui*, once in its window (for the focus). `sobre`: sends, backs up only when asked."""
        self._sobre = sobre
        self._montrer(self._accueil)
        self._demander_etat()
        if not sobre:
            self._reouverture.rouvrir()
            self.gardien.demarrer()

    @property
    def page(self) -> Page:
        """The page in front."""
        page = self.pile.currentWidget()
        if not isinstance(page, Page):
            raise RuntimeError("no page")
        return page

    @property
    def visites(self) -> tuple[Page, ...]:
        """The open visits, in the order in which they were opened."""
        return tuple(page for page in self._pages if page.visite)

    def ouvrir_page(self, page: Page, remplace: Page | None = None) -> None:
        """Shows the page; closes `remplace`. A page with the same `cle` that is open already is shown instead."""
        deja = next((p for p in self._pages if p.cle == page.cle and p is not remplace), None)
        if deja is not None:
            page.deleteLater()
        else:
            self._ajouter(page)
        self._montrer(deja or page)
        if remplace is not None and remplace in self._pages:
            self._retirer(remplace)

    def fermer_page(self, page: Page, vers: Page | None = None) -> None:
        """Takes the page away and goes back to *Aujourd'hui*, or to the page it was opened from."""
        if page in self._pages and page is not self._accueil:
            if page is self.page:
                self._montrer(vers if vers in self._pages else self._accueil)
            self._retirer(page)

    def mettre_en_attente(self) -> None:
        """Goes to *Aujourd'hui*; the page stays among the open visits."""
        self._montrer(self._accueil)

    def reprendre(self, visite: VisiteOuverte) -> None:
        """Opens the page of a draft, or of a carnet to print, to confirm or to hand over."""
        contexte = self._contexte
        if visite.carnet is None:
            contexte.lancer(reprendre, visite.brouillon_id, apres=self._ouvrir_brouillon, ecran=self)
            return
        carnet = visite.carnet
        contexte.lancer(
            carnet_attribue,
            carnet.campagne,
            carnet.numero,
            apres=lambda attribue: self.ouvrir_page(self._fabrique.page_papier(contexte, attribue, visite.etape)),
            ecran=self,
        )

    def nouvelle_visite(self, personne_id: str | None = None, nom: str = "") -> None:
        """Starts a visit (with a person already recorded, or nobody yet; `nom`: the name already searched)."""
        apres = partial(self._ouvrir_nomme, nom) if nom else self._ouvrir_brouillon
        self._contexte.lancer(ouvrir_visite, personne_id, apres=apres, ecran=self)

    def expliquer(self, decision_id: str, retour: Page) -> None:
        """Opens *Expliquer cette décision*; `Échap` there comes back to `retour`."""
        self.ouvrir_page(PageDecision(self._contexte, decision_id, retour))

    def droits(self, personne: Personne, retour: Page) -> None:
        """Opens *Droits de la personne*; `Échap` there comes back to `retour`."""
        self.ouvrir_page(PageDroits(self._contexte, personne, retour))

    def verifier(self, texte: str, retour: Page) -> None:
        """Opens *Vérifier un pass*, with its sitting when it is open already; checks `texte` at once."""
        page = next((page for page in self._pages if isinstance(page, PageVerifier)), None)
        if page is None:
            page = PageVerifier(self._contexte)
            self._ajouter(page)
        self._montrer(page)
        page.venir_de(retour, texte)

    def oublier_personnes(self, personnes_id: frozenset[str]) -> None:
        """Closes every page about one of these persons, and empties the search: they are erased."""
        for page in [page for page in self._pages if page.concerne(personnes_id)]:
            self.fermer_page(page)
        self._marche.oublier(personnes_id)
        for page in self._pages:
            if page.cle == "personnes":
                page.viser("", "")

    def montrer_lieu(self, cle: str) -> Page:
        """Goes to a place (a key of `navigation.LIEUX`), built the first time."""
        page = self.page_ouverte(cle)
        if page is None:
            raise KeyError(cle)
        self._montrer(page)
        return page

    def page_ouverte(self, cle: str) -> Page | None:
        """The page with this key: a place, built the first time, or one that is open; None once it is gone."""
        page = next((page for page in self._pages if page.cle == cle), None)
        if page is None and cle in PAGES:
            page = PAGES[cle](self._contexte)
            self._ajouter(page)
        return page

    def chercher(self) -> None:
        """Ctrl+K: the search of *Personnes*, from anywhere."""
        self.montrer_lieu("personnes")

    def relier(self) -> None:
        """Opens the page that links this desk to the Region."""
        self.ouvrir_page(PageEnrolement(self._contexte, self._liaison))

    def verrouiller(self) -> None:
        """Asks for the desk to be locked."""
        self.verrouillage.emit()

    def installer(self) -> None:
        """The rest of the first start: the recovery sheet, then the link to the Region; both may wait."""
        page = PageFeuille(self._contexte, lambda: self._relier_ensuite(page), installation=True)
        self.ouvrir_page(page)

    def _relier_ensuite(self, page: Page) -> None:
        self.ouvrir_page(PageEnrolement(self._contexte, self._liaison, installation=True), remplace=page)

    def sauvegarder(self) -> None:
        """A backup now."""
        self.gardien.demander(en_tout_cas=True)

    def verifier_donnees(self, *, arreter: bool = False) -> None:
        """A check now, or the one under way given up."""
        (self.gardien.interrompre if arreter else self.gardien.verifier)()

    def remplacer(self, voulu: Remplacement) -> None:
        """Asks for the desk to be closed and its base replaced."""
        self.remplacement.emit(voulu)

    def refus_de_sauvegarde(self) -> str:
        """The code of what prevented the last one."""
        return self.gardien.refus

    def envoyer(self) -> None:
        """Asks for a sending cycle soon (after each hand-over)."""
        if self._etat is not None and self._etat.enrole:
            self._cycle.demander_bientot()

    def envoyer_maintenant(self) -> None:
        """F5: a sending cycle now."""
        if self._etat is not None and self._etat.enrole:
            self._cycle.demander()

    def quitter(self) -> None:
        """Lets every page save what is not saved yet; no backup starts any more."""
        self.gardien.arreter()
        self._reouverture.retenir()
        self._chacune(lambda page: page.quitter())

    def verrouiller_les_pages(self) -> None:
        """What is typed is saved, and stays; nothing starts by itself any more."""
        self.gardien.arreter()
        self._cycle.arreter()
        self._reouverture.retenir()
        self._chacune(lambda page: page.verrouiller())

    def _chacune(self, geste: Callable[[Page], None]) -> None:
        """For every page, also when one of them has a bug: what is typed in the others is saved."""
        with ExitStack() as pile:
            for page in reversed(self._pages):
                pile.callback(geste, page)

    def deverrouiller(self, agent: str, *, autre_agent: bool) -> None:
        """Everything is as it was; another agent does not find what was asked of the first one alone."""
        self.navigation.montrer_agent(agent)
        for page in [page for page in self._pages if autre_agent and page.d_un_agent]:
            self.fermer_page(page)
        if autre_agent:
            self._marche.recommencer()
        for page in self._pages:
            page.deverrouiller(autre_agent=autre_agent)
        if not self._sobre:
            self.gardien.demarrer()
            if self._etat is not None and self._etat.enrole:
                self._cycle.demarrer()
        self._contexte.signaler(*GENRES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._disposer()

    def _ouvrir_brouillon(self, brouillon: Brouillon | None) -> None:
        if brouillon is None:
            self._accueil.arriver()
        else:
            self.ouvrir_page(self._fabrique.page_visite(self._contexte, brouillon))

    def _ouvrir_nomme(self, nom: str, brouillon: Brouillon) -> None:
        self._ouvrir_brouillon(replace(brouillon, nom_naissance=nom))

    def _ajouter(self, page: Page) -> None:
        self._pages.append(page)
        page.detail_ouvert.connect(partial(self._marche.preciser, page))
        page.disposer(bool(self._etroite))  # before the window makes room for it
        self.pile.addWidget(page)

    def _retirer(self, page: Page) -> None:
        page.quitter()
        self._contexte.taches.oublier(page)
        self._pages.remove(page)
        self.pile.removeWidget(page)
        page.deleteLater()
        self.navigation.montrer_pages(self.visites, self.page)

    def _montrer(self, page: Page) -> None:
        self._marche.aller(page)
        self.mettre_devant(page)

    def garder_ouverte(self, page: Page) -> None:
        """Takes a page among those that are open, unless it is already; it stays behind."""
        if any(deja.cle == page.cle for deja in self._pages):
            page.deleteLater()
            return
        self._ajouter(page)
        self.navigation.montrer_pages(self.visites, self.page)

    def aller_a(self, page: Page) -> None:
        """Brings a page that is open to the front."""
        self._montrer(page)

    def mettre_devant(self, page: Page) -> None:
        """Shows a page that is open; nothing is noted of where one was."""
        self.pile.setCurrentWidget(page)
        self.navigation.montrer_pages(self.visites, page)
        page.arriver()

    def _monter(self) -> None:
        milieu = QHBoxLayout()
        milieu.setSpacing(0)
        milieu.addWidget(self.navigation)
        milieu.addWidget(self.pile, 1)
        colonne = QVBoxLayout()
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(0)
        colonne.addLayout(milieu, 1)
        colonne.addWidget(self.bandeau)
        self.setLayout(colonne)
        self.navigation.recherche.connect(self.chercher)
        self.navigation.lieu.connect(self.montrer_lieu)
        self.navigation.verrouiller.connect(self.verrouillage)
        self.navigation.page_demandee.connect(self._montrer)
        self.bandeau.envoyer.connect(self.envoyer_maintenant)

    def _lier_touches(self) -> None:
        lier("Ctrl+N", self, lambda: self.nouvelle_visite(None, self.page.nom_a_inscrire()))
        lier("Ctrl+K", self, self.chercher)
        for cle, _, _, touche in LIEUX:
            lier(touche, self, partial(self.montrer_lieu, cle))
        lier("Ctrl+L", self, self.verrouillage.emit)
        lier("F5", self, self.envoyer_maintenant)
        for touche, pas in (("Alt+Left", -1), ("Alt+Right", 1)):
            lier(touche, self, partial(self._marche.marcher, pas))
        lier("F6", self, lambda: self.region_suivante(1))
        lier("Maj+F6", self, lambda: self.region_suivante(-1))
        for sequence, pas in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            raccourci = QShortcut(QKeySequence(sequence), self)
            raccourci.activated.connect(lambda p=pas: self._visite_suivante(p))

    def region_suivante(self, pas: int) -> None:
        """F6: navigation, the page's regions, strip, and round again."""
        aller_a_la_suivante([self.navigation, *self.page.regions(), self.bandeau], self.window().focusWidget(), pas)

    def _visite_suivante(self, pas: int) -> None:
        visites = self.visites
        if visites:
            rang = visites.index(self.page) + pas if self.page in visites else 0
            self._montrer(visites[rang % len(visites)])

    def _disposer(self) -> None:
        etroite = self._contexte.theme.est_etroit(self.width())
        if etroite != self._etroite:
            self._etroite = etroite
            self.navigation.disposer(etroite)
            self.bandeau.disposer(etroite)
            for page in self._pages:
                page.disposer(etroite)

    def _changement(self, _genres: frozenset[str]) -> None:
        self._demander_etat()

    def _apres_envoi(self) -> None:
        self._accueil.noter_envoi(self._cycle.en_ligne, self._cycle.refus or self._cycle.panne)
        self._contexte.signaler("envoi", "stock", "carnets", "litiges")

    def _demander_etat(self) -> None:
        self._contexte.lancer(etat_poste, apres=self._recevoir_etat, ecran=self)
        self._contexte.lancer(compter_a_verifier, apres=self.navigation.montrer_a_verifier, ecran=self)

    def _recevoir_etat(self, etat: EtatPoste) -> None:
        relie_avant, self._etat = self._etat is not None and self._etat.enrole, etat
        self.delai.emit(etat.verrou_minutes)
        self._suivi.noter(etat)
        if relie_avant and not etat.enrole:
            self._cycle.arreter()  # it asked to be linked again
        elif etat.enrole and not relie_avant and not self._sobre:
            self._cycle.demarrer()
