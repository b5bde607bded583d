"""The home that a row of a spreadsheet tells when it is outside France: the country, and where the rest is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from passdesk.domain.pays import AUTRE, FRANCE, Pays, pays_du_code, pays_nomme
from passdesk.domain.personne import texte_recherche

_LETTRES = 4
"""Under that, a word of the column of towns is no country: EU, IS and Y are communes."""
_VILLE_ET_PAYS = re.compile(r"(?P<ville>.*\S)\s*(?:,|/|\(|\s[-–]\s)\s*(?P<pays>[^,/()]+?)\s*\)?")


@dataclass(frozen=True, slots=True)
class Ailleurs:
    """A home outside France. `ville`: what the row says of the town, "" when nothing; `note`: what has no field."""

    pays: Pays
    ville: str = field(default="", repr=False)
    note: str = ""


def lire_ailleurs(ville: str, pays: str, insee: str, est_commune: Callable[[str], bool]) -> Ailleurs | None:
    """The home outside France that these cells tell, None for one in France.

    A column of countries decides, then an INSEE code; without them, the column of towns may name the country, alone or
    after the town, unless that is the whole name of a commune (`est_commune`).
    """
    if pays:
        if texte_recherche(pays) in FRANCE:
            return None
        nomme = pays_nomme(pays)
        if nomme is None:
            autre = pays_du_code(AUTRE)
            assert autre is not None
            return Ailleurs(autre, ville, f"Pays : {pays}")
        return Ailleurs(nomme, "" if pays_nomme(ville) is nomme else ville)
    code = pays_du_code(insee)
    if code is not None and code.code != AUTRE:
        return Ailleurs(code, "" if pays_nomme(ville) is code else ville)
    if est_commune(ville):
        return None
    seul = _pays_ecrit(ville)
    if seul is not None:
        return Ailleurs(seul)
    separes = _VILLE_ET_PAYS.fullmatch(ville)
    nomme = _pays_ecrit(separes["pays"]) if separes else None
    return Ailleurs(nomme, separes["ville"]) if separes and nomme is not None else None


def _pays_ecrit(texte: str) -> Pays | None:
    return pays_nomme(texte) if len(texte.strip()) >= _LETTRES else None
