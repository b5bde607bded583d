"""The first start: where this desk is and who keeps it, then the passphrase that protects it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.horloge import Horloge
from passdesk.services.poste import Poste, creer_poste
from passdesk.tasks import TaskRunner
from passdesk.ui.aide.textes import ENTRAINEMENT_D_ABORD
from passdesk.ui.composants import Avis, Btn, Colonne, Field, WrapLabel
from passdesk.ui.messages import message
from passdesk.ui.messages import ouverture as textes
from passdesk.ui.phrase import NouvellePhrase
from passdesk.ui.seuil import PageSeuil
from passdesk.ui.theme import Theme


class PagePremierDepart(PageSeuil):
    """Two steps; the sheet and the link to the Region follow, once the desk is there.

    `reprise`: the desk exists already, on a computer that is lost or replaced, and in a backup.
    """

    reprise = Signal()
    entrainement = Signal()
    aide = "premier-depart"

    def __init__(self, theme: Theme, taches: TaskRunner, dossier: Path, horloge: Horloge) -> None:
        super().__init__(theme, textes.PREMIERE_ETAPE, textes.CONTINUER, "")
        self._taches, self._dossier, self._horloge = taches, dossier, horloge
        self.guichet = Field(theme, textes.NOM_POSTE, indication=textes.NOM_POSTE_INDICATION)
        self.nom = Field(theme, textes.NOM_AGENT)
        self.phrase = NouvellePhrase(theme, textes.AVERTISSEMENT, lambda: (self.nom.texte(), self.guichet.texte()))
        self.phrase.validee.connect(self.valider)
        self.retour = Btn(theme, textes.REVENIR, genre="discret")
        self.retour.clicked.connect(self._revenir)
        self.reprendre = Btn(theme, textes.REPRENDRE, genre="discret")
        self.reprendre.clicked.connect(self.reprise)
        self.essayer = Btn(theme, ENTRAINEMENT_D_ABORD, genre="discret")
        self.essayer.clicked.connect(self.entrainement)
        self.avis = Avis(theme)
        self._etapes = (QWidget(), QWidget())
        for champ in (self.guichet, self.nom):
            champ.modifie.connect(lambda _, c=champ: c.set_message(""))
            if isinstance(champ.saisie, QLineEdit):
                champ.saisie.returnPressed.connect(self.valider)
        self._monter(theme)
        self._montrer(0)

    @property
    def etape(self) -> int:
        """0, then 1."""
        return 0 if self._etapes[0].isVisibleTo(self) else 1

    def arriver(self) -> None:
        """Puts the focus where typing begins."""
        (self.phrase.phrase if self.etape else self.guichet).saisie.setFocus()

    def valider(self) -> None:
        """The next step, then the desk; the passphrase leaves the fields only when it has worked."""
        if not self.bouton.isEnabled():
            return
        if self.etape == 0:
            self._continuer()
            return
        if (champ := self.phrase.premier_a_revoir()) is not None:
            champ.saisie.setFocus()
            return
        self._occuper(True)
        self._taches.lancer(
            "base",
            partial(
                creer_poste,
                self._dossier,
                self.phrase.texte(),
                self.nom.texte().strip(),
                self._horloge,
                nom_poste=self.guichet.texte().strip(),
            ),
            apres=self._reussi,
            sur_panne=self._refuse,
            ecran=self,
            sur_imprevu=lambda: self._occuper(False),
        )

    def _continuer(self) -> None:
        manques = ((self.guichet, textes.NOM_POSTE_MANQUE), (self.nom, textes.NOM_AGENT_MANQUE))
        vides = [(champ, phrase) for champ, phrase in manques if not champ.texte().strip()]
        for champ, phrase in vides:
            champ.set_message(phrase)
        if vides:
            vides[0][0].saisie.setFocus()
            return
        self._montrer(1)
        self.arriver()

    def _revenir(self) -> None:
        self._montrer(0)
        self.arriver()

    def _montrer(self, etape: int) -> None:
        for rang, bloc in enumerate(self._etapes):
            bloc.setVisible(rang == etape)
        self.titre.setText((textes.PREMIERE_ETAPE, textes.DEUXIEME_ETAPE)[etape])
        self.bouton.set_texte((textes.CONTINUER, textes.CREER)[etape])
        self.defilement.verticalScrollBar().setValue(0)

    def _reussi(self, poste: Poste) -> None:
        self.phrase.oublier()
        self.ouvert.emit(poste)

    def _refuse(self, panne: KnownError) -> None:
        self._occuper(False)
        self.phrase.phrase.set_message(str(message(panne.code, **panne.faits)))
        self.phrase.phrase.saisie.setFocus()

    def _occuper(self, oui: bool) -> None:
        self.bouton.setEnabled(not oui)
        self.retour.setEnabled(not oui)
        self.phrase.bloquer(oui)
        if oui:
            self.attente.montrer(textes.CREATION)
        else:
            self.attente.hide()

    def _monter(self, theme: Theme) -> None:
        premiere, seconde = (Colonne(theme, ecart=14) for _ in self._etapes)
        for widget in (WrapLabel(textes.PREMIERE_AIDE, "small"), self.guichet, self.nom):
            premiere.addWidget(widget)
        for lien in (self.reprendre, self.essayer):
            premiere.addWidget(lien, 0, Qt.AlignmentFlag.AlignLeft)
        premiere.addWidget(self.avis)
        seconde.addWidget(self.phrase)
        seconde.addWidget(self.retour)
        for bloc, colonne in zip(self._etapes, (premiere, seconde), strict=True):
            bloc.setLayout(colonne)
            self.corps.addWidget(bloc)
