"""A page that is one list, and what acts on its rows under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.ui.composants.bloc import Avis, Card
from passdesk.ui.composants.defilement import Defilement
from passdesk.ui.composants.liste import Liste
from passdesk.ui.composants.mise import Colonne, Flexible, Ligne
from passdesk.ui.composants.page import PageSeconde
from passdesk.ui.composants.rangee import Rangee
from passdesk.ui.composants.textes import Titre, WrapLabel
from passdesk.ui.composants.vide import EmptyState
from passdesk.ui.theme import Theme


class PageListeActes(PageSeconde):
    """`sens` says what the list is, `avis` what was just done; without a row, `vide` stands in its place, and what acts
    on the rows is not shown.
    """

    def __init__(self, theme: Theme, cle: str, titre: str, retour: str, vide: EmptyState) -> None:
        super().__init__(theme, cle, titre, retour)
        self.sens = WrapLabel("", "small")
        self.avis = Avis(theme)
        self.liste = Liste(theme, titre)
        self.vide = vide
        self._zone_vide = Defilement(vide)
        self._zone_vide.hide()
        self._actes = QWidget()
        self._rangs = Flexible(theme, ecart=12)
        self._boutons: tuple[QWidget, ...] = ()
        self._a_part: tuple[QWidget, ...] = ()
        self._theme_page = theme

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self._rangs.empiler(etroite)

    def regions(self) -> tuple[QWidget, ...]:
        premiere = self.liste if self.liste.rangees else self.retour
        return (premiere, self._actes) if any(not bouton.isHidden() for bouton in self._boutons) else (premiere,)

    def concerne(self, personnes_id: frozenset[str]) -> bool:  # noqa: ARG002
        """Never closed: it asks for its list again once they are erased."""
        return False

    def refuge(self) -> QWidget:
        """What takes the keyboard once the last row is gone."""
        return next((bouton for bouton in self._a_part if not bouton.isHidden()), self.retour)

    def remplir(self, rangees: Sequence[Rangee]) -> None:
        """The rows, in place of those shown."""
        pleine = bool(rangees)
        focus = self.window().focusWidget()
        avait_focus = focus is not None and self.isAncestorOf(focus)
        self.liste.montrer(list(rangees))
        for widget in (self.liste, self.sens, *self._boutons):
            if widget not in self._a_part:
                widget.setVisible(pleine)
        self._zone_vide.setVisible(not pleine)
        if not pleine and avait_focus:
            self.refuge().setFocus(Qt.FocusReason.OtherFocusReason)

    def monter(
        self, *actes: Sequence[QWidget | None], a_part: Sequence[QWidget] = (), pied: Sequence[QWidget] = ()
    ) -> None:
        """Puts all in its place. `actes`: rows of buttons, one beside the other, or under it when narrow; None takes
        the room that is left. `a_part`: those of them that the page shows and hides itself. `pied`: what stands under.
        """
        theme = self._theme_page
        self._boutons = tuple(bouton for rang in actes for bouton in rang if bouton is not None)
        self._a_part = tuple(a_part)
        haut = Ligne(theme, ecart=12)
        haut.addWidget(Titre(theme, self.titre), 1)
        haut.addWidget(self.retour, 0, Qt.AlignmentFlag.AlignVCenter)
        carte = Card(theme, ecart=8)
        carte.corps.addWidget(self.sens)
        carte.corps.addWidget(self.avis)
        carte.corps.addWidget(self.liste, 1)
        carte.corps.addWidget(self._zone_vide, 1)
        for numero, rang in enumerate(actes):
            ligne = Ligne(theme, ecart=12)
            for bouton in rang:
                ligne.addStretch(1) if bouton is None else ligne.addWidget(bouton)
            self._rangs.addLayout(ligne, min(numero, 1))
        self._actes.setLayout(self._rangs)
        for widget in (self._actes, *pied):
            carte.corps.addWidget(widget)
        corps = Colonne(theme, ecart=12)
        corps.addLayout(haut)
        corps.addWidget(carte, 1)
        self.setLayout(corps)
        self.cadrer(corps)
