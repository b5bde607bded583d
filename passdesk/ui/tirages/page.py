"""*Ce qui a été imprimé*: the printings day by day, searched, and each leads to its carnet."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.importer_rapport import ecrire_rapport
from passdesk.services.tirages_notes import TirageNote, tirages_csv, voir_tirages
from passdesk.ui.composants import (
    Avis,
    Btn,
    Card,
    ChampRecherche,
    Colonne,
    Combo,
    Defilement,
    EmptyState,
    Flexible,
    Ligne,
    Liste,
    PageSeconde,
    Texte,
    Titre,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.papier import copies
from passdesk.ui.tirages import textes


class PageTirages(PageSeconde):
    """Reads only: what came out is told on the page of the carnet."""

    aide = "imprimes"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte.theme, "tirages", textes.TITRE, textes.RETOUR)
        self._contexte = contexte
        theme = contexte.theme
        self._notes: tuple[TirageNote, ...] = ()
        self._demande: tuple[object, ...] = ()
        self._compte = Texte("", "small")
        self.retour.clicked.connect(lambda: contexte.navigation.montrer_lieu("carnets"))
        self.champ = ChampRecherche(theme, textes.CHERCHER)
        self.champ.textChanged.connect(lambda _: self.actualiser())
        self.periode = Combo(theme, textes.PERIODES, textes.PERIODE)
        self.periode.set_valeur(7)
        self.sorties = Combo(theme, textes.CHOIX_SORTIES, textes.SORTIES)
        for choix in (self.periode, self.sorties):
            choix.choisi.connect(lambda _: self.actualiser())
        self.liste = Liste(theme, textes.TITRE)
        self.liste.ouverte.connect(self._ouvrir)
        self.champ.avance.connect(self.liste.avancer)
        self.champ.ouvre.connect(lambda: self._ouvrir(self.liste.cle()))
        self.enregistrer = Btn(theme, textes.ENREGISTRER, genre="discret")
        self.enregistrer.clicked.connect(self._choisir_fichier)
        self.avis = Avis(theme)
        self.tout = Btn(theme, textes.TOUT_VOIR)
        self.tout.clicked.connect(self._tout_montrer)
        self._introuvable = EmptyState(theme, "search", textes.INTROUVABLE, textes.INTROUVABLE_SUITE, self.tout)
        self._jamais = EmptyState(theme, "printer", textes.AUCUNE, textes.AUCUNE_SUITE)
        self._monter()
        contexte.changements.connect(self._changement)

    def arriver(self) -> None:
        """Asks again, with the focus in the search."""
        self.avis.hide()
        self.champ.setFocus()
        self.champ.selectAll()
        self.actualiser()

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self._haut.empiler(etroite)
        self._choix.empiler(etroite)

    def regions(self) -> tuple[QWidget, ...]:
        return (self.champ, self.liste) if self.liste.isVisibleTo(self) else (self.champ,)

    def actualiser(self) -> None:
        """Asks for the printings chosen; the latest question wins."""
        self._demande = (self.periode.valeur(), self.sorties.valeur(), self.champ.text())
        self._contexte.lancer(voir_tirages, *self._demande, apres=partial(self._recevoir, self._demande), ecran=self)

    def _changement(self, genres: frozenset[str]) -> None:
        if self.isVisible() and "carnets" in genres:
            self.actualiser()

    def _recevoir(self, demande: tuple[object, ...], notes: tuple[TirageNote, ...]) -> None:
        if demande != self._demande:
            return
        self._notes = notes
        self.liste.montrer(textes.rangees(notes, self._contexte.horloge.aujourdhui()), demande)
        self.liste.setVisible(bool(notes))
        tout_est_montre = demande == (None, "", "")
        self._jamais.setVisible(not notes and tout_est_montre)
        self._introuvable.setVisible(not notes and not tout_est_montre)
        self._zone_vide.setVisible(not notes)
        self._compte.setText(textes.compte(len(notes)) if notes else "")
        self._compte.setVisible(bool(notes))
        self.enregistrer.setVisible(bool(notes))

    def _tout_montrer(self) -> None:
        self.periode.set_valeur(None)
        self.sorties.set_valeur("")
        self.champ.setFocus()
        self.champ.clear()
        self.actualiser()

    def _ouvrir(self, cle: Hashable) -> None:
        note = next((note for note in self._notes if note.acte == cle), None)
        if note is not None:
            self._contexte.navigation.montrer_lieu("carnets").viser(note.cle, note.serie)

    def _choisir_fichier(self) -> None:
        propose = str(copies.dossier_propose(self._contexte.poste.dossier) / textes.NOM_TABLEAU)
        choisi, _ = QFileDialog.getSaveFileName(self, textes.ENREGISTRER, propose, textes.FILTRE_CSV)
        if choisi:
            tableau = tirages_csv(self._notes, lambda note: textes.sortie(note)[0])
            self._contexte.taches.lancer(
                "rendu",
                ecrire_rapport,
                Path(choisi),
                tableau,
                apres=lambda _: self.avis.dire(textes.ENREGISTRE, "ok"),
                sur_panne=self._en_panne,
                ecran=self,
            )

    def _en_panne(self, trouble: KnownError) -> None:
        self.avis.dire(str(message(trouble.code, **trouble.faits)), "warn")

    def _monter(self) -> None:
        theme = self._contexte.theme
        titre = Ligne(theme, ecart=16)
        titre.addWidget(Titre(theme, textes.TITRE))
        titre.addWidget(self._compte)
        titre.addStretch(1)
        liens = Ligne(theme, ecart=12)
        for bouton in (self.enregistrer, self.retour):
            liens.addWidget(bouton, 0, Qt.AlignmentFlag.AlignVCenter)
        liens.addStretch(1)
        self._haut = Flexible(theme, ecart=4)
        self._haut.addLayout(titre, 1)
        self._haut.addLayout(liens)
        carte = Card(theme, ecart=8)
        self._choix = Flexible(theme, ecart=16)
        self._choix.addWidget(self.champ, 2)
        combos = Ligne(theme, ecart=8)
        combos.addWidget(self.periode, 1)
        combos.addWidget(self.sorties, 1)
        self._choix.addLayout(combos, 2)
        carte.corps.addLayout(self._choix)
        carte.corps.addWidget(self.avis)
        carte.corps.addWidget(self.liste, 1)
        vides = Colonne(theme)
        for vide in (self._introuvable, self._jamais):
            vide.hide()
            vides.addWidget(vide)
        vides.addStretch(1)
        contenu = QWidget()
        contenu.setLayout(vides)
        # What it says may need more room than a small window has: it scrolls, and the window keeps its size.
        self._zone_vide = Defilement(contenu)
        self._zone_vide.hide()
        carte.corps.addWidget(self._zone_vide, 1)
        corps = Colonne(theme, ecart=12)
        corps.addLayout(self._haut)
        corps.addWidget(carte, 1)
        self.setLayout(corps)
        self.cadrer(corps)
