"""What each gesture does to the draft, and how the proofs asked for become rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from passdesk.domain.personne import Personne
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.ui.visite import saisies
from passdesk.ui.visite.pieces import compte, presenter_pieces

JOUR = date(2026, 11, 23)
VIDE = Brouillon("b1", arrivee_le="23/11/2026")
DOMICILE = ("justificatif_domicile", "attestation_hebergement", "attestation_domiciliation")
JEUNE = ((DOMICILE, 3), (("piece_identite",), None), (("attestation_stage", "attestation_mission_locale"), None))


def rang(pieces: tuple[PieceSaisie, ...], type_piece: str, arrivee: date = JOUR, aujourdhui: date = JOUR) -> str:
    brouillon = Brouillon("b1", pieces=pieces)
    for groupe in presenter_pieces(((DOMICILE, 3), (("piece_identite",), None)), brouillon, arrivee, aujourdhui):
        for ligne in groupe.lignes:
            if ligne.type == type_piece:
                return ligne.verdict.texte
    raise AssertionError(type_piece)


def test_taper_une_date_coche_la_piece_vue_aujourd_hui() -> None:
    apres = saisies.dater(VIDE, "justificatif_domicile", "18/1", JOUR)
    assert apres.pieces == (PieceSaisie("justificatif_domicile", True, "18/1", JOUR),)


def test_effacer_la_date_ou_decocher_ne_perd_rien() -> None:
    apres = saisies.dater(VIDE, "justificatif_domicile", "18/10/2026", JOUR)
    decochee = saisies.cocher(apres, "justificatif_domicile", False, JOUR)
    assert decochee.pieces == (PieceSaisie("justificatif_domicile", False, "18/10/2026", None),)
    # Leaving the field again with the same text must not tick the box behind the agent's back.
    assert saisies.dater(decochee, "justificatif_domicile", "18/10/2026", JOUR) == decochee
    assert saisies.dater(apres, "justificatif_domicile", "", JOUR).pieces[0].vue


def test_une_piece_deja_vue_garde_son_jour() -> None:
    hier = date(2026, 11, 22)
    apres = saisies.cocher(VIDE, "piece_identite", True, hier)
    assert saisies.cocher(apres, "piece_identite", True, JOUR).pieces[0].vu_le == hier


def test_un_papier_plus_recent_apporte_un_autre_jour_est_vu_ce_jour_la() -> None:
    arrivee, retour = JOUR, date(2026, 12, 8)
    ancien = saisies.dater(VIDE, "justificatif_domicile", "02/06/2026", arrivee)
    assert rang(ancien.pieces, "justificatif_domicile", arrivee, arrivee) == "Trop ancien"
    # The same row, days later: the old paper is taken for the one that was fetched.
    apporte = saisies.dater(ancien, "justificatif_domicile", "03/12/2026", retour)
    assert rang(apporte.pieces, "justificatif_domicile", arrivee, retour) == "Date acceptée"
    # A slip mended on the paper seen that day leaves its day.
    relu = saisies.dater(ancien, "justificatif_domicile", "02/09/2026", retour)
    assert relu.pieces[0].vu_le == arrivee


def test_nommer_un_prescripteur_repond_oui_et_non_le_retient() -> None:
    apres = saisies.choisir_prescripteur(VIDE, "mission_locale")
    assert apres.accompagnement is True
    non = saisies.choisir_accompagnement(apres, False)
    assert (non.accompagnement, non.prescripteur) == (False, "mission_locale")


def test_la_meme_personne_apporte_son_identite_et_garde_ce_qui_est_neuf() -> None:
    connue = Personne("p1", "Dufresnoy", "Maëlle", date(1987, 4, 12), "59012", "0320000000", "Petit")
    tape = saisies.ecrire_commune(saisies.ecrire(VIDE, "telephone", "06 39 98 00 12"), "Fourmies (59610)", "59249")
    adopte = saisies.c_est_la_meme(tape, connue)
    assert (adopte.personne_id, adopte.naissance, adopte.nom_usage) == ("p1", "12/04/1987", "Petit")
    assert (adopte.commune, adopte.telephone) == ("59249", "06 39 98 00 12")


def test_une_autre_personne_n_est_notee_qu_une_fois() -> None:
    une = saisies.c_est_une_autre(VIDE, "p1")
    assert saisies.c_est_une_autre(une, "p1").autre_personne == ("p1",)


def test_une_autre_personne_ne_l_est_que_de_l_identite_tapee() -> None:
    typee = replace(VIDE, nom_naissance="Du Fresnoy", prenoms="Maelle", naissance="12041987")
    une = saisies.c_est_une_autre(typee, "p1")
    assert saisies.ecrire(une, "telephone", "06 39 98 00 12").autre_personne == ("p1",)
    assert saisies.ecrire(une, "naissance", "12/04/1987").autre_personne == ("p1",), "written otherwise, the same day"
    assert saisies.ecrire(une, "nom_naissance", "DUFRESNOY").autre_personne == ("p1",)
    for champ, texte in (("nom_naissance", "Dufresne"), ("prenoms", "Maëlla"), ("naissance", "12041988")):
        assert saisies.ecrire(une, champ, texte).autre_personne == ()


@pytest.mark.parametrize(
    ("saisie", "texte"),
    [
        (PieceSaisie("justificatif_domicile"), "À apporter"),
        (PieceSaisie("justificatif_domicile", True, "", JOUR), "Date à écrire"),
        (PieceSaisie("justificatif_domicile", True, "31/02/2026", JOUR), "Date à revoir"),
        (PieceSaisie("justificatif_domicile", True, "23/08/2026", JOUR), "Trop ancien"),
        (PieceSaisie("justificatif_domicile", True, "24/08/2026", JOUR), "Moins de 3\u00a0mois"),
        (PieceSaisie("justificatif_domicile", True, "24/11/2026", JOUR), "Date à venir"),
        (PieceSaisie("piece_identite", True, "", JOUR), "Vue"),
    ],
)
def test_chaque_piece_dit_ce_qu_elle_vaut(saisie: PieceSaisie, texte: str) -> None:
    assert rang((saisie,), saisie.type) == texte


def test_une_piece_apportee_plus_tard_vaut_pour_le_jour_d_arrivee() -> None:
    arrivee, plus_tard = date(2026, 9, 1), JOUR
    recente = PieceSaisie("justificatif_domicile", True, "15/11/2026", plus_tard)
    ancienne = PieceSaisie("justificatif_domicile", True, "02/06/2026", plus_tard)
    assert rang((recente,), "justificatif_domicile", arrivee, plus_tard) == "Date acceptée"
    assert rang((ancienne,), "justificatif_domicile", arrivee, plus_tard) == "Moins de 3\u00a0mois"


def test_un_papier_date_apres_l_arrivee_suit_le_reglement() -> None:
    arrivee, vu = date(2026, 9, 1), PieceSaisie("justificatif_domicile", True, "15/11/2026", JOUR)
    for jusqu_au, texte in (("jour_vu", "Date acceptée"), ("arrivee", "Trop récent")):
        (groupe,) = presenter_pieces(((DOMICILE, 3),), Brouillon("b1", pieces=(vu,)), arrivee, JOUR, jusqu_au=jusqu_au)
        assert groupe.lignes[0].verdict.texte == texte


def test_l_identite_d_abord_et_une_seule_des_deux_suffit() -> None:
    groupes = presenter_pieces(JEUNE, VIDE, JOUR, JOUR)
    assert [groupe.lignes[0].type for groupe in groupes] == [
        "piece_identite",
        "justificatif_domicile",
        "attestation_stage",
    ]
    assert [groupe.titre for groupe in groupes] == ["", "", "Une seule des deux suffit"]
    assert compte(groupes) == "0 sur 3"
    stage = saisies.cocher(VIDE, "attestation_stage", True, JOUR)
    groupes = presenter_pieces(JEUNE, stage, JOUR, JOUR)
    assert compte(groupes) == "1 sur 3"
    assert [ligne.verdict.texte for ligne in groupes[2].lignes] == ["Vue", ""]


def test_les_autres_preuves_du_domicile_restent_derriere_leur_lien() -> None:
    groupes = presenter_pieces(JEUNE, VIDE, JOUR, JOUR)
    assert [ligne.type for ligne in groupes[1].secondaires] == list(DOMICILE[1:])
    toutes = presenter_pieces(JEUNE, VIDE, JOUR, JOUR, toutes=True)
    assert "Une seule des trois suffit" in [groupe.titre for groupe in toutes]
    heberge = saisies.dater(VIDE, "attestation_hebergement", "01/11/2026", JOUR)
    groupes = presenter_pieces(JEUNE, heberge, JOUR, JOUR)
    assert next(g for g in groupes if g.lignes[0].type == DOMICILE[0]).satisfait
