"""Before the desk is open: the passphrase of one of its agents."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.horloge import Horloge
from passdesk.tasks import INTERROMPU, TaskRunner
from passdesk.ui.composants import Banner, Btn, Card, Case, Colonne, ProgressStrip, WrapLabel, annoncer
from passdesk.ui.messages import message
from passdesk.ui.messages import ouverture as textes
from passdesk.ui.phrase import champ_phrase
from passdesk.ui.seuil import LARGEUR, PageSeuil, entete
from passdesk.ui.theme import Theme

if TYPE_CHECKING:
    from passdesk.services.poste import Poste

GARDE_MS = 90_000
"""How long a phrase that was right stays typed for another try: whoever comes next must not open with it."""


def ouvrir_poste(dossier: Path, phrase: str, horloge: Horloge) -> Poste:
    """The service of that name, read in the `base` thread: this page is on the screen before the rest."""
    from passdesk.services import poste

    return poste.ouvrir_poste(dossier, phrase, horloge)


class PageDeverrouillage(PageSeuil):
    """Opens the desk of a folder. `note`: what has just been done with it; `verrouille`: it was open a moment ago.

    `oubliee`: the passphrase is lost. `secours` carries it when the base does not open and a backup is asked for.
    """

    oubliee = Signal()
    secours = Signal(str)
    aide = "phrase-secrete"

    def __init__(
        self,
        theme: Theme,
        taches: TaskRunner,
        dossier: Path,
        horloge: Horloge,
        note: str = "",
        *,
        verrouille: bool = False,
    ) -> None:
        titre = textes.VERROUILLE_TITRE if verrouille else textes.OUVRIR_TITRE
        super().__init__(theme, titre, textes.OUVRIR)
        self._taches, self._dossier, self._horloge = taches, dossier, horloge
        self.phrase = champ_phrase(theme, textes.PHRASE)
        self.montrer = Case(theme, textes.MONTRER)
        self.montrer.toggled.connect(self._montrer_phrase)
        self._refus: KnownError | None = None
        self._secondes = 0
        self._seconde = QTimer(self)
        self._seconde.setSingleShot(True)
        self._seconde.timeout.connect(self._une_de_moins)
        self._panne: KnownError | None = None
        self._garde = QTimer(self, singleShot=True)
        """Runs while the field holds a phrase that was right, or what was typed over it: it is not shown."""
        self._garde.timeout.connect(self._oublier_la_phrase)
        self.phrase.modifie.connect(lambda _: self._oublier_le_refus())
        if isinstance(self.phrase.saisie, QLineEdit):
            self.phrase.saisie.returnPressed.connect(self._ouvrir)
        self.abime = Banner(theme, "bad", "alert-triangle", "")
        self.corps.addWidget(self.abime)
        self.non_montre = Banner(theme, "warn", "alert-triangle", "")
        self.non_montre.hide()
        self.corps.addWidget(self.non_montre)
        self._aide = WrapLabel(textes.VERROUILLE_AIDE if verrouille else textes.OUVRIR_AIDE, "small")
        self.corps.addWidget(self._aide)
        if note:
            self.corps.addWidget(WrapLabel(note, "strong"))
        self.corps.addWidget(self.phrase)
        self.corps.addWidget(self.montrer)
        self.oubli = Btn(theme, textes.OUBLIEE, genre="discret")
        self.oubli.clicked.connect(self.oubliee)
        self.corps.addWidget(self.oubli, 0, Qt.AlignmentFlag.AlignLeft)
        self.encore = Btn(theme, textes.OUVRIR_ENCORE)
        self.encore.clicked.connect(self._ouvrir)
        self.corps.addWidget(self.encore, 0, Qt.AlignmentFlag.AlignLeft)
        self.quitter = Btn(theme, textes.QUITTER, genre="discret")
        self.quitter.clicked.connect(lambda: self.window().close())
        self.quitter.hide()
        self.corps.addWidget(self.quitter, 0, Qt.AlignmentFlag.AlignLeft)
        self._abimee(False)

    def arriver(self) -> None:
        """Puts the focus where typing begins."""
        self.phrase.saisie.setFocus()

    def echouer(self, panne: KnownError) -> None:
        """The passphrase is right, and the desk could not be shown: why, then another try, a backup, or the end."""
        from passdesk.services.poste import SANS_DONNEES

        self._occuper(False)
        self._refus, self._secondes = None, 0
        self.phrase.set_message("")
        if panne.code in SANS_DONNEES:
            self._sans_donnees(panne)
        else:
            self._dire_non_montre(panne)
        self.quitter.show()

    def valider(self) -> None:
        """Opens; when the base is damaged, asks for a backup instead."""
        if self.abime.isHidden():
            self._ouvrir()
        elif self.bouton.isEnabled():
            self.secours.emit(self.phrase.texte())

    def _ouvrir(self) -> None:
        """The passphrase leaves the field with the page, once the desk is shown."""
        if not self.bouton.isEnabled():
            return
        phrase = self.phrase.texte()
        if not phrase:
            self.phrase.set_message(str(message("phrase_vide")))
            self.phrase.saisie.setFocus()
            return
        if self._garde.isActive():
            self._garde.start(GARDE_MS)
        self._abimee(False)
        self._occuper(True)
        ouverture = partial(ouvrir_poste, self._dossier, phrase, self._horloge)
        self._taches.lancer(
            "base", ouverture, apres=self.ouvert.emit, sur_panne=self._refuse, ecran=self,
            sur_imprevu=lambda: self._occuper(False),
        )  # fmt: skip

    def _refuse(self, panne: KnownError) -> None:
        from passdesk.services.poste import SANS_DONNEES

        self._occuper(False)
        if panne.code in SANS_DONNEES:
            self._sans_donnees(panne)
            return
        self._abimee(False)
        secondes = panne.faits.get("secondes", 0)
        self._refus, self._secondes = panne, secondes if isinstance(secondes, int) else 0
        self._dire_le_refus()
        self.phrase.saisie.setFocus()
        if isinstance(self.phrase.saisie, QLineEdit):
            self.phrase.saisie.selectAll()

    def _sans_donnees(self, panne: KnownError) -> None:
        """The passphrase is not at fault: it opened the keys, or nothing is there for it to open. A backup asks for it:
        where none is typed, the page does first."""
        if not self.phrase.texte():
            self._dire_non_montre(panne)
            return
        self._garder(panne)
        self._abimee(True)
        phrases = message(panne.code, **panne.faits)
        self.abime.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}")
        self.phrase.set_message("")
        self.bouton.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dire_non_montre(self, panne: KnownError) -> None:
        """Why, above the field; the same phrase tries again as long as it is kept."""
        self._abimee(False)
        phrases = message("poste_non_montre" if panne.code == INTERROMPU else panne.code, **panne.faits)
        self.non_montre.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.non_montre.show()
        annoncer(self.non_montre, str(phrases))
        self.quitter.show()
        self._aide.hide()
        if self.phrase.texte():
            self._garder(panne)
            self.bouton.set_texte(textes.OUVRIR_ENCORE)
            self.bouton.set_icone("refresh")
            self.bouton.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.phrase.saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def _garder(self, panne: KnownError) -> None:
        """The phrase that was right, hidden and for a while, whatever `panne` is to be said once it is gone."""
        self._panne = panne
        self._garde.start(GARDE_MS)
        self.montrer.setChecked(False)
        self.montrer.hide()

    def _oublier_la_phrase(self) -> None:
        """Nobody tried again: the phrase is asked for, the trouble stays said."""
        self.phrase.set_texte("")
        dite = not (self.abime.isHidden() and self.non_montre.isHidden())
        if dite and self._panne is not None:
            self._dire_non_montre(self._panne)
        self.montrer.show()

    def _abimee(self, oui: bool) -> None:
        """The filled button is what can help: opening, or a backup when the base does not open."""
        self.abime.setVisible(oui)
        self.non_montre.hide()
        self.quitter.hide()
        self.encore.setVisible(oui)
        for widget in (self._aide, self.oubli):
            widget.setVisible(not oui)
        self.montrer.setVisible(not oui and not self._garde.isActive())
        self.bouton.set_texte(textes.REVENIR_SAUVEGARDE if oui else textes.OUVRIR)
        self.bouton.set_icone("refresh" if oui else "lock")

    def _dire_le_refus(self) -> None:
        """Why, and how long the next try waits: counted down, the button with it."""
        if self._refus is None:
            return
        faits = self._refus.faits | ({"secondes": self._secondes} if self._secondes else {})
        fini = "secondes" in self._refus.faits and not self._secondes
        self.phrase.set_message("" if fini else str(message(self._refus.code, **faits)))
        self.bouton.setEnabled(not self._secondes)
        self.bouton.set_texte(textes.attendre(self._secondes) if self._secondes else textes.OUVRIR)
        if self._secondes:
            self._seconde.start(1000)

    def _une_de_moins(self) -> None:
        self._secondes = max(0, self._secondes - 1)
        self._dire_le_refus()

    def _oublier_le_refus(self) -> None:
        """Another phrase is being typed; a wait goes on. As long as something of the one that was right may be left in
        the field, nobody reads it there."""
        if self._garde.isActive():
            self._garde.start(GARDE_MS) if self.phrase.texte() else self._garde.stop()
            self.montrer.setHidden(self._garde.isActive())
        if not (self.abime.isHidden() and self.non_montre.isHidden()):
            self._abimee(False)
        if not self._secondes:
            self.phrase.set_message("")

    def _occuper(self, oui: bool) -> None:
        self.bouton.setEnabled(not oui)
        if isinstance(self.phrase.saisie, QLineEdit):
            self.phrase.saisie.setReadOnly(oui)
        if oui:
            self.attente.montrer(textes.OUVERTURE)
        else:
            self.attente.hide()

    def _montrer_phrase(self, oui: bool) -> None:
        if isinstance(self.phrase.saisie, QLineEdit):
            self.phrase.saisie.setEchoMode(QLineEdit.EchoMode.Normal if oui else QLineEdit.EchoMode.Password)


class PageAttente(QWidget):
    """Something takes a few seconds before the desk can be shown."""

    def __init__(self, theme: Theme, quoi: str) -> None:
        super().__init__()
        self.setProperty("role", "paper")
        carte = Card(theme, ecart=14)
        carte.setFixedWidth(theme.px(LARGEUR))
        attente = ProgressStrip(theme)
        carte.corps.addLayout(entete(theme))
        carte.corps.addWidget(attente)
        attente.montrer(quoi)
        colonne = Colonne(theme)
        colonne.addWidget(carte, 0, Qt.AlignmentFlag.AlignCenter)
        self.setLayout(colonne)
