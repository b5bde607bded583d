"""Limitation (RGPD, article 18): the file stays in sight, and nothing is added to it until it is lifted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services.fiche import CLE_LIMITATION, cle_de, corps_personne, est_limitee, propre
from passdesk.services.poste import Poste, est_responsable
from passdesk.storage import agents, personnes

MOTIFS = ("exactitude", "opposition", "preuve")
"""Why a file is limited: the person says it is wrong, objects, or needs it kept as a proof (article 18)."""
LEVEES = ("corrigee", "demande", "sans_objet")
"""Why a limitation ends: the file was mended, the person asks, or nothing is left to settle."""


@dataclass(frozen=True, slots=True)
class Limitation:
    """That a file is limited: why (one of MOTIFS), since when, by whom ("" when unknown)."""

    motif: str
    le: date
    agent: str = field(repr=False)


def limitation_de(poste: Poste, personne_id: str) -> Limitation | None:
    """The limitation in force on this person, None when there is none or it was lifted."""
    dit = personnes.derniere_parole(poste.base, personne_id, CLE_LIMITATION)
    if dit is None or "levee" in dit.valeur:
        return None
    agent = agents.get(poste.base, dit.agent_id)
    return Limitation(str(dit.valeur["motif"]), date.fromisoformat(dit.valeur["le"]), agent.nom if agent else "")


def limiter(poste: Poste, personne_id: str, motif: str) -> None:
    """Limits a file; limited already, it stays so.

    Raises SaisieRefusee: "personne_absente", "limitation_sans_motif".
    """
    if motif not in MOTIFS:
        raise SaisieRefusee("limitation_sans_motif")
    if not est_limitee(poste, personne_id):
        _dire(poste, personne_id, {"motif": motif})


def lever_limitation(poste: Poste, personne_id: str, raison: str) -> None:
    """Ends it. Raises SaisieRefusee: "limitation_reservee" (to a *responsable*), "limitation_sans_motif",
    "limitation_absente", "personne_absente"."""
    if not est_responsable(poste):
        raise SaisieRefusee("limitation_reservee")
    if raison not in LEVEES:
        raise SaisieRefusee("limitation_sans_motif")
    if not est_limitee(poste, personne_id):
        raise SaisieRefusee("limitation_absente")
    _dire(poste, personne_id, {"levee": raison})


def _dire(poste: Poste, personne_id: str, dite: Mapping[str, Any]) -> None:
    """In the body of `personne.modifier`, as the notice is (decision 0027): it goes with the person."""
    lue = personnes.get(poste.base, personne_id)
    if lue is None:
        raise SaisieRefusee("personne_absente")
    sienne, ajout = propre(poste, lue)
    corps = {**corps_personne(sienne, cle_de(poste, sienne)), **ajout}
    corps[CLE_LIMITATION] = {**dite, "le": poste.horloge.aujourdhui().isoformat()}
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.modifier", lue.personne_id, corps)
