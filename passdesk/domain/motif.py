"""The reasons of a decision: the closed list of contracts §2, and what later règlements add to it (decision 0015)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from passdesk.domain.reglement import Exigence, Parametre, Perimetre, Reglement

MOTIFS_ACCORD = ("accompagne_carnet_10", "autonome_carnet_5", "complement_carnet_5")
MOTIFS_REFUS = (
    "domicile_hors_region",
    "age_hors_public",
    "public_ferme",
    "plafond_atteint",
    "complement_non_demande",
    "complement_sans_premier",
    "reserve_epuisee",
)
MOTIFS_INCOMPLET = (
    "justificatif_manquant",
    "justificatif_perime",
    "justificatif_posterieur",
    "identite_incomplete",
)
CODES_CONTRAT = (*MOTIFS_ACCORD, "reglement_anterieur", *MOTIFS_REFUS, *MOTIFS_INCOMPLET)
"""The closed list of contracts §2, in its order: all that the two règlements shipped ever give."""

QUANTITE = "quantite_du_reglement"
REFUS_AJOUTES = (
    "domicile_hors_perimetre",
    "etablissement_non_retenu",
    "delai_non_ecoule",
    "plafond_foyer_atteint",
)
INCOMPLET_AJOUTES = ("etablissement_manquant", "foyer_manquant")
CODES_AJOUTES = (QUANTITE, *REFUS_AJOUTES, *INCOMPLET_AJOUTES, "prescripteur_non_retenu", "derogation")
"""Given only under a règlement that states the clause they come from."""

CODES_MOTIF = (*CODES_CONTRAT, *CODES_AJOUTES)
"""Every reason, in the order in which a decision gives them."""

TOUS_REFUS = (*MOTIFS_REFUS, *REFUS_AJOUTES)
TOUS_INCOMPLET = (*MOTIFS_INCOMPLET, *INCOMPLET_AJOUTES)

DEROGEABLES = (
    "domicile_hors_region",
    "age_hors_public",
    "domicile_hors_perimetre",
    "etablissement_non_retenu",
    "delai_non_ecoule",
    "plafond_foyer_atteint",
)
"""Refusals that a règlement may let somebody lift: never the ten pass of a person, a reserve, or a closed public."""


@dataclass(frozen=True, slots=True)
class Motif:
    """One reason. `article`: the text it rests on; `a_confirmer`: the Region has yet to confirm it.

    `faits` fill the sentence: ISO dates, numbers, proof types parted by spaces (`preuves`); of a paper refused, its
    type (`piece`), its date, and the first day it may be dated (`date_debut`).
    """

    code: str
    article: str
    a_confirmer: bool
    faits: Mapping[str, str] = field(default_factory=dict, repr=False)


def motiver(
    code: str, reglement: Reglement, clause: Parametre[Any] | Exigence | Perimetre, /, **faits: object
) -> Motif:
    """The reason that a clause gives: it rests on the text that the clause names, else on the règlement's title."""
    return Motif(
        code=code,
        article=clause.source or reglement.titre,
        a_confirmer=clause.a_confirmer,
        faits={nom: str(fait) for nom, fait in faits.items()},
    )
