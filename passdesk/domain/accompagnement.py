"""What was done with a person beside the pass: when, where, on what, how long; in the words of La Coop."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

TYPES_LIEU = ("lieu_activite", "domicile", "a_distance", "autre")
"""Where it took place, as La Coop de la médiation numérique counts it (its `TypeLieu`, schema of June 2026)."""

DUREES = (15, 30, 45, 60, 90, 120)
"""Minutes offered first (those of La Coop)."""
DUREES_LONGUES = (180, 240, 360)
DUREE_MAX = 12 * 60

THEMATIQUES = (
    "diagnostic_numerique",
    "prendre_en_main_du_materiel",
    "maintenance_de_materiel",
    "gere_ses_contenus_numeriques",
    "navigation_sur_internet",
    "email",
    "bureautique",
    "reseaux_sociaux",
    "sante",
    "banque_et_achats_en_ligne",
    "entrepreneuriat",
    "insertion_professionnelle",
    "securite_numerique",
    "parentalite",
    "scolarite_et_numerique",
    "creer_avec_le_numerique",
    "culture_numerique",
    "intelligence_artificielle",
    "aide_aux_demarches_administratives",
    "papiers_elections_citoyennete",
    "famille_scolarite",
    "social_sante",
    "travail_formation",
    "logement",
    "transports_mobilite",
    "argent_impots",
    "justice",
    "etrangers_europe",
    "loisirs_sports_culture",
    "associations",
)
"""The thirty themes of La Coop, in its order and by its names (its `Thematique`, schema of June 2026)."""


@dataclass(frozen=True, slots=True)
class Accompagnement:
    """One time spent with a person. `duree` in minutes; `commune`: INSEE code when it took place at their home.

    It has no note: what was said stays between them.
    """

    accompagnement_id: str
    personne_id: str
    le: datetime.date
    duree: int
    type_lieu: str
    thematiques: tuple[str, ...]
    commune: str | None = field(default=None, repr=False)
    agent_id: str = ""


@dataclass(frozen=True, slots=True)
class ChoixAccompagnement:
    """What was chosen last at this desk, offered again: place, duration in minutes, themes."""

    type_lieu: str = TYPES_LIEU[0]
    duree: int = DUREES[1]
    thematiques: tuple[str, ...] = ()
