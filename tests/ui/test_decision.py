"""The answer recorded first and printed afterwards; then explained, from wherever it is told, with its letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from passdesk.domain.evaluation import evaluer
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.services.decision import decision_du_carnet, derniere_decision, expliquer
from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, garder, visites_ouvertes
from passdesk.storage import demandes
from passdesk.tasks import TaskRunner
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.composants import Btn
from passdesk.ui.decision.page import PageDecision
from passdesk.ui.decision.recit import RecitDecision, raconter_decision
from passdesk.ui.papier.dialogue import DialoguePapier
from passdesk.ui.papier.systeme import ImprimanteSysteme
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.domain.dossiers import reglement_2
from tests.printing.fabrique import textes_du_pdf
from tests.ui.guichet import Guichet, communes, guichet, nom_lu
from tests.ui.mesures import debordes, rognes
from tests.ui.parc import ParcPdf

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def parc(tmp_path: Path) -> ParcPdf:
    (tmp_path / "sorties").mkdir()
    return ParcPdf(tmp_path / "sorties", "Accueil")


@pytest.fixture
def g(poste: Poste, parc: ParcPdf, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    imprimante = ImprimanteSysteme(poste.dossier, ImprimanteFichier(poste.dossier / DOSSIER_PAPIER), parc)
    with guichet(poste, theme, taches, qtbot, imprimante) as ouvert:
        yield ouvert


def incomplet(poste: Poste, **champs: object) -> Brouillon:
    """Home paper too old, nothing from France Travail."""
    pieces = (
        PieceSaisie("piece_identite", vue=True),
        PieceSaisie("justificatif_domicile", vue=True, date="01/06/2026"),
    )
    return visite_accord(poste, pieces=pieces, **champs)


def refus(poste: Poste) -> Brouillon:
    return visite_accord(poste, commune="75056")


def etats(poste: Poste) -> list[str]:
    tous = (demandes.OUVERTE, demandes.INCOMPLETE, *demandes.CLOSES)
    return [demande.etat for demande in demandes.par_etat(poste.base, *tous)]


def lettres(poste: Poste) -> set[str]:
    return {fichier.name for fichier in poste.dossier.rglob("*") if "lettre" in fichier.name}


def recit(poste: Poste, decision_id: str) -> RecitDecision:
    return raconter_decision(expliquer(poste, decision_id), communes())


def dit(raconte: RecitDecision) -> str:
    """Everything that the page would say."""
    lignes = [ligne for s in (*raconte.sections, *raconte.verifications) for ligne in s.lignes]
    mots = [raconte.surtitre, raconte.titre, raconte.sens, *(f"{x.texte} ({x.reference})" for x in lignes)]
    return "\n".join(mots).replace("\u00a0", " ")


def test_an_incomplete_request_is_kept_then_its_list_printed_with_three_keys(
    g: Guichet, poste: Poste, parc: ParcPdf
) -> None:
    g.visite(incomplet(poste))
    g.valider()
    # Recorded before any paper is even looked at.
    assert etats(poste) == ["incomplete"]
    dialogue = g.papier()
    assert dialogue.windowTitle() == "Papiers à apporter" and dialogue.imprimer.hasFocus()
    QTest.keyClick(dialogue.imprimer, Qt.Key.Key_Space)
    g.calme()
    (sortie,) = parc.sorties()
    texte = " ".join(textes_du_pdf(sortie.read_bytes())[0].split())
    assert "Il manque 2 papiers à votre demande" in texte and "Il faut une date du 24 août 2026 ou après." in texte
    assert dialogue.etat.texte() == "La lettre est partie à l’imprimante."
    g.fermer_papier()
    assert lettres(poste) == set()
    assert nom_lu(g.focus) == "Terminer la visite"
    g.valider()
    assert g.bureau.visites == () and len(visites_ouvertes(poste)) == 1


def test_a_letter_never_outlives_the_page_it_was_asked_from(g: Guichet, poste: Poste) -> None:
    page = g.visite(incomplet(poste))
    g.valider()
    assert g.papier().isVisible()
    g.bureau.fermer_page(page)
    g.attendre(lambda: not [w for w in QApplication.topLevelWidgets() if isinstance(w, DialoguePapier)])


def test_a_refusal_is_noted_even_when_the_printer_says_nothing(g: Guichet, poste: Poste, parc: ParcPdf) -> None:
    page = g.visite(refus(poste))
    g.valider()
    parc.arretees.add("Accueil")
    dialogue = g.papier()
    dialogue.imprimer.click()
    g.calme()
    assert dialogue.etat.texte().startswith("L’imprimante «\u00a0Accueil\u00a0» est arrêtée.")
    assert "La réponse est enregistrée" in dialogue.etat.texte()
    g.fermer_papier()
    assert page.bandeau.isVisible() and page.bandeau.quoi.text() == "L’imprimante «\u00a0Accueil\u00a0» est arrêtée."
    assert etats(poste) == ["refusee"]
    parc.arretees.clear()
    g.aller_a("Imprimer la réponse")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    g.papier().imprimer.click()
    g.calme()
    assert "Votre demande n’est pas acceptée" in textes_du_pdf(parc.sorties()[-1].read_bytes())[0]
    g.fermer_papier()


@pytest.mark.parametrize(
    ("cas", "lien", "etat"), [("incomplet", "Garder", "incomplete"), ("refus", "Noter", "refusee")]
)
def test_it_can_be_recorded_without_printing(
    g: Guichet, poste: Poste, parc: ParcPdf, cas: str, lien: str, etat: str
) -> None:
    g.visite({"incomplet": incomplet, "refus": refus}[cas](poste))
    g.aller_a(f"{lien} sans imprimer")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert etats(poste) == [etat]
    assert parc.sorties() == []
    assert "Terminer la visite" in g.textes()


def test_the_visit_explains_its_answer_and_takes_the_visit_up_again(g: Guichet, poste: Poste) -> None:
    page = g.visite(incomplet(poste))
    g.valider()
    g.fermer_papier()
    g.aller_a("Expliquer cette décision")
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: isinstance(g.page, PageDecision))
    g.calme()
    assert {"Encore 2 pièces", "Règlement du 1er février 2022"} <= {t.replace("\u00a0", " ") for t in g.textes()}
    assert any(t.startswith("Refaite aujourd’hui avec le même règlement") for t in g.textes())
    assert nom_lu(g.focus) == "Imprimer la lettre"
    g.valider()
    assert g.papier().windowTitle() == "Papiers à apporter"
    g.fermer_papier()
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert g.page is page


def test_the_history_of_a_person_leads_to_each_decision(g: Guichet, poste: Poste) -> None:
    garde = garder(poste, incomplet(poste))
    assert garde is not None
    attribuer(poste, replace(garde, pieces=visite_accord(poste).pieces))
    page = g.bureau.montrer_lieu("personnes")
    assert isinstance(page, PagePersonnes)
    g.calme()
    page.ouvrir()
    g.calme()
    assert page.fiche is not None
    liens = [b for b in page.fiche.findChildren(Btn) if b.texte() == "Expliquer cette décision"]
    assert [nom_lu(lien).split(", ")[1] for lien in liens] == [
        "Droit\u00a0: un carnet de\u00a010",
        "Encore 2\u00a0pièces",
    ]
    liens[1].click()
    g.attendre(lambda: isinstance(g.page, PageDecision))
    g.calme()
    assert "Cette demande a reçu une autre réponse depuis." in g.textes()
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert g.page is page


def test_a_carnet_leads_to_the_decision_that_awarded_it(g: Guichet, poste: Poste) -> None:
    attribuer(poste, visite_accord(poste))
    page = g.bureau.montrer_lieu("carnets")
    assert isinstance(page, PageCarnets)
    g.calme()
    page.ouvrir()
    g.calme()
    assert page.detail is not None
    (lien,) = [b for b in page.detail.findChildren(Btn) if b.texte() == "Expliquer cette décision"]
    lien.click()
    g.attendre(lambda: isinstance(g.page, PageDecision))
    g.calme()
    assert "Un carnet de\u00a010" in g.textes()


def test_an_award_is_told_with_what_was_checked(poste: Poste) -> None:
    carnet = attribuer(poste, visite_accord(poste)).carnet
    texte = dit(recit(poste, decision_du_carnet(poste, carnet.campagne, carnet.numero)))
    for phrase in (
        "Réponse du 23 novembre 2026\npar Claire Mabille\nUn carnet de 10\n10 pass attribués",
        "Avec accompagnement : un carnet de 10. (Délibération du 1er février 2022, 1er tiret)",
        "En recherche d’emploi · 39 ans au jour d’arrivée",
        "Domicile : Fourmies",
        "Avec France Services",
        "Justificatif de domicile du 18 octobre 2026 (Date demandée : à partir du 24 août 2026 · annonce de la Région",
        "à confirmer par la Région",
        "Aucun pass reçu avant ce jour",
        "La demande est arrivée le 23 novembre 2026. Il s’applique depuis le 1er février 2022.",
        "Plus rien à demander : le maximum par personne est atteint.",
        "tribunal administratif",
        "Refaite aujourd’hui avec le même règlement : même réponse.",
    ):
        assert phrase in texte


def test_a_refusal_and_an_incomplete_answer_say_what_is_left(poste: Poste) -> None:
    refusee = refus(poste)
    garder(poste, refusee)
    texte = dit(recit(poste, derniere_decision(poste, refusee.brouillon_id)))
    assert "Hors de la région" in texte and "(département 75)" in texte
    assert "France Services reste ouvert à tous, sans pass." in texte
    garde = garder(poste, incomplet(poste, nom_naissance="Incomplet"))
    assert garde is not None and garde.demande_id is not None
    texte = dit(recit(poste, derniere_decision(poste, garde.demande_id)))
    assert "Justificatif de domicile du 1er juin 2026 : trop ancien" in texte
    assert "Aucun papier montré : attestation France Travail" in texte
    assert "Le dossier garde sa date d’arrivée, le 23 novembre 2026." in texte


def test_the_day_on_which_the_age_counts_is_that_of_the_reglement(poste: Poste) -> None:
    refusee = visite_accord(poste, public="senior", nom_naissance="Senior", naissance="24/11/1966")
    assert garder(poste, refusee) is None
    decision_id = derniere_decision(poste, refusee.brouillon_id)
    assert "59 ans au jour d’arrivée" in dit(recit(poste, decision_id))
    assert "L’âge compte au jour d’arrivée de la demande." in dit(recit(poste, decision_id))
    explication = expliquer(poste, decision_id)
    assert explication.prise.faits is not None
    au_31 = reglement_2(('compte_au = { valeur = "arrivee"', 'compte_au = { valeur = "31 décembre"'))
    dossier = replace(explication.prise.faits.dossier, naissance=date(1967, 1, 1))
    faits = replace(explication.prise.faits, dossier=dossier, decision=evaluer(dossier, (au_31,)))
    comptee = replace(explication, prise=replace(explication.prise, faits=faits), reglement=au_31)
    texte = dit(raconter_decision(comptee, communes()))
    assert "· 59 ans le 31 décembre 2026" in texte and "L’âge compte le 31 décembre 2026." in texte
    sans_faits = replace(explication, prise=replace(explication.prise, faits=None))
    assert "L’âge compte au jour dit par le règlement." in dit(raconter_decision(sans_faits, communes()))


def test_after_an_erasure_only_what_names_nobody_is_told(g: Guichet, poste: Poste) -> None:
    attribue = attribuer(poste, visite_accord(poste))
    decision_id = decision_du_carnet(poste, attribue.carnet.campagne, attribue.carnet.numero)
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", attribue.personne.personne_id, {"cle": None})
    texte = dit(recit(poste, decision_id))
    assert "Les faits ont été effacés avec les données de la personne." in texte
    assert "Un carnet de 10" in texte and "Avec accompagnement" in texte
    assert not [mot for mot in ("Dufresnoy", "Fourmies", "39 ans", "18 octobre") if mot in texte]
    g.bureau.expliquer(decision_id, g.page)
    g.calme()
    assert isinstance(g.page, PageDecision) and g.page.recit is not None
    assert g.page.recit.nom == "Personne effacée" and "Imprimer la lettre" not in g.textes()
    assert g.page.primaire() is None


def test_at_200_the_reasons_come_first_and_the_keyboard_reads_them_all(g: Guichet, poste: Poste) -> None:
    garde = garder(poste, incomplet(poste))
    assert garde is not None and garde.demande_id is not None
    g.theme.choisir(echelle=2.0)
    g.bureau.expliquer(derniere_decision(poste, garde.demande_id), g.page)
    g.calme()
    page = g.page

    def place(mots: str) -> int:
        """How far down the column these words stand."""
        (texte,) = [x for x in page.findChildren(QLabel) if x.isVisible() and x.text() == mots]
        return texte.mapTo(page.regions()[0].widget(), texte.rect().topLeft()).y()  # type: ignore[attr-defined]

    zone = page.regions()[0]
    assert isinstance(zone, QScrollArea)
    barre = zone.verticalScrollBar()
    g.attendre(lambda: barre.maximum() > 0 and rognes(page) == [])
    assert place("Pourquoi") < place("Ce qui a été vérifié") < place("Contrôle de la réponse")
    assert place("Pourquoi") < zone.viewport().height(), "in sight at once"
    assert isinstance(g.focus, Btn), "the letter's button, outside of what scrolls"
    for _ in range(20):
        g.touche(Qt.Key.Key_PageDown)
    assert barre.value() == barre.maximum()
    g.touche(Qt.Key.Key_PageUp)
    assert barre.value() < barre.maximum()
    g.aller_a("Expliquer cette décision")
    avant = barre.value()
    g.touche(Qt.Key.Key_Up)
    assert barre.value() < avant


@pytest.mark.parametrize("echelle", [1.0, 1.5, 2.0])
def test_nothing_is_cut_off(g: Guichet, poste: Poste, echelle: float) -> None:
    garde = garder(poste, incomplet(poste, nom_naissance="Delhaye-Montrésor de la Houssière"))
    assert garde is not None and garde.demande_id is not None
    g.theme.choisir(echelle=echelle)
    g.calme()
    g.bureau.expliquer(derniere_decision(poste, garde.demande_id), g.page)
    g.calme()
    # Cards built a moment ago are laid out at the next turn.
    g.attendre(lambda: rognes(g.page) == [] and debordes(g.page) == [])
    etiquettes = [x for x in g.page.findChildren(QLabel) if x.textFormat() is not Qt.TextFormat.PlainText]
    assert [x.text() for x in etiquettes if "Delhaye" in x.text()] == []
    g.valider()
    g.attendre(lambda: rognes(g.papier()) == [])
    g.fermer_papier()
