"""Homes outside France: the countries from which people come to a desk, by their code in the INSEE list of countries.

A home is judged by the department of its code (contracts §2): every country is in department 99.
"""

from __future__ import annotations

from dataclasses import dataclass

from passdesk.domain.personne import texte_recherche

DEPARTEMENT = "99"
"""What stands for a department in the code of a country."""
AUTRE = "99999"
"""Any other country: ours, in no list of INSEE; where it is does not change the answer."""


@dataclass(frozen=True, slots=True)
class Pays:
    """A country. `code`: 99 and three digits; `ou`: how one says that somebody lives there ("en Belgique").

    `aussi`: what else is written for it, without accents or capitals.
    """

    code: str
    nom: str
    ou: str
    aussi: tuple[str, ...] = ()


PAYS = (
    Pays("99131", "Belgique", "en Belgique", ("be", "bel", "belgium", "belgie", "belgien")),
    Pays("99137", "Luxembourg", "au Luxembourg", ("lu", "lux", "grand duche de luxembourg")),
    Pays("99109", "Allemagne", "en Allemagne", ("de", "deu", "germany", "deutschland")),
    Pays("99135", "Pays-Bas", "aux Pays-Bas", ("nl", "nld", "hollande", "netherlands", "nederland")),
    Pays("99132", "Royaume-Uni", "au Royaume-Uni", ("gb", "uk", "gbr", "angleterre", "united kingdom", "ecosse")),
    Pays("99136", "Irlande", "en Irlande", ("ie", "irl", "ireland")),
    Pays("99140", "Suisse", "en Suisse", ("ch", "che", "switzerland", "schweiz")),
    Pays("99127", "Italie", "en Italie", ("it", "ita", "italy", "italia")),
    Pays("99134", "Espagne", "en Espagne", ("es", "esp", "spain", "espana")),
    Pays("99139", "Portugal", "au Portugal", ("pt", "prt")),
    Pays("99138", "Monaco", "à Monaco", ("mc", "mco")),
    Pays("99130", "Andorre", "en Andorre", ("ad", "and", "andorra")),
    Pays(AUTRE, "Autre pays", "à l’étranger", ("etranger", "a l etranger", "hors de france", "hors france")),
)
"""The neighbours first, then those that one meets (INSEE, code officiel géographique 2026), then any other."""

FRANCE = ("f", "fr", "fra", "100", "99100")
"""How a column of countries says that the home is here, by letters or by number."""
_EN_FRANCE = frozenset(("france", "francais", "francaise"))
"""Words of a country or a region that say so: "France (métropole)", "FR-France", "Hauts-de-France"."""

_PAR_CODE = {pays.code: pays for pays in PAYS}
_PAR_NOM = {nom: pays for pays in PAYS for nom in (texte_recherche(pays.nom), *pays.aussi)}


def pays_du_code(code: str | None) -> Pays | None:
    """The country of a home, None for a home in France; a country that is not in the list is any other."""
    if not code or not code.startswith(DEPARTEMENT):
        return None
    return _PAR_CODE.get(code, _PAR_CODE[AUTRE])


def pays_nomme(texte: str) -> Pays | None:
    """The country that a text names whole, in French, in its own words or by its letters; None for anything else."""
    return _PAR_NOM.get(texte_recherche(texte))


def est_la_france(texte: str) -> bool:
    """True for a text that says France in any of the ways of a column of countries."""
    dit = texte_recherche(texte)
    return dit in FRANCE or (dit not in _PAR_NOM and not _EN_FRANCE.isdisjoint(dit.split()))
