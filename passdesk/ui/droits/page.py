"""*Droits de la personne*: one row a right, with what it does and its button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.francais import typographie
from passdesk.domain.personne import Personne
from passdesk.services.donnees import (
    InformationRemise,
    ReglagesDonnees,
    information_remise,
    lire_donnees,
    noter_information,
)
from passdesk.services.limitation import Limitation, lever_limitation, limitation_de, limiter
from passdesk.ui.composants import (
    Banner,
    Btn,
    Card,
    Colonne,
    Defilement,
    Flexible,
    Icone,
    Ligne,
    Page,
    Texte,
    Titre,
    WrapLabel,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.droits import textes
from passdesk.ui.droits.effacement import PageEffacement
from passdesk.ui.droits.limitation import demander_raison
from passdesk.ui.droits.sortie import SortieDossier
from passdesk.ui.messages import droits, message
from passdesk.ui.personnes.textes import faits_personne, nom_affiche


class PageDroits(Page):
    """Built from the person and the page to come back to with `Échap`."""

    aide = "droits"

    def __init__(self, contexte: Contexte, personne: Personne, retour: Page) -> None:
        super().__init__(f"droits-{personne.personne_id}", textes.TITRE)
        self._contexte, self._personne, self._retour = contexte, personne, retour
        theme = contexte.theme
        self.revenir = Btn(theme, textes.REVENIR, genre="discret", touche="Échap")
        self.revenir.clicked.connect(lambda: contexte.navigation.fermer_page(self, self._retour))
        self.effacer = Btn(theme, textes.EFFACER_VOIR)
        self.effacer.clicked.connect(lambda: contexte.navigation.ouvrir_page(PageEffacement(contexte, personne, self)))
        self.sortie = SortieDossier(contexte, self)
        self.sortie.panne.connect(self._en_panne)
        self.sortie.ecrits.connect(self._dire_ecrits)
        self.dossier = Btn(theme, textes.DOSSIER_VOIR, icone_nom="printer")
        self.dossier.clicked.connect(lambda: self.sortie.montrer(personne.personne_id))
        self.fichiers = Btn(theme, textes.DOSSIER_FICHIERS, icone_nom="device-floppy")
        self.fichiers.clicked.connect(lambda: self.sortie.enregistrer(personne.personne_id))
        self.notice = Btn(theme, textes.NOTICE_VOIR, icone_nom="printer")
        self.notice.clicked.connect(lambda: contexte.lancer(lire_donnees, apres=self._montrer_notice, ecran=self))
        self.remise = Btn(theme, textes.NOTICE_NOTER, icone_nom="check")
        self.remise.clicked.connect(self._noter_remise)
        self._information = WrapLabel(textes.INFORMATION_JAMAIS)
        self.limiter = Btn(theme, textes.LIMITER_VOIR, icone_nom="lock")
        self.limiter.clicked.connect(self._changer_limitation)
        self._en_cours: Limitation | None = None
        self._limitation = WrapLabel(textes.LIMITATION_AUCUNE)
        self.bandeau = Banner(theme, "ok", "check", "")
        self.bandeau.hide()
        self._rangs: list[Flexible] = []
        titres = Colonne(theme, ecart=0)
        titres.addWidget(Titre(theme, textes.TITRE))
        qui = f"{nom_affiche(personne)} · {faits_personne(personne, contexte.communes)}"
        titres.addWidget(WrapLabel(qui, "small"))
        haut = Ligne(theme, ecart=20)
        haut.addLayout(titres, 1)
        haut.addWidget(self.revenir, 0, Qt.AlignmentFlag.AlignTop)
        contenu = QWidget()
        cartes = Colonne(theme, ecart=8)
        cartes.addWidget(self.bandeau)
        cartes.addWidget(
            self._carte("file-text", textes.DOSSIER_TITRE, WrapLabel(textes.DOSSIER_SENS), self.dossier, self.fichiers)
        )
        cartes.addWidget(
            self._carte("info-circle", textes.INFORMATION_TITRE, self._information, self.notice, self.remise)
        )
        cartes.addWidget(self._carte("lock", textes.LIMITATION_TITRE, self._limitation, self.limiter))
        cartes.addWidget(
            self._carte("alert-triangle", textes.EFFACER_TITRE, WrapLabel(textes.EFFACER_SENS), self.effacer)
        )
        cartes.addStretch(1)
        contenu.setLayout(cartes)
        self._zone = Defilement(contenu)
        corps = Colonne(theme, ecart=16)
        corps.addLayout(haut)
        corps.addWidget(self._zone, 1)
        self.setLayout(corps)
        self.cadrer(corps)

    def arriver(self) -> None:
        """The keyboard goes to the first right; what was noted is read again."""
        self._contexte.lancer(limitation_de, self._personne.personne_id, apres=self._montrer_limitation, ecran=self)
        self._contexte.lancer(
            information_remise, self._personne.personne_id, apres=self._montrer_information, ecran=self
        )
        self.dossier.setFocus(Qt.FocusReason.OtherFocusReason)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.revenir.montrer_touche(not etroite)
        for rang in self._rangs:
            rang.empiler(etroite)

    def regions(self) -> tuple[QWidget, ...]:
        return (self._zone,)

    def concerne(self, personnes_id: frozenset[str]) -> bool:
        return self._personne.personne_id in personnes_id

    def _montrer_notice(self, lus: ReglagesDonnees) -> None:
        self.sortie.montrer_notice(lus, gros="gros_caracteres" in self._personne.besoins)

    def _montrer_information(self, remise: InformationRemise | None) -> None:
        self._information.setText(textes.information(remise))

    def _montrer_limitation(self, en_cours: Limitation | None) -> None:
        self._en_cours = en_cours
        self._limitation.setText(textes.limitation(en_cours))
        self.limiter.set_texte(textes.LIMITER_VOIR if en_cours is None else textes.LEVER_VOIR)

    def _changer_limitation(self) -> None:
        lever = self._en_cours is not None
        raison = demander_raison(self._contexte.theme, self.window(), lever=lever)
        if raison:
            faire = lever_limitation if lever else limiter
            qui = self._personne.personne_id
            self._contexte.lancer(
                faire, qui, raison, apres=lambda _: self._limitation_changee(), sur_panne=self._en_panne, ecran=self
            )

    def _limitation_changee(self) -> None:
        self.bandeau.hide()
        self._contexte.signaler("personnes", "envoi")
        qui = self._personne.personne_id
        self._contexte.lancer(limitation_de, qui, apres=self._montrer_limitation, ecran=self)

    def _noter_remise(self) -> None:
        self._contexte.lancer(
            noter_information,
            self._personne.personne_id,
            apres=self._remise_notee,
            sur_panne=self._en_panne,
            ecran=self,
        )

    def _remise_notee(self, remise: InformationRemise) -> None:
        self._montrer_information(remise)
        self._contexte.signaler("personnes", "envoi")

    def _en_panne(self, trouble: KnownError) -> None:
        phrases = message(trouble.code, **trouble.faits)
        self.bandeau.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.bandeau.show()

    def _dire_ecrits(self, nombre: int) -> None:
        self.bandeau.set_textes(textes.ecrits(nombre), typographie(droits.RANGER))
        self.bandeau.show()

    def _carte(self, icone: str, titre: str, sens: WrapLabel, *boutons: Btn) -> Card:
        theme = self._contexte.theme
        carte = Card(theme)
        mots = Colonne(theme, ecart=0)
        mots.addWidget(Texte(titre, "h2"))
        mots.addWidget(sens)
        rang = Flexible(theme, ecart=16)
        rang.addLayout(mots, 1)
        for bouton in boutons:
            rang.addWidget(bouton, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rangs.append(rang)
        ligne = Ligne(theme, ecart=16)
        ligne.addWidget(Icone(theme, icone, "ink2", 22), 0, Qt.AlignmentFlag.AlignTop)
        ligne.addLayout(rang, 1)
        carte.corps.addLayout(ligne)
        return carte
