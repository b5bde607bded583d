"""Each answer is kept with its facts, found again, and taken again with the règlement of its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.protocol.operations import TypeOperation
from passdesk.services import decision as service
from passdesk.services.decision import (
    decision_du_carnet,
    decision_prise,
    decisions_de,
    derniere_decision,
    expliquer,
    rejouer,
)
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, garder
from passdesk.storage import consultation, personnes
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.storage.migrations import m0003_decision
from tests.builders import poste_enrole, visite_accord

JOUR = date(2026, 11, 23)


@pytest.fixture(scope="module")
def poste(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    with poste_enrole(tmp_path_factory.mktemp("decisions")) as ouvert:
        yield ouvert


def incomplet(poste: Poste, **champs: object) -> Brouillon:
    """A visit whose home paper is too old."""
    pieces = (
        PieceSaisie("piece_identite", vue=True),
        PieceSaisie("justificatif_domicile", vue=True, date="01/06/2026"),
        PieceSaisie("attestation_france_travail", vue=True, date="02/11/2026"),
    )
    return visite_accord(poste, pieces=pieces, **champs)


def un_incomplet(poste: Poste, nom: str) -> tuple[Brouillon, str]:
    garde = garder(poste, incomplet(poste, nom_naissance=nom))
    assert garde is not None and garde.demande_id is not None
    return garde, derniere_decision(poste, garde.demande_id)


def effacer(poste: Poste, personne_id: str) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", personne_id, {"cle": personnes.cle_de(poste.base, personne_id)})


def test_an_award_is_explained_with_all_that_it_used(poste: Poste) -> None:
    attribue = attribuer(poste, visite_accord(poste))
    decision_id = decision_du_carnet(poste, attribue.carnet.campagne, attribue.carnet.numero)
    explication = expliquer(poste, decision_id)
    prise = explication.prise
    assert (prise.issue, prise.nombre, prise.carnets, prise.le) == ("accord", 10, (10,), JOUR)
    assert (prise.agent, prise.titre) == ("Claire Mabille", "règlement du 1er février 2022")
    assert prise.personne is not None and prise.personne.nom_complet == "Maëlle Dufresnoy"
    assert prise.faits is not None
    dossier = prise.faits.dossier
    assert (dossier.naissance, dossier.commune, dossier.public) == (date(1987, 4, 12), "59249", "demandeur_emploi")
    assert (dossier.prescripteur, dossier.arrivee_le, dossier.anterieurs) == ("france_services", JOUR, ())
    assert {p.type for p in dossier.justificatifs} == {
        "piece_identite", "justificatif_domicile", "attestation_france_travail",
    }  # fmt: skip
    assert all(examinee.remplie for examinee in explication.examen)
    assert explication.rejeu.etat == "meme" and explication.rejeu.decision == prise.faits.decision


def test_an_incomplete_answer_then_its_award_are_two_decisions_on_one_request(poste: Poste) -> None:
    garde, premiere = un_incomplet(poste, "Completet")
    complet = replace(garde, pieces=visite_accord(poste).pieces)
    attribue = attribuer(poste, complet)
    seconde = decision_du_carnet(poste, attribue.carnet.campagne, attribue.carnet.numero)
    assert [d.decision_id for d in decisions_de(poste, attribue.personne.personne_id)] == [premiere, seconde]
    avant, apres = expliquer(poste, premiere), expliquer(poste, seconde)
    assert (avant.prise.issue, avant.suivantes, apres.suivantes) == ("incomplet", True, False)
    assert avant.prise.codes == ("justificatif_perime",)
    (trop_ancien,) = [examinee for examinee in avant.examen if not examinee.remplie]
    assert (trop_ancien.etat, trop_ancien.date_debut) == ("perimee", date(2026, 8, 24))
    assert avant.rejeu.etat == apres.rejeu.etat == "meme"


def test_a_refusal_is_kept_with_what_refused_it(poste: Poste) -> None:
    refusee = visite_accord(poste, nom_naissance="Refusard", commune="75056")
    assert garder(poste, refusee) is None
    decision = expliquer(poste, derniere_decision(poste, refusee.brouillon_id))
    assert (decision.prise.issue, decision.prise.codes, decision.prise.le) == ("refus", ("domicile_hors_region",), JOUR)
    assert decision.prise.faits is not None and decision.prise.faits.dossier.commune == "75056"
    assert decision.rejeu.etat == "meme"


def test_a_newer_reglement_changes_nothing_to_a_decision_taken(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    _, decision_id = un_incomplet(poste, "Ancienrègle")
    prise = decision_prise(poste, decision_id)
    appliques = service.reglements(poste)
    nouveau = replace(
        appliques[-1], id="2026-11-01", empreinte=b"n" * 32, exigences=(),
        execution=replace(appliques[-1].execution, valeur=JOUR - timedelta(days=1)),
    )  # fmt: skip
    monkeypatch.setattr(service, "reglements", lambda _: (*appliques, nouveau))
    assert rejouer(poste, prise).etat == "meme"


def test_without_its_reglement_a_decision_is_told_but_not_taken_again(
    poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, decision_id = un_incomplet(poste, "Sansrègle")
    monkeypatch.setattr(service, "par_empreinte", lambda *_: None)
    explication = expliquer(poste, decision_id)
    assert explication.rejeu.etat == "reglement_inconnu" and explication.rejeu.decision is None
    assert (explication.prise.titre, explication.prise.reglement) == ("", "2022-02-01")
    assert explication.prise.faits is not None
    assert explication.prise.faits.decision.manquants == (
        ("justificatif_domicile", "attestation_hebergement", "attestation_domiciliation"),
    )


def test_earlier_pass_counted_by_their_own_reglement_need_every_reglement_of_that_day(
    poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, decision_id = un_incomplet(poste, "Chacunlesien")
    prise = decision_prise(poste, decision_id)
    (ancien, applique) = service.reglements(poste)
    separe = replace(
        applique, compte_les_autres_reglements=replace(applique.compte_les_autres_reglements, valeur=False)
    )
    monkeypatch.setattr(service, "par_empreinte", lambda *_: separe)
    monkeypatch.setattr(service, "reglements", lambda _: (ancien, separe))
    assert rejouer(poste, prise).etat == "meme"
    monkeypatch.setattr(service, "reglements", lambda _: (separe,))
    assert rejouer(poste, prise).etat == "reglement_inconnu"


def test_a_program_that_would_answer_otherwise_says_so(poste: Poste) -> None:
    _, decision_id = un_incomplet(poste, "Autrement")
    prise = decision_prise(poste, decision_id)
    assert prise.faits is not None
    falsifiee = replace(prise.faits.decision, issue="refus")
    assert rejouer(poste, replace(prise, faits=replace(prise.faits, decision=falsifiee))).etat == "differente"


def test_an_erasure_drops_the_facts_and_leaves_what_no_longer_names_anybody(poste: Poste) -> None:
    un_incomplet(poste, "Gardée")
    attribue = attribuer(poste, visite_accord(poste, nom_naissance="Oubliard"))
    numero = attribue.carnet.campagne, attribue.carnet.numero
    decision_id = decision_du_carnet(poste, *numero)
    effacer(poste, attribue.personne.personne_id)
    explication = expliquer(poste, decision_id)
    prise = explication.prise
    assert prise.faits is None and prise.personne is None
    assert explication.rejeu.etat == "faits_effaces" and explication.examen == ()
    assert (prise.issue, prise.nombre, prise.codes) == ("accord", 10, ("accompagne_carnet_10",))
    assert (prise.reglement, prise.le) == ("2022-02-01", JOUR)
    sujets = {str(ligne[0]) for ligne in poste.base.db.execute("SELECT sujet FROM decision_faits")}
    assert sujets and attribue.personne.personne_id not in sujets
    assert verifier_base(poste.base) == ()


def test_a_merge_is_followed_and_the_tables_are_rebuilt_the_same(poste: Poste) -> None:
    un, premiere = un_incomplet(poste, "Jumeline")
    deux, seconde = un_incomplet(poste, "Jumelot")
    assert un.personne_id and deux.personne_id
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.fusionner", deux.personne_id, {"absorbee": un.personne_id})
    assert [d.decision_id for d in decisions_de(poste, deux.personne_id)] == [premiere, seconde]
    avant = [expliquer(poste, decision_id) for decision_id in (premiere, seconde)]
    assert {explication.prise.personne for explication in avant} == {personnes.get(poste.base, deux.personne_id)}
    reconstruire_projections(poste.base)
    assert [expliquer(poste, decision_id) for decision_id in (premiere, seconde)] == avant
    effacer(poste, deux.personne_id)
    assert {expliquer(poste, decision_id).rejeu.etat for decision_id in (premiere, seconde)} == {"faits_effaces"}
    assert verifier_base(poste.base) == ()


def test_an_answer_recorded_without_its_facts_says_that_they_were_not_kept(poste: Poste) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.enregistrer", "avant", {"nom_naissance": "Avant", "prenoms": "Zoé"})
        acte.inscrire("demande.deposer", "avant", {"demande": "d-avant", "public": "senior"})
        corps = {
            "demande": "d-avant", "issue": "refus", "motifs": ["age_hors_public"], "reglement": "2022-02-01",
            "empreinte": b"r" * 32,
        }  # fmt: skip
        acte.inscrire("attribution.refuser", "avant", corps)
    explication = expliquer(poste, derniere_decision(poste, "d-avant"))
    assert explication.rejeu.etat == "faits_absents"
    assert (explication.prise.codes, explication.prise.le) == (("age_hors_public",), JOUR)


def test_a_base_of_an_earlier_program_gets_its_answers_without_facts(poste: Poste) -> None:
    un_incomplet(poste, "Précédent")
    db = poste.base.db
    avant = db.execute("SELECT * FROM decision ORDER BY op_id").fetchall()
    with poste.base.ecriture():
        db.execute("DROP TABLE decision")
        db.execute("DROP TABLE decision_faits")
        m0003_decision.appliquer(db)
    apres = db.execute("SELECT * FROM decision ORDER BY op_id").fetchall()
    assert [ligne[:-1] for ligne in apres] == [ligne[:-1] for ligne in avant]
    assert {ligne[-1] for ligne in apres} == {None}
    reconstruire_projections(poste.base)
    assert db.execute("SELECT * FROM decision ORDER BY op_id").fetchall() == avant


def test_nothing_of_the_facts_is_in_the_body_of_an_answer(poste: Poste) -> None:
    garde, _ = un_incomplet(poste, "Discrète")
    assert garde.personne_id is not None
    for acte in consultation.actes_sur(poste.base, garde.personne_id):
        if acte.entete.type == TypeOperation.ATTRIBUTION_REFUSER:
            assert set(acte.contenu()) == {"demande", "issue", "le", "motifs", "reglement", "empreinte", "faits"}
            assert acte.corps is not None and b"1987" not in acte.corps and b"59249" not in acte.corps


def test_an_unknown_decision_is_refused_by_name(poste: Poste, tmp_path: Path) -> None:
    for appel, code in (
        (lambda: decision_prise(poste, "absente"), "decision_inconnue"),
        (lambda: derniere_decision(poste, "absente"), "decision_inconnue"),
        (lambda: decision_du_carnet(poste, 127, 999_999), "carnet_inconnu"),
    ):
        with pytest.raises(SaisieRefusee) as refus:
            appel()
        assert refus.value.code == code
