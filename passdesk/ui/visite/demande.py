"""Second section of the visit: the situation, the day of arrival, who accompanies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from passdesk.domain.demande import CANAUX, PRESCRIPTEURS
from passdesk.domain.etablissement import lire_uai
from passdesk.domain.saisie_date import lire_date
from passdesk.domain.visite import Brouillon
from passdesk.ui.bandeau_horloge import BandeauHorloge
from passdesk.ui.champ_date import FORMAT_DATE, SaisieDate
from passdesk.ui.composants import (
    BtnMenu,
    Card,
    Colonne,
    Combo,
    Field,
    Flexible,
    Flux,
    GroupeRadios,
    Ligne,
    Radio,
    Texte,
    confirmer,
    tenir_sa_place,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.saisie import Relecture, relire_date
from passdesk.ui.visite import saisies, textes
from passdesk.ui.visite.arrivee import BlocArrivee
from passdesk.ui.visite.modele import VisiteEnCours

PUBLICS_COURANTS = ("demandeur_emploi", "jeune_insertion", "senior")
PUBLICS_RARES = ("lyceen",)
"""Behind a quiet link: no campaign takes them yet, and the mediator must be able to say so."""


class SectionDemande(Card):
    """What is asked for, and how it is asked. `effacee`: somebody confirmed that nothing of the visit is to stay;
    `resume_voulu`: its summary is asked for."""

    effacee = Signal()
    resume_voulu = Signal()

    def __init__(self, contexte: Contexte, visite: VisiteEnCours) -> None:
        super().__init__(contexte.theme, textes.SECTION_DEMANDE)
        self._contexte, self._visite = contexte, visite
        theme = contexte.theme
        self.publics = GroupeRadios(self)
        self.radios = {p: Radio(theme, textes.PUBLICS[p]) for p in (*PUBLICS_COURANTS, *PUBLICS_RARES)}
        for public, radio in self.radios.items():
            self.publics.ajouter(radio, public)
        self.arrivee = Field(
            theme, textes.CHAMPS["arrivee_le"], saisie=SaisieDate(theme, self._relire), exemple=FORMAT_DATE
        )
        self.autres = BtnMenu(theme, textes.AUTRES_CAS)
        self._acte_canal = self.autres.ajouter(textes.LIEN_CANAL, self._vouloir_canal)
        self._acte_rare = self.autres.ajouter(
            textes.LIEN_AUTRE_SITUATION, lambda: self._montrer_rares(True, prendre=True)
        )
        self.autres.ajouter(textes.RESUMER, self.resume_voulu.emit)
        self._acte_effacer = self.autres.ajouter(textes.EFFACER_VISITE, self._effacer)
        self.canal = BlocArrivee(theme)
        self._canal_voulu = False
        self._horloge: BandeauHorloge | None = None
        self.etablissement = Field(theme, textes.CHAMPS["etablissement"], indication=textes.OU_EST_L_UAI)
        self.accompagnement = GroupeRadios(self)
        self.oui = Radio(theme, textes.OUI_PAR, nom_accessible=f"{textes.ACCOMPAGNEMENT}\u00a0: oui")
        self.non = Radio(theme, textes.NON, nom_accessible=f"{textes.ACCOMPAGNEMENT}\u00a0: non")
        self.accompagnement.ajouter(self.oui, True)
        self.accompagnement.ajouter(self.non, False)
        choix = [(code, textes.PRESCRIPTEURS[code]) for code in PRESCRIPTEURS]
        self.prescripteur = Combo(theme, choix, textes.CHOISIR_PRESCRIPTEUR)
        self.prescripteur.setPlaceholderText(textes.CHOISIR_PRESCRIPTEUR)
        self.complement = GroupeRadios(self)
        nom = f"Demande complémentaire\u00a0: {textes.COMPLEMENTAIRE.lower()}"
        self.complementaire = Radio(theme, textes.COMPLEMENTAIRE, nom_accessible=nom)
        self.sans_complement = Radio(theme, textes.NON, nom_accessible="Demande complémentaire\u00a0: non")
        self.complement.ajouter(self.complementaire, True)
        self.complement.ajouter(self.sans_complement, False)
        self._monter()
        self._brancher()
        self.remplir()
        visite.remplace.connect(self.remplir)
        visite.apprecie.connect(self._apprecie)
        visite.enregistre.connect(self._offrir_d_effacer)

    def champ(self, nom: str) -> QWidget | None:
        """The widget that answers a question."""
        return {
            "public": self.radios.get(self._visite.brouillon.public or "", self.radios[PUBLICS_COURANTS[0]]),
            "etablissement": self.etablissement.saisie,
            "arrivee_le": self.arrivee.saisie,
            "accompagnement": self.oui,
            "prescripteur": self.prescripteur,
            "complementaire": self.sans_complement if self.sans_complement.isChecked() else self.complementaire,
        }.get(nom)

    def showEvent(self, event: QShowEvent) -> None:
        """Each time the page comes: above the day of arrival, which the clock filled in."""
        super().showEvent(event)
        if self._horloge is None:
            self._horloge = BandeauHorloge(self._contexte, self._visite.ecran, "horloge_a_regler")
            self.corps.insertWidget(self.corps.indexOf(self._bas), self._horloge)
        self._horloge.actualiser()

    def remplir(self) -> None:
        """Fills the section from the draft."""
        brouillon = self._visite.brouillon
        self.publics.set_valeur(brouillon.public)
        self.etablissement.set_texte(brouillon.etablissement)
        self.arrivee.set_texte(brouillon.arrivee_le)
        self._dire(relire_date(brouillon.arrivee_le, self._aujourdhui))
        self.accompagnement.set_valeur(brouillon.accompagnement)
        self._montrer_complement()
        self._montrer_rares(brouillon.public in PUBLICS_RARES)
        self._montrer_canal()
        self._ajuster()

    def amenager(self, largeur: int) -> None:
        """Side by side where an inner width in pixels allows it, one under the other elsewhere."""
        sp = self._contexte.theme.sp
        oui_par = self.oui.sizeHint().width() + sp(12) + self.prescripteur.sizeHint().width()
        reponses = oui_par + sp(24) + self.non.sizeHint().width()
        tout = self.arrivee.minimumSizeHint().width() + sp(24) + reponses
        for mise, besoin, ecart in (
            (self._reponses, reponses, 24),
            (self._bas, tout, 24),
        ):
            serre = besoin > largeur
            mise.setDirection(QBoxLayout.Direction.TopToBottom if serre else QBoxLayout.Direction.LeftToRight)
            mise.setSpacing(sp(4 if serre else ecart))
        self.canal.amenager(largeur)

    @property
    def _aujourdhui(self) -> date:
        return self._contexte.horloge.aujourdhui()

    def _monter(self) -> None:
        theme = self._contexte.theme
        etiquette = Texte(textes.CHAMPS["public"], "label")
        etiquette.setBuddy(self.radios[PUBLICS_COURANTS[0]])
        situations = Flux(theme, ecart=20)
        situations.poser(*self.radios.values())
        question = QWidget()
        situation = Colonne(theme, ecart=4)
        situation.addWidget(etiquette)
        situation.addWidget(situations)
        question.setLayout(situation)
        for radio in self.radios.values():
            radio.bloc_a_voir = question  # type: ignore[attr-defined]  # for the focus ring: the answers are read together
        self.corps.addWidget(question)
        self.corps.addWidget(self.etablissement)

        par_qui = Colonne(theme, ecart=4)
        par_qui.addWidget(Texte(textes.ACCOMPAGNEMENT, "label"))
        par = Ligne(theme, ecart=12)
        par.addWidget(self.oui)
        par.addWidget(self.prescripteur)
        self._reponses = Flexible(theme, ecart=24)
        self._reponses.addLayout(par)
        self._reponses.addWidget(self.non)
        self._reponses.addStretch(1)
        par_qui.addLayout(self._reponses)
        par_qui.addStretch(1)
        self._bas = Flexible(theme, ecart=32)
        self._bas.addWidget(self.arrivee)
        self._bas.addLayout(par_qui, 1)
        self.arrivee.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.corps.addLayout(self._bas)
        self.corps.addWidget(self.canal)
        self._complement = QWidget()
        mise = Colonne(theme, ecart=4)
        mise.addWidget(Texte(textes.EST_COMPLEMENTAIRE, "label"))
        reponses = Flux(theme, ecart=20)
        reponses.poser(self.complementaire, self.sans_complement)
        mise.addWidget(reponses)
        self._complement.setLayout(mise)
        for radio in (self.complementaire, self.sans_complement):
            radio.bloc_a_voir = self._complement  # type: ignore[attr-defined]  # read with its question
        self.corps.addWidget(self._complement)
        self.entete.addWidget(tenir_sa_place(self.autres))

    def _brancher(self) -> None:
        self.publics.choisi.connect(lambda public: self._changer(saisies.choisir_public, public))
        self.canal.choisi.connect(lambda canal: self._changer(saisies.choisir_canal, canal))
        self.etablissement.modifie.connect(self._taper_etablissement)
        self.etablissement.quitte.connect(self._quitter_etablissement)
        self.arrivee.modifie.connect(self._taper_arrivee)
        self.arrivee.quitte.connect(self._quitter_arrivee)
        self.accompagnement.choisi.connect(lambda oui: self._changer(saisies.choisir_accompagnement, oui))
        self.prescripteur.choisi.connect(lambda qui: self._changer(saisies.choisir_prescripteur, qui))
        self.complement.choisi.connect(lambda oui: self._changer(saisies.demander_complement, oui))

    def _changer(self, geste: Callable[[Brouillon, Any], Brouillon], valeur: object) -> None:
        self._visite.modifier(geste(self._visite.brouillon, valeur), tout_de_suite=True)
        self.accompagnement.set_valeur(self._visite.brouillon.accompagnement)
        self._ajuster()

    def _taper_etablissement(self, texte: str) -> None:
        self.etablissement.set_message("")
        self._visite.modifier(saisies.ecrire(self._visite.brouillon, "etablissement", texte))

    def _quitter_etablissement(self) -> None:
        """The number is put in its own writing; one that does not exist stays, with a sentence."""
        texte = self.etablissement.texte()
        lu = lire_uai(texte)
        self.etablissement.set_message(str(message("uai_inconnu")) if texte.strip() and lu is None else "")
        if lu is not None and lu != texte:
            self.etablissement.set_texte(lu)
            self._visite.modifier(saisies.ecrire(self._visite.brouillon, "etablissement", lu), tout_de_suite=True)

    def _taper_arrivee(self, texte: str) -> None:
        self.arrivee.set_message("")
        self._visite.modifier(saisies.ecrire(self._visite.brouillon, "arrivee_le", texte))

    def _quitter_arrivee(self) -> None:
        if isinstance(self.arrivee.saisie, SaisieDate):
            self._dire(self.arrivee.saisie.relire())
            brouillon = saisies.ecrire(self._visite.brouillon, "arrivee_le", self.arrivee.texte())
            self._visite.modifier(brouillon, tout_de_suite=True)
            self._montrer_canal()

    def _offrir_d_effacer(self) -> None:
        if not self._visite.fermee:
            self.autres.montrer(self._acte_effacer, self._visite.brouillon.demande_id is None)

    def _effacer(self) -> None:
        """Nobody may be named here for ever because a visit was begun: until it is recorded, it can be dropped."""
        if confirmer(
            self._contexte.theme,
            self.window(),
            question=textes.EFFACER_QUESTION,
            consequences=textes.EFFACER_CONSEQUENCES,
            garder=textes.EFFACER_GARDER,
            faire=textes.EFFACER_FAIRE,
        ):
            self.effacee.emit()

    def _vouloir_canal(self) -> None:
        self._canal_voulu = True
        self._montrer_canal()
        self.canal.radios[self._visite.brouillon.canal].setFocus()

    def _montrer_canal(self) -> None:
        """Shown once it may matter: another day than today, another way than the desk, or asked for."""
        brouillon = self._visite.brouillon
        arrivee = lire_date(brouillon.arrivee_le, self._aujourdhui).date
        ailleurs = brouillon.canal != CANAUX[0] or (arrivee is not None and arrivee != self._aujourdhui)
        self.canal.montrer(brouillon.canal, arrivee, self._contexte.poste.reglements)
        self.canal.setVisible(ailleurs or self._canal_voulu)
        self.autres.montrer(self._acte_canal, self.canal.isHidden())

    def _relire(self, texte: str) -> Relecture:
        return relire_date(texte, self._aujourdhui)

    def _dire(self, relecture: Relecture) -> None:
        self.arrivee.set_message(str(message(relecture.erreur)) if relecture.erreur else "")

    def _montrer_rares(self, oui: bool, *, prendre: bool = False) -> None:
        for public in PUBLICS_RARES:
            self.radios[public].setVisible(oui)
        self.autres.montrer(self._acte_rare, not oui)
        if prendre:
            self.radios[PUBLICS_RARES[0]].setFocus()

    def _ajuster(self) -> None:
        """The list says nothing before the question is answered: who came last time is no answer."""
        brouillon = self._visite.brouillon
        self.prescripteur.set_valeur(brouillon.prescripteur if brouillon.accompagnement else None)
        self.prescripteur.setEnabled(brouillon.accompagnement is not False)

    def _montrer_complement(self) -> None:
        brouillon = self._visite.brouillon
        self.complement.set_valeur(True if brouillon.complementaire else False if brouillon.complement_refuse else None)

    def _apprecie(self) -> None:
        """The complementary request and the school are shown only where their answer matters."""
        apercu, brouillon = self._visite.apercu, self._visite.brouillon
        motifs = {m.code for m in apercu.decision.motifs} if apercu and apercu.decision else set()
        second = apercu is not None and apercu.pass_anterieurs == 5 and brouillon.accompagnement is False
        visible = brouillon.complementaire or second or "complement_non_demande" in motifs
        self._complement.setVisible(visible)
        self._montrer_complement()
        self._offrir_d_effacer()
        self.etablissement.setVisible(apercu is not None and apercu.etablissement_demande)
