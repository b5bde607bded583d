"""The hand-over: only a paper that came out, never tomorrow, never too near the end; then no print file is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from passdesk.domain.carnet import Etat
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.services import impression, visite
from passdesk.services.carnets import agir, fiche_carnet
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import carnets, envoi
from passdesk.storage.integrite import verifier_base
from tests.builders import Terrain, terrain, visite_accord

JOUR = date(2026, 11, 23)
FIN = date(2027, 12, 31)
Numero = tuple[int, int]


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def poste(lieu: Terrain) -> Poste:
    return lieu.nouveau_poste()


def _imprimer(poste: Poste) -> Numero:
    carnet = visite.attribuer(poste, visite_accord(poste)).carnet
    travail = impression.lancer_impression(poste, carnet.campagne, carnet.numero)
    impression.mettre_sur_papier(travail, impression.ImprimanteFichier(poste.dossier / "papier"))
    return carnet.campagne, carnet.numero


def _refus(poste: Poste, numero: Numero, le: date) -> str:
    tete = envoi.tete(poste.base)
    with pytest.raises(SaisieRefusee) as refus:
        remettre(poste, *numero, le)
    assert envoi.tete(poste.base) == tete
    return refus.value.code


def test_only_a_paper_that_came_out_is_handed_over(poste: Poste) -> None:
    numero = _imprimer(poste)
    assert _refus(poste, numero, JOUR) == "carnet_non_imprime"
    impression.repondre(poste, *numero, "rien")
    assert _refus(poste, numero, JOUR) == "carnet_non_imprime"
    assert _refus(poste, (numero[0], 999), JOUR) == "carnet_inconnu"
    assert _refus(poste, (3, numero[1]), JOUR) == "carnet_inconnu"


def test_handed_over_once_and_the_print_file_goes(poste: Poste) -> None:
    numero = _imprimer(poste)
    impression.repondre(poste, *numero, "arrete", 2)
    suite = impression.lancer_impression(poste, *numero, (2, 3))
    impression.mettre_sur_papier(suite, impression.ImprimanteFichier(poste.dossier / "papier"))
    impression.repondre(poste, *numero, "tout")
    autre = poste.dossier / "papier" / "carnet-127-0000999.pdf"
    autre.write_bytes(b"%PDF d'un autre carnet")
    assert len(list(autre.parent.iterdir())) == 3
    assert remettre(poste, *numero, JOUR).etat is Etat.REMIS
    assert list(autre.parent.iterdir()) == [autre]
    assert _refus(poste, numero, JOUR) == "carnet_non_imprime"
    assert verifier_base(poste.base) == ()


@pytest.mark.parametrize(
    ("aujourdhui", "le", "refus"),
    [
        (JOUR, JOUR + timedelta(days=1), "remise_dans_le_futur"),
        (FIN - timedelta(days=14), FIN - timedelta(days=14), "remise_arretee"),
        (FIN + timedelta(days=1), FIN + timedelta(days=1), "carnet_expire"),
        (FIN - timedelta(days=15), FIN - timedelta(days=15), None),
        (FIN, JOUR, None),
        (JOUR, JOUR, None),
    ],
)
def test_the_day_of_the_hand_over(poste: Poste, aujourdhui: date, le: date, refus: str | None) -> None:
    numero = _imprimer(poste)
    impression.repondre(poste, *numero, "tout")
    poste.horloge = HorlogeFixe(datetime(aujourdhui.year, aujourdhui.month, aujourdhui.day, 12, tzinfo=UTC))
    if refus is not None:
        assert _refus(poste, numero, le) == refus
        assert carnets.get(poste.base, *numero).etat is Etat.IMPRIME  # type: ignore[union-attr]
    else:
        assert remettre(poste, *numero, le).remis_le == le


@pytest.mark.parametrize("acte", ["carnet.gacher", "carnet.declarer_perdu", "carnet.declarer_vole", "carnet.retourner"])
def test_a_carnet_voided_meanwhile_is_not_said_to_wait_for_its_paper(poste: Poste, acte: str) -> None:
    """Its hand-over was left open: "say first what came out" leads to giving a paper that is worth nothing."""
    numero = _imprimer(poste)
    impression.repondre(poste, *numero, "tout")
    agir(poste, *numero, acte, "Papier abîmé")
    assert _refus(poste, numero, JOUR) == "carnet_nul"


def test_no_paper_is_made_that_could_not_be_handed_over(poste: Poste) -> None:
    numero = _imprimer(poste)
    dernier = FIN - timedelta(days=15)
    poste.horloge = HorlogeFixe(datetime(dernier.year, dernier.month, dernier.day, 12, tzinfo=UTC))
    impression.repondre(poste, *numero, "rien")
    impression.lancer_impression(poste, *numero)
    impression.repondre(poste, *numero, "rien")
    poste.horloge = HorlogeFixe(datetime(dernier.year, dernier.month, dernier.day + 1, 12, tzinfo=UTC))
    tete = envoi.tete(poste.base)
    with pytest.raises(SaisieRefusee, match="remise_arretee"):
        impression.lancer_impression(poste, *numero)
    assert envoi.tete(poste.base) == tete
    assert "carnet.gacher" in fiche_carnet(poste, *numero).actes, "its value can go back to the Region"


def test_the_region_learns_of_the_hand_over_once(lieu: Terrain, poste: Poste) -> None:
    numero = _imprimer(poste)
    impression.repondre(poste, *numero, "tout")
    remettre(poste, *numero, JOUR)
    for _ in range(2):
        assert synchroniser(poste).fin == "fini"
    with lieu.region.magasin.lire() as tx:
        assert tx.toutes("SELECT carnet, remis FROM attribution") == [(numero[1], 1)]
        (nombre,) = tx.toutes("SELECT count(*) FROM operation WHERE type = 'carnet.remettre'")[0]
    assert nombre == 1


def test_a_hand_over_recorded_stays_so_when_its_file_cannot_be_removed(poste: Poste) -> None:
    """A viewer holds the file, or the program was cut: the act is kept, the file goes the next time."""
    numero = _imprimer(poste)
    impression.repondre(poste, *numero, "tout")
    (papier,) = (poste.dossier / "papier").iterdir()
    papier.unlink()
    papier.mkdir()
    assert remettre(poste, *numero, JOUR).etat is Etat.REMIS
    papier.rmdir()
    papier.write_bytes(b"%PDF")
    suivante = visite.attribuer(poste, visite_accord(poste, nom_naissance="Walbecq")).carnet
    travail = impression.lancer_impression(poste, suivante.campagne, suivante.numero)
    attendu = impression.mettre_sur_papier(travail, impression.ImprimanteFichier(poste.dossier / "papier"))
    impression.ranger_papiers(poste)
    assert list((poste.dossier / "papier").iterdir()) == [attendu]


def test_a_carnet_is_not_handed_over_before_it_was_awarded(poste: Poste) -> None:
    numero = _imprimer(poste)
    impression.repondre(poste, *numero, "tout")
    assert _refus(poste, numero, JOUR - timedelta(days=1)) == "remise_trop_tot"
    assert remettre(poste, *numero, JOUR).remis_le == JOUR


def test_a_carnet_whose_pass_the_region_blocks_is_not_printed(lieu: Terrain) -> None:
    un, deux = lieu.nouveau_poste("Un"), lieu.nouveau_poste("Deux")
    visite.attribuer(un, visite_accord(un))
    tard = visite.attribuer(deux, visite_accord(deux)).carnet
    for poste in (un, deux, deux):
        synchroniser(poste)
    tete = envoi.tete(deux.base)
    with pytest.raises(SaisieRefusee) as refus:
        impression.lancer_impression(deux, tard.campagne, tard.numero)
    assert (refus.value.code, envoi.tete(deux.base)) == ("carnet_bloque", tete)
