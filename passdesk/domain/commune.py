"""Communes: from what people type (name, old name, postal code) to the INSEE code that the règlement reads."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate, islice, takewhile

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.pays import DEPARTEMENT, PAYS, Pays, pays_du_code
from passdesk.domain.personne import texte_recherche

DEPARTEMENTS_DE_LA_REGION = ("02", "59", "60", "62", "80")
"""Shown first in the answers of a search. Who may ask is for the règlement to say, not for this list."""

ENTETE = "code;nom;codes_postaux;commune_actuelle"
"""First line of the list shipped."""

_CODE_INSEE = re.compile(r"(?:\d\d|2[AB])\d{3}", re.ASCII)
_CODE_POSTAL = re.compile(r"\d{5}", re.ASCII)
_NI_LETTRE_NI_CHIFFRE = re.compile(r"[^\w\n]|_")
_MARQUES = re.compile("[\u0300-\u036f]")
_ESPACES = re.compile(" +")
_ABREGES = {"st": "saint", "ste": "sainte"}


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, or a country for a home outside France. `code` is its INSEE code (5 characters); a former commune
    keeps its own name and code.

    `actuelle`: the code of the commune that a former one is part of today, "" for a commune of today.
    """

    code: str
    nom: str
    codes_postaux: tuple[str, ...]
    actuelle: str = ""

    @property
    def departement(self) -> str:
        """Its department: "59", "2A", "974"; "99" for a country."""
        return departement(self.code)

    @property
    def pays(self) -> Pays | None:
        """The country that this is, None for a commune."""
        return pays_du_code(self.code)


def est_code_insee(texte: str) -> bool:
    """True for the shape of an INSEE code of a commune, known here or not."""
    return _CODE_INSEE.fullmatch(texte) is not None


def departement(code_insee: str) -> str:
    """The department in an INSEE code: two characters, three overseas (97x, 98x)."""
    return code_insee[:3] if code_insee[:2] in ("97", "98") else code_insee[:2]


class Communes:
    """All communes of the list and the countries, in memory: found by INSEE code, by name or by postal code."""

    def __init__(self, lignes: list[str]) -> None:
        """`lignes`: "code;nom;codes postaux;code today". Raises SaisieRefusee("communes_illisibles", ligne)."""
        for numero, ligne in enumerate(lignes, start=2):
            if ligne.count(";") != 3:
                raise SaisieRefusee("communes_illisibles", ligne=numero)
        self._lignes = lignes = [*lignes, *(f"{pays.code};{pays.nom};;" for pays in PAYS)]
        self._noms = [f" {nom}" for nom in _simplifier_tout([ligne.split(";")[1] for ligne in lignes])]
        # One text, searched by the interpreter itself: fifty times faster than a loop over the names.
        self._tous = "\n".join(self._noms)
        self._debuts = [0, *accumulate(len(nom) + 1 for nom in self._noms)]
        self._index_codes: list[tuple[str, int]] = []
        # A former commune that gave its code to the new one stands after it in the list: the first wins.
        self._rang_du_code = {ligne[:5]: rang for rang, ligne in reversed(list(enumerate(lignes)))}

    def __len__(self) -> int:
        """How many names of France the list holds."""
        return len(self._lignes) - len(PAYS)

    def __iter__(self) -> Iterator[Commune]:
        """Every name of France in the list, in its order."""
        return (self._commune(rang) for rang in range(len(self)))

    def actuelle(self, commune: Commune) -> Commune:
        """The commune that a former one is part of today; a commune of today is its own."""
        return self.par_code(commune.actuelle) or commune

    def du_code_postal(self, postal: str) -> tuple[Commune, ...]:
        """The communes that have this very postal code (5 digits), former ones too."""
        if _CODE_POSTAL.fullmatch(postal) is None:
            return ()
        rangs = (rang for rang, ligne in enumerate(self._lignes) if postal in ligne)
        return tuple(c for c in map(self._commune, rangs) if postal in c.codes_postaux)

    def par_code(self, code: str) -> Commune | None:
        """The commune of an INSEE code; None when the list does not know it."""
        rang = self._rang_du_code.get(code)
        return None if rang is None else self._commune(rang)

    def chercher(self, texte: str, limite: int = 20) -> tuple[Commune, ...]:
        """The communes meant by what is typed: the very name, then Hauts-de-France, the countries, the rest of France;
        of each, names and words that begin so.

        Accents, case, apostrophes and hyphens do not count; "st" is "saint"; digits are a postal or an INSEE code, and
        a name may stand beside them ("59600 maub"). Empty text: nothing.
        """
        mots = [_ABREGES.get(mot, mot) for mot in texte_recherche(texte).split()]
        if not mots:
            return ()
        chiffres = [mot for mot in mots if mot[0].isdigit()]
        lettres = [mot for mot in mots if not mot[0].isdigit()]
        nom = f" {' '.join(lettres)}"
        trouves: list[tuple[bool, int, int, int, int]] = []
        for rang in self._candidats(lettres, chiffres):
            candidat = self._noms[rang]
            if not all(f" {mot}" in candidat for mot in lettres):
                continue
            if chiffres and not self._porte(rang, chiffres):
                continue
            debut = (
                0 if candidat == nom or not lettres else 1 if candidat.startswith(nom) else 2 if nom in candidat else 3
            )
            la = departement(self._lignes[rang][:5])
            loin = 0 if la in DEPARTEMENTS_DE_LA_REGION else 1 if la == DEPARTEMENT else 2
            trouves.append((debut > 0, loin, debut, len(candidat) if lettres else 0, rang))
        return tuple(self._commune(rang) for *_, rang in nsmallest(limite, trouves))

    def _candidats(self, lettres: list[str], chiffres: list[str]) -> Sequence[int]:
        """Ranks of the lines worth reading: those with the longest word, or else with the longest number."""
        if not lettres:
            debut = max(chiffres, key=len).upper()
            codes = self._codes()
            premier = bisect_left(codes, (debut, 0))
            portes = takewhile(lambda code: code[0].startswith(debut), islice(codes, premier, None))
            return sorted({rang for _, rang in portes})
        cherche = f" {max(lettres, key=len)}"
        rangs: list[int] = []
        place = self._tous.find(cherche)
        while place >= 0:
            rang = bisect_right(self._debuts, place) - 1
            rangs.append(rang)
            # The next line: a name counts once.
            place = self._tous.find(cherche, self._debuts[rang + 1] - 1)
        return rangs

    def _codes(self) -> list[tuple[str, int]]:
        """Every INSEE and postal code with its line, sorted; made at the first number searched."""
        if not self._index_codes:
            for rang, ligne in enumerate(self._lignes):
                code, _, postaux, _ = ligne.split(";")
                self._index_codes += [(numero, rang) for numero in (code, *postaux.split())]
            self._index_codes.sort()
        return self._index_codes

    def _porte(self, rang: int, chiffres: list[str]) -> bool:
        """True when each number begins a postal code of this line, or is its INSEE code."""
        ligne = self._lignes[rang]
        if not all(mot.upper() in ligne for mot in chiffres):
            return False
        code, _, postaux, _ = ligne.split(";")
        codes = postaux.split()
        return all(code.lower() == mot or any(postal.startswith(mot) for postal in codes) for mot in chiffres)

    def _commune(self, rang: int) -> Commune:
        code, nom, postaux, actuelle = self._lignes[rang].split(";")
        return Commune(code, nom, tuple(postaux.split()), actuelle)


def lire_communes(texte: str) -> Communes:
    """The list from its CSV text, header first. Raises SaisieRefusee("communes_illisibles", ligne)."""
    entete, _, corps = texte.partition("\n")
    if entete.strip() != ENTETE:
        raise SaisieRefusee("communes_illisibles", ligne=1)
    return Communes(corps.split("\n")[: -1 if corps.endswith("\n") else None])


def _simplifier_tout(noms: list[str]) -> list[str]:
    """The same as `texte_recherche` on each name, ten times faster: one pass over the whole text."""
    texte = "\n".join(noms).replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae")
    texte = _MARQUES.sub("", unicodedata.normalize("NFKD", texte)).casefold()
    return [nom.strip() for nom in _ESPACES.sub(" ", _NI_LETTRE_NI_CHIFFRE.sub(" ", texte)).split("\n")]
