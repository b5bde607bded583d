"""*À rappeler*: the person chosen is dialled, then one button says what came of it, and the next is chosen."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from passdesk.domain.erreurs import KnownError
from passdesk.domain.rappel import IssueAppel
from passdesk.services.rappels import LIMITE, Compte, Rappel, Rappels, a_appeler, noter_appel, reprendre_appel
from passdesk.ui.composants import Btn, EmptyState, Page, PageListeActes
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.rappels import textes


class PageRappels(PageListeActes):
    """`Échap` goes back to the page it was opened from. The call noted last can be taken back."""

    aide = "rappels"

    def __init__(self, contexte: Contexte, retour: Page) -> None:
        theme = contexte.theme
        vide = EmptyState(theme, "circle-check", textes.VIDE, textes.VIDE_SUITE)
        super().__init__(theme, "rappels", textes.TITRE, textes.RETOUR, vide)
        self._contexte, self._retour = contexte, retour
        self._rappels: tuple[Rappel, ...] = ()
        self._compte = Compte()
        self._annulable: tuple[int, Rappel] | None = None
        self._en_cours = False
        # The second press of a double click would be about the next person, whom nobody has called.
        self._repos = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self.retour.clicked.connect(lambda: contexte.navigation.fermer_page(self, self._retour))
        self.voir = Btn(theme, textes.VOIR, icone_nom="user")
        self.voir.clicked.connect(self._voir)
        self.actes: dict[IssueAppel, Btn] = {issue: self._bouton(issue) for issue in textes.ACTES}
        self.liste.ouverte.connect(lambda _: self.actes["jointe"].setFocus(Qt.FocusReason.OtherFocusReason))
        self.reprendre = Btn(theme, textes.REPRENDRE, genre="discret")
        self.reprendre.clicked.connect(self._reprendre)
        self.reprendre.hide()
        # What looks, then what writes; the one that ends most calls stands at the right, as everywhere.
        notes = (self.actes[issue] for issue in ("servi", "sans_reponse", "jointe"))
        self.monter((self.voir, self.reprendre, None), (None, *notes), a_part=(self.reprendre,))

    def arriver(self) -> None:
        """Asks again; the keyboard in the list."""
        self.avis.hide()
        self._annulable = None
        self.reprendre.hide()
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actualiser()

    def actualiser(self) -> None:
        """Asks for the list."""
        self._contexte.lancer(a_appeler, apres=self._recevoir, sur_panne=self._dire_panne, ecran=self)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.actes["jointe"].montrer_touche(not etroite)

    def primaire(self) -> Btn | None:
        return self.actes["jointe"] if self._rappels else None

    def _bouton(self, issue: IssueAppel) -> Btn:
        premier = issue == "jointe"
        bouton = Btn(
            self._contexte.theme,
            textes.ACTES[issue],
            genre="primaire" if premier else "secondaire",
            touche="Ctrl+Entrée" if premier else "",
        )
        bouton.clicked.connect(partial(self._noter, issue))
        return bouton

    @property
    def pret(self) -> bool:
        """Whether what is pressed now is about the row that is seen."""
        return not (self._en_cours or self._repos.isActive())

    def _recevoir(self, lus: Rappels) -> None:
        self._compte = lus.compte
        self._montrer(lus.rappels)

    def _montrer(self, rappels: tuple[Rappel, ...], rang: int | None = None) -> None:
        """`rang`: of the row to be chosen, that of the same person when None."""
        self._en_cours, self._rappels = False, rappels
        aujourdhui = self._contexte.horloge.aujourdhui()
        self.sens.setText(textes.sens(rappels, self._compte))
        self.remplir(textes.rangees(rappels, aujourdhui, self._compte))
        if rappels and rang is not None:
            self.liste.choisir(rappels[min(rang, len(rappels) - 1)].personne.personne_id)

    def _choisie(self) -> Rappel | None:
        return next((r for r in self._rappels if r.personne.personne_id == self.liste.cle()), None)

    def _voir(self) -> None:
        rappel = self._choisie()
        if rappel is not None:
            qui = rappel.personne
            self._contexte.navigation.montrer_lieu("personnes").viser(qui.personne_id, qui.nom_courant)

    def _noter(self, issue: IssueAppel) -> None:
        rappel = self._choisie()
        if rappel is not None and self.pret:
            self._en_cours = True
            self._contexte.lancer(
                noter_appel, rappel, issue,
                apres=partial(self._note, rappel, issue), sur_panne=self._en_panne, ecran=self,
            )  # fmt: skip

    def _note(self, rappel: Rappel, issue: IssueAppel, suite: date | None) -> None:
        rang = self._rappels.index(rappel)
        self._annulable = (rang, rappel)
        self.reprendre.show()
        self._repos.start()
        self._montrer((*self._rappels[:rang], *self._rappels[rang + 1 :]), rang)
        self._ecrit(textes.note(rappel, issue, suite, self._contexte.horloge.aujourdhui()))
        if self._d_autres_attendent():
            # Nothing is noted until they come: the row chosen meanwhile may be somebody who was not spoken to.
            self._en_cours = True
            ensuite = partial(self._suite, joignable=bool(rappel.personne.telephone))
            self._contexte.lancer(a_appeler, apres=ensuite, sur_panne=self._sans_suite, ecran=self)

    def _suite(self, lus: Rappels, *, joignable: bool) -> None:
        """The next ones came: who was calling goes on with calls, and who was not, with those without a number."""
        self._recevoir(lus)
        choisie = self._choisie()
        if choisie is None or bool(choisie.personne.telephone) != joignable:
            suivant = next((r for r in lus.rappels if bool(r.personne.telephone) == joignable), None)
            if suivant is not None:
                self.liste.choisir(suivant.personne.personne_id)

    def _sans_suite(self, trouble: KnownError) -> None:
        self._en_cours = False
        self._dire_panne(trouble)

    def _d_autres_attendent(self) -> bool:
        """The last one shown who has a number is called, or the last one who has none is told, and there are more."""
        restent = {bool(rappel.personne.telephone) for rappel in self._rappels}
        comptes = ((True, self._compte.joignables), (False, self._compte.sans_numero))
        return any(genre not in restent and nombre > LIMITE for genre, nombre in comptes)

    def _reprendre(self) -> None:
        if self._annulable is not None and self.pret:
            rang, rappel = self._annulable
            self._en_cours = True
            self._contexte.lancer(
                reprendre_appel, rappel,
                apres=partial(self._repris, rang, rappel), sur_panne=self._en_panne, ecran=self,
            )  # fmt: skip

    def _repris(self, rang: int, rappel: Rappel, _: object) -> None:
        self._annulable = None
        self._montrer((*self._rappels[:rang], rappel, *self._rappels[rang:]), rang)
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reprendre.hide()
        self._ecrit(textes.repris(rappel))

    def _ecrit(self, mots: str) -> None:
        self.avis.dire(mots, "ok")
        self._contexte.signaler("personnes", "envoi")
        self._contexte.navigation.envoyer()

    def _en_panne(self, trouble: KnownError) -> None:
        self._en_cours = False
        self._dire_panne(trouble)
        self.actualiser()

    def _dire_panne(self, trouble: KnownError) -> None:
        self.avis.dire(str(message(trouble.code, **trouble.faits)), "warn")
