"""What every page receives: tasks, the opened desk, clock, communes, theme, and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.commune import Communes
from passdesk.domain.horloge import Horloge
from passdesk.domain.personne import Personne
from passdesk.domain.visite import VisiteOuverte
from passdesk.services.entrainement import Entrainement
from passdesk.services.impression import Imprimante
from passdesk.services.poste import Poste
from passdesk.tasks import TaskRunner
from passdesk.ui.composants.page import Page
from passdesk.ui.theme import Theme

GENRES = frozenset({"visites", "carnets", "personnes", "stock", "envoi", "litiges", "lieux", "sauvegardes"})


@dataclass(frozen=True, slots=True)
class Remplacement:
    """What `faire` does in `base` while nobody has the desk open; what is said meanwhile (`attente`) and then."""

    faire: Callable[[], object] = field(repr=False)
    attente: str
    faite: str


class Navigation(Protocol):
    """What a page may ask of the window."""

    def ouvrir_page(self, page: Page, remplace: Page | None = None) -> None:
        """Shows the page; closes `remplace`. A page with the same `cle` that is open already is shown instead."""
        ...

    def fermer_page(self, page: Page, vers: Page | None = None) -> None:
        """Takes the page away and goes back to *Aujourd'hui*, or to `vers` when it is still open."""
        ...

    def mettre_en_attente(self) -> None:
        """Goes to *Aujourd'hui*; the page stays among the open visits."""
        ...

    def reprendre(self, visite: VisiteOuverte) -> None:
        """Opens the page of a draft, or of a carnet to print, to confirm or to hand over (see `ui/parcours.py`)."""
        ...

    def nouvelle_visite(self, personne_id: str | None = None, nom: str = "") -> None:
        """Starts a visit (with a person already recorded, or nobody yet; `nom`: the name already searched)."""
        ...

    def expliquer(self, decision_id: str, retour: Page) -> None:
        """Opens *Expliquer cette décision*, which comes back to `retour`."""
        ...

    def droits(self, personne: Personne, retour: Page) -> None:
        """Opens *Droits de la personne*, which comes back to `retour`."""
        ...

    def verifier(self, texte: str, retour: Page) -> None:
        """Opens *Vérifier un pass*, which comes back to `retour`; checks `texte` at once, unless it is empty."""
        ...

    def oublier_personnes(self, personnes_id: frozenset[str]) -> None:
        """Closes every page about one of these persons, and empties the search: they are erased."""
        ...

    def montrer_lieu(self, cle: str) -> Page:
        """Goes to one of the places of the navigation ("a-verifier"…)."""
        ...

    def relier(self) -> None:
        """Opens the page that links this desk to the Region."""
        ...

    def verrouiller(self) -> None:
        """Locks the desk, for a while or for a colleague."""
        ...

    def sauvegarder(self) -> None:
        """A backup now; "sauvegardes" is told touched once it is made, or could not be."""
        ...

    def verifier_donnees(self, *, arreter: bool = False) -> None:
        """A check of all that the desk keeps, now, or the end of one; "sauvegardes" is told touched then."""
        ...

    def remplacer(self, voulu: Remplacement) -> None:
        """Closes the desk, puts another base in the place of its own, asks for the passphrase again."""
        ...

    def refus_de_sauvegarde(self) -> str:
        """The code of what prevented the last backup, "" when nothing did."""
        ...

    def envoyer(self) -> None:
        """Asks for a sending cycle soon (after each hand-over)."""
        ...

    def envoyer_maintenant(self) -> None:
        """A sending cycle now."""
        ...


class Contexte(QObject):
    """Handed to each page; nothing here may be kept beyond the page's life.

    `poste` is a handle: only functions run in `base` use it (`lancer(apprecier, brouillon, …)` passes it).
    `imprimante` is the border to paper, for `services.impression.sortir` in `rendu`.
    `changements` carries the kinds touched by a write, out of GENRES; screens that show them ask again.
    """

    changements = Signal(frozenset)

    def __init__(
        self,
        taches: TaskRunner,
        poste: Poste,
        horloge: Horloge,
        communes: Communes,
        theme: Theme,
        imprimante: Imprimante,
    ) -> None:
        super().__init__()
        self.imprimante = imprimante
        self._ferme = self._suspendu = False
        self._remises: list[Callable[[], None]] = []
        self.taches = taches
        self.poste = poste
        self.horloge = horloge
        self.communes = communes
        self.theme = theme
        self.entrainement: Entrainement | None = None
        """The practice window; None in that window itself."""
        self._navigation: Navigation | None = None

    def brancher(self, navigation: Navigation) -> None:
        """Called once by the window that shows the pages."""
        self._navigation = navigation

    @property
    def navigation(self) -> Navigation:
        """The window, as far as pages may use it."""
        if self._navigation is None:
            raise RuntimeError("contexte not connected to a window")
        return self._navigation

    def fermer(self) -> None:
        """The desk is being closed: what was asked before still runs, nothing more is taken."""
        self._ferme = True

    def suspendre(self) -> None:
        """The desk is locked, its base closed: what is asked from now on waits for `reprendre`."""
        self._suspendu = True

    def reprendre(self, poste: Poste) -> None:
        """The desk was opened again, perhaps by another agent: what waited is done for this one."""
        self.poste = poste
        self._suspendu = False
        remises, self._remises = self._remises, []
        for remise in remises:
            remise()

    def signaler(self, *genres: str) -> None:
        """Says which kinds a write has touched."""
        inconnus = set(genres) - GENRES
        if inconnus:
            raise ValueError(f"unknown kinds: {sorted(inconnus)}")
        self.changements.emit(frozenset(genres))

    def lancer(
        self,
        fonction: Callable[..., object],
        *args: object,
        apres: Callable[..., None] | None = None,
        sur_panne: Callable[..., None] | None = None,
        ecran: QWidget | None = None,
    ) -> None:
        """`taches.lancer("base", fonction, poste, *args, …)`, the usual case; not once closed, later while locked."""
        if self._ferme:
            return
        if self._suspendu:
            plus_tard = partial(self.lancer, fonction, *args, apres=apres, sur_panne=sur_panne, ecran=ecran)
            self._remises.append(plus_tard)
            return
        self.taches.lancer("base", fonction, self.poste, *args, apres=apres, sur_panne=sur_panne, ecran=ecran)
