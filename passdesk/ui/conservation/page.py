"""*À effacer ?*: each file with its last contact; ticked, then erased together after one question, or kept."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.conservation import (
    FicheAncienne,
    FichesAnciennes,
    effacer_anciennes,
    fiches_anciennes,
    garder,
)
from passdesk.ui.composants import (
    Avis,
    Btn,
    Card,
    Colonne,
    Combo,
    Defilement,
    Dialogue,
    EmptyState,
    Field,
    Ligne,
    Liste,
    Page,
    Rangs,
    Titre,
    WrapLabel,
    confirmer,
)
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.conservation import textes
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme


class PageConservation(Page):
    """`Échap` goes back to the page it was opened from. Nothing is ticked beforehand."""

    def __init__(self, contexte: Contexte, retour: Page) -> None:
        super().__init__("conservation", textes.TITRE)
        self._contexte, self._retour = contexte, retour
        theme = contexte.theme
        self._fiches: tuple[FicheAncienne, ...] = ()
        self._cochees: set[str] = set()
        self.revenir = Btn(theme, textes.RETOUR, genre="discret", touche="Échap", liee=False)
        self.revenir.clicked.connect(lambda: contexte.navigation.fermer_page(self, self._retour))
        self._sens = WrapLabel("", "small")
        self.liste = Liste(theme, textes.TITRE)
        self.liste.basculee.connect(self._basculer)
        self.tout = Btn(theme, textes.COCHER_TOUT)
        self.tout.clicked.connect(self._cocher_tout)
        self.voir = Btn(theme, textes.VOIR, icone_nom="user")
        self.voir.clicked.connect(self._voir)
        self.garder = Btn(theme, textes.GARDER)
        self.garder.clicked.connect(self._garder)
        self.effacer = Btn(theme, textes.EFFACER, genre="danger")
        self.effacer.clicked.connect(self._effacer)
        self._boutons = Rangs(theme, [self.tout, self.voir, self.garder, self.effacer], 12)
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
        self.revenir.montrer_touche(not etroite)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.revenir.click()
            return
        super().keyPressEvent(event)

    def regions(self) -> tuple[QWidget, ...]:
        return (self.liste, self._boutons) if self._fiches else (self.revenir,)

    def concerne(self, personnes_id: frozenset[str]) -> bool:  # noqa: ARG002
        """Never closed: it asks for its list again once they are erased."""
        return False

    def _recevoir(self, lues: FichesAnciennes) -> None:
        self._fiches = lues.fiches
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
            self.revenir.setFocus(Qt.FocusReason.OtherFocusReason)

    def _montrer(self) -> None:
        self.liste.montrer(textes.rangees(self._fiches, self._cochees, self._contexte.horloge.aujourdhui()))
        toutes = bool(self._fiches) and len(self._cochees) == len(self._fiches)
        self.tout.set_texte(textes.DECOCHER_TOUT if toutes else textes.COCHER_TOUT)

    def _basculer(self, cle: Hashable) -> None:
        self._cochees ^= {str(cle)}
        self._montrer()

    def _cocher_tout(self) -> None:
        toutes = {fiche.personne.personne_id for fiche in self._fiches}
        self._cochees = set() if self._cochees == toutes else toutes
        self._montrer()

    def _choisie(self) -> FicheAncienne | None:
        return next((f for f in self._fiches if f.personne.personne_id == self.liste.cle()), None)

    def _voir(self) -> None:
        fiche = self._choisie()
        if fiche is not None:
            qui = fiche.personne
            self._contexte.navigation.montrer_lieu("personnes").viser(qui.personne_id, qui.nom_complet)

    def _garder(self) -> None:
        fiche = self._choisie()
        motif = demander_garde(self._contexte.theme, self.window()) if fiche is not None else ""
        if fiche is not None and motif:
            ident = fiche.personne.personne_id
            self._contexte.lancer(garder, ident, motif, apres=self._gardee, sur_panne=self._en_panne, ecran=self)

    def _gardee(self, _: None) -> None:
        self._dire(textes.GARDEE)
        self._contexte.signaler("personnes", "envoi")
        self.actualiser()

    def _effacer(self) -> None:
        nombre = len(self._cochees)
        if not nombre:
            self.avis.dire(textes.RIEN_COCHE, "warn")
            self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if confirmer(
            self._contexte.theme,
            self.window(),
            question=textes.question(nombre),
            consequences=textes.consequences(nombre),
            garder="Ne rien effacer",
            faire=f"Effacer {textes.compte(nombre)}",
        ):
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
        haut.addWidget(self.revenir, 0, Qt.AlignmentFlag.AlignVCenter)
        carte = Card(theme, ecart=8)
        for widget in (self._sens, self.avis):
            carte.corps.addWidget(widget)
        carte.corps.addWidget(self.liste, 1)
        contenu = QWidget()
        contenu.setLayout(self._vide_corps)
        self._vide = Defilement(contenu)
        self._vide.hide()
        carte.corps.addWidget(self._vide, 1)
        for bas in (self._boutons, self._reserve):
            carte.corps.addWidget(bas)
        self._reserve.hide()
        corps = Colonne(theme, ecart=12)
        corps.addLayout(haut)
        corps.addWidget(carte, 1)
        self.setLayout(corps)
        self.cadrer(corps)


class DialogueGarde(Dialogue):
    """Nothing is done before a reason is chosen; the keyboard stands on the reasons."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, textes.GARDER_QUESTION, textes.GARDER_SENS, "user", "info", textes.LAISSER)
        self.raison = Combo(theme, [("", textes.CHOISIR), *textes.GARDES_OFFERTES], textes.RAISON)
        self.faire = Btn(theme, textes.FAIRE, genre="primaire")
        self.faire.clicked.connect(self.accept)
        self.faire.setEnabled(False)
        self.boutons.addWidget(self.faire)
        disposition = self.layout()
        if isinstance(disposition, QVBoxLayout):
            disposition.insertWidget(1, Field(theme, textes.RAISON, saisie=self.raison))
        self.raison.currentIndexChanged.connect(lambda _: self.faire.setEnabled(bool(self.raison.valeur())))
        self.raison.setFocus()


def demander_garde(theme: Theme, parent: QWidget) -> str:
    """The reason chosen, "" when the file stays in the list."""
    dialogue = DialogueGarde(theme, parent)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    motif = str(dialogue.raison.valeur() or "")
    dialogue.deleteLater()
    return motif if accepte else ""
