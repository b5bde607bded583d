"""What the cap of 10 counts when names change, papers are spoiled, records double, or other desks take back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.visite import Brouillon
from passdesk.services import visite
from passdesk.services.poste import APPAREIL, Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import index_regional
from passdesk.storage import poste as identite
from tests.builders import Terrain, terrain, visite_accord

JOUR = date(2026, 11, 20)


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def poste(lieu: Terrain) -> Poste:
    return lieu.nouveau_poste()


def _recus(poste: Poste, brouillon: Brouillon) -> int:
    return visite.apprecier(poste, brouillon).pass_anterieurs


def _dire(poste: Poste, srv_seq: int, brouillon: Brouillon, nombre: int, device: str = "ailleurs") -> None:
    """The Region tells an award to the identity of this draft."""
    cle = poste.cle_de_la_personne(brouillon.nom_naissance, brouillon.prenoms, date(1987, 4, 12))
    assert cle is not None
    index_regional.ajouter(poste.base, srv_seq, cle, nombre, JOUR, device)


@pytest.mark.parametrize(
    "corrige",
    [{"nom_naissance": "Dufrénoy"}, {"prenoms": "Maël"}, {"naissance": "12/04/1978"}],
    ids=["nom", "prenom", "jour"],
)
def test_what_other_desks_gave_still_counts_once_the_identity_is_corrected(
    poste: Poste, corrige: dict[str, str]
) -> None:
    typee = visite_accord(poste)
    _dire(poste, 900, typee, 10)
    assert visite.garder(poste, typee) is None, "10 elsewhere: refused"
    (personne,) = (r.personne for r in visite.apprecier(poste, typee).ressemblances)
    suite = visite.adopter(visite_accord(poste), personne)
    corrigee = replace(suite, **corrige)
    assert _recus(poste, corrigee) == 10
    # Recorded under the new name, and asked for again by it alone.
    assert visite.garder(poste, corrigee) is None
    assert _recus(poste, replace(visite_accord(poste), **corrige)) == 10


def test_an_award_here_counts_once_whatever_the_name_it_was_made_under(poste: Poste) -> None:
    attribue = visite.attribuer(poste, visite_accord(poste))
    synchroniser(poste)
    suite = visite.adopter(visite_accord(poste), attribue.personne)
    assert _recus(poste, suite) == 10
    assert _recus(poste, replace(suite, nom_naissance="Dufrénoy")) == 10
    assert visite.garder(poste, replace(suite, nom_naissance="Dufrénoy")) is None
    synchroniser(poste)
    synchroniser(poste)
    assert _recus(poste, visite_accord(poste, nom_naissance="Dufrénoy")) == 10
    assert _recus(poste, visite_accord(poste)) == 0


def test_what_another_desk_took_back_counts_no_more(poste: Poste) -> None:
    typee = visite_accord(poste)
    _dire(poste, 900, typee, 5)
    _dire(poste, 901, typee, 5, "plus loin")
    assert _recus(poste, typee) == 10
    _dire(poste, 902, typee, -5)
    assert _recus(poste, typee) == 5


def test_a_carnet_spoiled_before_its_hand_over_was_never_received(poste: Poste) -> None:
    attribue = visite.attribuer(poste, visite_accord(poste))
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire(
            "carnet.gacher",
            attribue.personne.personne_id,
            {"campagne": attribue.carnet.campagne, "numero": attribue.carnet.numero, "motif": "bourrage"},
        )
    assert _recus(poste, visite_accord(poste)) == 0
    synchroniser(poste)
    synchroniser(poste)
    assert _recus(poste, visite_accord(poste)) == 0


def test_two_records_of_one_person_here_count_together_and_once(poste: Poste) -> None:
    seul = {"accompagnement": False, "prescripteur": None}
    visite.attribuer(poste, visite_accord(poste, **seul))
    visite.attribuer(poste, visite_accord(poste, **seul, complementaire=True))
    assert _recus(poste, visite_accord(poste)) == 10
    synchroniser(poste)
    synchroniser(poste)
    appareil = identite.lire_texte(poste.base, APPAREIL)
    cle = poste.cle_de_la_personne("Dufresnoy", "Maëlle", date(1987, 4, 12))
    assert appareil is not None
    assert cle is not None
    assert len(index_regional.anterieurs_du_poste(poste.base, cle, appareil)) == 2, "the Region told both"
    assert _recus(poste, visite_accord(poste)) == 10
