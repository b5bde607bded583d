"""*Feuille de secours*: seen and printed, then its last signs read back from the paper before it counts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from passdesk.domain.erreurs import KnownError
from passdesk.services.dossier_personne import DossierDessine
from passdesk.services.secours import (
    EtatSecours,
    NouvelleFeuille,
    dessiner_feuille,
    etat_secours,
    retenir_feuille,
    tirer_feuille,
)
from passdesk.ui.agents import textes
from passdesk.ui.agents.geste import PageGeste
from passdesk.ui.composants import Avis, Btn, Field, WrapLabel, amener
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.messages.agents import feuille_de_secours
from passdesk.ui.papier.attente import dessiner_papier
from passdesk.ui.papier.dialogue import DialoguePapier, FeuillesNommees, MotsPapier

MOTS = MotsPapier(
    textes.FEUILLE_TITRE, textes.FEUILLE_DETAIL, textes.FEUILLE_ENVOYEE, textes.FEUILLE_ENREGISTREE,
    "secours_non_imprime", "secours_non_ecrit",
)  # fmt: skip


class PageFeuille(PageGeste):
    """`suite` takes the page away; `installation`: as a step of the first start, where it may wait."""

    aide = "feuille-de-secours"

    def __init__(self, contexte: Contexte, suite: Callable[[], None], *, installation: bool = False) -> None:
        titre = textes.FEUILLE_ETAPE if installation else textes.FEUILLE_TITRE
        super().__init__(contexte, "secours", titre, textes.FEUILLE_VOIR, suite)
        theme = contexte.theme
        self._suite, self._installation = suite, installation
        self._feuille: NouvelleFeuille | None = None
        self._retenue = False
        if installation:
            self.renoncer.set_texte(textes.FEUILLE_PLUS_TARD)
        self.ancienne = WrapLabel("", "small")
        self.groupe = Field(theme, textes.FEUILLE_GROUPE, indication=textes.FEUILLE_GROUPE_AIDE)
        self.groupe.modifie.connect(lambda _: self.groupe.set_message(""))
        if isinstance(self.groupe.saisie, QLineEdit):
            self.groupe.saisie.returnPressed.connect(self.agir)
        self.revoir = Btn(theme, textes.FEUILLE_REVOIR, genre="discret")
        self.revoir.clicked.connect(self._voir)
        self.dit = Avis(theme)
        for phrase in textes.FEUILLE_AIDE:
            self.corps.addWidget(WrapLabel(phrase))
        for widget in (self.ancienne, self.groupe, self.dit):
            self.corps.addWidget(widget)
        self.corps.addWidget(self.revoir, 0, Qt.AlignmentFlag.AlignLeft)
        self._placer()
        contexte.lancer(etat_secours, apres=self._connue, ecran=self)

    def arriver(self) -> None:
        """The keyboard goes to the next act."""
        (self.groupe.saisie if self._attend_le_groupe else self.acte).setFocus(Qt.FocusReason.OtherFocusReason)

    def quitter(self) -> None:
        """What goes on the sheet does not outlive the page; one that was not read back counts for nothing."""
        self._feuille = None
        self.groupe.set_texte("")
        self._placer()

    def agir(self) -> None:
        if self._retenue:
            self._suite()
        elif self._feuille is None:
            self._contexte.lancer(tirer_feuille, apres=self._tiree, sur_panne=self._refuse, ecran=self)
        else:
            self.acte.setEnabled(False)
            self._contexte.lancer(
                retenir_feuille, self._feuille, self.groupe.texte(),
                apres=self._est_retenue, sur_panne=self._refuse, ecran=self,
            )  # fmt: skip

    @property
    def _attend_le_groupe(self) -> bool:
        return self._feuille is not None and not self._retenue

    def _connue(self, etat: EtatSecours) -> None:
        self.ancienne.setText(textes.feuille_en_vigueur(etat))
        self.ancienne.setVisible(bool(self.ancienne.text()) and not self._retenue)

    def _tiree(self, feuille: NouvelleFeuille) -> None:
        self._feuille = feuille
        self._voir()

    def _voir(self) -> None:
        if self._feuille is not None:
            dessin = feuille_de_secours(self._feuille.cle_de_secours, self._feuille.guichet, self._feuille.le)
            dessiner_papier(self._contexte, self, MOTS.titre, dessiner_feuille, dessin, apres=self._montrer)

    def _montrer(self, dessine: DossierDessine) -> None:
        if self._feuille is None:
            return
        feuilles = FeuillesNommees(dessine.nom_fichier, dessine.papier, tuple(page.image for page in dessine.apercus))
        dialogue = DialoguePapier(self._contexte, self, MOTS, feuilles)
        dialogue.finished.connect(lambda _: self._vue())
        dialogue.open()

    def _vue(self) -> None:
        self._placer()
        self.arriver()

    def _est_retenue(self, _: None) -> None:
        self._feuille, self._retenue = None, True
        self.groupe.set_texte("")
        self.dit.dire(textes.FEUILLE_RETENUE, "ok")
        self.ancienne.hide()
        self._placer()
        self.arriver()

    def _refuse(self, panne: KnownError) -> None:
        self.acte.setEnabled(True)
        phrase = str(message(panne.code, **panne.faits))
        if self._attend_le_groupe:
            self.groupe.set_message(phrase)
            self.groupe.saisie.setFocus()
            amener(self.groupe)
        else:
            self.dit.dire(phrase, "warn")

    def _placer(self) -> None:
        attend = self._attend_le_groupe
        self.groupe.setVisible(attend)
        self.revoir.setVisible(attend)
        self.renoncer.setVisible(not self._retenue)
        self.acte.setEnabled(True)
        fini = textes.CONTINUER if self._installation else textes.REVENIR
        self.acte.set_texte(fini if self._retenue else textes.FEUILLE_BONNE if attend else textes.FEUILLE_VOIR)
