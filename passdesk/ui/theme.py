"""Theme and text size: tokens → palette and style sheet, set on the windows alone, followed by every component."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from passdesk.ui.feuille import TAILLES_FEUILLE, feuille
from passdesk.ui.icones import vider_icones
from passdesk.ui.jetons import CLAIR, CONTRASTE, SOMBRE, THEMES, Jetons
from passdesk.ui.langue import parler_francais
from passdesk.ui.police import load_polices, metrique, police

Suiveur = TypeVar("Suiveur", bound=QObject)
ECHELLES = (1.0, 1.25, 1.5, 1.75, 2.0)
SEUIL_EM = 60
"""Under this width, in ems of the body text, pages take their narrow form (guide §7.8)."""


class Theme(QObject):
    """The tokens in use, the text scale *s* (1 to 2), what is shown of keys and movements.

    `mode`: "automatique" follows the system.
    """

    change = Signal()

    def __init__(
        self, mode: str = "automatique", echelle: float = 1.0, raccourcis: bool = True, mouvements: bool = True
    ) -> None:
        super().__init__()
        self._mode = mode
        self._echelle = echelle
        self._raccourcis, self._mouvements = raccourcis, mouvements
        self.jetons: Jetons = CLAIR
        self._feuille = ""
        self._fenetres: WeakSet[QWidget] = WeakSet()
        self._suivent: WeakKeyDictionary[QObject, tuple[Callable[[Any], object], ...]] = WeakKeyDictionary()

    @property
    def mode(self) -> str:
        """ "automatique", "clair", "sombre" or "contraste"."""
        return self._mode

    @property
    def echelle(self) -> float:
        """The text scale."""
        return self._echelle

    @property
    def raccourcis(self) -> bool:
        """True when the keys are shown beside buttons and places; they work in both cases."""
        return self._raccourcis

    @property
    def mouvements(self) -> bool:
        """False when nothing may move by itself on the screen."""
        return self._mouvements

    def px(self, n: float) -> int:
        """Type, icons and control heights: grow with the text."""
        return round(n * self._echelle)

    def sp(self, n: float) -> int:
        """Space: grows four times slower than the text (guide §3)."""
        return round(n * (1 + (self._echelle - 1) / 4))

    def police(self, role: str) -> QFont:
        """The font of a role of the guide's §3, at the current size."""
        return police(role, self._echelle)

    def metrique(self, role: str) -> QFontMetricsF:
        """The measures of that font."""
        return metrique(role, self._echelle)

    def couleur(self, ton: str) -> QColor:
        """A token or a tone as a colour to paint with."""
        return QColor(self.jetons.couleur(ton))

    def ems(self, largeur: int) -> float:
        """A width in pixels as a number of ems of the body text."""
        return largeur / self.px(16)

    def est_etroit(self, largeur: int) -> bool:
        """True when a window of that width, in pixels, needs the narrow form."""
        return self.ems(largeur) < SEUIL_EM

    def installer(self, application: QApplication) -> None:
        """Loads the typeface and Qt's French, takes the Fusion style, follows the system; call once at start."""
        load_polices()
        parler_francais(application)
        application.setStyle("Fusion")
        indices = application.styleHints()
        indices.colorSchemeChanged.connect(self._systeme_change)
        indices.accessibility().contrastPreferenceChanged.connect(self._systeme_change)
        self.appliquer()

    def habiller(self, fenetre: QWidget) -> None:
        """Gives the style sheet to a window that has no parent, for as long as it lives; what it holds inherits it.

        Not the application: under a sheet of its own, each part put in its place while a page is being built, outside
        of the window, would be styled again with all that it holds.
        """
        self._fenetres.add(fenetre)
        fenetre.setStyleSheet(self._feuille)

    def suivre(self, composant: Suiveur, geste: Callable[[Suiveur], object]) -> None:
        """Does `geste` to a component at each change, as long as it lives, before `change` fires.

        A page has two hundred of them: as many connections of Qt would be a tenth of the time it takes to open.
        """
        self._suivent[composant] = (*self._suivent.get(composant, ()), geste)

    def choisir(
        self,
        mode: str | None = None,
        echelle: float | None = None,
        raccourcis: bool | None = None,
        mouvements: bool | None = None,
    ) -> None:
        """Takes another theme or text size, shows or hides keys and movements, at once and everywhere."""
        avant = (self._mode, self._echelle, self._raccourcis, self._mouvements)
        self._mode = self._mode if mode is None else mode
        self._echelle = self._echelle if echelle is None else min(ECHELLES, key=lambda e: abs(e - echelle))
        self._raccourcis = self._raccourcis if raccourcis is None else raccourcis
        self._mouvements = self._mouvements if mouvements is None else mouvements
        # With many people open, Qt takes a second to dress every widget again, for nothing.
        if avant != (self._mode, self._echelle, self._raccourcis, self._mouvements):
            self.appliquer()

    def agrandir(self, pas: int) -> None:
        """Moves the text size `pas` steps up or down; 0 goes back to 100 %."""
        rang = ECHELLES.index(min(ECHELLES, key=lambda e: abs(e - self._echelle)))
        self.choisir(echelle=ECHELLES[max(0, min(len(ECHELLES) - 1, rang + pas))] if pas else 1.0)

    def appliquer(self) -> None:
        """Rebuilds the application's palette and the windows' style sheet, then tells the painted components."""
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise RuntimeError("no application yet")
        self.jetons = self._jetons_voulus(application)
        vider_icones()
        self._feuille = feuille(self.jetons, {n: self.px(n) for n in TAILLES_FEUILLE}, self._echelle)
        # Qt walks a list of all widgets here, calling our handlers: none may be collected under its feet.
        automatique = gc.isenabled()
        gc.disable()
        try:
            application.setFont(self.police("body"))
            application.setPalette(palette(self.jetons))
            for fenetre in [fenetre for fenetre in self._fenetres if isValid(fenetre)]:
                fenetre.setStyleSheet(self._feuille)
        finally:
            if automatique:
                gc.enable()
        gestes = [partial(geste, composant) for composant, siens in self._suivent.items() for geste in siens]
        troubles = [trouble for geste in gestes if (trouble := _tenter(geste)) is not None]
        self.change.emit()
        if troubles:
            raise troubles[0]

    def _jetons_voulus(self, application: QApplication) -> Jetons:
        if self._mode in THEMES:
            return THEMES[self._mode]
        indices = application.styleHints()
        return jetons_du_systeme(indices.colorScheme(), indices.accessibility().contrastPreference())

    def _systeme_change(self, *_: object) -> None:
        if self._mode not in THEMES:
            self.appliquer()


def _tenter(geste: partial[object]) -> Exception | None:
    """What it raised: a component that cannot follow leaves none of the others as they were."""
    try:
        if isValid(geste.args[0]):
            geste()
    except Exception as trouble:
        return trouble
    return None


def jetons_du_systeme(schema: Qt.ColorScheme, contraste: Qt.ContrastPreference) -> Jetons:
    """The theme that the computer asks for; contrast comes before darkness."""
    if contraste == Qt.ContrastPreference.HighContrast:
        return CONTRASTE
    return SOMBRE if schema == Qt.ColorScheme.Dark else CLAIR


def palette(j: Jetons) -> QPalette:
    """Every role of the palette from the tokens, the disabled group included."""
    r = QPalette.ColorRole
    normal = {
        r.Window: j.paper, r.WindowText: j.ink, r.Base: j.surface, r.AlternateBase: j.sunk, r.Text: j.ink,
        r.Button: j.surface, r.ButtonText: j.ink, r.BrightText: j.bad, r.PlaceholderText: j.ink2,
        r.Highlight: j.brand, r.HighlightedText: j.onbrand, r.Accent: j.brand, r.Link: j.brand, r.LinkVisited: j.brand,
        r.ToolTipBase: j.surface, r.ToolTipText: j.ink,
        r.Light: j.surface, r.Midlight: j.line, r.Mid: j.edge, r.Dark: j.edge, r.Shadow: j.edge,
    }  # fmt: skip
    p = QPalette()
    for role, couleur in normal.items():
        p.setColor(role, QColor(couleur))
    for role in (r.WindowText, r.Text, r.ButtonText, r.PlaceholderText):
        p.setColor(QPalette.ColorGroup.Disabled, role, QColor(j.disink))
    for role in (r.Base, r.Button):
        p.setColor(QPalette.ColorGroup.Disabled, role, QColor(j.dis))
    return p


def set_propriete(widget: QWidget, nom: str, valeur: object) -> None:
    """Changes a property that the style sheet selects on, and has the widget styled again."""
    avant = widget.property(nom)
    if avant != valeur and (avant is not None or valeur != ""):  # styled already as without it
        widget.setProperty(nom, valeur)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
