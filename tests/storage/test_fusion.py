"""Two records made one, then two again: rows go back, erasures forget each its own, the log tells it all."""

from __future__ import annotations

import pytest

from passdesk.protocol.operations import TAILLE_SEL, Tete, TypeOperation, sceller_operation
from passdesk.storage import personnes, projections
from passdesk.storage.engine import Base
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from tests.storage.gestes import AGENT, accorder, carnet, deposer, recevoir_lot, servir

SEJOUR = {"accompagnement": "s1", "le": "2026-11-20", "duree": 30, "type_lieu": "lieu_activite", "thematiques": ["x"]}


@pytest.fixture
def unies(base: Base) -> Base:
    """`p2`, itself merged with `p3`, is merged into `p1`; each has a carnet, and `p2` an accompaniment."""
    with base.acte(AGENT) as acte:
        acte.inscrire("agent.ajouter", AGENT, {"nom": "Claire Mabille", "role": "mediateur"})
        recevoir_lot(acte)
    for rang in (1, 2, 3):
        servir(base, f"p{rang}", rang, cle=bytes([rang]) * 16)
    with base.acte(AGENT) as acte:
        acte.inscrire("accompagnement.noter", "p2", SEJOUR)
        acte.inscrire("personne.fusionner", "p2", {"absorbee": "p3"})
        acte.inscrire("personne.fusionner", "p1", {"absorbee": "p2"})
    return base


def _separer(base: Base, garde: str = "p1", absorbee: str = "p2") -> None:
    with base.acte(AGENT) as acte:
        acte.inscrire("personne.fusionner", garde, {"absorbee": absorbee, "annule": True}, v=2)


def _a_qui(base: Base, table: str) -> list[str]:
    cle = {"carnet": "numero"}.get(table, f"{table}_id")
    return [ligne[0] for ligne in base.db.execute(f"SELECT personne_id FROM {table} ORDER BY {cle}")]


def test_undone_each_record_has_its_own_again_and_what_came_since_stays(unies: Base) -> None:
    with unies.acte(AGENT) as acte:
        deposer(acte, "p1", "d-depuis")
        accorder(acte, carnet(4), personne_id="p1", attribution="a-depuis", demande="d-depuis")
    assert _a_qui(unies, "carnet") == ["p1"] * 4
    _separer(unies)
    assert _a_qui(unies, "carnet") == ["p1", "p2", "p2", "p1"]
    assert sorted(_a_qui(unies, "demande")) == ["p1", "p1", "p2", "p2"]
    assert sorted(_a_qui(unies, "attribution")) == ["p1", "p1", "p2", "p2"]
    assert _a_qui(unies, "accompagnement") == ["p2"]
    assert verifier_base(unies) == ()
    _separer(unies, "p2", "p3")
    assert _a_qui(unies, "carnet") == ["p1", "p2", "p3", "p1"]
    reconstruire_projections(unies)
    assert _a_qui(unies, "carnet") == ["p1", "p2", "p3", "p1"]
    assert verifier_base(unies) == ()


def test_an_accompaniment_corrected_meanwhile_goes_back_and_each_erasure_forgets_its_own(unies: Base) -> None:
    with unies.acte(AGENT) as acte:
        acte.inscrire("accompagnement.noter", "p2", SEJOUR | {"duree": 45})
    assert _a_qui(unies, "accompagnement") == ["p1"]
    _separer(unies)
    assert _a_qui(unies, "accompagnement") == ["p2"]
    with unies.acte(AGENT) as acte:
        acte.inscrire("personne.effacer", "p1", {"cle": b"k" * 16})
    assert personnes.get(unies, "p1") is None and personnes.get(unies, "p2") is not None
    assert _a_qui(unies, "accompagnement") == ["p2"]
    assert verifier_base(unies) == ()
    with unies.acte(AGENT) as acte:
        acte.inscrire("personne.effacer", "p2", {"cle": b"k" * 16})
    assert _a_qui(unies, "accompagnement") == [] and personnes.get(unies, "p3") is None
    assert verifier_base(unies) == ()
    reconstruire_projections(unies)
    assert verifier_base(unies) == ()


def test_erasing_either_of_two_merged_erases_both(unies: Base) -> None:
    with unies.acte(AGENT) as acte:
        acte.inscrire("personne.effacer", "p1", {"cle": b"k" * 16})
    assert [personnes.get(unies, cle) for cle in ("p1", "p2", "p3")] == [None] * 3
    assert verifier_base(unies) == ()


def test_two_records_that_are_not_merged_cannot_be_separated(unies: Base) -> None:
    with pytest.raises(projections.ActeRefuse):
        _separer(unies, "p1", "p3")
    with pytest.raises(projections.OperationInconnue), unies.acte(AGENT) as acte:
        acte.inscrire("personne.fusionner", "p1", {"absorbee": "p2"}, v=3)
    assert verifier_base(unies) == ()


@pytest.mark.parametrize(
    ("geste", "corps"),
    [
        ("demande.completer", {"commune": "59392", "faits": {"age": 23}}),
        ("demande.abandonner", {}),
        ("justificatif.constater", {"type": "piece_identite", "date": None}),
        ("accompagnement.noter", {"prescripteur": "autre"}),
    ],
)
def test_set_apart_to_be_erased_a_record_goes_with_its_own_whatever_was_gone_on_with_elsewhere(
    unies: Base, geste: str, corps: dict[str, object]
) -> None:
    """`p2` asked for it with `p3`; `p1` keeps all that it had, and `p2`'s request, gone on with there, is nowhere."""
    (demande,) = unies.db.execute("SELECT demande_id FROM demande WHERE origine = 'p2'").fetchone()
    with unies.acte(AGENT) as acte:
        acte.inscrire(geste, "p1", corps | {"demande": demande})
    with unies.acte(AGENT) as acte:
        acte.mettre_a_part("p2", ["p3"])
        acte.inscrire("personne.effacer", "p2", {"cle": b"k" * 16})
    assert [personnes.telle(unies, cle) is None for cle in ("p1", "p2", "p3")] == [False, True, True]
    assert _a_qui(unies, "demande") == ["p1"]
    assert unies.db.table("justificatif").count_where("demande_id IN (?, ?)", ["d-p2", "d-p3"]) == 0
    assert verifier_base(unies) == ()
    reconstruire_projections(unies)
    assert verifier_base(unies) == () and _a_qui(unies, "demande") == ["p1"]


def test_set_apart_alone_a_record_leaves_all_those_that_were_merged_into_it(unies: Base) -> None:
    with unies.acte(AGENT) as acte:
        acte.mettre_a_part("p1", [])
        acte.inscrire("personne.effacer", "p1", {"cle": b"k" * 16})
    assert personnes.telle(unies, "p1") is None
    assert [personnes.get(unies, cle) is not None for cle in ("p2", "p3")] == [True, True]
    assert sorted(set(_a_qui(unies, "demande"))) == ["p2"] and verifier_base(unies) == ()


def test_a_record_does_not_take_in_the_one_that_stands_for_it(unies: Base) -> None:
    """Undone and made the other way round on a branch of which only the end was kept: it is left, and nothing loops."""
    with pytest.raises(projections.ActeRefuse), unies.acte(AGENT) as acte:
        acte.inscrire("personne.fusionner", "p3", {"absorbee": "p1"})
    assert personnes.get(unies, "p3") == personnes.get(unies, "p1") is not None
    branche = sceller_operation(
        Tete(1, 90, b"h" * 32), op_id="op-90", type=TypeOperation.PERSONNE_FUSIONNER, agent_id=AGENT, subject_id="p2",
        wall=1, corps={"absorbee": "p1"}, sel=b"s" * TAILLE_SEL,
    )  # fmt: skip
    with unies.acte(AGENT) as acte:
        assert acte.refaire([branche]) == 0
    assert verifier_base(unies) == ()
