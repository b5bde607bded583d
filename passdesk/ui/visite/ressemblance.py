"""Somebody already known here may be the same person: one question, two answers, and what the answer changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from passdesk.domain.personne import Personne
from passdesk.domain.visite import Brouillon, Ressemblance
from passdesk.services.consultations import VISITE, noter
from passdesk.ui.composants import Btn, Colonne, Flexible, Flux, Gras, Icone, Ligne, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.saisie import date_chiffres
from passdesk.ui.visite import saisies, textes
from passdesk.ui.visite.modele import VisiteEnCours
from passdesk.ui.visite.raisons import raisons


class BlocRessemblance(QWidget):
    """One warn block per look-alike not answered yet, three at most; once it is the same person, the way back from it
    until something is recorded; hidden when there is neither. `repondue` fires when the last answer has just been given
    from the keyboard, which needs somewhere to go.
    """

    repondue = Signal()

    def __init__(self, contexte: Contexte, visite: VisiteEnCours) -> None:
        super().__init__()
        self._contexte, self._visite = contexte, visite
        self._montrees: tuple[tuple[Ressemblance, int], ...] = ()
        self._colonne = Colonne(contexte.theme, ecart=8)
        self.setLayout(self._colonne)
        self._blocs: list[_Question] = []
        self._reprise: tuple[Brouillon, Brouillon] | None = None
        self.reprise = _Reprise(contexte)
        self.reprise.retour.clicked.connect(self._rendre)
        self._colonne.addWidget(self.reprise)
        self.reprise.hide()
        self.hide()
        visite.apprecie.connect(self._apprecie)

    def premier_bouton(self) -> QWidget | None:
        """Where the first question is answered."""
        return self._blocs[0].meme if self._blocs else None

    def _apprecie(self) -> None:
        apercu = self._visite.apercu
        recus = apercu.pass_anterieurs if apercu else 0
        # Of a file with the same names and birth date, those of other desks count too.
        nouvelles = tuple((r, recus if r.exacte else r.pass_recus) for r in apercu.ressemblances[:3]) if apercu else ()
        self.reprise.setVisible(self._reversible)
        if nouvelles == self._montrees:
            self.setVisible(bool(self._blocs) or self._reversible)
            return
        self._montrees = nouvelles
        focus = self.window().focusWidget()
        clavier = focus is not None and self.isAncestorOf(focus)
        for bloc in self._blocs:
            self._colonne.removeWidget(bloc)
            bloc.deleteLater()
        self._blocs = [_Question(self._contexte, self._visite, *nouvelle, self._adopter) for nouvelle in nouvelles]
        for bloc in self._blocs:
            self._colonne.addWidget(bloc)
        if clavier:
            self._rendre_le_clavier()
        self.setVisible(bool(self._blocs) or self._reversible)

    @property
    def _reversible(self) -> bool:
        """True while the person adopted here is that of the draft, and nothing is recorded of it."""
        brouillon = self._visite.brouillon
        if self._reprise is None or brouillon.demande_id is not None or self._visite.fermee:
            return False
        return brouillon.personne_id == self._reprise[1].personne_id

    def _adopter(self, personne: Personne) -> None:
        self._contexte.lancer(noter, personne.personne_id, VISITE)
        avant = self._visite.brouillon
        self._reprise = avant, saisies.c_est_la_meme(avant, personne)
        self.reprise.montrer(personne)
        self._visite.remplacer(self._reprise[1])

    def _rendre(self) -> None:
        """Without it, a wrong answer leaves one way out: writing the name of who is here over somebody else's file."""
        if self._reprise is None or not self._reversible:
            return
        (avant, adopte), self._reprise = self._reprise, None
        self.repondue.emit()
        self._visite.remplacer(saisies.ce_n_est_pas_elle(self._visite.brouillon, avant, adopte))

    def _rendre_le_clavier(self) -> None:
        premier = self.premier_bouton()
        if premier is not None:
            premier.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.repondue.emit()


class _Reprise(QFrame):
    """Whose file the visit took, and the way back."""

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self.setProperty("role", "bloc")
        self.setProperty("tint", "info")
        self.qui = WrapLabel("", "body")
        self.retour = Btn(contexte.theme, textes.PAS_ELLE, genre="discret")
        self.retour.bloc_a_voir = self  # type: ignore[attr-defined]  # for the focus ring: read with its sentence
        corps = Flexible(contexte.theme, ecart=12)
        corps.setContentsMargins(16, 4, 8, 4)
        corps.addWidget(self.qui, 1)
        corps.addWidget(self.retour)
        self.setLayout(corps)

    def montrer(self, personne: Personne) -> None:
        """Says whose."""
        ne = date_chiffres(personne.naissance) if personne.naissance else ""
        self.qui.set_phrase(
            Gras(textes.FICHE_REPRISE), "\u00a0: " + ", ".join(f for f in (personne.nom_courant, ne) if f)
        )
        self.retour.setAccessibleDescription(self.qui.accessibleName())


class _Question(QFrame):
    def __init__(
        self,
        contexte: Contexte,
        visite: VisiteEnCours,
        ressemblance: Ressemblance,
        recus: int,
        adopter: Callable[[Personne], None],
    ) -> None:
        super().__init__()
        theme = contexte.theme
        self._contexte, self._visite, self._ressemblance = contexte, visite, ressemblance
        self.setProperty("role", "bloc")
        self.setProperty("tint", "warn")
        self.quoi = WrapLabel("", "body")
        self.quoi.set_phrase(*self._qui())
        self.raisons = WrapLabel(raisons(ressemblance.indices), "small")
        self.effet = WrapLabel(_effet(ressemblance, recus), "small")
        self.meme = Btn(theme, textes.MEME_PERSONNE)
        self.autre = Btn(theme, textes.AUTRE_PERSONNE)
        for bouton in (self.meme, self.autre):
            bouton.setAccessibleDescription(self.quoi.accessibleName())
            bouton.bloc_a_voir = self  # type: ignore[attr-defined]  # for the focus ring: read with the question
        self.fiche = Btn(theme, textes.VOIR_SA_FICHE, genre="discret")
        self.fiche.setAccessibleDescription(self.quoi.accessibleName())
        self.fiche.clicked.connect(self._voir)
        self.meme.clicked.connect(lambda: adopter(ressemblance.personne))
        self.autre.clicked.connect(self._distinguer)
        phrases = QVBoxLayout()
        phrases.setSpacing(0)
        phrases.addWidget(self.quoi)
        if ressemblance.indices and not ressemblance.exacte:
            phrases.addWidget(self.raisons)
        phrases.addWidget(self.effet)
        haut = Ligne(theme, ecart=12)
        haut.addWidget(Icone(theme, "users", "warn", 20))
        haut.addLayout(phrases, 1)
        corps = Colonne(theme, ecart=8, marges=(16, 8, 8, 8))
        corps.addLayout(haut)
        # On one row where there is room: what follows stays in sight.
        actes = Flux(theme, ecart=12, interligne=8)
        actes.poser(self.meme, self.autre, self.fiche)
        corps.addWidget(actes)
        self.setLayout(corps)

    def boutons(self) -> tuple[QPushButton, ...]:
        """Both answers, then what helps to give one."""
        return self.meme, self.autre, self.fiche

    def _qui(self) -> tuple[Gras, str]:
        personne = self._ressemblance.personne
        commune = self._contexte.communes.par_code(personne.commune) if personne.commune else None
        faits = (
            personne.nom_courant,
            date_chiffres(personne.naissance) if personne.naissance else "",
            commune.nom if commune else "",
        )
        debut = "Fiche déjà connue" if self._ressemblance.exacte else "Fiche ressemblante"
        return Gras(debut), "\u00a0: " + ", ".join(fait for fait in faits if fait)

    def _voir(self) -> None:
        """The visit stays open, its question too."""
        personne = self._ressemblance.personne
        self._contexte.navigation.montrer_lieu("personnes").viser(personne.personne_id, personne.nom_courant)

    def _distinguer(self) -> None:
        personne_id = self._ressemblance.personne.personne_id
        self._visite.modifier(saisies.c_est_une_autre(self._visite.brouillon, personne_id), tout_de_suite=True)


def _effet(ressemblance: Ressemblance, recus: int) -> str:
    if ressemblance.exacte:
        dit = f"{textes.nombre_pass(recus)} déjà reçus" if recus else "aucun pass reçu"
        return f"Mêmes noms, même naissance\u00a0: {dit}."
    if recus:
        return f"{textes.nombre_pass(recus)} déjà reçus\u00a0: votre réponse change le droit."
    return "Aucun pass reçu\u00a0: votre réponse ne change pas le droit."
