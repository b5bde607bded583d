"""Where the desk stands, what it says of a place, and which places a cover carries, the same at every printing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.gabarit import GROS, ORDINAIRE, Gabarit
from passdesk.domain.lieu import FiltreLieux, Position
from passdesk.services import impression, lieux_couverture, visite
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.lieux import (
    corriger_lieu,
    fiche_lieu,
    lieux_du_poste,
    oublier_corrections,
    position_du_poste,
    regler_position,
    regler_position_comme,
)
from passdesk.services.lieux_couverture import (
    ChoixLieux,
    garder_choix,
    lieux_de_couverture,
    lieux_du_carnet,
    lire_choix,
)
from passdesk.services.lieux_importer import enregistrer, preparer_analyse
from passdesk.services.poste import Poste
from passdesk.storage import carnets, lieux
from passdesk.storage.integrite import verifier_base
from tests.builders import visite_accord
from tests.printing.fabrique import textes_du_pdf
from tests.services.listes_lieux import ENTETE_V1, lamednum
from tests.services.test_impression import Bac
from tests.ui.guichet import communes, poste_hors_ligne

LISTE = lamednum(
    *(
        {"id": str(rang), "nom": f"Lieu {rang}", "latitude": f"50.{20 + rang}", "adresse": f"{rang} rue Modèle",
         "telephone": f"+3335301000{rang}", "accepte_pass_numerique": "oui" if rang < 5 else ""}
        for rang in range(1, 7)
    ),
    entete=(*ENTETE_V1, "accepte_pass_numerique"),
)  # fmt: skip


def cle(rang: int) -> str:
    return f"lamednum:hub d exemple:{rang}"


def prendre(poste: Poste, texte: str) -> None:
    fichier = poste.dossier.parent / "liste.csv"
    fichier.write_text(texte, encoding="utf-8")
    analyse = preparer_analyse(poste, fichier, communes())
    while not analyse.avancer():
        pass
    enregistrer(poste, analyse)


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    prendre(poste, LISTE)
    yield poste
    poste.fermer()


def imprimer(poste: Poste, numero: tuple[int, int], **choix: Any) -> list[str]:
    """The pages of what goes to paper; every sheet is told to be good."""
    bac = Bac()
    impression.mettre_sur_papier(lancer_impression(poste, *numero, **choix), bac)
    repondre(poste, *numero, "tout")
    return [" ".join(page.split()) for page in textes_du_pdf(bac.sortis[0][1])]


def un_carnet(poste: Poste, nom: str = "Delattre") -> tuple[int, int]:
    carnet = visite.attribuer(poste, visite_accord(poste, nom_naissance=nom)).carnet
    return carnet.campagne, carnet.numero


@pytest.mark.parametrize(
    "ecrit", ["50.2, 3.97", "50,2 ; 3,97", "50,2,3,97", "3.97 50.2", "  50.2000\u00a03.97 ", "N 50.2° E 3.97°"]
)
def test_the_desk_says_where_it_stands_as_a_map_does(poste: Poste, ecrit: str) -> None:
    assert regler_position(poste, ecrit).position == Position(50.2, 3.97)
    assert position_du_poste(poste).texte == "50,2 ; 3,97"
    assert regler_position(poste, position_du_poste(poste).texte).position == Position(50.2, 3.97)
    assert regler_position(poste, " ").texte == position_du_poste(poste).texte == ""


@pytest.mark.parametrize("ecrit", ["Avesnes", "50.2", "50.2 3.9 1", "48.85 -70.1", "0 0"])
def test_what_is_no_position_is_refused_and_the_former_one_stays(poste: Poste, ecrit: str) -> None:
    regler_position(poste, "50.2 ; 3.97")
    with pytest.raises(SaisieRefusee) as refus:
        regler_position(poste, ecrit)
    assert refus.value.code == "position_incomprise"
    assert position_du_poste(poste).position == Position(50.2, 3.97)


def test_the_desk_may_be_in_a_place_of_the_list(poste: Poste) -> None:
    assert regler_position_comme(poste, cle(2)).position == Position(50.22, 3.9734)
    assert position_du_poste(poste).lieu == fiche_lieu(poste, cle(2)).proche.lieu
    assert [p.lieu.nom for p in lieux_du_poste(poste)][:2] == ["Lieu 2", "Lieu 1"]
    prendre(poste, lamednum({"id": "2", "nom": "Lieu 2", "latitude": "", "longitude": ""}))
    assert position_du_poste(poste).position is None, "the list does not know any more where it is"
    for lieu_id, code in ((cle(2), "lieu_sans_point"), ("ailleurs", "lieu_inconnu")):
        with pytest.raises(SaisieRefusee) as refus:
            regler_position_comme(poste, lieu_id)
        assert refus.value.code == code


def test_what_the_desk_corrects_can_be_taken_back(poste: Poste) -> None:
    fiche = corriger_lieu(poste, cle(1), "telephone", "0353010099")
    assert (fiche.proche.lieu.telephone, fiche.importe.telephone) == ("03 53 01 00 99", "03 53 01 00 01")
    fiche = corriger_lieu(poste, cle(1), "accepte_pass", "non")
    assert fiche.corriges == {"telephone", "accepte_pass"}
    fiche = corriger_lieu(poste, cle(1), "telephone", "03.53.01.00.01")
    assert fiche.corriges == {"accepte_pass"}, "what the list says already corrects nothing"
    corriger_lieu(poste, cle(1), "horaires", ";" * 6)
    assert fiche_lieu(poste, cle(1)).proche.lieu.horaires is None
    assert oublier_corrections(poste, cle(1)).proche.lieu == fiche.importe
    with pytest.raises(SaisieRefusee) as refus:
        corriger_lieu(poste, cle(1), "telephone", "03 53")
    assert refus.value.code == "telephone_incomplet"


def test_without_a_position_or_a_place_that_takes_the_pass_nothing_is_promised(poste: Poste) -> None:
    assert lieux_de_couverture(poste).lieux == ()
    regler_position(poste, "50.2 ; 3.97")
    assert [p.lieu.nom for p in lieux_de_couverture(poste).lieux] == ["Lieu 1", "Lieu 2", "Lieu 3"]
    for rang in range(1, 5):
        corriger_lieu(poste, cle(rang), "accepte_pass", "")
    vue = lieux_de_couverture(poste)
    assert (vue.lieux, len(vue.candidats), vue.situe) == ((), 6, True)
    vue = garder_choix(poste, ChoixLieux(FiltreLieux(accepte_pass=False)))
    assert [p.lieu.nom for p in vue.lieux] == ["Lieu 1", "Lieu 2", "Lieu 3"]


def test_the_desk_may_choose_its_own_three_in_its_own_order(poste: Poste) -> None:
    choix = ChoixLieux(choisis=(cle(5), cle(1), "disparu"))
    vue = garder_choix(poste, choix)
    assert lire_choix(poste) == choix
    assert [p.lieu.nom for p in vue.lieux] == ["Lieu 5", "Lieu 1"]
    regler_position(poste, "50.2 ; 3.97")
    assert garder_choix(poste, ChoixLieux(choisis=())).lieux == (), "nothing chosen is a choice too"
    assert len(garder_choix(poste, ChoixLieux()).lieux) == 3


@pytest.mark.parametrize(("champ", "valeur"), [("accepte_pass", "non"), ("ecarte", "oui")])
def test_a_place_chosen_by_hand_that_refuses_the_pass_since_is_on_no_new_cover(
    poste: Poste, champ: str, valeur: str
) -> None:
    garder_choix(poste, ChoixLieux(choisis=(cle(5), cle(1))))
    corriger_lieu(poste, cle(5), champ, valeur)
    assert [p.lieu.nom for p in lieux_de_couverture(poste).lieux] == ["Lieu 1"]
    assert "Lieu 5" not in imprimer(poste, un_carnet(poste))[0], "somebody would go there for nothing"
    oublier_corrections(poste, cle(5))
    assert [p.lieu.nom for p in lieux_de_couverture(poste).lieux] == ["Lieu 5", "Lieu 1"], "the choice itself stays"


def test_the_cover_of_a_carnet_carries_the_places_of_the_desk(poste: Poste) -> None:
    regler_position(poste, "50.2 ; 3.97")
    couverture = imprimer(poste, un_carnet(poste))[0]
    assert "Lieu 1 1 rue Modèle 59600 Maubeuge 03 53 01 00 01 Horaires : téléphonez." in couverture
    assert "Lieu 3" in couverture and "Lieu 4" not in couverture
    assert "1 km" in couverture
    assert verifier_base(poste.base) == ()


def test_printed_again_it_is_the_same_paper_whatever_the_list_says_now(poste: Poste) -> None:
    regler_position(poste, "50.2 ; 3.97")
    numero, bac = un_carnet(poste), Bac()
    impression.mettre_sur_papier(lancer_impression(poste, *numero), bac)
    repondre(poste, *numero, "illisible")
    corriger_lieu(poste, cle(1), "telephone", "0353010099")
    regler_position(poste, "50.4 ; 3.97")
    prendre(poste, lamednum({"id": "2", "nom": "Un autre nom"}))
    garder_choix(poste, ChoixLieux(choisis=(cle(6),)))
    impression.mettre_sur_papier(lancer_impression(poste, *numero), bac)
    repondre(poste, *numero, "tout")
    assert bac.sortis[0][1] == bac.sortis[1][1]
    carnet = carnets.get(poste.base, *numero)
    assert carnet is not None
    assert impression.contenu_imprime(poste, carnet).lieux[0].telephone == "03 53 01 00 01"
    assert "Lieu 6" in imprimer(poste, un_carnet(poste, "Carlier"))[0], "the next carnet follows the desk"


def test_other_places_for_one_carnet_print_its_cover_again(poste: Poste) -> None:
    regler_position(poste, "50.2 ; 3.97")
    numero = un_carnet(poste)
    assert "Lieu 1" in imprimer(poste, numero)[0]
    carnet = carnets.get(poste.base, *numero)
    assert carnet is not None
    avant = lieux_du_carnet(poste, carnet)
    assert (avant.choisis, len(avant.candidats)) == ((cle(1), cle(2), cle(3)), 6)
    pages = imprimer(poste, numero, feuilles=(3,), lieux=(cle(5), cle(2)))
    assert len(pages) == 2, "the cover goes with what is printed"
    assert "Lieu 5" in pages[0] and "Lieu 1 " not in pages[0]
    assert lieux_du_carnet(poste, carnet).choisis == (cle(5), cle(2))
    assert "Lieu 5" in imprimer(poste, numero)[0]
    assert "Demandez la liste" in imprimer(poste, numero, lieux=())[0]


@pytest.mark.parametrize(
    ("gabarit", "taille", "feuilles"),
    [(ORDINAIRE, 5, (1,)), (ORDINAIRE, 10, (1,)), (GROS, 5, (3, 4)), (GROS, 10, (5,))],
)
def test_which_sheets_hold_places(gabarit: Gabarit, taille: int, feuilles: tuple[int, ...]) -> None:
    assert gabarit.feuilles_des_lieux(taille) == feuilles


def test_a_carnet_printed_before_any_place_was_known_stays_as_it_was(poste: Poste) -> None:
    numero, bac = un_carnet(poste), Bac()
    impression.mettre_sur_papier(lancer_impression(poste, *numero), bac)
    with poste.base.ecriture() as db:
        db.execute("DELETE FROM carnet_lieux")
    regler_position(poste, "50.2 ; 3.97")
    repondre(poste, *numero, "tout")
    impression.mettre_sur_papier(lancer_impression(poste, *numero), bac)
    assert bac.sortis[0][1] == bac.sortis[1][1]


def test_a_place_that_refuses_or_was_put_aside_is_not_offered(poste: Poste) -> None:
    regler_position(poste, "50.2 ; 3.97")
    corriger_lieu(poste, cle(1), "accepte_pass", "non")
    corriger_lieu(poste, cle(2), "ecarte", "oui")
    carnet = carnets.get(poste.base, *un_carnet(poste))
    assert carnet is not None
    assert [p.lieu.nom for p in lieux_du_carnet(poste, carnet).candidats] == ["Lieu 3", "Lieu 4", "Lieu 5", "Lieu 6"]
    assert len(lieux.lister(poste.base)) == 6
    assert lieux_couverture.lieux_de_couverture(poste).lieux[0].lieu.nom == "Lieu 3"
