"""Who accompanied the last visit is proposed to the same agent, and answers nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from passdesk.services import agents
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.visite import apprecier, attribuer, garder, ouvrir_visite
from tests.builders import INDEX_LEGER, poste_enrole, visite_accord

DE_SAM = "violon rouge mardi cascade"


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    with poste_enrole(tmp_path) as poste:
        yield poste


def test_the_last_prescripteur_comes_back_to_the_agent_who_named_it(poste: Poste) -> None:
    assert ouvrir_visite(poste).prescripteur is None
    attribuer(poste, visite_accord(poste, prescripteur="mission_locale"))
    seule = visite_accord(poste, nom_naissance="Lefort", accompagnement=False, prescripteur=None, pieces=())
    garder(poste, seule)
    neuve = ouvrir_visite(poste)
    assert (neuve.prescripteur, neuve.accompagnement) == ("mission_locale", None)
    agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    sam = ouvrir_poste(poste.dossier, DE_SAM, poste.horloge, cout_index=INDEX_LEGER)
    assert ouvrir_visite(sam).prescripteur is None
    sam.fermer()


def test_nothing_follows_from_it_before_the_question_is_answered(poste: Poste) -> None:
    attribuer(poste, visite_accord(poste, prescripteur="mission_locale"))
    habitude = ouvrir_visite(poste)
    muette = visite_accord(poste, nom_naissance="Lefort", accompagnement=None, prescripteur=habitude.prescripteur)
    assert "accompagnement" in apprecier(poste, muette).questions
    seule = apprecier(poste, replace(muette, accompagnement=False)).decision
    assert seule is not None and seule.carnets == (5,)
