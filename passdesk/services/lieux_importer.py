"""A list of places taken into the desk: each row looked at first, then all written at once; corrections stay.

The work goes in short steps, so that the desk stays alive beside it; only the last one writes.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from passdesk.domain.commune import Communes
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.lieu import Lieu
from passdesk.services.importer_lecture import Remarque
from passdesk.services.lieux_lecture import REFUSE, LecteurLieux, LectureLieu, reconnaitre
from passdesk.services.poste import Poste
from passdesk.services.tableur import LigneLue, Tableau, inchange, ouvrir_tableau
from passdesk.storage import lieux

PAS = 0.15
"""Seconds of one step."""

NOUVEAU, CHANGE, INCHANGE = "nouveau", "change", "inchange"
EFFETS = (NOUVEAU, CHANGE, INCHANGE)
"""What a row that is taken does to the desk's list."""


@dataclass(frozen=True, slots=True)
class LigneLieu:
    """A row read, and what it does to the desk's list ("" when it is refused)."""

    lecture: LectureLieu
    effet: str


class AnalyseLieux:
    """The dry run of one list: nothing is written. Call `avancer` until it is true, always in the same thread."""

    def __init__(self, tableau: Tableau, connus: Mapping[str, Lieu], communes: Communes) -> None:
        self.tableau = tableau
        self.forme = reconnaitre(tableau)
        self.lignes: list[LigneLieu] = []
        self.lues = 0
        """Rows read so far, empty ones too."""
        self._connus = connus
        self._lecteur = LecteurLieux(self.forme, communes)
        self._vus: set[str] = set()
        self._suite: Iterator[LigneLue] = tableau.lignes()

    def avancer(self, secondes: float = PAS) -> bool:
        """Looks at some rows; True once all are. Raises SaisieRefusee where the file stops being readable."""
        fin = time.monotonic() + secondes
        for ligne in self._suite:
            self.lues = ligne.numero
            if ligne.numero > self.forme.ligne_entete and not ligne.vide:
                self.lignes.append(self._juger(self._lecteur.lire(ligne)))
            if time.monotonic() > fin:
                return False
        return True

    @property
    def pris(self) -> tuple[Lieu, ...]:
        """The places to be written."""
        return tuple(ligne.lecture.lieu for ligne in self.lignes if ligne.lecture.lieu is not None)

    def comptes(self) -> Counter[str]:
        """How many rows were read as they are, mended, refused."""
        return Counter(ligne.lecture.verdict for ligne in self.lignes)

    def effets(self) -> Counter[str]:
        """How many places are new, changed, the same."""
        return Counter(ligne.effet for ligne in self.lignes if ligne.effet)

    def _juger(self, lecture: LectureLieu) -> LigneLieu:
        lieu = lecture.lieu
        if lieu is None:
            return LigneLieu(lecture, "")
        if lieu.lieu_id in self._vus:
            double = Remarque("lieu_en_double")
            return LigneLieu(replace(lecture, verdict=REFUSE, lieu=None, remarques=(double,)), "")
        self._vus.add(lieu.lieu_id)
        connu = self._connus.get(lieu.lieu_id)
        return LigneLieu(lecture, NOUVEAU if connu is None else INCHANGE if connu == lieu else CHANGE)


def preparer_analyse(poste: Poste, chemin: Path, communes: Communes) -> AnalyseLieux:
    """Opens a file and recognises the list. Raises SaisieRefusee (what is wrong with it), PanneAttendue."""
    connus = {garde.importe.lieu_id: garde.importe for garde in lieux.lister(poste.base)}
    return AnalyseLieux(ouvrir_tableau(chemin), connus, communes)


def enregistrer(poste: Poste, analyse: AnalyseLieux) -> int:
    """Writes every place of the dry run, in one transaction; how many there are now that were not the same before.

    A place of an earlier list that is not in this one stays: a list may hold one department only. What the desk says
    instead of a list stays too. Raises SaisieRefusee("import_fichier_change").
    """
    if not inchange(analyse.tableau):
        raise SaisieRefusee("import_fichier_change", fichier=analyse.tableau.chemin.name)
    lieux.importer(poste.base, analyse.pris)
    effets = analyse.effets()
    return effets[NOUVEAU] + effets[CHANGE]
