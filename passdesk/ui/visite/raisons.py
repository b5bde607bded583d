"""Why two records look alike, in plain French."""

from __future__ import annotations

from collections.abc import Sequence

from passdesk.domain.francais import typographie
from passdesk.domain.ressemblance import Indice

_PHRASES = {
    "meme_naissance": "même naissance",
    "naissance_inversee": "jour et mois de naissance échangés",
    "naissance_proche": "dates de naissance presque pareilles",
    "naissance_premier_janvier": "même année de naissance, 1er janvier sur l’une des fiches",
    "naissance_voisine": "dates de naissance voisines",
    "naissance_absente": "une date de naissance manque",
    "naissance_autre": "dates de naissance différentes",
    "memes_noms": "mêmes noms",
    "nom_autrement": "nom écrit autrement\u00a0: {ici} / {la}",
    "nom_usage": "nom de naissance et nom d’usage croisés\u00a0: {ici} / {la}",
    "nom_usage_seul": "même nom d’usage, noms de naissance différents\u00a0: {ici} / {la}",
    "nom_change": "nom différent, changé peut-être\u00a0: {ici} / {la}",
    "noms_inverses": "nom et prénom échangés\u00a0: {ici} / {la}",
    "prenom_autrement": "prénom écrit autrement\u00a0: {ici} / {la}",
    "prenom_forme": "deux formes d’un prénom\u00a0: {ici} / {la}",
    "prenom_abrege": "prénom plus court ou plus long\u00a0: {ici} / {la}",
    "meme_telephone": "même téléphone",
    "meme_courriel": "même adresse électronique",
}


def raisons(indices: Sequence[Indice]) -> str:
    """One sentence: "Même naissance, nom écrit autrement : Walbecq / Valbeck." Empty without reason."""
    # Names are data: what they hold is never read as a form to fill.
    dites = [_PHRASES[i.code].replace("{ici}", i.ici).replace("{la}", i.la) for i in indices]
    phrase = ", ".join(dites)
    return typographie(phrase[:1].upper() + phrase[1:] + ".") if phrase else ""
