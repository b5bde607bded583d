"""*Réglages*: theme, text size and comfort, printer, what the papers say, places, this desk; one section at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.francais import telephone
from passdesk.services.reglages import (
    ReglagesPoste,
    lire_reglages,
    regler_adresse_recours,
    regler_telephone_aide,
    retirer_adresse_recours,
)
from passdesk.ui.agents import CarteAgents
from passdesk.ui.agents import textes as textes_agents
from passdesk.ui.aide.entrainement import CarteEntrainement
from passdesk.ui.aide.textes import ENTRAINEMENT
from passdesk.ui.composants import (
    Avis,
    Btn,
    Card,
    ChampLignes,
    Colonne,
    Field,
    GroupeRadios,
    Icone,
    Ligne,
    Page,
    Rangs,
    Titre,
    WrapLabel,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.reglages import textes, textes_imprimante, textes_sauvegarde
from passdesk.ui.reglages.apercu import ApercuTaille, Tuile, TuilesTheme
from passdesk.ui.reglages.confort import CarteConfort
from passdesk.ui.reglages.courrier import CarteCourrier
from passdesk.ui.reglages.donnees import CarteDonnees
from passdesk.ui.reglages.imprimante import CarteImprimante
from passdesk.ui.reglages.integrite import CarteIntegrite
from passdesk.ui.reglages.journal import CarteJournal
from passdesk.ui.reglages.lieux import CarteLieux
from passdesk.ui.reglages.mesures import PageMesures
from passdesk.ui.reglages.poste import CartePoste
from passdesk.ui.reglages.sauvegardes import CarteSauvegardes
from passdesk.ui.reglages.sections import Section, Sections, garder_section, section_gardee
from passdesk.ui.theme import ECHELLES

Relue = TypeVar(
    "Relue", CarteImprimante, CarteLieux, CarteSauvegardes, CarteIntegrite, CarteDonnees, CarteAgents, CarteCourrier
)


class PageReglages(Page):
    """Nothing to confirm: each choice is applied and kept as it is made."""

    aide = "reglages"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__("reglages", textes.TITRE)
        self._contexte, self._theme = contexte, contexte.theme
        self._lu: ReglagesPoste | None = None
        self._choisie = self._arrivee = False
        self.modes, self.echelles = GroupeRadios(self), GroupeRadios(self)
        self.modes.choisi.connect(lambda mode: self._theme.choisir(mode=str(mode)))
        self.echelles.choisi.connect(lambda echelle: self._theme.choisir(echelle=float(str(echelle))))
        self.themes = TuilesTheme(self._theme, self.modes)
        self.depart = Btn(self._theme, textes.DEPART, genre="discret")
        self.depart.clicked.connect(lambda: self._theme.choisir("automatique", 1.0, raccourcis=True, mouvements=True))
        self.telephone = Field(self._theme, textes.TELEPHONE, indication=textes.TELEPHONE_INDICATION)
        self.telephone.quitte.connect(self._garder_telephone)
        self.garde = Avis(self._theme)
        self.lignes_recours = ChampLignes()
        self.recours = Field(
            self._theme, textes.RECOURS, indication=textes.RECOURS_INDICATION, saisie=self.lignes_recours
        )
        self.recours.quitte.connect(self._garder_recours)
        self.recours_garde = Avis(self._theme)
        self._aide_recours = WrapLabel(textes.RECOURS_AIDE, "small")
        self._relectures: list[Callable[[], None]] = []
        self._monter()
        self._theme.change.connect(self._suivre)
        contexte.changements.connect(self._changement)
        self._suivre()
        contexte.lancer(section_gardee, apres=self._reprendre, ecran=self)

    @cached_property
    def confort(self) -> CarteConfort:
        """Keys and movements."""
        carte = CarteConfort(self._theme)
        carte.disposer(self.etroite)
        return carte

    @cached_property
    def imprimante(self) -> CarteImprimante:
        """The printer."""
        carte = CarteImprimante(self._contexte)
        carte.regler.connect(self._mesurer)
        return self._neuve(carte)

    @cached_property
    def lieux(self) -> CarteLieux:
        """The places of mediation."""
        return self._neuve(CarteLieux(self._contexte))

    @cached_property
    def sauvegardes(self) -> CarteSauvegardes:
        """The backups."""
        return self._neuve(CarteSauvegardes(self._contexte))

    @cached_property
    def integrite(self) -> CarteIntegrite:
        """The check of the records."""
        return self._neuve(CarteIntegrite(self._contexte))

    @cached_property
    def donnees(self) -> CarteDonnees:
        """Personal data."""
        return self._neuve(CarteDonnees(self._contexte, self))

    @cached_property
    def agents(self) -> CarteAgents:
        """Who works here."""
        carte = CarteAgents(self._contexte, self)
        carte.disposer(self.etroite)
        return self._neuve(carte)

    @cached_property
    def courrier(self) -> CarteCourrier:
        """The way to the Region without a network."""
        return self._neuve(CarteCourrier(self._contexte))

    @cached_property
    def poste(self) -> CartePoste:
        """This desk."""
        carte = CartePoste(self._contexte)
        carte.chemin.change.connect(self.actualiser)
        if self._lu is not None:
            carte.montrer(self._lu, self._contexte.horloge.aujourdhui())
        return carte

    def _neuve(self, carte: Relue) -> Relue:
        """What it shows is asked for, now and each time that the page comes."""
        self._relectures.append(carte.actualiser)
        if self._arrivee:
            carte.actualiser()
        return carte

    def _faite(self, carte: str) -> bool:
        return carte in vars(self)

    def arriver(self) -> None:
        """Asks again for the desk's part; the focus where a section is chosen."""
        self.garde.hide()
        self.recours_garde.hide()
        if self._faite("poste"):
            self.poste.chemin.garde.hide()
        if self._faite("lieux"):
            self.lieux.garde.hide()
        if self._faite("donnees"):
            self.donnees.garde.hide()
        self._arrivee = True
        self.actualiser()
        self.sections.choix.setFocus(Qt.FocusReason.OtherFocusReason)

    def place_aide(self) -> str:
        """That of the section in sight."""
        return textes.AIDES.get(self.sections.cle, self.aide)

    def viser(self, cle: Hashable, texte: str) -> None:  # noqa: ARG002
        """The section with this key."""
        self._choisie = True
        self.sections.ouvrir(str(cle))

    @property
    def ligne_montree(self) -> tuple[Hashable, str] | None:
        return (self.sections.cle, "")

    def actualiser(self) -> None:
        """Asks again for what the desk keeps, and for the printers."""
        self._contexte.lancer(lire_reglages, apres=self._recevoir, ecran=self)
        for actualiser in self._relectures:
            actualiser()

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.sections.disposer(etroite)
        self.confort.disposer(etroite)
        self.themes.disposer(etroite)
        if self._faite("agents"):
            self.agents.disposer(etroite)

    def regions(self) -> tuple[QWidget, ...]:
        return (self.sections.choix, self.sections.defilement)

    def quitter(self) -> None:
        """Keeps what is being typed."""
        self._garder_telephone()
        self._garder_recours()
        if self._faite("poste"):
            self.poste.chemin.garder()
        if self._faite("lieux"):
            self.lieux.garder()
        if self._faite("donnees"):
            self.donnees.garder()

    def verrouiller(self) -> None:
        self.quitter()

    def deverrouiller(self, *, autre_agent: bool) -> None:
        """What may be changed here depends on who asks."""
        if autre_agent:
            self.actualiser()

    def _monter(self) -> None:
        theme = self._theme
        self.sections = Sections(
            theme,
            (
                Section("affichage", textes.AFFICHAGE, self._affichage),
                Section("imprimante", textes_imprimante.CARTE, lambda: self.imprimante),
                Section("papiers", textes.CARNETS, self._carte_carnets),
                Section("lieux", textes.LIEUX, lambda: self.lieux),
                Section("sauvegardes", textes_sauvegarde.CARTE, self._garde),
                Section("donnees", textes.DONNEES, lambda: self.donnees),
                Section("journal", textes.JOURNAL, lambda: CarteJournal(self._contexte)),
                Section("agents", textes_agents.CARTE, lambda: self.agents),
                *self._s_entrainer(),
                Section("poste", textes.POSTE, self._ce_poste),
            ),
        )
        self.sections.ouverte.connect(self._ouverte)
        self.sections.liste.ouverte.connect(lambda _: self.detail_ouvert.emit())
        corps = Colonne(theme, ecart=16)
        corps.addWidget(Titre(theme, textes.TITRE))
        corps.addWidget(self.sections, 1)
        self.setLayout(corps)
        self.cadrer(corps)

    def _s_entrainer(self) -> tuple[Section, ...]:
        entrainement = self._contexte.entrainement
        if entrainement is None:
            return ()
        return (Section("entrainement", ENTRAINEMENT, lambda: CarteEntrainement(self._theme, entrainement)),)

    def _affichage(self) -> QWidget:
        theme = self._theme
        cartes = Colonne(theme, ecart=16)
        for carte in (self._carte_theme(), self._carte_taille(), self.confort):
            cartes.addWidget(carte)
        applique = Ligne(theme, ecart=10, marges=(0, 0, 8, 0))  # the ring of its button stands clear of the bar
        applique.addWidget(Icone(theme, "check", "ok", 20))
        applique.addWidget(WrapLabel(textes.APPLIQUE, "small"), 1)
        applique.addWidget(self.depart, 0, Qt.AlignmentFlag.AlignVCenter)
        cartes.addLayout(applique)
        section = QWidget()
        section.setLayout(cartes)
        return section

    def _garde(self) -> QWidget:
        """What keeps the records: backups, and the check."""
        cartes = Colonne(self._theme, ecart=16)
        cartes.addWidget(self.sauvegardes)
        cartes.addWidget(self.integrite)
        section = QWidget()
        section.setLayout(cartes)
        return section

    def _ce_poste(self) -> QWidget:
        """The desk, and the way to the Region without a network."""
        cartes = Colonne(self._theme, ecart=16)
        cartes.addWidget(self.poste)
        cartes.addWidget(self.courrier)
        cartes.addStretch(1)
        section = QWidget()
        section.setLayout(cartes)
        return section

    def _carte_theme(self) -> Card:
        carte = Card(self._theme, textes.THEME, ecart=8)
        carte.corps.addWidget(WrapLabel(textes.THEME_AIDE, "small"))
        carte.corps.addWidget(self.themes)
        return carte

    def _carte_taille(self) -> Card:
        theme = self._theme
        carte = Card(theme, textes.TAILLE, ecart=8)
        tailles = []
        for echelle in ECHELLES:
            tuile = Tuile(theme, ApercuTaille(theme, echelle), textes.pourcent(echelle), haut=4)
            self.echelles.ajouter(tuile.radio, echelle)
            tailles.append(tuile)
        carte.corps.addWidget(Rangs(theme, tailles, egaux=True))
        carte.corps.addWidget(WrapLabel(textes.TAILLE_AIDE, "small"))
        return carte

    def _carte_carnets(self) -> Card:
        carte = Card(self._theme, textes.CARNETS, ecart=8)
        carte.corps.addWidget(self.telephone)
        carte.corps.addWidget(WrapLabel(textes.TELEPHONE_AIDE, "small"))
        carte.corps.addWidget(self.garde)
        carte.corps.addSpacing(self._theme.sp(8))
        carte.corps.addWidget(self.recours)
        carte.corps.addWidget(self._aide_recours)
        carte.corps.addWidget(self.recours_garde)
        carte.corps.addStretch(1)
        return carte

    def _reprendre(self, cle: str) -> None:
        """The section of the last time, unless one was chosen since."""
        if not self._choisie:
            self.sections.ouvrir(cle)

    def _ouverte(self, cle: str) -> None:
        """Kept for the next time; what was being typed in the one before is kept too."""
        self._choisie = True
        self.quitter()
        self._contexte.lancer(garder_section, cle)

    def _suivre(self) -> None:
        """The radios say what is in use, also when it was changed by keys."""
        self.modes.set_valeur(self._theme.mode)
        self.echelles.set_valeur(self._theme.echelle)

    def _changement(self, genres: frozenset[str]) -> None:
        if self.isVisible() and genres & {"envoi", "stock", "lieux"}:
            self.actualiser()

    def _recevoir(self, lu: ReglagesPoste) -> None:
        connu, self._lu = self._lu, lu
        if connu is None or connu.telephone_aide != lu.telephone_aide or _laisse(self.telephone):
            self.telephone.set_texte(telephone(lu.telephone_aide))
        if connu is None or connu.adresse_recours != lu.adresse_recours or _laisse(self.recours):
            self.recours.set_texte("\n".join(lu.adresse_recours))
        self.lignes_recours.setReadOnly(not lu.peut_regler)
        self._aide_recours.setText(textes.aide_recours(lu))
        if self._faite("poste"):
            self.poste.montrer(lu, self._contexte.horloge.aujourdhui())

    def _mesurer(self, nom: str) -> None:
        """To the page of this printer."""
        choix = self.imprimante.choix
        if choix.imprimante is not None:
            page = PageMesures(self._contexte, choix.imprimante, nom, choix.choix.habitude, self)
            self._contexte.navigation.ouvrir_page(page)

    def _garder_telephone(self) -> None:
        saisi = self.telephone.texte().strip()
        if self._lu is None or saisi == telephone(self._lu.telephone_aide):
            self.telephone.set_message("")
            return
        self._contexte.lancer(
            regler_telephone_aide, saisi, apres=self._telephone_garde, sur_panne=self._telephone_refuse, ecran=self
        )

    def _telephone_garde(self, _: None) -> None:
        self.telephone.set_message("")
        self.garde.dire(textes.TELEPHONE_GARDE)
        self.actualiser()

    def _telephone_refuse(self, panne: KnownError) -> None:
        self.garde.hide()
        self.telephone.set_message(str(message(panne.code, **panne.faits)))

    def _garder_recours(self) -> None:
        if self._lu is None or not self._lu.peut_regler:
            return
        saisi = self.recours.texte().strip()
        if saisi == "\n".join(self._lu.adresse_recours):
            self.recours.set_message("")
            return
        garder = (regler_adresse_recours, saisi) if saisi else (retirer_adresse_recours,)
        mots = textes.RECOURS_GARDE if saisi else textes.RECOURS_RETIREE
        apres = partial(self._recours_garde, mots)
        self._contexte.lancer(*garder, apres=apres, sur_panne=self._recours_refuse, ecran=self)

    def _recours_garde(self, mots: str, _: None) -> None:
        self.recours.set_message("")
        self.recours_garde.dire(mots)
        self.actualiser()

    def _recours_refuse(self, panne: KnownError) -> None:
        self.recours_garde.hide()
        self.recours.set_message(str(message(panne.code, **panne.faits)))


def _laisse(champ: Field) -> bool:
    """Nobody is typing in it, nor has to mend it."""
    return not champ.saisie.hasFocus() and not champ.message()
