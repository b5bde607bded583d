"""A computer whose clock is ten years off, at the desk: the sentences are right, and once it is set nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from passdesk.domain.carnet import Etat
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import Horloge, HorlogeFixe
from passdesk.domain.visite import Brouillon
from passdesk.services import impression, visite
from passdesk.services.carnets import agir
from passdesk.services.horloge_du_poste import HorlogeDouteuse, horloge_douteuse
from passdesk.services.liste_tenue import jour_passe
from passdesk.services.poste import Poste, etat_poste
from passdesk.services.remise import remettre
from passdesk.services.remplacement import remplacer
from passdesk.services.synchroniser import synchroniser
from passdesk.storage.integrite import verifier_base
from tests.builders import MIDI, Terrain, horloge_fixe, terrain, visite_accord

JOUR = date(2026, 11, 23)
PREMIER_DE_10 = 21
"""First number of the lot of 10: the lot of 5 was granted before it."""


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def _en(annee: int) -> Horloge:
    return HorlogeFixe(datetime(annee, 11, 23, 12, tzinfo=UTC))


def _regler(poste: Poste, horloge: Horloge) -> None:
    poste.horloge = poste.base.horloge = horloge


def _papiers_de(annee: int, brouillon: Brouillon) -> Brouillon:
    """The same visit, with papers of that year."""
    pieces = [replace(p, date=p.date.replace("2026", str(annee))) for p in brouillon.pieces]
    return replace(brouillon, pieces=tuple(pieces))


def _refus(poste: Poste, brouillon: Brouillon) -> str:
    with pytest.raises(SaisieRefusee) as trouble:
        visite.attribuer(poste, brouillon)
    return trouble.value.code


def _a_la_region(lieu: Terrain) -> list[tuple[int, int]]:
    with lieu.region.magasin.lire() as tx:
        return [(ligne[0], ligne[1]) for ligne in tx.toutes("SELECT carnet, taille FROM attribution ORDER BY carnet")]


@pytest.mark.parametrize(
    ("annee", "motif", "signale"),
    [(2016, "justificatif_posterieur", ()), (2036, "justificatif_perime", (("arrivee_le", "date_future"),))],
)
def test_papers_of_today_are_doubted_and_the_visit_waits_for_the_right_day(
    lieu: Terrain, annee: int, motif: str, signale: tuple[tuple[str, str], ...]
) -> None:
    poste = lieu.nouveau_poste()
    _regler(poste, _en(annee))
    brouillon = visite_accord(poste)
    visite.noter(poste, brouillon)
    decision = visite.apprecier(poste, brouillon).decision
    assert decision is not None
    assert decision.issue == "incomplet"
    assert [m.code for m in decision.motifs].count(motif) == 2
    assert _refus(poste, brouillon) == "decision_changee"
    assert synchroniser(poste).fin == "fini"
    _regler(poste, horloge_fixe())
    repris = visite.reprendre(poste, brouillon.brouillon_id)
    assert repris is not None
    # The day the request came in was noted by the wrong clock: the agent sees it, and writes the right one.
    assert repris.arrivee_le == f"23/11/{annee}"
    assert visite.apprecier(poste, repris).erreurs == signale
    assert visite.attribuer(poste, replace(repris, arrivee_le="23/11/2026")).carnet.numero == PREMIER_DE_10
    assert synchroniser(poste).fin == "fini"
    assert _a_la_region(lieu) == [(PREMIER_DE_10, 10)]
    assert verifier_base(poste.base) == ()


def test_ten_years_ahead_the_campaign_is_over_and_no_number_is_spent(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    avant = etat_poste(poste)
    _regler(poste, _en(2036))
    brouillon = _papiers_de(2036, visite_accord(poste))
    visite.noter(poste, brouillon)
    assert visite.apprecier(poste, brouillon).empechement == "campagne_absente"
    assert _refus(poste, brouillon) == "campagne_absente"
    assert synchroniser(poste).fin == "fini"
    assert (etat_poste(poste).carnets_5, etat_poste(poste).carnets_10) == (0, 0)
    _regler(poste, horloge_fixe())
    # The last contact was noted by the wrong clock, and told until the next one; all else is as it was.
    assert etat_poste(poste).jours_d_ecart > 3650
    assert replace(etat_poste(poste), dernier_contact=avant.dernier_contact, jours_d_ecart=0) == avant
    assert [ouverte.brouillon_id for ouverte in visite.visites_ouvertes(poste)] == [brouillon.brouillon_id]
    assert visite.attribuer(poste, visite_accord(poste)).carnet.numero == PREMIER_DE_10
    assert verifier_base(poste.base) == ()


def test_ten_years_behind_a_carnet_is_awarded_once_and_handed_over_on_the_right_day(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    _regler(poste, _en(2016))
    carnet = visite.attribuer(poste, _papiers_de(2016, visite_accord(poste))).carnet
    assert synchroniser(poste).fin == "fini"
    _regler(poste, horloge_fixe())
    impression.lancer_impression(poste, carnet.campagne, carnet.numero)
    impression.repondre(poste, carnet.campagne, carnet.numero, "tout")
    assert remettre(poste, carnet.campagne, carnet.numero, JOUR).etat is Etat.REMIS
    assert synchroniser(poste).fin == "fini"
    assert _a_la_region(lieu) == [(carnet.numero, carnet.taille)]
    assert verifier_base(poste.base) == ()


def test_a_carnet_awarded_by_a_clock_that_ran_ahead_is_handed_over_today(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    _regler(poste, HorlogeFixe(datetime(2027, 5, 23, 12, tzinfo=UTC)))
    visite_de_mai = visite_accord(poste)
    pieces = tuple(replace(p, date="10/05/2027" if p.date else "") for p in visite_de_mai.pieces)
    carnet = visite.attribuer(poste, replace(visite_de_mai, arrivee_le="23/05/2027", pieces=pieces)).carnet
    _regler(poste, horloge_fixe())
    impression.lancer_impression(poste, carnet.campagne, carnet.numero)
    impression.repondre(poste, carnet.campagne, carnet.numero, "tout")
    with pytest.raises(SaisieRefusee, match="remise_trop_tot"):
        remettre(poste, carnet.campagne, carnet.numero, JOUR - timedelta(days=1))
    # Neither the day of the award, in six months, nor today was taken: the person left without it, or without a trace.
    assert remettre(poste, carnet.campagne, carnet.numero, JOUR).remis_le == JOUR
    assert synchroniser(poste).fin == "fini"
    assert verifier_base(poste.base) == ()


@pytest.mark.parametrize(("annee", "refus"), [(2016, "remise_trop_tot"), (2036, "carnet_expire")])
def test_a_carnet_on_paper_is_not_handed_over_on_a_wrong_day(lieu: Terrain, annee: int, refus: str) -> None:
    poste = lieu.nouveau_poste()
    carnet = visite.attribuer(poste, visite_accord(poste)).carnet
    impression.lancer_impression(poste, carnet.campagne, carnet.numero)
    impression.repondre(poste, carnet.campagne, carnet.numero, "tout")
    _regler(poste, _en(annee))
    with pytest.raises(SaisieRefusee) as trouble:
        remettre(poste, carnet.campagne, carnet.numero, poste.horloge.aujourdhui())
    assert trouble.value.code == refus
    _regler(poste, horloge_fixe())
    assert remettre(poste, carnet.campagne, carnet.numero, JOUR).etat is Etat.REMIS
    assert synchroniser(poste).fin == "fini"
    assert verifier_base(poste.base) == ()


@pytest.mark.parametrize(("annee", "refus"), [(2016, ""), (2036, "remise_arretee")])
def test_a_lost_carnet_is_replaced_once_whatever_the_clock_said(lieu: Terrain, annee: int, refus: str) -> None:
    poste = lieu.nouveau_poste()
    perdu = visite.attribuer(poste, visite_accord(poste)).carnet
    numero = (perdu.campagne, perdu.numero)
    impression.lancer_impression(poste, *numero)
    impression.repondre(poste, *numero, "tout")
    remettre(poste, *numero, JOUR)
    _regler(poste, _en(annee))
    agir(poste, *numero, "carnet.declarer_perdu")
    if refus:
        with pytest.raises(SaisieRefusee) as trouble:
            remplacer(poste, *numero)
        assert trouble.value.code == refus
        _regler(poste, horloge_fixe())
    nouveau = remplacer(poste, *numero).carnet
    _regler(poste, horloge_fixe())
    with pytest.raises(SaisieRefusee) as encore:
        remplacer(poste, *numero)
    assert encore.value.code == "acte_impossible"
    impression.lancer_impression(poste, nouveau.campagne, nouveau.numero)
    impression.repondre(poste, nouveau.campagne, nouveau.numero, "tout")
    assert remettre(poste, nouveau.campagne, nouveau.numero, JOUR).etat is Etat.REMIS
    assert synchroniser(poste).fin == "fini"
    assert _a_la_region(lieu) == [(PREMIER_DE_10, 10), (PREMIER_DE_10 + 1, 10)]
    assert verifier_base(poste.base) == ()


@pytest.mark.parametrize(
    ("ecart", "jours"), [(timedelta(hours=47), 0), (timedelta(days=-3652), 3652), (timedelta(days=9), 9)]
)
def test_a_clock_far_from_the_region_s_is_told_until_it_is_set(tmp_path: Path, ecart: timedelta, jours: int) -> None:
    with terrain(tmp_path) as lieu:
        poste = lieu.nouveau_poste()
        poste.horloge = HorlogeFixe(MIDI + ecart)
        assert synchroniser(poste).fin == "fini"
        assert etat_poste(poste).jours_d_ecart == jours
        poste.horloge = HorlogeFixe(MIDI)
        assert synchroniser(poste).fin == "fini"
        assert etat_poste(poste).jours_d_ecart == 0


def test_offline_a_clock_before_the_last_act_is_told(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    assert horloge_douteuse(poste) is None
    visite.garder(poste, visite_accord(poste, pieces=()))
    _regler(poste, HorlogeFixe(MIDI - timedelta(days=2)))
    assert horloge_douteuse(poste) is None
    _regler(poste, HorlogeFixe(MIDI - timedelta(days=267)))
    assert horloge_douteuse(poste) == HorlogeDouteuse(0, date(2026, 3, 1), JOUR)
    assert etat_poste(poste).jours_d_ecart == 0, "the last exchange, before the battery went flat, found it right"
    _regler(poste, horloge_fixe())
    assert horloge_douteuse(poste) is None


def test_what_the_region_signed_is_a_day_gone_by_too(lieu: Terrain) -> None:
    """Acts recorded by the clock that is behind do not hush it."""
    poste = lieu.nouveau_poste()
    signe = jour_passe(poste.base)
    _regler(poste, HorlogeFixe(MIDI - timedelta(days=267)))
    visite.garder(poste, visite_accord(poste, pieces=()))
    assert horloge_douteuse(poste) == HorlogeDouteuse(0, date(2026, 3, 1), signe)


def test_a_clock_that_ran_ahead_leaves_a_doubt_that_the_next_act_ends(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    _regler(poste, _en(2036))
    visite.garder(poste, replace(visite_accord(poste), pieces=()))
    _regler(poste, horloge_fixe())
    assert horloge_douteuse(poste) == HorlogeDouteuse(0, JOUR, date(2036, 11, 23))
    visite.garder(poste, replace(visite_accord(poste, nom_naissance="Walbecq"), pieces=()))
    assert horloge_douteuse(poste) is None
