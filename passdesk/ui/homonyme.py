"""A homonym noted on a recorded person: how it is told, and the way back, with what it changes and what it does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QFrame, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.francais import date_longue, typographie
from passdesk.domain.homonyme import MOTIFS_RETRAIT, HomonymeNote
from passdesk.services.homonyme import retirer_homonyme
from passdesk.ui.composants import Btn, Colonne, Combo, Dialogue, Field, Flexible, Icone, Ligne, WrapLabel, annoncer
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages.homonyme import DITS, MOTIFS, RETIRE
from passdesk.ui.theme import Theme

RETIRER = "Retirer l’homonyme…"
QUESTION = "Ce n’est pas un homonyme\u00a0?"
CHOISIR = "Choisissez la raison"
FAIRE = "Retirer l’homonyme"
GARDER = "Garder l’homonyme"
POURQUOI = "Pourquoi"


def phrase_note(note: HomonymeNote) -> tuple[str, str]:
    """What was said, then who said it, when, and in what words."""
    quoi = "Homonyme noté" if note.motif == "autre" else f"Homonyme noté : {DITS.get(note.motif, DITS['autre'])}"
    par = f"par {note.agent}" if note.agent else ""
    quand = f"le {date_longue(date.fromisoformat(note.le))}" if note.le else ""
    qui = " ".join(mot for mot in (par, quand) if mot)
    # What the agent wrote is data: it is shown as it is.
    return typographie(quoi), " · ".join(mot for mot in (qui[:1].upper() + qui[1:], note.texte) if mot)


def consequences(note: HomonymeNote) -> str:
    """What taking it back changes, and what stays: before it is done."""
    exces = note.ensemble - note.plafond
    debut = f"Tous les pass aux mêmes noms et à la même naissance compteront ensemble : {note.ensemble}."
    if exces > 0:
        suite = (
            f"C’est {exces} de plus que le maximum. Au prochain envoi, la Région bloque les derniers donnés, puis "
            "décide. Ceux qu’elle avait laissés sont bloqués aussi. Un pass déjà utilisé le reste."
        )
    else:
        suite = "Aucun pass n’est bloqué."
    return typographie(f"{debut} {suite} Si la personne a deux fiches ici, réunissez-les ensuite.")


class BlocNote(QFrame):
    """What is said of a person, with the way back for a *responsable*: `retirer` when it is asked for."""

    def __init__(self, theme: Theme, note: HomonymeNote, retirer: Callable[[], None], *, etroite: bool) -> None:
        super().__init__()
        self.setProperty("role", "bloc")
        self.setProperty("tint", "info")
        quoi, suite = phrase_note(note)
        mots = Colonne(theme, ecart=0)
        mots.addWidget(WrapLabel(quoi, "smallstrong"))
        if suite:
            mots.addWidget(WrapLabel(suite, "small"))
        self.bouton = Btn(theme, RETIRER, genre="discret")
        self.bouton.clicked.connect(retirer)
        # Shown before it has its place, it would be a window.
        if not note.peut_retirer:
            self.bouton.hide()
        dite = Flexible(theme, ecart=12)
        dite.empiler(etroite)
        dite.addLayout(mots, 1)
        dite.addWidget(self.bouton)
        ligne = Ligne(theme, ecart=12, marges=(16, 10, 16, 10))
        ligne.addWidget(Icone(theme, "users", "info", 20), 0, Qt.AlignmentFlag.AlignTop)
        ligne.addLayout(dite, 1)
        self.setLayout(ligne)


class DialogueRetrait(Dialogue):
    """What it changes, then why: nothing is taken back before a reason is chosen."""

    aide = "ressemblances"

    def __init__(self, theme: Theme, parent: QWidget | None, note: HomonymeNote) -> None:
        super().__init__(theme, parent, QUESTION, consequences(note), "users", "warn", GARDER)
        self.motif = Combo(theme, [("", "Choisir…"), *((code, MOTIFS[code]) for code in MOTIFS_RETRAIT)], POURQUOI)
        self.faire = Btn(theme, FAIRE, genre="primaire")
        self.faire.clicked.connect(self.accept)
        self.boutons.addWidget(self.faire)
        disposition = self.layout()
        if isinstance(disposition, QBoxLayout):
            disposition.insertWidget(1, Field(theme, POURQUOI, saisie=self.motif))
        self.motif.currentIndexChanged.connect(self._juger)
        self.motif.setFocus()
        self._juger()

    def reponse(self) -> str:
        """The reason's code, "" while none is chosen."""
        return str(self.motif.valeur() or "")

    def _juger(self) -> None:
        choisie = bool(self.reponse())
        # Until it can be pressed, the button says what it waits for.
        self.faire.set_texte(FAIRE if choisie else CHOISIR)
        self.faire.setEnabled(choisie)


def demander_retrait(
    contexte: Contexte,
    ecran: QWidget,
    note: HomonymeNote,
    *,
    apres: Callable[[], None],
    sur_panne: Callable[[KnownError], None],
) -> None:
    """Asks, then takes it back; `apres` once it is recorded."""
    dialogue = DialogueRetrait(contexte.theme, ecran.window(), note)
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    motif = dialogue.reponse()
    dialogue.deleteLater()
    if accepte:
        contexte.lancer(
            retirer_homonyme,
            note.personne_id,
            motif,
            apres=lambda _: _fait(contexte, ecran, apres),
            sur_panne=sur_panne,
            ecran=ecran,
        )


def _fait(contexte: Contexte, ecran: QWidget, apres: Callable[[], None]) -> None:
    annoncer(ecran, RETIRE)
    contexte.signaler("personnes", "visites", "litiges", "envoi")
    apres()
