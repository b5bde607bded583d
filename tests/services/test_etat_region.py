"""A desk that does not know what it should hears it again: nothing is wiped, nothing is asked, no number comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.evenements import CarnetBloque, IndexAjout, LitigeOuvert
from passdesk.protocol.messages import SyncRequest, decode_request
from passdesk.server import echange
from passdesk.server.diffusion import diffuser
from passdesk.server.index_region import renouveler_index
from passdesk.server.magasin import avancer, ecrire_reglage
from passdesk.server.publication import publier
from passdesk.services import etat_region
from passdesk.services.poste import LOTS_A_LAISSER, Poste, etat_poste, nouvelle_epoque
from passdesk.services.synchroniser import BilanEnvoi, synchroniser
from passdesk.storage import envoi, index_regional, litiges
from passdesk.storage import poste as identite
from passdesk.storage.integrite import verifier_base
from tests.builders import Terrain, terrain

CLE = bytes(range(16))


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def poste(lieu: Terrain) -> Poste:
    """A desk that heard of 900 awards of other desks, a case and a blocked carnet, and agrees with the Region."""
    ouvert = lieu.nouveau_poste()
    appareil = identite.lire_texte(ouvert.base, "appareil")
    with lieu.region.magasin.ecrire() as tx:
        for rang in range(900):
            if rang == 450:
                diffuser(tx, LitigeOuvert("cas-1", None, 127, (3,), 5, ("Ailleurs",)), device=appareil)
                diffuser(tx, CarnetBloque(127, 3, (9, 10), "litige"), device=appareil)
                avancer(tx, "srv_seq", 5_000)
            cle = CLE if rang == 700 else rang.to_bytes(16, "big")
            diffuser(tx, IndexAjout(cle, 5, date(2026, 11, 2), "ailleurs"))
    publier(lieu.region)
    assert synchroniser(ouvert).fin == "fini"
    assert lendemain(ouvert).fin == "fini"
    assert d_accord(ouvert)
    return ouvert


def lendemain(poste: Poste) -> BilanEnvoi:
    """An exchange a day later: everything is worked out anew."""
    assert isinstance(poste.horloge, HorlogeFixe)
    poste.horloge = HorlogeFixe(poste.horloge.maintenant() + timedelta(days=1))
    return synchroniser(poste)


def d_accord(poste: Poste) -> bool:
    return (
        identite.lire_octets(poste.base, etat_region.ETAT_VU) is not None
        and etat_region.ecart_depuis(poste.base) is None
    )


def test_an_exchange_that_brings_nothing_new_says_that_both_agree(poste: Poste) -> None:
    assert etat_region.parle_de_l_etat(poste.base)
    bilan = lendemain(poste)
    assert (bilan.fin, bilan.recus) == ("fini", 0)


@pytest.mark.parametrize(
    ("abimer", "relus"),
    [
        ("DELETE FROM index_regional WHERE cle = x'000102030405060708090a0b0c0d0e0f'", range(100, 452)),
        ("UPDATE index_regional SET pass = 10 WHERE cle = x'000102030405060708090a0b0c0d0e0f'", range(100, 452)),
        ("DELETE FROM nouvelle", range(900, 1000)),
        ("DELETE FROM index_regional", range(900, 1000)),
        ("UPDATE poste SET texte = NULL WHERE nom = 'confiance_entendue'", range(1, 3)),
    ],
)
def test_what_differs_is_heard_again_from_there_and_nothing_else_moves(poste: Poste, abimer: str, relus: range) -> None:
    tete = envoi.tete(poste.base)
    avant, stock = _index(poste), etat_poste(poste).carnets_10
    with poste.base.ecriture() as db:
        db.execute(abimer)
    bilan = lendemain(poste)
    assert bilan.fin == "fini"
    assert bilan.recus in relus
    assert d_accord(poste)
    assert set(avant) <= set(_index(poste))
    assert 5 in [a.nombre for a in index_regional.anterieurs(poste.base, CLE, sauf_poste=None)]
    assert envoi.tete(poste.base) == tete, "no act was made of what was heard twice"
    assert etat_poste(poste).carnets_10 == stock
    assert litiges.get(poste.base, "cas-1") is not None
    assert verifier_base(poste.base) == ()
    assert lendemain(poste).recus == 0


def _index(poste: Poste) -> list[tuple[object, ...]]:
    with poste.base.lecture() as db:
        return db.execute("SELECT cle, pass, le, poste FROM index_regional").fetchall()


def test_an_award_that_the_region_does_not_tell_is_put_aside_and_still_counts(poste: Poste) -> None:
    cle = b"\xff" * 16
    index_regional.ajouter(poste.base, 6_200, cle, 5, date(2026, 11, 3), "ailleurs")
    assert lendemain(poste).fin == "fini"
    assert d_accord(poste)
    assert [a.nombre for a in index_regional.anterieurs(poste.base, cle, sauf_poste=None)] == [5]


def test_what_cannot_be_mended_is_tried_once_a_day_and_work_goes_on(lieu: Terrain, poste: Poste) -> None:
    with lieu.region.magasin.ecrire() as tx:
        tx.faire("UPDATE etat_bloc SET somme = somme + 1 WHERE bloc = 0 AND cible = ''")
    premier = lendemain(poste)
    assert (premier.fin, premier.recus > 800) == ("fini", True)
    assert etat_region.ecart_depuis(poste.base) == poste.horloge.aujourdhui().isoformat()
    assert (synchroniser(poste).recus, synchroniser(poste).fin) == (0, "fini")
    assert lendemain(poste).recus > 800
    with lieu.region.magasin.ecrire() as tx:
        tx.faire("UPDATE etat_bloc SET somme = somme - 1 WHERE bloc = 0 AND cible = ''")
    assert synchroniser(poste).fin == "fini"
    assert d_accord(poste)


def test_a_lot_left_with_an_earlier_epoch_does_not_come_back_by_being_heard_again(poste: Poste) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        nouvelle_epoque(poste, acte, 2)
    assert synchroniser(poste).fin == "fini"
    identite.ecrire_texte(poste.base, LOTS_A_LAISSER, None)
    with poste.base.ecriture() as db:
        db.execute("DELETE FROM lot")
        db.execute("DELETE FROM nouvelle")
    assert lendemain(poste).recus > 800
    assert d_accord(poste)
    assert etat_poste(poste).carnets_10 == 0


def test_after_the_index_was_renewed_both_agree_at_once_by_the_new_keys(lieu: Terrain, poste: Poste) -> None:
    renouveler_index(lieu.region)
    assert lendemain(poste).fin == "fini"
    bilan = lendemain(poste)
    assert (bilan.fin, bilan.recus) == ("fini", 0)
    assert d_accord(poste)
    assert [a.nombre for a in index_regional.anterieurs(poste.base, CLE, sauf_poste=None)] == [5]


def test_a_region_put_back_before_the_index_was_renewed_agrees_too(lieu: Terrain, poste: Poste) -> None:
    # The desk heard of a theft that the Region, put back, knows nothing of.
    with poste.base.ecriture():
        assert index_regional.renouveler(poste.base, [b"oublie" * 5 + b"xx"])
    with lieu.region.magasin.ecrire() as tx:
        ecrire_reglage(tx, "server_epoch", (1 << 52).to_bytes(8, "big"))
    assert lendemain(poste).recus > 800
    for _ in range(2):
        bilan = lendemain(poste)
        assert (bilan.fin, bilan.recus) == ("fini", 0)
        assert d_accord(poste)
    assert [a.nombre for a in index_regional.anterieurs(poste.base, CLE, sauf_poste=None)] == [5]
    # The theft is said again: other secrets, that do not follow.
    renouveler_index(lieu.region)
    assert lendemain(poste).recus > 800
    assert lendemain(poste).recus == 0
    assert d_accord(poste)
    assert [a.nombre for a in index_regional.anterieurs(poste.base, CLE, sauf_poste=None)] == [5]


def test_a_region_that_speaks_the_first_version_is_spoken_to_in_it(
    lieu: Terrain, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    recues: list[int] = []

    def ancienne(octets: bytes) -> SyncRequest:
        demande = decode_request(octets)
        recues.append(demande.version)
        if demande.version > 2:
            raise SaisieRefusee("version_recente")
        return demande

    monkeypatch.setattr(echange, "decode_request", ancienne)
    # Two servers behind one address, one of them older: the other still says that it speaks the second version.
    assert synchroniser(poste).fin == "fini"
    assert recues == [3, 1], "refused, then written again without asking"
    monkeypatch.setattr(echange, "VERSION", 2)
    recues.clear()
    assert synchroniser(poste).fin == "fini"
    assert synchroniser(poste).fin == "fini"
    assert recues == [3, 1, 1], "and then remembered"
    monkeypatch.undo()
    assert synchroniser(poste).fin == "fini"
    assert lendemain(poste).fin == "fini"
    assert etat_region.parle_de_l_etat(poste.base)


@pytest.mark.parametrize("entete", ["", "deux", "-1", "0", "9" * 9, "99", "²"])
def test_a_header_that_anybody_may_write_decides_of_nothing(poste: Poste, entete: str) -> None:
    etat_region.noter_version(poste.base, {"x-passdesk-version": entete})
    assert etat_region.parle_de_l_etat(poste.base) in (True, False)
    assert synchroniser(poste).fin == "fini"


def test_only_the_blocks_that_changed_are_worked_out_again_the_same_day(
    lieu: Terrain, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    vus: list[list[int]] = []
    vrai = etat_region.nouvelles.blocs

    def compter(base: object, largeur: int, rangs: list[int]) -> object:
        vus.append(list(rangs))
        return vrai(base, largeur, rangs)  # type: ignore[arg-type]

    monkeypatch.setattr(etat_region.nouvelles, "blocs", compter)
    synchroniser(poste)
    with lieu.region.magasin.ecrire() as tx:
        diffuser(tx, IndexAjout(CLE, -5, date(2026, 11, 3), "ailleurs"))
    synchroniser(poste)
    assert vus[0] == []
    assert len(vus[1]) == 1
    lendemain(poste)
    assert len(vus[2]) > 1
