"""The page of a printer: its calibration sheet goes out, and what was measured on it is kept."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.francais import nombre_decimal
from passdesk.domain.reglage_imprimante import CROIX, ReglageImprimante, lire_mesure
from passdesk.services.impression import feuille_de_reglage
from passdesk.ui.composants import (
    Avis,
    Banner,
    Btn,
    Card,
    Colonne,
    Defilement,
    Field,
    Flexible,
    Ligne,
    Page,
    Titre,
    WrapLabel,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.papier.habitudes import Habitude
from passdesk.ui.papier.systeme import ImprimanteSysteme
from passdesk.ui.reglages import textes_imprimante as textes

ATTENDUES = {"gauche": CROIX[0], "haut": CROIX[1]}
"""What stands for a measure of the cross that is left empty: nothing to move."""


class PageMesures(Page):
    """Of one printer. `Échap` goes back to `retour` without keeping anything; `revenir`: what its button says."""

    aide = "imprimante"

    def __init__(
        self,
        contexte: Contexte,
        imprimante: ImprimanteSysteme,
        nom: str,
        habitude: Habitude,
        retour: Page,
        revenir: str = textes.REVENIR,
    ) -> None:
        super().__init__(f"mesures-{nom}", textes.titre(nom))
        self._contexte, self._imprimante, self._nom, self._retour = contexte, imprimante, nom, retour
        self._habitude = habitude
        theme = contexte.theme
        self.imprimer = Btn(theme, textes.IMPRIMER_BOUTON, icone_nom="printer")
        self.imprimer.clicked.connect(self._imprimer)
        self._partie = Avis(theme)
        self.champs = {cle: Field(theme, mots, indication=attendu) for cle, (mots, attendu) in textes.CHAMPS.items()}
        for champ in self.champs.values():
            champ.modifie.connect(lambda _: self._juger())
        self.juste, self.alerte = Banner(theme, "ok", "check", ""), Banner(theme, "warn", "alert-triangle", "")
        self._attente = WrapLabel(textes.A_REMPLIR, "small")
        self.garder = Btn(theme, textes.GARDER, genre="primaire", icone_nom="check", touche="Ctrl+Entrée")
        self.garder.clicked.connect(self._garder)
        self.revenir = Btn(theme, revenir, genre="discret", touche="Échap")
        self.revenir.clicked.connect(self._revenir)
        self._rangees = [Flexible(theme, ecart=16) for _ in range(2)]
        self._monter()
        self._remplir()

    def arriver(self) -> None:
        """The focus on what comes first: the sheet."""
        self.imprimer.setFocus(Qt.FocusReason.OtherFocusReason)

    def disposer(self, etroite: bool) -> None:
        """The measures one under the other in a narrow window."""
        super().disposer(etroite)
        for rangee in self._rangees:
            rangee.empiler(etroite)
        for bouton in (self.garder, self.revenir):
            bouton.montrer_touche(not etroite)

    def primaire(self) -> Btn | None:
        return self.garder

    def _monter(self) -> None:
        theme = self._contexte.theme
        haut = Ligne(theme, ecart=20)
        haut.addWidget(Titre(theme, textes.titre(self._nom)), 1)
        haut.addWidget(self.revenir)
        feuille = Card(theme, textes.IMPRIMER, ecart=8)
        feuille.corps.addWidget(WrapLabel(textes.IMPRIMER_AIDE, "small"))
        feuille.corps.addWidget(self.imprimer, 0, Qt.AlignmentFlag.AlignLeft)
        feuille.corps.addWidget(self._partie)
        mesures = Card(theme, textes.MESURER, ecart=12)
        mesures.corps.addWidget(WrapLabel(textes.MESURER_AIDE, "small"))
        champs = list(self.champs.values())
        for rangee, paire in zip(self._rangees, (champs[:2], champs[2:]), strict=True):
            for champ in paire:
                rangee.addWidget(champ, 1)
            mesures.corps.addLayout(rangee)
        contenu = QWidget()
        cartes = Colonne(theme, ecart=16)
        cartes.addWidget(feuille)
        cartes.addWidget(mesures)
        cartes.addStretch(1)
        contenu.setLayout(cartes)
        colonne = Colonne(theme, ecart=16)
        colonne.addLayout(haut)
        # What it would like of height must not push the window out of a small screen when the verdict is long.
        defilement = Defilement(contenu)
        defilement.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        colonne.addWidget(defilement, 1)
        # Always in sight: a measure typed is lost if nobody keeps it, and nobody keeps it without the verdict.
        pied = Ligne(theme, ecart=16)
        for verdict in (self.juste, self.alerte, self._attente):
            pied.addWidget(verdict, 1)
        pied.addWidget(self.garder, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        colonne.addLayout(pied)
        self.setLayout(colonne)
        self.cadrer(colonne)

    def _remplir(self) -> None:
        reglage = self._habitude.reglage
        if reglage is not None:
            for cle, champ in self.champs.items():
                champ.set_texte(nombre_decimal(getattr(reglage, cle)))
        self._juger()

    def _imprimer(self) -> None:
        self.imprimer.setEnabled(False)
        self._contexte.taches.lancer("rendu", self._sortir, apres=self._sortie, sur_panne=self._en_panne, ecran=self)

    def _sortir(self) -> None:
        """In `rendu`: the sheet as the printer makes it, whatever was measured before."""
        self._imprimante.imprimer(feuille_de_reglage(), self._nom)

    def _sortie(self, _: None) -> None:
        self.imprimer.setEnabled(True)
        self._partie.dire(textes.PARTIE, "ok")
        self.champs["couche"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _en_panne(self, trouble: KnownError) -> None:
        self.imprimer.setEnabled(True)
        phrases = message(trouble.code, **trouble.faits)
        self._partie.dire(f"{phrases.quoi} {phrases.faire}".strip(), "warn")

    def _lire(self) -> ReglageImprimante | None:
        """The measures typed, None while one cannot be read; the sentences under the fields follow."""
        lues: dict[str, float] = {}
        for cle, champ in self.champs.items():
            saisi = champ.texte().strip()
            lue = lire_mesure(saisi) if saisi else ATTENDUES.get(cle)
            champ.set_message(textes.ILLISIBLE if saisi and lue is None else "")
            if lue is not None:
                lues[cle] = lue
        if len(lues) < len(self.champs):
            return None
        return ReglageImprimante(**lues, le=self._contexte.horloge.aujourdhui())

    def _juger(self) -> ReglageImprimante | None:
        """What the measures lead to, told as they are typed; None when they cannot be kept."""
        reglage = self._lire()
        gardable = reglage is not None and reglage.plausible
        self.garder.setEnabled(gardable)
        self._attente.setVisible(reglage is None)
        self.juste.setVisible(reglage is not None and gardable and reglage.juste)
        self.alerte.setVisible(reglage is not None and not (gardable and reglage.juste))
        if reglage is not None:
            self.juste.set_textes(textes.deplacement(reglage))
            suite = textes.HORS_ECHELLE_SUITE if gardable else ""
            self.alerte.set_textes(textes.hors_echelle(reglage) if gardable else textes.A_REVOIR, suite)
        return reglage if gardable else None

    def _garder(self) -> None:
        reglage = self._juger()
        if reglage is None:
            return
        self._habitude = replace(self._habitude, reglage=reglage)
        self._contexte.taches.lancer(
            "rendu",
            self._imprimante.noter,
            self._nom,
            self._habitude,
            apres=lambda _: self._revenir(),
            sur_panne=self._en_panne,
            ecran=self,
        )

    def _revenir(self) -> None:
        self._contexte.navigation.fermer_page(self, self._retour)
