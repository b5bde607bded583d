"""*Modifier la fiche*: a file corrected outside a visit; kept at each field, recorded by the button or on leaving."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.personne import Personne
from passdesk.domain.saisie_date import age_le, lire_naissance
from passdesk.domain.visite import Brouillon
from passdesk.services import fiche
from passdesk.ui.composants import (
    Banner,
    Btn,
    Card,
    Colonne,
    Defilement,
    Icone,
    Ligne,
    Page,
    Texte,
    Titre,
    WrapLabel,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.personnes import textes
from passdesk.ui.visite.formulaire import FormulairePersonne

DELAI_FRAPPE_MS = 180


class CorrectionEnCours(QObject):
    """What is typed on the page, kept at each field; `garde` fires once it is on disk."""

    garde = Signal()
    change = Signal()

    def __init__(self, contexte: Contexte, brouillon: Brouillon, parent: QWidget) -> None:
        super().__init__(parent)
        self._contexte, self._ecran = contexte, parent
        self.brouillon = brouillon
        self._depart = self._garde = brouillon
        self._arretee = False
        self._minuteur = QTimer(self)
        self._minuteur.setSingleShot(True)
        self._minuteur.setInterval(DELAI_FRAPPE_MS)
        self._minuteur.timeout.connect(self._garder)

    @property
    def modifiee(self) -> bool:
        """True when there is something to record."""
        return self.brouillon != self._depart

    def modifier(self, brouillon: Brouillon, *, tout_de_suite: bool = False) -> None:
        """Takes the file as typed."""
        if brouillon != self.brouillon:
            self.brouillon = brouillon
            self.change.emit()
        if tout_de_suite:
            self._garder()
        else:
            self._minuteur.start()

    def arreter(self) -> None:
        """Nothing more is kept from here: the field that the page closes on would be kept again as it is left."""
        self._minuteur.stop()
        self._garde = self.brouillon
        self._arretee = True

    def reprendre(self) -> None:
        """It could not be recorded: what is typed is kept again."""
        self._arretee = False

    def garder_maintenant(self) -> None:
        """At once, what the fingers have not rested on yet."""
        self._garder()

    def _garder(self) -> None:
        self._minuteur.stop()
        if self.brouillon != self._garde and not self._arretee:
            envoye = self._garde = self.brouillon
            self._contexte.lancer(fiche.garder, envoye, apres=lambda _: self.garde.emit(), ecran=self._ecran)


class PageFiche(Page):
    """Built from the file as recorded, or as it was left half corrected."""

    aide = "personnes"

    def __init__(self, contexte: Contexte, correction: fiche.Correction) -> None:
        brouillon = correction.brouillon
        super().__init__(f"fiche-{brouillon.personne_id}", textes.titre_fiche(brouillon.titre), visite=True)
        self._contexte = contexte
        self.en_cours = CorrectionEnCours(contexte, brouillon, self)
        self.en_cours.garde.connect(self._montrer_garde)
        self.en_cours.change.connect(self._changee)
        self._reprise = correction.commencee
        self._fermee = False
        self.formulaire = FormulairePersonne(contexte, self.en_cours, tout=True)
        self.bandeau = Banner(contexte.theme, "warn", "alert-circle", "")
        theme = contexte.theme
        self.bouton = Btn(
            theme, textes.ENREGISTRER_FICHE, genre="primaire", icone_nom="device-floppy", touche="Ctrl+Entrée"
        )
        self.annuler = Btn(contexte.theme, textes.LAISSER_FICHE)
        self.bouton.clicked.connect(self._enregistrer)
        self.annuler.clicked.connect(self._laisser)
        self._monter()
        self._changee()

    def arriver(self) -> None:
        """The keyboard goes to the first field."""
        self.formulaire.champs["nom_naissance"].saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def disposer(self, etroite: bool) -> None:
        super().disposer(etroite)
        self.bouton.montrer_touche(not etroite)
        self._rassurance.setVisible(not etroite)
        self._amenager()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The place decides, not the percentage (guide §7.8)."""
        super().resizeEvent(event)
        self._amenager()

    def _amenager(self) -> None:
        theme, marges = self._contexte.theme, self._corps.contentsMargins()
        bords = marges.left() + marges.right() + 2 * theme.sp(24) + 2 * theme.jetons.cadre
        self.formulaire.amenager(self.width() - bords - theme.px(12) - theme.sp(8))

    def primaire(self) -> Btn | None:
        return self.bouton

    def regions(self) -> tuple[QWidget, ...]:
        return (self._defilement, self._bas)

    def concerne(self, personnes_id: frozenset[str]) -> bool:
        return self.en_cours.brouillon.personne_id in personnes_id

    def quitter(self) -> None:
        """Records what was corrected; what cannot be recorded yet stays as it was typed."""
        if not self._fermee and self._a_enregistrer:
            self.en_cours.arreter()
            self._fermee = True
            self._contexte.lancer(fiche.enregistrer_ou_garder, self.en_cours.brouillon)
            self._contexte.signaler("personnes", "visites", "envoi")

    def verrouiller(self) -> None:
        """What is typed is kept, not recorded: it is not finished."""
        self.en_cours.garder_maintenant()

    @property
    def _a_enregistrer(self) -> bool:
        return self.en_cours.modifiee or self._reprise

    def _enregistrer(self) -> None:
        if not self._a_enregistrer:
            self._revenir()
            return
        self.en_cours.arreter()
        self._contexte.lancer(
            fiche.enregistrer, self.en_cours.brouillon, apres=self._enregistree, sur_panne=self._refusee, ecran=self
        )

    def _enregistree(self, _personne: Personne) -> None:
        self._contexte.signaler("personnes", "visites", "envoi")
        self._revenir()

    def _laisser(self) -> None:
        self.en_cours.arreter()
        personne_id = self.en_cours.brouillon.personne_id
        self._contexte.lancer(fiche.laisser, personne_id, apres=lambda _: self._revenir(), ecran=self)

    def _revenir(self) -> None:
        self._fermee = True
        self._contexte.navigation.montrer_lieu("personnes")
        self._contexte.navigation.fermer_page(self)

    def _refusee(self, trouble: KnownError) -> None:
        self.en_cours.reprendre()
        phrases = message(trouble.code, **trouble.faits)
        self.bandeau.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.bandeau.show()
        brouillon = self.en_cours.brouillon
        vides = [nom for nom in ("nom_naissance", "prenoms") if not getattr(brouillon, nom).strip()]
        champ = self.formulaire.champ(vides[0] if vides else "naissance")
        if champ is not None:
            champ.setFocus(Qt.FocusReason.OtherFocusReason)
            self._defilement.ensureWidgetVisible(champ, 24, 24)

    def _montrer_garde(self) -> None:
        self._garde.setText(textes.FICHE_GARDEE)

    def _changee(self) -> None:
        brouillon = self.en_cours.brouillon
        aujourdhui = self._contexte.horloge.aujourdhui()
        lue = lire_naissance(brouillon.naissance, aujourdhui).date
        self.formulaire.montrer_age(age_le(lue, aujourdhui) if lue else None)
        self._nom.setText(brouillon.titre or textes.FICHE_SANS_NOM)
        self.set_titre(textes.titre_fiche(brouillon.titre))
        self._garde.setText("")
        self.bandeau.hide()

    def _monter(self) -> None:
        theme = self._contexte.theme
        self._nom = Titre(theme, "", un_nom=True)
        self._garde = Texte("", "small")
        haut = Ligne(theme, ecart=20)
        haut.addWidget(self._nom, 1)
        haut.addWidget(self._garde)
        carte = Card(theme, textes.MODIFIER_FICHE)
        carte.corps.addWidget(self.formulaire)
        contenu = QWidget()
        sections = Colonne(theme, ecart=8)
        self.bandeau.hide()
        sections.addWidget(self.bandeau)
        sections.addWidget(carte)
        sections.addStretch(1)
        contenu.setLayout(sections)
        self._defilement = Defilement(contenu)
        barre = self._defilement.verticalScrollBar()
        barre.rangeChanged.connect(lambda _, bas: sections.set_marges(0, 0, 8 if bas else 0, 0))
        self._bas = QWidget()
        bas = Ligne(theme, ecart=12)
        self._rassurance = QWidget()
        rassurance = Ligne(theme, ecart=8)
        rassurance.addWidget(Icone(theme, "shield-check", "ink2", 18))
        rassurance.addWidget(WrapLabel(textes.FICHE_RIEN_PERDU, "small", "ink2"), 1)
        self._rassurance.setLayout(rassurance)
        bas.addWidget(self._rassurance, 1)
        bas.addWidget(self.annuler)
        bas.addWidget(self.bouton)
        self._bas.setLayout(bas)
        self._corps = Colonne(theme, ecart=12)
        self._corps.addLayout(haut)
        self._corps.addWidget(self._defilement, 1)
        self._corps.addWidget(self._bas)
        self.setLayout(self._corps)
        self.cadrer(self._corps)
