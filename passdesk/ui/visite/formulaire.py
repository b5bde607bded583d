"""The fields of a person: name, birth, home and telephone at once, the rest behind one quiet link."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from passdesk.domain.saisie_date import lire_date
from passdesk.services.dossier import inconnu
from passdesk.ui.champ_date import FORMAT_DATE, SaisieDate
from passdesk.ui.composants import Btn, Colonne, Field, Grille, Icone, Ligne, WrapLabel, annoncer
from passdesk.ui.composants.champ import A_CORRIGER, TONS
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.saisie import Relecture, relire_naissance, relire_telephone
from passdesk.ui.theme import Theme, set_propriete
from passdesk.ui.visite import saisies, textes
from passdesk.ui.visite.champs import ChampCommune
from passdesk.ui.visite.en_saisie import EnSaisie
from passdesk.ui.visite.inconnu import Inconnu
from passdesk.ui.visite.saisies import ChampTexte
from passdesk.ui.visite.suite import CHAMPS_SUITE, SuiteFiche, repartir
from passdesk.ui.visite.trois_cases import TroisCases

LONGUEUR_NOM = 120
INCONNUS: tuple[Literal["naissance", "commune"], ...] = ("naissance", "commune")
"""What a request may be kept without (contracts §2): the person is asked for it."""
EMS_TROIS_CHAMPS = 33
"""Inner width, in ems, under which two fields stand in a row instead of three."""


class FormulairePersonne(QWidget):
    """`tout`: the rest of the file is shown at once. `demande`: it is for a request, which may be kept without what
    nobody here knows. `lien` opens and closes it, and stands where the page puts it."""

    suite_ouverte = Signal(bool)

    def __init__(self, contexte: Contexte, saisie: EnSaisie, *, tout: bool = False, demande: bool = False) -> None:
        super().__init__()
        self._contexte, self._saisie = contexte, saisie
        theme = contexte.theme
        self.lien = Btn(theme, textes.LIEN_SUITE, genre="discret")
        self.lien.clicked.connect(self._basculer)
        self.commune = ChampCommune(theme, contexte.communes)
        self._premiers: dict[str, Field] = {
            "nom_naissance": Field(theme, textes.CHAMPS["nom_naissance"]),
            "prenoms": Field(theme, textes.CHAMPS["prenoms"]),
            "naissance": Field(
                theme, textes.CHAMPS["naissance"], saisie=SaisieDate(theme, self._relire_naissance), exemple=FORMAT_DATE
            ),
            "commune": self.commune,
            "telephone": Field(theme, textes.CHAMPS["telephone"], facultatif=True),
        }
        self.inconnus = {nom: Inconnu(theme, self._premiers[nom], nom) for nom in INCONNUS if demande}
        self._faute = _Faute(theme)
        self._faute.a_part.clicked.connect(self._ouvrir_cases)
        self.cases = TroisCases(theme)
        self.cases.modifie.connect(self._taper_cases)
        self.cases.quitte.connect(self._quitter_naissance)
        self.suite: SuiteFiche = SuiteFiche(contexte, saisie)
        self._grille = Grille(theme, ecart=16)
        self._grille.setVerticalSpacing(theme.sp(10))
        colonne = Colonne(theme, ecart=10)
        colonne.addLayout(self._grille)
        self.setLayout(colonne)
        self._etroite = False
        self._age = ""
        self._naissance_lue = True
        # A widget shown without a parent would be a window of its own, and take the keyboard.
        for widget in (*self._premiers.values(), self._faute, self.cases):
            widget.setParent(self)
        colonne.addWidget(self.suite)
        theme.change.connect(self._repartir)
        self._brancher()
        self._disposer(False)
        self.remplir()
        self.ouvrir_suite(tout)

    @property
    def champs(self) -> dict[str, Field]:
        """The fields by name, those of the rest of the file once it was opened."""
        return self._premiers | self.suite.champs

    def champ(self, nom: str) -> QWidget | None:
        """The widget that answers a question, its block opened."""
        if nom in CHAMPS_SUITE:
            self.ouvrir_suite(True)
        trouve = self.champs.get(nom)
        return trouve.saisie if trouve is not None else None

    def ouvrir_suite(self, oui: bool, *, prendre: bool = False) -> None:
        """Shows or hides the rest of the file; `prendre`: the keyboard goes to its first field."""
        self.suite.ouvrir(oui)
        self.suite_ouverte.emit(oui)
        self.lien.set_texte(textes.LIEN_SUITE_FERMER if oui else textes.LIEN_SUITE)
        if oui and prendre:
            self.champs["nom_usage"].saisie.setFocus()

    def _basculer(self) -> None:
        self.ouvrir_suite(self.suite.isHidden(), prendre=True)

    def remplir(self) -> None:
        """Fills the fields from the draft, with the sentences that their contents call for."""
        brouillon = self._saisie.brouillon
        for nom in ("nom_naissance", "prenoms", "naissance", "telephone"):
            self._premiers[nom].set_texte(getattr(brouillon, nom))
        self.commune.montrer(brouillon.commune, brouillon.commune_saisie, brouillon.code_postal)
        self._juger_naissance()
        self._relire("telephone", relire_telephone(brouillon.telephone))
        self._montrer_inconnus()
        self.suite.remplir()

    def amenager(self, largeur: int) -> None:
        """Arranges the fields for an inner width in pixels."""
        etroite = self._contexte.theme.ems(largeur) < EMS_TROIS_CHAMPS
        if etroite != self._etroite:
            self._disposer(etroite)

    def montrer_age(self, age: int | None) -> None:
        """The age beside the birth date, which the day of arrival may have made impossible."""
        self._age = textes.age_en_mots(age) if age is not None else ""
        self._montrer_inconnus()
        if self._naissance_lue:
            self._juger_naissance()

    def _montrer_inconnus(self) -> None:
        """What is still to be asked says so beside its label, in the place of the age and of the hint."""
        for nom, sinon in zip(INCONNUS, (self._age, textes.OU_PAYS), strict=True):
            dite = inconnu(self._saisie.brouillon, nom)
            self._premiers[nom].set_indication(textes.A_DEMANDER if dite else sinon)
            if nom in self.inconnus:
                self.inconnus[nom].montrer(dite)

    def _ignorer(self, nom: Literal["naissance", "commune"]) -> None:
        """The keyboard goes on to the next field; the act is no longer there to keep it."""
        self._premiers["commune" if nom == "naissance" else "telephone"].saisie.setFocus()
        self._saisie.modifier(saisies.ignorer(self._saisie.brouillon, nom), tout_de_suite=True)
        self._montrer_inconnus()

    @property
    def naissance_comprise(self) -> bool:
        """True when the birth date is typed, understood, and nothing is to be looked at again."""
        lue = self._relire_naissance(self._saisie.brouillon.naissance)
        return bool(lue.texte.strip()) and lue.erreur is None and lue.age is None

    def _disposer(self, etroite: bool) -> None:
        """Three fields then two; two fields a row when it is narrow."""
        self._etroite = etroite
        grille, principaux = self._grille, list(self._premiers.values())
        for champ in (*principaux, self._faute, self.cases):
            grille.removeWidget(champ)
        nom, prenoms, naissance, commune, telephone = principaux
        if etroite:
            rangees = [[(nom, 3), (prenoms, 3)], [(naissance, 2), (commune, 4)], [(telephone, 6)]]
            colonnes = 6
        else:
            rangees = [[(nom, 5), (prenoms, 5), (naissance, 3)], [(commune, 8), (telephone, 5)]]
            colonnes = 13
        for rang, rangee in enumerate(rangees):
            colonne = 0
            for champ, largeur in rangee:
                grille.addWidget(champ, 3 * rang, colonne, 1, largeur, Qt.AlignmentFlag.AlignTop)
                colonne += largeur
        # The sentence about the birth date needs more room than its narrow field.
        sous = 3 if etroite else 0
        grille.addWidget(self._faute, sous + 1, 0, 1, colonnes)
        grille.addWidget(self.cases, sous + 2, 0, 1, colonnes)
        self._repartir()
        self.suite.disposer(etroite)

    def _repartir(self) -> None:
        repartir(self._grille, self._contexte.theme, etroite=self._etroite)

    @property
    def _aujourdhui(self) -> date:
        return self._contexte.horloge.aujourdhui()

    def _brancher(self) -> None:
        noms: tuple[ChampTexte, ...] = ("nom_naissance", "prenoms", "naissance", "telephone")
        for nom in noms:
            self._brancher_texte(nom)
        for nom_inconnu, acte in self.inconnus.items():
            acte.dit.connect(partial(self._ignorer, nom_inconnu))
        self.commune.choisie.connect(self._commune_choisie)
        self.suite.commune_trouvee.connect(self._commune_trouvee)
        self._premiers["naissance"].quitte.connect(self._quitter_naissance)
        self._premiers["telephone"].quitte.connect(self._quitter_telephone)
        for nom in ("nom_naissance", "prenoms"):
            saisie = self._premiers[nom].saisie
            if isinstance(saisie, QLineEdit):
                saisie.setMaxLength(LONGUEUR_NOM)

    def _brancher_texte(self, nom: ChampTexte) -> None:
        champ = self._premiers[nom]
        champ.modifie.connect(lambda texte: self._ecrire(nom, texte, tout_de_suite=False))
        if nom not in ("naissance", "telephone"):  # these are written otherwise as they are left: one act, not two
            champ.quitte.connect(lambda: self._ecrire(nom, champ.texte(), tout_de_suite=True))

    def _ecrire(self, nom: ChampTexte, texte: str, *, tout_de_suite: bool) -> None:
        if nom in ("naissance", "telephone") and not tout_de_suite:
            self._naissance_lue = self._naissance_lue and nom != "naissance"
            self._relire(nom, Relecture(texte))
        self._saisie.modifier(saisies.ecrire(self._saisie.brouillon, nom, texte), tout_de_suite=tout_de_suite)

    def _commune_choisie(self, texte: str, code: str, postal: str) -> None:
        brouillon = saisies.ecrire_commune(self._saisie.brouillon, texte, code, postal)
        self._saisie.modifier(brouillon, tout_de_suite=bool(code))
        self.suite.montrer_postal()

    def _commune_trouvee(self, code: str, postal: str) -> None:
        self.commune.montrer(code, "", postal)
        self._commune_choisie(self.commune.texte(), code, postal)

    def _relire_naissance(self, texte: str) -> Relecture:
        arrivee = lire_date(self._saisie.brouillon.arrivee_le, self._aujourdhui).date
        return relire_naissance(texte, self._aujourdhui, arrivee)

    def _juger_naissance(self) -> None:
        """What the date calls for, once it is not being typed."""
        self._naissance_lue = True
        self._relire("naissance", self._relire_naissance(self._saisie.brouillon.naissance))

    def _quitter_naissance(self) -> None:
        saisie = self._premiers["naissance"].saisie
        if isinstance(saisie, SaisieDate):
            self._naissance_lue = True
            self._relire("naissance", saisie.relire())
            self._ecrire("naissance", saisie.text(), tout_de_suite=True)

    def _ouvrir_cases(self) -> None:
        self._faute.a_part.hide()
        self.cases.ouvrir(self._premiers["naissance"].texte())

    def _taper_cases(self, texte: str) -> None:
        self._premiers["naissance"].set_texte(texte)
        self._ecrire("naissance", texte, tout_de_suite=False)

    def _quitter_telephone(self) -> None:
        champ = self._premiers["telephone"]
        relecture = relire_telephone(champ.texte())
        champ.set_texte(relecture.texte)
        self._relire("telephone", relecture)
        self._ecrire("telephone", relecture.texte, tout_de_suite=True)
        self.suite.montrer_preferences()

    def _relire(self, nom: str, relecture: Relecture) -> None:
        phrase = str(message(relecture.erreur)) if relecture.erreur else ""
        if nom == "naissance":
            doute = relecture.age is not None
            if relecture.age is not None:
                phrase = str(message("naissance_a_confirmer", age=textes.age_en_mots(relecture.age)))
            self._faute.dire(phrase, self._premiers[nom].saisie, "doute" if doute else "erreur")
            self._faute.a_part.setVisible(self.cases.isHidden() and not doute)
        else:
            self._premiers[nom].set_message(phrase, "doute")


class _Faute(QWidget):
    """Icon and sentence under a row of fields, and another way of typing the date."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.phrase = WrapLabel("", "small", "bad")
        # The size hint of a wrapped label is a guess; its minimum height is measured.
        self.phrase.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.a_part = Btn(theme, textes.LIEN_TROIS_CASES, genre="discret")
        ligne = Ligne(theme, ecart=6)
        # The link beside it is taller than a line: all three stand on the same middle.
        self._icone = Icone(theme, "alert-circle", "bad", 18)
        ligne.addWidget(self._icone, 0, Qt.AlignmentFlag.AlignVCenter)
        ligne.addWidget(self.phrase, 1)
        ligne.addWidget(self.a_part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(ligne)
        self.hide()

    def dire(self, phrase: str, saisie: QWidget, etat: Literal["erreur", "doute"]) -> None:
        """Says what is wrong with `saisie`, or to be looked at; "" takes it away."""
        ton, dessin = TONS[etat]
        if phrase != self.phrase.text() and saisie.isVisible():
            annoncer(saisie, f"{textes.CHAMPS['naissance'].replace('&', '')}. {phrase}" if phrase else "")
        self.phrase.set_ton(ton)
        self._icone.set_icone(dessin, ton)
        self.phrase.setText(phrase)
        self.setVisible(bool(phrase))
        set_propriete(saisie, "etat", etat if phrase else "")
        saisie.setAccessibleDescription(f"{A_CORRIGER}{phrase}" if phrase and etat == "erreur" else phrase)
