"""What the services write in each act, field by field: acts are for ever, and a newer program reads the older ones.

A new field, or a new type of act, is added to `formes_des_actes.json` by hand, with what reads it when it is absent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from passdesk.domain.accompagnement import DUREES, THEMATIQUES, TYPES_LIEU, Accompagnement
from passdesk.domain.carnet import Carnet
from passdesk.protocol import canonique
from passdesk.protocol.evenements import LitigeOuvert
from passdesk.protocol.operations import TypeOperation
from passdesk.server.diffusion import diffuser
from passdesk.services import (
    accompagnements,
    agents,
    carnets,
    effacement,
    fiche,
    fusion,
    impression,
    limitation,
    litiges,
    remise,
    remplacement,
    visite,
)
from passdesk.services.poste import APPAREIL, Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import journal, personnes
from passdesk.storage import poste as identite
from tests.builders import PHRASE, Terrain, terrain, visite_accord

FICHIER = Path(__file__).with_name("formes_des_actes.json")
RESERVES = {"lot.rendre", "demande.completer"}
"""Types written by gestures that this day does not hold."""


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def forme(valeur: Any) -> Any:
    """The kinds of a body's fields; of a list, those of its first member."""
    if isinstance(valeur, dict):
        return {nom: forme(contenu) for nom, contenu in sorted(valeur.items())}
    if isinstance(valeur, list):
        return [forme(valeur[0])] if valeur else []
    return {bool: "oui/non", int: "nombre", str: "texte", bytes: "octets", type(None): "rien"}[type(valeur)]


def fondre(une: Any, autre: Any) -> Any:
    """Both shapes: a field that may be nothing is what it is otherwise; one that may be absent is kept."""
    if isinstance(une, dict) and isinstance(autre, dict):
        return {nom: fondre(une.get(nom, "rien"), autre.get(nom, "rien")) for nom in sorted({*une, *autre})}
    return une if autre in ("rien", []) else autre


def journee(lieu: Terrain, poste: Poste) -> None:
    """A day in which nearly everything happens."""
    imprimante = impression.ImprimanteFichier(poste.dossier / impression.DOSSIER_PAPIER)
    jour = poste.horloge.aujourdhui()

    def imprimer(carnet: Carnet, reponse: impression.Sortie = "tout") -> tuple[str, int, int]:
        impression.mettre_sur_papier(impression.lancer_impression(poste, carnet.campagne, carnet.numero), imprimante)
        impression.repondre(poste, carnet.campagne, carnet.numero, reponse)
        return carnet.personne_id, carnet.campagne, carnet.numero

    def servir(nom: str, reponse: impression.Sortie = "tout", **champs: object) -> tuple[str, int, int]:
        return imprimer(visite.attribuer(poste, visite_accord(poste, nom_naissance=nom, **champs)).carnet, reponse)

    qui, *carnet = servir("Dufresnoy", note="Sourde : parler en face.")
    remise.remettre(poste, *carnet, jour)
    carnets.agir(poste, *carnet, "carnet.declarer_perdu")
    _, *neuf = imprimer(remplacement.remplacer(poste, *carnet).carnet)
    remise.remettre(poste, *neuf, jour)
    for acte in ("carnet.declarer_vole", "carnet.retourner"):
        _, *suivant = servir("Walbecq" if acte.endswith("vole") else "Leleu")
        remise.remettre(poste, *suivant, jour)
        carnets.agir(poste, *suivant, acte)
    servir("Caron", "rien")
    for acte in ("carnet.gacher", "attribution.annuler"):
        _, *suivant = servir("Marchand" if acte.endswith("gacher") else "Fontaine")
        carnets.agir(poste, *suivant, acte, "taché")
    gardee = visite.garder(poste, visite_accord(poste, nom_naissance="Delattre", pieces=()))
    assert gardee is not None
    visite.abandonner(poste, gardee.brouillon_id)
    visite.garder(poste, visite_accord(poste, nom_naissance="Lemaire", commune="75056"))
    personne = personnes.get(poste.base, qui)
    assert personne is not None
    fiche.modifier(poste, replace(personne, telephone="06 39 98 00 77"))
    limitation.limiter(poste, qui, "exactitude")
    limitation.lever_limitation(poste, qui, "corrigee")
    accompagnements.noter(poste, Accompagnement("", qui, jour, DUREES[1], TYPES_LIEU[0], tuple(THEMATIQUES)[:1]))
    autre, *sien = servir("Dufresnois")
    remise.remettre(poste, *sien, jour)
    fusion.fusionner(poste, qui, autre)
    sam = agents.ajouter_agent(poste, "Sam Leroy", "mediateur", PHRASE + " de Sam")
    agents.retirer_agent(poste, sam)
    appareil = identite.lire_texte(poste.base, APPAREIL)
    with lieu.region.magasin.ecrire() as tx:
        diffuser(tx, LitigeOuvert("cas-1", None, 127, (carnet[1],), 5, ("Ailleurs",)), device=appareil)
    synchroniser(poste)
    litiges.noter_vu(poste, "cas-1", "appelé")
    effacement.effacer_personne(poste, qui)


def formes(poste: Poste) -> dict[str, Any]:
    lues: dict[str, Any] = {}
    with poste.base.lecture() as db:
        for operation in journal.operations(db, apres=(0, 0), limite=10_000):
            if operation.corps is not None:
                nom = f"{operation.entete.type} v{operation.entete.v}"
                dite = forme(canonique.decode(operation.corps))
                lues[nom] = fondre(lues[nom], dite) if nom in lues else dite
    return lues


def test_no_act_says_more_or_less_than_it_did(lieu: Terrain, monkeypatch: pytest.MonkeyPatch) -> None:
    poste = lieu.nouveau_poste()
    # Erased, a body tells nothing of its form: it is looked at before.
    vues: dict[str, Any] = {}
    vrai = effacement.effacer_personne

    def regarder(poste: Poste, personne_id: str) -> bool:
        vues.update(formes(poste))
        return vrai(poste, personne_id)

    monkeypatch.setattr(effacement, "effacer_personne", regarder)
    journee(lieu, poste)
    lues = {**formes(poste), **vues}
    assert lues == json.loads(FICHIER.read_text(encoding="utf-8"))
    assert {nom.split()[0] for nom in lues} >= {str(t) for t in TypeOperation} - RESERVES
