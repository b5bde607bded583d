"""The home that a row of a spreadsheet tells: a commune of France, a country, or what is to be asked.

Nothing that is not understood sends anybody abroad: a country that is no word of ours is a question (decision 0031).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from passdesk.domain.pays import AUTRE, Pays, est_la_france, pays_du_code, pays_nomme
from passdesk.services.importer_communes import RepertoireCommunes

_LETTRES = 4
"""Under that, a word of the column of towns is no country: EU, IS and Y are communes."""
_VILLE_ET_PAYS = re.compile(r"(?P<ville>.*\S)\s*(?:,|/|\(|\s[-–]\s)\s*(?P<pays>[^,/()]+?)\s*\)?")


@dataclass(frozen=True, slots=True)
class Domicile:
    """Where somebody lives. `commune`: its code, or that of a country, "" when it is to be asked (`manque` says why).

    `ville`: the town of a home abroad, which stands with the street; `postal`: as it is to be kept; `doute`: a code,
    when the cells contradict each other; `notes`: what has no field.
    """

    commune: str = ""
    ville: str = field(default="", repr=False)
    postal: str = field(default="", repr=False)
    manque: str = ""
    doute: str = ""
    notes: tuple[str, ...] = field(default=(), repr=False)


def lire_domicile(ville: str, postal: str, pays: str, insee: str, communes: RepertoireCommunes) -> Domicile:
    """The home that these cells tell.

    A town and its postal code that name one commune of France together, or its INSEE code, decide against a column of
    countries that says otherwise, which may be that of birth: it is told as a doubt. Without them that column decides,
    then an INSEE code of a country; without a country, the column of towns may name one, alone or after the town,
    unless that is the whole name of a commune.
    """
    if pays and not est_la_france(pays):
        nomme = pays_nomme(pays)
        ici = communes.par_numero(insee) or communes.ensemble(ville, _postal(postal, complete=nomme is None))
        if ici:
            return Domicile(ici, "", _avec_zero(postal), doute="pays_contredit", notes=(f"Pays : {pays}",))
        if nomme is None:
            notes = (f"Pays à préciser : {pays}", *((f"Commune à préciser : {ville}",) if ville else ()))
            return Domicile("", "", postal, "pays_a_choisir", notes=notes)
        return Domicile(nomme.code, "" if pays_nomme(ville) is nomme else ville, postal)
    ailleurs = None if pays else _ailleurs(ville, insee, communes)
    if ailleurs is not None:
        return Domicile(ailleurs[0].code, ailleurs[1], postal)
    commune, manque = communes.trouver(ville, _postal(postal, complete=True), insee)
    notes = (f"Commune à préciser : {ville}",) if manque and ville else ()
    return Domicile(commune, "", _avec_zero(postal), manque, notes=notes)


def _ailleurs(ville: str, insee: str, communes: RepertoireCommunes) -> tuple[Pays, str] | None:
    """The country that these cells name, and the town beside it; None for a home in France."""
    code = pays_du_code(insee)
    if code is not None and code.code != AUTRE:
        return code, "" if pays_nomme(ville) is code else ville
    if communes.connait(ville):
        return None
    seul = _pays_ecrit(ville)
    if seul is not None:
        return seul, ""
    separes = _VILLE_ET_PAYS.fullmatch(ville)
    nomme = _pays_ecrit(separes["pays"]) if separes else None
    return (nomme, separes["ville"]) if separes and nomme is not None else None


def _pays_ecrit(texte: str) -> Pays | None:
    return pays_nomme(texte) if len(texte.strip()) >= _LETTRES else None


def _avec_zero(postal: str) -> str:
    """A postal code of France as it is kept: a spreadsheet drops the zero of 02100."""
    serre = postal.replace(" ", "")
    return "0" + serre if serre.isdigit() and len(serre) == 4 else serre


def _postal(postal: str, *, complete: bool) -> str:
    """The five digits of a postal code of France, "" for any other text. `complete`: its zero may be missing."""
    serre = _avec_zero(postal) if complete else postal.replace(" ", "")
    return serre if re.fullmatch("[0-9]{5}", serre) else ""
