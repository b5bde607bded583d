"""All the sentences, by family and by code."""

from __future__ import annotations

from collections.abc import Mapping

from passdesk.ui.messages import (
    agents,
    base,
    commun,
    courrier,
    donnees,
    droits,
    envoi,
    importer,
    lieux,
    motifs,
    papier,
    poste,
    region,
    region_chiffres,
    region_litiges,
    region_lots,
    sauvegarde,
    verdicts,
    visite,
)
from passdesk.ui.messages.modele import Message

FAMILLES: Mapping[str, Mapping[str, Message]] = {
    "commun": commun.MESSAGES,
    "motifs": motifs.MESSAGES,
    "verdicts": verdicts.MESSAGES,
    "base": base.MESSAGES,
    "region": {**region.MESSAGES, **region_litiges.MESSAGES, **region_lots.MESSAGES, **region_chiffres.MESSAGES},
    "envoi": envoi.MESSAGES,
    "courrier": courrier.MESSAGES,
    "visite": visite.MESSAGES,
    "papier": papier.MESSAGES,
    "poste": poste.MESSAGES,
    "importer": importer.MESSAGES,
    "lieux": lieux.MESSAGES,
    "droits": droits.MESSAGES,
    "sauvegarde": sauvegarde.MESSAGES,
    "donnees": donnees.MESSAGES,
    "agents": agents.MESSAGES,
}

MESSAGES: Mapping[str, Message] = {code: texte for famille in FAMILLES.values() for code, texte in famille.items()}
