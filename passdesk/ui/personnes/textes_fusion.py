"""All the words of *Réunir deux fiches* and of *Séparer à nouveau*, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field

from passdesk.domain.commune import Communes
from passdesk.domain.francais import telephone
from passdesk.domain.personne import Personne
from passdesk.services.fusion import ApercuFusion
from passdesk.services.personnes import Recherche
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
RIEN = "rien"
REPRIS = "repris de l’autre fiche"
CHANGER = "Garder plutôt l’autre"
REUNIR = "Réunir les deux fiches"
DEPASSE = "Ensemble, cela fait plus de {plafond}\u00a0pass"
DEPASSE_SUITE = (
    "La Région ouvrira un dossier dans À vérifier, et bloquera les derniers pass au-delà de {plafond}. "
    "Réunissez seulement si c’est bien la même personne."
)
SUITES = (
    "Les pass, les demandes et les accompagnements des deux se liront dans une seule fiche.",
    "Ce qui est rempli dans la fiche gardée reste. Ce qui y manque se lit dans l’autre.",
    "Pour revenir en arrière\u00a0: «\u00a0Séparer à nouveau\u00a0», dans l’histoire de la fiche gardée.",
)
TITRE_SEPARER = "Séparer à nouveau"
SEPARER = "Séparer les deux fiches"
AUTRE_VISITE = "Commencer cette visite"
SUITES_SEPARER = (
    "Chaque fiche retrouve les pass, les demandes et les accompagnements qu’elle avait avant.",
    "Ce qui est arrivé depuis la réunion reste à {garde}.",
    "Un pass bloqué par la Région le reste, jusqu’à ce qu’elle décide. Elle saura que les fiches sont séparées.",
)


def combien(recherche: Recherche) -> str:
    """Over the list: what was found, or that these look alike."""
    return annonce(recherche) if recherche.texte.strip() else SEMBLABLES if recherche.trouvees else ""


@dataclass(frozen=True, slots=True)
class Comparaison:
    """One line of both records: what will be read once they are one, what the other says; RIEN where nothing is.

    `repris`: blank in the record kept, it will be read in the other.
    """

    nom: str
    reunie: str = field(repr=False)
    autre: str = field(repr=False)
    repris: bool


def comparaison(apercu: ApercuFusion, communes: Communes) -> tuple[Comparaison, ...]:
    """What is filled in one of the two records at least."""
    garde, autre = (_valeurs(fiche.personne, communes) for fiche in (apercu.garde, apercu.absorbee))
    reunie = _valeurs(apercu.reunie, communes)
    lignes = [
        Comparaison(nom, reunie.get(nom, RIEN), autre.get(nom, RIEN), garde.get(nom) != reunie.get(nom))
        for nom in dict.fromkeys((*reunie, *autre))
    ]
    gardes, autres = (_pass(fiche.recus) for fiche in (apercu.garde, apercu.absorbee))
    return (*lignes, Comparaison("A reçu", gardes, autres, repris=False))


def ensemble(apercu: ApercuFusion) -> str:
    """ "Ensemble : 15 pass reçus"."""
    return f"Ensemble\u00a0: {_pass(apercu.ensemble)}"


def _valeurs(personne: Personne, communes: Communes) -> dict[str, str]:
    faits = {
        "Nom de naissance": personne.nom_naissance,
        "Prénoms": personne.prenoms,
        "Nom d’usage": personne.nom_usage,
        "Naissance": date_chiffres(personne.naissance) if personne.naissance else "",
        "Commune": nom_commune(personne.commune, communes),
        "Téléphone": telephone(personne.telephone),
        **dict(coordonnees(personne, communes)),
    }
    return {nom: valeur for nom, valeur in faits.items() if valeur}


def _pass(nombre: int) -> str:
    return f"{nombre}\u00a0pass" if nombre else "aucun pass"
