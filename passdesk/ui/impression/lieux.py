"""The places that this carnet carries, and others for this person alone."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from passdesk.services.lieux_couverture import LieuxCarnet
from passdesk.ui.composants import Btn, Colonne, Texte, WrapLabel, amener
from passdesk.ui.impression import textes
from passdesk.ui.lieux.choix import TroisLieux
from passdesk.ui.lieux.textes import noms
from passdesk.ui.theme import Theme


class LieuxImprimes(QWidget):
    """`choisis` carries the ids chosen by hand; hidden while the desk knows no place."""

    choisis = Signal(tuple)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._lus = theme, LieuxCarnet((), ())
        self._noms = WrapLabel("", "small")
        self.autres = Btn(theme, textes.AUTRES_LIEUX, genre="discret")
        self.autres.clicked.connect(self._deplier)
        self._colonne = Colonne(theme, ecart=4)
        self._colonne.addWidget(Texte(textes.LIEUX, "label"))
        self._colonne.addWidget(self._noms)
        self._colonne.addWidget(self.autres, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(self._colonne)
        self.hide()

    def montrer(self, lus: LieuxCarnet) -> None:
        """What the carnet carries, and what it may carry."""
        self._lus = lus
        self._nommer(lus.choisis)
        self.setVisible(bool(lus.candidats))

    def _choisir(self, choisis: tuple[str, ...]) -> None:
        self._nommer(choisis)
        self.choisis.emit(choisis)

    def _nommer(self, choisis: tuple[str, ...]) -> None:
        par_id = {proche.lieu.lieu_id: proche for proche in self._lus.candidats}
        self._noms.setText(noms([par_id[cle] for cle in choisis if cle in par_id]) or textes.AUCUN_LIEU)

    @cached_property
    def trois(self) -> TroisLieux:
        """Made when they are asked for: each list holds every place that the desk knows."""
        trois = TroisLieux(self._theme)
        trois.montrer(self._lus.candidats, self._lus.choisis)
        trois.choisis.connect(self._choisir)
        self._colonne.addWidget(trois)
        return trois

    def _deplier(self) -> None:
        self.trois.show()
        self.autres.hide()
        self.trois.listes[0].setFocus(Qt.FocusReason.OtherFocusReason)
        amener(self.trois)
