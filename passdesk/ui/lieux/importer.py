"""*Prendre une liste de lieux*: the file, what becomes of each row, then all written at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from passdesk.domain.erreurs import KnownError, SaisieRefusee
from passdesk.services.importer_rapport import ecrire_rapport
from passdesk.services.lieux_importer import AnalyseLieux, enregistrer, preparer_analyse
from passdesk.services.lieux_rapport import rapport_lieux
from passdesk.ui.composants import (
    Banner,
    Btn,
    Card,
    Colonne,
    Combo,
    Defilement,
    Flux,
    Ligne,
    Liste,
    Page,
    ProgressStrip,
    Titre,
    WrapLabel,
    annoncer,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.lieux import textes
from passdesk.ui.messages import message
from passdesk.ui.messages.lieux import VERDICTS

PAUSE_AVANCEMENT_MS = 700
"""Work shorter than that shows no bar."""
HAUTEUR_LISTE = 116
"""Pixels at 100 %: two rows at least; it takes what the window leaves, then scrolls by itself."""


class PageListe(Page):
    """Nothing is written before the last button. The reading goes in short steps: the desk lives beside it."""

    aide = "lieux"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__("liste-lieux", textes.LISTE_TITRE)
        self._contexte = contexte
        theme = contexte.theme
        self._analyse: AnalyseLieux | None = None
        self._dossier = Path.home()
        self._tour = 0
        self._etape = "fichier"
        self.en_cours = False
        self.retour = Btn(theme, textes.REVENIR, genre="discret")
        self.retour.clicked.connect(self._revenir)
        self.probleme = Banner(theme, "warn", "alert-triangle", "")
        self.nouvelle = Banner(theme, "info", "info-circle", "")
        self.avancement = ProgressStrip(theme, arretable=True)
        self.avancement.arrete.connect(lambda: self._en_panne(SaisieRefusee("import_arrete")))
        self._lent = QTimer(self)
        self._lent.setSingleShot(True)
        self._lent.timeout.connect(self._montrer_avancement)
        self.fichier = Card(theme, textes.FICHIER)
        self.choisir = Btn(theme, textes.CHOISIR, genre="primaire", icone_nom="file-text", touche="Ctrl+Entrée")
        self.choisir.clicked.connect(self._choisir)
        self.lignes = Card(theme, textes.LIGNES)
        self._nom, self.comptes, self.effets = WrapLabel("", "small"), WrapLabel("", "strong"), WrapLabel("", "small")
        self.filtre = Combo(theme, (), textes.MONTRER)
        self.filtre.choisi.connect(lambda _: self._lister())
        self.liste = Liste(theme, textes.LIGNES)
        self.montrees = WrapLabel("", "small")
        self.autre = Btn(theme, textes.AUTRE_FICHIER, genre="discret")
        self.autre.clicked.connect(self._choisir)
        self.rapports = (Btn(theme, textes.RAPPORT, genre="discret"), Btn(theme, textes.RAPPORT, genre="discret"))
        for rapport in self.rapports:
            rapport.clicked.connect(self._enregistrer_rapport)
        self.bouton = Btn(theme, "", genre="primaire", icone_nom="map-pin", touche="Ctrl+Entrée")
        self.bouton.clicked.connect(self._enregistrer)
        self.fait = Card(theme)
        self._fait_titre, self._fait_suite = WrapLabel("", "h2"), WrapLabel("")
        self.voir = Btn(theme, textes.VOIR, genre="primaire", icone_nom="map-pin", touche="Ctrl+Entrée")
        self.voir.clicked.connect(self._revenir)
        self._monter()
        self.setAcceptDrops(True)
        self._passer_a("fichier")

    def arriver(self) -> None:
        """The focus on the next step."""
        self._viser()

    def primaire(self) -> Btn | None:
        return next((b for b in (self.choisir, self.bouton, self.voir) if b.isVisibleTo(self)), None)

    def regions(self) -> tuple[QWidget, ...]:
        return tuple(p for p in (self.fichier, self.lignes, self.fait, self._pied) if p.isVisibleTo(self)) or (self,)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        for bouton in (self.choisir, self.bouton, self.voir):
            bouton.montrer_touche(not etroite)

    def quitter(self) -> None:
        """Whatever is being read is left there; nothing is half written."""
        self._tour += 1
        self.en_cours = False

    def ouvrir(self, chemin: Path) -> None:
        """Takes a file, chosen or dropped: the dry run begins at once."""
        if self.en_cours:
            return
        self._dossier = chemin.parent
        self._commencer()
        self._faire("base", preparer_analyse, chemin, self._contexte.communes, apres=self._lire)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._depose(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        chemin = self._depose(event)
        if chemin is not None:
            event.acceptProposedAction()
            self.ouvrir(chemin)

    def _depose(self, event: QDropEvent) -> Path | None:
        adresses = event.mimeData().urls() if event.mimeData().hasUrls() else []
        seul = len(adresses) == 1 and adresses[0].isLocalFile() and not self.en_cours
        return Path(adresses[0].toLocalFile()) if seul else None

    def _choisir(self) -> None:
        choisi, _ = QFileDialog.getOpenFileName(self, textes.CHOISIR, str(self._dossier), textes.FILTRE_FICHIER)
        if choisi:
            self.ouvrir(Path(choisi))

    def _commencer(self) -> None:
        self._tour += 1
        self.en_cours = True
        self._taire()
        self._lent.start(PAUSE_AVANCEMENT_MS)

    def _faire(self, ou: str, fonction: Callable[..., Any], *args: object, apres: Callable[..., None]) -> None:
        """One step; its answer is let drop when the work was stopped since."""
        tour = self._tour

        def suivre(suite: Callable[..., None], reponse: object) -> None:
            if tour == self._tour and self.en_cours:
                suite(reponse)

        apres, panne = partial(suivre, apres), partial(suivre, self._en_panne)
        if ou == "base":
            self._contexte.lancer(fonction, *args, apres=apres, sur_panne=panne, ecran=self)
        else:
            self._contexte.taches.lancer("rendu", fonction, *args, apres=apres, sur_panne=panne, ecran=self)

    def _lire(self, analyse: AnalyseLieux) -> None:
        self._faire("rendu", analyse.avancer, apres=partial(self._lu, analyse))

    def _lu(self, analyse: AnalyseLieux, fini: bool) -> None:
        if self.avancement.isVisible():
            self.avancement.montrer(f"{textes.LECTURE} {textes.nombre(analyse.lues, 'ligne')}")
        if not fini:
            self._lire(analyse)
            return
        self._finir()
        self._analyse = analyse
        comptes = analyse.comptes()
        self._nom.setText(f"{textes.NOMS[analyse.forme.genre]} · {analyse.tableau.chemin.name}")
        self.comptes.setText(textes.comptes(analyse))
        self.effets.setText(textes.effets(analyse))
        choix = [(v, f"{mots} ({comptes[v]})") for v, mots in VERDICTS.items() if comptes[v]]
        self.filtre.set_choix([("", f"{textes.TOUTES} ({len(analyse.lignes)})"), *choix])
        self.filtre.set_valeur("refuse" if comptes["refuse"] else "repare" if comptes["repare"] else "")
        self.filtre.setVisible(len(choix) > 1)
        self.bouton.set_texte(textes.enregistrer(len(analyse.pris)))
        self.bouton.setEnabled(bool(analyse.pris))
        self._lister()
        self._passer_a("lignes")
        annoncer(self, self.comptes.text())

    def _lister(self) -> None:
        if self._analyse is None:
            return
        verdict = cast("str", self.filtre.valeur() or "")
        lignes = [ligne for ligne in self._analyse.lignes if not verdict or ligne.lecture.verdict == verdict]
        self.liste.montrer([textes.rangee_ligne(ligne) for ligne in lignes[: textes.LIGNES_MONTREES]], verdict)
        self.liste.setVisible(bool(lignes))
        self.montrees.setText(textes.montrees(len(lignes)))
        self.montrees.setVisible(bool(self.montrees.text()))

    def _enregistrer(self) -> None:
        if self._analyse is not None and not self.en_cours:
            self._commencer()
            self._faire("base", enregistrer, self._analyse, apres=self._enregistre)

    def _enregistre(self, _combien: int) -> None:
        self._finir()
        if self._analyse is not None:
            self._fait_titre.setText(textes.fait(self._analyse))
            self._fait_suite.setText(f"{self.effets.text()} {self.comptes.text()}")
        self._passer_a("fait")
        annoncer(self, self._fait_titre.text())
        self._contexte.signaler("lieux")

    def _enregistrer_rapport(self) -> None:
        """For whoever keeps the list: what became of each row, where the agent says."""
        if self._analyse is None:
            return
        propose = str(self._dossier / textes.RAPPORT_NOM)
        choisi, _ = QFileDialog.getSaveFileName(self, textes.RAPPORT, propose, textes.RAPPORT_FILTRE)
        if choisi:
            rapport = rapport_lieux(self._analyse.lignes, VERDICTS, lambda code: message(code).quoi)
            self._contexte.taches.lancer(
                "rendu",
                ecrire_rapport,
                Path(choisi),
                rapport,
                apres=self._rapport_ecrit,
                sur_panne=self._dire_panne,
                ecran=self,
            )

    def _rapport_ecrit(self, _rien: None) -> None:
        self._taire()
        self.nouvelle.set_textes(textes.RAPPORT_FAIT)
        self.nouvelle.show()
        annoncer(self, textes.RAPPORT_FAIT)

    def _taire(self) -> None:
        self.probleme.hide()
        self.nouvelle.hide()

    def _en_panne(self, panne: KnownError) -> None:
        self._tour += 1
        self._finir()
        self._dire_panne(panne)
        self._viser()

    def _dire_panne(self, panne: KnownError) -> None:
        self._taire()
        phrases = message(panne.code, **panne.faits)
        self.probleme.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.probleme.show()
        annoncer(self, phrases.quoi)

    def _finir(self) -> None:
        self.en_cours = False
        self._lent.stop()
        self.avancement.hide()
        self._griser(False)
        self.bouton.setVisible(self._etape == "lignes")
        self._pied.setVisible(self._etape == "lignes")

    def _montrer_avancement(self) -> None:
        self.avancement.montrer(textes.LECTURE)
        self._pied.show()
        self.bouton.hide()
        self._griser(True)
        arreter = self.avancement.findChild(Btn)
        if arreter is not None:
            arreter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _griser(self, oui: bool) -> None:
        for carte in (self.fichier, self.lignes):
            carte.setEnabled(not oui)

    def _passer_a(self, etape: str) -> None:
        self._etape = etape
        for nom, carte in (("fichier", self.fichier), ("lignes", self.lignes), ("fait", self.fait)):
            carte.setVisible(nom == etape)
        # What is under the rows takes the room that they leave when they are not there.
        self._corps.setStretch(self._corps.count() - 1, int(etape != "lignes"))
        self.bouton.setVisible(etape == "lignes")
        self._pied.setVisible(etape == "lignes")
        self._taire()
        self._viser()

    def _viser(self) -> None:
        liste = self.liste if self._etape == "lignes" and self.liste.rangees else None
        cible = liste or self.primaire()
        if cible is not None and self.isVisible():
            cible.setFocus(Qt.FocusReason.OtherFocusReason)

    def _monter(self) -> None:
        theme = self._contexte.theme
        haut = Ligne(theme, ecart=12)
        haut.addWidget(Titre(theme, textes.LISTE_TITRE), 1)
        haut.addWidget(self.retour, 0, Qt.AlignmentFlag.AlignVCenter)
        choisir = Ligne(theme)
        choisir.addWidget(self.choisir)
        choisir.addStretch(1)
        self.fichier.corps.addWidget(WrapLabel(textes.FICHIER_AIDE))
        self.fichier.corps.addLayout(choisir)
        self.fichier.corps.addWidget(WrapLabel(textes.DEPOSER, "small"))
        filtre = Ligne(theme, ecart=12)
        filtre.addWidget(self.filtre)
        filtre.addStretch(1)
        liens = Flux(theme)
        liens.poser(self.rapports[0], self.autre)
        for widget in (self._nom, self.comptes, self.effets):
            self.lignes.corps.addWidget(widget)
        self.lignes.corps.addLayout(filtre)
        self.lignes.corps.addWidget(liens)
        self.lignes.corps.addWidget(self.liste, 1)
        self.lignes.corps.addWidget(self.montrees)
        voir = Ligne(theme, ecart=16)
        voir.addWidget(self.voir)
        voir.addWidget(self.rapports[1], 0, Qt.AlignmentFlag.AlignVCenter)
        voir.addStretch(1)
        self.fait.corps.addWidget(self._fait_titre)
        self.fait.corps.addWidget(self._fait_suite)
        self.fait.corps.addLayout(voir)
        corps = Colonne(theme, ecart=16)
        corps.addLayout(haut)
        for bloc in (self.probleme, self.nouvelle, self.fichier):
            corps.addWidget(bloc)
        corps.addWidget(self.lignes, 1)
        corps.addWidget(self.fait)
        corps.addStretch(0)
        self._corps = corps
        self.cadrer(corps)
        contenu = QWidget()
        contenu.setLayout(corps)
        self._pied = QWidget()
        pied = Colonne(theme, marges=(32, 8, 32, 12))
        pied.addWidget(self.avancement)
        bouton = Ligne(theme)
        bouton.addStretch(1)
        bouton.addWidget(self.bouton)
        pied.addLayout(bouton)
        self._pied.setLayout(pied)
        cadre = Colonne(theme, ecart=0)
        cadre.addWidget(Defilement(contenu), 1)
        cadre.addWidget(self._pied)
        self.setLayout(cadre)
        theme.change.connect(self._mesurer)
        self._mesurer()

    def _mesurer(self) -> None:
        self.liste.setMinimumHeight(self._contexte.theme.px(HAUTEUR_LISTE))

    def _revenir(self) -> None:
        self._contexte.navigation.montrer_lieu("lieux")
        self._contexte.navigation.fermer_page(self)
