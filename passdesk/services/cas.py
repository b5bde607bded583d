"""Cases to simulate, one row each: the dossier of contracts §2 laid flat (resources/reglements/LISEZMOI.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from passdesk.domain.commune import est_code_insee
from passdesk.domain.demande import (
    ALIAS_JUSTIFICATIF,
    DEROGATIONS_PAR,
    PRESCRIPTEURS,
    PUBLICS,
    TYPES_JUSTIFICATIF,
    Anterieur,
    Derogation,
    Dossier,
    JustificatifPresente,
)
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services.tableur_csv import FormeCsv, lire, reconnaitre

T = TypeVar("T")

OBLIGATOIRES = ("arrivee_le", "public")
FACULTATIVES = (
    "id",
    "naissance",
    "commune",
    "prescripteur",
    "complementaire",
    "anterieurs",
    "etablissement",
    "foyer",
    "stock",
    "pass_foyer",
    "reserve",
    "reserve_etablissement",
    "derogation_par",
    "derogation_raison",
)
PIECES = (*TYPES_JUSTIFICATIF, *ALIAS_JUSTIFICATIF)
COLONNES = (*OBLIGATOIRES, *FACULTATIVES, *PIECES, *(f"{piece}_vu_le" for piece in PIECES))
ANNEES = range(1800, 2201)
SANS_DATE = ("oui", "x", "vu", "vue")
"""What is written for a paper that was shown and carries no date."""

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_FRANCAIS = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)
_OUI_NON = {"": False, "non": False, "n": False, "0": False, "false": False, "faux": False,
            "oui": True, "o": True, "1": True, "true": True, "vrai": True}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CasLu:
    """A row: its number in the table (the header is 1), and its dossier, or the column and reason it cannot be read."""

    ligne: int
    dossier: Dossier | None
    colonne: str = ""
    raison: str = ""


class _Illisible(Exception):
    """(column, code of what is wrong) of the row being read."""


class TableDeCas:
    """A table of cases, read row by row; never the whole of it in memory."""

    def __init__(self, chemin: Path) -> None:
        """Reads the headers alone. Raises SaisieRefusee: not a table, a column unknown or missing or given twice."""
        self._chemin = chemin
        if chemin.stat().st_size == 0:
            raise SaisieRefusee("fichier_vide", fichier=chemin.name)
        self._forme: FormeCsv = reconnaitre(chemin)
        entetes = next((cellules for cellules in lire(chemin, self._forme) if any(cellules)), [])
        self._colonnes = [cellule.strip().lower() for cellule in entetes]
        while self._colonnes and not self._colonnes[-1]:
            self._colonnes.pop()
        inconnues = [nom for nom in self._colonnes if nom not in COLONNES]
        absentes = [nom for nom in OBLIGATOIRES if nom not in self._colonnes]
        doubles = sorted({nom for nom in self._colonnes if self._colonnes.count(nom) > 1} - set(inconnues))
        if inconnues or absentes or doubles:
            raise SaisieRefusee(
                "colonnes_refusees",
                fichier=chemin.name,
                inconnues=_citer(inconnues, "inconnue"),
                absentes=_citer(absentes, "absente"),
                doubles=_citer(doubles, "en double"),
            )

    def __iter__(self) -> Iterator[CasLu]:
        """The rows that are not empty. Raises SaisieRefusee("tableau_mal_ecrit") where the quotes do not match."""
        vu = False
        for numero, cellules in enumerate(lire(self._chemin, self._forme), start=1):
            if not any(cellules):
                continue
            if not vu:
                vu = True
                continue
            if len(cellules) > len(self._colonnes) and any(cellules[len(self._colonnes) :]):
                yield CasLu(numero, None, "", "cellules_en_trop")
                continue
            valeurs = {
                nom: texte for nom, texte in zip(self._colonnes, map(str.strip, cellules), strict=False) if texte
            }
            try:
                yield CasLu(numero, _dossier(valeurs, numero))
            except _Illisible as trouble:
                colonne, raison = trouble.args
                yield CasLu(numero, None, colonne, raison)


def _citer(noms: list[str], mot: str) -> str:
    return f"{mot} : {', '.join(noms)}. " if noms else ""


def _dossier(valeurs: Mapping[str, str], numero: int) -> Dossier:
    def lu(colonne: str, lire_texte: Callable[[str], T]) -> T | None:
        texte = valeurs.get(colonne)
        if texte is None:
            return None
        try:
            return lire_texte(texte)
        except ValueError as trouble:
            raise _Illisible(colonne, str(trouble)) from None

    arrivee_le = lu("arrivee_le", _jour)
    public = lu("public", _parmi(PUBLICS))
    if arrivee_le is None or public is None:
        raise _Illisible("public" if public is None else "arrivee_le", "texte_vide")
    par, raison = lu("derogation_par", _parmi(DEROGATIONS_PAR)), valeurs.get("derogation_raison", "")
    if (par is None) != (not raison):
        raise _Illisible("derogation_par" if par is None else "derogation_raison", "texte_vide")
    return Dossier(
        id=valeurs.get("id", f"ligne-{numero}"),
        naissance=lu("naissance", _jour),
        commune=lu("commune", _commune),
        public=public,
        prescripteur=lu("prescripteur", _parmi(PRESCRIPTEURS)),
        arrivee_le=arrivee_le,
        complementaire=lu("complementaire", _oui_non) or False,
        justificatifs=tuple(_justificatifs(valeurs, arrivee_le)),
        anterieurs=lu("anterieurs", _anterieurs) or (),
        etablissement=lu("etablissement", lambda texte: "".join(texte.split()).upper()),
        foyer=valeurs.get("foyer"),
        stock=lu("stock", _entier),
        pass_foyer=lu("pass_foyer", _entier),
        reserve=lu("reserve", _entier),
        reserve_etablissement=lu("reserve_etablissement", _entier),
        derogation=Derogation(par, raison) if par is not None else None,
    )


def _justificatifs(valeurs: Mapping[str, str], arrivee_le: date) -> Iterator[JustificatifPresente]:
    for colonne, texte in valeurs.items():
        if colonne not in PIECES:
            if colonne.endswith("_vu_le") and colonne.removesuffix("_vu_le") not in valeurs:
                raise _Illisible(colonne, "piece_absente")
            continue
        try:
            vu_le = _jour(vu) if (vu := valeurs.get(f"{colonne}_vu_le")) else None
        except ValueError as trouble:
            raise _Illisible(f"{colonne}_vu_le", str(trouble)) from None
        if vu_le is not None and vu_le < arrivee_le:
            raise _Illisible(f"{colonne}_vu_le", "avant_arrivee")
        for mot in texte.split():
            try:
                jour = None if mot.lower() in SANS_DATE else _jour(mot)
            except ValueError as trouble:
                raise _Illisible(colonne, str(trouble)) from None
            yield JustificatifPresente(ALIAS_JUSTIFICATIF.get(colonne, colonne), jour, vu_le)


# Each reader raises ValueError with the code of what is wrong.


@lru_cache(maxsize=4096)
def _jour(texte: str) -> date:
    if trouve := _ISO.fullmatch(texte):
        annee, mois, jour = (int(partie) for partie in trouve.groups())
    elif trouve := _FRANCAIS.fullmatch(texte):
        jour, mois, annee = (int(partie) for partie in trouve.groups())
    else:
        raise ValueError("date_iso_ou_francaise")
    if annee not in ANNEES:
        raise ValueError("annee_impossible")
    try:
        return date(annee, mois, jour)
    except ValueError:
        raise ValueError("date_impossible") from None


def _parmi(liste: tuple[str, ...]) -> Callable[[str], str]:
    def lire_texte(texte: str) -> str:
        if texte not in liste:
            raise ValueError("hors_liste")
        return texte

    return lire_texte


def _commune(texte: str) -> str:
    # A spreadsheet drops the zero in front of "02691".
    code = texte.upper() if len(texte) != 4 else f"0{texte}"
    if not est_code_insee(code):
        raise ValueError("commune")
    return code


def _oui_non(texte: str) -> bool:
    try:
        return _OUI_NON[texte.lower()]
    except KeyError:
        raise ValueError("oui_ou_non") from None


def _entier(texte: str) -> int:
    if not (texte.isascii() and texte.isdigit() and len(texte) < 10):
        raise ValueError("entier_positif")
    return int(texte)


def _anterieurs(texte: str) -> tuple[Anterieur, ...]:
    """ "5:2022-02-03 5:2022-03-01"."""
    lus = []
    for mot in texte.split():
        nombre, _, jour = mot.partition(":")
        if nombre not in ("5", "10"):
            raise ValueError("cinq_ou_dix")
        lus.append(Anterieur(int(nombre), _jour(jour)))
    return tuple(lus)
