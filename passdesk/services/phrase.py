"""How long a passphrase would hold against somebody who tries many: said while it is typed, before it protects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

LONGUEUR_PHRASE = 12
"""Characters asked of a passphrase: it is all that stands between a stolen laptop and the files."""

Force = Literal["courte", "facile", "fragile", "bonne", "forte"]
FORCES: tuple[Force, ...] = ("courte", "facile", "fragile", "bonne", "forte")
"""From the weakest. "courte" is refused everywhere; "facile" (found in days on a copied base), where it is chosen."""
_SEUILS: tuple[tuple[float, Force], ...] = ((8, "facile"), (11.5, "fragile"), (15, "bonne"))
"""Below so many tries, as a power of ten. At 250 ms each, 10^8 take one computer ten months, a thousand some hours."""
_ESSAIS_PAR_MOT = 3.7
"""A word that somebody chose is one of some five thousand, whatever its length, as a power of ten."""
_LETTRES_PAR_MOT = 8
_LONGUEUR_PESEE = 72
"""Characters looked at, the limit of zxcvbn; more of them only help."""
_LETTRES_DEGUISEES = frozenset("4@8({[<369!1|0$5+7%2")
_DEGUISEES_MAX, _LONGUEUR_DEGUISEE = 8, 20
"""zxcvbn tries every way of reading such signs as letters: with many kinds of them in a long phrase, fifteen seconds at
each pause of the fingers. A phrase that has more kinds is no word: its beginning says enough, and no more than it."""
_DEVINABLES = (
    *("passdesk", "pass numérique", "france services", "hauts-de-france", "région", "carnet", "guichet", "phrase"),
    *("mot de passe", "motdepasse", "secret", "bonjour", "azerty", "soleil", "doudou", "chouchou", "loulou"),
)


def peser_phrase(phrase: str, connus: Sequence[str] = ()) -> Force:
    """How strong it is. `connus`: what anybody would try first here (the agent's name, the desk's)."""
    if len(phrase) < LONGUEUR_PHRASE:
        return "courte"
    # Its lists of frequent passwords take a sixth of a second: no start of the program pays for them.
    from zxcvbn import zxcvbn

    devinables = [mot for texte in (*connus, *_DEVINABLES) for mot in (texte.lower(), *texte.lower().split())]
    deguisees = len(_LETTRES_DEGUISEES.intersection(phrase[:_LONGUEUR_PESEE]))
    longueur = _LONGUEUR_PESEE if deguisees <= _DEGUISEES_MAX else _LONGUEUR_DEGUISEE
    trouve = float(zxcvbn(phrase[:longueur], user_inputs=devinables)["guesses_log10"])
    essais = min(trouve, _essais_en_francais(phrase))
    return next((force for seuil, force in _SEUILS if essais < seuil), "forte")


def _essais_en_francais(phrase: str) -> float:
    """At most so many, as a power of ten: zxcvbn knows English words only, and takes French ones for drawn letters."""
    suites = re.findall(r"[^\W\d_]+", phrase)
    mots = sum(max(1.0, len(suite) / _LETTRES_PAR_MOT) for suite in suites)
    autres = sum(not signe.isalpha() and not signe.isspace() for signe in phrase)
    return _ESSAIS_PAR_MOT * mots + autres
