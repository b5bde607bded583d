"""*À effacer ?*: each file with its last contact; ticked, then erased together after one question, or kept."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import Qt

from passdesk.domain.erreurs import KnownError
from passdesk.services.conservation import (
    FicheAncienne,
    FichesAnciennes,
    effacer_anciennes,
    fiches_anciennes,
    garder_anciennes,
)
from passdesk.ui.composants import Btn, EmptyState, Page, PageListeActes, WrapLabel
from passdesk.ui.conservation import textes
from passdesk.ui.conservation.dialogues import demander_effacement, demander_garde
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message


class PageConservation(PageListeActes):
    """`Échap` goes back to the page it was opened from. Nothing is ticked beforehand."""

    aide = "conservation"

    def __init__(self, contexte: Contexte, retour: Page) -> None:
        theme = contexte.theme
        vide = EmptyState(theme, "circle-check", textes.VIDE)
        super().__init__(theme, "conservation", textes.TITRE, textes.RETOUR, vide)
        self._contexte, self._retour = contexte, retour
        self._fiches: tuple[FicheAncienne, ...] = ()
        self._cochees: set[str] = set()
        self._relie = False
        self.retour.clicked.connect(lambda: contexte.navigation.fermer_page(self, self._retour))
        self.liste.basculee.connect(self._basculer)
        self.tout = Btn(theme, textes.COCHER_TOUT)
        self.tout.clicked.connect(self._cocher_tout)
        self.voir = Btn(theme, textes.VOIR, icone_nom="user")
        self.voir.clicked.connect(self._voir)
        self.garder = Btn(theme, textes.acte("Garder", 0))
        self.garder.clicked.connect(self._garder)
        self.effacer = Btn(theme, textes.acte("Effacer", 0), genre="danger")
        self.effacer.clicked.connect(self._effacer)
        self._reserve = WrapLabel(textes.RESERVE, "small")
        # What acts on the row, then on the ticks; what cannot be undone stands apart, at the right.
        self.monter((self.tout, self.voir, None), (self.garder, None, self.effacer), pied=(self._reserve,))
        self._reserve.hide()

    def arriver(self) -> None:
        """Asks again; the keyboard in the list."""
        self.avis.hide()
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actualiser()

    def actualiser(self) -> None:
        """Asks for the list."""
        self._contexte.lancer(fiches_anciennes, apres=self._recevoir, sur_panne=self._dire_panne, ecran=self)

    def _recevoir(self, lues: FichesAnciennes) -> None:
        self._fiches, self._relie = lues.fiches, lues.relie
        ids = {fiche.personne.personne_id for fiche in lues.fiches}
        self._cochees &= ids
        self.sens.setText(textes.sens(lues))
        self.vide.set_textes(textes.VIDE, textes.vide(lues))
        self._montrer()
        self.effacer.setEnabled(lues.peut_effacer)
        self._reserve.setVisible(bool(lues.fiches) and not lues.peut_effacer)

    def _montrer(self) -> None:
        self.remplir(textes.rangees(self._fiches, self._cochees, self._contexte.horloge.aujourdhui()))
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
        self._fiches = tuple(fiche for fiche in self._fiches if fiche.personne.personne_id not in ids)
        self._montrer()
        self._contexte.navigation.oublier_personnes(frozenset(ids))
        self._contexte.signaler("personnes", "visites", "carnets", "litiges", "envoi")
        self._contexte.navigation.envoyer()
        self._dire(textes.effacees(*fait))
        self.actualiser()

    def _en_panne(self, trouble: KnownError) -> None:
        self._dire_panne(trouble)
        self.actualiser()

    def _dire_panne(self, trouble: KnownError) -> None:
        self.avis.dire(str(message(trouble.code, **trouble.faits)), "warn")

    def _dire(self, mots: str) -> None:
        """What was done; the keyboard goes back to what is left of the list."""
        if self._fiches:
            self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        self.avis.dire(mots, "ok")
