"""Linking the desk to the Region: address and one-time number, six words to compare by telephone, then waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.ui.agents import textes
from passdesk.ui.composants import (
    Banner,
    Btn,
    Card,
    Colonne,
    Defilement,
    Field,
    Grille,
    Ligne,
    Page,
    ProgressStrip,
    Sunk,
    Texte,
    Titre,
    WrapLabel,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message

LARGEUR = 760
"""Widest form, pixels at 100 %."""
LARGEUR_LIBRE = 16_777_215
"""Qt's own "no limit"."""
PAUSE_REPONSE_MS = 15_000
"""Between two questions to the Region while it has not answered."""


class Liaison(Protocol):
    """The three acts of linking, each run in the `reseau` thread with its own base connection."""

    def demander(self, adresse: str, code: str) -> tuple[str, ...]:
        """Asks; the six words to compare."""
        ...

    def terminer(self) -> bool:
        """True once the Region has accepted."""
        ...

    def en_attente(self) -> bool:
        """True between the request and the answer."""
        ...


class PageEnrolement(Page):
    """The page opened from *Aujourd'hui* while the desk is not linked; `installation`: last step of the first start."""

    aide = "relier"

    def __init__(self, contexte: Contexte, liaison: Liaison, *, installation: bool = False) -> None:
        super().__init__("enrolement", "Relier ce poste")
        self._contexte, self._liaison = contexte, liaison
        theme = contexte.theme
        self.adresse = Field(theme, "Adresse de la Région", indication="commence par https://")
        self.numero = Field(theme, "Numéro d’inscription", indication="donné par la Région, il sert une fois")
        self.demande = Btn(theme, "Demander à la Région", genre="primaire", icone_nom="link", touche="Ctrl+Entrée")
        self.demande.clicked.connect(self._demander)
        self.plus_tard = Btn(theme, PLUS_TARD)
        self.plus_tard.clicked.connect(lambda: contexte.navigation.fermer_page(self))
        self._titre_page = textes.RELIER_ETAPE if installation else TITRE
        self.attente = ProgressStrip(theme)
        self.probleme = Banner(theme, "warn", "cloud-off", "")
        self.probleme.hide()
        self.mots = Sunk(theme, "Les six mots à comparer")
        self._grille = Grille(theme, ecart=8)
        self.mots.corps.addLayout(self._grille)
        self.mots.hide()
        self._suite = WrapLabel(SUITE, "body")
        self.retour = Btn(theme, "Revenir à Aujourd’hui")
        self.retour.clicked.connect(lambda: contexte.navigation.mettre_en_attente())
        self.autre = Btn(theme, "Faire une nouvelle demande", genre="discret")
        self.autre.clicked.connect(self._recommencer)
        self._attendant = QWidget()
        self._attendant.hide()
        self._formulaire = QWidget()
        self._minuteur = QTimer(self)
        self._minuteur.setSingleShot(True)
        self._minuteur.timeout.connect(self.interroger)
        self._monter()
        self._lancer(liaison.en_attente, self._reprise)

    def arriver(self) -> None:
        (self.adresse.saisie if self._formulaire.isVisible() else self.retour).setFocus()

    def primaire(self) -> Btn | None:
        return self.demande if self.demande.isVisibleTo(self) else None

    def _monter(self) -> None:
        theme = self._contexte.theme
        champs = Colonne(theme, ecart=12)
        for widget in (self.adresse, self.numero):
            champs.addWidget(widget)
        self._acte = Ligne(theme)
        self._acte.addWidget(self.demande)
        self._acte.addWidget(self.plus_tard)
        self._acte.addStretch(1)
        champs.addLayout(self._acte)
        self._formulaire.setLayout(champs)
        carte = self._carte = Card(theme, ecart=14)
        self._aide = WrapLabel(AIDE, "body")
        carte.corps.addWidget(self._aide)
        attendant = Colonne(theme, ecart=14)
        attendant.addWidget(self._suite)
        actes = Ligne(theme, ecart=16)
        actes.addWidget(self.retour)
        actes.addWidget(self.autre)
        actes.addStretch(1)
        attendant.addLayout(actes)
        self._attendant.setLayout(attendant)
        for bloc in (self.probleme, self._formulaire, self.mots, self.attente, self._attendant):
            carte.corps.addWidget(bloc)
        corps = Colonne(theme, ecart=16)
        corps.addWidget(Titre(theme, self._titre_page))
        corps.addWidget(carte)
        corps.addStretch(1)
        self.cadrer(corps)
        contenu = QWidget()
        contenu.setLayout(corps)
        self._bas = Colonne(theme)
        cadre = Colonne(theme)
        cadre.addWidget(Defilement(contenu), 1)
        cadre.addLayout(self._bas)
        self.setLayout(cadre)

    def disposer(self, etroite: bool) -> None:
        """At large text the one act stays in sight under the form; elsewhere lines are not longer than one reads."""
        super().disposer(etroite)
        for place in (self._acte, self._bas):
            place.removeWidget(self.demande)
        if etroite:
            self._bas.addWidget(self.demande)
        else:
            self._acte.insertWidget(0, self.demande)
        self._bas.set_marges(*((20, 0, 20, 10) if etroite else (0, 0, 0, 0)))
        self.demande.montrer_touche(not etroite)
        self._carte.setMaximumWidth(LARGEUR_LIBRE if etroite else self._contexte.theme.px(LARGEUR))

    def _lancer(self, fonction: Callable[..., Any], apres: Callable[[Any], None], *args: str) -> None:
        self._contexte.taches.lancer("reseau", fonction, *args, apres=apres, sur_panne=self._en_panne, ecran=self)

    def _demander(self) -> None:
        self.probleme.hide()
        adresse, numero = self.adresse.texte().strip(), self.numero.texte().strip()
        self.adresse.set_message("" if adresse else "Écrivez l’adresse donnée par la Région.")
        self.numero.set_message("" if numero else "Écrivez le numéro donné par la Région.")
        manque = next((champ for champ, texte in ((self.adresse, adresse), (self.numero, numero)) if not texte), None)
        if manque is not None:
            manque.saisie.setFocus()
            return
        self.demande.setEnabled(False)
        self.attente.montrer("Demande à la Région…")
        self._lancer(self._liaison.demander, self._montrer_mots, adresse, numero)

    def _reprise(self, en_attente: bool) -> None:
        if en_attente and not self.mots.isVisible():
            self._attendre()

    def _montrer_mots(self, mots: tuple[str, ...]) -> None:
        for rang, mot in enumerate(mots):
            self._grille.addWidget(Texte(f"{rang + 1}. {mot}", "h2"), rang // 3, rang % 3)
        self.mots.setAccessibleName("Les six mots à comparer : " + ", ".join(mots))
        self.mots.show()
        self._attendre()
        # Linked until now, it is not any more.
        self._contexte.signaler("envoi", "stock")

    def _attendre(self) -> None:
        # Said again by what is to be done with the words: at large text they would push the title away.
        for widget in (self._formulaire, self.demande, self._aide):
            widget.hide()
        self._attendant.show()
        self.attente.montrer("En attente de la réponse de la Région…")
        self.retour.setFocus()
        self._minuteur.start(PAUSE_REPONSE_MS)

    def interroger(self) -> None:
        """Asks the Region whether it has accepted; the page closes by itself once it has."""
        self._minuteur.stop()
        self._lancer(self._liaison.terminer, self._reponse)

    def _reponse(self, accepte: bool) -> None:
        if not accepte:
            self._minuteur.start(PAUSE_REPONSE_MS)
            return
        self._contexte.signaler("envoi", "stock")
        self._contexte.navigation.fermer_page(self)

    def _en_panne(self, panne: KnownError) -> None:
        demande = self._formulaire.isVisible()
        # "It will be sent again alone" is true of acts, not of a request to link the desk.
        code = "relier_sans_reponse" if demande and panne.code == "hors_ligne" else panne.code
        phrases = message(code, **panne.faits)
        self.probleme.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.probleme.show()
        if demande or panne.code in ("enrolement_refuse", "enrolement_non_demande"):
            self._recommencer()
        else:
            self._minuteur.start(PAUSE_REPONSE_MS)

    def _recommencer(self) -> None:
        self._minuteur.stop()
        for widget in (self.attente, self.mots, self._attendant):
            widget.hide()
        while (element := self._grille.takeAt(0)) is not None:
            if (mot := element.widget()) is not None:
                mot.deleteLater()
        for widget in (self._formulaire, self.demande, self._aide):
            widget.show()
        self.demande.setEnabled(True)
        self.numero.saisie.setFocus()


TITRE = "Relier ce poste à la Région"
PLUS_TARD = "Plus tard"
AIDE = "La Région vous a donné une adresse et un numéro. Ensuite, elle vous appelle pour comparer six mots."
SUITE = (
    "Lisez ces mots à la Région au téléphone. S’ils sont les mêmes des deux côtés, elle accepte, et ce poste reçoit "
    "ses carnets. Vous pouvez continuer à inscrire des personnes."
)
