"""The contract between the window and its pages."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

from passdesk.ui.composants.bouton import Btn
from passdesk.ui.composants.defilement import Defilement
from passdesk.ui.composants.mise import Colonne
from passdesk.ui.composants.textes import Titre
from passdesk.ui.theme import Theme

MARGES, MARGES_ETROITES = (32, 20, 32, 16), (20, 8, 20, 10)
"""Round a page, in pixels at 100 %; the narrow form has no room to lose."""
_PAGES = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


class Page(QWidget):
    """One page of the window. Sub-classes set `cle` (unique, no personal data) and `titre`.

    `etroite` follows the window: less than 60 em wide (small window or large text, guide §7.8).
    """

    titre_change = Signal(str)
    detail_ouvert = Signal()
    """A line of the page was opened by hand: `ligne_montree` is another one."""
    cle: str = ""
    visite: bool = False
    """True: listed under the open visits of the navigation."""
    d_un_agent = False
    """True: it asks for what is one agent's own; another agent who takes over does not find it."""
    aide: str = ""
    """Its page of the manual (F1): a file of `resources/aide`, without its end."""

    def __init__(self, cle: str, titre: str = "", *, visite: bool = False) -> None:
        super().__init__()
        self.cle = cle
        self.visite = visite
        self._titre = titre
        self.etroite = False
        self._cadre: Colonne | None = None
        self.setObjectName("page")

    @property
    def titre(self) -> str:
        """What the navigation shows: a person's name, "Nouvelle personne"…"""
        return self._titre

    def set_titre(self, titre: str) -> None:
        """Changes the name shown in the navigation."""
        if titre != self._titre:
            self._titre = titre
            self.titre_change.emit(titre)

    def place_aide(self) -> str:
        """The page of the manual for where one is in this page; sub-classes with several places say which."""
        return self.aide

    def arriver(self) -> None:
        """Called each time the page comes to the front: ask again for what it shows, put the focus."""

    def viser(self, cle: Hashable, texte: str) -> None:
        """Once arrived: goes to one line of the page's list, which a search for `texte` finds. Nothing without one."""

    @property
    def ligne_montree(self) -> tuple[Hashable, str] | None:
        """The line that is shown, as `viser` finds it again; None without one."""
        return None

    @property
    def a_rouvrir(self) -> str | tuple[int, int] | None:
        """What opens this visit again another day: the id of its draft, or its carnet; None when it is over."""
        return None

    @property
    def en_saisie(self) -> bool:
        """True while something is typed in what `viser` would replace."""
        return False

    def cadrer(self, colonne: Colonne) -> None:
        """The column that holds the whole page: its margins follow the width of the window."""
        self._cadre = colonne
        Page.disposer(self, self.etroite)

    def disposer(self, etroite: bool) -> None:
        """Called when the window gets narrower or wider than 60 em; sub-classes rearrange, then call this."""
        self.etroite = etroite
        if self._cadre is not None:
            self._cadre.set_marges(*(MARGES_ETROITES if etroite else MARGES))
        for titre in self.findChildren(Titre):
            titre.disposer(etroite)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A long text is read at the keyboard, wherever the focus is: Page Up and Page Down scroll it."""
        zones = [z for z in self.findChildren(Defilement) if z.isVisible() and z.verticalScrollBar().maximum()]
        pas = _PAGES.get(Qt.Key(event.key()))
        if pas is None or not zones:
            super().keyPressEvent(event)
            return
        zones[0].verticalScrollBar().triggerAction(pas)

    def primaire(self) -> Btn | None:
        """The page's filled button (`Ctrl+Entrée`), or None."""
        return None

    def nom_a_inscrire(self) -> str:
        """The name that a new visit starts with from here (`Ctrl+N`), or ""."""
        return ""

    def regions(self) -> tuple[QWidget, ...]:
        """The regions that F6 visits inside the page, in reading order."""
        return (self,)

    def concerne(self, personnes_id: frozenset[str]) -> bool:  # noqa: ARG002
        """True for a page that holds what tells who one of these persons is: it closes once they are erased."""
        return False

    def quitter(self) -> None:
        """Called before the page is closed: save what is not saved yet."""

    def verrouiller(self) -> None:
        """Called before the desk is locked: save what is not saved yet, forget passphrases; the rest stays typed."""

    def deverrouiller(self, *, autre_agent: bool) -> None:
        """Called once the desk is open again, as it was, by the same agent or another one."""


class PageSeconde(Page):
    """A page that another leads to: `retour`, or Escape, goes back there. Sub-classes connect `retour`."""

    def __init__(self, theme: Theme, cle: str, titre: str, retour: str) -> None:
        super().__init__(cle, titre)
        self.retour = Btn(theme, retour, genre="discret", touche="Échap", liee=False)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.retour.montrer_touche(not etroite)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.retour.click()
            return
        super().keyPressEvent(event)
