"""Where one has been in the window, one place after the other: what Alt+Left and Alt+Right go through. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

LIMITE = 60
"""Places kept behind."""


@dataclass(frozen=True, slots=True)
class Etape:
    """A page, by its `cle`, and the line shown in it (a person, a carnet, a case, a section), None without one.

    `texte`: what finds that line in the page's search; it is kept nowhere.
    """

    page: str
    detail: Hashable = None
    texte: str = field(default="", repr=False, compare=False)


class Trajet:
    """`ici`: where one is."""

    def __init__(self) -> None:
        self.ici: Etape | None = None
        self._derriere: list[Etape] = []
        self._devant: list[Etape] = []

    def aller(self, depuis: Etape | None, vers: Etape) -> None:
        """Leaves a page, where `depuis` was shown at the end, for another one."""
        if depuis is not None:
            self.preciser(depuis)
        self._avancer_a(vers)

    def preciser(self, etape: Etape) -> None:
        """Another line of the page is open now."""
        if self.ici is None:
            self.ici = etape
        elif self.ici.page == etape.page and None in (self.ici.detail, etape.detail):
            # The page alone is no place of its own beside one of its lines.
            self.ici = etape if etape.detail is not None else self.ici
        else:
            self._avancer_a(etape)

    def marcher(self, pas: int, depuis: Etape) -> Etape | None:
        """The place before (-1) or after (1); None at the end."""
        self.preciser(depuis)
        source, autre = (self._derriere, self._devant) if pas < 0 else (self._devant, self._derriere)
        if not source:
            return None
        if self.ici is not None and autre[-1:] != [self.ici]:
            autre.append(self.ici)
        self.ici = source.pop()
        return self.ici

    def sauter(self, etape: Etape) -> None:
        """That place is no more: it is not gone through again."""
        self.ici = None
        for places in (self._derriere, self._devant):
            places[:] = [place for place in places if place != etape]

    def oublier(self, disparu: Callable[[Etape], bool]) -> None:
        """Drops the places that are not to be seen again."""
        for places in (self._derriere, self._devant):
            places[:] = [place for place in places if not disparu(place)]
        if self.ici is not None and disparu(self.ici):
            self.ici = None

    def _avancer_a(self, etape: Etape) -> None:
        if self.ici == etape:
            return
        if self.ici is not None:
            self._derriere.append(self.ici)
            del self._derriere[:-LIMITE]
        self._devant.clear()
        self.ici = etape
