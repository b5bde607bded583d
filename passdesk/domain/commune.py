"""Communes: from what people type (name, old name, postal code) to the INSEE code that the règlement reads."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.pays import DEPARTEMENT, PAYS, Pays, pays_du_code
from passdesk.domain.personne import texte_recherche

DEPARTEMENTS_DE_LA_REGION = ("02", "59", "60", "62", "80")
"""Shown first in the answers of a search. Who may ask is for the règlement to say, not for this list."""

ENTETE = "code;nom;codes_postaux;commune_actuelle"
"""First line of the list shipped."""

_CODE_INSEE = re.compile(r"(?:\d\d|2[AB])\d{3}", re.ASCII)
_CODE_POSTAL = re.compile(r"\d{5}", re.ASCII)
_LIGNE = re.compile(r"(?:\d\d|2[AB])\d{3};[^;\n]*;(?:\d{5} ?)*;[^;\n]*", re.ASCII)
_NI_LETTRE_NI_CHIFFRE = re.compile(r"[^\w\n]|_")
_MARQUES = re.compile("[\u0300-\u036f]")
_ESPACES = re.compile(" +")
_ABREGES = {"st": "saint", "ste": "sainte"}
_BITS_DU_RANG = 17
"""Enough for the rank of a line, under the number that it is found by."""
_MORCEAU = 500
"""Names simplified at once: in one go, the window would wait for the interpreter."""


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
    """All communes of the list and the countries, in memory: found by INSEE code, by name or by postal code.

    Kept as texts and numbers side by side, a line made when it is asked for: an object for each took eleven megabytes.
    """

    def __init__(self, lignes: list[str]) -> None:
        """`lignes`: "code;nom;codes postaux;code today". Raises SaisieRefusee("communes_illisibles", ligne)."""
        for numero, ligne in enumerate(lignes, start=2):
            if _LIGNE.fullmatch(ligne) is None:
                raise SaisieRefusee("communes_illisibles", ligne=numero)
        octets = [ligne.encode() for ligne in (*lignes, *(f"{pays.code};{pays.nom};;" for pays in PAYS))]
        self._lignes, self._bornes = b"\n".join(octets), _debuts(octets)
        noms = [f" {nom}" for nom in _simplifier_tout([ligne.split(b";")[1].decode() for ligne in octets])]
        # One text, searched by the interpreter itself: fifty times faster than a loop over the names.
        self._noms, self._debuts = "\n".join(noms), _debuts(noms)
        # A former commune that gave its code to the new one stands after it in the list: the first wins.
        self._codes = array("Q", sorted(_numero(ligne[:5].decode(), rang) for rang, ligne in enumerate(octets)))
        self._numeros = array("Q")
        self._loin = bytes(_loin(ligne[:5].decode()) for ligne in octets)

    def __len__(self) -> int:
        """How many names of France the list holds."""
        return len(self._codes) - len(PAYS)

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
        return tuple(c for c in map(self._commune, sorted(self._rangs(postal))) if postal in c.codes_postaux)

    def par_code(self, code: str) -> Commune | None:
        """The commune of an INSEE code; None when the list does not know it."""
        trouve = next(iter(_qui_commencent(self._codes, code)), None)
        commune = None if trouve is None else self._commune(trouve)
        return commune if commune is not None and commune.code == code else None

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
        autres = [f" {mot}" for mot in lettres if mot != max(lettres, key=len)]
        trouves: list[tuple[bool, int, int, int, int]] = []
        noms, debuts, loin = self._noms, self._debuts, self._loin
        for rang in self._candidats(lettres, chiffres):
            candidat = noms[debuts[rang] : debuts[rang + 1] - 1]
            if autres and not all(mot in candidat for mot in autres):
                continue
            if chiffres and not self._porte(rang, chiffres):
                continue
            debut = (
                0 if candidat == nom or not lettres else 1 if candidat.startswith(nom) else 2 if nom in candidat else 3
            )
            trouves.append((debut > 0, loin[rang], debut, len(candidat) if lettres else 0, rang))
        return tuple(self._commune(rang) for *_, rang in nsmallest(limite, trouves))

    def _candidats(self, lettres: list[str], chiffres: list[str]) -> Sequence[int]:
        """Ranks of the lines worth reading: those with the longest word, or else with the longest number."""
        if not lettres:
            return sorted(self._rangs(max(chiffres, key=len).upper()))
        cherche = f" {max(lettres, key=len)}"
        rangs: list[int] = []
        place = self._noms.find(cherche)
        while place >= 0:
            rang = bisect_right(self._debuts, place) - 1
            rangs.append(rang)
            # The next line: a name counts once.
            place = self._noms.find(cherche, self._debuts[rang + 1] - 1)
        return rangs

    def trier_les_numeros(self) -> None:
        """What a number is searched in; done at the first one otherwise, which then takes fifty milliseconds."""
        lus = (self._ligne(rang).split(";") for rang in range(len(self._codes)))
        self._numeros = array(
            "Q", sorted(_numero(n, rang) for rang, (code, _, cp, _) in enumerate(lus) for n in (code, *cp.split()))
        )

    def _rangs(self, debut: str) -> set[int]:
        """Lines with an INSEE or postal code that begins so."""
        if not self._numeros:
            self.trier_les_numeros()
        return set(_qui_commencent(self._numeros, debut))

    def _porte(self, rang: int, chiffres: list[str]) -> bool:
        """True when each number begins a postal code of this line, or is its INSEE code."""
        ligne = self._ligne(rang)
        if not all(mot.upper() in ligne for mot in chiffres):
            return False
        code, _, postaux, _ = ligne.split(";")
        codes = postaux.split()
        return all(code.lower() == mot or any(postal.startswith(mot) for postal in codes) for mot in chiffres)

    def _commune(self, rang: int) -> Commune:
        code, nom, postaux, actuelle = self._ligne(rang).split(";")
        return Commune(code, nom, tuple(postaux.split()), actuelle)

    def _ligne(self, rang: int) -> str:
        return self._lignes[self._bornes[rang] : self._bornes[rang + 1] - 1].decode()


def lire_communes(texte: str) -> Communes:
    """The list from its CSV text, header first. Raises SaisieRefusee("communes_illisibles", ligne)."""
    entete, _, corps = texte.partition("\n")
    if entete.strip() != ENTETE:
        raise SaisieRefusee("communes_illisibles", ligne=1)
    return Communes(corps.split("\n")[: -1 if corps.endswith("\n") else None])


def _loin(code: str) -> int:
    """Hauts-de-France, the countries, the rest of France."""
    la = departement(code)
    return 0 if la in DEPARTEMENTS_DE_LA_REGION else 1 if la == DEPARTEMENT else 2


def _debuts(textes: Sequence[str] | Sequence[bytes]) -> array[int]:
    """Where each begins once they are joined by one sign; the last number would begin one more."""
    return array("Q", [0, *accumulate(len(texte) + 1 for texte in textes)])


def _numero(code: str, rang: int) -> int:
    """A code of five signs and the line that bears it, as one number that sorts as the code does."""
    return int(code, 36) << _BITS_DU_RANG | rang


def _qui_commencent(numeros: array[int], debut: str) -> Iterable[int]:
    """The lines of the numbers of which the code begins so, in their order."""
    if len(debut) > 5 or not (debut.isascii() and debut.isalnum()):
        return ()
    premier = bisect_left(numeros, _numero(debut.ljust(5, "0"), 0))
    apres = bisect_left(numeros, _numero(debut.ljust(5, "Z"), 0) + (1 << _BITS_DU_RANG))
    return (numero & ((1 << _BITS_DU_RANG) - 1) for numero in numeros[premier:apres])


def _simplifier_tout(noms: list[str]) -> list[str]:
    """The same as `texte_recherche` on each name, ten times faster: one pass over the text of many."""
    return [nom for debut in range(0, len(noms), _MORCEAU) for nom in _simplifier(noms[debut : debut + _MORCEAU])]


def _simplifier(noms: list[str]) -> list[str]:
    texte = "\n".join(noms).replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae")
    texte = _MARQUES.sub("", unicodedata.normalize("NFKD", texte)).casefold()
    return [nom.strip() for nom in _ESPACES.sub(" ", _NI_LETTRE_NI_CHIFFRE.sub(" ", texte)).split("\n")]
