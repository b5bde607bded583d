"""What a Region could only keep is applied once it has learned how: in its place, once, and the desk is told."""

from __future__ import annotations

import pytest

from passdesk.protocol.evenements import ActeRepris, LotAttribue
from passdesk.protocol.scellement import Corps
from passdesk.server.administration import bilan, doter_poste, litiges
from passdesk.server.effets import VERSIONS_CONNUES
from passdesk.server.rappel import montrer_lots
from passdesk.server.reception import TYPES_CONNUS
from passdesk.server.region import Region
from passdesk.server.reprise import en_suspens, reprendre, reprendre_si_neuf
from tests.server.poste_factice import PosteFactice

CLE = b"k" * 16
Dotes = tuple[PosteFactice, PosteFactice]


@pytest.fixture
def ancienne(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A Region that does not know three of the acts yet; undone, it has learned them."""
    apprises = ("attribution.accorder", "personne.modifier", "poste.epoque")
    connus = TYPES_CONNUS - set(apprises)
    monkeypatch.setattr("passdesk.server.reception.TYPES_CONNUS", connus)
    return monkeypatch


def _repris(poste: PosteFactice) -> list[ActeRepris]:
    return [e for e in poste.ecouter() if isinstance(e, ActeRepris)]


def _attributions(region: Region) -> list[tuple[int, str]]:
    with region.magasin.lire() as tx:
        return [(int(n), str(e)) for n, e in tx.toutes("SELECT carnet, etat FROM attribution ORDER BY srv_seq")]


def test_an_act_of_a_type_learned_since_is_applied_in_its_place(
    region: Region, dotes: Dotes, ancienne: pytest.MonkeyPatch
) -> None:
    un, deux = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 1, 10)
    un.ecrire("carnet.gacher", "p1", {"campagne": 12, "numero": 1, "motif": ""})
    un.accorder("p1", 2, 10)
    resultats = [(o.result, o.raison) for o in un.synchroniser().outcomes[1:]]
    inconnu = ("en_attente", "type_inconnu")
    assert resultats == [inconnu, ("en_attente", "inapplicable"), inconnu]
    assert [(a.poste, a.seq, a.type, a.raison) for a in en_suspens(region)] == [
        ("Maison France services de Lens", 2, "attribution.accorder", "type_inconnu"),
        ("Maison France services de Lens", 3, "carnet.gacher", "inapplicable"),
        ("Maison France services de Lens", 4, "attribution.accorder", "type_inconnu"),
    ]
    assert reprendre(region) == {"en_attente": 3}
    un.ecouter()
    ancienne.undo()
    # Meanwhile another desk gave ten to the same person: its award is the later one in the order of the world.
    deux.inscrire("p1", CLE)
    deux.accorder("p1", 11, 10)
    assert deux.synchroniser().outcomes[-1].result == "appliquee"
    assert reprendre(region) == {"appliquee": 2, "litige": 1}
    assert _attributions(region) == [(1, "gache"), (2, "en_vigueur"), (11, "en_vigueur")]
    (litige,) = litiges(region)
    assert [(c.carnet, c.rangs) for c in litige.carnets] == [(1, ()), (11, tuple(range(1, 11)))]
    assert _repris(un) == [
        ActeRepris(1, 2, "litige", litige.litige, None),
        ActeRepris(1, 3, "appliquee", None, None),
        ActeRepris(1, 4, "appliquee", None, None),
    ]
    assert en_suspens(region) == ()
    assert reprendre(region) == {}
    # Sent again, it is what it has become.
    assert [o.result for o in un.synchroniser().outcomes] == ["appliquee", "litige", "appliquee", "appliquee"]


def test_a_newer_form_waits_for_its_version_and_nothing_is_told_before(
    region: Region, dotes: Dotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 1, 10, v=7)
    assert un.synchroniser().outcomes[-1].raison == "version_recente"
    assert reprendre_si_neuf(region) == {"en_attente": 1}
    assert reprendre_si_neuf(region) == {}
    assert _repris(un) == []
    monkeypatch.setitem(VERSIONS_CONNUES, "attribution.accorder", 7)
    assert reprendre_si_neuf(region) == {"appliquee": 1}
    assert _attributions(region) == [(1, "en_vigueur")]


def test_an_older_word_on_how_things_stand_does_not_undo_a_newer_one(
    region: Region, dotes: Dotes, ancienne: pytest.MonkeyPatch
) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.ecrire("personne.modifier", "p1", {"cle": b"z" * 16})
    un.ecrire("poste.epoque", "e", {"epoch": 1})
    un.inscrire("p2", b"m" * 16)
    un.synchroniser()
    ancienne.undo()
    un.ecrire("personne.modifier", "p1", {"cle": b"n" * 16})
    un.synchroniser(5)
    assert reprendre(region) == {"appliquee": 2}
    with region.magasin.lire() as tx:
        cles = {str(sujet): bytes(cle) for sujet, cle in tx.toutes("SELECT sujet, cle FROM sujet")}
    assert cles == {"p1": b"n" * 16, "p2": b"m" * 16}
    assert {lu.lot.etat for lu in montrer_lots(region)} == {"actif"}


def test_a_new_epoch_taken_up_late_leaves_only_the_lots_of_before(
    region: Region, dotes: Dotes, ancienne: pytest.MonkeyPatch
) -> None:
    un, _ = dotes
    un.epoch = 2
    un.ecrire("poste.epoque", "e", {"epoch": 2})
    un.synchroniser()
    neuf = doter_poste(region, un.device, taille=5, carnets=2)
    ancienne.undo()
    assert reprendre(region) == {"appliquee": 1}
    etats = {lu.lot.lot: lu.lot.etat for lu in montrer_lots(region, un.device)}
    assert etats.pop(neuf.lot_id) == "actif"
    assert set(etats.values()) == {"laisse"}


def test_the_value_of_a_lot_that_waited_comes_back(region: Region, dotes: Dotes, ancienne: pytest.MonkeyPatch) -> None:
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 1, 10)
    lot = next(e for e in un.ecouter() if isinstance(e, LotAttribue) and e.taille == 10)
    un.ecrire("lot.rendre", lot.lot, {"lot": lot.lot})
    un.synchroniser()
    assert next(p.rendu for p in bilan(region).pots if p.pot == "general") == 0
    ancienne.undo()
    assert reprendre(region) == {"appliquee": 1}
    assert next(p.rendu for p in bilan(region).pots if p.pot == "general") == 90


def test_what_never_arrived_waits_and_what_was_erased_does_not(
    region: Region, dotes: Dotes, ancienne: pytest.MonkeyPatch
) -> None:
    un, deux = dotes
    un.ecrire("personne.modifier", "p1", {"cle": CLE})
    vide: list[Corps | None] = [None]
    un.synchroniser(corps=vide)
    deux.ecrire("personne.modifier", "p1", {"cle": CLE})
    deux.synchroniser(bodies=b"x" * 50)
    assert [a.raison for a in en_suspens(region)] == ["type_inconnu", "bloc_illisible"]
    ancienne.undo()
    assert reprendre(region) == {"appliquee": 1, "en_attente": 1}
    assert [a.poste for a in en_suspens(region)] == ["Mission locale de Creil"]
