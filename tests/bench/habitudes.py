"""Habits of French desks: how one person comes to be written twice. Each takes a person and gives the other writing.

Even ranks of `MEMES` tuned the matcher, odd ones measure it (`paires`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from passdesk.domain.ressemblance import Identite
from tests.bench.noms import NOMS, PRENOMS

Habitude = Callable[[random.Random, Identite], Identite | tuple[Identite, Identite] | None]
"""The other writing, or both; None when this person cannot be written so."""


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


def changer_nom(couples: tuple[tuple[str, str], ...]) -> Habitude:
    def ecrire(hasard: random.Random, une: Identite) -> Identite | None:
        nom = _remplacer(une.nom_naissance, hasard, couples)
        return replace(une, nom_naissance=nom) if nom else None

    return ecrire


def changer_prenom(couples: tuple[tuple[str, str], ...]) -> Habitude:
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
    "Gérard": "Gégé", "Jacqueline": "Jacquie", "Bernadette": "Bernie", "Mohamed": "Momo", "Alphonse": "Fonse",
    "Marguerite": "Margot", "Abdelkader": "Kader", "Virginie": "Ginie", "Christiane": "Cricri",
}  # fmt: skip


def _court(hasard: random.Random, une: Identite) -> tuple[Identite, Identite]:
    long, court = hasard.choice(list(_COURTS.items()))
    return replace(une, prenoms=long), replace(une, prenoms=court)


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
    ("Khaled", "Khalid"), ("Djamila", "Jamila"), ("Noureddine", "Nordine"), ("Ouarda", "Warda"), ("Zohra", "Zahra"),
    ("Meriem", "Myriam", "Maryam"), ("Slimane", "Souleymane"), ("Oleksandr", "Aleksandr"), ("Yuliia", "Ioulia"),
    ("Krzysztof", "Krysztof"), ("Giuseppe", "Guiseppe"), ("Fatoumata", "Fatumata"), ("Ousmane", "Usmane"),
)  # fmt: skip


def _ailleurs(hasard: random.Random, une: Identite) -> tuple[Identite, Identite]:
    ici, la = hasard.sample(hasard.choice(_AILLEURS), 2)
    return replace(une, prenoms=ici), replace(une, prenoms=la)


_FRANCISES = (
    ("João", "Jean"), ("Giuseppe", "Joseph"), ("Katarzyna", "Catherine"), ("Luís", "Louis"), ("Piotr", "Pierre"),
    ("Giovanni", "Jean"), ("Andrzej", "André"), ("Elżbieta", "Élisabeth"), ("Miguel", "Michel"), ("Pedro", "Pierre"),
)  # fmt: skip


def _francise(hasard: random.Random, une: Identite) -> tuple[Identite, Identite]:
    ici, la = hasard.choice(_FRANCISES)
    return replace(une, prenoms=ici), replace(une, prenoms=la)


def _deux_fautes(hasard: random.Random, une: Identite) -> Identite | None:
    """A wrong date and a name written as heard, as on a bad day."""
    nom = changer_nom(SONS_A)(hasard, une)
    return _date(_jour_mois)(hasard, nom) if nom else None


def _sans_date(hasard: random.Random, une: Identite) -> Identite | None:
    nom = changer_nom(SONS_A + SONS_B)(hasard, une)
    return replace(nom, naissance=None) if nom else None


def _mariee(hasard: random.Random, une: Identite) -> Identite | None:
    """Known by the birth name, comes back under the married name only, with the same telephone."""
    if not une.telephone:
        return None
    return replace(une, nom_naissance=hasard.choice(NOMS), nom_usage="")


def _marie_et_date(hasard: random.Random, une: Identite) -> Identite | None:
    """Comes back under another surname, the year one off, at the same telephone."""
    autre = _mariee(hasard, une)
    return _date(_annee_faux_chiffre)(hasard, autre) if autre else None


def _etat_civil(hasard: random.Random, une: Identite) -> Identite | None:
    """What a form asks for, all typed in one box."""
    if not une.nom_usage:
        return None
    nom, usage = une.nom_naissance, une.nom_usage
    ecrit = hasard.choice((f"{usage} née {nom}", f"{nom} ép. {usage}", f"{nom} épouse {usage}", f"Vve {usage}"))
    return replace(une, nom_naissance=ecrit, nom_usage="")


def _double_inverse(hasard: random.Random, une: Identite) -> Identite | None:
    ecrit = hasard.choice((f"{une.nom_usage}-{une.nom_naissance}", f"{une.nom_usage} {une.nom_naissance}"))
    return replace(une, nom_naissance=ecrit, nom_usage="") if une.nom_usage else None


def _second_usuel(hasard: random.Random, une: Identite) -> Identite | None:
    """Known at the town hall by the first one, called by the second one."""
    return replace(une, prenoms=une.prenoms.split(" ", 1)[1]) if " " in une.prenoms else None


def _premier_janvier(hasard: random.Random, jour: date) -> date:
    """What papers say of a day that nobody knows."""
    return jour.replace(day=1, month=1)


def _jours_voisins(hasard: random.Random, jour: date) -> date:
    """The line above or below of a calendar, another month sometimes."""
    return jour + timedelta(days=hasard.choice((-7, -1, 1, 7)))


def _deux_erreurs(hasard: random.Random, jour: date) -> date:
    return jour.replace(day=jour.day + hasard.choice((-1, 1)), month=jour.month + hasard.choice((-1, 1)))


def _au_telephone(habitude: Habitude) -> Habitude:
    """The same, for somebody who leaves the same telephone."""
    return lambda hasard, une: habitude(hasard, une) if une.telephone else None


def _puis(*habitudes: Habitude) -> Habitude:
    """One slip on top of the other."""

    def ecrire(hasard: random.Random, une: Identite) -> Identite | tuple[Identite, Identite] | None:
        ici, la = une, une
        for rang, habitude in enumerate(habitudes):
            lue = habitude(hasard, la)
            if isinstance(lue, tuple) and rang == 0:
                ici, la = lue
            elif isinstance(lue, Identite):
                la = lue
            else:
                return None
        return ici, la

    return ecrire


_DICTES = (("b", "p"), ("p", "b"), ("d", "t"), ("v", "f"), ("f", "v"), ("g", "c"), ("m", "n"), ("ch", "j"), ("z", "s"))
_LUS = (("rn", "m"), ("u", "n"), ("n", "u"), ("a", "o"), ("o", "a"), ("e", "c"), ("l", "t"), ("i", "l"), ("v", "r"))


def _sans_naissance(hasard: random.Random, une: Identite) -> Identite:
    return replace(une, naissance=None)


SONS_A = (("w", "v"), ("ck", "k"), ("cq", "ck"), ("ph", "f"), ("th", "t"), ("nn", "n"), ("ll", "l"), ("tt", "t"))
SONS_B = (("eau", "au"), ("au", "eau"), ("ai", "è"), ("y", "i"), ("qu", "k"), ("ss", "s"), ("rr", "r"), ("lt", "t"))
FINS_A = (("ont", "ond"), ("and", "ant"), ("ard", "art"), ("ert", "er"), ("et", "ez"))
FINS_B = (("oux", "ou"), ("ault", "aud"), ("aud", "aut"), ("ois", "oi"), ("ier", "ié"), ("ot", "o"), ("ey", "ay"))

MEMES: dict[str, Habitude] = {
    "sans accents, en capitales": _sans_accents,
    "traits d’union": _tirets,
    "particule": _particule,
    "nom d’usage à la place du nom de naissance": _usage_pour_naissance,
    "sons de consonnes": changer_nom(SONS_A),
    "sons de voyelles et lettres doublées": changer_nom(SONS_B),
    "jour et mois échangés": _date(_jour_mois),
    "jour faux": _date(_jour_faux),
    "annee": _date(_annee_faux_chiffre),
    "mois voisin": _date(_mois_faux),
    "nom et prénom échangés": _inverses,
    "nom double": _nom_double,
    "fins muettes": changer_nom(FINS_A),
    "autres fins muettes": changer_nom(FINS_B),
    "prénom court": _court,
    "prénom composé abrégé": _abrege,
    "prénom en consonnes": changer_prenom(SONS_A),
    "prénom en voyelles": changer_prenom(SONS_B),
    "une faute de frappe": _faute,
    "prénom d’ailleurs": _ailleurs,
    "date absente": _sans_date,
    "second prénom": _second_prenom,
    "mariée, même téléphone": _mariee,
    "son et date": _deux_fautes,
    "deux fautes de la main": _deux_mains,
    "prénom mal tapé": _prenom_mal_tape,
    "prénom francisé": _francise,
    "nom dicté": changer_nom(_DICTES),
    "prénom dicté": changer_prenom(_DICTES),
    "nom mal lu": changer_nom(_LUS),
    "prénom mal lu": changer_prenom(_LUS),
    "état civil dans le nom": _etat_civil,
    "noms accolés à l’envers": _double_inverse,
    "second prénom usuel": _second_usuel,
    "premier janvier": _date(_premier_janvier),
    "jours voisins": _date(_jours_voisins),
    "mariée et date, même téléphone": _marie_et_date,
    "deux erreurs de date, même téléphone": _au_telephone(_date(_deux_erreurs)),
    "nom mal tapé et prénom dicté": _puis(_faute, changer_prenom(_DICTES)),
    "nom dicté et prénom mal tapé": _puis(changer_nom(_DICTES), _prenom_mal_tape),
    "nom mal tapé et année": _puis(_faute, _date(_annee_faux_chiffre)),
    "prénom mal lu et mois": _puis(changer_prenom(_LUS), _date(_mois_faux)),
    "prénom d’ailleurs et jour": _puis(_ailleurs, _date(_jour_faux)),
    "prénom d’ailleurs sans date": _puis(_ailleurs, _sans_naissance),
    "prénom deux fois mal tapé, même téléphone": _au_telephone(_puis(_prenom_mal_tape, _prenom_mal_tape)),
    "nom deux fois mal tapé, même téléphone": _au_telephone(_puis(_faute, _faute)),
    "échangés et mal tapé": _puis(_faute, _inverses),
    "prénom court et nom mal tapé": _puis(_court, _faute),
    "usage seul et année": _puis(_usage_pour_naissance, _date(_annee_faux_chiffre)),
    "usage seul et prénom mal tapé": _puis(_usage_pour_naissance, _prenom_mal_tape),
}
"""The same person twice; even ranks are for tuning, odd ones for the measure."""
