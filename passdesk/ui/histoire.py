"""A history, newest first: a disc for each fact, a line between them, its day at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QWidget

from passdesk.services.histoire import Fait
from passdesk.ui.aujourdhui.rangees import date_courte
from passdesk.ui.composants import Btn, Colonne, Disque, Flexible, Ligne, Texte, WrapLabel
from passdesk.ui.recits import raconter
from passdesk.ui.theme import Theme

DISQUE = 32
EXPLIQUER = "Expliquer cette décision"
SEPARER = "Séparer à nouveau"


@dataclass(frozen=True, slots=True)
class Liens:
    """What the quiet links of a history do with the id of their act. `fusions`: the merges that can be undone."""

    expliquer: Callable[[str], None]
    separer: Callable[[str], None] | None = None
    fusions: frozenset[str] = frozenset()

    def de(self, fait: Fait) -> tuple[str, Callable[[str], None]] | None:
        """The words and the act of a fact's link, None when it has none."""
        if fait.est_decision:
            return EXPLIQUER, self.expliquer
        return (SEPARER, self.separer) if self.separer is not None and fait.acte in self.fusions else None


class LigneHistoire(QWidget):
    """One fact. `suivie`: a line leads from its disc to the next one."""

    def __init__(
        self, theme: Theme, fait: Fait, aujourdhui: date, liens: Liens | None, *, suivie: bool, etroite: bool
    ) -> None:
        super().__init__()
        self._theme, self._suivie = theme, suivie
        recit = raconter(fait)
        jour = date_courte(fait.quand.astimezone().date(), aujourdhui)
        textes = Colonne(theme, ecart=0)
        haut = Flexible(theme, ecart=4)
        haut.setDirection(QBoxLayout.Direction.TopToBottom if etroite else QBoxLayout.Direction.LeftToRight)
        haut.addWidget(WrapLabel(recit.titre, "strong"), 1)
        haut.addWidget(Texte(jour, "small"))
        textes.addLayout(haut)
        if recit.detail:
            textes.addWidget(WrapLabel(recit.detail, "small"))
        offert = liens.de(fait) if liens is not None else None
        if offert is not None:
            mots, faire = offert
            lien = Btn(theme, mots, genre="discret")
            lien.set_texte(mots, f"{mots}, {recit.titre}, {jour}")
            lien.clicked.connect(lambda: faire(fait.acte))
            textes.addWidget(lien, 0, Qt.AlignmentFlag.AlignLeft)
        ligne = Ligne(theme, ecart=16, marges=(0, 6, 0, 8))
        ligne.addWidget(Disque(theme, recit.icone, recit.ton, DISQUE), 0, Qt.AlignmentFlag.AlignTop)
        ligne.addLayout(textes, 1)
        self.setLayout(ligne)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._suivie:
            return
        t = self._theme
        x, haut = t.px(DISQUE) / 2, t.sp(6) + t.px(DISQUE) + 2
        peintre = QPainter(self)
        peintre.setPen(QPen(t.couleur("edge"), 1))
        peintre.drawLine(QPointF(x, haut), QPointF(x, self.height()))
        peintre.end()


def bloc_histoire(
    theme: Theme, faits: Sequence[Fait], aujourdhui: date, etroite: bool, liens: Liens | None = None
) -> QWidget:
    """The whole history in one column, with the quiet links of its acts."""
    bloc = QWidget()
    bloc.setAccessibleName("Histoire")
    colonne = Colonne(theme, ecart=0)
    for rang, fait in enumerate(faits):
        suivie = rang < len(faits) - 1
        colonne.addWidget(LigneHistoire(theme, fait, aujourdhui, liens, suivie=suivie, etroite=etroite))
    bloc.setLayout(colonne)
    return bloc
