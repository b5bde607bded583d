"""Opening hours of every week: read from what people write, kept as text, told in French as one says them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from passdesk.domain.francais import heure

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MINUIT = 24 * 60
_HEURE = r"(\d{1,2})\s*(?:[:hH.]\s*(\d{2})?)?"
_PLAGE = re.compile(rf"(?:de\s+)?{_HEURE}\s*(?:-|–|—|à|a)\s*{_HEURE}", re.IGNORECASE)
_ENTRE = re.compile(r"\s*(?:/|,|;|\bet\b|\+)\s*", re.IGNORECASE)
_FERME = ("", "-", "–", "—", "/", "fermé", "ferme", "fermée", "off", "closed")


@dataclass(frozen=True, slots=True, order=True)
class Plage:
    """A stretch of a day, in minutes since midnight: `debut` < `fin` <= 1440."""

    debut: int
    fin: int

    @property
    def saisie(self) -> str:
        """ "9h-12h30", as one types it."""
        return f"{_court(self.debut)}-{_court(self.fin)}"

    def __str__(self) -> str:
        """ "9 h à 12 h 30"."""
        return f"{_en_mots(self.debut)} à {_en_mots(self.fin)}"


Journee = tuple[Plage, ...]


@dataclass(frozen=True, slots=True)
class Horaires:
    """The same week all year: seven days from Monday, each with its stretches in order, none overlapping another."""

    jours: tuple[Journee, ...]

    @property
    def texte(self) -> str:
        """How it is kept: "09:00-12:00,14:00-17:00;;…", a part a day."""
        return ";".join(",".join(f"{_chiffres(p.debut)}-{_chiffres(p.fin)}" for p in jour) for jour in self.jours)

    @property
    def groupes(self) -> tuple[tuple[str, str], ...]:
        """(days, hours) in words, days of the same hours together: ("du lundi au jeudi", "9 h à 12 h, 14 h à 17 h")."""
        memes: dict[Journee, list[int]] = {}
        for rang, journee in enumerate(self.jours):
            if journee:
                memes.setdefault(journee, []).append(rang)
        return tuple((_jours(rangs), ", ".join(map(str, journee))) for journee, rangs in memes.items())

    def __str__(self) -> str:
        """ "lundi, mercredi : 9 h à 12 h ; samedi : 10 h à 12 h"."""
        return "\u00a0; ".join(f"{jours}\u00a0: {heures}" for jours, heures in self.groupes)


@lru_cache(maxsize=8192)
def lire_horaires(texte: str) -> Horaires | None:
    """What `Horaires.texte` wrote; None for anything else, a week without any opening included."""
    parties = texte.split(";")
    if len(parties) != len(JOURS):
        return None
    lues = [lire_journee(partie) for partie in parties]
    if any(lue is None for lue in lues):
        return None
    return semaine([lue[0] for lue in lues if lue is not None])


def semaine(jours: list[Journee]) -> Horaires | None:
    """The week of these days; None when it never opens."""
    return Horaires(tuple(jours)) if any(jours) else None


def lire_journee(texte: str) -> tuple[Journee, bool] | None:
    """The stretches of one day as people write them ("09:00 - 12:00 / 13:30 - 17:00", "9h-12h"); "" and "-" are closed.

    True beside them when stretches were repeated or overlapped: one stretch then covers them. None when it cannot be
    read: an opening that ends before it begins, an hour that does not exist, words.
    """
    texte = texte.strip()
    if texte.casefold() in _FERME:
        return (), False
    plages = []
    for partie in _ENTRE.split(texte):
        trouvee = _PLAGE.fullmatch(partie.strip())
        if trouvee is None:
            return None
        debut, fin = _minutes(trouvee[1], trouvee[2]), _minutes(trouvee[3], trouvee[4])
        if debut is None or fin is None or not debut < fin:
            return None
        plages.append(Plage(debut, fin))
    unies = unir(plages)
    return unies, len(unies) != len(plages)


def unir(plages: list[Plage]) -> Journee:
    """The same opening, in order, without repetition or overlap; stretches that only touch become one."""
    unies: list[Plage] = []
    for plage in sorted(plages):
        if unies and plage.debut <= unies[-1].fin:
            unies[-1] = Plage(unies[-1].debut, max(unies[-1].fin, plage.fin))
        else:
            unies.append(plage)
    return tuple(unies)


def _minutes(heures: str, minutes: str | None) -> int | None:
    total = int(heures) * 60 + int(minutes or 0)
    return total if int(minutes or 0) < 60 and total <= MINUIT else None


def _chiffres(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _court(minutes: int) -> str:
    return f"{minutes // 60}h" + (f"{minutes % 60:02d}" if minutes % 60 else "")


def _en_mots(minutes: int) -> str:
    return "24\u00a0h" if minutes == MINUIT else heure(time(minutes // 60, minutes % 60))


def _jours(rangs: list[int]) -> str:
    """ "tous les jours", "du lundi au vendredi, dimanche", "mardi, jeudi": three days in a row become a span."""
    if len(rangs) == len(JOURS):
        return "tous les jours"
    suites: list[list[int]] = []
    for rang in rangs:
        if suites and rang == suites[-1][-1] + 1:
            suites[-1].append(rang)
        else:
            suites.append([rang])
    mots: list[str] = []
    for suite in suites:
        if len(suite) > 2:
            mots.append(f"du {JOURS[suite[0]]} au {JOURS[suite[-1]]}")
        else:
            mots += [JOURS[rang] for rang in suite]
    return ", ".join(mots)
