"""A derogation asked in the page: what it lifts and by what text, the reason, and the way back before the award."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from passdesk.domain.derogation import DerogationAccordee, DerogationPossible
from passdesk.domain.erreurs import KnownError
from passdesk.domain.francais import date_longue
from passdesk.domain.visite import Brouillon
from passdesk.services import derogation
from passdesk.services.derogation import LONGUEUR_RAISON
from passdesk.ui.composants import Btn, Card, Colonne, Field, Icone, Ligne, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message, phrase_motif
from passdesk.ui.visite import paroles, reponse, saisies, textes
from passdesk.ui.visite.liste_raisons import ListeRaisons
from passdesk.ui.visite.modele import VisiteEnCours


class SectionDerogation(Card):
    """Hidden until it is asked for, then while a derogation is in effect; what it holds is made then.

    `a_voir`: it has just changed under the hand; `ouverte`: the reason is asked for, and the page's filled button
    grants it (`accorder`); `refermee`: left without granting.
    """

    a_voir = Signal()
    ouverte = Signal()
    refermee = Signal()

    def __init__(self, contexte: Contexte, visite: VisiteEnCours) -> None:
        theme = contexte.theme
        super().__init__(theme, textes.DEROGATION)
        self._contexte, self._visite = contexte, visite
        self._occupe = self._ouverte = self._batie = False
        self.hide()
        visite.apprecie.connect(self._montrer)

    def _batir(self) -> None:
        if self._batie:
            return
        theme, self._batie = self._contexte.theme, True
        self.refus = ListeRaisons(theme)
        self.raison = Field(theme, textes.DEROGATION_RAISON)
        if isinstance(self.raison.saisie, QLineEdit):
            self.raison.saisie.setMaxLength(LONGUEUR_RAISON)
            self.raison.saisie.returnPressed.connect(self.accorder)
        self.raison.modifie.connect(lambda _: self.raison.set_message(""))
        self.refermer = Btn(theme, textes.DEROGATION_REFERMER, genre="discret", touche="Échap")
        self.refermer.montrer_touche(False)
        self.refermer.clicked.connect(self._refermer)
        self.accordee = WrapLabel("", "strong")
        self.dite = WrapLabel("", "body")
        self.retirer = Btn(theme, textes.DEROGATION_RETIRER, genre="discret")
        self.retirer.clicked.connect(self._retirer)
        self._demande, self._effet = self._monter_demande(), self._monter_effet()
        self.corps.addWidget(self.refus)
        self.corps.addWidget(self._demande)
        self.corps.addWidget(self._effet)

    def ouvrir(self) -> None:
        """Asks for the reason; the keyboard goes to its field."""
        self._ouverte = True
        self._montrer()
        if not self.isHidden():
            self.ouverte.emit()
            self.raison.saisie.setFocus(Qt.FocusReason.OtherFocusReason)
            self.a_voir.emit()

    @property
    def demandee(self) -> bool:
        """True while the reason is being written."""
        apercu = self._visite.apercu
        possible = apercu.derogation if apercu is not None else None
        return self._ouverte and possible is not None and possible.accordee is None and possible.peut_dire

    def _monter_demande(self) -> QWidget:
        theme = self._contexte.theme
        avis = Ligne(theme, ecart=8)
        avis.addWidget(Icone(theme, "info-circle", "ink2", 18), 0, Qt.AlignmentFlag.AlignTop)
        avis.addWidget(WrapLabel(textes.DEROGATION_AVIS, "small", "ink2"), 1)
        bloc = QWidget()
        colonne = Colonne(theme, ecart=8)
        colonne.addWidget(self.raison)
        colonne.addLayout(avis)
        colonne.addWidget(self.refermer, 0, Qt.AlignmentFlag.AlignLeft)
        bloc.setLayout(colonne)
        return bloc

    def _monter_effet(self) -> QWidget:
        theme = self._contexte.theme
        bloc = QWidget()
        mots = Colonne(theme, ecart=0)
        mots.addWidget(self.accordee)
        mots.addWidget(self.dite)
        ligne = Ligne(theme, ecart=12)
        ligne.addWidget(Icone(theme, "key", "info", 20), 0, Qt.AlignmentFlag.AlignTop)
        ligne.addLayout(mots, 1)
        colonne = Colonne(theme, ecart=8)
        colonne.addLayout(ligne)
        colonne.addWidget(self.retirer, 0, Qt.AlignmentFlag.AlignLeft)
        bloc.setLayout(colonne)
        return bloc

    def _montrer(self) -> None:
        """Follows what is refused now, and what the draft says."""
        apercu = self._visite.apercu
        possible = apercu.derogation if apercu is not None else None
        accordee = possible.accordee if possible is not None else None
        demandee = possible is not None and accordee is None and self._ouverte and possible.peut_dire
        montree = possible is not None and (accordee is not None or demandee)
        if montree:
            self._batir()
        self.setVisible(montree)
        if possible is None or not self._batie:
            self._ouverte = self._ouverte and possible is not None
            return
        self.refus.montrer((_section(possible),))
        self._demande.setVisible(accordee is None)
        self._effet.setVisible(accordee is not None)
        if accordee is not None:
            self._ouverte = False
            self.accordee.setText(_qui(accordee, possible.agent))
            self.dite.setText(accordee.raison)
            self.retirer.setVisible(possible.peut_dire)
            # Withdrawn, what was written is there to be corrected.
            self.raison.set_texte(accordee.raison)

    def accorder(self) -> None:
        """Grants it, with the reason written; without one, says so beside its field."""
        if self._occupe:
            return
        if not self.raison.texte().strip():
            self.raison.set_message(str(message("derogation_sans_raison")))
            self.raison.saisie.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._visite.ensuite(lambda: self._lancer(True))

    def _retirer(self) -> None:
        if not self._occupe:
            self._visite.ensuite(lambda: self._lancer(False))

    def _lancer(self, accord: bool) -> None:
        self._occupe = True
        fonction, suite = (derogation.accorder, (self.raison.texte(),)) if accord else (derogation.retirer, ())
        self._contexte.lancer(
            fonction, self._visite.brouillon, *suite, apres=self._note, sur_panne=self._refuse, ecran=self
        )

    def _note(self, brouillon: Brouillon) -> None:
        self._occupe = False
        self._ouverte = brouillon.derogation is None
        # What was typed meanwhile stays.
        self._visite.modifier(saisies.derogation(self._visite.brouillon, brouillon), tout_de_suite=True)
        self._visite.ensuite(self._reprendre_la_main)

    def _reprendre_la_main(self) -> None:
        """The button pressed is gone: the keyboard goes to the act that undoes it."""
        cible = self.raison.saisie if self._ouverte else self.retirer
        cible.setFocus(Qt.FocusReason.OtherFocusReason)
        self.a_voir.emit()

    def _refuse(self, trouble: KnownError) -> None:
        self._occupe = False
        self._visite.panne.emit(trouble)

    def _refermer(self) -> None:
        self._ouverte = False
        self.raison.set_message("")
        self.hide()
        self.refermee.emit()


def _section(possible: DerogationPossible) -> reponse.Section:
    """The refusals, each with its text, then the text that lets them be lifted."""
    titre = textes.DEROGATION_LEVE if len(possible.refus) == 1 else textes.DEROGATION_LEVENT
    if possible.accordee is not None:
        titre = ""
    icone, ton = ("ban", "bad") if possible.accordee is None else ("info-circle", "info")
    lignes = [reponse.Ligne(icone, ton, phrase_motif(m), paroles.reference(m)) for m in possible.refus]
    permise = reponse.Ligne("scale", "info", textes.DEROGATION_PERMISE, paroles.reference(possible.motif))
    return reponse.Section(titre, (*lignes, permise))


def _qui(accordee: DerogationAccordee, agent: str) -> str:
    par = f" par {agent}" if agent else ""
    return f"Accordée{par}, le {date_longue(date.fromisoformat(accordee.le))}"
