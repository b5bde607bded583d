"""*Inscrire depuis un tableau*: the file, its columns, the rows, then all at once; each step under the one before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.importer import PLUS_TARD, Analyse
from passdesk.services.importer_actes import DernierImport
from passdesk.services.importer_colonnes import Colonnes
from passdesk.services.importer_rapport import ecrire_rapport, rapport_csv
from passdesk.services.tableur import Tableau
from passdesk.ui.composants import (
    Banner,
    Btn,
    Card,
    Colonne,
    Defilement,
    Flexible,
    Ligne,
    Page,
    ProgressStrip,
    Titre,
    WrapLabel,
    annoncer,
    confirmer,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.importer import textes
from passdesk.ui.importer.colonnes import CarteColonnes
from passdesk.ui.importer.fichier import CarteFichier
from passdesk.ui.importer.lignes import CarteLignes
from passdesk.ui.importer.travail import Travail
from passdesk.ui.messages import message
from passdesk.ui.messages.importer import VERDICTS, raison

PAUSE_AVANCEMENT_MS = 700
"""Work shorter than that shows no bar."""
MARGES_PIED, MARGES_PIED_ETROITES = (32, 12, 32, 16), (20, 8, 20, 8)


class PageImporter(Page):
    """Nothing is recorded before the last button; each step can be taken again."""

    aide = "importer"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__("importer", textes.TITRE)
        self._contexte = contexte
        theme = contexte.theme
        self.travail = Travail(contexte, self)
        self._tableau: Tableau | None = None
        self._analyse: Analyse | None = None
        self._en_dernier = ""
        self._nom_etape = ""
        self.retour = Btn(theme, textes.RETOUR, genre="discret")
        self.retour.clicked.connect(self._revenir)
        self.probleme = Banner(theme, "warn", "alert-triangle", "")
        self.nouvelle = Banner(theme, "ok", "check", "")
        self.avancement = ProgressStrip(theme, arretable=True)
        self.avancement.arrete.connect(self.travail.arreter)
        self._lent = QTimer(self)
        self._lent.setSingleShot(True)
        self._lent.timeout.connect(self._montrer_avancement)
        self.fichier = CarteFichier(theme)
        self.fichier.choisi.connect(self._choisir)
        self.fichier.feuille_choisie.connect(self._rouvrir)
        self.fichier.colonnes.connect(lambda: self._etape("colonnes"))
        self.retirer = Btn(theme, textes.retirer(2), genre="discret")
        self.retirer.clicked.connect(self._retirer)
        self.dernier = Banner(theme, "info", "clock", "", "", self.retirer)
        self._dernier: DernierImport | None = None
        self.colonnes = CarteColonnes(theme)
        self.colonnes.regarder.connect(self._regarder)
        self.lignes = CarteLignes(theme)
        self.lignes.inscrire.connect(self._inscrire)
        self.lignes.rapport.connect(self._enregistrer)
        self.fait = Card(theme)
        self._fait_titre, self._fait_suite = WrapLabel("", "h2"), WrapLabel("")
        self.voir = Btn(theme, textes.VOIR, genre="primaire", icone_nom="users", touche="Ctrl+Entrée")
        self.voir.clicked.connect(self._revenir)
        self.suite = Btn(theme, textes.SUITE)
        self.suite.clicked.connect(self._continuer)
        self.encore = Btn(theme, textes.AUTRE_FICHIER)
        self.encore.clicked.connect(self._choisir)
        self.annuler = Btn(theme, textes.retirer(2), genre="danger")
        self.annuler.clicked.connect(self._retirer)
        self._monter()
        self._brancher()
        self.setAcceptDrops(True)
        self._etape("fichier")

    def arriver(self) -> None:
        """The focus on the next step."""
        self.travail.demander_dernier()
        self._viser()

    def primaire(self) -> Btn | None:
        boutons = (self.fichier.bouton, self.colonnes.bouton, self.lignes.bouton, self.voir)
        return next((bouton for bouton in boutons if bouton.isVisibleTo(self)), None)

    def regions(self) -> tuple[QWidget, ...]:
        parties = (self.fichier, self.colonnes, self.lignes, self.fait, self._pied)
        return tuple(partie for partie in parties if partie.isVisibleTo(self)) or (self,)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self._actes.empiler(etroite)
        for carte in (self.fichier, self.colonnes, self.lignes):
            carte.disposer(etroite)
        self._cadre_pied.set_marges(*MARGES_PIED_ETROITES if etroite else MARGES_PIED)
        self.voir.montrer_touche(not etroite)

    def quitter(self) -> None:
        """Whatever is under way is left there; nothing is half recorded."""
        self.travail.arreter()

    def ouvrir(self, chemin: Path) -> None:
        """Takes a file, chosen or dropped."""
        self._lancer(lambda: self.travail.ouvrir(chemin))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._fichier_depose(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        chemin = self._fichier_depose(event)
        if chemin is not None:
            event.acceptProposedAction()
            self.ouvrir(chemin)

    def _fichier_depose(self, event: QDropEvent) -> Path | None:
        adresses = event.mimeData().urls() if event.mimeData().hasUrls() else []
        seul = len(adresses) == 1 and adresses[0].isLocalFile() and not self.travail.en_cours
        return Path(adresses[0].toLocalFile()) if seul else None

    def _monter(self) -> None:
        theme = self._contexte.theme
        haut = Ligne(theme, ecart=12)
        haut.addWidget(Titre(theme, textes.TITRE), 1)
        haut.addWidget(self.retour, 0, Qt.AlignmentFlag.AlignVCenter)
        self.fait.corps.addWidget(self._fait_titre)
        self.fait.corps.addWidget(self._fait_suite)
        self._actes = Flexible(theme, ecart=12, marges=(0, 8, 0, 0))
        for bouton in (self.voir, self.suite, self.encore):
            self._actes.addWidget(bouton)
        self._actes.addStretch(1)
        self._actes.addWidget(self.annuler)
        self.fait.corps.addLayout(self._actes)
        corps = self._corps = Colonne(theme, ecart=16)
        corps.addLayout(haut)
        for bloc in (self.probleme, self.nouvelle, self.fichier, self.dernier, self.colonnes):
            corps.addWidget(bloc)
        corps.addWidget(self.lignes, 1)
        corps.addWidget(self.fait)
        corps.addStretch(1)
        contenu = QWidget()
        contenu.setLayout(corps)
        self._defilement = Defilement(contenu)
        self.cadrer(corps)
        # What goes on, and the bar, stay in view, however far one has scrolled.
        self._pied = QWidget()
        self._cadre_pied = Colonne(theme, marges=MARGES_PIED)
        for widget in (self.avancement, self.colonnes.pied, self.lignes.pied):
            self._cadre_pied.addWidget(widget)
        self._pied.setLayout(self._cadre_pied)
        cadre = Colonne(theme, ecart=0)
        cadre.addWidget(self._defilement, 1)
        cadre.addWidget(self._pied)
        self.setLayout(cadre)

    def _brancher(self) -> None:
        travail = self.travail
        travail.avance.connect(self._avance)
        travail.ouvert.connect(self._fichier_lu)
        travail.regarde.connect(self._regarde)
        travail.inscrit.connect(self._inscrit)
        travail.repris.connect(self._repris)
        travail.dernier.connect(self._montrer_dernier)
        travail.panne.connect(self._en_panne)

    def _etape(self, nom: str) -> None:
        """Which cards are shown, and where the keyboard is."""
        self.fichier.setVisible(nom != "fait")
        self.fichier.etape(ouvert=nom != "fichier", resume=self.colonnes.resume if nom == "lignes" else "")
        self.lignes.setVisible(nom == "lignes")
        self.colonnes.setVisible(nom == "colonnes")
        self.fait.setVisible(nom == "fait")
        # The room left over is for the list; where there is none, nothing else is to grow.
        self._corps.setStretch(self._corps.count() - 1, 0 if nom == "lignes" else 1)
        self._nom_etape = nom
        self._montrer_pied()
        self._montrer_dernier(self._dernier)
        for bandeau in (self.probleme, self.nouvelle):
            bandeau.hide()
        self._viser()

    def _viser(self) -> None:
        """The keyboard where the step begins, and its card in view from the top."""
        cibles = {"colonnes": self.colonnes.premiere, "lignes": self.lignes.premiere}
        cible = cibles[self._nom_etape]() if self._nom_etape in cibles else self.primaire()
        if cible is not None and self.isVisible():
            cible.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._remonter)

    def _montrer_pied(self) -> None:
        """The bar of what is going on, or what the step goes on with."""
        for nom, pied in (("colonnes", self.colonnes.pied), ("lignes", self.lignes.pied)):
            pied.setVisible(nom == self._nom_etape and self.avancement.isHidden())
        self._pied.setVisible(self._nom_etape in ("colonnes", "lignes") or not self.avancement.isHidden())

    def _remonter(self) -> None:
        cartes = {"colonnes": self.colonnes, "lignes": self.lignes} if self.etroite else {}
        carte = cartes.get(self._nom_etape)
        self._defilement.verticalScrollBar().setValue(carte.y() - self._contexte.theme.sp(8) if carte else 0)

    def _lancer(self, travail: Callable[[], None]) -> None:
        if self.travail.en_cours:
            return
        self.probleme.hide()
        self.nouvelle.hide()
        self._lent.start(PAUSE_AVANCEMENT_MS)
        travail()

    def _montrer_avancement(self) -> None:
        self.avancement.montrer(self._en_dernier)
        self._griser(True)
        self._montrer_pied()
        arreter = self.avancement.findChild(Btn)
        if arreter is not None:
            arreter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _griser(self, oui: bool) -> None:
        for carte in (self.fichier, self.colonnes, self.lignes, self.fait, self.dernier):
            carte.setEnabled(not oui)

    def _fini(self) -> None:
        self._lent.stop()
        self._griser(False)
        self.avancement.hide()
        self._montrer_pied()

    def _avance(self, quoi: str, fait: int, total: int) -> None:
        self._en_dernier = quoi
        if self.avancement.isVisible():
            self.avancement.montrer(quoi, fait, total)

    def _choisir(self) -> None:
        dossier = str(self._tableau.chemin.parent if self._tableau else Path.home())
        choisi, _ = QFileDialog.getOpenFileName(self, textes.CHOISIR, dossier, textes.FILTRE)
        if choisi:
            self.ouvrir(Path(choisi))

    def _rouvrir(self, feuille: str) -> None:
        if self._tableau is not None and feuille != self._tableau.feuille:
            chemin = self._tableau.chemin
            self._lancer(lambda: self.travail.ouvrir(chemin, feuille))

    def _fichier_lu(self, tableau: Tableau, colonnes: Colonnes) -> None:
        self._fini()
        self._tableau, self._analyse = tableau, None
        self.fichier.montrer(tableau)
        self.colonnes.montrer(colonnes)
        self._etape("colonnes")

    def _regarder(self) -> None:
        tableau = self._tableau
        if tableau is not None:
            self._lancer(lambda: self.travail.regarder(tableau, self.colonnes.colonnes))

    def _regarde(self, analyse: Analyse) -> None:
        self._fini()
        self._analyse = analyse
        self.lignes.montrer(analyse)
        self._etape("lignes")
        annoncer(self, self.lignes.compte.text())

    def _inscrire(self) -> None:
        tableau, prises = self._tableau, self.lignes.prises
        if tableau is not None:
            self._lancer(lambda: self.travail.inscrire(tableau, prises))

    def _inscrit(self, combien: int) -> None:
        self._fini()
        comptes = self._analyse.comptes() if self._analyse is not None else Counter[str]()
        self._fait_titre.setText(textes.fait(combien))
        self._fait_suite.setText(textes.ensuite(comptes, self.lignes.prises))
        self.suite.setVisible(bool(comptes[PLUS_TARD]))
        self.annuler.set_texte(textes.retirer(combien))
        self._etape("fait")
        annoncer(self, self._fait_titre.text())
        self._contexte.signaler("personnes", "envoi")
        self.travail.demander_dernier()

    def _continuer(self) -> None:
        if self._tableau is not None:
            self._etape("colonnes")
            self._regarder()

    def _retirer(self) -> None:
        combien = self._dernier.intactes if self._dernier is not None else 0
        if combien and confirmer(
            self._contexte.theme,
            self.window(),
            question=textes.question_retrait(combien),
            consequences=textes.CONSEQUENCES,
            garder=textes.GARDER,
            faire=textes.FAIRE,
        ):
            self._lancer(self.travail.reprendre)

    def _repris(self, combien: int) -> None:
        self._fini()
        self._dernier = None
        self._etape("fichier")
        self.nouvelle.set_textes(textes.retirees(combien))
        self.nouvelle.show()
        annoncer(self, textes.retirees(combien))
        self._contexte.signaler("personnes", "envoi")

    def _montrer_dernier(self, dernier: DernierImport | None) -> None:
        self._dernier = dernier
        self.dernier.setVisible(dernier is not None and self._nom_etape == "fichier")
        retirable = dernier is not None and dernier.intactes > 0 and dernier.permis
        self.annuler.setVisible(retirable)
        if dernier is not None:
            self.dernier.set_textes(textes.dernier(dernier), textes.dernier_suite(dernier))
            self.retirer.setVisible(retirable)
            for bouton in (self.retirer, self.annuler):
                bouton.set_texte(textes.retirer(dernier.intactes))

    def _enregistrer(self) -> None:
        if self._analyse is None or self._tableau is None:
            return
        propose = str(self._tableau.chemin.parent / textes.RAPPORT_NOM)
        choisi, _ = QFileDialog.getSaveFileName(self, textes.RAPPORT, propose, textes.RAPPORT_FILTRE)
        if choisi:
            rapport = rapport_csv(self._analyse.lignes, VERDICTS, raison, lambda code: message(code).quoi)
            taches = self._contexte.taches
            taches.lancer(
                "rendu", ecrire_rapport, Path(choisi), rapport, apres=self._rapport_ecrit, sur_panne=self._en_panne,
                ecran=self,
            )  # fmt: skip

    def _rapport_ecrit(self, _rien: None) -> None:
        self.nouvelle.set_textes(textes.RAPPORT_FAIT)
        self.nouvelle.show()
        annoncer(self, textes.RAPPORT_FAIT)

    def _en_panne(self, panne: KnownError) -> None:
        self._fini()
        phrases = message(panne.code, **panne.faits)
        self.probleme.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.probleme.show()
        annoncer(self, phrases.quoi)
        bouton = self.primaire()
        if bouton is not None:
            bouton.setFocus(Qt.FocusReason.OtherFocusReason)
        # What happened stands at the top.
        QTimer.singleShot(0, self, lambda: self._defilement.verticalScrollBar().setValue(0))

    def _revenir(self) -> None:
        self._contexte.navigation.montrer_lieu("personnes")
        self._contexte.navigation.fermer_page(self)
