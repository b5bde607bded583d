"""All the words of *À rappeler*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from passdesk.domain.francais import date_longue
from passdesk.domain.rappel import IssueAppel
from passdesk.services.rappels import LIMITE, Rappel, Rappels
from passdesk.ui.composants import Rangee
from passdesk.ui.messages.fiche import PREFERENCES

TITRE = "À rappeler"
RETOUR = "Revenir"
VOIR = "Voir la fiche"
REPRENDRE = "Annuler cet appel"
SENS = "Aucun pass utilisé à notre connaissance. Un appel suffit souvent\u00a0: où aller, quel jour, comment réserver."
SUITE = f"Les {LIMITE} plus pressées d’abord."
SANS_NUMERO = "Sans numéro\u00a0: par courrier, ou quand la personne passe"
VIDE = "Aucune personne à rappeler"
VIDE_SUITE = "On vient ici un mois après la remise d’un carnet, puis quand ses pass vont finir."
ACTES: dict[IssueAppel, str] = {
    "jointe": "Personne jointe",
    "sans_reponse": "Pas de réponse",
    "servi": "Déjà utilisés",
}
"""What came of the call; the button of each."""


def sens(lus: Rappels) -> str:
    """What the list is, over it."""
    return f"{SENS} {SUITE}" if lus.suite else SENS


def rangees(rappels: Sequence[Rappel], aujourdhui: date) -> list[Rangee]:
    """One row a person; those who have no number stand apart, after the others."""
    avec, sans = (
        [rangee(rappel, aujourdhui) for rappel in rappels if bool(rappel.personne.telephone) is joignable]
        for joignable in (True, False)
    )
    return [*avec, *([Rangee(SANS_NUMERO, SANS_NUMERO, entete=True)] if sans else []), *sans]


def rangee(rappel: Rappel, aujourdhui: date) -> Rangee:
    """A person: the number to dial first, or the address to write to; then what was handed over and until when it is
    good, once for each day."""
    personne = rappel.personne
    pareils = groupby(rappel.carnets, key=lambda carnet: (carnet.remis_le, carnet.dernier_jour))
    faits = [personne.telephone or personne.courriel or personne.adresse]
    for (remis_le, dernier_jour), carnets in pareils:
        nombre = sum(carnet.taille for carnet in carnets)
        depuis = f" depuis le {_jour(remis_le, aujourdhui)}" if remis_le else ""
        faits.append(f"{nombre}\u00a0pass{depuis}, valables jusqu’au {_jour(dernier_jour, aujourdhui)}")
    if rappel.essai is not None:
        faits.append(f"pas de réponse le {_jour(rappel.essai, aujourdhui)}")
    preference = PREFERENCES.get(personne.preference_contact, "")
    if preference and personne.preference_contact != "telephone":
        faits.append(f"préfère\u00a0: {preference[:1].lower()}{preference[1:]}")
    icone = "phone" if personne.telephone else "user"
    return Rangee(personne.personne_id, personne.nom_courant, " · ".join(filter(None, faits)), icone=icone)


def note(rappel: Rappel, issue: IssueAppel, suite: date | None, aujourdhui: date) -> str:
    """Once a call is noted: about whom, and when to call again."""
    dit = f"{rappel.personne.nom_courant}\u00a0: {'c’est noté' if issue == 'servi' else 'appel noté'}."
    return f"{dit} À rappeler le {_jour(suite, aujourdhui)}." if suite else f"{dit} Plus d’appel à faire."


def repris(rappel: Rappel) -> str:
    """Once a call is taken back."""
    return f"{rappel.personne.nom_courant}\u00a0: appel annulé, encore à rappeler."


def _jour(jour: date, aujourdhui: date) -> str:
    """ "27 février", with its year when it is another one; in one piece."""
    return date_longue(jour).removesuffix(f" {aujourdhui.year}").replace(" ", "\u00a0")
