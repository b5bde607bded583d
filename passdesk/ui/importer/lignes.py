"""What becomes of each row: the counts first, a list to go through, and which rows are taken."""

from __future__ import annotations

from collections import Counter
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.francais import milliers
from passdesk.services.importer import EFFACEE, MEME_CLE, PLUS_TARD, RESSEMBLE, Analyse, LigneAnalysee
from passdesk.ui.composants import Banner, Btn, Card, Case, Combo, Flexible, Ligne, Liste, Rangee, WrapLabel
from passdesk.ui.importer import textes
from passdesk.ui.messages.importer import VERDICTS
from passdesk.ui.theme import Theme

AU_CHOIX = (*textes.PRISES, RESSEMBLE, MEME_CLE, EFFACEE)
"""Verdicts of rows taken or left one by one."""
HAUTEUR_LISTE = 116
"""Pixels at 100 %: two rows at least; it takes what the window leaves, then scrolls by itself."""


class CarteLignes(Card):
    """`inscrire` fires for the rows of `prises`; `rapport` when the answers are to be saved.

    `pied`: the acts on the rows, for the foot of the page.
    """

    inscrire = Signal()
    rapport = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, textes.LIGNES)
        self._theme = theme
        self._lignes: list[LigneAnalysee] = []
        self._comptes: Counter[str] = Counter()
        self._changees: set[int] = set()
        self.compte = WrapLabel("", "strong")
        self.trop = Banner(theme, "info", "info-circle", "")
        self.filtre = Combo(theme, (), textes.MONTRER)
        self.filtre.choisi.connect(lambda _: self._lister())
        self.ressemblances = Case(theme, textes.choix_ressemblances(2))
        self.ressemblances.toggled.connect(lambda _: self._lister())
        self.liste = Liste(theme, textes.LISTE)
        self.liste.choisie.connect(lambda _: self._proposer())
        self.montrees = WrapLabel("", "small")
        self.bascule = Btn(theme, textes.LAISSER)
        self.bascule.clicked.connect(self._basculer)
        self.bouton = Btn(theme, "", genre="primaire", icone_nom="user-plus", touche="Ctrl+Entrée")
        self.bouton.clicked.connect(self.inscrire)
        self.enregistrer = Btn(theme, textes.RAPPORT, genre="discret")
        self.enregistrer.clicked.connect(self.rapport)
        self._haut = Flexible(theme, ecart=12)
        self._haut.addWidget(self.filtre)
        self._haut.addWidget(self.ressemblances, 0, Qt.AlignmentFlag.AlignVCenter)
        self._haut.addStretch(1)
        self.corps.addWidget(self.compte)
        self.corps.addWidget(self.trop)
        self.corps.addLayout(self._haut)
        self.corps.addWidget(self.liste, 1)
        self.corps.addWidget(self.montrees)
        self.corps.addWidget(self.enregistrer, 0, Qt.AlignmentFlag.AlignLeft)
        self.pied = QWidget()
        pied = Ligne(theme, ecart=12)
        pied.addStretch(1)
        pied.addWidget(self.bascule)
        pied.addWidget(self.bouton)
        self.pied.setLayout(pied)
        theme.change.connect(self._mesurer)
        self._mesurer()

    @property
    def prises(self) -> tuple[LigneAnalysee, ...]:
        """The rows to be recorded."""
        return tuple(ligne for ligne in self._lignes if self._prise(ligne))

    def montrer(self, analyse: Analyse) -> None:
        """Another dry run: everything is taken but what asks a question: look-alikes, same keys, who was erased."""
        self._lignes, self._comptes, self._changees = analyse.lignes, analyse.comptes(), set()
        comptes = self._comptes
        self.compte.setText(textes.compte(comptes))
        self.trop.setVisible(bool(comptes[PLUS_TARD]))
        if comptes[PLUS_TARD]:
            self.trop.set_textes(*textes.plus_tard(comptes[PLUS_TARD]))
        choix = [(v, f"{mots} ({milliers(comptes[v])})") for v, mots in VERDICTS.items() if comptes[v]]
        self.filtre.set_choix([("", f"{textes.TOUTES} ({milliers(len(self._lignes))})"), *choix])
        self.filtre.setVisible(len(choix) > 1)
        self.ressemblances.setChecked(False)
        self.ressemblances.setVisible(bool(comptes[RESSEMBLE]))
        self.ressemblances.set_texte(textes.choix_ressemblances(comptes[RESSEMBLE]))
        self._lister()

    def premiere(self) -> QWidget:
        """Where the keyboard begins: the rows, or what else there is."""
        return self.liste if self.liste.rangees else self.enregistrer

    def disposer(self, etroite: bool) -> None:
        """One thing a row where there is little room."""
        self._haut.empiler(etroite)
        self.bouton.montrer_touche(not etroite)

    def _prise(self, ligne: LigneAnalysee) -> bool:
        d_avance = ligne.verdict in textes.PRISES or (ligne.verdict == RESSEMBLE and self.ressemblances.isChecked())
        return ligne.verdict in AU_CHOIX and d_avance != (ligne.numero in self._changees)

    def _lister(self) -> None:
        verdict = cast("str", self.filtre.valeur() or "")
        montrees = [ligne for ligne in self._lignes if not verdict or ligne.verdict == verdict]
        self.liste.setVisible(bool(montrees))
        self.liste.montrer([self._rangee(ligne) for ligne in montrees[: textes.LIGNES_MONTREES]], verdict)
        self.montrees.setText(textes.montrees(len(montrees)))
        self.montrees.setVisible(bool(self.montrees.text()))
        self._actualiser()

    def _rangee(self, ligne: LigneAnalysee) -> Rangee:
        return textes.rangee(ligne, self._prise(ligne))

    def _actualiser(self) -> None:
        combien = len(self.prises)
        self.bouton.set_texte(textes.inscrire(combien))
        self.bouton.setEnabled(combien > 0)
        self._proposer()

    def _ligne(self) -> LigneAnalysee | None:
        cle = self.liste.cle() if self.liste.rangees else None
        return next((ligne for ligne in self._lignes if ligne.numero == cle), None)

    def _proposer(self) -> None:
        ligne = self._ligne()
        possible = ligne is not None and ligne.verdict in AU_CHOIX
        self.bascule.setVisible(any(self._comptes[v] for v in AU_CHOIX))
        self.bascule.setEnabled(possible)
        laissee = possible and ligne is not None and not self._prise(ligne)
        self.bascule.set_texte(textes.PRENDRE if laissee else textes.LAISSER)

    def _basculer(self) -> None:
        ligne = self._ligne()
        if ligne is not None:
            self._changees ^= {ligne.numero}
            self._lister()

    def _mesurer(self) -> None:
        self.liste.setMinimumHeight(self._theme.px(HAUTEUR_LISTE))
