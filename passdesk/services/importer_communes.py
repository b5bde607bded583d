"""The communes of the list as spreadsheets write them: by whole name, by postal code, by number."""

from __future__ import annotations

import re
from collections import defaultdict

from passdesk.domain.commune import Commune, Communes
from passdesk.domain.pays import pays_nomme
from passdesk.domain.personne import texte_recherche

RETENUES_MAX = 10_000
"""Answers about communes kept at hand: a list of persons names few of them, again and again."""

_POSTAL = re.compile(r"(?<!\d)(\d{5})(?!\d)")
_CEDEX = re.compile(r"\s+cedex\b.*$", re.IGNORECASE)
_ABREGES = {"st": "saint", "ste": "sainte"}


class RepertoireCommunes:
    """The communes of the list by whole name and by postal code, as spreadsheets write them."""

    def __init__(self, communes: Communes) -> None:
        self._communes = communes
        self._par_nom: dict[str, list[Commune]] = defaultdict(list)
        self._par_postal: dict[str, list[Commune]] = defaultdict(list)
        self._deja: dict[tuple[str, str, str], tuple[str, str]] = {}
        for commune in communes:
            self._par_nom[_nom_de_commune(commune.nom)].append(commune)
            for postal in commune.codes_postaux:
                self._par_postal[postal].append(commune)

    def connait(self, nom: str) -> bool:
        """True for the whole name of a commune of France."""
        return _nom_de_commune(nom) in self._par_nom

    def par_numero(self, insee: str) -> str:
        """The code of the commune of France that has this INSEE code, "" when none has."""
        connue = self._communes.par_code(insee.upper().rjust(5, "0")) if insee else None
        return connue.code if connue is not None and connue.pays is None else ""

    def ensemble(self, nom: str, postal: str) -> str:
        """The code of the commune that a town and its postal code name together, "" when they do not."""
        if dedans := _POSTAL.search(nom):
            nom, postal = nom.replace(dedans[1], " "), dedans[1]
        return self.trouver(nom, postal, "")[0] if nom.strip() and postal else ""

    def trouver(self, nom: str, postal: str, insee: str) -> tuple[str, str]:
        """(INSEE code, "") or ("", code of what is missing): by INSEE code, else by name and postal code together.

        A name that several communes have is taken only where the postal code tells which; a postal code alone only
        where it has one commune. A name that is also that of a country needs its postal code.
        """
        demande = (nom, postal, insee)
        if demande not in self._deja:
            if len(self._deja) >= RETENUES_MAX:
                self._deja.clear()
            self._deja[demande] = self._trouver(*demande)
        return self._deja[demande]

    def _trouver(self, nom: str, postal: str, insee: str) -> tuple[str, str]:
        if code := self.par_numero(insee):
            return code, ""
        if dedans := _POSTAL.search(nom):
            postal = postal or dedans[1]
            nom = nom.replace(dedans[1], " ")
        if not nom.strip() and not postal:
            return "", "commune_absente"
        nommees = self._par_nom.get(_nom_de_commune(_CEDEX.sub("", nom)), []) if nom.strip() else []
        ici = self._par_postal.get(postal, [])
        if nommees:
            candidates = [c for c in nommees if postal in c.codes_postaux] or [
                c for c in nommees if postal and c.departement == postal[: len(c.departement)]
            ]
            candidates = candidates or ([] if postal else nommees)
        else:
            candidates = [] if nom.strip() else ici
        if len({c.code for c in candidates}) == 1 and (postal or pays_nomme(nom) is None):
            return candidates[0].code, ""
        # Former communes of one commune of today are no choice to make.
        actuelles = {self._communes.actuelle(c).code for c in candidates}
        if len(actuelles) == 1 and len(candidates) > 1:
            return actuelles.pop(), ""
        return "", "commune_a_choisir" if candidates or nommees or ici else "commune_non_trouvee"


def _nom_de_commune(nom: str) -> str:
    return " ".join(_ABREGES.get(mot, mot) for mot in texte_recherche(nom).split())
