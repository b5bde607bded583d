"""All the words of *À effacer ?*."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from passdesk.domain.francais import date_longue
from passdesk.services.conservation import FicheAncienne, FichesAnciennes
from passdesk.ui.composants import Rangee
from passdesk.ui.messages.donnees import duree
from passdesk.ui.messages.droits import GARDES

TITRE = "À effacer\u00a0?"
RETOUR = "Revenir"
COCHER_TOUT, DECOCHER_TOUT = "Tout cocher", "Tout décocher"
VOIR = "Voir la fiche"
RIEN_COCHE = "Cochez d’abord les fiches concernées\u00a0: la barre d’espace coche celle qui est choisie."
RESERVE = "Un responsable du poste peut effacer ces fiches."
VIDE = "Aucune fiche à effacer"
RAISON = "Pourquoi garder\u00a0?"
LAISSER = "Laisser dans la liste"
RIEN_EFFACER = "Ne rien effacer"
LES_FICHES = "Fiches concernées"
CHOISIR = "Choisir…"
GARDES_OFFERTES = tuple(GARDES.items())


def sens(lues: FichesAnciennes) -> str:
    """What the list is, under its title."""
    dits = [f"Aucun contact depuis {duree(lues.mois)}. Rien ne s’efface sans vous."]
    if lues.retenues:
        pluriel = "s" if lues.retenues > 1 else ""
        servent = "servent" if lues.retenues > 1 else "sert"
        dits.append(
            f"{lues.retenues}\u00a0autre{pluriel} fiche{pluriel} {servent} encore\u00a0: carnet, dossier, visite."
        )
    return " ".join(dits)


def vide(lues: FichesAnciennes) -> str:
    """Under *Aucune fiche à effacer*."""
    return f"Une fiche vient ici après {duree(lues.mois)} sans contact, quand plus rien n’a besoin d’elle."


def rangees(fiches: Sequence[FicheAncienne], cochees: Collection[str], aujourdhui: date) -> list[Rangee]:
    """One row a file, with its tick."""
    return [_rangee(fiche, fiche.personne.personne_id in cochees, aujourdhui) for fiche in fiches]


def _rangee(fiche: FicheAncienne, cochee: bool, aujourdhui: date) -> Rangee:
    naissance = fiche.personne.naissance
    nom = fiche.personne.nom_courant
    titre = f"{nom} · {naissance:%d/%m/%Y}" if naissance else nom
    mois = (aujourdhui.year - fiche.dernier_contact.year) * 12 + aujourdhui.month - fiche.dernier_contact.month
    detail = f"Dernier contact le {date_longue(fiche.dernier_contact)}, il y a {duree(mois)}"
    return Rangee(fiche.personne.personne_id, titre, detail, cochee=cochee)


def acte(verbe: str, nombre: int) -> str:
    """The name of an act on what is ticked: "Effacer 2 fiches cochées…"."""
    pluriel = "s" if nombre > 1 else ""
    return f"{verbe} {nombre}\u00a0fiche{pluriel} cochée{pluriel}…" if nombre else f"{verbe} les fiches cochées…"


def question(verbe: str, noms: Sequence[str]) -> str:
    """Before it is done, with whose file it is; of several, the list of names stands under it."""
    return (
        f"{verbe} {len(noms)}\u00a0fiches\u00a0?"
        if len(noms) > 1
        else f"{verbe} la fiche «\u00a0{noms[0]}\u00a0»\u00a0?"
    )


def consequences(nombre: int, *, relie: bool) -> str:
    """What becomes of what is erased, here and at the Region."""
    qui = "Identités, demandes et papiers" if nombre > 1 else "Identité, demandes et papiers"
    region = ", puis à la Région au prochain envoi" if relie else ""
    return f"{qui} sont effacés ici{region}. Les pass donnés restent comptés, sans nom. On ne revient pas en arrière."


def sens_garde(nombre: int) -> str:
    """What keeping does."""
    if nombre > 1:
        return "Elles ne seront plus proposées avant un an. La raison se lit dans leur histoire."
    return "Elle ne sera plus proposée avant un an. La raison se lit dans son histoire."


def effacees(nombre: int, propre: bool) -> str:
    """Once it is done."""
    dit = f"{nombre}\u00a0fiches sont effacées." if nombre > 1 else "La fiche est effacée."
    return dit if propre else f"{dit} PassDesk finira d’effacer à sa prochaine ouverture."


def gardees(nombre: int) -> str:
    """Once it is done."""
    if nombre > 1:
        return f"{nombre}\u00a0fiches sont gardées. Elles ne seront plus proposées avant un an."
    return "C’est gardé. Cette fiche ne sera plus proposée avant un an."


def compte(nombre: int) -> str:
    """ "12 fiches"."""
    return f"{nombre}\u00a0fiche{'s' if nombre > 1 else ''}"
