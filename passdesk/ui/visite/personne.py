"""First section of the visit: who is in front of the mediator."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from passdesk.domain.visite import Brouillon
from passdesk.ui.champ_date import FORMAT_DATE, SaisieDate
from passdesk.ui.composants import Btn, Card, Field, Grille, Icone, Ligne, TexteElide, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.saisie import Relecture, relire_naissance, relire_telephone
from passdesk.ui.theme import Theme, set_propriete
from passdesk.ui.visite import saisies, textes
from passdesk.ui.visite.champs import ChampCommune
from passdesk.ui.visite.modele import VisiteEnCours
from passdesk.ui.visite.ressemblance import BlocRessemblance
from passdesk.ui.visite.saisies import ChampTexte

LONGUEUR_NOM = 120
EMS_TROIS_CHAMPS = 33
"""Inner width, in ems, under which two fields stand in a row instead of three."""


class SectionPersonne(Card):
    """Name, birth, home, telephone, and the look-alike block. Closes to one line when a visit is taken up again."""

    def __init__(self, contexte: Contexte, visite: VisiteEnCours) -> None:
        super().__init__(contexte.theme, textes.SECTION_PERSONNE)
        self._contexte, self._visite = contexte, visite
        theme = contexte.theme
        self.commune = ChampCommune(theme, contexte.communes)
        # In reading order, which Tab then follows by itself: setTabOrder, called again at each rearrangement, made a
        # loop of the last three fields.
        self.champs: dict[str, Field] = {
            "nom_naissance": Field(theme, textes.CHAMPS["nom_naissance"]),
            "prenoms": Field(theme, textes.CHAMPS["prenoms"]),
            "naissance": Field(
                theme, textes.CHAMPS["naissance"], saisie=SaisieDate(theme, self._relire_naissance), exemple=FORMAT_DATE
            ),
            "commune": self.commune,
            "nom_usage": Field(theme, textes.CHAMPS["nom_usage"]),
            "telephone": Field(theme, textes.CHAMPS["telephone"], facultatif=True),
        }
        self.lien_usage = Btn(theme, textes.LIEN_NOM_USAGE, genre="discret")
        self.lien_usage.clicked.connect(self._montrer_usage)
        self.entete.addWidget(self.lien_usage)
        self.ressemblance = BlocRessemblance(contexte, visite)
        self._resume = _Resume(contexte)
        self._resume.modifier.clicked.connect(lambda: self.replier(False))
        self._faute = _Faute(theme)
        self._corps = QWidget()
        self._grille = Grille(theme, ecart=16)
        self._grille.setVerticalSpacing(theme.sp(10))
        self._corps.setLayout(self._grille)
        self.corps.addWidget(self._corps)
        self.corps.addWidget(self._resume)
        self.corps.addWidget(self.ressemblance)
        self._replie = self._etroite = False
        self._brancher()
        # A widget shown without a parent would be a window of its own, and take the keyboard.
        for widget in (*self.champs.values(), self._faute):
            widget.setParent(self._corps)
        self._disposer(False)
        self.remplir()
        self.replier(False)
        visite.remplace.connect(self.remplir)
        visite.apprecie.connect(self._apprecie)

    def champ(self, nom: str) -> QWidget | None:
        """The widget that answers a question, opened if it was closed."""
        if nom == "ressemblance":
            return self.ressemblance.premier_bouton()
        trouve = self.champs.get(nom)
        if trouve is None:
            return None
        self.replier(False)
        return trouve.saisie

    def remplir(self) -> None:
        """Fills the fields from the draft, with the sentences that their contents call for."""
        brouillon = self._visite.brouillon
        for nom in saisies.CHAMPS_TEXTE:
            if nom in self.champs:
                self.champs[nom].set_texte(getattr(brouillon, nom))
        self.commune.montrer(brouillon.commune, brouillon.commune_saisie)
        self._relire("naissance", relire_naissance(brouillon.naissance, self._aujourdhui))
        self._relire("telephone", relire_telephone(brouillon.telephone))
        self.champs["nom_usage"].setVisible(bool(brouillon.nom_usage))
        self.lien_usage.setVisible(not brouillon.nom_usage and not self._replie)
        self._disposer(self._etroite)

    def amenager(self, largeur: int) -> None:
        """Arranges the section for an inner width in pixels."""
        etroite = self._contexte.theme.ems(largeur) < EMS_TROIS_CHAMPS
        self.ressemblance.disposer(etroite)
        if etroite != self._etroite:
            self._disposer(etroite)

    def _disposer(self, etroite: bool) -> None:
        """Three fields then two; two fields a row when it is narrow."""
        self._etroite = etroite
        grille, champs = self._grille, self.champs
        for champ in champs.values():
            grille.removeWidget(champ)
        usage = [champs["nom_usage"]] if not champs["nom_usage"].isHidden() else []
        if etroite:
            rangees = [
                [(champs["nom_naissance"], 3), (champs["prenoms"], 3)],
                [(champs["naissance"], 2), (champs["commune"], 4)],
                [*((champ, 3) for champ in usage), (champs["telephone"], 3)],
            ]
            colonnes = [1] * 6
        else:
            rangees = [
                [(champs["nom_naissance"], 5), (champs["prenoms"], 5), (champs["naissance"], 3)],
                [(champs["commune"], 9 if not usage else 5), *((c, 4) for c in usage), (champs["telephone"], 4)],
            ]
            colonnes = [1] * 13
        for rang, rangee in enumerate(rangees):
            colonne = 0
            for champ, largeur in rangee:
                grille.addWidget(champ, 2 * rang, colonne, 1, largeur, Qt.AlignmentFlag.AlignTop)
                colonne += largeur
        # The sentence about the birth date needs more room than its narrow field.
        grille.removeWidget(self._faute)
        grille.addWidget(self._faute, 3 if etroite else 1, 0, 1, len(colonnes))
        for colonne in range(grille.columnCount()):
            grille.setColumnStretch(colonne, 1 if colonne < len(colonnes) else 0)

    def replier(self, oui: bool) -> None:
        """One summary line, or the fields; never called while somebody types."""
        self._replie = oui
        self._corps.setVisible(not oui)
        for widget in (self.titre, self.note):
            widget.setVisible(not oui)
        self.lien_usage.setVisible(not oui and self.champs["nom_usage"].isHidden())
        self._resume.setVisible(oui)
        if oui:
            self._resume.montrer(
                self._visite.brouillon, self.champs["naissance"].indication.text(), self.commune.texte()
            )

    def _resumer(self) -> None:
        age = self.champs["naissance"].indication.text()
        self._resume.montrer(self._visite.brouillon, age, self.commune.texte())

    @property
    def repliable(self) -> bool:
        """True when all that is asked is answered, and understood."""
        brouillon = self._visite.brouillon
        naissance = relire_naissance(brouillon.naissance, self._aujourdhui)
        compris = bool(naissance.texte.strip()) and naissance.erreur is None
        return bool(brouillon.nom_naissance and brouillon.prenoms and brouillon.commune and compris)

    @property
    def _aujourdhui(self) -> date:
        return self._contexte.horloge.aujourdhui()

    def _brancher(self) -> None:
        for nom in saisies.CHAMPS_TEXTE:
            if nom in self.champs:
                self._brancher_texte(nom)
        self.commune.choisie.connect(self._commune_choisie)
        self.champs["naissance"].quitte.connect(self._quitter_naissance)
        self.champs["telephone"].quitte.connect(self._quitter_telephone)
        for nom in ("nom_naissance", "prenoms", "nom_usage"):
            saisie = self.champs[nom].saisie
            if isinstance(saisie, QLineEdit):
                saisie.setMaxLength(LONGUEUR_NOM)

    def _brancher_texte(self, nom: ChampTexte) -> None:
        champ = self.champs[nom]
        champ.modifie.connect(lambda texte: self._ecrire(nom, texte, tout_de_suite=False))
        champ.quitte.connect(lambda: self._ecrire(nom, champ.texte(), tout_de_suite=True))

    def _ecrire(self, nom: ChampTexte, texte: str, *, tout_de_suite: bool) -> None:
        if nom in ("naissance", "telephone") and not tout_de_suite:
            self._relire(nom, Relecture(texte))
        self._visite.modifier(saisies.ecrire(self._visite.brouillon, nom, texte), tout_de_suite=tout_de_suite)

    def _commune_choisie(self, texte: str, code: str) -> None:
        self._visite.modifier(saisies.ecrire_commune(self._visite.brouillon, texte, code), tout_de_suite=bool(code))

    def _relire_naissance(self, texte: str) -> Relecture:
        return relire_naissance(texte, self._aujourdhui)

    def _quitter_naissance(self) -> None:
        saisie = self.champs["naissance"].saisie
        if isinstance(saisie, SaisieDate):
            self._relire("naissance", saisie.relire())
            self._ecrire("naissance", saisie.text(), tout_de_suite=True)

    def _quitter_telephone(self) -> None:
        champ = self.champs["telephone"]
        relecture = relire_telephone(champ.texte())
        champ.set_texte(relecture.texte)
        self._relire("telephone", relecture)
        self._ecrire("telephone", relecture.texte, tout_de_suite=True)

    def _relire(self, nom: str, relecture: Relecture) -> None:
        phrase = str(message(relecture.erreur)) if relecture.erreur else ""
        if nom == "naissance":
            self._faute.dire(phrase, self.champs[nom].saisie)
        else:
            self.champs[nom].set_message(phrase, "doute")

    def _montrer_usage(self) -> None:
        self.champs["nom_usage"].show()
        self.lien_usage.hide()
        self._disposer(self._etroite)
        self.champs["nom_usage"].saisie.setFocus()

    def _apprecie(self) -> None:
        apercu = self._visite.apercu
        age = apercu.age if apercu else None
        self.champs["naissance"].set_indication(textes.age_en_mots(age) if age is not None else "")
        if self._replie:
            self._resumer()


class _Faute(QWidget):
    """Icon and sentence under a row of fields."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.phrase = WrapLabel("", "small", "bad")
        # The size hint of a wrapped label is a guess; its minimum height is measured.
        self.phrase.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        ligne = Ligne(theme, ecart=6)
        ligne.addWidget(Icone(theme, "alert-circle", "bad", 18), 0, Qt.AlignmentFlag.AlignTop)
        ligne.addWidget(self.phrase, 1)
        self.setLayout(ligne)
        self.hide()

    def dire(self, phrase: str, saisie: QWidget) -> None:
        """Says what is wrong with `saisie`; "" takes it away."""
        self.phrase.setText(phrase)
        self.setVisible(bool(phrase))
        set_propriete(saisie, "etat", "erreur" if phrase else "")
        saisie.setAccessibleDescription(phrase)


class _Resume(QWidget):
    """One line: name, birth, age, home; and the way back to the fields."""

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        theme = contexte.theme
        self.nom = TexteElide(theme, "", "strong")
        self.nom.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.reste = WrapLabel("", "body", "ink2")
        self.modifier = Btn(theme, textes.MODIFIER, genre="discret")
        ligne = Ligne(theme, ecart=12)
        ligne.addWidget(Icone(theme, "circle-check", "ok", 22))
        ligne.addWidget(self.nom)
        ligne.addWidget(self.reste, 1)
        ligne.addWidget(self.modifier)
        self.setLayout(ligne)

    def montrer(self, brouillon: Brouillon, age: str, commune: str) -> None:
        """Fills the line."""
        self.nom.setText(brouillon.titre)
        self.reste.setText(" · ".join(fait for fait in (brouillon.naissance, age, commune) if fait))
