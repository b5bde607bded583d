"""The rows of the start page: one anatomy, the whole row is the target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from passdesk.domain.francais import date_longue, heure
from passdesk.domain.visite import VisiteOuverte
from passdesk.ui.composants import Btn, Disque, Ligne, Ton, WrapLabel
from passdesk.ui.composants.textes import Gras
from passdesk.ui.theme import Theme

LARGEUR_BOUTON = 168
"""Pixels at 100 %: one common width for the buttons of rows."""


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
    "a_confirmer": Etape("Impression à confirmer", "printer", "warn", "Répondre"),
    "a_remettre": Etape("À remettre", "ticket", "info", "Remettre"),
}


def moment(instant: datetime, aujourdhui: date) -> str:
    """ "à 9 h 42" today, "le 27 février" this year, "le 27 février 2025" before; local time."""
    local = instant.astimezone()
    return f"à {heure(local)}" if local.date() == aujourdhui else f"le {date_courte(local.date(), aujourdhui)}"


def date_courte(jour: date, aujourdhui: date) -> str:
    """ "27 février", with its year when it is another one."""
    return date_longue(jour).removesuffix(f" {aujourdhui.year}")


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
