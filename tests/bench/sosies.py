"""Two people who look like one: families, homonyms, neighbours in a telephone book.

Even ranks of `AUTRES` tuned the matcher, odd ones measure it (`paires`).
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from passdesk.domain.ressemblance import Identite
from tests.bench.habitudes import FINS_A, SONS_A, Habitude, changer_nom, mal_taper, personne
from tests.bench.noms import NOMS, PRENOMS


def _couples(texte: str) -> tuple[tuple[str, str], ...]:
    """ "a/b, c/d" as couples."""
    couples = (couple.split("/") for couple in texte.split(", "))
    return tuple((un, autre) for un, autre in couples)


def _autre_prenom(hasard: random.Random, une: Identite) -> Identite:
    return replace(une, prenoms=hasard.choice([p for p in PRENOMS if p != une.prenoms.split()[0]]))


def _proche_prenom(hasard: random.Random, une: Identite) -> tuple[Identite, Identite]:
    """Twins with names that rhyme, as parents like them."""
    jumeaux = _couples(
        "Julie/Julien, Léa/Théo, Marion/Manon, Lucas/Luc, Élise/Élisa, Jean/Jeanne, Michel/Michèle, "
        "Daniel/Danielle, Louis/Louise, Émilie/Émilien, Paul/Pauline, Martin/Martine, Antonio/Antonia, "
        "Fatima/Fatiha, Hassan/Hussein, Noé/Noah, Marie-Claude/Marie-Claire, Jean-Luc/Jean-Marc, "
        "Karim/Karima, Mila/Lila, Ayoub/Yacoub, Nina/Lina, Alban/Albane, Mohamed/Mahmoud"
    )
    ici, la = hasard.choice(jumeaux)
    return replace(une, prenoms=ici), replace(une, prenoms=la)


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
    autre = changer_nom(SONS_A + FINS_A)(hasard, une)
    return replace(autre, naissance=personne(hasard).naissance, telephone="") if autre else None


def _noms_voisins(hasard: random.Random, une: Identite) -> tuple[Identite, Identite]:
    """Frequent names near each other, same first name and same birth date: they do exist."""
    voisins = _couples(
        "Dubois/Dupuis, Martin/Martinez, Bernard/Bertrand, Moreau/Morel, Roux/Rousseau, Leroy/Leroux, "
        "Durand/Dumont, Dufour/Dumas, Robert/Robin, Lambert/Laurent, Lefebvre/Leclerc, Garnier/Fournier, "
        "Nowak/Kowalski, Da Silva/Dos Santos, Delattre/Delannoy, Mercier/Meunier, Duval/Dumas, Girard/Giraud, "
        "Brun/Brunet"
    )
    ici, la = hasard.choice(voisins)
    seule = replace(une, nom_usage="", telephone="")
    return replace(seule, nom_naissance=ici), replace(seule, nom_naissance=la)


def _epicenes(hasard: random.Random, une: Identite) -> tuple[Identite, Identite]:
    """Spouses of one first name, or of its two forms, at one telephone."""
    deux = _couples("Camille/Camille, Claude/Claude, Dominique/Dominique, Michel/Michèle, André/Andrée, René/Renée")
    lui, elle = hasard.choice(deux)
    autre = personne(hasard)
    elle_la = replace(autre, prenoms=elle, nom_usage=une.nom_naissance, telephone=une.telephone)
    return replace(une, prenoms=lui), elle_la


def _belles_soeurs(hasard: random.Random, une: Identite) -> Identite | None:
    """The first name and the usage name of somebody who married a brother."""
    if not une.nom_usage:
        return None
    return replace(_homonyme(hasard, une), nom_naissance=hasard.choice(NOMS), nom_usage=une.nom_usage)


def _meme_annee(hasard: random.Random, une: Identite) -> Identite | None:
    """A homonym of the same year, or born the same month some years apart; another telephone."""
    assert une.naissance is not None
    jour = une.naissance
    autre = hasard.choice(
        (date(jour.year, hasard.randrange(1, 13), hasard.randrange(1, 29)), date(jour.year + 4, jour.month, 15))
    )
    return replace(une, naissance=autre, telephone=personne(hasard).telephone)


def _fratrie_meme_jour(hasard: random.Random, une: Identite) -> Identite | None:
    """A sister born on the same day of another year."""
    assert une.naissance is not None
    jour = une.naissance.replace(day=min(une.naissance.day, 28), year=une.naissance.year + hasard.choice((1, 2, 10)))
    return replace(_autre_prenom(hasard, une), naissance=jour)


def _association(hasard: random.Random, une: Identite) -> Identite:
    """Lodged at one place, whose telephone is everybody's, with a first name in common."""
    return replace(personne(hasard), prenoms=une.prenoms, telephone=une.telephone)


def _meme_janvier(hasard: random.Random, une: Identite) -> tuple[Identite, Identite]:
    """Two of one surname whose day of birth nobody knows."""
    assert une.naissance is not None
    jour = une.naissance.replace(day=1, month=1)
    return replace(une, naissance=jour), replace(_autre_prenom(hasard, une), naissance=jour, telephone="")


def _jumeaux_mal_ecrits(hasard: random.Random, une: Identite) -> Identite | None:
    """Twins, one of them mistyped: nothing but the first name tells them apart."""
    nom = mal_taper(hasard, une.nom_naissance)
    return replace(_autre_prenom(hasard, une), nom_naissance=nom) if nom else None


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
    "époux aux prénoms épicènes": _epicenes,
    "belles-sœurs": _belles_soeurs,
    "homonyme de la même année": _meme_annee,
    "frère ou sœur du même jour": _fratrie_meme_jour,
    "même foyer, même prénom": _association,
    "même nom, premier janvier": _meme_janvier,
    "jumeaux mal écrits": _jumeaux_mal_ecrits,
}
"""Two people; even ranks are for tuning, odd ones for the measure."""
