"""A batch under way: each carnet is committed, then goes to the printer, then the next one; never two at a time.

Between two steps the desk serves: a visit, a hand-over, another printing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.gabarit import Support
from passdesk.services.fournee import CarnetFournee, FichierFournee, commencer_fournee, lancer_de_la_fournee
from passdesk.services.impression import DOSSIER_PAPIER, Imprimante, TravailImpression, mettre_sur_papier
from passdesk.ui.contexte import Contexte
from passdesk.ui.papier.textes import PILE

PROPRES_AU_CARNET = frozenset(
    {
        "carnet_bloque",
        "carnet_inconnu",
        "carnet_non_imprimable",
        "nom_dans_un_fichier",
        "papier_a_confirmer",
        "remise_arretee",
    }
)
"""What keeps one carnet here and says nothing of the others."""


@dataclass(frozen=True, slots=True)
class Avance:
    """The carnet of this rank (from 1) out of `total` goes now; `feuilles` have gone before it, of `en_tout`."""

    rang: int
    total: int
    feuilles: int
    en_tout: int


@dataclass(frozen=True, slots=True)
class Bilan:
    """How a batch ended. `partis`: how many carnets went; `laisses`: codes of those kept here; `panne`: what stopped
    it; `arretee`: somebody did; `fichier`: where the sheets are, when they went to a file.
    """

    partis: int
    laisses: tuple[KnownError, ...] = ()
    panne: KnownError | None = None
    arretee: bool = False
    fichier: Path | None = None


class Travail(QObject):
    """`avance` carries an Avance before each carnet, `fini` the Bilan. `arreter` stops before the next carnet."""

    avance = Signal(object)
    fini = Signal(object)

    def __init__(self, contexte: Contexte, ecran: QWidget) -> None:
        super().__init__(ecran)
        self._contexte, self._ecran = contexte, ecran
        self.en_cours = False
        self._arret = False
        self._fichier: FichierFournee | None = None

    def lancer(self, pile: Sequence[CarnetFournee], support: Support, nom: str) -> None:
        """Prints these, in this order, on the printer `nom`, or in one file ("")."""
        if self.en_cours:
            return
        self.en_cours, self._arret = True, False
        self._pile, self._support, self._nom = tuple(pile), support, nom
        self._rang, self._partis, self._feuilles = 0, 0, 0
        self._laisses: list[KnownError] = []
        self._base(commencer_fournee, apres=self._commencer)

    def arreter(self) -> None:
        """The carnet under way goes to its end: half a carnet is no use to anybody."""
        self._arret = True

    def quitter(self) -> None:
        """The page goes: nobody will hear of the end. What went can still be told of, its file included."""
        self.arreter()
        if self.en_cours and self._fichier is not None:
            # A trouble with the file says that nothing came out, which is what will be answered.
            self._contexte.taches.lancer("rendu", self._fichier.finir, sur_panne=lambda _: None)
        self.en_cours, self._fichier = False, None

    def _commencer(self, fournee: str) -> None:
        dossier = self._contexte.poste.dossier / DOSSIER_PAPIER
        self._fournee = fournee
        self._fichier = None if self._nom else FichierFournee(dossier, fournee)
        self._continuer()

    def _continuer(self) -> None:
        if self._arret or self._rang == len(self._pile):
            self._achever(None)
            return
        suivant = self._pile[self._rang]
        self._rang += 1
        en_tout = sum(carnet.nombre_feuilles(self._support) for carnet in self._pile)
        self.avance.emit(Avance(self._rang, len(self._pile), self._feuilles, en_tout))
        self._base(
            lancer_de_la_fournee,
            self._fournee,
            suivant,
            self._support,
            self._nom,
            apres=self._envoyer,
            sur_panne=self._refuser,
        )

    def _refuser(self, trouble: KnownError) -> None:
        if trouble.code not in PROPRES_AU_CARNET:
            self._achever(trouble)
            return
        self._laisses.append(trouble)
        self._continuer()

    def _envoyer(self, travail: TravailImpression) -> None:
        self._partis += 1
        self._feuilles += len(travail.feuilles)
        imprimante: Imprimante = self._fichier or self._contexte.imprimante
        self._rendu(mettre_sur_papier, travail, imprimante, apres=lambda _: self._continuer(), quoi=PILE)

    def _achever(self, trouble: KnownError | None) -> None:
        if self._fichier is None:
            self._finir(trouble)
            return
        self._rendu(self._fichier.finir, apres=lambda fichier: self._finir(trouble, fichier))

    def _finir(self, trouble: KnownError | None, fichier: Path | None = None) -> None:
        self.en_cours, self._fichier = False, None
        arretee = trouble is None and self._rang < len(self._pile)
        self.fini.emit(Bilan(self._partis, tuple(self._laisses), trouble, arretee, fichier))

    def _base(
        self,
        fonction: Callable[..., object],
        *args: object,
        apres: Callable[..., None],
        sur_panne: Callable[..., None] | None = None,
    ) -> None:
        self._contexte.lancer(fonction, *args, apres=apres, sur_panne=sur_panne or self._finir, ecran=self._ecran)

    def _rendu(
        self, fonction: Callable[..., object], *args: object, apres: Callable[..., None], quoi: str = ""
    ) -> None:
        taches = self._contexte.taches
        taches.lancer("rendu", fonction, *args, apres=apres, sur_panne=self._finir, ecran=self._ecran, quoi=quoi)
