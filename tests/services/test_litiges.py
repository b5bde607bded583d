"""Cases as the desk sees them: opened by a real Region between two desks, seen, noted, sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.operations import TypeOperation
from passdesk.services.litiges import a_verifier, compter_a_verifier, noter_vu
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.services.visite import attribuer
from passdesk.storage import envoi
from passdesk.storage.envoi import Issue
from tests.builders import terrain, visite_accord


@pytest.fixture
def croises(tmp_path: Path) -> Iterator[tuple[Poste, Poste]]:
    """Two desks that gave ten pass each to one person while offline, then told the Region: first, second."""
    with terrain(tmp_path) as lieu:
        premier = lieu.nouveau_poste("France Services de Fourmies")
        second = lieu.nouveau_poste("Bus de l’Avesnois")
        for poste in (premier, second):
            attribuer(poste, visite_accord(poste))
        for poste in (premier, second, premier):
            assert synchroniser(poste).fin == "fini"
        yield premier, second


def test_both_desks_see_the_same_case_each_with_its_own_carnet(croises: tuple[Poste, Poste]) -> None:
    premier, second = croises
    (cas_premier,), (cas_second,) = a_verifier(premier).ouverts, a_verifier(second).ouverts
    assert cas_premier.litige_id == cas_second.litige_id
    assert (cas_premier.excedent, cas_second.excedent) == (10, 10)
    assert [c.bloques for c in cas_premier.ici] == [0], "the first award stands"
    assert [c.bloques for c in cas_second.ici] == [10], "the later one is blocked"
    assert (cas_premier.nom_poste, cas_premier.postes) == ("France Services de Fourmies", ("Bus de l’Avesnois",))
    assert cas_premier.ailleurs == (cas_second.ici[0].serie,)
    for cas in (cas_premier, cas_second):
        assert cas.personne is not None and cas.personne.nom_complet == "Maëlle Dufresnoy"


def test_a_case_seen_is_noted_once_and_reaches_the_region(croises: tuple[Poste, Poste]) -> None:
    _, second = croises
    (cas,) = a_verifier(second).ouverts
    assert compter_a_verifier(second) == 1
    noter_vu(second, cas.litige_id, "  Carnet  rapporté demain ")
    noter_vu(second, cas.litige_id, "encore")
    vue = a_verifier(second)
    assert vue.ouverts == () and compter_a_verifier(second) == 0
    (vu,) = vue.vus
    assert [(n.texte, n.agent) for n in vu.notes] == [("Carnet rapporté demain", "Claire Mabille")]
    tete = envoi.tete(second.base)
    (derniere,) = envoi.operations_apres(second.base, tete.epoch, tete.seq - 1)
    assert derniere.entete.type == TypeOperation.LITIGE_NOTER
    assert synchroniser(second).restent == 0
    assert a_verifier(second).suspens == ()


def test_an_unknown_case_is_refused_and_changes_nothing(croises: tuple[Poste, Poste]) -> None:
    premier, _ = croises
    avant = envoi.tete(premier.base)
    with pytest.raises(SaisieRefusee) as refus:
        noter_vu(premier, "L999999", "")
    assert refus.value.code == "cas_inconnu"
    assert envoi.tete(premier.base) == avant


def test_acts_kept_aside_are_counted_by_reason_with_their_person(croises: tuple[Poste, Poste]) -> None:
    premier, _ = croises
    tete = envoi.tete(premier.base)
    for recul in (0, 1):
        envoi.noter_issue(premier.base, Issue(tete.epoch, tete.seq - recul, "en_attente", None, "inapplicable"))
    suspens = a_verifier(premier).suspens
    assert [(a.raison, a.personne is not None) for a in suspens] == [("inapplicable", True)] * 2
    assert compter_a_verifier(premier) == 2, "one case, one reason"
