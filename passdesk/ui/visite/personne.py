"""First section of the visit: who is in front of the mediator."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.domain.visite import Brouillon
from passdesk.ui.composants import Btn, Card, Field, Icone, Ligne, TexteElide, WrapLabel, tenir_sa_place
from passdesk.ui.contexte import Contexte
from passdesk.ui.visite import textes
from passdesk.ui.visite.champs import ChampCommune
from passdesk.ui.visite.formulaire import FormulairePersonne
from passdesk.ui.visite.homonyme import BlocHomonyme
from passdesk.ui.visite.modele import VisiteEnCours
from passdesk.ui.visite.ressemblance import BlocRessemblance


class SectionPersonne(Card):
    """The fields of the person, and the look-alike block. Closes to one line when a visit is taken up again."""

    def __init__(self, contexte: Contexte, visite: VisiteEnCours) -> None:
        super().__init__(contexte.theme, textes.SECTION_PERSONNE)
        self._visite = visite
        self.formulaire = FormulairePersonne(contexte, visite, demande=True)
        self.faits = TexteElide(contexte.theme, "", "small", "ink2")
        # Before the fields, where the visit begins: the way from the telephone to the situation stays short.
        self.entete.addWidget(self.faits, 100)
        self.entete.addWidget(self.formulaire.lien)
        self.formulaire.suite_ouverte.connect(self._montrer_faits)
        self.homonyme = BlocHomonyme(contexte, visite)
        self.homonyme.oublie.connect(self._redemander)
        self.ressemblance = BlocRessemblance(contexte, visite)
        self._resume = _Resume(contexte)
        self._resume.modifier.clicked.connect(lambda: self.replier(False))
        self.corps.addWidget(self.formulaire)
        self.corps.addWidget(self._resume)
        self.corps.addWidget(self.ressemblance)
        self.corps.addWidget(self.homonyme)
        self._replie = False
        self.replier(False)
        visite.remplace.connect(self.remplir)
        visite.apprecie.connect(self._apprecie)
        self._montrer_faits()

    @property
    def champs(self) -> dict[str, Field]:
        """The fields by name."""
        return self.formulaire.champs

    @property
    def commune(self) -> ChampCommune:
        """The home."""
        return self.formulaire.commune

    def champ(self, nom: str) -> QWidget | None:
        """The widget that answers a question, opened if it was closed."""
        if nom == "ressemblance":
            return self.ressemblance.premier_bouton()
        if nom == "homonyme":
            return self.homonyme.bouton if self.homonyme.bouton.isVisibleTo(self) else None
        trouve = self.formulaire.champ(nom)
        if trouve is not None:
            self.replier(False)
        return trouve

    def remplir(self) -> None:
        """Fills the fields from the draft, with the sentences that their contents call for."""
        self.formulaire.remplir()
        self._montrer_faits()

    def amenager(self, largeur: int) -> None:
        """Arranges the section for an inner width in pixels."""
        self.formulaire.amenager(largeur)
        self._resume.amenager(largeur)

    def replier(self, oui: bool) -> None:
        """One summary line, or the fields; never called while somebody types."""
        self._replie = oui
        self.formulaire.setVisible(not oui)
        for widget in (self.titre, self.note, self.faits, self.formulaire.lien):
            widget.setVisible(not oui)
        self._resume.setVisible(oui)
        if oui:
            self._resumer()

    def _redemander(self) -> None:
        """No homonym any more: the question that it answered has the keyboard again."""
        question = self.champ("ressemblance") or self.champ("homonyme")
        if question is not None:
            question.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def repliable(self) -> bool:
        """True when all that is asked is answered, and understood."""
        brouillon = self._visite.brouillon
        identite = brouillon.nom_naissance and brouillon.prenoms and brouillon.commune
        return bool(identite) and self.formulaire.naissance_comprise

    def _resumer(self) -> None:
        age = self.champs["naissance"].indication.text()
        self._resume.montrer(self._visite.brouillon, age, self.formulaire.commune.texte())

    def _montrer_faits(self) -> None:
        """What the closed part holds that matters at once."""
        faits = textes.faits_utiles(self._visite.brouillon)
        self.faits.setText(faits if self.formulaire.suite.isHidden() else "")

    def _apprecie(self) -> None:
        apercu = self._visite.apercu
        self.formulaire.montrer_age(apercu.age if apercu else None)
        self._montrer_faits()
        if self._replie:
            self._resumer()


class _Resume(QWidget):
    """Name, birth, age, home on one line, and the way back to the fields; without the name when it does not fit.

    The title of the page says it.
    """

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self._theme = theme = contexte.theme
        self.nom, self.reste = WrapLabel("", "strong"), WrapLabel("", "body", "ink2")
        self.modifier = Btn(theme, textes.MODIFIER, genre="discret")
        self._largeur = 0
        ligne = Ligne(theme, ecart=12)
        ligne.addWidget(Icone(theme, "circle-check", "ok", 22))
        ligne.addWidget(self.nom)
        ligne.addWidget(self.reste, 1)
        ligne.addWidget(tenir_sa_place(self.modifier))
        self.setLayout(ligne)

    def montrer(self, brouillon: Brouillon, age: str, commune: str) -> None:
        """Fills the line."""
        self.nom.setText(brouillon.titre)
        self.reste.setText(" · ".join(fait for fait in (brouillon.naissance, age, commune) if fait))
        self._ranger()

    def amenager(self, largeur: int) -> None:
        """With the name or without, for an inner width in pixels."""
        self._largeur = largeur
        self._ranger()

    def _ranger(self) -> None:
        t = self._theme
        nom = ceil(t.metrique("strong").horizontalAdvance(self.nom.text())) + 2
        reste = ceil(t.metrique("body").horizontalAdvance(self.reste.text())) + 2
        place = self._largeur - t.px(22) - self.modifier.sizeHint().width() - 3 * t.sp(12)
        self.nom.setVisible(nom + reste <= place)
        self.nom.setMinimumWidth(nom if nom + reste <= place else 0)
