"""The words of the accompaniments, in one place; places and themes are those of La Coop."""

from __future__ import annotations

from passdesk.domain.accompagnement import Accompagnement
from passdesk.domain.francais import date_longue

TITRE = "Accompagnements"
NOTER = "Noter"
NOTER_LONG = "Noter un accompagnement"
AUCUN = "Aucun accompagnement noté à ce poste."
LE = "Jour"
DUREE = "Durée"
LIEU = "Lieu"
THEME = "Thème"
AUTRE_THEME = "Second thème"
AUCUN_AUTRE = "Aucun"
CHOISIR_THEME = "Choisir un thème"
ENREGISTRER = "Enregistrer"
FERMER = "Fermer sans noter"
RETIRER = "Retirer cet accompagnement"
CORRIGER = "Corriger"

LIEUX = {
    "lieu_activite": "Au guichet",
    "domicile": "Au domicile",
    "a_distance": "À distance",
    "autre": "Autre lieu",
}

THEMATIQUES = {
    "diagnostic_numerique": "Diagnostic numérique",
    "prendre_en_main_du_materiel": "Prendre en main du matériel",
    "maintenance_de_materiel": "Maintenance de matériel",
    "gere_ses_contenus_numeriques": "Gérer ses contenus numériques",
    "navigation_sur_internet": "Navigation sur internet",
    "email": "Courrier électronique",
    "bureautique": "Bureautique",
    "reseaux_sociaux": "Réseaux sociaux",
    "sante": "Santé en ligne",
    "banque_et_achats_en_ligne": "Banque et achats en ligne",
    "entrepreneuriat": "Entrepreneuriat",
    "insertion_professionnelle": "Insertion professionnelle",
    "securite_numerique": "Sécurité numérique",
    "parentalite": "Parentalité",
    "scolarite_et_numerique": "Scolarité et numérique",
    "creer_avec_le_numerique": "Créer avec le numérique",
    "culture_numerique": "Culture numérique",
    "intelligence_artificielle": "Intelligence artificielle",
    "aide_aux_demarches_administratives": "Aide aux démarches administratives",
    "papiers_elections_citoyennete": "Papiers, élections, citoyenneté",
    "famille_scolarite": "Famille et scolarité",
    "social_sante": "Social et santé",
    "travail_formation": "Travail et formation",
    "logement": "Logement",
    "transports_mobilite": "Transports et mobilité",
    "argent_impots": "Argent et impôts",
    "justice": "Justice",
    "etrangers_europe": "Étrangers, Europe",
    "loisirs_sports_culture": "Loisirs, sports et culture",
    "associations": "Associations",
}


def duree(minutes: int) -> str:
    """ "45 min", "1 h", "1 h 30"."""
    heures, reste = divmod(minutes, 60)
    if not heures:
        return f"{reste}\u00a0min"
    return f"{heures}\u00a0h\u00a0{reste:02d}" if reste else f"{heures}\u00a0h"


def raconter(accompagnement: Accompagnement) -> tuple[str, str]:
    """The themes, then "23 novembre 2026 · 30 min · Au guichet"."""
    themes = ", ".join(THEMATIQUES.get(theme, theme) for theme in accompagnement.thematiques)
    lieu = LIEUX.get(accompagnement.type_lieu, accompagnement.type_lieu)
    return themes, f"{date_longue(accompagnement.le)} · {duree(accompagnement.duree)} · {lieu}"
