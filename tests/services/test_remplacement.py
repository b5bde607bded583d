"""A carnet lost, stolen or damaged: void first, another of new numbers, nothing more for the person (protocol §3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.francais import ESPACE
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.evenements import CarnetBloque
from passdesk.services.carnets import agir, fiche_carnet
from passdesk.services.decision import decision_du_carnet
from passdesk.services.histoire import histoire_carnet
from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier, lancer_impression, repondre, sortir
from passdesk.services.lettre_carnet import dessiner_lettre_carnet, lettre_du_carnet
from passdesk.services.poste import Poste
from passdesk.services.remise import annuler_remise, remettre
from passdesk.services.remplacement import remplacer
from passdesk.services.visite import apprecier, attribuer, ouvrir_visite
from passdesk.storage import carnets, demandes, evenements, integrite
from tests.builders import visite_accord
from tests.printing.fabrique import textes_du_pdf
from tests.ui.guichet import poste_hors_ligne

JOUR = date(2026, 11, 23)


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    yield poste
    poste.fermer()


def imprimer(poste: Poste, carnet: Carnet) -> Carnet:
    sortir(lancer_impression(poste, carnet.campagne, carnet.numero), ImprimanteFichier(poste.dossier / DOSSIER_PAPIER))
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    return carnet


def remis(poste: Poste, **champs: object) -> Carnet:
    carnet = imprimer(poste, attribuer(poste, visite_accord(poste, **champs)).carnet)
    return remettre(poste, carnet.campagne, carnet.numero, poste.horloge.aujourdhui())


def etat(poste: Poste, carnet: Carnet) -> Etat:
    lu = carnets.get(poste.base, carnet.campagne, carnet.numero)
    assert lu is not None
    return lu.etat


def refus(poste: Poste, carnet: Carnet) -> str:
    with pytest.raises(SaisieRefusee) as refuse:
        remplacer(poste, carnet.campagne, carnet.numero)
    return refuse.value.code


@pytest.mark.parametrize("acte", ["carnet.declarer_perdu", "carnet.declarer_vole", "carnet.retourner"])
def test_another_carnet_of_new_numbers_and_nothing_more_for_the_person(poste: Poste, acte: str) -> None:
    ancien = remis(poste)
    assert refus(poste, ancien) == "acte_impossible", "void first"
    agir(poste, ancien.campagne, ancien.numero, acte)
    nouveau = remplacer(poste, ancien.campagne, ancien.numero).carnet
    assert (nouveau.taille, nouveau.etat, nouveau.dernier_jour) == (10, Etat.ATTRIBUE, ancien.dernier_jour)
    assert nouveau.numero != ancien.numero
    remettre(poste, nouveau.campagne, imprimer(poste, nouveau).numero, JOUR)
    apercu = apprecier(poste, ouvrir_visite(poste, ancien.personne_id))
    assert apercu.pass_anterieurs == 10
    assert refus(poste, ancien) == "acte_impossible", "once"
    assert refus(poste, nouveau) == "acte_impossible"
    assert integrite.verifier_base(poste.base) == (), "the log alone gives the same tables"


def test_the_new_one_can_be_lost_in_its_turn(poste: Poste) -> None:
    premier = remis(poste)
    for _ in range(2):
        agir(poste, premier.campagne, premier.numero, "carnet.declarer_perdu")
        suivant = imprimer(poste, remplacer(poste, premier.campagne, premier.numero).carnet)
        premier = remettre(poste, suivant.campagne, suivant.numero, JOUR)
    assert apprecier(poste, ouvrir_visite(poste, premier.personne_id)).pass_anterieurs == 10
    fiche = fiche_carnet(poste, premier.campagne, premier.numero)
    assert (fiche.ancien, fiche.nouveau) == ("127 0000022", "")


def test_one_that_was_spoiled_before_it_was_given_leaves_its_place(poste: Poste) -> None:
    ancien = remis(poste)
    agir(poste, ancien.campagne, ancien.numero, "carnet.declarer_vole")
    gache = remplacer(poste, ancien.campagne, ancien.numero).carnet
    agir(poste, gache.campagne, gache.numero, "carnet.gacher", "Papier abîmé")
    assert apprecier(poste, ouvrir_visite(poste, ancien.personne_id)).pass_anterieurs == 10
    assert remplacer(poste, ancien.campagne, ancien.numero).carnet.numero not in (ancien.numero, gache.numero)


def test_voiding_the_new_one_does_not_open_the_request_again(poste: Poste) -> None:
    ancien = remis(poste)
    agir(poste, ancien.campagne, ancien.numero, "carnet.declarer_perdu")
    nouveau = remplacer(poste, ancien.campagne, ancien.numero).carnet
    agir(poste, nouveau.campagne, nouveau.numero, "attribution.annuler", "La personne renonce")
    etats = [demande.etat for demande in demandes.par_personne(poste.base, ancien.personne_id)]
    assert etats == ["accordee"]


def test_returned_before_its_hand_over_it_owes_nothing(poste: Poste) -> None:
    carnet = imprimer(poste, attribuer(poste, visite_accord(poste)).carnet)
    agir(poste, carnet.campagne, carnet.numero, "carnet.retourner")
    assert refus(poste, carnet) == "acte_impossible"


def test_pass_that_the_region_blocks_do_not_come_back_under_new_numbers(poste: Poste) -> None:
    """Cut off, the new numbers are in no list: ten pass that were blocked would be good in every place."""
    ancien = remis(poste)
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 900, CarnetBloque(ancien.campagne, ancien.numero, (6, 7, 8, 9, 10), "litige"))
    agir(poste, ancien.campagne, ancien.numero, "carnet.declarer_perdu")
    assert refus(poste, ancien) == "remplacement_bloque"
    assert fiche_carnet(poste, ancien.campagne, ancien.numero).obstacle == "remplacement_bloque"
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 901, CarnetBloque(ancien.campagne, ancien.numero, (), "litige"))
    assert remplacer(poste, ancien.campagne, ancien.numero).carnet.numero != ancien.numero


def test_without_stock_or_after_the_last_hand_over_it_says_why(poste: Poste) -> None:
    ancien = remis(poste)
    agir(poste, ancien.campagne, ancien.numero, "carnet.declarer_perdu")
    poste.horloge = HorlogeFixe(datetime(2027, 12, 20, 9, tzinfo=UTC))
    assert refus(poste, ancien) == "remise_arretee"
    poste.horloge = HorlogeFixe(datetime(2026, 11, 23, 9, tzinfo=UTC))
    for rang in range(19):
        attribuer(poste, visite_accord(poste, prenoms=f"Zoé{chr(97 + rang)}", naissance=f"{rang + 1:02d}/02/1990"))
    assert refus(poste, ancien) == "reserve_epuisee_10"
    fiche = fiche_carnet(poste, ancien.campagne, ancien.numero)
    assert (fiche.remplacable, fiche.obstacle) == (True, "reserve_epuisee_10")


def test_both_histories_tell_it_and_the_answer_explained_is_the_first_one(poste: Poste) -> None:
    ancien = remis(poste)
    agir(poste, ancien.campagne, ancien.numero, "carnet.declarer_perdu")
    nouveau = remplacer(poste, ancien.campagne, ancien.numero).carnet
    for carnet in (ancien, nouveau):
        faits = histoire_carnet(poste, ancien.personne_id, carnet.campagne, carnet.numero)
        dits = [fait for fait in faits if fait.faits.get("ancien") == "127 0000021"]
        assert [fait.est_decision for fait in dits] == [False]
    assert decision_du_carnet(poste, 127, nouveau.numero) == decision_du_carnet(poste, 127, ancien.numero)


@pytest.mark.parametrize(
    ("acte", "titre"),
    [
        ("carnet.declarer_perdu", "Votre carnet perdu est bloqué"),
        ("carnet.declarer_vole", "Votre carnet volé est bloqué"),
        ("carnet.retourner", "Votre carnet rendu est bloqué"),
    ],
)
def test_the_letter_says_what_the_old_paper_is_worth_and_which_one_replaces_it(
    poste: Poste, acte: str, titre: str
) -> None:
    ancien = remis(poste)
    with pytest.raises(SaisieRefusee, match="carnet_inconnu"):
        lettre_du_carnet(poste, ancien.campagne, ancien.numero)
    agir(poste, ancien.campagne, ancien.numero, acte)
    avant = dessiner_lettre_carnet(lettre_du_carnet(poste, ancien.campagne, ancien.numero))
    assert "Vous pouvez demander un autre carnet" in textes_du_pdf(avant.papier.pdf)[0]
    nouveau = remplacer(poste, ancien.campagne, ancien.numero).carnet
    lettre = lettre_du_carnet(poste, ancien.campagne, ancien.numero)
    dessinee = dessiner_lettre_carnet(lettre)
    (texte,) = textes_du_pdf(dessinee.papier.pdf)
    for dit in (titre, "127 0000021", f"127 {nouveau.numero:07d}", "ne vaut plus rien", f"100{ESPACE}€"):
        assert dit.replace(ESPACE, " ") in texte.replace(ESPACE, " "), dit
    assert ("Déchirez-le" in texte) == (acte != "carnet.retourner")
    assert ("gendarmerie" in texte) == (acte == "carnet.declarer_vole")
    rendu = acte == "carnet.retourner"
    assert ("Ces pass restent comptés pour vous." in texte, "elle dit que vous l’avez rendu" in texte) == (rendu, rendu)
    assert "Dufresnoy" not in dessinee.nom_fichier


def test_a_hand_over_is_taken_back_the_same_day_and_no_other(poste: Poste) -> None:
    carnet = remis(poste)
    assert annuler_remise(poste, carnet.campagne, carnet.numero).remis_le is None
    assert etat(poste, carnet) is Etat.IMPRIME
    with pytest.raises(SaisieRefusee, match="remise_non_annulable"):
        annuler_remise(poste, carnet.campagne, carnet.numero)
    remettre(poste, carnet.campagne, carnet.numero, JOUR)
    poste.horloge = HorlogeFixe(datetime(2026, 11, 24, 9, tzinfo=UTC))
    with pytest.raises(SaisieRefusee, match="remise_non_annulable"):
        annuler_remise(poste, carnet.campagne, carnet.numero)
    assert etat(poste, carnet) is Etat.REMIS
