"""*À effacer ?*: each file with its last contact; ticked, then erased together after one question, or kept."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.conservation import (
    FicheAncienne,
    FichesAnciennes,
    effacer_anciennes,
    fiches_anciennes,
    garder_anciennes,
)
from passdesk.ui.composants import (
    Avis,
    Btn,
    Card,
    Colonne,
    Defilement,
    EmptyState,
    Flexible,
    Ligne,
    Liste,
    Page,
    PageSeconde,
    Titre,
    WrapLabel,
)
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.conservation import textes
from passdesk.ui.conservation.dialogues import demander_effacement, demander_garde
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message


class PageConservation(PageSeconde):
    """`Échap` goes back to the page it was opened from. Nothing is ticked beforehand."""

    aide = "conservation"

    def __init__(self, contexte: Contexte, retour: Page) -> None:
        super().__init__(contexte.theme, "conservation", textes.TITRE, textes.RETOUR)
        self._contexte, self._retour = contexte, retour
        theme = contexte.theme
        self._fiches: tuple[FicheAncienne, ...] = ()
        self._cochees: set[str] = set()
        self._relie = False
        self.retour.clicked.connect(lambda: contexte.navigation.fermer_page(self, self._retour))
        self._sens = WrapLabel("", "small")
        self.liste = Liste(theme, textes.TITRE)
        self.liste.basculee.connect(self._basculer)
        self.tout = Btn(theme, textes.COCHER_TOUT)
        self.tout.clicked.connect(self._cocher_tout)
        self.voir = Btn(theme, textes.VOIR, icone_nom="user")
        self.voir.clicked.connect(self._voir)
        self.garder = Btn(theme, textes.acte("Garder", 0))
        self.garder.clicked.connect(self._garder)
        self.effacer = Btn(theme, textes.acte("Effacer", 0), genre="danger")
        self.effacer.clicked.connect(self._effacer)
        self._boutons = QWidget()
        self._rangs = Flexible(theme, ecart=12)
        self._reserve = WrapLabel(textes.RESERVE, "small")
        self.avis = Avis(theme)
        self._vide_corps = Colonne(theme)
        self._monter()

    def arriver(self) -> None:
        """Asks again; the keyboard in the list."""
        self.avis.hide()
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actualiser()

    def actualiser(self) -> None:
        """Asks for the list."""
        self._contexte.lancer(fiches_anciennes, apres=self._recevoir, ecran=self)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self._rangs.empiler(etroite)

    def regions(self) -> tuple[QWidget, ...]:
        return (self.liste, self._boutons) if self._fiches else (self.retour,)

    def concerne(self, personnes_id: frozenset[str]) -> bool:  # noqa: ARG002
        """Never closed: it asks for its list again once they are erased."""
        return False

    def _recevoir(self, lues: FichesAnciennes) -> None:
        self._fiches, self._relie = lues.fiches, lues.relie
        ids = {fiche.personne.personne_id for fiche in lues.fiches}
        self._cochees &= ids
        self._sens.setText(textes.sens(lues))
        self._montrer()
        pleine = bool(lues.fiches)
        vider(self._vide_corps)
        if not pleine:
            self._vide_corps.addWidget(EmptyState(self._contexte.theme, "circle-check", textes.VIDE, textes.vide(lues)))
            self._vide_corps.addStretch(1)
        for widget, oui in (
            (self.liste, pleine),
            (self._sens, pleine),
            (self._boutons, pleine),
            (self._vide, not pleine),
        ):
            widget.setVisible(oui)
        self.effacer.setEnabled(lues.peut_effacer)
        self._reserve.setVisible(pleine and not lues.peut_effacer)
        if not pleine:
            self.retour.setFocus(Qt.FocusReason.OtherFocusReason)

    def _montrer(self) -> None:
        self.liste.montrer(textes.rangees(self._fiches, self._cochees, self._contexte.horloge.aujourdhui()))
        toutes = bool(self._fiches) and len(self._cochees) == len(self._fiches)
        self.tout.set_texte(textes.DECOCHER_TOUT if toutes else textes.COCHER_TOUT)
        for bouton, verbe in ((self.garder, "Garder"), (self.effacer, "Effacer")):
            bouton.set_texte(textes.acte(verbe, len(self._cochees)))

    def _basculer(self, cle: Hashable) -> None:
        self._cochees ^= {str(cle)}
        self._montrer()

    def _cocher_tout(self) -> None:
        toutes = {fiche.personne.personne_id for fiche in self._fiches}
        self._cochees = set() if self._cochees == toutes else toutes
        self._montrer()

    def _voir(self) -> None:
        fiche = next((f for f in self._fiches if f.personne.personne_id == self.liste.cle()), None)
        if fiche is not None:
            qui = fiche.personne
            self._contexte.navigation.montrer_lieu("personnes").viser(qui.personne_id, qui.nom_courant)

    def _noms(self) -> tuple[str, ...]:
        """Whose files are ticked; without one, it is said."""
        noms = tuple(f.personne.nom_courant for f in self._fiches if f.personne.personne_id in self._cochees)
        if not noms:
            self.avis.dire(textes.RIEN_COCHE, "warn")
            self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        return noms

    def _garder(self) -> None:
        noms = self._noms()
        motif = demander_garde(self._contexte.theme, self.window(), noms) if noms else ""
        if motif:
            ids = tuple(sorted(self._cochees))
            self._contexte.lancer(
                garder_anciennes, ids, motif, apres=self._gardees, sur_panne=self._en_panne, ecran=self
            )

    def _gardees(self, nombre: int) -> None:
        self._cochees.clear()
        self._dire(textes.gardees(nombre))
        self._contexte.signaler("personnes", "envoi")
        self.actualiser()

    def _effacer(self) -> None:
        noms = self._noms()
        if noms and demander_effacement(self._contexte.theme, self.window(), noms, relie=self._relie):
            ids = tuple(sorted(self._cochees))
            self.effacer.setEnabled(False)
            self._contexte.lancer(
                effacer_anciennes, ids, apres=partial(self._effacees, ids), sur_panne=self._en_panne, ecran=self
            )

    def _effacees(self, ids: tuple[str, ...], fait: tuple[int, bool]) -> None:
        self._cochees.clear()
        self._fiches = ()
        self._montrer()
        self._contexte.navigation.oublier_personnes(frozenset(ids))
        self._contexte.signaler("personnes", "visites", "carnets", "litiges", "envoi")
        self._contexte.navigation.envoyer()
        self._dire(textes.effacees(*fait))
        self.actualiser()

    def _en_panne(self, trouble: KnownError) -> None:
        self.avis.dire(str(message(trouble.code, **trouble.faits)), "warn")
        self.actualiser()

    def _dire(self, mots: str) -> None:
        self.avis.dire(mots, "ok")

    def _monter(self) -> None:
        theme = self._contexte.theme
        haut = Ligne(theme, ecart=12)
        haut.addWidget(Titre(theme, textes.TITRE), 1)
        haut.addWidget(self.retour, 0, Qt.AlignmentFlag.AlignVCenter)
        carte = Card(theme, ecart=8)
        for widget in (self._sens, self.avis):
            carte.corps.addWidget(widget)
        carte.corps.addWidget(self.liste, 1)
        contenu = QWidget()
        contenu.setLayout(self._vide_corps)
        self._vide = Defilement(contenu)
        self._vide.hide()
        # What acts on the row, then on the ticks; what cannot be undone stands apart, at the right.
        une, cochees = Ligne(theme, ecart=12), Ligne(theme, ecart=12)
        une.addWidget(self.tout)
        une.addWidget(self.voir)
        une.addStretch(1)
        cochees.addWidget(self.garder)
        cochees.addStretch(1)
        cochees.addWidget(self.effacer)
        self._rangs.addLayout(une)
        self._rangs.addLayout(cochees, 1)
        self._boutons.setLayout(self._rangs)
        carte.corps.addWidget(self._vide, 1)
        for bas in (self._boutons, self._reserve):
            carte.corps.addWidget(bas)
        self._reserve.hide()
        corps = Colonne(theme, ecart=12)
        corps.addLayout(haut)
        corps.addWidget(carte, 1)
        self.setLayout(corps)
        self.cadrer(corps)
