"""The sections of *Réglages*: their list at the left, or one choice above where there is little room; one is shown."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from passdesk.services.poste import Poste
from passdesk.ui.composants import Card, Colonne, Combo, Defilement, Flexible, Liste, Rangee
from passdesk.ui.preferences import load_section, save_section
from passdesk.ui.reglages import textes
from passdesk.ui.theme import Theme

LARGEUR = 232
"""Of the list, in pixels at 100 %."""


@dataclass(frozen=True, slots=True)
class Section:
    """`cle`: what is remembered of it; `titre`: what the list says; `batir`: makes its cards."""

    cle: str
    titre: str
    batir: Callable[[], QWidget]


class Sections(QWidget):
    """`ouverte` carries the key of the section chosen by hand.

    One is made when it is shown, the others one at a time once the page is there: together they would stop the window.
    """

    ouverte = Signal(str)

    def __init__(self, theme: Theme, sections: Sequence[Section]) -> None:
        super().__init__()
        self._theme, self._sections = theme, tuple(sections)
        self.etroite = False
        self.liste = Liste(theme, textes.SECTIONS)
        self.combo = Combo(theme, [(section.cle, section.titre) for section in sections], textes.SECTION)
        self._contenus: dict[str, QWidget] = {}
        self._cartes = Colonne(theme, ecart=16)
        self._cartes.addStretch(1)
        self._suite = QTimer(self, singleShot=True, interval=0)
        self._suite.timeout.connect(self._batir_la_suivante)
        contenu = QWidget()
        contenu.setLayout(self._cartes)
        self.defilement = Defilement(contenu)
        self._cadre = Flexible(theme, ecart=20)
        self._cadre.addWidget(self.liste)
        self._cadre.addWidget(self.combo)
        self._cadre.addWidget(self.defilement, 1)
        self.setLayout(self._cadre)
        self.liste.montrer([Rangee(section.cle, section.titre) for section in sections])
        self.combo.choisi.connect(lambda cle: self._choisir(str(cle)))
        self.liste.choisie.connect(lambda cle: self._choisir(str(cle)))
        theme.change.connect(self._placer)
        self.cle = sections[0].cle
        """The section that is shown."""
        self._montrer(self.cle)
        self._placer()

    @property
    def choix(self) -> QWidget:
        """Where a section is chosen: the list, or the choice above."""
        return self.combo if self.etroite else self.liste

    def ouvrir(self, cle: str) -> None:
        """Shows a section; one that does not exist changes nothing."""
        if any(section.cle == cle for section in self._sections):
            self._montrer(cle)

    def disposer(self, etroite: bool) -> None:
        """The list at the left, or the choice above."""
        tenait = self.choix.hasFocus()
        self.etroite = etroite
        self._placer()
        if tenait:
            self.choix.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._suite.start()

    def _batir_la_suivante(self) -> None:
        suivante = next((section for section in self._sections if section.cle not in self._contenus), None)
        if suivante is not None:
            self._batir(suivante)
            self._suite.start()

    def _batir(self, section: Section) -> None:
        contenu = section.batir()
        contenu.hide()  # shown without a parent, it would be a window of its own
        self._contenus[section.cle] = contenu
        faites = [autre.cle for autre in self._sections if autre.cle in self._contenus]
        self._cartes.insertWidget(faites.index(section.cle), contenu)
        self._titrer(section)

    def _choisir(self, cle: str) -> None:
        if cle != self.cle:
            self._montrer(cle)
            self.ouverte.emit(cle)

    def _montrer(self, cle: str) -> None:
        focus = self.window().focusWidget()
        dedans = focus is not None and self.defilement.isAncestorOf(focus)
        for section in self._sections:
            if section.cle == cle and cle not in self._contenus:
                self._batir(section)
        self.cle = cle
        for autre, contenu in self._contenus.items():
            contenu.setVisible(autre == cle)
        self.combo.set_valeur(cle)
        self.liste.choisir(cle)
        self.defilement.verticalScrollBar().setValue(0)
        if dedans:
            # What had the keyboard is out of sight: Qt would send it to the navigation.
            self.choix.setFocus()

    def _placer(self) -> None:
        self._cadre.empiler(self.etroite)
        self.liste.setVisible(not self.etroite)
        self.combo.setVisible(self.etroite)
        self.liste.setFixedWidth(self._theme.px(LARGEUR))
        for section in self._sections:
            if section.cle in self._contenus:
                self._titrer(section)

    def _titrer(self, section: Section) -> None:
        contenu = self._contenus[section.cle]
        for carte in (contenu, *contenu.findChildren(Card)):
            if isinstance(carte, Card) and carte.titre.text() == section.titre:
                # The choice just above says it already, and at large text each line counts.
                carte.titre.setHidden(self.etroite)
                carte.note.setHidden(self.etroite and not carte.note.text())


def section_gardee(poste: Poste) -> str:
    """The section last opened at this desk, "" when none was."""
    return load_section(poste.dossier)


def garder_section(poste: Poste, cle: str) -> None:
    """Remembers the section just opened; a disk that refuses loses the habit only."""
    with contextlib.suppress(OSError):
        save_section(poste.dossier, cle)
