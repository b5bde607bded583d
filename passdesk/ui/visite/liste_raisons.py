"""The sections of the right as a list that holds in its place: closer, folded, or without its references."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from passdesk.ui.composants import Btn, Colonne, Gras, Icone, Ligne, Texte, WrapLabel, amener, trait
from passdesk.ui.theme import Theme
from passdesk.ui.visite import reponse as vues
from passdesk.ui.visite import textes

ECARTS = (12, 8)
"""Between two lines, where there is room and where there is less, in pixels at 100 %."""


class ListeRaisons(QWidget):
    """The sections of the right: title, then icon, sentence and reference of each line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sections: tuple[vues.Section, ...] | None = None
        self._ouvertes: set[str] = set()
        self._colonne = Colonne(theme, ecart=0)
        self.setLayout(self._colonne)
        self._contenu: QWidget | None = None
        self._replis: list[Repli] = []
        self._references: list[WrapLabel] = []
        self._colonnes: list[Colonne] = []

    def tenir_dans(self, largeur: int, place: int) -> None:
        """What is folded is shown where this height, in pixels, holds all the list: whole, or else its facts alone; the
        lines come closer first. Where even folded it would not hold, the references go: what to bring is in sight.

        `largeur`: in pixels, what the list has beside no scroll bar: the bar of a form that did not hold would make
        every other look too tall.
        """
        disposition = self._contenu.layout() if self._contenu is not None else None
        if self._contenu is None or disposition is None:
            return
        for widget in self._contenu.findChildren(QWidget):
            widget.ensurePolished()  # not shown yet, it would be measured in another font
        phrases = self._contenu.findChildren(WrapLabel)
        for phrase in phrases:
            phrase.mesurer(oui=False)
        self._essayer(disposition, largeur, place)
        for phrase in phrases:
            phrase.mesurer()
        # What a form tried too tall has squeezed is laid out anew.
        self._activer()

    def _activer(self) -> None:
        """What its lines answered for another height is forgotten, in each of their layouts."""
        for colonne in reversed(self._colonnes):  # those inside the first one come before it
            colonne.invalidate()
            colonne.activate()

    def _essayer(self, disposition: QLayout, largeur: int, place: int) -> None:
        """The first form that holds, or else the last."""
        formes = ((True, True, True), (True, False, True), (False, True, True), (False,) * 3)
        for etale, references, autres in formes if self._replis else formes[:1]:
            for repli in self._replis:
                repli.etaler(etale, references)
            for reference in self._references:
                reference.setVisible(autres)
            for ecart in ECARTS:
                for colonne in self._colonnes:
                    colonne.setSpacing(self._theme.sp(ecart))
                self._activer()
                if disposition.totalHeightForWidth(largeur) <= place:
                    return

    def montrer(self, sections: tuple[vues.Section, ...]) -> None:
        """Replaces the list, only when it changed."""
        if sections == self._sections:
            return
        self._sections = sections
        if self._contenu is not None:
            self._colonne.removeWidget(self._contenu)
            self._contenu.hide()
            self._contenu.deleteLater()
        self._contenu = QWidget()
        colonne = Colonne(self._theme, ecart=12)
        self._replis, self._references = [], []
        self._colonnes = [colonne]
        for rang, section in enumerate(sections):
            if rang:
                colonne.addWidget(trait())
            lignes = QWidget()
            corps = Colonne(self._theme, ecart=12)
            self._colonnes.append(corps)
            references: list[WrapLabel] = []
            for ligne in section.lignes:
                corps.addLayout(self._ligne(ligne, references))
            lignes.setLayout(corps)
            if section.repliee:
                self._replis.append(Repli(self._theme, section, lignes, references, self._ouvertes))
                colonne.addWidget(self._replis[-1])
            else:
                self._references += references
                if section.titre:
                    colonne.addWidget(WrapLabel(section.titre, "label"))
            colonne.addWidget(lignes)
        colonne.addStretch(1)
        self._contenu.setLayout(colonne)
        self._colonne.addWidget(self._contenu)

    def _ligne(self, ligne: vues.Ligne, references: list[WrapLabel]) -> Ligne:
        rangee = Ligne(self._theme, ecart=12)
        rangee.addWidget(Icone(self._theme, ligne.icone, ligne.ton, 20), 0, Qt.AlignmentFlag.AlignTop)
        mots = QVBoxLayout()
        mots.setSpacing(0)
        phrase = WrapLabel(ligne.texte)
        if ligne.gras:
            phrase.set_phrase(Gras(ligne.gras), ligne.texte.removeprefix(ligne.gras))
        mots.addWidget(phrase)
        if ligne.precision:
            mots.addWidget(WrapLabel(ligne.precision))
        if ligne.reference:
            references.append(WrapLabel(ligne.reference, "small"))
            mots.addWidget(references[-1])
        rangee.addLayout(mots, 1)
        return rangee


class Repli(QWidget):
    """The title of a section, how many lines it has, and the link that shows them. `ouvertes`: titles left open."""

    def __init__(
        self,
        theme: Theme,
        section: vues.Section,
        lignes: QWidget,
        references: Sequence[WrapLabel],
        ouvertes: set[str],
    ) -> None:
        super().__init__()
        self._section, self._lignes, self._references, self._ouvertes = section, lignes, references, ouvertes
        self._etale = False
        self.titre = Texte("", "label")
        self.bouton = Btn(theme, " ", genre="discret")
        self.bouton.clicked.connect(self._basculer)
        rangee = Ligne(theme, ecart=16)
        rangee.addWidget(self.titre)
        rangee.addWidget(self.bouton)
        rangee.addStretch(1)
        self.setLayout(rangee)
        self._montrer()

    def etaler(self, oui: bool, references: bool) -> None:
        """All its lines and no link, or as its link says; the references of the facts go first for want of room."""
        self._etale = oui
        for reference in self._references:
            reference.setVisible(references)
        self._montrer()
        if (disposition := self._lignes.layout()) is not None:
            disposition.activate()

    def _basculer(self) -> None:
        self._ouvertes ^= {self._section.titre}
        self._montrer()
        if self._section.titre in self._ouvertes:
            amener(self._lignes)

    def _montrer(self) -> None:
        section, ouverte = self._section, self._etale or self._section.titre in self._ouvertes
        self.titre.setText(section.titre if ouverte else f"{section.titre}\u00a0: {len(section.lignes)}")
        mot = textes.REFERMER if ouverte else textes.VOIR
        self.bouton.set_texte(mot, f"{mot}\u00a0: {section.titre}")
        self.bouton.setVisible(not self._etale)
        self._lignes.setVisible(ouverte)
