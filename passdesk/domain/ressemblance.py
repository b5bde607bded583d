"""Are two records the same person? A score and the reasons, from names, birth date and contacts alone (decision 0020).

Nothing here decides: a likeness only warns (protocol §6). Neither SQL nor library: the edit distance is an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from passdesk.domain.frappe import LETTRES_SURES, debut_mal_tape
from passdesk.domain.naissances import ANS_ENTRE_GENERATIONS, Ecart, ecart
from passdesk.domain.noms_courants import COURTS, NOMS_COURANTS, PRENOMS_COURANTS, SANS_GENRE
from passdesk.domain.phonetique import consonnes, ossature, replier, son

Distance = Callable[[str, str], int]
"""Edits (a letter added, lost, changed, two exchanged) between two words."""

# How sure one is that two words are one name.
EGAL, ENSEMBLE, SONNE, PREMIER, ECRIT = 1.0, 0.98, 0.96, 0.95, 0.92
UNE_FAUTE, PARTIE, ABREGE, DEUX_FAUTES, AUTRE = 0.9, 0.88, 0.87, 0.86, 0.0
_PARTICULES = (
    "d de des du l la le les van vande vanden vander ver ten ter der den von zu el al ben bin ait ould da das do dos "
    "di della dela del san st saint ste sainte mac mc o"
)
PARTICULES = frozenset(_PARTICULES.split())
"""Words of a surname that come and go from one paper to the next."""

SEUIL = 0.85
"""Of each name, when birth dates agree."""
SEUIL_SUR = 0.9
"""Of each name, when the birth date is missing or one slip away; a shared telephone or e-mail asks one step less."""
SEUIL_IDENTIQUE = 0.96
"""Of each name, when more of the birth date differs (a step less with a shared contact), or a contact alone agrees."""


@dataclass(frozen=True, slots=True)
class Identite:
    """What is compared between two persons; complete or not. `telephone`: national digits; `courriel`: lower case."""

    nom_naissance: str = field(repr=False)
    prenoms: str = field(repr=False)
    naissance: date | None = field(default=None, repr=False)
    telephone: str = field(default="", repr=False)
    nom_usage: str = field(default="", repr=False)
    courriel: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Indice:
    """One reason why two records look alike: a code, and the two writings where it speaks of one."""

    code: str
    ici: str = field(default="", repr=False)
    la: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """How much two records look alike, 0 to 100, and why; the strongest reason first."""

    note: int
    indices: tuple[Indice, ...]


@dataclass(frozen=True, slots=True)
class _Noms:
    """The best reading of both names."""

    nom: float
    prenom: float
    indices: tuple[Indice, ...]

    @property
    def faible(self) -> float:
        return min(self.nom, self.prenom)


def rapprocher(une: Identite, autre: Identite, distance: Distance) -> Rapprochement | None:
    """Why these two may be one person; None when they are not alike enough to say so."""
    contacts = tuple(_contacts(une, autre))
    jours = ecart(une.naissance, autre.naissance)
    seuil = _seuil(jours, une, autre, bool(contacts))
    if seuil is None:
        # Most of those who share a name were born another day: nothing more is read of them.
        return None
    noms = max(_lectures(une, autre, distance), key=lambda lus: (lus.faible, lus.nom + lus.prenom), default=None)
    if noms is None:
        return None
    # A new surname (marriage) leaves the first name, the birth date and the number one is called at.
    meme_foyer = jours is Ecart.AUCUN and bool(contacts) and noms.prenom >= SONNE
    if noms.faible < seuil and not meme_foyer:
        return None
    note = round(60 * noms.faible + jours.points + (10 if contacts else 0))
    naissance = (Indice(jours.code),) if jours.code else ()
    indices = noms.indices if noms.faible >= seuil else (*noms.indices, Indice("nom_change"))
    return Rapprochement(max(1, min(100, note)), (*naissance, *indices, *contacts))


def _seuil(jours: Ecart, une: Identite, autre: Identite, contacts: bool) -> float | None:
    """How near both names must be; None when no name is near enough."""
    if jours is Ecart.AUCUN:
        return SEUIL
    if jours in (Ecart.INVERSE, Ecart.UN_CHIFFRE, Ecart.INCONNU):
        return SEUIL if contacts else SEUIL_SUR
    if jours is Ecart.UN_NOMBRE:
        return SEUIL_SUR if contacts else SEUIL_IDENTIQUE
    proches = (
        une.naissance and autre.naissance and abs(une.naissance.year - autre.naissance.year) < ANS_ENTRE_GENERATIONS
    )
    return SEUIL_IDENTIQUE if contacts and proches else None


def _contacts(une: Identite, autre: Identite) -> Iterator[Indice]:
    if len(une.telephone) >= 9 and une.telephone == autre.telephone:
        yield Indice("meme_telephone")
    if une.courriel and une.courriel == autre.courriel:
        yield Indice("meme_courriel")


def _lectures(une: Identite, autre: Identite, distance: Distance) -> Iterator[_Noms]:
    """Names as they stand, then each name in the place of the other."""
    prenom = comparer_prenoms(une.prenoms, autre.prenoms, distance)
    for mien in _portes(une):
        for sien in _portes(autre):
            nom = comparer_noms(mien, sien, distance)
            croise = (mien == une.nom_naissance) != (sien == autre.nom_naissance)
            indices = tuple(_dire(mien, sien, nom, une.prenoms, autre.prenoms, prenom, croise=croise))
            yield _Noms(nom, prenom, indices)
            if min(nom, prenom) >= SEUIL:
                continue
            nom = comparer_noms(mien, autre.prenoms, distance)
            inverse = comparer_noms(une.prenoms, sien, distance) if nom > AUTRE else AUTRE
            echange = Indice("noms_inverses", f"{une.prenoms} {mien}", f"{autre.prenoms} {sien}")
            if _memes_mots((*_mots(une.prenoms), *_mots(mien)), (*_mots(autre.prenoms), *_mots(sien))):
                # Nguyen, Thi Lan and Nguyen Thi, Lan.
                nom = inverse = ENSEMBLE
            yield _Noms(min(nom, ENSEMBLE), min(inverse, ENSEMBLE), (echange,))


def _portes(une: Identite) -> list[str]:
    """The surnames this person may be written under: at birth, in use, and both side by side."""
    noms = dict.fromkeys(nom for nom in (une.nom_naissance, une.nom_usage) if nom)
    return [*noms, " ".join(noms)] if len(noms) == 2 else [*noms]


def _memes_mots(mots: Sequence[str], siens: Sequence[str]) -> bool:
    """Every word is there, whatever its place; one may miss among four."""
    courts, longs = sorted((sorted(mots), sorted(siens)), key=len)
    return courts == longs or (len(courts) >= 3 and len(longs) - len(courts) == 1 and set(courts) < set(longs))


def _dire(
    mien: str, sien: str, nom: float, prenoms: str, autres: str, prenom: float, *, croise: bool
) -> Iterator[Indice]:
    if croise:
        yield Indice("nom_usage", mien, sien)
    if nom < EGAL:
        yield Indice("nom_autrement", mien, sien)
    if prenom in (ABREGE, PARTIE, PREMIER):
        yield Indice("prenom_abrege", prenoms, autres)
    elif prenom < EGAL:
        yield Indice("prenom_autrement", prenoms, autres)
    if nom == EGAL == prenom and not croise:
        yield Indice("memes_noms")


def comparer_noms(un: str, autre: str, distance: Distance) -> float:
    """How sure one is that two surnames are the same, 0 to 1: particles, hyphens and parts of a double name aside."""
    mots, siens = _mots(un), _mots(autre)
    if not mots or not siens:
        return AUTRE
    if mots == siens:
        return EGAL
    colle, sien = "".join(mots), "".join(siens)
    if colle == sien:
        return ENSEMBLE
    if colle in NOMS_COURANTS and sien in NOMS_COURANTS and son(colle) != son(sien):
        return AUTRE
    entier = _mot(colle, sien, distance)
    coeur, autre_coeur = _coeur(mots), _coeur(siens)
    nus = (len(coeur), len(autre_coeur)) == (len(mots), len(siens))
    sans = AUTRE if nus else _mot("".join(coeur), "".join(autre_coeur), distance)
    note = max(entier, min(sans, ENSEMBLE if sans == EGAL else sans))
    if sorted(coeur) == sorted(autre_coeur):
        note = max(note, ENSEMBLE)
    if len(coeur) != len(autre_coeur):
        # Half of a double name: Dupond for Dupond-Moretti.
        moitie = any(len(m) > 3 and _mot(m, s, distance) >= SONNE for m in coeur for s in autre_coeur)
        note = max(note, PARTIE if moitie else AUTRE)
    return note


def _coeur(mots: Sequence[str]) -> Sequence[str]:
    return [mot for mot in mots if mot not in PARTICULES] or mots


@lru_cache(maxsize=20_000)
def _mots(texte: str) -> tuple[str, ...]:
    return tuple(replier(texte).split())


def comparer_prenoms(un: str, autre: str, distance: Distance) -> float:
    """How sure one is that two sets of first names are one person's, 0 to 1; the usual one comes first."""
    mots, siens = _mots(un), _mots(autre)
    if not mots or not siens:
        return AUTRE
    if mots == siens:
        return EGAL
    if "".join(mots) == "".join(siens):
        return ENSEMBLE
    while len(mots) != len(siens) and min(len(mots), len(siens)) > 1 and mots[-1] == siens[-1]:
        # What both end with says nothing of how the rest is cut: J.-P. Marie for Jean-Pierre Marie.
        mots, siens = mots[:-1], siens[:-1]
    courts, longs = sorted((mots, siens), key=len)
    usuels = {_mots(prenoms.replace(",", " ").split()[0]) for prenoms in (un, autre)}
    if len(usuels) == 1 and courts in usuels:
        # The other names of the civil register are left out; the hyphen of Jean-Pierre keeps it whole.
        return PREMIER
    if len(courts) == 1 < len(longs) and courts[0] in _abreges(longs):
        return ABREGE
    if len(courts) != len(longs) and len("".join(courts)) > 6:
        # Maryline and Marie-Line, Abdelhak and Abdel Haq.
        ensemble = _mot("".join(courts), "".join(longs), distance)
        if ensemble > AUTRE:
            return ensemble
    notes = [_prenom(m, s, distance) for m, s in zip(courts, longs, strict=False)]
    if len(courts) == len(longs) > 1 and notes[0] >= SONNE and _debut(courts[1], longs[1], 2):
        return ABREGE
    if len(courts) == len(longs):
        # A slip in a second name does not undo the first one.
        faute = notes[0] == EGAL and min(notes) == AUTRE and distance(" ".join(courts), " ".join(longs)) == 1
        autres = [(m, s) for m, s in zip(courts, longs, strict=True) if m != s]
        return UNE_FAUTE if faute and not all(map(_deux_prenoms, autres)) else min(notes)
    if min(notes) > AUTRE:
        # The others are second names, or the rest of a compound one.
        return min(*notes, PARTIE) if len(notes) > 1 else min(notes[0], PARTIE)
    # Thérèse for Marie-Thérèse; a first "Marie" is often left out.
    reste = max(_prenom(m, s, distance) for m in courts for s in longs[1:])
    return PARTIE if len(courts) == 1 and reste >= SONNE else AUTRE


def _deux_prenoms(mots: tuple[str, str]) -> bool:
    """True when both words are first names that many bear: then neither is a slip for the other."""
    return all(mot in PRENOMS_COURANTS for mot in mots)


def _mal_tape(mot: str, sien: str) -> bool:
    """A slip at the head of a first name, and the result is nobody's: known on one side, or too long for chance."""
    connu = mot in PRENOMS_COURANTS or sien in PRENOMS_COURANTS or len(mot) >= LETTRES_SURES
    return min(len(mot), len(sien)) > 3 and connu and not _deux_prenoms((mot, sien)) and debut_mal_tape(mot, sien)


def _abreges(mots: Sequence[str]) -> set[str]:
    """What a compound first name is cut to: JP, J-Pierre written as one word."""
    initiales = "".join(mot[0] for mot in mots)
    return {initiales[:combien] for combien in range(2, len(mots) + 1)} | {mots[0][0] + "".join(mots[1:])}


def _prenom(mot: str, sien: str, distance: Distance) -> float:
    if mot == sien:
        return EGAL
    court, long = sorted((mot, sien), key=len)
    if len(court) == 1:
        return ABREGE if long.startswith(court) else AUTRE
    if son(long) in map(son, COURTS.get(court, "").split()):
        return ABREGE
    if _genres(court, long):
        return AUTRE
    note = _mot(mot, sien, distance)
    sons = {son(mot)[:1], son(sien)[:1]}
    autre_son = mot[0] != sien[0] and len(sons) == 2 and sons != {"i", "j"}
    if note < ECRIT and autre_son and not _mal_tape(mot, sien):
        # No ear gets the first sound wrong, only fingers do: Bryan and Ryan are brothers.
        return AUTRE
    if note < SONNE and _deux_prenoms((mot, sien)):
        return AUTRE
    return max(note, ABREGE if court not in PRENOMS_COURANTS and _debut(court, long, 3) else AUTRE)


def _debut(mot: str, sien: str, lettres: int) -> bool:
    """True when one is the beginning of the other, cut by two letters at least (Domi, Anne-So)."""
    court, long = sorted((mot, sien), key=len)
    return len(court) >= lettres and len(long) - len(court) >= 2 and long.startswith(court)


def _genres(court: str, long: str) -> bool:
    """Michel and Michelle, Mario and Maria, Julien and Julienne: a brother and a sister, not a slip."""
    if long == court + court[-1] and long not in PRENOMS_COURANTS:
        # Malikaa: a key held too long.
        return False
    if len(court) == len(long):
        return court[:-1] == long[:-1] and {court[-1], long[-1]} == {"a", "o"}
    if long in (court + "a", court + court[-1] + "e"):
        return court not in SANS_GENRE
    feminins = {court + "e", court + "ne", court + "te", court.removesuffix("c") + "que"}
    return long in feminins and court in PRENOMS_COURANTS


def _mot(mot: str, sien: str, distance: Distance) -> float:
    if mot == sien:
        return EGAL
    bruit, sien_bruit = son(mot), son(sien)
    if len(bruit) > 1 and bruit == sien_bruit:
        return SONNE
    longueur = min(len(mot), len(sien))
    if min(len(consonnes(mot)), 3) == 3 and consonnes(mot) == consonnes(sien) and abs(len(mot) - len(sien)) <= 3:
        return ECRIT
    if longueur < 4:
        return AUTRE
    fautes = distance(mot, sien)
    if fautes <= 1:
        return UNE_FAUTE if max(len(mot), len(sien)) >= 5 else AUTRE
    if fautes <= 3 and min(len(bruit), len(sien_bruit)) >= 5 and distance(bruit, sien_bruit) == 1:
        # Heard with one sound wrong: the consonants must hold, or Legrand would be Legros.
        return DEUX_FAUTES if fautes == 2 or ossature(mot) == ossature(sien) else AUTRE
    return DEUX_FAUTES if fautes == 2 and longueur >= 9 else AUTRE


def cles(identite: Identite) -> frozenset[str]:
    """The keys under which look-alikes are looked for: two records that are alike share one of them.

    Birth date, telephone, e-mail; names as they are heard with the initial of the first name, and the other way round;
    the first name with the month, and with the day, of birth.
    """
    trouvees = set()
    noms = [_coeur(_mots(nom)) for nom in (identite.nom_naissance, identite.nom_usage) if nom.strip()]
    prenoms = _mots(identite.prenoms)
    usuel = ossature(prenoms[0])[:1] if prenoms else ""
    for mots in noms:
        for mot in {"".join(mots), *mots}:
            trouvees.add(f"s:{ossature(mot)}:{usuel}")
        if identite.naissance:
            trouvees.add(f"a:{ossature(''.join(mots))}:{identite.naissance:%Y}")
            trouvees.add(f"d:{ossature(''.join(mots))}:{identite.naissance:%m-%d}")
    for prenom in prenoms[:2]:
        for mots in noms[:1]:
            trouvees.add(f"s:{ossature(prenom)}:{ossature(mots[0])[:1]}" if mots else "")
        if identite.naissance:
            trouvees.add(f"m:{ossature(prenom)}:{identite.naissance:%Y-%m}")
            trouvees.add(f"j:{ossature(prenom)}:{identite.naissance:%m-%d}")
    if identite.naissance:
        trouvees.add(f"n:{identite.naissance.isoformat()}")
    if len(identite.telephone) >= 9:
        trouvees.add(f"t:{identite.telephone}")
    if identite.courriel:
        trouvees.add(f"c:{identite.courriel}")
    return frozenset(trouvees - {""})
