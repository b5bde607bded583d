"""The main job on a real base and a real Region: register, decide, award, print, hand over, send."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.carnet import Etat
from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.visite import PieceSaisie
from passdesk.services import impression, visite
from passdesk.services.poste import etat_poste
from passdesk.services.remise import remettre
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import carnets, demandes, personnes
from passdesk.storage.integrite import verifier_base
from tests.builders import Terrain, terrain, visite_accord
from tests.domain.dossiers import reglement_2


@pytest.fixture
def lieu(tmp_path: Path):
    with terrain(tmp_path) as ouvert:
        yield ouvert


def test_from_the_first_letter_to_the_region(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    brouillon = visite_accord(poste)
    visite.noter(poste, brouillon)
    apercu = visite.apprecier(poste, brouillon)
    assert apercu.decision is not None
    assert (apercu.decision.issue, apercu.decision.carnets, apercu.empechement) == ("accord", (10,), None)

    attribue = visite.attribuer(poste, brouillon)
    assert (attribue.carnet.taille, attribue.carnet.etat) == (10, Etat.ATTRIBUE)
    assert etat_poste(poste).carnets_10 == 19
    (ouverte,) = visite.visites_ouvertes(poste)
    assert (ouverte.etape, ouverte.titre) == ("a_imprimer", "Maëlle Dufresnoy")

    numero = (attribue.carnet.campagne, attribue.carnet.numero)
    travail = impression.lancer_impression(poste, *numero)
    papier = impression.sortir(travail, impression.ImprimanteFichier(poste.dossier / "papier"))
    assert papier.chemin.read_bytes().startswith(b"%PDF")
    assert len(papier.apercus) == 3
    assert impression.repondre(poste, *numero, "tout") == ()
    remis = remettre(poste, *numero, date(2026, 11, 23))
    assert (remis.etat, remis.remis_le) == (Etat.REMIS, date(2026, 11, 23))
    assert not papier.chemin.exists()
    assert visite.visites_ouvertes(poste) == ()

    bilan = synchroniser(poste)
    assert (bilan.fin, bilan.restent, bilan.litiges) == ("fini", 0, 0)
    assert verifier_base(poste.base) == ()


def test_the_same_person_gets_nothing_more_and_the_page_says_why(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    encore = visite_accord(poste, nom_naissance="DUFRESNOY", prenoms="maelle")
    apercu = visite.apprecier(poste, encore)
    assert apercu.decision is not None
    assert apercu.decision.issue == "refus"
    assert [m.code for m in apercu.decision.motifs] == ["plafond_atteint"]
    assert apercu.ressemblances[0].exacte
    assert apercu.ressemblances[0].pass_recus == 10
    with pytest.raises(SaisieRefusee) as refus:
        visite.attribuer(poste, encore)
    assert refus.value.code == "decision_changee"


def test_another_desk_knows_after_both_have_exchanged(lieu: Terrain) -> None:
    un, deux = lieu.nouveau_poste("Un"), lieu.nouveau_poste("Deux")
    visite.attribuer(un, visite_accord(un))
    assert synchroniser(un).restent == 0
    assert synchroniser(deux).recus >= 1
    apercu = visite.apprecier(deux, visite_accord(deux))
    assert apercu.pass_anterieurs == 10
    assert apercu.decision is not None
    assert apercu.decision.issue == "refus"


def test_two_desks_cut_off_open_a_case_and_the_later_carnet_is_blocked(lieu: Terrain) -> None:
    un, deux = lieu.nouveau_poste("Un"), lieu.nouveau_poste("Deux")
    visite.attribuer(un, visite_accord(un))
    tard = visite.attribuer(deux, visite_accord(deux)).carnet
    assert synchroniser(un).litiges == 0
    assert synchroniser(deux).litiges == 1
    synchroniser(deux)
    bloque = carnets.get(deux.base, tard.campagne, tard.numero)
    assert bloque is not None
    assert bloque.rangs_bloques == tuple(range(1, 11))
    assert etat_poste(deux).litiges == 1


def test_an_incomplete_request_keeps_its_day_and_is_completed_later(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    pieces = visite_accord(poste).pieces
    sans = visite_accord(poste, pieces=pieces[:2])
    garde = visite.garder(poste, sans)
    assert garde is not None
    assert garde.demande_id is not None
    assert [v.etape for v in visite.visites_ouvertes(poste)] == ["a_completer"]
    attribue = visite.attribuer(
        poste,
        visite_accord(
            poste, brouillon_id=garde.brouillon_id, personne_id=garde.personne_id, demande_id=garde.demande_id
        ),
    )
    assert attribue.personne.personne_id == garde.personne_id
    assert [v.etape for v in visite.visites_ouvertes(poste)] == ["a_imprimer"]


def test_nothing_is_awarded_beyond_the_lots_of_the_desk(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste(carnets_10=1)
    visite.attribuer(poste, visite_accord(poste))
    suivante = visite_accord(poste, nom_naissance="Autre")
    assert visite.apprecier(poste, suivante).empechement == "reserve_epuisee_10"
    with pytest.raises(SaisieRefusee) as refus:
        visite.attribuer(poste, suivante)
    assert refus.value.code == "reserve_epuisee_10"


@pytest.mark.parametrize(
    ("sortie", "feuille", "a_refaire"),
    [("arrete", 2, (2, 3)), ("rien", None, (1, 2, 3)), ("illisible", None, (1, 2, 3))],
)
def test_paper_that_did_not_come_out_goes_again_with_the_same_numbers(
    lieu: Terrain, tmp_path: Path, sortie: impression.Sortie, feuille: int | None, a_refaire: tuple[int, ...]
) -> None:
    poste = lieu.nouveau_poste()
    carnet = visite.attribuer(poste, visite_accord(poste)).carnet
    numero = (carnet.campagne, carnet.numero)
    premier = impression.lancer_impression(poste, *numero)
    with pytest.raises(SaisieRefusee) as refus:
        impression.lancer_impression(poste, *numero)
    assert refus.value.code == "papier_a_confirmer"
    assert impression.repondre(poste, *numero, sortie, feuille) == a_refaire
    second = impression.lancer_impression(poste, *numero, a_refaire)
    assert second.contenu == premier.contenu
    assert second.feuilles == a_refaire
    assert impression.repondre(poste, *numero, "tout") == ()


def test_a_disk_that_cannot_take_the_sheets_is_said_and_the_question_stays(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    carnet = visite.attribuer(poste, visite_accord(poste)).carnet
    travail = impression.lancer_impression(poste, carnet.campagne, carnet.numero)
    obstacle = tmp_path / "fichier"
    obstacle.write_text("ceci n’est pas un dossier")
    with pytest.raises(PanneAttendue) as panne:
        impression.sortir(travail, impression.ImprimanteFichier(obstacle))
    assert panne.value.code == "papier_non_ecrit"
    assert [v.etape for v in visite.visites_ouvertes(poste)] == ["a_confirmer"]


def test_a_draft_is_found_as_it_was_left(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    brouillon = visite_accord(poste, naissance="12/04/19", commune="", commune_saisie="Four")
    visite.noter(poste, brouillon)
    visite.noter(poste, brouillon)
    assert visite.reprendre(poste, brouillon.brouillon_id) == brouillon
    assert len(visite.visites_ouvertes(poste)) == 1


def test_the_same_visit_pressed_twice_makes_one_carnet(lieu: Terrain) -> None:
    """Names without a Latin letter have no key: nothing but the visit itself tells that it was done."""
    poste = lieu.nouveau_poste()
    brouillon = visite_accord(poste, nom_naissance="Нгуен", prenoms="Анна")
    visite.noter(poste, brouillon)
    visite.attribuer(poste, brouillon)
    with pytest.raises(SaisieRefusee) as refus:
        visite.attribuer(poste, brouillon)
    assert refus.value.code == "visite_terminee"
    assert etat_poste(poste).carnets_10 == 19
    # The last keystroke, saved while the window closes, does not open the visit again.
    visite.noter(poste, brouillon)
    assert [v.etape for v in visite.visites_ouvertes(poste)] == ["a_imprimer"]


def test_a_late_save_of_a_visit_just_recorded_keeps_its_person_and_its_request(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    brouillon = visite_accord(poste, pieces=())
    garde = visite.garder(poste, brouillon)
    assert garde is not None
    visite.noter(poste, replace(brouillon, telephone="06 39 98 00 77"))
    assert visite.reprendre(poste, brouillon.brouillon_id) == replace(garde, telephone="06 39 98 00 77")
    encore = visite.garder(poste, brouillon)
    assert encore is not None
    assert (encore.personne_id, encore.demande_id) == (garde.personne_id, garde.demande_id)
    assert personnes.compter(poste.base) == 1


def test_the_age_told_is_that_of_the_day_on_which_the_reglement_counts_it(
    lieu: Terrain, monkeypatch: pytest.MonkeyPatch
) -> None:
    poste = lieu.nouveau_poste()
    ne = visite_accord(poste, public="senior", naissance="24/11/1966")
    lue = visite.apprecier(poste, ne)
    assert (lue.age, lue.age_au) == (59, None)
    au_31 = reglement_2(('compte_au = { valeur = "arrivee"', 'compte_au = { valeur = "31 décembre"'))
    monkeypatch.setattr(visite, "reglements", lambda _: (au_31,))
    lue = visite.apprecier(poste, ne)
    assert (lue.age, lue.age_au) == (60, date(2026, 12, 31))


def test_a_date_to_mend_on_a_paper_no_longer_asked_for_keeps_nobody_waiting(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    accord = visite_accord(poste, naissance="12/04/1950")
    fausse = PieceSaisie("attestation_france_travail", vue=True, date="31/02/2026")
    chomeur = replace(accord, pieces=(*accord.pieces[:2], fausse))
    assert visite.apprecier(poste, chomeur).erreurs == (("piece.attestation_france_travail", "date_fevrier_31"),)
    # Declared a senior after all: the row of that paper is gone from the page, and its date with it.
    senior = replace(chomeur, public="senior")
    apercu = visite.apprecier(poste, senior)
    assert apercu.erreurs == () and apercu.decision is not None and apercu.decision.issue == "accord"
    attribue = visite.attribuer(poste, senior)
    (demande,) = demandes.par_personne(poste.base, attribue.personne.personne_id)
    assert [vu.type for vu in demande.justificatifs] == ["piece_identite", "justificatif_domicile"]


def test_a_look_alike_served_at_another_desk_holds_the_answer_back(lieu: Terrain) -> None:
    un, deux = lieu.nouveau_poste("Un"), lieu.nouveau_poste("Deux")
    visite.attribuer(un, visite_accord(un))
    # Known here too: a request that was not completed.
    garde = visite.garder(deux, visite_accord(deux, pieces=()))
    assert garde is not None
    assert (synchroniser(un).restent, synchroniser(deux).restent) == (0, 0)
    apercu = visite.apprecier(deux, visite_accord(deux, nom_naissance="Dufresnois"))
    (proche,) = apercu.ressemblances
    assert (proche.personne.personne_id, proche.exacte, proche.pass_recus) == (garde.personne_id, False, 10)
