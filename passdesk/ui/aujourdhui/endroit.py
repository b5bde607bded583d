"""Where a desk that moves is today: asked once a day, at the top of *Aujourd’hui*, and in nobody’s way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from passdesk.domain.erreurs import KnownError
from passdesk.services.lieu_du_jour import Endroit, LieuDuJour, choisir_lieu, lieu_du_jour
from passdesk.ui.composants import Avis, Btn, Card, Combo, Flexible, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.visite.champs import ChampCommune

AUTRE = ""
"""The choice that opens the search of a commune."""
QUESTION = "Aujourd’hui, le guichet est à"
AUTRE_COMMUNE = "Une autre commune…"
CHOISIR = "Choisir l’endroit"
C_EST_ICI = "C’est ici"
A_DIRE = "Tapez le début de la commune, puis choisissez-la."
POURQUOI = "Les distances des lieux et les papiers du jour partent de là. Vous pouvez aussi répondre plus tard."


class CarteEndroit(Card):
    """`choisi` carries where the desk is, None while nobody said; `rendu`: it was answered here, the card goes."""

    choisi = Signal(object)
    rendu = Signal()

    def __init__(self, contexte: Contexte) -> None:
        theme = contexte.theme
        super().__init__(theme, QUESTION, ecart=8)
        self._contexte = contexte
        self.choix = Combo(theme, (), CHOISIR)
        self.choix.setPlaceholderText(CHOISIR)
        self.choix.choisi.connect(lambda _: self._ouvrir())
        self.commune = ChampCommune(theme, contexte.communes)
        self.commune.set_indication("")
        self.commune.choisie.connect(self._prendre)
        self._code = ""
        self.bouton = Btn(theme, C_EST_ICI, icone_nom="map-pin")
        self.bouton.clicked.connect(self._dire)
        self.avis = Avis(theme, "warn")
        self._rangee = Flexible(theme, ecart=12)
        self._rangee.addWidget(self.choix, 1)
        self._rangee.addWidget(self.commune, 1)
        self._rangee.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignBottom)
        # The width of a name of commune, not that of the page.
        self._rangee.addStretch(1)
        self.corps.addLayout(self._rangee)
        self.corps.addWidget(self.avis)
        self.corps.addWidget(WrapLabel(POURQUOI, "small"))
        self.hide()

    def actualiser(self) -> None:
        """Asks again whether it is to be asked."""
        self._contexte.lancer(lieu_du_jour, apres=self._montrer, ecran=self)

    def rouvrir(self) -> None:
        """Another place than the one said: it is asked again."""
        self.show()
        (self.choix if self.choix.count() > 1 else self.commune.saisie).setFocus(Qt.FocusReason.OtherFocusReason)

    def disposer(self, etroite: bool) -> None:
        """One under the other when narrow."""
        self._rangee.empiler(etroite)

    def _montrer(self, lu: LieuDuJour) -> None:
        self.choisi.emit(lu.ici)
        if not self.isHidden() and lu.itinerant:
            return  # somebody is answering
        self.choix.set_choix([(e.cle, e.nom) for e in lu.choix] + [(AUTRE, AUTRE_COMMUNE)])
        self.choix.set_valeur(lu.choix[0].cle if lu.choix else AUTRE)
        self.commune.montrer("", "")
        self._ouvrir()
        self.setVisible(lu.a_demander)

    def _ouvrir(self) -> None:
        ailleurs = self.choix.valeur() == AUTRE
        self.commune.setVisible(ailleurs)
        # With nothing to choose from, the search alone is the answer.
        self.choix.setVisible(self.choix.count() > 1)
        if ailleurs and self.choix.hasFocus():
            self.commune.saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def _prendre(self, _texte: str, code: str, _postal: str) -> None:
        self._code = code
        self.avis.dire("")

    def _dire(self) -> None:
        if self.choix.valeur() == AUTRE and not self.commune.texte().strip():
            self.avis.dire(A_DIRE)
            self.commune.saisie.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        cle = str(self.choix.valeur() or "") or self._code
        self._contexte.lancer(
            choisir_lieu, cle, self._contexte.communes, apres=self._dit, sur_panne=self._refuse, ecran=self
        )

    def _dit(self, endroit: Endroit) -> None:
        focus = self.window().focusWidget()
        tenait = focus is None or self.isAncestorOf(focus)
        self.hide()
        if tenait:
            self.rendu.emit()
        self.avis.dire("")
        self.choisi.emit(endroit)
        self._contexte.signaler("lieux")

    def _refuse(self, panne: KnownError) -> None:
        self.avis.dire(str(message(panne.code)))
        self.commune.saisie.setFocus(Qt.FocusReason.OtherFocusReason)
