"""*Revenir à une sauvegarde*: the passphrase, what would come back, then the act; the desk closes for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.services.poste import Poste
from passdesk.services.restauration import Apercu, apercevoir, restaurer
from passdesk.ui.apercu_sauvegarde import (
    a_savoir,
    ce_qu_elle_contient,
    depuis_la_sauvegarde,
    suite_gardee,
)
from passdesk.ui.composants import (
    Banner,
    Btn,
    Card,
    Colonne,
    Defilement,
    Field,
    Ligne,
    Page,
    TexteElide,
    Titre,
    WrapLabel,
    amener,
)
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.contexte import Contexte, Remplacement
from passdesk.ui.messages import message
from passdesk.ui.phrase import champ_phrase
from passdesk.ui.reglages import textes_sauvegarde as textes


class PageRestauration(Page):
    """Built from the file chosen; `Échap` comes back to *Réglages* with nothing changed."""

    d_un_agent = True
    aide = "restaurer"

    def __init__(self, contexte: Contexte, fichier: Path, retour: Page) -> None:
        super().__init__("restauration", textes.REVENIR)
        self._contexte, self._fichier = contexte, fichier
        self._phrase = ""
        theme = contexte.theme
        self.renoncer = Btn(theme, textes.RENONCER, touche="Échap")
        self.renoncer.clicked.connect(lambda: contexte.navigation.fermer_page(self, retour))
        self.phrase: Field = champ_phrase(theme, textes.PHRASE)
        self.phrase.modifie.connect(self._oublier)
        self.voir = Btn(theme, textes.VOIR, genre="primaire", touche="Ctrl+Entrée")
        self.voir.clicked.connect(self._voir)
        if isinstance(self.phrase.saisie, QLineEdit):
            self.phrase.saisie.returnPressed.connect(self._voir)
        self.laquelle = TexteElide(theme, fichier.name, "small", "ink2")
        self.apercu = Card(theme, textes.CE_QUI_REVIENT, ecart=12)
        self._lignes = Colonne(theme, ecart=12)
        self.apercu.corps.addLayout(self._lignes)
        self.revenir = Btn(theme, textes.FAIRE, genre="danger")
        self.revenir.clicked.connect(self._revenir)
        self._monter()
        self._oublier()

    def _revenir(self) -> None:
        contexte = self._contexte
        faire = partial(restaurer, contexte.poste.dossier, self._fichier, self._phrase, contexte.horloge)
        contexte.navigation.remplacer(Remplacement(faire, textes.ATTENTE, textes.FAITE))

    def arriver(self) -> None:
        """The keyboard goes to the passphrase."""
        self.phrase.saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def quitter(self) -> None:
        """The passphrase does not outlive the page."""
        self.phrase.set_texte("")
        self._phrase = ""

    def verrouiller(self) -> None:
        self.quitter()

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        for bouton in (self.renoncer, self.voir):
            bouton.montrer_touche(not etroite)

    def primaire(self) -> Btn | None:
        """To see is the next step; the act itself is chosen, never the one that a hurried key takes."""
        return self.voir if self.revenir.isHidden() else None

    def regions(self) -> tuple[QWidget, ...]:
        return (self._zone,)

    def _monter(self) -> None:
        theme = self._contexte.theme
        tete = Ligne(theme, ecart=20)
        tete.addWidget(Titre(theme, textes.REVENIR), 1)
        tete.addWidget(self.renoncer, 0, Qt.AlignmentFlag.AlignTop)
        haut = Colonne(theme, ecart=4)
        haut.addLayout(tete)
        haut.addWidget(self.laquelle)
        demande = Card(theme, ecart=12)
        self._avant = WrapLabel(textes.AVANT)
        demande.corps.addWidget(self._avant)
        demande.corps.addWidget(self.phrase)
        demande.corps.addWidget(self.voir, 0, Qt.AlignmentFlag.AlignLeft)
        self.apercu.corps.addWidget(WrapLabel(textes.CONFIRMER))
        self.apercu.corps.addWidget(self.revenir, 0, Qt.AlignmentFlag.AlignLeft)
        contenu = QWidget()
        dedans = Colonne(theme, ecart=12)
        dedans.addWidget(demande)
        dedans.addWidget(self.apercu)
        dedans.addStretch(1)
        contenu.setLayout(dedans)
        self._zone = Defilement(contenu)
        corps = Colonne(theme, ecart=16)
        corps.addLayout(haut)
        corps.addWidget(self._zone, 1)
        self.setLayout(corps)
        self.cadrer(corps)

    def _oublier(self, *_: object) -> None:
        """Another passphrase is being typed: what was seen is seen no more."""
        self.phrase.set_message("")
        self._avant.show()
        self.apercu.hide()
        self.revenir.hide()
        self.voir.show()

    def _voir(self) -> None:
        if not self.voir.isEnabled():
            return
        self._phrase = self.phrase.texte()
        self.voir.setEnabled(False)
        self._contexte.lancer(
            _apercevoir, self._fichier, self._phrase, apres=self._montrer, sur_panne=self._refuser, ecran=self
        )

    def _montrer(self, apercu: Apercu) -> None:
        self.phrase.set_message("")
        vider(self._lignes)
        self._lignes.addWidget(WrapLabel(str(ce_qu_elle_contient(apercu))))
        depuis, garde = depuis_la_sauvegarde(apercu), suite_gardee(apercu)
        devient = f"{depuis.sur} {depuis.faire}".strip()
        theme, icone = self._contexte.theme, "shield-check" if garde else "alert-triangle"
        self._lignes.addWidget(Banner(theme, "ok" if garde else "warn", icone, depuis.quoi, devient))
        for phrases in a_savoir(apercu):
            self._lignes.addWidget(WrapLabel(str(phrases)))
        self.voir.setEnabled(True)
        self.voir.hide()
        self._avant.hide()
        self.apercu.show()
        self.revenir.show()
        self.renoncer.setFocus(Qt.FocusReason.OtherFocusReason)
        amener(self.apercu)

    def _refuser(self, panne: KnownError) -> None:
        self.voir.setEnabled(True)
        self.phrase.set_message(str(message(panne.code, **panne.faits)))
        self.phrase.saisie.setFocus(Qt.FocusReason.OtherFocusReason)


def _apercevoir(poste: Poste, fichier: Path, phrase: str) -> Apercu:
    """In the `base` thread, beside the connection that is open."""
    return apercevoir(poste.dossier, fichier, phrase, poste.horloge)
