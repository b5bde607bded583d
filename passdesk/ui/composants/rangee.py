"""The rows of a list, and what Qt asks of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from passdesk.ui.composants.bloc import Ton
from passdesk.ui.composants.mots import Reperes

COCHE, NON_COCHE = "coché", "non coché"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Rangee:
    """A row: `cle` says what it is, `reperes` are (start, length) of what was searched in the title.

    `cochee`: its tick, None for a row without one; a row with a tick is pressed to change it. `entete`: only a title
    over the rows that follow.
    """

    cle: Hashable
    titre: str = field(repr=False)
    detail: str = field(default="", repr=False)
    badge: str = ""
    ton: Ton = "neutre"
    badge_icone: str = ""
    icone: str = ""
    icone_ton: str = "ink2"
    reperes: Reperes = ()
    cochee: bool | None = None
    entete: bool = False

    @property
    def lue(self) -> str:
        """What assistive tools read."""
        coche = {None: "", True: COCHE, False: NON_COCHE}[self.cochee]
        return ", ".join(mot for mot in (self.titre, self.detail, self.badge, coche) if mot)


class ModeleRangees(QAbstractListModel):
    """`poser` replaces them all."""

    def __init__(self) -> None:
        super().__init__()
        self.rangees: tuple[Rangee, ...] = ()

    def poser(self, rangees: Sequence[Rangee]) -> None:
        """Qt forgets which one was current, and where."""
        self.beginResetModel()
        self.rangees = tuple(rangees)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rangees)

    def flags(self, index: Index) -> Qt.ItemFlag:
        entete = index.isValid() and self.rangees[index.row()].entete
        return Qt.ItemFlag.NoItemFlags if entete else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rangees[index.row()].lue
        return None
