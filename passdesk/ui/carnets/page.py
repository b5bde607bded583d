"""*Carnets*: stock, search, list by state, and the carnet chosen at its right."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.domain.carnet import Carnet
from passdesk.domain.erreurs import KnownError
from passdesk.domain.visite import CarnetAttribue, VisiteOuverte
from passdesk.services.carnets import FicheCarnet, VueCarnets, agir, fiche_carnet, lire_numero, voir_carnets
from passdesk.services.fournee import compter_en_question
from passdesk.services.remise import annuler_remise
from passdesk.services.remplacement import remplacer
from passdesk.services.stock import StockPot
from passdesk.services.visite import ETAPES
from passdesk.ui.carnets import textes
from passdesk.ui.carnets.detail import DetailCarnet, demander
from passdesk.ui.composants import (
    Avis,
    Badge,
    Banner,
    Btn,
    ChampRecherche,
    Colonne,
    Combo,
    Defilement,
    EmptyState,
    Ligne,
    Liste,
    ListeDetail,
    Page,
    Rangs,
    Titre,
    WrapLabel,
)
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.contexte import Contexte
from passdesk.ui.decision.sortie import SortieLettre
from passdesk.ui.etats import CONFIRMER_IMPRESSION
from passdesk.ui.fournee import PageFournee
from passdesk.ui.messages import message
from passdesk.ui.tirages import PageTirages


class PageCarnets(Page):
    """Each irreversible act asks first; its answer is written in one transaction."""

    aide = "carnets"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__("carnets", textes.TITRE)
        self._contexte = contexte
        theme = contexte.theme
        self.stock = WrapLabel("", "small")
        self._pots: tuple[StockPot, ...] | None = None
        self._epuises = Badge(theme, textes.EPUISES, "warn", "alert-triangle")
        self._epuises.hide()
        self.champ = ChampRecherche(theme, textes.CHERCHER)
        self.champ.textChanged.connect(lambda _: self.actualiser())
        self.filtre = Combo(theme, [(cle, mots) for cle, mots, _ in textes.FILTRES], textes.FILTRE)
        self.filtre.choisi.connect(lambda _: self.actualiser())
        self.verifier = Btn(theme, textes.VERIFIER, icone_nom="shield-check")
        self.verifier.clicked.connect(lambda: contexte.navigation.verifier("", self))
        self.plusieurs = Btn(theme, textes.PLUSIEURS, genre="discret", icone_nom="printer")
        self.dire = Btn(theme, CONFIRMER_IMPRESSION, genre="primaire", touche="Ctrl+Entrée")
        self.imprimes = Btn(theme, textes.IMPRIMES, genre="discret", icone_nom="file-text")
        self.imprimes.clicked.connect(lambda: contexte.navigation.ouvrir_page(PageTirages(contexte)))
        for bouton in (self.plusieurs, self.dire):
            bouton.clicked.connect(lambda: contexte.navigation.ouvrir_page(PageFournee(contexte)))
        self.partis = Banner(theme, "warn", "printer", "", "", self.dire)
        self.partis.hide()
        self._partis = 0
        self.liste = Liste(theme, textes.TITRE)
        self.liste.choisie.connect(self._demander_fiche)
        self.liste.ouverte.connect(lambda _: self.ouvrir())
        self.champ.avance.connect(self.liste.avancer)
        self.champ.ouvre.connect(self.ouvrir)
        self._vide = QWidget()
        self._vide_corps = Colonne(theme)
        self._vide.setLayout(self._vide_corps)
        self.avis = Avis(theme, "warn")
        self.panneau = ListeDetail(theme, textes.RETOUR)
        self.panneau.revenue.connect(self.champ.setFocus)
        self.panneau.place.connect(self._alleger)
        self.panneau.change.connect(self._refaire)
        self.lettre = SortieLettre(contexte, self)
        self.lettre.panne.connect(self._refuse)
        self.detail: DetailCarnet | None = None
        self._demande: tuple[str, str] | None = None
        self._vise: Hashable | None = None
        self._occupee = False
        self._monter()
        contexte.changements.connect(self._changement)

    def arriver(self) -> None:
        """Asks again, with the focus in the search."""
        self.avis.hide()
        self.champ.setFocus()
        self.champ.selectAll()
        self.actualiser()
        self._demander_fournee()

    def viser(self, cle: Hashable, texte: str) -> None:
        """The carnet with this key, or a whole filter when the key is one of FILTRES, whatever was filtered before."""
        self._vise = None if isinstance(cle, str) else cle
        self.filtre.set_valeur(cle if isinstance(cle, str) else "tous")
        self.champ.setText(texte)
        self.actualiser()

    def actualiser(self) -> None:
        """Asks for the carnets of the filter that match the search; the latest question wins."""
        cle, texte = str(self.filtre.valeur()), self.champ.text()
        etats = next(etats for nom, _, etats in textes.FILTRES if nom == cle)
        self._demande = (cle, texte)
        lus = partial(self._recevoir, self._demande)
        self._contexte.lancer(voir_carnets, etats, texte, apres=lus, sur_panne=self._dire_panne, ecran=self)

    @property
    def ligne_montree(self) -> tuple[Hashable, str] | None:
        ligne = self.detail.fiche.ligne if self.detail is not None else None
        return ((ligne.carnet.campagne, ligne.carnet.numero), ligne.serie) if ligne is not None else None

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.panneau.disposer(etroite)
        self.dire.montrer_touche(not etroite)
        self._dire_stock()
        self._alleger()

    def primaire(self) -> Btn | None:
        """What is to be told of many carnets comes before what one of them waits for."""
        if not self.partis.isHidden():
            return self.dire
        return self.detail.bouton if self.detail is not None else None

    def regions(self) -> tuple[QWidget, ...]:
        parties = (self.detail, self.detail.pied) if self.detail is not None else ()
        suite = tuple(partie for partie in parties if partie is not None and partie.isVisible())
        return (self.champ, *suite) if self.champ.isVisible() else (*suite, self)

    def ouvrir(self) -> None:
        """The carnet chosen: what is done next with it takes the focus; without any, the list keeps it."""
        if self.liste.cle() is None or self.detail is None:
            return
        self.panneau.ouvrir()
        premier: QWidget | None = self.detail.premier()
        if self.panneau.etroite and self.detail.pied is None:
            # The facts come first: an act further down would scroll them out of sight.
            premier = self.panneau.retour
        (premier or self.liste).setFocus(Qt.FocusReason.OtherFocusReason)
        self.detail_ouvert.emit()

    def _monter(self) -> None:
        theme = self._contexte.theme
        ligne = Ligne(theme, ecart=16)
        ligne.addWidget(Titre(theme, textes.TITRE))
        ligne.addWidget(self._epuises)
        ligne.addStretch(1)
        titres = Colonne(theme, ecart=0)
        titres.addLayout(ligne)
        titres.addWidget(self.stock)
        entete = Ligne(theme, ecart=16)
        entete.addLayout(titres, 1)
        entete.addWidget(self.verifier, 0, Qt.AlignmentFlag.AlignVCenter)
        gauche = self.panneau.gauche
        marge = Colonne(theme, ecart=8, marges=(8, 4, 8, 0))
        for widget in (self.champ, self.filtre, self.avis):
            marge.addWidget(widget)
        recherche = QWidget()
        recherche.setLayout(marge)
        self.panneau.tete(recherche)
        gauche.addWidget(self.liste, 1)
        # What it says may need more room than a small window has: it scrolls, and the window keeps its size.
        self._zone_vide = Defilement(self._vide)
        gauche.addWidget(self._zone_vide, 1)
        self._zone_vide.hide()
        tete = Colonne(theme, ecart=2)
        tete.addLayout(entete)
        tete.addWidget(Rangs(theme, [self.plusieurs, self.imprimes], 24))
        haut = QWidget()
        haut.setLayout(tete)
        self.panneau.ceder(haut)
        corps = Colonne(theme, ecart=12)
        corps.addWidget(haut)
        corps.addWidget(self.partis)
        corps.addWidget(self.panneau, 1)
        self.setLayout(corps)
        self.cadrer(corps)

    def _changement(self, genres: frozenset[str]) -> None:
        if self.isVisible() and genres & {"carnets", "stock", "litiges"}:
            self.actualiser()
            self._demander_fournee()

    def _demander_fournee(self) -> None:
        self._contexte.lancer(compter_en_question, apres=self._montrer_partis, ecran=self)

    def _montrer_partis(self, nombre: int) -> None:
        """Carnets that went together, whose answer is given once for all."""
        self._partis = nombre
        # As wide as it will be, before it is shown: squeezed for a moment into a hidden width, its words would be so
        # tall that Qt makes the window taller for good.
        self.partis.resize(self.width(), self.partis.height())
        self.partis.set_textes(textes.partis(nombre))
        self._alleger()

    def _alleger(self) -> None:
        """A carnet alone in a narrow window has the height: what is about many goes with the list."""
        seul = self.panneau.detail_seul
        self.stock.setHidden(self.etroite and self._partis > 0)
        ailleurs = seul or not self._partis
        if ailleurs != self.partis.isHidden():
            self.partis.setHidden(ailleurs)
            self._refaire()

    def _dire_stock(self) -> None:
        """On one line also where there is little room: the title has said of what."""
        if self._pots is not None:
            self.stock.setText(textes.stock(self._pots, court=self.etroite))

    def _recevoir(self, demande: tuple[str, str], vue: VueCarnets) -> None:
        if demande != self._demande:
            return
        jour = self._contexte.horloge.aujourdhui()
        self._pots = vue.stock
        self._dire_stock()
        self._epuises.setVisible(textes.bientot_epuise(vue.stock))
        self.liste.montrer([textes.rangee(ligne, jour) for ligne in vue.lignes], demande)
        if self._vise is not None and not self.liste.choisir(self._vise):
            self._vise = None
        self.liste.setVisible(bool(vue.lignes))
        self._zone_vide.setVisible(not vue.lignes)
        vider(self._vide_corps)
        if not vue.lignes:
            titre, suite = textes.AUCUN, textes.AUCUN_SUITE
            if self.filtre.valeur() != "tous":
                titre, suite = textes.INTROUVABLE, textes.INTROUVABLE_ICI
            elif self.champ.text().strip():
                titre, suite = textes.INTROUVABLE, textes.INTROUVABLE_SUITE
            bouton = self._bouton_du_pass() if vue.est_un_pass else None
            self._vide_corps.addWidget(EmptyState(self._contexte.theme, "ticket", titre, suite, bouton))
            self._vide_corps.addStretch(1)
            self.detail = None
            self.panneau.montrer(None)

    def _bouton_du_pass(self) -> Btn:
        """A pass that is of no carnet of this desk: what can still be said of it."""
        texte = self.champ.text()
        bouton = Btn(self._contexte.theme, textes.VERIFIER_SCAN, icone_nom="shield-check")
        bouton.clicked.connect(lambda: self._contexte.navigation.verifier(texte, self))
        return bouton

    def _demander_fiche(self, cle: Hashable) -> None:
        if isinstance(cle, tuple):
            lue, manquee = partial(self._recevoir_fiche, cle), partial(self._fiche_manquee, cle)
            self._contexte.lancer(fiche_carnet, *cle, apres=lue, sur_panne=manquee, ecran=self)

    def _fiche_manquee(self, cle: Hashable, panne: KnownError) -> None:
        """Beside this row, what is said of another carnet would be read of it."""
        if cle == self.liste.cle():
            self.detail = None
            self.panneau.montrer(None)
            self._dire_panne(panne)

    def _recevoir_fiche(self, cle: Hashable, fiche: FicheCarnet) -> None:
        if cle == self.liste.cle():
            self._montrer(fiche)
            if cle == self._vise:
                self._vise = None
                self.ouvrir()

    def _montrer(self, fiche: FicheCarnet) -> None:
        contexte = self._contexte
        focus = self.window().focusWidget() or self
        avait_focus = self.detail is not None and (
            self.detail.isAncestorOf(focus) or (self.detail.bouton is focus and self.detail.bouton is not None)
        )
        jour, serre = contexte.horloge.aujourdhui(), self.panneau.serre
        detail = DetailCarnet(contexte.theme, fiche, jour, etroite=serre, seconde=not self.partis.isHidden())
        carnet = fiche.ligne.carnet
        if carnet.etat in ETAPES:
            detail.reprise.connect(lambda: self._papier(fiche, ETAPES[carnet.etat]))
        detail.reimpression.connect(lambda: self._papier(fiche, "a_imprimer"))
        detail.acte.connect(lambda acte: self._agir(fiche, acte))
        detail.remplacement.connect(lambda: self._faire(remplacer, carnet, self._remplace))
        detail.retour.connect(lambda: self._faire(annuler_remise, carnet, self._fait))
        detail.autre.connect(lambda: self._aller_redonner(fiche))
        detail.lettre.connect(lambda: self._lettre(carnet))
        cle = (carnet.campagne, carnet.numero)
        detail.litige.connect(lambda: contexte.navigation.montrer_lieu("a-verifier").viser(cle, ""))
        detail.explication.connect(lambda decision: contexte.navigation.expliquer(decision, self))
        self.panneau.montrer(detail, detail.pied, cle)
        self.detail = detail
        if avait_focus:
            self.ouvrir()

    def _refaire(self) -> None:
        if self.detail is not None:
            self._montrer(self.detail.fiche)

    def _papier(self, fiche: FicheCarnet, etape: str) -> None:
        """To the page of the paper, as from *Aujourd'hui*."""
        ligne = fiche.ligne
        if (ligne.carnet.campagne, ligne.carnet.numero) == self.liste.cle():
            self._contexte.navigation.reprendre(VisiteOuverte(etape, ligne.titulaire, None, ligne.carnet, ligne.depuis))

    def _aller_redonner(self, fiche: FicheCarnet) -> None:
        """To the record of the person, or to the carnet that this one was to replace."""
        ancien = lire_numero(fiche.ancien) if fiche.ancien else None
        if ancien is not None:
            self.viser(ancien, fiche.ancien)
        elif fiche.personne is not None:
            personne = fiche.personne
            self._contexte.navigation.montrer_lieu("personnes").viser(personne.personne_id, personne.nom_courant)

    def _agir(self, fiche: FicheCarnet, acte: str) -> None:
        if self._occupee:
            return
        motif = demander(self._contexte.theme, self.window(), fiche, acte)
        if motif is None:
            return
        self._faire(agir, fiche.ligne.carnet, self._fait, acte, motif)

    def _faire(self, acte: Callable[..., object], carnet: Carnet, apres: Callable[..., None], *reste: object) -> None:
        """One act at a time on a carnet; what refuses it is told over the list."""
        if self._occupee:
            return
        self._occupee = True
        self.avis.hide()
        self._contexte.lancer(
            acte, carnet.campagne, carnet.numero, *reste, apres=apres, sur_panne=self._refuse, ecran=self
        )

    def _remplace(self, attribue: CarnetAttribue) -> None:
        """The new carnet is to be printed at once."""
        self._fait(attribue)
        carnet, maintenant = attribue.carnet, self._contexte.horloge.maintenant()
        titre = attribue.personne.nom_courant
        self._contexte.navigation.reprendre(VisiteOuverte("a_imprimer", titre, None, carnet, maintenant))

    def _lettre(self, carnet: Carnet) -> None:
        self.avis.hide()
        self.lettre.montrer_carnet(carnet.campagne, carnet.numero)

    def _fait(self, _fait: object) -> None:
        self._occupee = False
        self._contexte.signaler("carnets", "visites", "personnes", "envoi")
        self._contexte.navigation.envoyer()

    def _refuse(self, panne: KnownError) -> None:
        self._occupee = False
        self._dire_panne(panne)
        self.actualiser()

    def _dire_panne(self, panne: KnownError) -> None:
        self.avis.dire(str(message(panne.code, **panne.faits)))
