"""All the words of *À rappeler*."""

from __future__ import annotations

from datetime import date

from passdesk.domain.francais import date_longue
from passdesk.domain.rappel import IssueAppel
from passdesk.services.rappels import LIMITE, Rappel, Rappels
from passdesk.ui.composants import Rangee

TITRE = "À rappeler"
RETOUR = "Revenir"
VOIR = "Voir la fiche"
REPRENDRE = "Annuler cet appel"
SENS = "Aucun pass utilisé à notre connaissance. Un appel suffit souvent\u00a0: où aller, quel jour, comment réserver."
SUITE = f"Les {LIMITE} plus pressées d’abord."
VIDE = "Aucune personne à rappeler"
VIDE_SUITE = "On vient ici un mois après la remise d’un carnet, puis dans le dernier mois de ses pass."
ACTES: dict[IssueAppel, str] = {
    "jointe": "Personne jointe",
    "sans_reponse": "Pas de réponse",
    "servi": "Déjà utilisés",
}
"""What came of the call; the button of each."""
NOTES: dict[IssueAppel, str] = {
    "jointe": "L’appel est noté. Cette personne revient ici dans le dernier mois de ses pass.",
    "sans_reponse": "L’appel est noté. Cette personne revient ici dans une semaine.",
    "servi": "C’est noté\u00a0: ses pass ont servi. Cette personne ne revient plus ici pour ce carnet.",
}
REPRIS = "L’appel est annulé. Cette personne est à rappeler."


def sens(lus: Rappels) -> str:
    """What the list is, over it."""
    return f"{SENS} {SUITE}" if lus.suite else SENS


def rangee(rappel: Rappel, aujourdhui: date) -> Rangee:
    """A person: the number to dial first, then what was handed over, and until when it is good."""
    personne, premier = rappel.personne, rappel.carnets[0]
    assert premier.remis_le is not None
    nombre = sum(carnet.taille for carnet in rappel.carnets)
    faits = [
        personne.telephone,
        f"{nombre}\u00a0pass depuis le {_jour(premier.remis_le, aujourdhui)}",
        f"valables jusqu’au {_jour(premier.dernier_jour, aujourdhui)}",
    ]
    if rappel.essai is not None:
        faits.append(f"pas de réponse le {_jour(rappel.essai, aujourdhui)}")
    return Rangee(personne.personne_id, personne.nom_courant, " · ".join(faits), icone="phone")


def _jour(jour: date, aujourdhui: date) -> str:
    """ "27 février", with its year when it is another one; in one piece."""
    return date_longue(jour).removesuffix(f" {aujourdhui.year}").replace(" ", "\u00a0")
