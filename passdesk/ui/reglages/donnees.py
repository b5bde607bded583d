"""People's data in *Réglages*: whom to write to, how long a file stays, and the page of the register."""

from __future__ import annotations

from functools import partial

from passdesk.domain.erreurs import KnownError
from passdesk.services.donnees import (
    ReglagesDonnees,
    dessiner_registre,
    lire_donnees,
    regler_conservation,
    regler_contact_donnees,
)
from passdesk.services.dossier_personne import DossierDessine
from passdesk.ui.composants import Avis, Btn, Card, ChampLignes, Combo, Field, Page, Rangs, WrapLabel
from passdesk.ui.conservation import PageConservation
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import donnees, message
from passdesk.ui.papier.attente import dessiner_papier
from passdesk.ui.papier.dialogue import DialoguePapier, FeuillesNommees, MotsPapier
from passdesk.ui.reglages import textes

DUREES = (12, 24, 36, 60)
"""Months offered; what was set otherwise stays offered too."""
MOTS_REGISTRE = MotsPapier(
    textes.REGISTRE, textes.REGISTRE_DETAIL, textes.REGISTRE_ENVOYE, textes.REGISTRE_ENREGISTRE, "pages",
    "dossier_non_ecrit",
)  # fmt: skip


class CarteDonnees(Card):
    """Both settings are kept as they are made; a *responsable* may change them."""

    def __init__(self, contexte: Contexte, page: Page) -> None:
        theme = contexte.theme
        super().__init__(theme, textes.DONNEES, ecart=8)
        self._contexte, self._page = contexte, page
        self._lus: ReglagesDonnees | None = None
        self.lignes = ChampLignes()
        self.contact = Field(
            theme, textes.CONTACT_DONNEES, indication=textes.CONTACT_DONNEES_INDICATION, saisie=self.lignes
        )
        self.contact.quitte.connect(self.garder)
        self.garde = Avis(theme)
        self.duree = Combo(
            theme, [(mois, donnees.duree(mois)) for mois in DUREES], textes.CONSERVATION.replace("&", "")
        )
        self.duree.activated.connect(lambda _: self._regler_duree())
        self.conservation = Field(
            theme, textes.CONSERVATION, indication=textes.CONSERVATION_INDICATION, saisie=self.duree
        )
        self.registre = Btn(theme, textes.REGISTRE_VOIR, icone_nom="printer")
        self.registre.clicked.connect(lambda: contexte.lancer(lire_donnees, apres=self._dessiner, ecran=page))
        self.anciennes = Btn(theme, textes.ANCIENNES_VOIR, icone_nom="clock")
        self.anciennes.clicked.connect(lambda: contexte.navigation.ouvrir_page(PageConservation(contexte, page)))
        self.aide = WrapLabel(textes.CONTACT_DONNEES_AIDE, "small")
        self.corps.addWidget(self.contact)
        self.corps.addWidget(self.aide)
        # What explains a field is nearer to it than the next one.
        self.corps.addSpacing(theme.sp(8))
        self.corps.addWidget(self.conservation)
        self.corps.addWidget(self.garde)
        self.corps.addSpacing(theme.sp(4))
        self.corps.addWidget(Rangs(theme, (self.anciennes, self.registre)))
        self.corps.addStretch(1)

    def actualiser(self) -> None:
        """Asks again for both settings."""
        self._contexte.lancer(lire_donnees, apres=self._recevoir, ecran=self)

    def garder(self) -> None:
        """Keeps the contact that was typed, if anything was."""
        saisi = self.contact.texte().strip()
        if self._lus is None or not self._lus.peut_regler or saisi == "\n".join(self._lus.contact):
            self.contact.set_message("")
            return
        self._contexte.lancer(
            regler_contact_donnees, saisi, apres=partial(self._gardee, textes.CONTACT_DONNEES_GARDE),
            sur_panne=self._refuse, ecran=self,
        )  # fmt: skip

    def _regler_duree(self) -> None:
        mois = self.duree.valeur()
        if self._lus is not None and isinstance(mois, int) and mois != self._lus.conservation_mois:
            self._contexte.lancer(
                regler_conservation, mois, apres=partial(self._gardee, textes.CONSERVATION_GARDEE),
                sur_panne=self._refuse, ecran=self,
            )  # fmt: skip

    def _recevoir(self, lus: ReglagesDonnees) -> None:
        self._lus = lus
        if not self.lignes.hasFocus() and not self.contact.message():
            self.contact.set_texte("\n".join(lus.contact))
        offertes = sorted({*DUREES, lus.conservation_mois})
        self.duree.set_choix([(mois, donnees.duree(mois)) for mois in offertes])
        self.duree.set_valeur(lus.conservation_mois)
        self.lignes.setReadOnly(not lus.peut_regler)
        self.duree.setEnabled(lus.peut_regler)
        self.aide.setText(textes.aide_donnees(lus))

    def _gardee(self, mots: str, _: None) -> None:
        self.contact.set_message("")
        self.garde.dire(mots)
        self.actualiser()

    def _refuse(self, panne: KnownError) -> None:
        self.garde.hide()
        self.contact.set_message(str(message(panne.code, **panne.faits)))

    def _dessiner(self, lus: ReglagesDonnees) -> None:
        contenu = donnees.registre(lus.guichet, lus.telephone_aide, lus.contact, lus.conservation_mois, lus.le)
        dessiner_papier(self._contexte, self._page, MOTS_REGISTRE.titre, dessiner_registre, contenu, apres=self._ouvrir)

    def _ouvrir(self, dessine: DossierDessine) -> None:
        feuilles = FeuillesNommees(dessine.nom_fichier, dessine.papier, tuple(page.image for page in dessine.apercus))
        DialoguePapier(self._contexte, self._page, MOTS_REGISTRE, feuilles).open()
