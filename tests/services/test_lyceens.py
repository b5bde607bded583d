"""The experiment with lycéens: closed today, opened to named schools by a règlement alone, within its reserve."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server import administration
from passdesk.services import visite
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import carnets, demandes
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from tests.builders import Terrain, terrain, visite_accord
from tests.services.lyceens import AUTRE_LYCEE, LYCEE, lyceen, publier


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def doter_lycee(lieu: Terrain, carnets_5: int) -> None:
    administration.doter_poste(lieu.region, "Guichet d’essai", taille=5, carnets=carnets_5, pot="lycee")


def test_lyceens_are_refused_and_the_school_is_not_asked_until_a_reglement_opens_them(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    apercu = visite.apprecier(poste, lyceen(poste, etablissement=""))
    assert apercu.decision is not None
    assert [m.code for m in apercu.decision.motifs] == ["public_ferme"]
    assert (apercu.etablissement_demande, apercu.questions) == (False, ())


def test_a_lyceen_of_a_named_school_is_awarded_from_the_reserve_end_to_end(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    doter_lycee(lieu, 2)
    assert synchroniser(poste).fin == "fini"
    publier(poste)
    generaux = visite.apprecier(poste, visite_accord(poste)).stock
    attribue = visite.attribuer(poste, lyceen(poste))
    assert attribue.carnet.taille == 5
    pots = poste.base.db.execute("SELECT pot FROM carnet").fetchall()
    assert [tuple(pot) for pot in pots] == [("lycee",)]
    assert visite.apprecier(poste, visite_accord(poste, nom_naissance="Autre")).stock == generaux
    assert dict(visite.apprecier(poste, lyceen(poste, nom="Suivant")).stock)[5] == 1

    (suivi,) = carnets.en_attente_de_papier(poste.base)
    demande_id = str(poste.base.db.execute("SELECT demande_id FROM attribution").fetchone()[0])
    deposee = demandes.get(poste.base, demande_id)
    assert suivi.carnet.numero == attribue.carnet.numero
    assert deposee is not None
    assert deposee.etablissement == LYCEE
    reconstruire_projections(poste.base)
    assert verifier_base(poste.base) == ()

    assert synchroniser(poste).fin == "fini"
    with lieu.region.magasin.lire() as tx:
        assert tx.toutes("SELECT taille, pot FROM attribution") == [(5, "lycee")]
        assert tx.toutes("SELECT 1 FROM litige") == []


@pytest.mark.parametrize(
    ("etablissement", "motifs", "questions"),
    [
        (AUTRE_LYCEE, ["etablissement_non_retenu"], ()),
        ("", None, ("etablissement",)),
        ("0590001A", None, ("etablissement",)),
        (" 0590 001f", ["autonome_carnet_5"], ()),
    ],
)
def test_another_school_is_refused_and_one_that_cannot_be_read_is_asked(
    lieu: Terrain, etablissement: str, motifs: list[str] | None, questions: tuple[str, ...]
) -> None:
    poste = lieu.nouveau_poste()
    publier(poste)
    apercu = visite.apprecier(poste, lyceen(poste, etablissement=etablissement))
    assert apercu.etablissement_demande
    assert apercu.questions == questions
    assert (None if apercu.decision is None else [m.code for m in apercu.decision.motifs]) == motifs
    if motifs == ["etablissement_non_retenu"]:
        assert visite.garder(poste, lyceen(poste, etablissement=etablissement)) is None


def test_the_general_stock_never_serves_a_lyceen_and_the_reserve_holds(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    publier(poste)
    assert visite.apprecier(poste, lyceen(poste)).empechement == "reserve_epuisee_lycee"
    with pytest.raises(SaisieRefusee, match="reserve_epuisee_lycee"):
        visite.attribuer(poste, lyceen(poste))
    doter_lycee(lieu, 800)
    with pytest.raises(SaisieRefusee, match="stock_insuffisant") as refus:
        doter_lycee(lieu, 1)
    assert refus.value.faits["reste"] == 0


def test_a_clause_that_a_desk_cannot_hold_alone_is_answered_but_not_awarded(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    doter_lycee(lieu, 2)
    assert synchroniser(poste).fin == "fini"
    publier(poste, ("reserve = {", "reserve_par_etablissement = { valeur = 20, a_confirmer = true }\nreserve = {"))
    assert visite.apprecier(poste, lyceen(poste)).empechement == "reglement_hors_guichet"
    with pytest.raises(SaisieRefusee, match="reglement_hors_guichet"):
        visite.attribuer(poste, lyceen(poste))
    attendu = visite.apprecier(poste, visite_accord(poste))
    assert attendu.empechement is None


@pytest.mark.parametrize("clause", ["plafond_foyer = { valeur = 20", 'delivrance = { valeur = "pass"'])
def test_single_pass_and_households_are_for_the_region_to_award(lieu: Terrain, clause: str) -> None:
    poste = lieu.nouveau_poste()
    codes = ("accompagne_carnet_10", "accompagne_carnet_10", "autonome_carnet_5", "complement_carnet_5")
    sans_motif = [(f'motif = "{code}", ', "") for code in codes]
    publier(poste, *sans_motif, ("plafond = {", f"{clause}, a_confirmer = true }}\nplafond = {{"))
    apercu = visite.apprecier(poste, visite_accord(poste))
    assert apercu.decision is not None
    assert (apercu.decision.issue, apercu.empechement) == ("accord", "reglement_hors_guichet")
