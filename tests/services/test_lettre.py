"""The letter of a decision as the desk makes it: the facts of that day, the person of today, nothing on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from passdesk.app import load_communes
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services.decision import decision_du_carnet, derniere_decision
from passdesk.services.lettre import dessiner_lettre, lettre
from passdesk.services.poste import Poste
from passdesk.services.reglages import adresse_recours, regler_adresse_recours, retirer_adresse_recours
from passdesk.services.visite import attribuer, garder
from passdesk.storage import personnes
from tests.builders import poste_enrole, visite_accord
from tests.printing.fabrique import textes_du_pdf


@pytest.fixture(scope="module")
def poste(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    with poste_enrole(tmp_path_factory.mktemp("lettres")) as ouvert:
        yield ouvert


def lue(poste: Poste, decision_id: str) -> str:
    dessinee = dessiner_lettre(lettre(poste, decision_id, load_communes()))
    return " ".join(" ".join(textes_du_pdf(dessinee.papier.pdf)).split())


def test_a_refused_person_gets_a_letter_with_their_address(poste: Poste) -> None:
    refusee = visite_accord(
        poste, nom_naissance="Refusard", commune="59249", code_postal="59610", adresse="14 rue des Peupliers",
        complement_adresse="Chez Témoin", public="lyceen",
    )  # fmt: skip
    assert garder(poste, refusee) is None
    decision_id = derniere_decision(poste, refusee.brouillon_id)
    contenu = lettre(poste, decision_id, load_communes())
    assert contenu.destinataire == ("Maëlle REFUSARD", "Chez Témoin", "14 rue des Peupliers", "59610 FOURMIES")
    retirer_adresse_recours(poste)
    texte = lue(poste, decision_id)
    assert "Votre demande n’est pas acceptée" in texte and "sans valeur" in texte
    assert "Demandez l’adresse au guichet" in texte
    regler_adresse_recours(poste, " Région d’essai |  1 rue de l’Exemple|59000 LILLE ")
    assert "Région d’essai 1 rue de l’Exemple 59000 LILLE" in lue(poste, decision_id)


def test_the_address_is_typed_on_its_lines_and_taken_away_again(poste: Poste) -> None:
    refusee = visite_accord(poste, nom_naissance="Recours", commune="75056")
    assert garder(poste, refusee) is None
    decision_id = derniere_decision(poste, refusee.brouillon_id)
    regler_adresse_recours(poste, "Région d’essai\n\n  2 rue  de l’Exemple \r\n59000 LILLE\n")
    assert adresse_recours(poste) == ("Région d’essai", "2 rue de l’Exemple", "59000 LILLE")
    assert "Région d’essai 2 rue de l’Exemple 59000 LILLE" in lue(poste, decision_id)
    retirer_adresse_recours(poste)
    assert adresse_recours(poste) == ()
    assert "Demandez l’adresse au guichet" in lue(poste, decision_id)


@pytest.mark.parametrize(
    ("adresse", "code"),
    [
        *((texte, "adresse_recours_refusee") for texte in ("", " | ", "a|" * 7, "x" * 61)),
        *((f"Région {signe}", "adresse_recours_signes") for signe in ("\U0001f600", "\x07", "قسم")),
    ],
)
def test_an_address_that_a_letter_cannot_carry_is_refused(poste: Poste, adresse: str, code: str) -> None:
    regler_adresse_recours(poste, "a|" * 5 + "x" * 60)
    with pytest.raises(SaisieRefusee) as refus:
        regler_adresse_recours(poste, adresse)
    assert refus.value.code == code
    assert adresse_recours(poste) == (*"aaaaa", "x" * 60), "nothing has changed"


def test_what_no_face_draws_is_named(poste: Poste) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        regler_adresse_recours(poste, "Région \x07 \U0001f600")
    assert refus.value.faits["signes"] == "U+0007 \U0001f600"


def test_only_a_responsable_changes_where_to_write(poste: Poste) -> None:
    regler_adresse_recours(poste, "Région d’essai")
    with poste.base.acte(poste.agent_id) as acte:
        agent = acte.nouvel_id()
        acte.inscrire("agent.ajouter", agent, {"nom": "Sam Leroy", "role": "mediateur"})
    mediateur = replace(poste, agent_id=agent)
    for changer in (lambda: regler_adresse_recours(mediateur, "Ailleurs"), lambda: retirer_adresse_recours(mediateur)):
        with pytest.raises(SaisieRefusee) as refus:
            changer()
        assert refus.value.code == "reglage_reserve"
    assert adresse_recours(poste) == ("Région d’essai",)


def test_without_a_street_only_the_name_stands_and_large_print_follows_the_person(poste: Poste) -> None:
    garde = garder(poste, visite_accord(poste, nom_naissance="Manquet", pieces=(), besoins=("gros_caracteres",)))
    assert garde is not None and garde.demande_id is not None
    contenu = lettre(poste, derniere_decision(poste, garde.demande_id), load_communes())
    assert contenu.destinataire == ("Maëlle MANQUET",) and contenu.gros
    assert "Il manque 3 papiers" in lue(poste, derniere_decision(poste, garde.demande_id))


def test_it_tells_the_decision_of_that_day_even_once_the_request_was_completed(poste: Poste) -> None:
    garde = garder(poste, visite_accord(poste, nom_naissance="Complète", pieces=visite_accord(poste).pieces[:2]))
    assert garde is not None and garde.demande_id is not None
    avant = derniere_decision(poste, garde.demande_id)
    attribue = attribuer(poste, replace(garde, pieces=visite_accord(poste).pieces))
    apres = decision_du_carnet(poste, attribue.carnet.campagne, attribue.carnet.numero)
    assert "Il manque 1 papier" in lue(poste, avant)
    assert "Vous recevez 10 pass numériques" in lue(poste, apres)
    assert "Valable jusqu’au 31 décembre 2027" in lue(poste, apres)


def test_nothing_is_written_and_the_file_name_says_nothing(poste: Poste) -> None:
    attribue = attribuer(poste, visite_accord(poste, nom_naissance="Discret"))
    decision_id = decision_du_carnet(poste, attribue.carnet.campagne, attribue.carnet.numero)
    avant = {fichier for fichier in poste.dossier.rglob("*") if fichier.is_file()}
    dessinee = dessiner_lettre(lettre(poste, decision_id))
    assert {fichier for fichier in poste.dossier.rglob("*") if fichier.is_file()} == avant
    assert "Discret" not in f"{dessinee!r} {dessinee.papier.titre} {dessinee.nom_fichier}"
    assert dessinee.apercus[0].image.startswith(b"P6\n900 ")


def test_once_erased_no_letter_can_be_made(poste: Poste) -> None:
    attribue = attribuer(poste, visite_accord(poste, nom_naissance="Oublie"))
    decision_id = decision_du_carnet(poste, attribue.carnet.campagne, attribue.carnet.numero)
    personne_id = attribue.personne.personne_id
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", personne_id, {"cle": personnes.cle_de(poste.base, personne_id)})
    with pytest.raises(SaisieRefusee) as refus:
        lettre(poste, decision_id)
    assert refus.value.code == "lettre_sans_faits"
