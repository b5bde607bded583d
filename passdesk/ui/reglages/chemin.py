"""How this desk reaches the Region: as the computer does, straight, or through the proxy of the place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.connexion import PASSAGES, Chemin, regler_chemin
from passdesk.ui.composants import Avis, Colonne, Field, GroupeRadios, Radio, Rangs, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.reglages import textes


class BlocChemin(QWidget):
    """Three choices, kept as they are made; the address is asked for when there is one to give. `change` after each."""

    change = Signal()

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self._contexte, theme = contexte, contexte.theme
        self._lu: Chemin | None = None
        self._permis = False
        self.passages = GroupeRadios(self)
        self.radios = {passage: Radio(theme, textes.PASSAGES[passage]) for passage in PASSAGES}
        for passage, radio in self.radios.items():
            self.passages.ajouter(radio, passage)
        self.passages.choisi.connect(self._choisir)
        self.adresse = Field(theme, textes.PROXY, indication=textes.PROXY_INDICATION)
        self.adresse.quitte.connect(self.garder)
        self.garde = Avis(theme)
        self._aide = WrapLabel("", "small")
        colonne = Colonne(theme, ecart=8)
        colonne.addWidget(WrapLabel(textes.CHEMIN, "strong"))
        colonne.addWidget(Rangs(theme, list(self.radios.values()), 28))
        colonne.addWidget(self.adresse)
        colonne.addWidget(self._aide)
        colonne.addWidget(self.garde)
        self.setLayout(colonne)

    def montrer(self, lu: Chemin, *, permis: bool) -> None:
        """What the desk was told; `permis`: this agent may change it."""
        connu, self._lu, self._permis = self._lu, lu, permis
        for radio in self.radios.values():
            radio.setEnabled(permis)
        self.adresse.saisie.setEnabled(permis)
        if connu != lu:
            self.passages.set_valeur(lu.passage)
            self.adresse.set_texte(lu.adresse)
        self._accorder()

    def garder(self) -> None:
        """Keeps the address typed."""
        saisie = self.adresse.texte().strip()
        if self._lu is None or not self._permis or self.passages.valeur() != "adresse":
            return
        if not saisie or saisie == self._lu.adresse:
            self.adresse.set_message("")
            self._aide.show()
            return
        self._regler("adresse", saisie)

    def _choisir(self, passage: object) -> None:
        """The two that need nothing more are kept at once; the third waits for its address."""
        self._accorder()
        if self._lu is None or not self._permis:
            return
        if passage == "adresse":
            self.garde.hide()
            self.garder()
        elif passage != self._lu.passage:
            self._regler(str(passage), "")

    def _regler(self, passage: str, adresse: str) -> None:
        self._contexte.lancer(regler_chemin, passage, adresse, apres=self._gardee, sur_panne=self._refusee, ecran=self)

    def _gardee(self, _: None) -> None:
        """Tried at once: the strip says whether it leads to the Region."""
        self.adresse.set_message("")
        self._aide.show()
        self.garde.dire(textes.CHEMIN_GARDE)
        self.change.emit()
        self._contexte.navigation.envoyer_maintenant()

    def _refusee(self, panne: KnownError) -> None:
        self.garde.hide()
        # It says how an address is written: once is enough.
        self._aide.hide()
        self.adresse.set_message(str(message(panne.code, **panne.faits)))

    def _accorder(self) -> None:
        """The address only where it is of use."""
        passage = self.passages.valeur()
        self.adresse.setVisible(passage == "adresse")
        self._aide.setText(textes.aide_chemin(str(passage), permis=self._permis))
        self._aide.setVisible(not self.adresse.message() or passage != "adresse")
