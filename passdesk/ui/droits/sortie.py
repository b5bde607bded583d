"""The papers of *Droits de la personne*: gathered, drawn off the GUI thread, shown, printed or saved by the agent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from passdesk.services.donnees import ReglagesDonnees, dessiner_notice
from passdesk.services.dossier_personne import (
    DossierDessine,
    DossierPersonne,
    dessiner_dossier,
    dossier_personne,
    exporter,
    nom_de_fichier,
)
from passdesk.ui.composants import Page
from passdesk.ui.contexte import Contexte
from passdesk.ui.droits import textes
from passdesk.ui.messages import donnees
from passdesk.ui.mots_dossier import dossier_papier
from passdesk.ui.papier import copies
from passdesk.ui.papier.attente import dessiner_papier
from passdesk.ui.papier.dialogue import DialoguePapier, FeuillesNommees, MotsPapier

MOTS_DOSSIER = MotsPapier(
    textes.DOSSIER_TITRE,
    textes.DOSSIER_DETAIL,
    textes.DOSSIER_ENVOYE,
    textes.DOSSIER_ENREGISTRE,
    "pages",
    "dossier_non_ecrit",
)


MOTS_NOTICE = MotsPapier(
    textes.NOTICE_TITRE,
    textes.NOTICE_DETAIL,
    textes.NOTICE_ENVOYEE,
    textes.NOTICE_ENREGISTREE,
    "pages",
    "dossier_non_ecrit",
)


class SortieDossier(QObject):
    """Belongs to a page. `panne` carries a known trouble; `montree` the dialog just opened; `ecrits` how many files."""

    panne = Signal(object)
    montree = Signal(object)
    ecrits = Signal(int)

    def __init__(self, contexte: Contexte, page: Page) -> None:
        super().__init__(page)
        self._contexte, self._page = contexte, page

    def montrer(self, personne_id: str) -> None:
        """All that is held on a person, on paper."""
        self._contexte.lancer(
            dossier_personne, personne_id, apres=self._dessiner, sur_panne=self.panne.emit, ecran=self._page
        )

    def montrer_notice(self, lus: ReglagesDonnees, *, gros: bool) -> None:
        """The notice, as the settings stand; it names nobody."""
        contenu = replace(donnees.notice(*_papier(lus)), gros=gros)
        dessiner_papier(
            self._contexte, self._page, MOTS_NOTICE.titre, dessiner_notice, contenu,
            apres=partial(self._ouvrir, MOTS_NOTICE), sur_panne=self.panne.emit,
        )  # fmt: skip

    def enregistrer(self, personne_id: str) -> None:
        """The same as files, in a folder that the agent chooses."""
        propose = str(copies.dossier_propose(self._contexte.poste.dossier))
        choisi = QFileDialog.getExistingDirectory(self._page, textes.DOSSIER_OU, propose)
        if choisi:
            self._contexte.lancer(
                dossier_personne,
                personne_id,
                apres=lambda lu: self._ecrire(lu, Path(choisi)),
                sur_panne=self.panne.emit,
                ecran=self._page,
            )

    def _dessiner(self, lu: DossierPersonne) -> None:
        dessiner_papier(
            self._contexte,
            self._page,
            MOTS_DOSSIER.titre,
            dessiner_dossier,
            dossier_papier(lu, self._contexte.communes),
            nom_de_fichier(lu, ".pdf"),
            apres=partial(self._ouvrir, MOTS_DOSSIER),
            sur_panne=self.panne.emit,
        )

    def _ecrire(self, lu: DossierPersonne, ou: Path) -> None:
        self._contexte.taches.lancer(
            "rendu",
            exporter,
            lu,
            dossier_papier(lu, self._contexte.communes),
            ou,
            apres=lambda fichiers: self.ecrits.emit(len(fichiers)),
            sur_panne=self.panne.emit,
            ecran=self._page,
        )

    def _ouvrir(self, mots: MotsPapier, dessine: DossierDessine) -> None:
        feuilles = FeuillesNommees(dessine.nom_fichier, dessine.papier, tuple(page.image for page in dessine.apercus))
        # Child of the page: a paper that bears a name never outlives what it was asked from.
        dialogue = DialoguePapier(self._contexte, self._page, mots, feuilles)
        dialogue.panne.connect(self.panne)
        self.montree.emit(dialogue)
        dialogue.open()


def _papier(lus: ReglagesDonnees) -> tuple[str, str, tuple[str, ...], int, date]:
    return lus.guichet, lus.telephone_aide, lus.contact, lus.conservation_mois, lus.le
