"""Before the desk is open: the passphrase, or the first start."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.horloge import Horloge
from passdesk.services.poste import LONGUEUR_PHRASE, Poste, creer_poste, ouvrir_poste, poste_existe
from passdesk.tasks import TaskRunner
from passdesk.ui.composants import (
    Btn,
    Card,
    Case,
    Colonne,
    Defilement,
    Field,
    Ligne,
    ProgressStrip,
    Texte,
    Titre,
    WrapLabel,
)
from passdesk.ui.composants.marque import Marque
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme

LARGEUR = 560
"""Widest form, pixels at 100 %."""


class PageDeverrouillage(QWidget):
    """Opens the desk of a folder, or creates it the first time. `ouvert` carries the Poste, for the `base` thread.

    `note`: what has just been done with it.
    """

    ouvert = Signal(object)

    def __init__(self, theme: Theme, taches: TaskRunner, dossier: Path, horloge: Horloge, note: str = "") -> None:
        super().__init__()
        self._theme, self._taches, self._dossier, self._horloge = theme, taches, dossier, horloge
        self.premiere_fois = not poste_existe(dossier)
        self._note = note
        self.setProperty("role", "paper")
        self.nom = Field(theme, "Votre prénom et votre nom")
        self.phrase = champ_phrase(theme, "Phrase secrète")
        self.encore = champ_phrase(theme, "La même phrase, encore une fois")
        self.montrer = Case(theme, "Montrer la phrase")
        self.montrer.toggled.connect(self._montrer_phrase)
        libelle = "Créer le poste" if self.premiere_fois else "Ouvrir"
        self.bouton = Btn(theme, libelle, genre="primaire", icone_nom="lock", touche="Ctrl+Entrée")
        self.bouton.clicked.connect(self.valider)
        for champ in self._champs():
            champ.modifie.connect(lambda _, c=champ: c.set_message(""))
            if isinstance(champ.saisie, QLineEdit):
                champ.saisie.returnPressed.connect(self.valider)
        self.attente = ProgressStrip(theme)
        self._etroite: bool | None = None
        self._carte = Card(theme, ecart=14)
        self._monter()
        theme.change.connect(self._disposer)
        self._disposer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._disposer()

    def arriver(self) -> None:
        """Puts the focus where typing begins."""
        (self.nom if self.premiere_fois else self.phrase).saisie.setFocus()

    def valider(self) -> None:
        """Opens or creates; the passphrase leaves the fields only when it has worked."""
        if not self.bouton.isEnabled() or not self._champs_bons():
            return
        self._occuper(True)
        phrase = self.phrase.texte()
        if self.premiere_fois:
            ouverture = partial(creer_poste, self._dossier, phrase, self.nom.texte().strip(), self._horloge)
        else:
            ouverture = partial(ouvrir_poste, self._dossier, phrase, self._horloge)
        self._taches.lancer("base", ouverture, apres=self._reussi, sur_panne=self._refuse, ecran=self)

    def _champs(self) -> tuple[Field, ...]:
        return (self.nom, self.phrase, self.encore) if self.premiere_fois else (self.phrase,)

    def _champs_bons(self) -> bool:
        premier: Field | None = None
        for champ, phrase in self._reproches():
            champ.set_message(phrase)
            premier = premier or champ
        if premier is not None:
            premier.saisie.setFocus()
        return premier is None

    def _reproches(self) -> list[tuple[Field, str]]:
        """What to mend before anything is tried, field by field."""
        phrase = self.phrase.texte()
        if not self.premiere_fois:
            return [] if phrase else [(self.phrase, str(message("phrase_vide")))]
        reproches = []
        if not self.nom.texte().strip():
            reproches.append((self.nom, "Écrivez votre nom : il sera gardé avec vos actes."))
        if len(phrase) < LONGUEUR_PHRASE:
            reproches.append((self.phrase, f"Il faut au moins {LONGUEUR_PHRASE} signes. Ajoutez un mot."))
        elif self.encore.texte() != phrase:
            reproches.append((self.encore, "Les deux phrases ne sont pas les mêmes. Retapez celle-ci."))
        return reproches

    def _reussi(self, poste: Poste) -> None:
        for champ in (self.phrase, self.encore):
            champ.set_texte("")
        self.ouvert.emit(poste)

    def _refuse(self, panne: KnownError) -> None:
        self._occuper(False)
        self.phrase.set_message(str(message(panne.code, **panne.faits)))
        self.phrase.saisie.setFocus()
        if isinstance(self.phrase.saisie, QLineEdit):
            self.phrase.saisie.selectAll()

    def _occuper(self, oui: bool) -> None:
        self.bouton.setEnabled(not oui)
        for champ in self._champs():
            if isinstance(champ.saisie, QLineEdit):
                champ.saisie.setReadOnly(oui)
        if oui:
            self.attente.montrer("Création du poste…" if self.premiere_fois else "Ouverture du poste…")
        else:
            self.attente.hide()

    def _montrer_phrase(self, oui: bool) -> None:
        for champ in (self.phrase, self.encore):
            if isinstance(champ.saisie, QLineEdit):
                champ.saisie.setEchoMode(QLineEdit.EchoMode.Normal if oui else QLineEdit.EchoMode.Password)

    def _monter(self) -> None:
        theme, corps = self._theme, self._carte.corps
        self._entete = QWidget()
        self._entete.setLayout(entete(theme))
        titre, aide = textes_d_accueil(self.premiere_fois)
        self._titre = Titre(theme, titre)
        corps.addWidget(self._entete)
        corps.addWidget(self._titre)
        corps.addWidget(WrapLabel(aide, "small"))
        if self._note:
            corps.addWidget(WrapLabel(self._note, "strong"))
        for champ in (self.nom, self.phrase, self.encore):
            corps.addWidget(champ)
            champ.setHidden(champ not in self._champs())
        corps.addWidget(self.montrer)
        if self.premiere_fois:
            corps.addWidget(WrapLabel(CONSEIL, "small"))
        corps.addWidget(self.bouton)
        corps.addWidget(self.attente)
        self.bouton.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        contenu = QWidget()
        ligne = Ligne(theme, marges=(24, 24, 24, 24))
        ligne.addStretch(1)
        ligne.addWidget(self._carte, 0, Qt.AlignmentFlag.AlignVCenter)
        ligne.addStretch(1)
        contenu.setLayout(ligne)
        self._pied = Colonne(theme)
        cadre = Colonne(theme)
        cadre.addWidget(Defilement(contenu), 1)
        cadre.addLayout(self._pied)
        self.setLayout(cadre)

    def _disposer(self) -> None:
        """At large text the one act stays in sight under the form, which scrolls; the mark gives its place."""
        etroite = self._theme.est_etroit(self.width())
        self._carte.setFixedWidth(min(self._theme.px(LARGEUR), 1000))
        if etroite == self._etroite:
            return
        self._etroite = etroite
        self._entete.setVisible(not etroite)
        self._titre.disposer(etroite)
        self.bouton.montrer_touche(not etroite)
        for place in (self._carte.corps, self._pied):
            place.removeWidget(self.bouton)
        if etroite:
            self._pied.addWidget(self.bouton)
        else:
            self._carte.corps.insertWidget(self._carte.corps.indexOf(self.attente), self.bouton)
        haut_et_bas = 8 if etroite else 0
        self._pied.set_marges(24, haut_et_bas, 24, haut_et_bas)


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


def entete(theme: Theme) -> Ligne:
    """The mark and the name."""
    ligne = Ligne(theme, ecart=12)
    ligne.addWidget(Marque(theme, 1.3))
    ligne.addWidget(Texte("PassDesk", "h2"), 1)
    return ligne


CONSEIL = (
    "Quatre ou cinq mots sans lien entre eux font une bonne phrase. Personne ne peut la retrouver pour vous : "
    "notez-la et rangez-la sous clé, loin de l’ordinateur."
)


def textes_d_accueil(premiere_fois: bool) -> tuple[str, str]:
    """Title and first sentence."""
    if premiere_fois:
        return "Créer ce poste", "Tout ce que vous inscrirez sera chiffré sur cet ordinateur avec votre phrase secrète."
    return "Ouvrir le poste", "Tapez votre phrase secrète. Vos dossiers sont là, chiffrés sur cet ordinateur."


def champ_phrase(theme: Theme, etiquette: str) -> Field:
    """A field whose letters are hidden, and which no keyboard assistant remembers."""
    saisie = QLineEdit()
    saisie.setEchoMode(QLineEdit.EchoMode.Password)
    saisie.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return Field(theme, etiquette, saisie=saisie)
