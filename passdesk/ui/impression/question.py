"""The question about the printer: four answers, one key each, nothing chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from passdesk.ui.composants import Colonne, Combo, Flexible, Ligne, Texte, WrapLabel, amener
from passdesk.ui.impression import textes
from passdesk.ui.impression.fichiers import LiensFichier
from passdesk.ui.impression.quatre import QuatreReponses
from passdesk.ui.impression.reponses import CLES_REPONSE, TITRES, Reponse, detail_tout, nom_feuille
from passdesk.ui.theme import Theme


class Question(QWidget):
    """`choisie` carries a Reponse each time one is chosen by hand; None while it does not say where it stopped."""

    choisie = Signal(object)

    def __init__(self, theme: Theme, nombre: int, feuilles: Sequence[int], fichiers: LiensFichier) -> None:
        super().__init__()
        self.feuille = Combo(theme, (), textes.ARRETE_A)
        self.feuille.setPlaceholderText(textes.QUELLE_FEUILLE)
        self._ou, self._ligne_ou = QWidget(), Ligne(theme, ecart=10, marges=(16, 0, 0, 0))
        self._ligne_ou.addWidget(Texte(textes.ARRETE_A_LA, "strong"))
        self._ligne_ou.addStretch(1)
        self._ou.setLayout(self._ligne_ou)
        self._ou.hide()
        self.quatre = QuatreReponses(theme, TITRES, a_droite=self.feuille, sous=self._ou)
        self.groupe, self.tuiles = self.quatre.groupe, self.quatre.tuiles
        self._consigne, self._fichiers = WrapLabel(textes.REGARDEZ, "small"), fichiers
        self._trouble = False
        titres = Colonne(theme, ecart=2)
        self._question = WrapLabel(textes.QUESTION, "h2")
        titres.addWidget(self._question)
        titres.addWidget(self._consigne)
        # Told to open the file, one finds the way to it right there, before the answers.
        self._titres = Flexible(theme, ecart=2)
        self._titres.addLayout(titres, 1)
        self._titres.addWidget(fichiers)
        colonne = Colonne(theme, ecart=8)
        colonne.addLayout(self._titres)
        self._ensuite = WrapLabel(textes.ENSUITE, "strong")
        colonne.addWidget(self._ensuite)
        colonne.addWidget(self.quatre)
        # The first answer comes into sight with what is asked.
        self.tuiles["tout"].radio.bloc_a_voir = self._question  # type: ignore[attr-defined]
        self.setLayout(colonne)
        self.groupe.choisi.connect(self._choisir)
        self.feuille.choisi.connect(lambda _: self._choisir("arrete"))
        self.poser(nombre, feuilles)

    def disposer(self, etroite: bool, *, detaillees: bool, trouble: bool) -> None:
        """Where there is little room, the list of sheets leaves its tile, and comes under the answers once needed.

        `detaillees`: there is enough to say what each answer means. `trouble`: something told above takes some of it.
        """
        avant, self._trouble = self.quatre.etroite, trouble
        self.quatre.disposer(etroite, detaillees=detaillees and not trouble)
        self._titres.empiler(not etroite)
        if etroite != avant:
            arrete = self.tuiles["arrete"]
            arrete.titre.setText(textes.ARRETE_ETROIT if etroite else textes.ARRETE_A_LA)
            (self._ligne_ou if etroite else arrete.haut).insertWidget(1, self.feuille)
        self._montrer_suite()

    def _montrer_suite(self) -> None:
        etroite = self.quatre.etroite
        # The button of the file says it too, and so does what is told of the printer.
        self._consigne.setHidden(self._trouble or (etroite and self._en_fichier))
        self._ensuite.setVisible(self._en_fichier)
        self._ou.setVisible(etroite and self.groupe.valeur() == "arrete")
        self.quatre.dire()

    def poser(self, nombre: int, feuilles: Sequence[int], consigne: str = textes.REGARDEZ) -> None:
        """Asks about these sheets, of the `nombre` of the carnet: nothing is chosen, nor where it stopped.

        `consigne`: what to do first; sheets that went to a file, somebody has to print before any answer.
        """
        self._question.setText(textes.QUESTION_FICHIER if self._en_fichier else textes.QUESTION)
        self._consigne.setText(consigne)
        self.groupe.set_valeur(None)
        self.feuille.set_choix([(numero, nom_feuille(numero).lower()) for numero in feuilles])
        self.feuille.set_valeur(feuilles[0] if len(feuilles) == 1 else None)
        self.tuiles["tout"].set_detail(detail_tout(nombre, feuilles))
        self._montrer_suite()

    def _choisir(self, valeur: object) -> None:
        cle = next(cle for cle in CLES_REPONSE if cle == valeur)
        self.groupe.set_valeur(cle)
        if not self.feuille.hasFocus():
            self.tuiles[cle].radio.setFocus()
        self._montrer_suite()
        if not self._ou.isHidden():
            amener(self._ou)
        feuille = self.feuille.valeur()
        if cle == "arrete":
            # Pressed in haste, a sheet proposed would call those before it good.
            self.choisie.emit(Reponse(cle, feuille) if isinstance(feuille, int) else None)
        else:
            self.choisie.emit(Reponse(cle))

    @property
    def repondue(self) -> bool:
        """True once one of the four is chosen, a sheet still to be told or not."""
        return self.groupe.valeur() is not None

    @property
    def _en_fichier(self) -> bool:
        return self._fichiers.presents

    @property
    def demande(self) -> str:
        """What is missing of the answer, for the button that waits for it."""
        return textes.DITES_OU if self.groupe.valeur() == "arrete" else textes.REPONDEZ
