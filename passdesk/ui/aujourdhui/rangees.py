"""The row of an open visit: state first and bold, the whole row is the target."""

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
    geste = {"a_imprimer": "attribué", "a_confirmer": "envoyé à l’imprimante"}.get(visite.etape, "imprimé")
    return f"carnet de {visite.carnet.taille} {geste} {quand}"


class RangeeVisite(QWidget):
    """One open visit; `ouverte` fires on a click anywhere, on its button, or Enter."""

    ouverte = Signal(object)

    def __init__(self, theme: Theme, visite: VisiteOuverte, aujourdhui: date) -> None:
        super().__init__()
        self._theme = theme
        self.visite = visite
        etape = ETAPES[visite.etape]
        nom = visite.titre or "Nouvelle personne"
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.bouton = Btn(theme, etape.bouton)
        self.bouton.set_texte(etape.bouton, f"{etape.bouton} : {nom}, {etape.texte}")
        self.bouton.clicked.connect(lambda: self.ouverte.emit(visite))
        etat = WrapLabel("", "small")
        etat.set_phrase(Gras(etape.texte), f" · {detail(visite, aujourdhui)}")
        textes = QVBoxLayout()
        textes.setSpacing(0)
        textes.addWidget(WrapLabel(nom, "strong"))
        textes.addWidget(etat)
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
            self.ouverte.emit(self.visite)

    def _largeur(self) -> None:
        self.bouton.setMinimumWidth(self._theme.sp(LARGEUR_BOUTON))
