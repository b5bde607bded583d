"""Where the pass counted come from, and the way to say that they are a homonym's; the Region then decides."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QDialog, QFrame, QLineEdit, QVBoxLayout, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.francais import date_longue
from passdesk.domain.homonyme import MOTIFS_HOMONYME, Provenance
from passdesk.domain.visite import Brouillon
from passdesk.services.homonyme import LONGUEUR_TEXTE, declarer_homonyme, oublier_homonyme
from passdesk.ui.composants import Btn, Colonne, Combo, Dialogue, Field, Icone, Ligne, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.homonyme import CHOISIR
from passdesk.ui.messages.homonyme import DITS
from passdesk.ui.theme import Theme
from passdesk.ui.visite import saisies, textes
from passdesk.ui.visite.modele import VisiteEnCours

BOUTON = "C’est un homonyme…"
NOTER = "Noter l’homonyme"
PRECISER = "Précisez la raison"
RENONCER = "Ne rien noter"
QUESTION = "Ces pass sont ceux d’une autre personne\u00a0?"
CONSEQUENCES = (
    "Deux personnes ont les mêmes noms et la même date de naissance. Vous avez vu ce qui les distingue. "
    "La Région ouvre un dossier et vérifie. Jusqu’à sa décision, les pass au-delà de 10 sont bloqués."
)
RAISON = "Ce qui les distingue"
PRECISION = "Précision"
MOTIFS = {
    "identite_differente": "Justificatif d’identité différent",
    "jumeaux_ou_parents": "Jumeaux ou parents",
    "autre": "Autre",
}
AU_RESPONSABLE = "Si c’est une autre personne, un responsable du poste peut le noter ici."
OUBLIER = "Ne plus le noter"
NOTE = "Homonyme noté\u00a0: {motif}. La Région ouvrira un dossier. Les pass au-delà de 10 seront bloqués."


def origine(provenance: Provenance) -> str:
    """ "10 pass déjà attribués\u00a0: 10 ici, 0 ailleurs, liste régionale du 24 novembre 2026."."""
    total = textes.nombre_pass(provenance.ici + provenance.ailleurs)
    liste = date_longue(date.fromisoformat(provenance.liste_le)) if provenance.liste_le else ""
    source = f"liste régionale du {liste}" if liste else "liste régionale pas encore reçue"
    return f"{total} déjà attribués\u00a0: {provenance.ici} ici, {provenance.ailleurs} ailleurs, {source}."


class BlocHomonyme(QFrame):
    """Shown when pass count by the names and the birth date alone, and once they were said to be a homonym's.

    `oublie`: what was said in this visit is unsaid, the question comes back.
    """

    oublie = Signal()

    def __init__(self, contexte: Contexte, visite: VisiteEnCours) -> None:
        super().__init__()
        theme = contexte.theme
        self._contexte, self._visite = contexte, visite
        self._occupe = False
        self.setProperty("role", "bloc")
        self.setProperty("tint", "info")
        self.origine = WrapLabel("", "body")
        self.suite = WrapLabel("", "small")
        self.bouton = Btn(theme, BOUTON)
        self.bouton.clicked.connect(self._demander)
        self.bouton.bloc_a_voir = self  # type: ignore[attr-defined]  # for the focus ring: read with its sentence
        self.oublier = Btn(theme, OUBLIER, genre="discret")
        self.oublier.clicked.connect(lambda: self._visite.ensuite(self._oublier))
        phrases = QVBoxLayout()
        phrases.setSpacing(0)
        phrases.addWidget(self.origine)
        phrases.addWidget(self.suite)
        haut = Ligne(theme, ecart=12)
        haut.addWidget(Icone(theme, "users", "info", 20), 0, Qt.AlignmentFlag.AlignTop)
        haut.addLayout(phrases, 1)
        bas = Ligne(theme, ecart=8)
        bas.addWidget(self.bouton)
        bas.addWidget(self.oublier)
        bas.addStretch(1)
        corps = Colonne(theme, ecart=8, marges=(16, 8, 8, 8))
        corps.addLayout(haut)
        corps.addLayout(bas)
        self.setLayout(corps)
        self.hide()
        visite.apprecie.connect(self._montrer)

    def _montrer(self) -> None:
        apercu = self._visite.apercu
        lue = apercu.provenance if apercu else Provenance()
        # One question at a time: whether it is the same person comes first, in its own block.
        a_reconnaitre = apercu is not None and any(r.exacte for r in apercu.ressemblances)
        compte = lue.par_identite and not lue.homonyme and not a_reconnaitre
        self.setVisible(bool(compte or lue.homonyme))
        if lue.homonyme and self.bouton.hasFocus():
            # The button goes: the keyboard stays on what it has just noted, and the page with it.
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bouton.setVisible(bool(compte and lue.peut_dire))
        self.oublier.setVisible(lue.dans_la_visite and lue.peut_dire)
        if compte:
            self.origine.setText(origine(lue))
            self.suite.setText(AU_RESPONSABLE)
            self.suite.setVisible(not lue.peut_dire)
        else:
            self.origine.setText(NOTE.format(motif=DITS.get(lue.homonyme, DITS["autre"])))
            self.suite.hide()
        self.setAccessibleName(self.origine.text())

    def _demander(self) -> None:
        if self._occupe:
            return
        dialogue = DialogueHomonyme(self._contexte.theme, self.window())
        accepte = dialogue.exec() == QDialog.DialogCode.Accepted
        motif, texte = dialogue.reponse()
        dialogue.deleteLater()
        self.bouton.setFocus(Qt.FocusReason.OtherFocusReason)
        if accepte:
            self._visite.ensuite(lambda: self._noter(motif, texte))

    def _oublier(self) -> None:
        if not self._occupe:
            self._occupe = True
            self._contexte.lancer(
                oublier_homonyme, self._visite.brouillon, apres=self._note, sur_panne=self._refuse, ecran=self
            )

    def _noter(self, motif: str, texte: str) -> None:
        self._occupe = True
        self._contexte.lancer(
            declarer_homonyme,
            self._visite.brouillon,
            motif,
            texte,
            apres=self._note,
            sur_panne=self._refuse,
            ecran=self,
        )

    def _note(self, brouillon: Brouillon) -> None:
        self._occupe = False
        # What was typed meanwhile stays.
        self._visite.modifier(saisies.homonyme(self._visite.brouillon, brouillon), tout_de_suite=True)
        if brouillon.homonyme is None:
            self._visite.ensuite(self.oublie.emit)

    def _refuse(self, trouble: KnownError) -> None:
        self._occupe = False
        self._visite.panne.emit(trouble)


class DialogueHomonyme(Dialogue):
    """What it changes, then why: nothing can be noted before a reason is chosen, and written when it is another."""

    aide = "ressemblances"

    def __init__(self, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(theme, parent, QUESTION, CONSEQUENCES, "users", "warn", RENONCER)
        self.motif = Combo(theme, [("", "Choisir…"), *((code, MOTIFS[code]) for code in MOTIFS_HOMONYME)], RAISON)
        self.precision = Field(theme, PRECISION, facultatif=True)
        saisie = self.precision.saisie
        assert isinstance(saisie, QLineEdit)
        saisie.setMaxLength(LONGUEUR_TEXTE)
        self.noter = Btn(theme, NOTER, genre="primaire")
        self.noter.clicked.connect(self.accept)
        self.boutons.addWidget(self.noter)
        disposition = self.layout()
        if isinstance(disposition, QBoxLayout):
            disposition.insertWidget(1, Field(theme, RAISON, saisie=self.motif))
            disposition.insertWidget(2, self.precision)
        self.motif.currentIndexChanged.connect(self._juger)
        saisie.textChanged.connect(self._juger)
        self.motif.setFocus()
        self._juger()

    def reponse(self) -> tuple[str, str]:
        """The reason's code and what was written."""
        return str(self.motif.valeur() or ""), self.precision.texte()

    def _juger(self) -> None:
        motif, texte = self.reponse()
        self.precision.set_indication("à écrire" if motif == "autre" else "facultatif")
        # Until it can be pressed, the button says what it waits for.
        attente = CHOISIR if not motif else PRECISER if motif == "autre" and not texte.strip() else ""
        self.noter.set_texte(attente or NOTER)
        self.noter.setEnabled(not attente)
