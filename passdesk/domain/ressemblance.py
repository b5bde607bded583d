"""Are two records the same person? Points and the reasons, from names, birth date and contacts alone (decision 0020).

What agrees gives points, a difference of writing takes some, and the sum warns or not: an exact birth date lets names
be further apart, and exact names the date. Nothing here decides: a likeness only warns (protocol §6). Neither SQL nor
library: the edit distance is an argument.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

from passdesk.domain.naissances import ecart, variantes
from passdesk.domain.noms_compares import (
    AUTRE,
    ENSEMBLE,
    PARTIE,
    Degre,
    Distance,
    coeur,
    comparer_noms,
    comparer_prenoms,
    mots_de,
)
from passdesk.domain.noms_courants import NOMS_COURANTS
from passdesk.domain.phonetique import ossature
from passdesk.domain.prenoms import CONNUS, autres_formes

SEUIL = 60
"""Points from which two records look alike; `naissances.Ecart` gives those of the birth date."""
NOM_RARE, NOM_COURANT = 24, 22
"""Points for one surname; a name that few bear tells more."""
DEUX_NOMS = 6
"""More when the birth name and the usage name agree."""
PRENOM_RARE, PRENOM_COURANT = 21, 17
"""Points for one first name."""
CONTACT, DEUX_CONTACTS = 15, 21
"""Points for a telephone or an e-mail in common, for both."""
AUTRE_TELEPHONE = -3
"""Both have a telephone, and not the same."""


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
    """A reading of both names: its points, and what to say of it."""

    points: int
    indices: tuple[Indice, ...]


def rapprocher(une: Identite, autre: Identite, distance: Distance) -> Rapprochement | None:
    """Why these two may be one person; None when they are not alike enough to say so."""
    contacts = tuple(_contacts(une, autre))
    jours = ecart(une.naissance, autre.naissance)
    points = jours.points + _points_contacts(une, autre, len(contacts))
    lectures = _Lectures(une, autre, points - SEUIL, bool(contacts), distance)
    noms = max(lectures.toutes(), key=lambda lus: lus.points, default=None)
    if noms is None or points + noms.points < SEUIL:
        return None
    return Rapprochement(min(100, points + noms.points), (Indice(jours.code), *noms.indices, *contacts))


def _contacts(une: Identite, autre: Identite) -> Iterator[Indice]:
    if len(une.telephone) >= 9 and une.telephone == autre.telephone:
        yield Indice("meme_telephone")
    if une.courriel and une.courriel == autre.courriel:
        yield Indice("meme_courriel")


def _points_contacts(une: Identite, autre: Identite, communs: int) -> int:
    if communs:
        return DEUX_CONTACTS if communs > 1 else CONTACT
    return AUTRE_TELEPHONE if une.telephone and autre.telephone else 0


@dataclass(frozen=True, slots=True)
class _Lectures:
    """The ways of reading two persons' names; `marge`: points that all the rest gives, the threshold taken off.

    Most of those who share a key are somebody else: what cannot be enough any more is read no further.
    """

    une: Identite
    autre: Identite
    marge: int
    contact: bool
    distance: Distance

    def toutes(self) -> Iterator[_Noms]:
        """Names as they stand, then each name in the place of the other."""
        une, autre = self.une, self.autre
        prenom = comparer_prenoms(une.prenoms, autre.prenoms, self.distance)
        points = _points_prenom(une.prenoms, autre.prenoms) - prenom.perte
        droit = self.marge + NOM_RARE + DEUX_NOMS + points >= 0
        inverse = self.marge + NOM_COURANT + PRENOM_COURANT
        if not droit and inverse < 0:
            return
        for mien, sien in product(_portes(une), _portes(autre)):
            if droit:
                nom = comparer_noms(mien, sien, self.distance)
                yield from self._en_place(mien, sien, nom, prenom, points)
                if nom.perte + prenom.perte <= PARTIE:
                    continue
            perte = self._echange(mien, sien, inverse)
            if perte <= inverse:
                indice = Indice("noms_inverses", f"{une.prenoms} {mien}", f"{autre.prenoms} {sien}")
                yield _Noms(NOM_COURANT + PRENOM_COURANT - perte, (indice,))

    def _en_place(self, mien: str, sien: str, nom: Degre, prenom: Degre, points: int) -> Iterator[_Noms]:
        """Surname with surname; `points` of the first names."""
        une, autre = self.une, self.autre
        dits = [Indice(f"prenom_{prenom.raison}", une.prenoms, autre.prenoms)] if prenom.raison else []
        points_nom = _points_nom(mien, sien) - nom.perte
        if points_nom <= 0:
            if self.contact:
                # A new surname (marriage) leaves the first name, the birth date and the number one is called at.
                yield _Noms(points, (Indice("nom_change", une.nom_naissance, autre.nom_naissance), *dits))
            return
        if nom.raison:
            dits.insert(0, Indice("nom_autrement", mien, sien))
        usages = (mien != une.nom_naissance, sien != autre.nom_naissance)
        if usages[0] != usages[1]:
            dits.insert(0, Indice("nom_usage", mien, sien))
        elif all(usages):
            naissances = comparer_noms(une.nom_naissance, autre.nom_naissance, self.distance)
            if naissances.perte >= AUTRE:
                # Two sisters-in-law bear one usage name.
                points_nom -= PARTIE
                dits.insert(0, Indice("nom_usage_seul", une.nom_naissance, autre.nom_naissance))
            elif mien != une.nom_usage and sien != autre.nom_usage:
                points_nom += DEUX_NOMS
            else:
                # Their birth names, near too, say more of them.
                return
        yield _Noms(points + points_nom, tuple(dits) or (Indice("memes_noms"),))

    def _echange(self, mien: str, sien: str, au_plus: int) -> int:
        """Points lost when one of the two has the surname in the place of the first names."""
        une, autre, distance = self.une, self.autre, self.distance
        if _memes_mots((*mots_de(une.prenoms), *mots_de(mien)), (*mots_de(autre.prenoms), *mots_de(sien))):
            # Nguyen, Thi Lan and Nguyen Thi, Lan.
            return ENSEMBLE
        pertes = [AUTRE]
        paires = (une.prenoms, sien), (mien, autre.prenoms)
        for noms, prenoms in (paires, paires[::-1]):
            perte = ENSEMBLE + comparer_noms(*noms, distance).perte
            if perte <= au_plus:
                pertes.append(perte + comparer_prenoms(*prenoms, distance).perte)
        return min(pertes)


def _points_nom(un: str, autre: str) -> int:
    courant = any("".join(coeur(mots_de(nom))) in NOMS_COURANTS for nom in (un, autre))
    return NOM_COURANT if courant else NOM_RARE


def _points_prenom(un: str, autre: str) -> int:
    rares = CONNUS.isdisjoint((*mots_de(un)[:1], *mots_de(autre)[:1]))
    return PRENOM_RARE if rares else PRENOM_COURANT


def _portes(une: Identite) -> list[str]:
    """The surnames this person may be written under: at birth, in use, and both side by side."""
    noms = dict.fromkeys(nom for nom in (une.nom_naissance, une.nom_usage) if nom)
    return [*noms, " ".join(noms)] if len(noms) == 2 else [*noms]


def _memes_mots(mots: Sequence[str], siens: Sequence[str]) -> bool:
    """Every word is there, whatever its place; one may miss among four."""
    courts, longs = sorted((sorted(mots), sorted(siens)), key=len)
    return courts == longs or (len(courts) >= 3 and len(longs) - len(courts) == 1 and set(courts) < set(longs))


def cles(identite: Identite) -> frozenset[str]:
    """The keys under which look-alikes are looked for: two records that are alike share one of them.

    Birth date, telephone, e-mail; names as they are heard with the initial of the first name, and the other way round;
    the first name with the month, and with the day, of birth.
    """
    trouvees = set()
    noms = [coeur(mots_de(nom)) for nom in (identite.nom_naissance, identite.nom_usage) if nom.strip()]
    prenoms = mots_de(identite.prenoms)
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


def cles_cherchees(identite: Identite) -> frozenset[str]:
    """The keys under which to look for this person: its own, and those that the commonest slips would have given.

    Day and month of birth exchanged; another form of the first name, which may begin otherwise (Ouarda, Warda).
    """
    cherchees = set(cles(identite))
    for naissance in variantes(identite.naissance):
        cherchees.add(f"n:{naissance.isoformat()}")
    usuel = mots_de(identite.prenoms)[:1]
    for forme in autres_formes(*usuel) if usuel else ():
        autre = cles(replace(identite, prenoms=forme, naissance=None))
        cherchees |= {cle for cle in autre if cle.startswith("s:")}
    return frozenset(cherchees)
