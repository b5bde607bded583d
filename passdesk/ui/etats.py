"""How the state of a carnet is said, wherever it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from passdesk.domain.carnet import Etat

IMPRESSION_A_CONFIRMER = "Impression à confirmer"
CONFIRMER_IMPRESSION = "Confirmer l’impression"
"""The fact and the act, by these names wherever they are met: sheets went, and somebody has to say what came out.
Beside the fact, the verb is enough."""
ETATS = {
    Etat.ATTRIBUE: "À imprimer",
    Etat.A_CONFIRMER_IMPRESSION: IMPRESSION_A_CONFIRMER,
    Etat.IMPRIME: "À remettre",
    Etat.REMIS: "Remis",
    Etat.ENTAME: "Entamé",
    Etat.EPUISE: "Épuisé",
    Etat.ANNULE: "Annulé",
    Etat.GACHE: "Gâché",
    Etat.PERDU: "Déclaré perdu",
    Etat.VOLE: "Déclaré volé",
    Etat.RETOURNE: "Rendu au poste",
}


def rangs_de_pass(rangs: Sequence[int]) -> str:
    """ "Pass 6 à 10", "Pass 3", "Pass 2, 5 et 6", as they are numbered on the coupons."""
    tous = sorted(rangs)
    if len(tous) > 2 and tous == list(range(tous[0], tous[-1] + 1)):
        return f"Pass\u00a0{tous[0]} à\u00a0{tous[-1]}"
    *debut, fin = [str(rang) for rang in tous]
    return f"Pass\u00a0{', '.join(debut)} et\u00a0{fin}" if debut else f"Pass\u00a0{fin}"
