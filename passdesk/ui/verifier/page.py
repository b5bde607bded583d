"""*Vérifier un pass*: the field at the left with the sitting under it, the verdict at the right."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.verification import (
    Controle,
    Controles,
    EtatListe,
    controler,
    etat_liste,
    prendre_liste,
)
from passdesk.ui.composants import (
    Banner,
    Btn,
    Colonne,
    EmptyState,
    Ligne,
    Liste,
    ListeDetail,
    Page,
    Titre,
    WrapLabel,
    annoncer,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.verifier import textes
from passdesk.ui.verifier.champ import ChampPass, contenu
from passdesk.ui.verifier.detail import DetailVerdict
from passdesk.ui.verifier.lecture import Lecture

LARGEUR = 420
"""Of the field and the sitting, pixels at 100 %."""


class PageVerifier(Page):
    """The focus stays in the field: one pass after the other. Nothing of it is kept when the page is closed."""

    aide = "verifier"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__("verifier", textes.TITRE)
        self._contexte = contexte
        self._retour: Page | None = None
        theme = contexte.theme
        self.controles: list[Controle] = []
        self.lecture = Lecture(contexte.taches, self)
        self.lecture.avance.connect(self._avancer)
        self.lecture.lus.connect(lambda lus: self._demander(lus=lus))
        self.lecture.panne.connect(self._en_panne)
        self.retour = Btn(theme, textes.RETOUR, genre="discret")
        self.retour.clicked.connect(self._revenir)
        self.champ = ChampPass(theme, textes.CHAMP)
        self.champ.ouvre.connect(self.verifier)
        self.champ.donne.connect(self.prendre)
        self.bouton = Btn(theme, textes.BOUTON, genre="primaire", icone_nom="shield-check", touche="Ctrl+Entrée")
        self.bouton.clicked.connect(self.verifier)
        self.fichier = Btn(theme, textes.CHOISIR, icone_nom="file-text")
        self.fichier.clicked.connect(self._choisir_ou_arreter)
        self.liste_region = WrapLabel("", "small")
        self.prendre_liste = Btn(theme, textes.PRENDRE, genre="discret")
        self.prendre_liste.clicked.connect(self._choisir_liste)
        self.avis = Banner(theme, "warn", "info-circle", "")
        self.nouvelle = Banner(theme, "info", "info-circle", "")
        self.avis.hide()
        self.nouvelle.hide()
        self.seance = Liste(theme, textes.SEANCE)
        self.seance.choisie.connect(self._choisie)
        self.panneau = ListeDetail(theme, textes.RETOUR_LISTE, LARGEUR)
        self.seance.ouverte.connect(lambda _: self.panneau.ouvrir())
        self.champ.avance.connect(self.seance.avancer)
        self.panneau.revenue.connect(self.champ.setFocus)
        self._vide = QWidget()
        self._vide_corps = Colonne(theme)
        self._vide.setLayout(self._vide_corps)
        self.detail: DetailVerdict | None = None
        self._monter()
        self.setAcceptDrops(True)

    def arriver(self) -> None:
        """The focus in the field, and the age of the list as it is now."""
        self.champ.setFocus()
        self._contexte.lancer(etat_liste, apres=self._montrer_liste, ecran=self)

    def venir_de(self, retour: Page, texte: str) -> None:
        """Where to go back to; what was scanned there is checked at once."""
        self._retour = retour
        if texte.strip():
            self.champ.setText(texte)
            self.verifier()

    def primaire(self) -> Btn | None:
        return self.bouton

    def regions(self) -> tuple[QWidget, ...]:
        suite = (self.seance,) if self.controles and self.seance.isVisible() else ()
        return (self.champ, *suite) if self.champ.isVisible() else (self,)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.panneau.disposer(etroite)
        self._montrer_vide()
        self.bouton.montrer_touche(not etroite)

    def verifier(self) -> None:
        """What the field holds; it is empty for the next scan."""
        texte = self.champ.text()
        if not texte.strip():
            return
        self.champ.clear()
        self._demander(tapes=(texte,))

    def prendre(self, source: Path | bytes) -> None:
        """A file chosen or dropped, or a picture pasted."""
        self.lecture.commencer(source)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if contenu(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        source = contenu(event.mimeData())
        if source is not None:
            event.acceptProposedAction()
            self.prendre(source)

    def _monter(self) -> None:
        theme = self._contexte.theme
        haut = Ligne(theme, ecart=12)
        haut.addWidget(Titre(theme, textes.TITRE), 1)
        haut.addWidget(self.retour, 0, Qt.AlignmentFlag.AlignVCenter)
        region = Ligne(theme, ecart=16)
        region.addWidget(self.liste_region, 1)
        region.addWidget(self.prendre_liste, 0, Qt.AlignmentFlag.AlignVCenter)
        # Above the two cards: when one hides the other, the next pass can still be scanned.
        saisie = Ligne(theme, ecart=12)
        saisie.addWidget(self.champ, 1)
        saisie.addWidget(self.bouton)
        gauche = self.panneau.gauche
        aide = Colonne(theme, ecart=8, marges=(8, 4, 8, 4))
        deposer = WrapLabel(textes.DEPOSER, "small")
        for widget in (WrapLabel(textes.AIDE, "small"), self.fichier, deposer, self.avis, self.nouvelle):
            aide.addWidget(widget)
        tete = QWidget()
        tete.setLayout(aide)
        self.panneau.tete(tete)
        gauche.addWidget(self.seance, 1)
        gauche.addWidget(self._vide, 1)
        self._vide_corps.addWidget(EmptyState(theme, "shield-check", textes.RIEN, textes.RIEN_SUITE))
        self._vide_corps.addStretch(1)
        self.seance.hide()
        corps = Colonne(theme, ecart=12)
        for ligne in (haut, region, saisie):
            corps.addLayout(ligne)
        corps.addWidget(self.panneau, 1)
        self.setLayout(corps)
        self.cadrer(corps)
        self.panneau.montrer(None)

    def _montrer_vide(self) -> None:
        """Where there is little room, the help above says it all: the picture would push the page out of the screen."""
        self._vide.setVisible(not self.controles and not self.etroite)

    def _demander(self, tapes: tuple[str, ...] = (), lus: tuple[str, ...] = ()) -> None:
        self._contexte.lancer(controler, tapes, lus, apres=self._recevoir, sur_panne=self._en_panne, ecran=self)

    def _recevoir(self, recus: Controles) -> None:
        self._taire()
        nouveaux = recus.controles
        if not nouveaux:
            vide = message("verdict_aucun")
            dit = (textes.COUVERTURE, textes.COUVERTURE_SUITE) if recus.couvertures else (vide.quoi, vide.faire)
            self._dire(self.nouvelle, *dit)
            annoncer(self, dit[0])
            return
        self.controles[:0] = nouveaux
        self._montrer_liste(nouveaux[0].liste)
        total = len(self.controles)
        self.seance.montrer([textes.rangee(total - rang, c) for rang, c in enumerate(self.controles)])
        self.seance.show()
        self._montrer_vide()
        # Of a whole file, the first that is not plainly good is the one to look at.
        a_voir = next((rang for rang, c in enumerate(nouveaux) if c.reserve or c.verdict.verdict != "valide"), 0)
        self.seance.avancer(a_voir - self.seance.currentIndex().row())
        annoncer(self, textes.resume(nouveaux))
        if len(nouveaux) > 1:
            self._dire(self.nouvelle, textes.resume(nouveaux))

    def _choisie(self, cle: Hashable) -> None:
        if isinstance(cle, int):
            self._montrer(self.controles[len(self.controles) - cle])

    def _montrer(self, controle: Controle) -> None:
        self.detail = DetailVerdict(self._contexte.theme, controle)
        self.panneau.montrer(self.detail, cle=self.seance.cle())
        self.panneau.ouvrir()

    def _montrer_liste(self, etat: EtatListe) -> None:
        self.liste_region.setText(textes.liste(etat))

    def _choisir_ou_arreter(self) -> None:
        """What was read before the stop gets its verdicts."""
        if self.lecture.en_cours:
            self.lecture.arreter()
            return
        choisi, _ = QFileDialog.getOpenFileName(self, textes.CHOISIR, str(Path.home()), textes.FILTRE)
        if choisi:
            self.prendre(Path(choisi))

    def _choisir_liste(self) -> None:
        choisi, _ = QFileDialog.getOpenFileName(self, textes.PRENDRE, str(Path.home()), textes.FILTRE_LISTE)
        if choisi:
            self.recevoir_liste(Path(choisi))

    def recevoir_liste(self, fichier: Path) -> None:
        """A list of the Region, brought by hand."""
        self._contexte.lancer(prendre_liste, fichier, apres=self._liste_prise, sur_panne=self._en_panne, ecran=self)

    def _liste_prise(self, etat: EtatListe) -> None:
        self._montrer_liste(etat)
        self._dire(self.nouvelle, textes.LISTE_PRISE, textes.liste(etat))
        annoncer(self, textes.LISTE_PRISE)

    def _en_panne(self, panne: KnownError) -> None:
        dit = message(panne.code, **panne.faits)
        self._dire(self.avis, dit.quoi, f"{dit.sur} {dit.faire}".strip())
        annoncer(self, dit.quoi)

    def _dire(self, bandeau: Banner, quoi: str, suite: str = "") -> None:
        self._taire()
        bandeau.set_textes(quoi, suite)
        bandeau.show()

    def _taire(self) -> None:
        self.avis.hide()
        self.nouvelle.hide()

    def _avancer(self, page: int, pages: int) -> None:
        """`page` from 1, of so many; 0 once nothing is read."""
        self.fichier.set_texte(textes.lecture(page, pages) if page else textes.CHOISIR)

    def _revenir(self) -> None:
        self._contexte.navigation.fermer_page(self, self._retour)
