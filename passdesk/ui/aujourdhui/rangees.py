"""The rows of the start page: one anatomy, the whole row is the target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from passdesk.domain.francais import date_longue, heure
from passdesk.domain.visite import VisiteOuverte
from passdesk.ui.composants import Btn, Colonne, Disque, Ligne, Ton, WrapLabel
from passdesk.ui.composants.textes import Gras
from passdesk.ui.etats import IMPRESSION_A_CONFIRMER
from passdesk.ui.theme import Theme

LARGEUR_BOUTON = 168
"""Pixels at 100 %: one common width for the buttons of rows."""

EN_VUE, PLEINE, RANGEE = 6, 701, 65
"""Rows of both cards that are in sight whole on a page of this height; height of one. Pixels at 100 %."""
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def rangees_en_vue(theme: Theme, hauteur: int) -> int:
    """How many rows a page of this height shows whole; 0 px: it is not known yet, or it scrolls anyway."""
    return EN_VUE - (ceil(max(0, theme.px(PLEINE) - hauteur) / theme.px(RANGEE)) if hauteur else 0)


@dataclass(frozen=True, slots=True)
class Etape:
    """How a step is said in the list."""

    texte: str
    icone: str
    ton: Ton
    bouton: str


ETAPES = {
    "saisie": Etape("À terminer", "pencil", "info", "Reprendre"),
    "a_completer": Etape("À compléter", "hourglass", "warn", "Reprendre"),
    "a_imprimer": Etape("À imprimer", "check", "ok", "Imprimer"),
    "a_confirmer": Etape(IMPRESSION_A_CONFIRMER, "printer", "warn", "Confirmer"),
    "a_remettre": Etape("À remettre", "ticket", "info", "Remettre"),
}


def moment(instant: datetime, aujourdhui: date) -> str:
    """ "à 9 h 42" today, "le 27 février" this year, "le 27 février 2025" before; local time."""
    local = instant.astimezone()
    return f"à {heure(local)}" if local.date() == aujourdhui else f"le {date_courte(local.date(), aujourdhui)}"


def date_courte(jour: date, aujourdhui: date) -> str:
    """ "27 février", with its year when it is another one."""
    return date_longue(jour).removesuffix(f" {aujourdhui.year}")


def jour_en_tete(jour: date) -> str:
    """ "Mardi 3 mars 2026"."""
    return f"{JOURS[jour.weekday()].capitalize()} {date_longue(jour)}"


def detail(visite: VisiteOuverte, aujourdhui: date) -> str:
    """The facts after the state."""
    quand = moment(visite.depuis, aujourdhui)
    if visite.carnet is None:
        return f"visite commencée {quand}" if visite.etape == "saisie" else f"il manque une pièce, gardé {quand}"
    geste = {"a_imprimer": "attribué", "a_confirmer": "envoyé"}.get(visite.etape, "imprimé")
    return f"carnet de {visite.carnet.taille} {geste} {quand}"


class RangeeActe(QWidget):
    """Disc, what it is about, one line of facts, its button; `pressee` fires on a click anywhere, or Enter."""

    pressee = Signal()

    def __init__(self, theme: Theme, etape: Etape, faits: WrapLabel) -> None:
        super().__init__()
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.titre = WrapLabel(etape.texte, "strong")
        self.bouton = Btn(theme, etape.bouton)
        self.bouton.clicked.connect(self.pressee)
        textes = QVBoxLayout()
        textes.setSpacing(0)
        textes.addWidget(self.titre)
        textes.addWidget(faits)
        ligne = Ligne(theme, ecart=16, marges=(0, 12, 0, 12))
        self._filet = False
        self._disque = Disque(theme, etape.icone, etape.ton, 40)
        ligne.addWidget(self._disque)
        ligne.addLayout(textes, 1)
        ligne.addWidget(self.bouton)
        self.setLayout(ligne)
        theme.change.connect(self._largeur)
        self._largeur()

    def disposer(self, etroite: bool) -> None:
        """Without the disc when narrow."""
        self._disque.setVisible(not etroite)

    def separer(self, oui: bool) -> None:
        """A hairline above, which comes and goes with the row."""
        self._filet = oui

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._filet:
            peintre = QPainter(self)
            peintre.fillRect(0, 0, self.width(), 1, self._theme.couleur("line"))
            peintre.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.type() == QEvent.Type.MouseButtonRelease and self.rect().contains(event.position().toPoint()):
            self.pressee.emit()

    def _largeur(self) -> None:
        self.bouton.setMinimumWidth(self._theme.sp(LARGEUR_BOUTON))


class RangeeVisite(RangeeActe):
    """One open visit, its state first; `ouverte` carries it."""

    ouverte = Signal(object)

    def __init__(self, theme: Theme, visite: VisiteOuverte, aujourdhui: date) -> None:
        etape = ETAPES[visite.etape]
        etat = WrapLabel("", "small")
        etat.set_phrase(Gras(etape.texte), f" · {detail(visite, aujourdhui)}")
        super().__init__(theme, etape, etat)
        self.visite = visite
        nom = visite.titre or "Nouvelle personne"
        self.titre.setText(nom)
        self.bouton.set_texte(etape.bouton, f"{etape.bouton} : {nom}, {etape.texte}")
        self.pressee.connect(lambda: self.ouverte.emit(visite))


class LigneSuite(QWidget):
    """How many visits there are beside those shown, and the way to them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.bouton = Btn(theme, " ", genre="discret")
        self._colonne = Colonne(theme)
        self._colonne.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(self._colonne)
        self.disposer(False)
        self.hide()

    def disposer(self, etroite: bool) -> None:
        """Under the names."""
        self._colonne.set_marges(0 if etroite else 54, 4, 0, 0)

    def montrer(self, nombre: int) -> None:
        """This many more; hidden when all are shown."""
        visible, dit = (f"Et {nombre}\u00a0autres…", f"Voir les {nombre}\u00a0autres visites")
        self.bouton.set_texte(*((visible, dit) if nombre > 1 else ("Et une autre…", "Voir l’autre visite")))
        self.setVisible(nombre > 0)
