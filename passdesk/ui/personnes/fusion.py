"""*Réunir deux fiches*: the other record is chosen, both are seen side by side, then they are one."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.personne import Personne
from passdesk.services.fusion import ApercuFusion, apercu, candidates, fusionner
from passdesk.services.personnes import Recherche
from passdesk.ui.composants import (
    Banner,
    Btn,
    ChampRecherche,
    Colonne,
    EmptyState,
    Grille,
    Icone,
    Ligne,
    Liste,
    ListeDetail,
    Page,
    PageSeconde,
    Texte,
    Titre,
    WrapLabel,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.personnes import textes, textes_fusion
from passdesk.ui.theme import Theme

PAUSE_MS = 60
"""Arrows held down pass over records: only the one stopped at is read."""


class PageFusion(PageSeconde):
    """Built from the person of a record, and the page to come back to; in a search, `Échap` empties it first."""

    aide = "reunir"

    def __init__(self, contexte: Contexte, personne: Personne, retour: Page) -> None:
        super().__init__(contexte.theme, f"fusion-{personne.personne_id}", textes_fusion.TITRE, textes_fusion.REVENIR)
        self._contexte, self._personne, self._retour = contexte, personne, retour
        theme = contexte.theme
        self.vu: VueFusion | None = None
        self._inverse = self._ouvrir_ensuite = False
        self.champ = ChampRecherche(theme, textes_fusion.CHERCHER)
        self.champ.textChanged.connect(lambda _: self._chercher())
        self.compte = WrapLabel("", "small")
        self.liste = Liste(theme, "Autres fiches")
        self._attente = QTimer(self)
        self._attente.setSingleShot(True)
        self._attente.timeout.connect(self._regarder)
        self.liste.choisie.connect(lambda _: self._choisie())
        self.liste.ouverte.connect(lambda _: self._ouvrir())
        self.champ.avance.connect(self.liste.avancer)
        self.champ.ouvre.connect(self._ouvrir)
        self.panneau = ListeDetail(theme, textes_fusion.RETOUR)
        self.panneau.revenue.connect(self._revenue)
        self.panneau.change.connect(self._refaire)
        self.retour.clicked.connect(lambda: contexte.navigation.fermer_page(self, self._retour))
        self.bandeau = Banner(theme, "warn", "alert-circle", "")
        self._vide = QWidget()
        vide = Colonne(theme)
        vide.addWidget(EmptyState(theme, "users", textes_fusion.AUCUNE, textes_fusion.AUCUNE_SUITE))
        vide.addStretch(1)
        self._vide.setLayout(vide)
        self._monter()

    def arriver(self) -> None:
        """Asks again, with the focus in the search."""
        self.champ.setFocus()
        self._chercher()

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.panneau.disposer(etroite)
        self._accorder_retour()

    def primaire(self) -> Btn | None:
        return self.vu.bouton if self.vu is not None and not self.vu.apercu.obstacle else None

    def regions(self) -> tuple[QWidget, ...]:
        parties = (self.vu, self.vu.pied) if self.vu is not None else ()
        suite = tuple(partie for partie in parties if partie is not None and partie.isVisible())
        return (self.champ, *suite) if self.champ.isVisible() else suite

    def concerne(self, personnes_id: frozenset[str]) -> bool:
        return self._personne.personne_id in personnes_id

    def _monter(self) -> None:
        theme = self._contexte.theme
        titres = Colonne(theme, ecart=0)
        titres.addWidget(Titre(theme, textes_fusion.TITRE))
        faits = textes.faits_personne(self._personne, self._contexte.communes)
        titres.addWidget(WrapLabel(f"{textes.nom_affiche(self._personne)} · {faits}", "small"))
        haut = Ligne(theme, ecart=20)
        haut.addLayout(titres, 1)
        haut.addWidget(self.retour, 0, Qt.AlignmentFlag.AlignTop)
        marge = Colonne(theme, ecart=8, marges=(8, 4, 8, 0))
        marge.addWidget(self.champ)
        # In the column of the words of the rows.
        compte = Ligne(theme, marges=(8, 0, 8, 0))
        compte.addWidget(self.compte)
        marge.addLayout(compte)
        tete = QWidget()
        tete.setLayout(marge)
        self.panneau.tete(tete)
        self.panneau.gauche.addWidget(self.liste, 1)
        self.panneau.gauche.addWidget(self._vide, 1)
        self._vide.hide()
        self.bandeau.hide()
        corps = Colonne(theme, ecart=16)
        corps.addLayout(haut)
        corps.addWidget(self.bandeau)
        corps.addWidget(self.panneau, 1)
        self.setLayout(corps)
        self.cadrer(corps)
        self.panneau.montrer(None)

    def _chercher(self) -> None:
        texte = self.champ.text()
        self._contexte.lancer(
            candidates,
            self._personne.personne_id,
            texte,
            self._contexte.communes,
            apres=self._recevoir,
            sur_panne=self._refusee,
            ecran=self,
        )

    def _recevoir(self, recherche: Recherche) -> None:
        if recherche.texte != self.champ.text():
            return
        communes = self._contexte.communes
        self.liste.montrer([textes.rangee(t, recherche.texte, communes) for t in recherche.trouvees], recherche.texte)
        self.liste.setVisible(bool(recherche.trouvees))
        self._vide.setVisible(not recherche.trouvees)
        self.compte.setText(textes_fusion.combien(recherche))
        self.compte.setVisible(bool(self.compte.text()))
        self._attente.start(0)

    def _choisie(self) -> None:
        self._inverse = False
        self._attente.start(PAUSE_MS)

    def _regarder(self) -> None:
        self._attente.stop()
        autre = self.liste.cle() if self.liste.rangees else None
        if autre is None:
            self._oublier()
            return
        paire = (self._personne.personne_id, autre)
        garde, absorbee = reversed(paire) if self._inverse else paire
        recevoir = partial(self._montrer, autre, self._inverse)
        self._contexte.lancer(apercu, garde, absorbee, apres=recevoir, sur_panne=self._refusee, ecran=self)

    def _montrer(self, autre: Hashable, inverse: bool, vu: ApercuFusion) -> None:
        if (autre, inverse) != (self.liste.cle(), self._inverse):
            return
        self.bandeau.hide()
        # Of a view that is not painted yet, Qt only knows that it will have the focus.
        ancien = self.window().focusWidget()
        sur_changer = self.vu is not None and ancien is self.vu.changer
        sur_bouton = self._ouvrir_ensuite or (self.vu is not None and ancien is self.vu.bouton)
        self._ouvrir_ensuite = False
        neuve = VueFusion(self._contexte, vu, etroite=self.panneau.serre)
        neuve.bouton.clicked.connect(partial(self._reunir, vu))
        neuve.changer.clicked.connect(self._inverser)
        self.panneau.montrer(neuve, neuve.pied)
        self.vu = neuve
        if sur_changer:
            neuve.changer.setFocus(Qt.FocusReason.OtherFocusReason)
        elif sur_bouton:
            neuve.prendre_focus()

    def _oublier(self) -> None:
        self.vu = None
        self.panneau.montrer(None)

    def _refaire(self) -> None:
        if self.vu is not None:
            self._regarder()

    def _ouvrir(self) -> None:
        if not self.liste.rangees:
            return
        self.panneau.ouvrir()
        self._accorder_retour()
        if self.vu is not None and self._est_choisie(self.vu.apercu):
            self.vu.prendre_focus()
            return
        self._ouvrir_ensuite = True
        self._regarder()

    def _est_choisie(self, vu: ApercuFusion) -> bool:
        """Between a row and the next, what is shown still belongs to the one before."""
        ids = {vu.garde.personne.personne_id, vu.absorbee.personne.personne_id}
        return ids == {self._personne.personne_id, self.liste.cle()}

    def _revenue(self) -> None:
        self._accorder_retour()
        self.champ.setFocus()

    def _accorder_retour(self) -> None:
        """One button at a time has `Échap`: the nearest way back."""
        self.retour.setVisible(not self.panneau.detail_seul)

    def _inverser(self) -> None:
        self._inverse = not self._inverse
        self._regarder()

    def _reunir(self, vu: ApercuFusion) -> None:
        if self._est_choisie(vu):
            self._contexte.lancer(
                fusionner,
                vu.garde.personne.personne_id,
                vu.absorbee.personne.personne_id,
                apres=lambda _: self._reunies(),
                sur_panne=self._refusee,
                ecran=self,
            )

    def _reunies(self) -> None:
        self._contexte.signaler("personnes", "visites", "carnets", "envoi")
        self._contexte.navigation.fermer_page(self, self._retour)

    def _refusee(self, trouble: KnownError) -> None:
        phrases = message(trouble.code, **trouble.faits)
        self.bandeau.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.bandeau.show()
        self._oublier()


class VueFusion(QWidget):
    """Both records side by side, which values stay, and what happens; `bouton` does it, `changer` keeps the other.

    `pied` holds both where there is little room: what is compared is read first, and they stay in sight.
    """

    def __init__(self, contexte: Contexte, vu: ApercuFusion, *, etroite: bool) -> None:
        super().__init__()
        theme = contexte.theme
        self.apercu = vu
        self.setAccessibleName(textes_fusion.TITRE)
        colonne = Colonne(theme, ecart=14, marges=(20, 8, 20, 8))
        self.changer = Btn(theme, textes_fusion.CHANGER)
        self.bouton = Btn(theme, textes_fusion.REUNIR, genre="primaire", icone_nom="users", touche="Ctrl+Entrée")
        self.bouton.montrer_touche(not etroite)
        if vu.obstacle:
            self.bouton.hide()
            phrases = message(vu.obstacle)
            colonne.addWidget(Banner(theme, "warn", "hourglass", phrases.quoi, phrases.faire))
        elif vu.depasse:
            colonne.addWidget(_trop(theme, vu.plafond))
        colonne.addLayout(self._comparer(contexte, etroite))
        colonne.addWidget(WrapLabel(textes_fusion.ensemble(vu), "h2"))
        colonne.addWidget(consequences(theme, textes_fusion.SUITES))
        boutons = Ligne(theme, ecart=12)
        boutons.addWidget(self.changer)
        boutons.addStretch(1)
        boutons.addWidget(self.bouton)
        self.pied: QWidget | None = None
        if etroite:
            self.pied = QWidget()
            self.pied.setLayout(boutons)
        else:
            colonne.addLayout(boutons)
        self.setLayout(colonne)

    def prendre_focus(self) -> None:
        """The one act has the keyboard, or what is left while it cannot be done."""
        (self.changer if self.apercu.obstacle else self.bouton).setFocus(Qt.FocusReason.OtherFocusReason)

    def _comparer(self, contexte: Contexte, etroite: bool) -> Grille:
        theme = contexte.theme
        grille = Grille(theme, ecart=4, colonnes=20)
        # Little room: each name stands over its two values, which stay side by side.
        gauche = 0 if etroite else 1
        for place, mots in ((gauche, textes_fusion.GARDEE), (gauche + 1, textes_fusion.AUTRE)):
            grille.addWidget(Texte(mots, "label"), 0, place)
            grille.setColumnStretch(place, 1)
        rang = 1
        for ligne in textes_fusion.comparaison(self.apercu, contexte.communes):
            reunie = Colonne(theme, ecart=0)
            reunie.addWidget(WrapLabel(ligne.reunie, "strong"))
            if ligne.repris:
                reunie.addWidget(WrapLabel(textes_fusion.REPRIS, "small"))
            grille.addWidget(Texte(ligne.nom, "small"), rang, 0, 1, 2 if etroite else 1, Qt.AlignmentFlag.AlignTop)
            rang += int(etroite)
            grille.addLayout(reunie, rang, gauche)
            ton = "ink2" if ligne.autre == ligne.reunie else "ink"
            grille.addWidget(WrapLabel(ligne.autre, "body", ton), rang, gauche + 1, Qt.AlignmentFlag.AlignTop)
            rang += 1
        return grille


def _trop(theme: Theme, plafond: int) -> Banner:
    quoi, suite = (mots.format(plafond=plafond) for mots in (textes_fusion.DEPASSE, textes_fusion.DEPASSE_SUITE))
    return Banner(theme, "warn", "alert-triangle", quoi, suite)


def consequences(theme: Theme, phrases: tuple[str, ...]) -> QWidget:
    """What will happen, one sentence a line."""
    bloc = QWidget()
    colonne = Colonne(theme, ecart=6)
    for phrase in phrases:
        ligne = Ligne(theme, ecart=10)
        ligne.addWidget(Icone(theme, "check", "ink2", 18), 0, Qt.AlignmentFlag.AlignTop)
        ligne.addWidget(WrapLabel(phrase), 1)
        colonne.addLayout(ligne)
    bloc.setLayout(colonne)
    return bloc
