"""What the page knows of the pile: what is ticked, what goes again in part, what cannot be read. No Qt here."""

from __future__ import annotations

from passdesk.domain.gabarit import Support
from passdesk.domain.tirage import ReponseFournee, sorties
from passdesk.services.fournee import CarnetFournee, Cle, FourneeEnQuestion, VueFournee
from passdesk.ui.composants import Rangee
from passdesk.ui.fournee import textes


class Pile:
    """All that waits is ticked until it is unticked by hand."""

    def __init__(self) -> None:
        self._vue = VueFournee((), None, 0)
        self._decochees: set[Cle] = set()
        self._abimes: set[Cle] = set()

    @property
    def question(self) -> FourneeEnQuestion | None:
        """The batch to be asked about."""
        return self._vue.question

    @property
    def attendent(self) -> tuple[CarnetFournee, ...]:
        """Those that wait, in order; of one that stopped half-way, the sheets that are missing."""
        return self._vue.a_imprimer

    @property
    def bloques(self) -> int:
        """How many the Region keeps."""
        return self._vue.bloques

    @property
    def illisibles(self) -> frozenset[int]:
        """Ranks, in the batch asked about, of those ticked as unreadable."""
        lances = self.question.carnets if self.question is not None else ()
        return frozenset(rang for rang, carnet in enumerate(lances) if carnet.cle in self._abimes)

    def recevoir(self, vue: VueFournee) -> None:
        """What is so now."""
        if vue.question != self._vue.question:
            self._abimes.clear()
        self._vue = vue

    def tout_reprendre(self) -> None:
        """All that an answer leaves to be printed is ticked."""
        self._decochees.clear()

    def possibles(self, support: Support) -> tuple[CarnetFournee, ...]:
        """Those that may go on this paper: large print needs strips of 90 mm."""
        return tuple(c for c in self.attendent if not (c.gros and support is Support.BANDES_74))

    def prises(self, support: Support) -> tuple[CarnetFournee, ...]:
        """Those that go with the next press."""
        return tuple(carnet for carnet in self.possibles(support) if carnet.cle not in self._decochees)

    def basculer(self, cle: Cle) -> None:
        """A tick, the other way."""
        if self.question is not None:
            self._abimes ^= {cle}
        else:
            self._decochees ^= {cle}

    def tout(self, *, cocher: bool) -> None:
        """Every tick, or none."""
        self._decochees = set() if cocher else {carnet.cle for carnet in self.attendent}

    def rang(self, cle: object) -> int | None:
        """The rank of a carnet in the batch asked about."""
        lances = self.question.carnets if self.question is not None else ()
        return next((rang for rang, carnet in enumerate(lances) if carnet.cle == cle), None)

    def rangees_a_cocher(self, support: Support) -> list[Rangee]:
        """The rows of what waits."""
        possibles, prises = self.possibles(support), self.prises(support)
        return [textes.rangee(c, support, cochee=c in prises, possible=c in possibles) for c in self.attendent]

    def rangees_en_route(self, support: Support, rang: int) -> list[Rangee]:
        """The rows while they go: the one of this rank, from 1, is under way."""
        return [textes.rangee_en_route(c, support, place, rang) for place, c in enumerate(self.prises(support), 1)]

    def rangees_en_question(self, reponse: ReponseFournee | None, *, coche: bool) -> list[Rangee]:
        """The rows of what went, and what the answer says of each. `coche`: the answer is ticked there."""
        lances = self.question.carnets if self.question is not None else ()
        if reponse is None:
            return [textes.rangee_partie(c, None, c.cle in self._abimes if coche else None) for c in lances]
        dites = sorties([carnet.feuilles for carnet in lances], reponse)
        return [
            textes.rangee_partie(carnet, dite, carnet.cle in self._abimes if coche else None)
            for carnet, dite in zip(lances, dites, strict=True)
        ]
