"""All the words of *Réunir deux fiches* and of *Séparer à nouveau*, in one place."""

from __future__ import annotations

from passdesk.domain.commune import Communes
from passdesk.domain.francais import telephone
from passdesk.services.fusion import ApercuFusion
from passdesk.services.personnes import FichePersonne, Recherche
from passdesk.ui.personnes.textes import annonce, coordonnees, nom_commune
from passdesk.ui.saisie import date_chiffres

TITRE = "Réunir deux fiches"
REVENIR = "Revenir à la fiche"
RETOUR = "Choisir une autre fiche"
CHERCHER = "Chercher l’autre fiche"
SEMBLABLES = "Fiches qui se ressemblent"
AUCUNE = "Aucune fiche ne ressemble à celle-ci"
AUCUNE_SUITE = "Cherchez l’autre fiche par son nom, sa date de naissance ou son téléphone."
GARDEE = "Fiche gardée"
AUTRE = "Autre fiche"
CHANGER = "Garder plutôt l’autre"
REUNIR = "Réunir les deux fiches"
DEPASSE = "Ensemble, cela fait plus de {plafond}\u00a0pass"
DEPASSE_SUITE = (
    "La Région ouvrira un dossier dans À vérifier, et bloquera les derniers pass au-delà de {plafond}. "
    "Réunissez seulement si c’est bien la même personne."
)
SUITES = (
    "Les pass, les demandes et les accompagnements des deux se liront dans une seule fiche.",
    "Le nom, l’adresse et le téléphone de la fiche gardée restent. Ceux de l’autre ne s’affichent plus.",
    "Pour revenir en arrière\u00a0: «\u00a0Séparer à nouveau\u00a0», dans l’histoire de la fiche gardée.",
)
TITRE_SEPARER = "Séparer à nouveau"
SEPARER = "Séparer les deux fiches"
SUITES_SEPARER = (
    "Chaque fiche retrouve les pass, les demandes et les accompagnements qu’elle avait avant.",
    "Ce qui est arrivé depuis la réunion reste à {garde}.",
    "Un pass bloqué par la Région le reste, jusqu’à ce que son dossier soit traité dans À vérifier.",
)


def combien(recherche: Recherche) -> str:
    """Over the list: what was found, or that these look alike."""
    return annonce(recherche) if recherche.texte.strip() else SEMBLABLES if recherche.trouvees else ""


def comparaison(apercu: ApercuFusion, communes: Communes) -> tuple[tuple[str, str, str], ...]:
    """(label, kept record, other record), what is filled in one of the two at least; "—" where it is not."""
    la, autre = (_valeurs(fiche, communes) for fiche in (apercu.garde, apercu.absorbee))
    noms = dict.fromkeys((*la, *autre))
    return tuple((nom, la.get(nom, "") or "—", autre.get(nom, "") or "—") for nom in noms)


def ensemble(apercu: ApercuFusion) -> str:
    """ "Ensemble : 15 pass reçus"."""
    return f"Ensemble\u00a0: {_pass(apercu.ensemble)}"


def _valeurs(fiche: FichePersonne, communes: Communes) -> dict[str, str]:
    personne = fiche.personne
    faits = {
        "Nom de naissance": personne.nom_naissance,
        "Prénoms": personne.prenoms,
        "Nom d’usage": personne.nom_usage,
        "Naissance": date_chiffres(personne.naissance) if personne.naissance else "",
        "Commune": nom_commune(personne.commune, communes),
        "Téléphone": telephone(personne.telephone),
        **dict(coordonnees(personne, communes)),
        "A reçu": _pass(fiche.recus),
    }
    return {nom: valeur for nom, valeur in faits.items() if valeur}


def _pass(nombre: int) -> str:
    return f"{nombre}\u00a0pass" if nombre else "aucun pass"
