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
PLUS_ANCIEN = "Voir les {nombre}\u00a0faits plus anciens"


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
    """One fact. `suivie`: a line leads from its disc to the next one; `precedee`: one comes from the disc before."""

    def __init__(
        self,
        theme: Theme,
        fait: Fait,
        aujourdhui: date,
        liens: Liens | None,
        *,
        precedee: bool,
        suivie: bool,
        etroite: bool,
    ) -> None:
        super().__init__()
        self._theme, self._precedee, self._suivie = theme, precedee, suivie
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
        t = self._theme
        x, haut, bas = t.px(DISQUE) / 2, t.sp(6), t.sp(6) + t.px(DISQUE)
        peintre = QPainter(self)
        peintre.setPen(QPen(t.couleur("edge"), t.px(1)))
        if self._precedee:
            peintre.drawLine(QPointF(x, 0), QPointF(x, haut - 2))
        if self._suivie:
            peintre.drawLine(QPointF(x, bas + 2), QPointF(x, self.height()))
        peintre.end()


def bloc_histoire(
    theme: Theme,
    faits: Sequence[Fait],
    aujourdhui: date,
    etroite: bool,
    liens: Liens | None = None,
    montres: int = 0,
) -> QWidget:
    """The history in one column, with the quiet links of its acts; a link shows those beyond the `montres` newest."""
    bloc = QWidget()
    bloc.setAccessibleName("Histoire")
    colonne = Colonne(theme, ecart=0)
    dernier, debut = len(faits) - 1, montres if 0 < montres < len(faits) - 1 else len(faits)
    lignes = [
        LigneHistoire(theme, fait, aujourdhui, liens, precedee=rang > 0, suivie=rang < dernier, etroite=etroite)
        for rang, fait in enumerate(faits)
    ]
    for ligne in lignes:
        colonne.addWidget(ligne)
    if anciennes := lignes[debut:]:
        plus = Btn(theme, PLUS_ANCIEN.format(nombre=len(anciennes)), genre="discret")
        colonne.addWidget(plus, 0, Qt.AlignmentFlag.AlignLeft)
        for ligne in anciennes:
            ligne.hide()

        def tout_montrer() -> None:
            for ligne in anciennes:
                ligne.show()
            suivant = next((lien for ligne in anciennes for lien in ligne.findChildren(Btn)), None)
            if suivant is not None and plus.hasFocus():
                suivant.setFocus(Qt.FocusReason.OtherFocusReason)
            plus.hide()

        plus.clicked.connect(tout_montrer)
    bloc.setLayout(colonne)
    return bloc
