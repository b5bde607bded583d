"""The four answers about the printer, one key each: one under the other, two and two where there is little room."""

from __future__ import annotations

from collections.abc import Container, Mapping

from PySide6.QtWidgets import QWidget

from passdesk.ui.composants import Colonne, Grille, GroupeRadios, Tuile, WrapLabel
from passdesk.ui.impression.reponses import CLES_REPONSE, CleReponse
from passdesk.ui.theme import Theme


class QuatreReponses(QWidget):
    """`groupe` carries the answer chosen by hand, `tuiles` the tile of each. `sous`: what stands under that of
    "arrete", or under all of them where there is little room; `a_droite`: what stands in it. `expliquees`: those whose
    meaning is told there, once chosen.
    """

    def __init__(
        self,
        theme: Theme,
        titres: Mapping[CleReponse, tuple[str, str]],
        *,
        a_droite: QWidget | None = None,
        sous: QWidget | None = None,
        expliquees: Container[object] = ("tout", "rien", "illisible"),
    ) -> None:
        super().__init__()
        self._sous, self._expliquees = sous, expliquees
        self.etroite, self.detaillees = False, True
        self.groupe = GroupeRadios(self)
        self.tuiles: dict[CleReponse, Tuile] = {}
        self._grille = Grille(theme, ecart=8)
        for rang, cle in enumerate(CLES_REPONSE):
            tuile = Tuile(theme, *titres[cle], str(rang + 1), a_droite if cle == "arrete" else None)
            self.groupe.ajouter(tuile.radio, cle)
            self.tuiles[cle] = tuile
        self._dit = WrapLabel("", "small")
        colonne = Colonne(theme)
        colonne.addLayout(self._grille)
        colonne.addWidget(self._dit)
        self.setLayout(colonne)
        self._ranger()

    def disposer(self, etroite: bool, *, detaillees: bool) -> None:
        """`etroite`: two and two. Unless `detaillees`, without what each means: the four are in sight together, and the
        meaning of the chosen one under them."""
        if (etroite, detaillees) != (self.etroite, self.detaillees):
            self.etroite, self.detaillees = etroite, detaillees
            self._ranger()

    def dire(self) -> None:
        """What the chosen one means."""
        cle = self.groupe.valeur()
        # What stands under the answers, or the ticks that it calls for, say it as well.
        self._dit.setVisible(not self.detaillees and cle in self._expliquees)
        self._dit.setText(next((tuile.detail.text() for nom, tuile in self.tuiles.items() if nom == cle), ""))

    def _ranger(self) -> None:
        for rang, (cle, tuile) in enumerate(self.tuiles.items()):
            # One under the other, a row is left for what stands under "arrete".
            place = divmod(rang, 2) if self.etroite else (rang + (cle in CLES_REPONSE[2:]), 0)
            self._grille.addWidget(tuile, *place)
            tuile.detail.setVisible(self.detaillees)
        if self._sous is not None:
            self._grille.addWidget(self._sous, 2, 0, 1, 2 if self.etroite else 1)
        self._grille.setColumnStretch(0, 1)
        self._grille.setColumnStretch(1, int(self.etroite))
        self.dire()
