"""An act that the Region kept aside leaves *À vérifier* by itself, once the Region has learned what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from passdesk.server.reception import TYPES_CONNUS
from passdesk.server.reprise import reprendre
from passdesk.services.litiges import a_verifier, compter_a_verifier
from passdesk.services.synchroniser import synchroniser
from passdesk.services.visite import attribuer
from tests.builders import terrain, visite_accord


def test_what_the_region_learned_since_is_no_more_to_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connus = TYPES_CONNUS - {"attribution.accorder"}
    with terrain(tmp_path) as lieu:
        poste = lieu.nouveau_poste()
        monkeypatch.setattr("passdesk.server.reception.TYPES_CONNUS", connus)
        attribuer(poste, visite_accord(poste))
        assert synchroniser(poste).en_attente == 1
        (acte,) = a_verifier(poste).suspens
        assert (acte.genre, acte.raison) == ("attribution.accorder", "type_inconnu")
        monkeypatch.undo()
        assert reprendre(lieu.region) == {"appliquee": 1}
        assert synchroniser(poste).fin == "fini"
        assert (a_verifier(poste).suspens, compter_a_verifier(poste)) == ((), 0)
