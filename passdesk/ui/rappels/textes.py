"""All the words of *À rappeler*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from passdesk.domain.francais import date_longue
from passdesk.domain.rappel import IssueAppel
from passdesk.services.rappels import LIMITE, Compte, Rappel
from passdesk.ui.composants import Rangee
from passdesk.ui.messages.fiche import PREFERENCES

TITRE = "À rappeler"
RETOUR = "Revenir"
VOIR = "Voir la fiche"
REPRENDRE = "Annuler cet appel"
INUTILISES = "Aucun pass utilisé à notre connaissance."
QUE_DIRE = "où aller, quel jour, comment réserver."
SUITE = f"Les {LIMITE}\u00a0plus pressées d’abord."
SANS_NUMERO = "sans-numero"
"""Key of the row over those who have no number."""
VIDE = "Aucune personne à rappeler"
VIDE_SUITE = "On vient ici un mois après la remise d’un carnet, puis quand ses pass vont finir."
ACTES: dict[IssueAppel, str] = {
    "jointe": "Personne jointe",
    "sans_reponse": "Pas de réponse",
    "servi": "Déjà utilisés",
}
"""What came of the call; the button of each."""


def sens(rappels: Sequence[Rappel], compte: Compte) -> str:
    """What the list is, over it; where those who have no number are, whom a long list hides. `compte`: as it was
    read."""
    sans = sum(not rappel.personne.telephone for rappel in rappels)
    if sans == len(rappels):
        comment = f"Par courrier, ou quand la personne passe\u00a0: {QUE_DIRE}"
        suivis = compte.sans_numero
    else:
        comment = f"Un appel suffit souvent\u00a0: {QUE_DIRE}"
        suivis = compte.joignables
    phrases = [INUTILISES, comment, SUITE if suivis > LIMITE else ""]
    if 0 < sans < len(rappels):
        reste = compte.sans_numero > LIMITE
        sont = "est" if sans == 1 and not reste else "sont"
        qui = personnes_sans_numero(sans, reste=reste)
        phrases.append(f"{qui[:1].upper()}{qui[1:]} {sont} à la fin de la liste (touche\u00a0Fin).")
    return " ".join(filter(None, phrases))


def personnes_sans_numero(nombre: int, *, reste: bool) -> str:
    """How many have none; `reste`: this many, and others. Begins a sentence with a figure, or is inside one."""
    return f"{'plus de ' if reste else ''}{nombre}\u00a0personne{'s' if nombre > 1 or reste else ''} sans numéro"


def que_faire_sans_numero(nombre: int, *, reste: bool) -> str:
    """The same, and what can be done instead of a call."""
    passe = "elles passent" if nombre > 1 or reste else "elle passe"
    return f"{personnes_sans_numero(nombre, reste=reste)}\u00a0: par courrier, ou quand {passe}"


def rangees(rappels: Sequence[Rappel], aujourdhui: date, compte: Compte) -> list[Rangee]:
    """One row a person; those who have no number stand apart, after the others. `compte`: as it was read."""
    avec, sans = (
        [rangee(rappel, aujourdhui) for rappel in rappels if bool(rappel.personne.telephone) is joignable]
        for joignable in (True, False)
    )
    if not sans:
        return avec
    quoi = que_faire_sans_numero(len(sans), reste=compte.sans_numero > LIMITE)
    return [*avec, Rangee(SANS_NUMERO, f"{quoi[:1].upper()}{quoi[1:]}", entete=True), *sans]


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
    appelee = bool(rappel.personne.telephone)
    dit = f"{rappel.personne.nom_courant}\u00a0: {'appel noté' if appelee and issue != 'servi' else 'c’est noté'}."
    if suite is None:
        return f"{dit} Plus d’appel à faire." if appelee else f"{dit} Rien d’autre à faire."
    return f"{dit} {'À rappeler' if appelee else 'À prévenir de nouveau'} le {_jour(suite, aujourdhui)}."


def repris(rappel: Rappel) -> str:
    """Once a call is taken back."""
    quoi = "appel annulé, encore à rappeler" if rappel.personne.telephone else "annulé, encore à prévenir"
    return f"{rappel.personne.nom_courant}\u00a0: {quoi}."


def _jour(jour: date, aujourdhui: date) -> str:
    """ "27 février", with its year when it is another one; in one piece."""
    return date_longue(jour).removesuffix(f" {aujourdhui.year}").replace(" ", "\u00a0")
