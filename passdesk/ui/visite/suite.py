"""The rest of a person's file, all of it optional: usage name, birth place, address, contact, needs, note."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from passdesk.domain.personne import BESOINS, PREFERENCES_CONTACT
from passdesk.services.telephone import lire_telephone
from passdesk.ui.composants import Case, Colonne, Combo, Field, Flexible, Grille, Icone, Ligne, Texte, WrapLabel, trait
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import fiche, message
from passdesk.ui.saisie import LONGUEUR_COURRIEL, relire_courriel
from passdesk.ui.theme import Theme
from passdesk.ui.visite import saisies, textes
from passdesk.ui.visite.en_saisie import EnSaisie
from passdesk.ui.visite.saisies import ChampTexte

LONGUEURS = {"courriel": LONGUEUR_COURRIEL, "code_postal": 20, "note": 400}
"""Characters; 120 elsewhere."""
_TEXTES: tuple[ChampTexte, ...] = (
    "nom_usage",
    "lieu_naissance",
    "langue",
    "adresse",
    "complement_adresse",
    "code_postal",
    "courriel",
    "note",
)
CHAMPS_SUITE = (*_TEXTES[:-1], "preference_contact", _TEXTES[-1])
"""In reading order."""
COLONNES, COLONNES_ETROITES = 13, 6
DERNIER = 136
"""Pixels at 100 % of the last field of a row: room for "Naissance" and an age of three figures."""


def repartir(grille: Grille, theme: Theme, *, etroite: bool) -> None:
    """Equal columns, the same in all the blocks of a file, whatever their fields hold."""
    colonnes = COLONNES_ETROITES if etroite else COLONNES
    dernier = 0 if etroite else ceil((theme.px(DERNIER) - 2 * grille.horizontalSpacing()) / 3)
    for colonne in range(grille.columnCount()):
        grille.setColumnStretch(colonne, int(colonne < colonnes))
        grille.setColumnMinimumWidth(colonne, dernier if colonne >= COLONNES - 3 else 0)


class SuiteFiche(QWidget):
    """Its fields are made the first time that it opens (`ouvrir`): a quarter of all a visit holds, for nothing in most.

    `commune_trouvee` carries the INSEE code and the postal code, once a postal code typed has only one commune."""

    commune_trouvee = Signal(str, str)

    def __init__(self, contexte: Contexte, saisie: EnSaisie) -> None:
        super().__init__()
        self._contexte, self._saisie = contexte, saisie
        self._etroite = False
        self.champs: dict[str, Field] = {}
        self.hide()

    def ouvrir(self, oui: bool) -> None:
        """Shows it, or hides it."""
        if oui and not self.champs:
            self._batir()
        self.setVisible(oui)

    def _batir(self) -> None:
        theme = self._contexte.theme
        self.preference = Combo(theme, (), textes.CHAMPS["preference_contact"])
        for nom in CHAMPS_SUITE:
            widget = self.preference if nom == "preference_contact" else None
            champ = Field(theme, textes.CHAMPS[nom], saisie=widget)
            champ.saisie.setAccessibleName(f"{textes.CHAMPS[nom].replace('&', '')}, {textes.FACULTATIF}")
            if isinstance(champ.saisie, QLineEdit):
                champ.saisie.setMaxLength(LONGUEURS.get(nom, 120))
            self.champs[nom] = champ
        self.besoins = {besoin: Case(theme, fiche.BESOINS[besoin]) for besoin in BESOINS}
        self._grille = Grille(theme, ecart=16)
        self._grille.setVerticalSpacing(theme.sp(10))
        self._aide = Flexible(theme, ecart=20)
        self._monter()
        self._brancher()
        self.disposer(self._etroite)
        self.remplir()

    def remplir(self) -> None:
        """Fills the fields from the draft."""
        if not self.champs:
            return
        brouillon = self._saisie.brouillon
        for nom in _TEXTES:
            self.champs[nom].set_texte(getattr(brouillon, nom))
        for besoin, case in self.besoins.items():
            case.setChecked(besoin in brouillon.besoins)
        self.montrer_postal()
        self.montrer_preferences()
        self._relire_courriel()

    def montrer_postal(self) -> None:
        """The postal code of the draft, and what is to be thought of it beside the commune chosen."""
        if not self.champs:
            return
        brouillon = self._saisie.brouillon
        if not self.champs["code_postal"].saisie.hasFocus():
            self.champs["code_postal"].set_texte(brouillon.code_postal)
        commune = self._contexte.communes.par_code(brouillon.commune) if brouillon.commune else None
        plusieurs = commune is not None and not brouillon.code_postal and len(commune.codes_postaux) > 1
        choix = ", ".join(commune.codes_postaux[:3]) + "…" if commune is not None and plusieurs else ""
        self.champs["code_postal"].indication.setText(choix)
        self.champs["code_postal"].indication.setVisible(bool(choix))
        self._dire_postal()

    def montrer_preferences(self) -> None:
        """A text message is offered to a mobile only; what was chosen before stays, with a sentence."""
        if not self.champs:
            return
        brouillon = self._saisie.brouillon
        mobile = lire_telephone(brouillon.telephone).mobile
        offerts = [p for p in PREFERENCES_CONTACT if p != "sms" or mobile or brouillon.preference_contact == "sms"]
        self.preference.set_choix([("", textes.SANS_PREFERENCE), *((p, fiche.PREFERENCES[p]) for p in offerts)])
        self.preference.set_valeur(brouillon.preference_contact)
        doute = brouillon.preference_contact == "sms" and not mobile
        phrase = str(message("sms_sans_mobile")) if doute else ""
        self.champs["preference_contact"].set_message(phrase, "doute")

    def disposer(self, etroite: bool) -> None:
        """Three fields a row, or two."""
        self._etroite = etroite
        if not self.champs:
            return
        grille, champs = self._grille, self.champs
        for champ in champs.values():
            grille.removeWidget(champ)
        if etroite:
            rangees = [
                [("nom_usage", 3), ("lieu_naissance", 3)],
                [("langue", 6)],
                [("adresse", 6)],
                [("complement_adresse", 4), ("code_postal", 2)],
                [("courriel", 6)],
                [("preference_contact", 6)],
                [("note", 6)],
            ]
        else:
            rangees = [
                [("nom_usage", 5), ("lieu_naissance", 5), ("langue", 3)],
                [("adresse", 5), ("complement_adresse", 5), ("code_postal", 3)],
                [("courriel", 7), ("preference_contact", 6)],
                [("note", 13)],
            ]
        colonnes = COLONNES_ETROITES if etroite else COLONNES
        for rang, rangee in enumerate(rangees):
            colonne = 0
            for nom, largeur in rangee:
                place = 2 * rang + (1 if nom == "note" else 0)
                grille.addWidget(champs[nom], place, colonne, 1, largeur, Qt.AlignmentFlag.AlignTop)
                colonne += largeur
        grille.removeWidget(self._pour_aider)
        grille.addWidget(self._pour_aider, 2 * (len(rangees) - 1), 0, 1, colonnes)
        self._repartir()
        self._aide.empiler(etroite)

    def _repartir(self) -> None:
        repartir(self._grille, self._contexte.theme, etroite=self._etroite)

    def _monter(self) -> None:
        theme = self._contexte.theme
        theme.change.connect(self._repartir)
        self._pour_aider = QWidget()
        self._aide.addWidget(Texte(textes.POUR_AIDER, "label"))
        for case in self.besoins.values():
            self._aide.addWidget(case)
        self._aide.addStretch(1)
        self._pour_aider.setLayout(self._aide)
        avis = Ligne(theme, ecart=8)
        avis.addWidget(Icone(theme, "info-circle", "ink2", 18), 0, Qt.AlignmentFlag.AlignTop)
        avis.addWidget(WrapLabel(textes.AVIS_NOTE, "small", "ink2"), 1)
        colonne = Colonne(theme, ecart=8)
        colonne.addWidget(trait())
        colonne.addWidget(WrapLabel(textes.TOUT_FACULTATIF, "small", "ink2"))
        colonne.addLayout(self._grille)
        colonne.addLayout(avis)
        self.setLayout(colonne)
        # Parents in reading order, which Tab follows.
        for nom, champ in self.champs.items():
            if nom == "note":
                self._pour_aider.setParent(self)
            champ.setParent(self)

    def _brancher(self) -> None:
        for nom in _TEXTES:
            self._brancher_texte(nom)
        self.champs["courriel"].quitte.connect(self._relire_courriel)
        self.champs["code_postal"].quitte.connect(self._quitter_postal)
        self.preference.choisi.connect(self._preferer)
        for besoin, case in self.besoins.items():
            case.clicked.connect(lambda oui, besoin=besoin: self._aider(besoin, oui))

    def _brancher_texte(self, nom: ChampTexte) -> None:
        champ = self.champs[nom]
        champ.modifie.connect(lambda texte: self._ecrire(nom, texte, tout_de_suite=False))
        champ.quitte.connect(lambda: self._ecrire(nom, champ.texte(), tout_de_suite=True))

    def _ecrire(self, nom: ChampTexte, texte: str, *, tout_de_suite: bool) -> None:
        if nom in ("courriel", "code_postal") and not tout_de_suite:
            self.champs[nom].set_message("")
        self._saisie.modifier(saisies.ecrire(self._saisie.brouillon, nom, texte), tout_de_suite=tout_de_suite)

    def _preferer(self, preference: object) -> None:
        brouillon = saisies.preferer(self._saisie.brouillon, str(preference or ""))
        self._saisie.modifier(brouillon, tout_de_suite=True)
        self.montrer_preferences()

    def _aider(self, besoin: str, oui: bool) -> None:
        self._saisie.modifier(saisies.aider(self._saisie.brouillon, besoin, oui), tout_de_suite=True)

    def _relire_courriel(self) -> None:
        champ = self.champs["courriel"]
        relecture = relire_courriel(champ.texte())
        champ.set_message(str(message(relecture.erreur)) if relecture.erreur else "", "doute")

    def _quitter_postal(self) -> None:
        brouillon = self._saisie.brouillon
        postal = brouillon.code_postal.strip()
        if not brouillon.commune and postal:
            communes = self._contexte.communes
            trouvees = {communes.actuelle(c).code for c in communes.du_code_postal(postal)}
            if len(trouvees) == 1:
                self.commune_trouvee.emit(trouvees.pop(), postal)
                return
        self._dire_postal()

    def _dire_postal(self) -> None:
        champ, brouillon = self.champs["code_postal"], self._saisie.brouillon
        verdict = saisies.juger_postal(brouillon, self._contexte.communes)
        faits = {"commune": verdict[1], "postal": verdict[2]} if verdict else {}
        champ.set_message(str(message(verdict[0], **faits)) if verdict and not champ.saisie.hasFocus() else "", "doute")
