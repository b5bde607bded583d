"""Three places chosen one by one, in the order in which the cover carries them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from passdesk.domain.lieu import LIEUX_DE_COUVERTURE, LieuProche
from passdesk.ui.composants import Colonne, Combo, Field
from passdesk.ui.lieux import textes
from passdesk.ui.theme import Theme

SIGNES_MIN = 16
"""Letters of a name in sight, at least; the list that opens shows it whole."""


class TroisLieux(QWidget):
    """`choisis` carries the ids chosen by hand, in order, without holes or repetitions."""

    choisis = Signal(tuple)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.listes: list[Combo] = []
        colonne = Colonne(theme, ecart=10)
        for rang in range(LIEUX_DE_COUVERTURE):
            liste = Combo(theme, (), textes.RANGS[rang])
            liste.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            liste.setMinimumContentsLength(SIGNES_MIN)
            liste.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            liste.choisi.connect(lambda _: self.choisis.emit(self.valeurs()))
            self.listes.append(liste)
            colonne.addWidget(Field(theme, textes.RANGS[rang], saisie=liste))
        self.setLayout(colonne)

    def montrer(self, candidats: Sequence[LieuProche], choisis: Sequence[str]) -> None:
        """Offers these places, the nearest first, and shows those chosen."""
        choix = [("", textes.PERSONNE), *((proche.lieu.lieu_id, textes.en_bref(proche)) for proche in candidats)]
        for rang, liste in enumerate(self.listes):
            liste.set_choix(choix)
            liste.set_valeur(choisis[rang] if rang < len(choisis) else "")

    def valeurs(self) -> tuple[str, ...]:
        """The ids chosen, in order."""
        return tuple(dict.fromkeys(str(valeur) for liste in self.listes if (valeur := liste.valeur())))
