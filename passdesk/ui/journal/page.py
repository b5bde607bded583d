"""*Journal*: what was done and looked at, the latest first, a page at a time; each line leads to its file."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services import journal as service
from passdesk.services.importer_rapport import ecrire_rapport
from passdesk.services.journal import (
    ChoixJournal,
    FiltreJournal,
    NoteJournal,
    Repere,
    choix_journal,
    lire_journal,
)
from passdesk.ui.composants import (
    Avis,
    Btn,
    Card,
    Colonne,
    Defilement,
    EmptyState,
    Ligne,
    Liste,
    PageSeconde,
    Texte,
    Titre,
    confirmer,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.journal import textes
from passdesk.ui.journal.filtres import Filtres
from passdesk.ui.messages import message
from passdesk.ui.papier import copies


class PageJournal(PageSeconde):
    """Reads only. `Échap` goes back to *Réglages*; the last row brings the lines before."""

    aide = "journal"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte.theme, "journal", textes.TITRE, textes.RETOUR)
        self._contexte = contexte
        theme = contexte.theme
        self._notes: tuple[NoteJournal, ...] = ()
        self._filtre = FiltreJournal()
        self._suite: Repere | None = None
        self._occupe = False
        self.retour.clicked.connect(lambda: contexte.navigation.montrer_lieu("reglages"))
        self.filtres = Filtres(contexte)
        self.filtres.change.connect(self.actualiser)
        self.liste = Liste(theme, textes.TITRE)
        self.liste.ouverte.connect(self._ouvrir)
        self.filtres.champ.avance.connect(self.liste.avancer)
        self.filtres.champ.ouvre.connect(lambda: self._ouvrir(self.liste.cle()))
        self.enregistrer = Btn(theme, textes.ENREGISTRER, genre="discret")
        self.enregistrer.clicked.connect(self._preparer)
        self.enregistrer.hide()
        self._reserve = Texte(textes.RESERVE, "small")
        self._reserve.hide()
        self.avis = Avis(theme)
        self.tout = Btn(theme, textes.TOUT_VOIR)
        self.tout.clicked.connect(self.filtres.tout_montrer)
        self._vide = Defilement(EmptyState(theme, "search", textes.INTROUVABLE, textes.INTROUVABLE_SUITE, self.tout))
        self._vide.hide()
        self._monter()

    def arriver(self) -> None:
        """Asks again, with the focus in the search."""
        self.avis.hide()
        self.filtres.champ.setFocus()
        self.filtres.champ.selectAll()
        self._contexte.lancer(choix_journal, apres=self._proposer, ecran=self)
        self.actualiser()

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.filtres.disposer(etroite)

    def regions(self) -> tuple[QWidget, ...]:
        return (self.filtres, self.liste) if self.liste.isVisibleTo(self) else (self.filtres,)

    def concerne(self, personnes_id: frozenset[str]) -> bool:
        return any(note.personne_id in personnes_id for note in self._notes)

    def actualiser(self) -> None:
        """Asks for the latest lines that are kept; the latest question wins."""
        self._filtre = self.filtres.valeur()
        self._contexte.lancer(lire_journal, self._filtre, apres=partial(self._recevoir, self._filtre, ()), ecran=self)

    def _proposer(self, choix: ChoixJournal) -> None:
        self.filtres.proposer(choix)
        self.enregistrer.setVisible(choix.peut_sortir)
        self._reserve.setVisible(not choix.peut_sortir)

    def _recevoir(self, filtre: FiltreJournal, avant: tuple[NoteJournal, ...], page: service.PageJournal) -> None:
        if filtre != self._filtre:
            return
        self._notes, self._suite = (*avant, *page.notes), page.suite
        rangees = textes.rangees(self._notes, self._contexte.horloge.aujourdhui(), suite=page.suite is not None)
        self.liste.montrer(rangees, filtre)
        if avant and page.notes:
            self.liste.choisir(page.notes[0].cle)
        self.liste.setVisible(bool(self._notes))
        self._vide.setVisible(not self._notes)
        self._occuper(self._occupe)

    def _ouvrir(self, cle: Hashable) -> None:
        if cle == textes.SUITE and self._suite is not None:
            apres = partial(self._recevoir, self._filtre, self._notes)
            self._contexte.lancer(lire_journal, self._filtre, self._suite, apres=apres, ecran=self)
            return
        note = next((note for note in self._notes if note.cle == cle), None)
        if note is None:
            return
        aller = self._contexte.navigation.montrer_lieu
        if note.carnet is not None and note.genre.startswith("carnet."):
            aller("carnets").viser(note.carnet, note.serie)
        elif note.genre == "litige.noter" and (note.fait is None or "litige" in note.fait.faits):
            aller("a-verifier")
        elif note.personne_id:
            aller("personnes").viser(note.personne_id, note.personne)

    def _occuper(self, oui: bool) -> None:
        """One table at a time, and none of nothing."""
        self._occupe = oui
        self.enregistrer.setEnabled(bool(self._notes) and not oui)

    def _preparer(self) -> None:
        """Read first: the question says how many lines leave, and of which days."""
        self._occuper(True)
        self._lire_tableau(self.filtres.valeur(), "", 0, None)

    def _lire_tableau(self, filtre: FiltreJournal, deja: str, nombre: int, repere: Repere | None) -> None:
        """A thousand lines at a time: a visit asked for meanwhile waits for no more than that."""

        def suite(lu: tuple[str, int, Repere | None]) -> None:
            texte, combien = deja + lu[0], nombre + lu[1]
            if lu[2] is not None:
                self.avis.dire(textes.en_cours(combien), "info")
                self._lire_tableau(filtre, texte, combien, lu[2])
                return
            self.avis.dire("")
            self._occuper(False)
            self._demander_fichier(filtre, texte, combien)

        self._contexte.lancer(
            service.tableau_journal, filtre, repere, textes.acte, apres=suite, sur_panne=self._en_panne, ecran=self
        )

    def _demander_fichier(self, filtre: FiltreJournal, texte: str, nombre: int) -> None:
        if not confirmer(
            self._contexte.theme,
            self.window(),
            question=textes.question(nombre, filtre),
            consequences=textes.CONSEQUENCES,
            garder=textes.GARDER,
            faire=textes.FAIRE,
        ):
            return
        propose = str(copies.dossier_propose(self._contexte.poste.dossier) / textes.NOM_TABLEAU)
        choisi, _ = QFileDialog.getSaveFileName(self, textes.ENREGISTRER, propose, textes.FILTRE_CSV)
        if choisi:
            self._occuper(True)
            fini = partial(self._fini, textes.enregistre(nombre))
            self._contexte.taches.lancer(
                "rendu", ecrire_rapport, Path(choisi), texte, apres=fini, sur_panne=self._en_panne, ecran=self
            )

    def _fini(self, mots: str, _: object) -> None:
        self._occuper(False)
        self.avis.dire(mots, "ok")

    def _en_panne(self, trouble: KnownError) -> None:
        self._occuper(False)
        self.avis.dire(str(message(trouble.code, **trouble.faits)), "warn")

    def _monter(self) -> None:
        theme = self._contexte.theme
        haut = Ligne(theme, ecart=12)
        haut.addWidget(Titre(theme, textes.TITRE))
        haut.addStretch(1)
        haut.addWidget(self._reserve, 0, Qt.AlignmentFlag.AlignVCenter)
        haut.addWidget(self.enregistrer, 0, Qt.AlignmentFlag.AlignVCenter)
        haut.addWidget(self.retour, 0, Qt.AlignmentFlag.AlignVCenter)
        carte = Card(theme, ecart=8)
        for widget in (self.filtres, self.avis):
            carte.corps.addWidget(widget)
        carte.corps.addWidget(self.liste, 1)
        carte.corps.addWidget(self._vide, 1)
        corps = Colonne(theme, ecart=12)
        corps.addLayout(haut)
        corps.addWidget(carte, 1)
        self.setLayout(corps)
        self.cadrer(corps)
