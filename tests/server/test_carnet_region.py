"""What the Region says of one carnet before a person voids it: whose it is, how far it got, whether it is void."""

from __future__ import annotations

from datetime import date

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.carnet_region import CarnetRegion, voir_carnet
from passdesk.server.nullite import annuler
from passdesk.server.publication import annuler_carnet
from passdesk.server.region import Region
from passdesk.server.revocation import revoquer
from tests.server.poste_factice import PosteFactice


def test_a_carnet_is_said_as_the_region_knows_it(region: Region, dotes: tuple[PosteFactice, PosteFactice]) -> None:
    un, deux = dotes
    for carnet, taille in ((1, 10), (21, 5)):
        un.inscrire(f"p{carnet}", None)
        un.accorder(f"p{carnet}", carnet, taille)
    un.ecrire("carnet.remettre", "p1", {"campagne": 12, "numero": 1})
    un.synchroniser()
    jour: date = region.horloge.aujourdhui()
    nom, device = "Maison France services de Lens", un.device
    assert voir_carnet(region, 12, 1) == CarnetRegion(12, 1, device, nom, 10, "en_vigueur", jour, True, (), False)
    assert voir_carnet(region, 12, 2) == CarnetRegion(12, 2, device, nom, 10, "", None, False, (), False)
    annuler_carnet(region, 12, 1)
    with region.magasin.ecrire() as tx:
        annuler(tx, 12, 1, "litige", 3)
    vu = voir_carnet(region, 12, 1)
    assert (vu.nul, vu.litige) == (("annule",), True)
    # The ranks that a stolen key could sign are not of the carnet.
    revoquer(region, device, vol=True)
    assert voir_carnet(region, 12, 21).nul == ()
    assert voir_carnet(region, 12, 2).nul == ("vole",)
    assert voir_carnet(region, 12, 11).device == deux.device
    with pytest.raises(SaisieRefusee, match="carnet_jamais_donne"):
        voir_carnet(region, 12, 5000)
