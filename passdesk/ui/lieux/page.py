"""*Lieux*: the places of the desk, the nearest first; the covers' own choice on the first row."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.lieu import FiltreLieux
from passdesk.services.lieux import (
    FicheLieu,
    VueLieux,
    chercher_lieux,
    corriger_lieu,
    fiche_lieu,
    oublier_corrections,
    regler_position_comme,
)
from passdesk.services.lieux_couverture import ChoixLieux, LieuxCouverture, garder_choix, lieux_de_couverture
from passdesk.ui.composants import (
    Btn,
    Case,
    ChampRecherche,
    Colonne,
    EmptyState,
    Ligne,
    Liste,
    ListeDetail,
    Page,
    Rangs,
    Titre,
    WrapLabel,
    annoncer,
)
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.contexte import Contexte
from passdesk.ui.lieux import textes
from passdesk.ui.lieux.couverture import DetailCouverture
from passdesk.ui.lieux.detail import DetailLieu
from passdesk.ui.lieux.importer import PageListe
from passdesk.ui.messages import message

COUVERTURE = ""
"""Key of the first row."""


class PageLieux(Page):
    """What is noted is kept at once. `PageListe` takes a list; this page is reached from *Réglages*."""

    aide = "lieux"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__("lieux", textes.TITRE)
        self._contexte = contexte
        theme = contexte.theme
        self.prendre = Btn(theme, textes.PRENDRE, icone_nom="file-text")
        self.prendre.clicked.connect(lambda: contexte.navigation.ouvrir_page(PageListe(contexte)))
        self.retour = Btn(theme, textes.RETOUR, genre="discret")
        self.retour.clicked.connect(lambda: contexte.navigation.montrer_lieu("reglages"))
        self.champ = ChampRecherche(theme, textes.CHERCHER)
        self.champ.textChanged.connect(lambda _: self._chercher_lieux())
        self.filtres = {
            champ: Case(theme, mots)
            for champ, mots in (
                ("accepte_pass", textes.ACCEPTE),
                ("itinerant", textes.ITINERANT),
                ("accessible", textes.ACCESSIBLE),
            )
        }
        for case in self.filtres.values():
            case.toggled.connect(lambda _: self._chercher_lieux())
        self.compte = WrapLabel("", "small")
        self.liste = Liste(theme, textes.TITRE)
        self.liste.choisie.connect(self._demander)
        self.liste.ouverte.connect(lambda _: self.ouvrir())
        self.champ.avance.connect(self.liste.avancer)
        self.champ.ouvre.connect(self.ouvrir)
        self._vide = QWidget()
        self._vide_corps = Colonne(theme)
        self._vide.setLayout(self._vide_corps)
        self._premier: Btn | None = None
        self.panneau = ListeDetail(theme, textes.RETOUR_LISTE)
        self.panneau.revenue.connect(self.champ.setFocus)
        self.panneau.change.connect(self._refaire)
        self.detail: DetailLieu | DetailCouverture | None = None
        self._couverture: LieuxCouverture | None = None
        self._demande = ("", FiltreLieux())
        self._en_cours = self._encore = False
        self._monter()
        contexte.changements.connect(self._changement)

    def arriver(self) -> None:
        """Asks again, with the focus in the search."""
        self.champ.setFocus()
        self.champ.selectAll()
        self.actualiser()

    def viser(self, cle: Hashable, texte: str) -> None:  # noqa: ARG002
        """The places that answer this text."""
        self.champ.setText(texte)

    def actualiser(self) -> None:
        """Asks what the covers carry, then for the places searched."""
        self._contexte.lancer(lieux_de_couverture, apres=self._recevoir_couverture, ecran=self)
        self._chercher_lieux()

    def _chercher_lieux(self) -> None:
        """One search at a time: what is typed meanwhile is looked for after it, once."""
        coches = {champ: case.isChecked() for champ, case in self.filtres.items()}
        self._demande = (self.champ.text(), FiltreLieux(**coches))
        if self._en_cours:
            self._encore = True
            return
        self._en_cours, self._encore = True, False
        lus = partial(self._recevoir, self._demande)
        self._contexte.lancer(chercher_lieux, *self._demande, apres=lus, sur_panne=self._dire_panne, ecran=self)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.panneau.disposer(etroite)

    def primaire(self) -> Btn | None:
        return self._premier

    def regions(self) -> tuple[QWidget, ...]:
        suite = (self.detail,) if self.detail is not None and self.detail.isVisible() else ()
        return (self.champ, *suite) if self.champ.isVisible() else (*suite, self)

    def quitter(self) -> None:
        """Keeps what is being typed."""
        if isinstance(self.detail, DetailLieu):
            self.detail.quitter()

    def verrouiller(self) -> None:
        self.quitter()

    def ouvrir(self) -> None:
        """To what can be said of the row."""
        if self.detail is not None:
            self.panneau.ouvrir()
            # Alone, the place is read from its name: what can be said of it is further down.
            premier = self.panneau.retour if self.panneau.etroite else self.detail.premier()
            premier.setFocus(Qt.FocusReason.OtherFocusReason)

    def _monter(self) -> None:
        theme = self._contexte.theme
        entete = Ligne(theme, ecart=16)
        entete.addWidget(Titre(theme, textes.TITRE), 1)
        entete.addWidget(self.retour, 0, Qt.AlignmentFlag.AlignVCenter)
        entete.addWidget(self.prendre)
        gauche = self.panneau.gauche
        self._chercher = QWidget()
        marge = Colonne(theme, ecart=8, marges=(8, 4, 8, 0))
        marge.addWidget(self.champ)
        marge.addWidget(Rangs(theme, tuple(self.filtres.values()), 10))
        # In the column of the words of the rows.
        compte = Ligne(theme, marges=(8, 0, 8, 0))
        compte.addWidget(self.compte)
        marge.addLayout(compte)
        self._chercher.setLayout(marge)
        self._chercher.hide()
        self.panneau.tete(self._chercher)
        gauche.addWidget(self.liste, 1)
        gauche.addWidget(self._vide, 1)
        self._vide.hide()
        haut = QWidget()
        haut.setLayout(entete)
        self.panneau.ceder(haut)
        corps = Colonne(theme, ecart=16)
        corps.addWidget(haut)
        corps.addWidget(self.panneau, 1)
        self.setLayout(corps)
        self.cadrer(corps)

    def _changement(self, genres: frozenset[str]) -> None:
        if self.isVisible() and "lieux" in genres:
            self.actualiser()

    def _recevoir_couverture(self, couverture: LieuxCouverture) -> None:
        self._couverture = couverture
        if isinstance(self.detail, DetailCouverture):
            self.detail.montrer(couverture)

    def _recevoir(self, demande: tuple[str, FiltreLieux], vue: VueLieux) -> None:
        self._en_cours = False
        if self._encore:
            self._chercher_lieux()
        if demande != self._demande or self._couverture is None:
            return
        rangees = [textes.rangee(proche) for proche in vue.lieux]
        if vue.connus and not demande[0].strip():
            rangees = [textes.rangee_couverture(self._couverture), *rangees]
        self.compte.setText(textes.compte(vue))
        self.compte.setVisible(bool(vue.lieux))
        self.liste.montrer(rangees, demande)
        self.liste.setVisible(bool(rangees))
        self._montrer_vide(vue, bool(rangees))

    def _montrer_vide(self, vue: VueLieux, rangees: bool) -> None:
        vider(self._vide_corps)
        self._premier = None
        self._vide.setVisible(not vue.lieux)
        # Its own state: the whole list is out of sight where a place is shown alone, and keeps no keyboard then.
        attendait = self.isVisible() and self._chercher.isHidden()
        self._chercher.setVisible(bool(vue.connus))
        self.prendre.setVisible(bool(vue.connus))
        if vue.connus and attendait:
            self.champ.setFocus()
        if vue.lieux:
            return
        theme = self._contexte.theme
        titre, suite = textes.INTROUVABLE, textes.INTROUVABLE_SUITE
        if not vue.connus:
            titre, suite = textes.AUCUN, textes.AUCUN_SUITE
            self._premier = Btn(theme, textes.PRENDRE, genre="primaire", icone_nom="file-text", touche="Ctrl+Entrée")
            self._premier.montrer_touche(not self.etroite)
            self._premier.clicked.connect(self.prendre.click)
        self._vide_corps.addWidget(EmptyState(theme, "map-pin", titre, suite, self._premier))
        self._vide_corps.addStretch(1)
        if self._premier is not None:
            self._premier.setFocus(Qt.FocusReason.OtherFocusReason)
        if not rangees:
            self.detail = None
            self.panneau.montrer(None)

    def _demander(self, cle: Hashable) -> None:
        if cle == COUVERTURE:
            self._montrer_couverture()
        else:
            lue, manquee = partial(self._recevoir_fiche, cle), partial(self._fiche_manquee, cle)
            self._contexte.lancer(fiche_lieu, cle, apres=lue, sur_panne=manquee, ecran=self)

    def _fiche_manquee(self, cle: Hashable, panne: KnownError) -> None:
        """Beside this row, what is known of another place would be read of it."""
        if cle == self.liste.cle():
            self.detail = None
            self.panneau.montrer(None)
            self._dire_panne(panne)

    def _dire_panne(self, panne: KnownError) -> None:
        """Said where the count stands; the next letter asks again."""
        self._en_cours = self._encore = False
        self.compte.setText(str(message(panne.code, **panne.faits)))
        self.compte.show()
        annoncer(self, self.compte.text())

    def _montrer_couverture(self) -> None:
        if isinstance(self.detail, DetailCouverture) or self._couverture is None:
            return
        detail = DetailCouverture(self._contexte.theme)
        detail.montrer(self._couverture)
        detail.change.connect(self._choisir)
        detail.position.connect(lambda: self._contexte.navigation.montrer_lieu("reglages").viser("lieux", ""))
        self._placer(detail)

    def _recevoir_fiche(self, cle: Hashable, fiche: FicheLieu, avis: str | None = None) -> None:
        if cle != self.liste.cle():
            return
        if isinstance(self.detail, DetailLieu) and self.detail.fiche.importe.lieu_id == cle:
            self.detail.montrer(fiche, avis)
            return
        detail = DetailLieu(self._contexte.theme, fiche, etroite=self.panneau.serre)
        detail.corrige.connect(partial(self._corriger, cle))
        detail.oubli.connect(partial(self._oublier, cle))
        detail.ici.connect(partial(self._etre_ici, cle))
        self._placer(detail)

    def _placer(self, detail: DetailLieu | DetailCouverture) -> None:
        self.panneau.montrer(detail, cle=self.liste.cle())
        self.detail = detail

    def _refaire(self) -> None:
        """Wider or narrower: the same place, laid out again."""
        if isinstance(self.detail, DetailLieu):
            fiche, self.detail = self.detail.fiche, None
            self._recevoir_fiche(fiche.importe.lieu_id, fiche)

    def _choisir(self, choix: ChoixLieux) -> None:
        self._contexte.lancer(garder_choix, choix, apres=self._choisi, ecran=self)

    def _choisi(self, couverture: LieuxCouverture) -> None:
        self._recevoir_couverture(couverture)
        annoncer(self, textes.noms(couverture.lieux) or textes.AUCUN_LIEU)
        self._contexte.signaler("lieux")

    def _corriger(self, cle: Hashable, champ: str, valeur: str) -> None:
        self._contexte.lancer(
            corriger_lieu, cle, champ, valeur, apres=partial(self._corrige, cle, textes.NOTE),
            sur_panne=self._refuse, ecran=self,
        )  # fmt: skip

    def _oublier(self, cle: Hashable) -> None:
        self._contexte.lancer(oublier_corrections, cle, apres=partial(self._corrige, cle, textes.NOTE), ecran=self)

    def _etre_ici(self, cle: Hashable) -> None:
        self._contexte.lancer(
            regler_position_comme, cle, apres=lambda _: self._recharger(cle), sur_panne=self._refuse, ecran=self
        )

    def _recharger(self, cle: Hashable) -> None:
        """The desk stands elsewhere: every distance changes."""
        self._contexte.lancer(fiche_lieu, cle, apres=partial(self._corrige, cle, textes.ICI_FAIT), ecran=self)

    def _corrige(self, cle: Hashable, avis: str, fiche: FicheLieu) -> None:
        self._recevoir_fiche(cle, fiche, avis)
        annoncer(self, avis)
        self._contexte.signaler("lieux")

    def _refuse(self, panne: KnownError) -> None:
        phrase = str(message(panne.code, **panne.faits))
        if isinstance(self.detail, DetailLieu):
            self.detail.refuser(phrase)
        annoncer(self, phrase)
