"""How far two writings of a name are apart, in points lost, and why (decision 0020)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from passdesk.domain.frappe import debut_mal_tape
from passdesk.domain.noms_courants import NOMS_COURANTS
from passdesk.domain.phonetique import consonnes, replier, son, transcription
from passdesk.domain.prenoms import CONNUS, COURTS, SANS_GENRE, formes_d_un_prenom, formes_entendues

Distance = Callable[[str, str], int]
"""Edits (a letter added, lost, changed, two exchanged) between two words."""

EGAL, ENSEMBLE, SONNE, PREMIER, ECRIT, FORME, FAUTE = 0, 1, 2, 2, 4, 5, 6
PARTIE, ABREGE, DEUX_FAUTES, INITIALE, LOIN, AUTRE = 9, 8, 10, 10, 15, 99
"""Points lost: apart by a hyphen or a particle; one sound; other first names left out; the same consonants; another
form (Khaled, Khalid); one slip; half of a double name; a short form; two slips; an initial; badly damaged."""

_PARTICULES = (
    "d de des du l la le les van vande vanden vander ver ten ter der den von zu el al ben bin ait ould da das do dos "
    "di della dela del san st saint ste sainte mac mc o"
)
PARTICULES = frozenset(_PARTICULES.split())
"""Words of a surname that come and go from one paper to the next."""
_ETAT_CIVIL = "nee ne ep epouse epoux veuve veuf vve mme mlle mr m madame mademoiselle monsieur"
ETAT_CIVIL = frozenset(_ETAT_CIVIL.split())
"""Words typed with a name that are none."""


@dataclass(frozen=True, slots=True)
class Degre:
    """Points lost between two writings, and what to say of them: "", "autrement", "abrege" or "forme"."""

    perte: int
    raison: str = ""


PAREIL, AUCUN = Degre(EGAL), Degre(AUTRE)


@lru_cache(maxsize=20_000)
def mots_de(texte: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(replier(texte).split())


def coeur(mots: Sequence[str]) -> Sequence[str]:
    """A surname without its particles."""
    return [mot for mot in mots if mot not in PARTICULES] or mots


@lru_cache(maxsize=50_000)
def comparer_noms(un: str, autre: str, distance: Distance) -> Degre:
    """Two surnames: particles, hyphens, "née", and parts of a double name aside."""
    perte = _noms(mots_de(un), mots_de(autre), distance)
    return PAREIL if perte == EGAL else Degre(perte, "autrement")


def _noms(mots: Sequence[str], siens: Sequence[str], distance: Distance) -> int:
    if not mots or not siens:
        return AUTRE
    if mots == siens:
        return EGAL
    colle, sien = "".join(mots), "".join(siens)
    if colle == sien:
        return ENSEMBLE
    perte = _nom(colle, sien, distance)
    coeurs = [[mot for mot in coeur(m) if mot not in ETAT_CIVIL] or m for m in (mots, siens)]
    courts, longs = sorted(coeurs, key=len)
    if sorted(courts) == sorted(longs):
        return min(perte, ENSEMBLE)
    if len(courts) + len(longs) < len(mots) + len(siens):
        perte = min(perte, max(ENSEMBLE, _nom("".join(courts), "".join(longs), distance)))
    if len(courts) == len(longs) == 2:
        perte = min(perte, ENSEMBLE + sum(_nom(m, s, distance) for m, s in zip(courts, reversed(longs), strict=True)))
    if len(courts) != len(longs):
        # Half of a double name: Dupond for Dupond-Moretti.
        moities = (_nom(m, s, distance) for m, s in product(courts, longs) if min(len(m), len(s)) > 2)
        perte = min(perte, PARTIE + min((moitie for moitie in moities if moitie <= FAUTE), default=AUTRE))
    return min(perte, AUTRE)


def _nom(mot: str, sien: str, distance: Distance) -> int:
    if mot in NOMS_COURANTS and sien in NOMS_COURANTS and son(mot) != son(sien):
        return AUTRE
    return _mot(mot, sien, distance)


@lru_cache(maxsize=50_000)
def comparer_prenoms(un: str, autre: str, distance: Distance) -> Degre:
    """Two sets of first names; the usual one comes first."""
    mots, siens = mots_de(un), mots_de(autre)
    if not mots or not siens:
        return AUCUN
    if mots == siens:
        return PAREIL
    if "".join(mots) == "".join(siens) or sorted(mots) == sorted(siens):
        return Degre(ENSEMBLE, "autrement")
    if len(mots) == len(siens) == 1:
        return _prenom(*mots, *siens, distance)
    usuels = [mots_de(prenoms.replace(",", " ").split()[0]) for prenoms in (un, autre)]
    return min(_plusieurs(mots, siens, usuels, distance), key=lambda degre: degre.perte, default=AUCUN)


def _plusieurs(
    mots: Sequence[str], siens: Sequence[str], usuels: list[tuple[str, ...]], distance: Distance
) -> Iterator[Degre]:
    """The readings of two different lists of first names."""
    while len(mots) != len(siens) and min(len(mots), len(siens)) > 1 and mots[-1] == siens[-1]:
        # What both end with says nothing of how the rest is cut: J.-P. Marie for Jean-Pierre Marie.
        mots, siens = mots[:-1], siens[:-1]
    courts, longs = sorted((mots, siens), key=lambda liste: (len(liste), len("".join(liste))))
    if usuels[0] == usuels[1] and courts in usuels:
        # The other names of the civil register are left out; the hyphen of Jean-Pierre keeps it whole.
        yield Degre(PREMIER, "abrege")
    if "".join(courts) in _abreges(longs) or "".join(longs) in COURTS.get("".join(courts), ()):
        yield Degre(ABREGE, "abrege")
    if len(courts) != len(longs) and len("".join(courts)) > 6:
        # Maryline and Marie-Line, Abdelhak and Abdel Haq.
        yield _autrement(_mot("".join(courts), "".join(longs), distance))
    degres = [_prenom(m, s, distance) for m, s in zip(courts, longs, strict=False)]
    pertes = sum(degre.perte for degre in degres)
    raison = next((degre.raison for degre in degres if degre.raison), "")
    if len(courts) == len(longs):
        yield Degre(pertes, raison)
        if len(courts) > 1 and degres[0].perte <= SONNE and _debut(courts[1], longs[1], 2):
            yield Degre(ABREGE, "abrege")
        autres = any(m != s and _deux(m, s) for m, s in zip(courts[1:], longs[1:], strict=True))
        if degres[0].perte == EGAL and distance(" ".join(courts), " ".join(longs)) == 1 and not autres:
            # A slip in a second name does not undo the first one.
            yield Degre(FAUTE, "autrement")
        return
    # The others are second names, or the rest of a compound one.
    compose = any(len(usuel) > 1 for usuel in usuels)
    yield Degre(pertes + (PARTIE if compose else PREMIER), raison or "abrege")
    if len(courts) > 1 and set(courts) < set(longs):
        yield Degre(PARTIE, "abrege")
    if len(courts) == 1:
        # Thérèse for Marie-Thérèse; a first "Marie" is often left out, and some are called by their second name.
        yield Degre(PARTIE + min(_prenom(courts[0], s, distance).perte for s in longs[1:]), "abrege")


def _autrement(perte: int) -> Degre:
    return Degre(perte, "autrement")


def _deux(mot: str, sien: str) -> bool:
    """True when both words are first names: then neither is a slip for the other."""
    return mot in CONNUS and sien in CONNUS


def _abreges(mots: Sequence[str]) -> set[str]:
    """What a compound first name is cut to: JP, J-Pierre written as one word."""
    initiales = "".join(mot[0] for mot in mots)
    return {initiales[:combien] for combien in range(2, len(mots) + 1)} | {mots[0][0] + "".join(mots[1:])}


@lru_cache(maxsize=50_000)
def _prenom(mot: str, sien: str, distance: Distance) -> Degre:
    if mot == sien:
        return PAREIL
    court, long = sorted((mot, sien), key=len)
    if len(court) == 1:
        return Degre(INITIALE, "abrege") if long.startswith(court) else AUCUN
    if formes_d_un_prenom(mot, sien):
        return Degre(SONNE, "autrement") if son(mot) == son(sien) else Degre(FORME, "forme")
    if _genres(court, long):
        return AUCUN
    if any(son(m) in map(son, COURTS.get(s, ())) for m, s in ((court, long), (long, court))):
        return Degre(ABREGE, "abrege")
    perte = _mot(mot, sien, distance)
    if (perte > SONNE or distance(mot, sien) > 2) and _deux(mot, sien):
        return AUCUN
    if perte > FORME and formes_entendues(mot, sien):
        return Degre(FORME, "forme")
    sons = {son(mot)[:1], son(sien)[:1]}
    if perte > ECRIT and mot[0] != sien[0] and len(sons) == 2 and sons != {"i", "j"} and not debut_mal_tape(mot, sien):
        # No ear gets the first sound wrong: fingers, or a pen badly read.
        perte += 3
    if perte > INITIALE and court not in CONNUS and (_debut(court, long, 3) or _surnom(court, long)):
        return Degre(INITIALE, "abrege")
    return _autrement(min(perte, AUTRE))


def _surnom(court: str, long: str) -> bool:
    """True for the end of a first name (Ginie, Zabeth), or one of its syllables said twice (Gégé, Coco)."""
    bruit = son(court)
    double = bruit[: len(bruit) // 2]
    return len(court) >= 4 and (long.endswith(court) or (double * 2 == bruit and son(long).startswith(double)))


def _debut(mot: str, sien: str, lettres: int) -> bool:
    """True when one is the beginning of the other, cut by two letters at least (Domi, Anne-So)."""
    court, long = sorted((mot, sien), key=len)
    return len(court) >= lettres and len(long) - len(court) >= 2 and long.startswith(court)


def _genres(court: str, long: str) -> bool:
    """Michel and Michelle, Mario and Maria, Julien and Julienne: a brother and a sister, not a slip.

    A letter that makes or leaves nobody's name is a slip: Malikaa, Nabile, Zohr, Zohro.
    """
    if len(court) == len(long):
        connus = (court in CONNUS) == (long in CONNUS)
        return connus and court[:-1] == long[:-1] and {court[-1], long[-1]} == {"a", "o"}
    if long == court + "a":
        return court[-1] != "a" and court not in SANS_GENRE and (court in CONNUS or long not in CONNUS)
    if long == court + "e":
        return court in CONNUS and long in CONNUS
    feminins = {court + court[-1] + "e", court + "ne", court + "te", court.removesuffix("c") + "que"}
    return long in feminins and court in CONNUS


@lru_cache(maxsize=100_000)
def _mot(mot: str, sien: str, distance: Distance) -> int:
    if mot == sien:
        return EGAL
    bruit, sien_bruit = son(mot), son(sien)
    if (len(bruit) > 1 and bruit == sien_bruit) or transcription(mot) == transcription(sien):
        return SONNE
    court, long = min(len(mot), len(sien)), max(len(mot), len(sien))
    fautes = distance(mot, sien)
    if len(consonnes(mot)) > 2 and consonnes(mot) == consonnes(sien) and fautes <= len(consonnes(mot).lstrip("a")):
        return ECRIT
    if court < 3:
        return AUTRE
    if fautes == 1:
        return FAUTE if long >= 5 else DEUX_FAUTES
    if fautes == 2:
        proche = court >= 8 or (min(len(bruit), len(sien_bruit)) >= 5 and distance(bruit, sien_bruit) == 1)
        return DEUX_FAUTES if proche else (LOIN if court >= 5 else AUTRE)
    if fautes == 3 and court >= 6 and (court >= 8 or distance(bruit, sien_bruit) <= 2):
        return LOIN
    return LOIN if court >= 5 and (mot.startswith(sien) or sien.startswith(mot)) else AUTRE
