"""A history, newest first: a disc for each fact, a line between them, its day at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

Expliquer = Callable[[str], None]


class LigneHistoire(QWidget):
    """One fact. `suivie`: a line leads from its disc to the next one."""

    def __init__(
        self, theme: Theme, fait: Fait, aujourdhui: date, expliquer: Expliquer | None, *, suivie: bool, etroite: bool
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
        if expliquer is not None and fait.est_decision:
            lien = Btn(theme, EXPLIQUER, genre="discret")
            lien.set_texte(EXPLIQUER, f"{EXPLIQUER}, {recit.titre}, {jour}")
            lien.clicked.connect(lambda: expliquer(fait.acte))
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
    theme: Theme, faits: Sequence[Fait], aujourdhui: date, etroite: bool, expliquer: Expliquer | None = None
) -> QWidget:
    """The whole history in one column. `expliquer` receives the id of a decision whose quiet link was pressed."""
    bloc = QWidget()
    bloc.setAccessibleName("Histoire")
    colonne = Colonne(theme, ecart=0)
    for rang, fait in enumerate(faits):
        suivie = rang < len(faits) - 1
        colonne.addWidget(LigneHistoire(theme, fait, aujourdhui, expliquer, suivie=suivie, etroite=etroite))
    bloc.setLayout(colonne)
    return bloc
