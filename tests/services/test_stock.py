"""The carnets that a desk can award today: by pot, as far as the lease, the hand-over and the règlement let it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from passdesk.domain.horloge import HorlogeFixe
from passdesk.server import administration
from passdesk.services.poste import campagne_courante, etat_poste
from passdesk.services.stock import StockPot, stocks
from passdesk.services.synchroniser import synchroniser
from passdesk.services.visite import apprecier, attribuer
from passdesk.storage import campagnes, lots
from tests.builders import Terrain, horloge_fixe, terrain, visite_accord
from tests.services.lyceens import lyceen, publier

PLEIN = StockPot("general", ((10, 20), (5, 20)))


@pytest.fixture
def horloge() -> HorlogeFixe:
    return horloge_fixe()


@pytest.fixture
def lieu(tmp_path: Path, horloge: HorlogeFixe) -> Iterator[Terrain]:
    with terrain(tmp_path, horloge) as ouvert:
        yield ouvert


def _reserver(lieu: Terrain, carnets: int) -> None:
    administration.doter_poste(lieu.region, "Guichet d’essai", taille=5, carnets=carnets, pot="lycee")


def test_the_reserve_counts_once_the_reglement_opens_its_public(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    _reserver(lieu, 4)
    synchroniser(poste)
    assert stocks(poste) == (PLEIN,), "nobody may be given them yet"
    publier(poste)
    assert stocks(poste) == (PLEIN, StockPot("lycee", ((5, 4),)))
    attribuer(poste, lyceen(poste))
    attribuer(poste, visite_accord(poste))
    assert stocks(poste) == (StockPot("general", ((10, 19), (5, 20))), StockPot("lycee", ((5, 3),)))


def test_a_reserve_never_received_names_no_size(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    publier(poste)
    assert stocks(poste) == (PLEIN, StockPot("lycee", ()))


def test_a_public_that_this_desk_cannot_serve_has_no_stock_here(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    _reserver(lieu, 4)
    synchroniser(poste)
    par_ecole = "[publics.lyceen]\nreserve_par_etablissement = { valeur = 100, a_confirmer = true }\n"
    publier(poste, ("[publics.lyceen]\n", par_ecole))
    assert [pot.pot for pot in stocks(poste)] == ["general"]


def test_what_waits_for_the_region_and_what_is_over_are_told_apart(lieu: Terrain, horloge: HorlogeFixe) -> None:
    poste = lieu.nouveau_poste()
    campagne = campagne_courante(poste)
    assert campagne is not None
    bail = lots.fin_de_bail(poste.base, campagne.numero)
    assert bail is not None and bail <= campagne.arret_remise
    with poste.base.ecriture() as db:
        db.execute("UPDATE lot SET bail_jusqu_au = ? WHERE taille = 10", [horloge.aujourdhui().isoformat()])
    horloge.instant += timedelta(days=1)
    assert stocks(poste) == (StockPot("general", ((10, 0), (5, 20)), en_attente=20),)
    horloge.instant += campagne.arret_remise - horloge.aujourdhui()
    assert not stocks(poste)[0].arretee, "the last day is a day like another"
    horloge.instant += timedelta(days=1)
    assert stocks(poste) == (StockPot("general", ((10, 0), (5, 0)), arretee=True),)
    horloge.instant += timedelta(days=800)
    assert stocks(poste) == (StockPot("general", ((10, 0), (5, 0))),)


def test_two_campaigns_that_each_have_a_size_are_both_counted_and_both_served(
    lieu: Terrain, horloge: HorlogeFixe
) -> None:
    """Only the one that ends last was looked at: no carnet of 10, said the desk, with twenty of them in its drawer."""
    poste = lieu.nouveau_poste()
    premiere = campagne_courante(poste)
    assert premiere is not None
    suivante = replace(premiere, numero=premiere.numero - 1, dernier_jour=premiere.dernier_jour + timedelta(days=30))
    campagnes.enregistrer(poste.base, suivante)
    with poste.base.ecriture() as db:
        db.execute("UPDATE lot SET campagne = ? WHERE taille = 5", [suivante.numero])
    assert stocks(poste) == (PLEIN,)
    assert (etat_poste(poste).carnets_10, etat_poste(poste).carnets_5) == (20, 20)
    accord = visite_accord(poste)
    assert dict(apprecier(poste, accord).stock) == {5: 20, 10: 20}
    assert apprecier(poste, accord).empechement is None
    assert attribuer(poste, accord).carnet.campagne == premiere.numero
    seule = visite_accord(poste, nom_naissance="Obin", accompagnement=False, prescripteur=None)
    assert attribuer(poste, seule).carnet.campagne == suivante.numero
    horloge.instant += premiere.arret_remise - horloge.aujourdhui() + timedelta(days=1)
    assert dict(stocks(poste)[0].carnets)[10] == 0, "none of a campaign that hands over no more"
