"""The question about the printer: four answers, one key each, nothing chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from passdesk.ui.composants import Colonne, Combo, GroupeRadios, Tuile, WrapLabel
from passdesk.ui.impression import textes
from passdesk.ui.impression.reponses import CLES_REPONSE, TITRES, CleReponse, Reponse, detail_tout, nom_feuille
from passdesk.ui.theme import Theme


class Question(QWidget):
    """`choisie` carries a Reponse each time one is chosen by hand."""

    choisie = Signal(object)

    def __init__(self, theme: Theme, nombre: int, feuilles: Sequence[int], fichiers: QWidget | None = None) -> None:
        super().__init__()
        self.feuille = Combo(theme, (), textes.ARRETE_A)
        self.groupe = GroupeRadios(self)
        self.tuiles: dict[CleReponse, Tuile] = {}
        colonne = Colonne(theme, ecart=8)
        titres = Colonne(theme, ecart=2)
        question = WrapLabel(textes.QUESTION, "h2")
        titres.addWidget(question)
        self._consigne = WrapLabel(textes.REGARDEZ, "small")
        titres.addWidget(self._consigne)
        if fichiers is not None:
            # Told to open the file, one finds the way to it right there, before the answers.
            titres.addWidget(fichiers)
        colonne.addLayout(titres)
        for rang, cle in enumerate(CLES_REPONSE, start=1):
            titre, detail = TITRES[cle]
            a_droite = self.feuille if cle == "arrete" else None
            tuile = Tuile(theme, titre, detail or detail_tout(nombre, feuilles), str(rang), a_droite)
            self.groupe.ajouter(tuile.radio, cle)
            self.tuiles[cle] = tuile
            colonne.addWidget(tuile)
        # The first answer comes into sight with what is asked.
        self.tuiles["tout"].radio.bloc_a_voir = question  # type: ignore[attr-defined]
        self.setLayout(colonne)
        self.groupe.choisi.connect(self._choisir)
        self.feuille.choisi.connect(lambda _: self._choisir("arrete"))
        self.poser(nombre, feuilles)

    def poser(self, nombre: int, feuilles: Sequence[int], consigne: str = textes.REGARDEZ) -> None:
        """Asks about these sheets, of the `nombre` of the carnet: nothing is chosen, the last sheet is proposed.

        `consigne`: what to do first; sheets that went to a file, somebody has to print.
        """
        self._consigne.setText(consigne)
        self.groupe.set_valeur(None)
        self.feuille.set_choix([(numero, nom_feuille(numero).lower()) for numero in feuilles])
        self.feuille.set_valeur(feuilles[-1])
        self.tuiles["tout"].detail.setText(detail_tout(nombre, feuilles))

    def _choisir(self, valeur: object) -> None:
        cle = next(cle for cle in CLES_REPONSE if cle == valeur)
        self.groupe.set_valeur(cle)
        if not self.feuille.hasFocus():
            self.tuiles[cle].radio.setFocus()
        feuille = self.feuille.valeur()
        self.choisie.emit(Reponse(cle, feuille if cle == "arrete" and isinstance(feuille, int) else None))
