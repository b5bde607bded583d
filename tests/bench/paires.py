"""Labelled pairs of records, made of French habits of writing names: the same person twice, or two people who look it.

Fixed seed. Habits of each kind are parted in two: the matcher was tuned on those of `ACCORD`, and is measured on those
of `MESURE`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from passdesk.domain.ressemblance import Identite
from tests.bench.noms import NOMS, PRENOMS

ACCORD, MESURE = "accord", "mesure"
NOMBRE = 2000
GRAINE = 1901


@dataclass(frozen=True, slots=True)
class Paire:
    """Two records. `meme`: one person; `habitude`: how it was made; `moitie`: ACCORD or MESURE."""

    une: Identite
    autre: Identite
    meme: bool
    habitude: str
    moitie: str


Habitude = Callable[[random.Random, Identite], Identite | None]


def paires(nombre: int = NOMBRE, graine: int = GRAINE) -> list[Paire]:
    """As many pairs of one person as of two, every habit in turn; always the same for one seed."""
    hasard = random.Random(graine)
    faites: list[Paire] = []
    for meme, habitudes in ((True, MEMES), (False, AUTRES)):
        noms = list(habitudes)
        rang = 0
        while sum(p.meme == meme for p in faites) < nombre // 2:
            nom = noms[rang % len(noms)]
            rang += 1
            une = personne(hasard)
            autre = habitudes[nom](hasard, une)
            if autre is not None and autre != une:
                moitie = (ACCORD, MESURE)[noms.index(nom) % 2]
                faites.append(Paire(une, autre, meme, nom, moitie))
    return faites


def personne(hasard: random.Random) -> Identite:
    """A made-up person, complete."""
    prenoms = hasard.choice(PRENOMS)
    if hasard.random() < 0.25:
        prenoms += " " + hasard.choice(PRENOMS)
    naissance = date(1935, 1, 1) + timedelta(days=hasard.randrange(26_000))
    usage = hasard.choice(NOMS) if hasard.random() < 0.3 else ""
    telephone = f"06{hasard.randrange(10**8):08d}" if hasard.random() < 0.8 else ""
    return Identite(hasard.choice(NOMS), prenoms, naissance, telephone, usage)


def _remplacer(texte: str, hasard: random.Random, couples: tuple[tuple[str, str], ...]) -> str | None:
    possibles = [(a, b) for a, b in couples if a in texte.lower()]
    if not possibles:
        return None
    ancien, nouveau = hasard.choice(possibles)
    place = texte.lower().index(ancien)
    ecrit = texte[:place] + nouveau + texte[place + len(ancien) :]
    return ecrit[:1].upper() + ecrit[1:]


def _nom(couples: tuple[tuple[str, str], ...]) -> Habitude:
    def ecrire(hasard: random.Random, une: Identite) -> Identite | None:
        nom = _remplacer(une.nom_naissance, hasard, couples)
        return replace(une, nom_naissance=nom) if nom else None

    return ecrire


def _prenom(couples: tuple[tuple[str, str], ...]) -> Habitude:
    def ecrire(hasard: random.Random, une: Identite) -> Identite | None:
        premier, _, suite = une.prenoms.partition(" ")
        prenom = _remplacer(premier, hasard, couples)
        return replace(une, prenoms=f"{prenom} {suite}".strip()) if prenom else None

    return ecrire


_ACCENTS = str.maketrans("éèêëàâîïôöûüçÉÈÊŒşŞğıİöÖãáíóú", "eeeeaaiioouucEEEOsSgiIoOaaiou")


def _sans_accents(hasard: random.Random, une: Identite) -> Identite | None:
    autre = replace(
        une, nom_naissance=une.nom_naissance.translate(_ACCENTS).upper(), prenoms=une.prenoms.translate(_ACCENTS)
    )
    return None if autre.nom_naissance == une.nom_naissance else autre


def _tirets(hasard: random.Random, une: Identite) -> Identite | None:
    if "-" not in une.prenoms:
        return None
    return replace(une, prenoms=une.prenoms.replace("-", hasard.choice((" ", ""))))


def _particule(hasard: random.Random, une: Identite) -> Identite | None:
    for debut in ("De ", "Le ", "D’", "Van Den ", "Van Der ", "El ", "Da ", "Dos ", "Ben ", "Du ", "De La "):
        if une.nom_naissance.startswith(debut):
            suite = une.nom_naissance.removeprefix(debut)
            colle = debut.replace(" ", "").replace("’", "")
            return replace(une, nom_naissance=hasard.choice((suite, colle + suite.lower(), f"{colle}-{suite}")))
    return replace(une, nom_naissance=f"De {une.nom_naissance}") if hasard.random() < 0.1 else None


def _usage_pour_naissance(hasard: random.Random, une: Identite) -> Identite | None:
    if not une.nom_usage:
        return None
    return replace(une, nom_naissance=une.nom_usage, nom_usage=hasard.choice(("", une.nom_naissance)))


def _nom_double(hasard: random.Random, une: Identite) -> Identite | None:
    if not une.nom_usage:
        return None
    return replace(une, nom_naissance=f"{une.nom_naissance}-{une.nom_usage}", nom_usage="")


def _inverses(hasard: random.Random, une: Identite) -> Identite | None:
    return replace(une, nom_naissance=une.prenoms.split()[0], prenoms=une.nom_naissance)


def _date(changer: Callable[[random.Random, date], date | None]) -> Habitude:
    def ecrire(hasard: random.Random, une: Identite) -> Identite | None:
        assert une.naissance is not None
        try:
            jour = changer(hasard, une.naissance)
        except ValueError:
            return None
        return replace(une, naissance=jour) if jour else None

    return ecrire


def _jour_mois(hasard: random.Random, jour: date) -> date | None:
    return jour.replace(day=jour.month, month=jour.day)


def _jour_faux(hasard: random.Random, jour: date) -> date | None:
    return jour.replace(day=jour.day + hasard.choice((-1, 1, 10, -10, 2)))


def _annee_faux_chiffre(hasard: random.Random, jour: date) -> date | None:
    return jour.replace(year=jour.year + hasard.choice((-1, 1, 10, -10, 3)))


def _mois_faux(hasard: random.Random, jour: date) -> date | None:
    return jour.replace(month=jour.month + hasard.choice((-1, 1)))


_VOISINES = {
    lettre: voisine for rangee in ("azertyuiop", "qsdfghjklm", "wxcvbn") for lettre, voisine in pairwise(rangee)
}


def mal_taper(hasard: random.Random, mot: str) -> str | None:
    """One slip of the fingers anywhere in a word: a letter lost, held, exchanged with the next, or the key beside."""
    if len(mot) < 5:
        return None
    place = hasard.randrange(len(mot) - 1)
    voisine = _VOISINES.get(mot[place].lower(), "e")
    ecrit = hasard.choice(
        (
            mot[:place] + mot[place + 1 :],
            mot[:place] + mot[place] + mot[place:],
            mot[:place] + mot[place + 1] + mot[place] + mot[place + 2 :],
            mot[:place] + voisine + mot[place + 1 :],
        )
    )
    return ecrit[:1].upper() + ecrit[1:].lower()


def _faute(hasard: random.Random, une: Identite) -> Identite | None:
    nom = mal_taper(hasard, une.nom_naissance)
    return replace(une, nom_naissance=nom) if nom else None


def _prenom_mal_tape(hasard: random.Random, une: Identite) -> Identite | None:
    premier, _, suite = une.prenoms.partition(" ")
    prenom = mal_taper(hasard, premier)
    return replace(une, prenoms=f"{prenom} {suite}".strip()) if prenom else None


def _deux_mains(hasard: random.Random, une: Identite) -> Identite | None:
    """A day wrong and the first name mistyped, at the same telephone."""
    autre = _date(_jour_faux)(hasard, une) if une.telephone else None
    return _prenom_mal_tape(hasard, autre) if autre else None


def _abrege(hasard: random.Random, une: Identite) -> Identite | None:
    premier = une.prenoms.split()[0]
    if "-" not in premier:
        return None
    un, deux = premier.split("-")[:2]
    return replace(une, prenoms=hasard.choice((f"{un[0]}{deux[0]}", f"{un[0]}. {deux}", f"{un[0]}.-{deux}")))


_COURTS = {
    "Alexandre": "Alex", "Frédéric": "Fred", "Sébastien": "Seb", "Nicolas": "Nico", "Catherine": "Cathy",
    "Stéphane": "Steph", "Benjamin": "Ben", "Philippe": "Phil", "Christophe": "Chris", "Isabelle": "Isa",
    "Véronique": "Véro", "Ludovic": "Ludo", "Grégory": "Greg", "Anthony": "Tony", "Patrick": "Pat", "Maxime": "Max",
}  # fmt: skip


def _court(hasard: random.Random, une: Identite) -> Identite | None:
    return None if une.prenoms.split()[0] not in _COURTS else replace(une, prenoms=_COURTS[une.prenoms.split()[0]])


def _second_prenom(hasard: random.Random, une: Identite) -> Identite | None:
    if " " in une.prenoms:
        return replace(une, prenoms=une.prenoms.split()[0])
    return replace(une, prenoms=f"{une.prenoms} {hasard.choice(PRENOMS)}")


_AILLEURS = (
    ("Mohamed", "Mohammed", "Muhammad", "Mohamad"), ("Ahmed", "Ahmad"), ("Fatima", "Fatma", "Fatimah"),
    ("Khadija", "Kadija", "Khadidja"), ("Youssef", "Yusuf", "Youcef"), ("Aïcha", "Aisha", "Aycha"),
    ("Abdelkader", "Abdel Kader", "Abd el Kader"), ("Mustapha", "Mustafa", "Moustapha"), ("Leïla", "Leila", "Layla"),
    ("Rachid", "Rashid"), ("Saïd", "Said", "Sayid"), ("Hassan", "Hasan"), ("Samira", "Sameera"), ("Omar", "Umar"),
    ("Ibrahim", "Ibrahima", "Brahim"), ("Mamadou", "Mamadu"), ("Katarzyna", "Katarzina"), ("Mehmet", "Mehmed"),
    ("Krzysztof", "Krysztof"), ("Giuseppe", "Guiseppe"), ("Fatoumata", "Fatumata"), ("Ousmane", "Usmane"),
)  # fmt: skip


def _ailleurs(hasard: random.Random, une: Identite) -> Identite | None:
    formes = list(hasard.choice(_AILLEURS))
    hasard.shuffle(formes)
    if une.prenoms.split()[0] not in formes:
        return None
    autre = next(forme for forme in formes if forme != une.prenoms.split()[0])
    return replace(une, prenoms=autre)


def _deux_fautes(hasard: random.Random, une: Identite) -> Identite | None:
    """A wrong date and a name written as heard, as on a bad day."""
    nom = _nom(_SONS_A)(hasard, une)
    return _date(_jour_mois)(hasard, nom) if nom else None


def _sans_date(hasard: random.Random, une: Identite) -> Identite | None:
    nom = _nom(_SONS_A + _SONS_B)(hasard, une)
    return replace(nom, naissance=None) if nom else None


def _mariee(hasard: random.Random, une: Identite) -> Identite | None:
    """Known by the birth name, comes back under the married name only, with the same telephone."""
    if not une.telephone:
        return None
    return replace(une, nom_naissance=hasard.choice(NOMS), nom_usage="")


_SONS_A = (("w", "v"), ("ck", "k"), ("cq", "ck"), ("ph", "f"), ("th", "t"), ("nn", "n"), ("ll", "l"), ("tt", "t"))
_SONS_B = (("eau", "au"), ("au", "eau"), ("ai", "è"), ("y", "i"), ("qu", "k"), ("ss", "s"), ("rr", "r"), ("lt", "t"))
_FINS_A = (("ont", "ond"), ("and", "ant"), ("ard", "art"), ("ert", "er"), ("et", "ez"))
_FINS_B = (("oux", "ou"), ("ault", "aud"), ("aud", "aut"), ("ois", "oi"), ("ier", "ié"), ("ot", "o"), ("ey", "ay"))

MEMES: dict[str, Habitude] = {
    "sans accents, en capitales": _sans_accents,
    "traits d’union": _tirets,
    "particule": _particule,
    "nom d’usage à la place du nom de naissance": _usage_pour_naissance,
    "sons de consonnes": _nom(_SONS_A),
    "sons de voyelles et lettres doublées": _nom(_SONS_B),
    "jour et mois échangés": _date(_jour_mois),
    "jour faux": _date(_jour_faux),
    "annee": _date(_annee_faux_chiffre),
    "mois voisin": _date(_mois_faux),
    "nom et prénom échangés": _inverses,
    "nom double": _nom_double,
    "fins muettes": _nom(_FINS_A),
    "autres fins muettes": _nom(_FINS_B),
    "prénom court": _court,
    "prénom composé abrégé": _abrege,
    "prénom en consonnes": _prenom(_SONS_A),
    "prénom en voyelles": _prenom(_SONS_B),
    "une faute de frappe": _faute,
    "prénom d’ailleurs": _ailleurs,
    "date absente": _sans_date,
    "second prénom": _second_prenom,
    "mariée, même téléphone": _mariee,
    "son et date": _deux_fautes,
    "deux fautes de la main": _deux_mains,
    "prénom mal tapé": _prenom_mal_tape,
}
"""The same person twice; even ranks are for tuning, odd ones for the measure."""


def _couples(texte: str) -> tuple[tuple[str, str], ...]:
    """ "a/b, c/d" as couples."""
    couples = (couple.split("/") for couple in texte.split(", "))
    return tuple((un, autre) for un, autre in couples)


def _autre_prenom(hasard: random.Random, une: Identite) -> Identite:
    return replace(une, prenoms=hasard.choice([p for p in PRENOMS if p != une.prenoms.split()[0]]))


def _proche_prenom(hasard: random.Random, une: Identite) -> Identite | None:
    """Twins with names that rhyme, as parents like them."""
    jumeaux = _couples(
        "Julie/Julien, Léa/Théo, Marion/Manon, Lucas/Luc, Élise/Élisa, Jean/Jeanne, Michel/Michèle, "
        "Daniel/Danielle, Louis/Louise, Émilie/Émilien, Paul/Pauline, Martin/Martine, Antonio/Antonia, "
        "Fatima/Fatiha, Hassan/Hussein, Noé/Noah, Marie-Claude/Marie-Claire, Jean-Luc/Jean-Marc, "
        "Karim/Karima, Mila/Lila"
    )
    deux = hasard.choice(jumeaux)
    return replace(une, prenoms=deux[1]) if une.prenoms == deux[0] else None


def _parent(hasard: random.Random, une: Identite) -> Identite:
    """The same name one generation later, at the same telephone."""
    assert une.naissance is not None
    return replace(une, naissance=une.naissance + timedelta(days=hasard.randrange(17 * 365, 40 * 365)))


def _fratrie(hasard: random.Random, une: Identite) -> Identite:
    assert une.naissance is not None
    jour = une.naissance + timedelta(days=hasard.randrange(300, 4000))
    return replace(_autre_prenom(hasard, une), naissance=jour)


def _meme_jour(hasard: random.Random, une: Identite) -> Identite | None:
    """Another first name or another surname, born the same day."""
    autre = personne(hasard)
    if autre.nom_naissance == une.nom_naissance or autre.prenoms.split()[0] == une.prenoms.split()[0]:
        return None
    nom, prenoms = hasard.choice(((une.nom_naissance, autre.prenoms), (autre.nom_naissance, une.prenoms)))
    return replace(autre, nom_naissance=nom, prenoms=prenoms, nom_usage="", naissance=une.naissance)


def _homonyme(hasard: random.Random, une: Identite) -> Identite:
    """The same name, born another day; nothing else in common."""
    autre = personne(hasard)
    return replace(une, naissance=autre.naissance, telephone=autre.telephone)


def _epoux(hasard: random.Random, une: Identite) -> Identite:
    autre = personne(hasard)
    return replace(autre, nom_usage=une.nom_naissance, telephone=une.telephone)


def _homonyme_accentue(hasard: random.Random, une: Identite) -> Identite | None:
    autre = _nom(_SONS_A + _FINS_A)(hasard, une)
    return replace(autre, naissance=personne(hasard).naissance, telephone="") if autre else None


def _noms_voisins(hasard: random.Random, une: Identite) -> Identite | None:
    """Frequent names near each other, same first name and same birth date: they do exist."""
    voisins = _couples(
        "Dubois/Dupuis, Martin/Martinez, Bernard/Bertrand, Moreau/Morel, Roux/Rousseau, Leroy/Leroux, "
        "Durand/Dumont, Dufour/Dumas, Robert/Robin, Lambert/Laurent, Lefebvre/Leclerc, Garnier/Fournier, "
        "Nowak/Kowalski, Da Silva/Dos Santos, Delattre/Delannoy, Mercier/Meunier, Duval/Dumas, Girard/Giraud, "
        "Brun/Brunet"
    )
    un, deux = hasard.choice(voisins)
    return replace(une, nom_naissance=deux, nom_usage="", telephone="") if une.nom_naissance == un else None


def _inconnus(hasard: random.Random, une: Identite) -> Identite:
    return personne(hasard)


AUTRES: dict[str, Habitude] = {
    "jumeaux": _autre_prenom,
    "jumeaux aux prénoms voisins": _proche_prenom,
    "frère ou sœur": _fratrie,
    "parent et enfant du même nom": _parent,
    "né le même jour": _meme_jour,
    "homonyme né un autre jour": _homonyme,
    "époux": _epoux,
    "homonyme écrit autrement": _homonyme_accentue,
    "inconnus": _inconnus,
    "noms voisins, même jour": _noms_voisins,
}
"""Two people; even ranks are for tuning, odd ones for the measure."""
