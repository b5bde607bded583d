"""How the carnet will be printed: the size of its letters, the printer, and the paper in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.gabarit import Gabarit, Support, gabarit_sur
from passdesk.ui.composants import Avis, Btn, Colonne, GroupeRadios, Icone, Ligne, Radio, Rangs, Texte, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.impression import textes
from passdesk.ui.impression.attente import Attente
from passdesk.ui.papier.choix import ChoixImprimante, ChoixSupport
from passdesk.ui.theme import Theme


class Annonce(QWidget):
    """What stands above the choices: ready, on paper already, or some of its sheets alone to do again.

    `entier`: the way to the whole carnet, when the sheets that were good are not there any more.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._titre, self._detail = WrapLabel("", "h2"), WrapLabel("", "small")
        self.entier = Btn(theme, textes.TOUT_LE_CARNET, genre="discret")
        colonne = Colonne(theme, ecart=4)
        colonne.addWidget(self._titre)
        colonne.addWidget(self._detail)
        colonne.addWidget(self.entier, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(colonne)

    def dire(self, attente: Attente) -> None:
        """What waits now."""
        titre, detail = attente.dite
        self._titre.setText(titre)
        self._detail.setText(detail)
        self.entier.setVisible(attente.en_partie)


class Rassurance(QWidget):
    """Above the button that prints: what printing again never does; before a first print there is nothing to say."""

    def __init__(self, theme: Theme, marges: tuple[int, int, int, int]) -> None:
        super().__init__()
        ligne = Ligne(theme, ecart=10, marges=marges)
        ligne.addWidget(Icone(theme, "shield-check", "ink2", 20))
        ligne.addWidget(WrapLabel(textes.RASSURANCE, "small"), 1)
        self.setLayout(ligne)


class Preparation(QWidget):
    """`change` says that a choice made by hand, or the printers once known, give another `gabarit`."""

    change = Signal()

    def __init__(self, contexte: Contexte, taille: int, *, gros: bool) -> None:
        super().__init__()
        theme = contexte.theme
        self._taille = taille
        self.ecritures = GroupeRadios(self)
        self._radios = {valeur: Radio(theme, mots) for valeur, mots in textes.ECRITURES.items()}
        for valeur, radio in self._radios.items():
            self.ecritures.ajouter(radio, valeur)
        self.ecritures.set_valeur(gros)
        self.imprimante = ChoixImprimante(contexte)
        self.support = ChoixSupport(contexte, self.imprimante)
        self._avis = Avis(theme, "warn")
        self._ecriture = QWidget()
        lettres = Colonne(theme, ecart=4)
        lettres.addWidget(Texte(textes.ECRITURE, "label"))
        lettres.addWidget(Rangs(theme, [*self._radios.values()], 20))
        self._ecriture.setLayout(lettres)
        colonne = Colonne(theme, ecart=12)
        for widget in (self._ecriture, self._avis, self.imprimante, self.support):
            colonne.addWidget(widget)
        self.setLayout(colonne)
        self.imprimante.connu.connect(lambda _: self._dire())
        for signal in (self.ecritures.choisi, self.support.choisi, self.imprimante.liste.choisi):
            signal.connect(lambda _: self._changer())
        self._dire()

    @property
    def gabarit(self) -> Gabarit:
        """How a whole carnet will be laid out."""
        return gabarit_sur(self.support.support, gros=bool(self.ecritures.valeur()))

    def montrer(self, *, entier: bool) -> None:
        """`entier`: the whole carnet goes out next, so that everything can still be chosen; else the printer alone."""
        self._ecriture.setVisible(entier)
        self.support.setVisible(entier and self.imprimante.imprimante is not None)
        self._prevenir()

    @property
    def offre(self) -> bool:
        """True when there is something to choose: the letters of the whole carnet, a printer."""
        return not self._ecriture.isHidden() or bool(self.imprimante.choix.noms)

    @property
    def previent(self) -> bool:
        """True while the paper does not suit the letters."""
        return bool(self._avis.texte())

    @property
    def premier(self) -> QWidget:
        """Where the keyboard begins."""
        cochee = next((radio for radio in self._radios.values() if radio.isChecked()), None)
        return self.imprimante.liste if cochee is None or self._ecriture.isHidden() else cochee

    @property
    def _trop_etroites(self) -> bool:
        return bool(self.ecritures.valeur()) and self.support.support is Support.BANDES_74

    def _changer(self) -> None:
        self._dire()
        self.change.emit()

    def _dire(self) -> None:
        for valeur, radio in self._radios.items():
            gabarit = gabarit_sur(self.support.support, gros=bool(valeur))
            radio.set_texte(textes.ecriture(textes.ECRITURES[valeur], gabarit.nombre_feuilles(self._taille)))
        self._prevenir()

    def _prevenir(self) -> None:
        trop_etroites = self._trop_etroites and not self._ecriture.isHidden()
        self._avis.dire(textes.BANDES_ETROITES if trop_etroites else "")
