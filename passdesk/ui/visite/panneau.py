"""The right, always in view: a panel beside the form, or a bar under it when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from passdesk.ui.composants import (
    Btn,
    Card,
    Colonne,
    Defilement,
    Disque,
    Flux,
    Icone,
    Ligne,
    Tete,
    Ton,
    WrapLabel,
    trait,
)
from passdesk.ui.theme import Theme, set_propriete
from passdesk.ui.visite import textes
from passdesk.ui.visite.liste_raisons import ListeRaisons
from passdesk.ui.visite.reponse import Action, Droit

LARGEUR = 392
TETES: dict[str, tuple[str, Ton]] = {
    "accord": ("check", "ok"),
    "question": ("question-mark", "info"),
    "incomplet": ("hourglass", "warn"),
    "refus": ("ban", "bad"),
    "retenu": ("clock", "warn"),
    "servir": ("ticket", "info"),
}


class Discretes(QWidget):
    """The rarer acts, as quiet buttons. `demande` carries the action pressed."""

    demande = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: tuple[Action, ...] = ()
        self.boutons: list[Btn] = []
        self._flux = Flux(theme)
        colonne = Colonne(theme)
        colonne.addWidget(self._flux)
        self.setLayout(colonne)
        self.hide()

    def montrer(self, actions: tuple[Action, ...]) -> None:
        """Replaces the buttons, only when they changed."""
        if actions == self._actions:
            return
        self._actions = actions
        anciens = self.boutons
        self.boutons = [Btn(self._theme, action.libelle, genre="discret") for action in actions]
        for bouton, action in zip(self.boutons, actions, strict=True):
            bouton.clicked.connect(lambda _=False, a=action: self.demande.emit(a))
        self._flux.poser(*self.boutons)
        for ancien in anciens:
            ancien.deleteLater()
        self.setVisible(bool(actions))


class PanneauDroit(Card):
    """Tinted head, reasons, one reassurance, the filled button. `demande` carries the action pressed."""

    demande = Signal(object)
    aide = "decision"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._action: Action | None = None
        self.disque = Disque(theme, "question-mark", "info", 48, plein=True)
        self.surtitre = WrapLabel("", "small")
        self.titre = WrapLabel("", "headline")
        self.sens = WrapLabel("", "small", "ink")
        self.raisons = ListeRaisons(theme)
        self.rassurance = WrapLabel("", "small")
        self.discretes = Discretes(theme)
        self.discretes.demande.connect(self.demande)
        self.bouton = Btn(theme, " ", genre="primaire", touche="Ctrl+Entrée")
        self.bouton.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bouton.clicked.connect(self._presser)
        self._monter()
        theme.change.connect(self._elargir)
        self._elargir()

    def montrer(self, droit: Droit) -> None:
        """Shows a right."""
        icone, ton = TETES["retenu" if droit.retenu else droit.etat]
        self.disque.set_icone(icone, ton)
        set_propriete(self._tete, "tint", ton)
        self.surtitre.setText(droit.surtitre)
        self.titre.setText(droit.titre)
        self.sens.setText(droit.sens)
        self.raisons.montrer(droit.sections)
        self.rassurance.setText(" ".join(droit.rassurance))
        self._rassure.setVisible(bool(droit.rassurance))
        self._action = droit.action
        self.discretes.montrer(droit.discretes)
        self.bouton.set_texte(droit.action.libelle)
        self.bouton.set_icone(droit.action.icone)
        QTimer.singleShot(0, self, self._tenir)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._tenir)

    def _tenir(self) -> None:
        """Once the foot has taken its room."""
        marges = self._corps.contentsMargins()
        largeur = self._defilement.contentsRect().width() - marges.left() - marges.right()
        self.raisons.tenir_dans(largeur, self._defilement.viewport().height() - marges.top() - marges.bottom())

    def _monter(self) -> None:
        theme = self._theme
        self._tete = Tete(theme, self.disque, self.surtitre, self.titre, self.sens)
        contenu = QWidget()
        self._corps = Colonne(theme, marges=(24, 16, 20, 12))
        self._corps.addWidget(self.raisons)
        contenu.setLayout(self._corps)
        pied = Colonne(theme, ecart=12, marges=(16, 10, 16, 16))
        reassure = Ligne(theme, ecart=8, marges=(8, 0, 8, 0))
        reassure.addWidget(Icone(theme, "shield-check", "ink2", 20), 0, Qt.AlignmentFlag.AlignTop)
        reassure.addWidget(self.rassurance, 1)
        self._rassure = QWidget()
        self._rassure.setLayout(reassure)
        quiets = Ligne(theme, marges=(34, 0, 0, 0))
        quiets.addWidget(self.discretes)
        # Away from the filled button: a tired hand that misses it falls on words.
        pied.addLayout(quiets)
        pied.addWidget(self._rassure)
        pied.addWidget(self.bouton)
        self.corps.setContentsMargins(0, 0, 0, 0)
        self.corps.setSpacing(0)
        filet = trait()  # says that what is above goes on: a sentence would look cut by mistake
        filet.hide()
        self._defilement = Defilement(contenu)
        self._defilement.verticalScrollBar().rangeChanged.connect(lambda _, bas: filet.setVisible(bas > 0))
        self.corps.addWidget(self._tete)
        self.corps.addWidget(self._defilement, 1)
        self.corps.addWidget(filet)
        self.corps.addLayout(pied)

    def _presser(self) -> None:
        if self._action is not None:
            self.demande.emit(self._action)

    def _elargir(self) -> None:
        self.corps.setContentsMargins(0, 0, 0, 0)
        self.corps.setSpacing(0)
        self.setFixedWidth(self._theme.px(LARGEUR))


class BarreDroit(QFrame):
    """The narrow form: headline, link to the reasons, the filled button (guide §7.8)."""

    demande = Signal(object)
    lire = Signal()
    aide = "decision"

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._action: Action | None = None
        self.setProperty("role", "bloc")
        self.disque = Disque(theme, "question-mark", "info", 27, plein=True)
        self.titre = WrapLabel("", "h2")
        self.lien = _LienBas(theme, " ", genre="discret")
        self.bouton = Btn(theme, " ", genre="primaire", touche="Ctrl+Entrée")
        self.bouton.montrer_touche(False)
        self.lien.clicked.connect(self.lire)
        self.bouton.clicked.connect(self._presser)
        mots = Colonne(theme, ecart=0)
        mots.addWidget(self.titre)
        mots.addWidget(self.lien, 0, Qt.AlignmentFlag.AlignLeft)
        ligne = Ligne(theme, ecart=16, marges=(20, 8, 16, 8))
        ligne.addWidget(self.disque)
        ligne.addLayout(mots, 1)
        ligne.addWidget(self.bouton)
        self.setLayout(ligne)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def montrer(self, droit: Droit) -> None:
        """Shows a right in two lines."""
        icone, ton = TETES["retenu" if droit.retenu else droit.etat]
        self.disque.set_icone(icone, ton)
        set_propriete(self, "tint", ton)
        self.titre.setText(droit.titre)
        self.lien.set_texte(lien_raisons(droit))
        self._action = droit.action
        self.bouton.set_texte(droit.action.libelle)
        self.bouton.set_icone(droit.action.icone)

    def _presser(self) -> None:
        if self._action is not None:
            self.demande.emit(self._action)


class _LienBas(Btn):
    """No taller than its line: the bar takes its room from the form."""

    def sizeHint(self) -> QSize:
        taille = super().sizeHint()
        return QSize(taille.width(), min(taille.height(), self._theme.px(23)))


def lien_raisons(droit: Droit) -> str:
    """ "Lire les 4 raisons", "Lire ce qui manque": what the section behind it holds."""
    if droit.retenu:
        return "Lire ce qui l’empêche"
    if droit.etat == "incomplet":
        return "Lire ce qui manque"
    if droit.etat == "question":
        return "Lire la question" if droit.action.libelle == textes.REPONDRE else "Lire ce qui reste"
    if droit.etat == "servir":
        return "Lire ce qui reste à faire"
    if droit.etat == "refus":
        return "Lire pourquoi, et que dire"
    return f"Lire les {droit.raisons}\u00a0raisons" if droit.raisons > 1 else "Lire la raison"


class CarteRaisons(Card):
    """The reasons at the end of the form, for the narrow window, with the rarer acts."""

    demande = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.surtitre = WrapLabel("", "small")
        self.sens = WrapLabel("", "strong")
        self.raisons = ListeRaisons(theme)
        self.rassurance = WrapLabel("", "small")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cible_anneau = self.sens
        self.discretes = Discretes(theme)
        self.discretes.demande.connect(self.demande)
        for widget in (self.surtitre, self.sens, self.raisons, self.rassurance, self.discretes):
            self.corps.addWidget(widget)

    def montrer(self, droit: Droit) -> None:
        """Shows a right in full."""
        self.surtitre.setText(droit.surtitre)
        self.sens.setText(droit.sens)
        self.raisons.montrer(droit.sections)
        self.rassurance.setText(" ".join(droit.rassurance))
        self.rassurance.setVisible(bool(droit.rassurance))
        self.discretes.montrer(droit.discretes)
        self.setAccessibleName(f"{droit.titre}. {droit.sens}")
