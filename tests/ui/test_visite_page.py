"""The visit page in a real window: names as data, mistakes kept and explained, nothing cut, the latest answer wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytest import MonkeyPatch
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Etat
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.services.carnets import agir
from passdesk.services.poste import Poste, creer_poste
from passdesk.services.visite import attribuer, noter, ouvrir_visite, visites_ouvertes
from passdesk.storage import brouillons, carnets, demandes, personnes
from passdesk.tasks import TaskRunner
from passdesk.ui.aujourdhui.rangees import moment
from passdesk.ui.composants import Btn
from passdesk.ui.composants.annonce import ANNONCE
from passdesk.ui.impression import PageImpression
from passdesk.ui.papier.dialogue import DialoguePapier
from passdesk.ui.theme import Theme
from passdesk.ui.visite import PageVisite, demande
from passdesk.ui.visite.justificatifs import SectionJustificatifs
from passdesk.ui.visite.textes import MEME_PERSONNE
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe, visite_accord
from tests.services.lyceens import LYCEE, lyceen, publier
from tests.ui.guichet import CTRL, Guichet, guichet, nom_lu
from tests.ui.mesures import recouverts, rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NOMS = (
    "<b>O'Neil & fils</b>",
    "<img src=x>",
    "W" * 60,
    "ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸàâäæçéèêëîïôöœùûüÿ",
    "Nguyễn Thị Ánh Nguyệt",
    "Şükrü Işığıoğlu",
)


def jeune(poste: Poste) -> Brouillon:
    accord = visite_accord(poste)
    return replace(
        accord,
        nom_naissance="Carlier-Bray",
        prenoms="Théo",
        naissance="09/11/2003",
        public="jeune_insertion",
        prescripteur="mission_locale",
        pieces=accord.pieces[:2],
    )


def test_un_nom_est_montre_tel_quel(g: Guichet, poste: Poste) -> None:
    for numero, nom in enumerate(NOMS, start=1):
        saisi = replace(visite_accord(poste), nom_naissance=nom, prenoms=nom, nom_usage=nom, telephone="")
        page = g.visite(replace(saisi, naissance=f"{numero:02d}/04/1987"))
        page.personne.replier(False)
        page.personne.formulaire.ouvrir_suite(True)
        for champ in ("nom_naissance", "prenoms", "nom_usage"):
            assert page.personne.champs[champ].texte() == nom
        assert page.titre == f"{nom} {nom}"
        etiquettes = [x for x in page.findChildren(QLabel) if x.textFormat() is not Qt.TextFormat.PlainText]
        assert not [x.text() for x in etiquettes if nom in x.text()]
        if nom in (NOMS[0], NOMS[-1]):
            g.valider()
            assert g.page.titre == f"{nom} {nom}"
        g.bureau.fermer_page(g.page)
    gardes = {(p.nom_naissance, p.nom_usage) for p in personnes.recentes(poste.base)}
    assert gardes == {(NOMS[0], NOMS[0]), (NOMS[-1], NOMS[-1])}


def test_une_date_fausse_reste_et_dit_comment_la_corriger(g: Guichet, poste: Poste) -> None:
    page = g.visite(ouvrir_visite(poste))
    champ = page.personne.champs["naissance"]
    champ.saisie.setFocus()
    g.frapper("30/02/1990")
    assert "Février n’a pas de 30. Vérifiez le jour sur la pièce." not in g.textes()
    g.tabuler()
    g.calme()
    assert champ.texte() == "30/02/1990"
    assert "Février n’a pas de 30. Vérifiez le jour sur la pièce." in g.textes()
    champ.saisie.setFocus()
    g.touche(Qt.Key.Key_Home)
    g.touche(Qt.Key.Key_Delete)
    g.touche(Qt.Key.Key_Delete)
    g.frapper("28")
    g.tabuler()
    g.calme()
    assert not [texte for texte in g.textes() if texte.startswith("Février")]


def test_un_age_d_enfant_se_dit_sous_le_champ_et_n_empeche_rien(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste, nom_naissance="Leleu", prenoms="Ana"))
    page.personne.replier(False)
    champ, dit = page.personne.champs["naissance"].saisie, "9\u00a0ans\u00a0: vérifiez l’année de naissance."
    champ.setFocus()
    champ.selectAll()
    g.frapper("12042017")
    g.calme()
    assert dit not in g.textes()
    g.tabuler()
    g.calme()
    assert dit in g.textes()
    assert champ.accessibleDescription() == dit
    assert page.window().property(ANNONCE).endswith(dit)
    assert page.droit is not None and page.droit.etat == "accord"
    # Seen again when the visit is taken up: the section does not fold over it.
    assert not page.personne.repliable
    champ.setFocus()
    champ.selectAll()
    g.frapper("12041977")
    g.tabuler()
    g.calme()
    assert dit not in g.textes()
    assert page.personne.repliable


def test_qui_nait_apres_l_arrivee_de_sa_demande_n_a_pas_de_reponse(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste, nom_naissance="Leleu", prenoms="Ana", naissance="12/04/2017"))
    page.personne.replier(False)
    assert page.droit is not None and page.droit.etat == "accord"
    arrivee = page.demande.arrivee.saisie
    arrivee.setFocus()
    arrivee.selectAll()
    g.frapper("15012017")
    g.tabuler()
    g.calme()
    assert page.droit is not None and page.droit.etat == "question"
    assert "Cette date est après l’arrivée. Vérifiez les deux dates." in g.textes()
    with pytest.raises(SaisieRefusee, match="dossier_inacheve"):
        attribuer(poste, page.en_cours.brouillon)


def test_enregistre_n_est_dit_qu_une_fois_sur_le_disque(g: Guichet, poste: Poste) -> None:
    page = g.visite(ouvrir_visite(poste))
    assert visites_ouvertes(poste) == ()
    page.personne.champs["nom_naissance"].saisie.setFocus()
    g.frapper("Benali")
    assert not page.en_cours.est_enregistre
    assert not [texte for texte in g.textes() if texte.startswith("Enregistré à")]
    g.calme()
    (ligne,) = visites_ouvertes(poste)
    assert ligne.titre == "Benali"
    assert [texte for texte in g.textes() if texte.startswith("Enregistré à")]


def test_la_derniere_reponse_gagne(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste))
    for accompagne in (False, True, False):
        page.demande.accompagnement.choisi.emit(accompagne)
    g.calme()
    assert page.droit is not None and page.droit.titre == "Un carnet de\u00a05"
    assert page.panneau.titre.text() == "Un carnet de\u00a05"


def test_rien_n_est_attribue_d_autre_que_ce_qui_etait_montre(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste))
    assert page.panneau.titre.text() == "Un carnet de\u00a010"
    page.demande.accompagnement.choisi.emit(False)
    page.panneau.bouton.click()
    g.calme()
    assert g.page is page and page.panneau.titre.text() == "Un carnet de\u00a05"
    assert carnets.par_etat(poste.base, *Etat) == ()
    g.valider()
    (suivi,) = carnets.en_attente_de_papier(poste.base)
    assert suivi.carnet.taille == 5


def test_une_frappe_qui_ne_change_rien_laisse_attribuer(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste))
    page.personne.replier(False)
    page.personne.champs["telephone"].saisie.setFocus()
    g.frapper("1")
    page.panneau.bouton.click()
    g.calme()
    assert g.page is not page
    assert len(carnets.en_attente_de_papier(poste.base)) == 1


def test_une_fiche_ressemblante_decide_du_droit(g: Guichet, poste: Poste) -> None:
    deja = attribuer(poste, visite_accord(poste))
    page = g.visite(replace(visite_accord(poste), nom_naissance="Du Fresnoy", prenoms="Maelle", naissance="12/04/1988"))
    assert page.droit is not None
    assert (page.droit.titre, page.droit.sens) == ("À décider d’abord", "Est-ce la même personne\u00a0?")
    assert "10\u00a0pass déjà reçus\u00a0: votre réponse change le droit." in g.textes()
    g.valider()
    g.aller_a("Voir sa fiche")
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: g.page is not page)
    g.calme()
    assert "Maëlle Dufresnoy" in g.textes()
    g.touche(Qt.Key.Key_Tab, CTRL)
    g.attendre(lambda: g.page is page)
    g.calme()
    g.valider()
    assert nom_lu(g.focus) == MEME_PERSONNE
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page.en_cours.brouillon.personne_id == deja.personne.personne_id
    assert page.personne.champs["nom_naissance"].texte() == "Dufresnoy"
    assert page.droit is not None and page.droit.titre == "Un carnet l’attend déjà"
    g.valider()
    g.attendre(lambda: isinstance(g.page, PageImpression))
    assert "Maëlle Dufresnoy" in " ".join(g.textes())


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_dire_la_meme_personne_par_erreur_se_reprend(g: Guichet, poste: Poste, echelle: float) -> None:
    """Nobody has to write the name of who is here over another person's file."""
    g.theme.choisir(echelle=echelle)
    deja = attribuer(poste, visite_accord(poste))
    tape = replace(visite_accord(poste), nom_naissance="Du Fresnoy", prenoms="Maelle", naissance="12/04/1988")
    page = g.visite(tape)
    g.valider()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page.en_cours.brouillon.personne_id == deja.personne.personne_id
    page.demande.accompagnement.choisi.emit(False)
    g.calme()
    assert rognes(page) == []
    page.personne.ressemblance.reprise.retour.setFocus()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    rendu = replace(tape, accompagnement=False, autre_personne=(deja.personne.personne_id,))
    assert page.en_cours.brouillon == rendu, "typed before, and since"
    assert page.personne.champs["nom_naissance"].texte() == "Du Fresnoy"
    assert not page.personne.ressemblance.isVisible()
    assert page.droit is not None and page.droit.etat == "accord"
    attribuer(poste, rendu)
    assert personnes.get(poste.base, deja.personne.personne_id) == deja.personne


def test_une_visite_commencee_s_efface_et_rien_n_en_reste(g: Guichet, poste: Poste, monkeypatch: MonkeyPatch) -> None:
    """The person goes, and asks that nothing be kept: there is no file yet that an erasure could take."""
    reponses = [False, True]
    monkeypatch.setattr(demande, "confirmer", lambda *_, **__: reponses.pop(0))
    page = g.visite(ouvrir_visite(poste))
    page.personne.champs["nom_naissance"].saisie.setFocus()
    g.frapper("Benali")
    g.calme()
    page.justificatifs.scans.lu("piece_identite", (b"page",))
    g.calme()
    g.choisir_acte("Autres cas", "Effacer cette visite…")
    g.calme()
    assert page in g.bureau.visites and len(visites_ouvertes(poste)) == 1
    g.choisir_acte("Autres cas", "Effacer cette visite…")
    g.attendre(lambda: g.bureau.visites == ())
    g.calme()
    assert visites_ouvertes(poste) == ()
    assert poste.base.db.execute("SELECT count(*) FROM numerisation").fetchone()[0] == 0
    # Once an answer is recorded there is a file, with the rights of the person.
    page = g.visite(jeune(poste))
    g.valider()
    g.fermer_papier()
    page.demande.autres.setFocus()
    with pytest.raises(AssertionError, match="no Effacer"):
        g.choisir_acte("Autres cas", "Effacer cette visite…")
    g.touche(Qt.Key.Key_Escape)


def test_la_visite_qui_a_mene_au_carnet_finit_avec_lui(g: Guichet, poste: Poste) -> None:
    """Once the person has the carnet that waited, no draft is left behind; undone, the carnet waits again, alone."""
    deja = attribuer(poste, visite_accord(poste))
    saisi = replace(visite_accord(poste), personne_id=deja.personne.personne_id)
    noter(poste, saisi)
    page = g.visite(saisi)
    assert page.droit is not None and page.droit.action.libelle == "Imprimer ce carnet"
    g.valider()
    g.attendre(lambda: isinstance(g.page, PageImpression))
    assert page in g.bureau.visites, "until then, it can be come back to"
    g.valider()
    g.touche(Qt.Key.Key_1)
    g.valider()
    g.valider()
    assert "Carnet remis" in g.textes()
    g.attendre(lambda: page not in g.bureau.visites)
    g.valider()
    assert g.bureau.visites == () and visites_ouvertes(poste) == ()
    assert demandes.par_etat(poste.base, demandes.REFUSEE) == (), "no refusal was recorded"


def test_un_carnet_annule_au_lieu_d_etre_remis_laisse_la_visite(g: Guichet, poste: Poste) -> None:
    """The right is open again: what was typed, and the papers seen, serve for the next carnet."""
    deja = attribuer(poste, visite_accord(poste))
    saisi = replace(visite_accord(poste), personne_id=deja.personne.personne_id, note="à rappeler")
    noter(poste, saisi)
    page = g.visite(saisi)
    g.valider()
    g.attendre(lambda: isinstance(g.page, PageImpression))
    agir(poste, deja.carnet.campagne, deja.carnet.numero, "attribution.annuler", "erreur")
    g.contexte.signaler("carnets", "stock")
    g.calme()
    assert page in g.bureau.visites
    assert page.droit is not None and page.droit.etat == "accord"
    assert brouillons.get(poste.base, saisi.brouillon_id) == saisi


def test_dire_d_une_autre_fiche_que_c_est_quelqu_un_d_autre_n_ote_pas_le_carnet_qui_attend(
    g: Guichet, poste: Poste
) -> None:
    deja = attribuer(poste, visite_accord(poste))
    saisi = replace(visite_accord(poste), personne_id=deja.personne.personne_id, autre_personne=("cousine",))
    page = g.visite(saisi)
    assert page.droit is not None and page.droit.action.libelle == "Imprimer ce carnet"
    # Of the one whose carnet it is, the answer counts.
    page.en_cours.modifier(
        replace(saisi, personne_id=None, autre_personne=(deja.personne.personne_id,)), tout_de_suite=True
    )
    g.calme()
    assert page.droit is not None and page.droit.etat == "refus"


def test_ce_qui_est_tape_pendant_que_la_reponse_s_enregistre_reste(g: Guichet, poste: Poste) -> None:
    page = g.visite(jeune(poste))
    page.panneau.bouton.click()
    # The answer is being written; the hands go on.
    page.demande.accompagnement.choisi.emit(False)
    g.calme()
    g.fermer_papier()
    g.calme()
    brouillon = page.en_cours.brouillon
    assert brouillon.demande_id is not None and brouillon.accompagnement is False
    assert brouillons.get(poste.base, brouillon.brouillon_id) == brouillon
    assert page.demande.non.isChecked()


def test_devant_un_carnet_qui_attend_la_visite_peut_finir_sans_rien_noter(g: Guichet, poste: Poste) -> None:
    deja = attribuer(poste, visite_accord(poste))
    saisi = replace(visite_accord(poste), personne_id=deja.personne.personne_id)
    noter(poste, saisi)
    page = g.visite(saisi)
    g.aller_a("Terminer sans rien noter")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page not in g.bureau.visites
    assert [visite.etape for visite in visites_ouvertes(poste)] == ["a_imprimer"], "the carnet still waits"
    assert demandes.par_etat(poste.base, demandes.REFUSEE) == ()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_le_maximum_montre_ce_qui_a_ete_recu(g: Guichet, poste: Poste, echelle: float) -> None:
    """When, where, until when: shown with the refusal, and from there the person's file."""
    g.theme.choisir(echelle=echelle)
    deja = attribuer(poste, visite_accord(poste))
    page = g.visite(replace(visite_accord(poste), personne_id=deja.personne.personne_id))
    dits = {texte.replace("\u00a0", " ") for texte in g.textes()}
    assert {"Déjà attribué", "Un carnet l’attend déjà", "10 pass", "23 novembre 2026"} <= dits
    assert "Carnet de 10 · à ce poste · valable jusqu’au 31 décembre 2027" in dits
    assert rognes(page) == []
    g.aller_a("Voir la fiche")
    g.touche(Qt.Key.Key_Space)
    g.attendre(lambda: g.page is not page)
    g.calme()
    assert "Maëlle Dufresnoy" in g.textes()


def test_une_autre_personne_garde_son_droit(g: Guichet, poste: Poste) -> None:
    attribuer(poste, visite_accord(poste))
    page = g.visite(replace(visite_accord(poste), nom_naissance="Du Fresnoy", prenoms="Maelle", naissance="12/04/1988"))
    g.valider()
    g.tabuler()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page.droit is not None and page.droit.etat == "accord"
    assert not page.personne.ressemblance.isVisible()
    # Read again on the paper, the birth date is nearer to that of the file: what was said was of another one.
    page.personne.replier(False)
    page.personne.champs["naissance"].saisie.setFocus()
    g.touche(Qt.Key.Key_End)
    g.touche(Qt.Key.Key_Backspace)
    g.frapper("7")
    g.tabuler()
    g.calme()
    assert page.droit is not None and page.droit.sens == "Est-ce la même personne\u00a0?"


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_la_question_ouverte_se_lit_en_entier_et_sans_verdict(g: Guichet, poste: Poste, echelle: float) -> None:
    """A file already known holds the answer back, whatever it would be; its question has the keyboard, all of it read.

    From wherever the form was left, Ctrl+Entrée comes back to it.
    """
    g.theme.choisir(echelle=echelle)
    attribuer(poste, visite_accord(poste))
    page = g.visite(replace(visite_accord(poste), commune="75056", commune_saisie=""))
    for _ in range(2):
        assert nom_lu(g.focus) == MEME_PERSONNE
        g.attendre(lambda: bloc_lu(page))
        assert page.droit is not None and page.droit.etat == "question"
        assert not {"Hors de la région", "Maximum atteint"} & set(g.textes())
        page.justificatifs.rangs["justificatif_domicile"].case.setFocus()
        g.calme()
        g.valider()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page.droit.etat == "refus"


def bloc_lu(page: PageVisite) -> bool:
    """True when no part of the question is cut."""
    question = page.personne.ressemblance.premier_bouton()
    bloc = question.parentWidget() if question is not None else None
    while bloc is not None and bloc.property("role") != "bloc":
        bloc = bloc.parentWidget()
    return bloc is not None and bloc.visibleRegion().boundingRect().height() == bloc.height()


def test_une_demande_incomplete_est_gardee_avec_sa_liste(g: Guichet, poste: Poste) -> None:
    page = g.visite(jeune(poste))
    assert page.droit is not None
    assert (page.droit.etat, page.droit.sens) == ("incomplet", "Ensuite, un carnet de\u00a010")
    g.valider()
    g.fermer_papier()
    assert "À apporter" in g.textes() and "Attestation de stage, ou attestation mission locale" in g.textes()
    assert "Mettre en attente" not in g.textes(), "the next step is to end the visit"
    (personne,) = personnes.recentes(poste.base)
    (demande,) = demandes.par_personne(poste.base, personne.personne_id)
    assert demande.arrivee_le.isoformat() == "2026-11-23"
    # The paper comes: the same page goes on to the award, without typing anything again.
    page.justificatifs.rangs["attestation_stage"].case.setFocus()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page.droit is not None and page.droit.etat == "accord"
    assert "Mettre en attente" in g.textes()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_un_refus_note_ferme_la_saisie(g: Guichet, poste: Poste, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = g.visite(replace(visite_accord(poste), commune="75056", commune_saisie=""))
    assert page.droit is not None and page.droit.etat == "refus"
    g.valider()
    g.fermer_papier()
    assert "La demande et la réponse sont gardées." in " ".join(g.textes())
    assert not page.demande.isEnabled()
    quiets = {b.text() for b in page.findChildren(Btn) if b.genre == "discret" and b.isVisibleTo(page)}
    assert quiets & {"Modifier", "Autres cas", "Autres papiers"} == set(), "links that do nothing"
    assert g.aller_a("Expliquer cette décision"), "what is left to do answers, at every text size"
    assert visites_ouvertes(poste) == ()
    assert {"Imprimer la réponse", "Terminer la visite"} <= set(g.textes())
    g.touche(Qt.Key.Key_M, CTRL)
    assert g.bureau.visites == ()
    assert visites_ouvertes(poste) == ()


def test_ce_qui_manque_se_lit_d_un_coup_et_ce_qui_est_acquis_s_ouvre(g: Guichet, poste: Poste) -> None:
    """Three papers missing: the panel does not scroll; what holds is counted, and a link reads it, by keyboard too."""
    page = g.visite(visite_accord(poste, pieces=()))
    barre = page.panneau.findChild(QScrollArea).verticalScrollBar()
    g.attendre(lambda: barre.maximum() == 0)
    assert "Déjà acquis\u00a0: 2" in g.textes() and "Aucun pass reçu avant ce jour" not in g.textes()
    g.aller_a("Voir\u00a0: Déjà acquis")
    g.touche(Qt.Key.Key_Space)
    assert "Aucun pass reçu avant ce jour" in g.textes()
    assert nom_lu(g.focus) == "Refermer\u00a0: Déjà acquis"
    g.tabuler()
    assert nom_lu(g.focus) == "Imprimer la liste", "read in its place, before the acts"


def test_ce_qui_est_acquis_se_lit_en_entier_des_qu_il_y_a_la_place(g: Guichet, poste: Poste) -> None:
    """Two papers missing: the facts alone; a taller window has their references too, a lower one counts them."""
    saisi = visite_accord(poste)
    page = g.visite(replace(saisi, pieces=(saisi.pieces[0], replace(saisi.pieces[1], date="01/06/2026"))))
    fait, reference = "Aucun pass reçu avant ce jour", "Fiches du poste et liste régionale"
    g.attendre(lambda: {"Déjà acquis", fait} <= set(g.textes()) and not {reference, "Voir"} & set(g.textes()))
    barre = page.panneau.findChild(QScrollArea).verticalScrollBar()
    assert barre.maximum() == 0
    g.fenetre.resize(1366, 1000)
    g.attendre(lambda: {fait, reference} <= set(g.textes()))
    g.fenetre.resize(1366, 700)
    g.attendre(lambda: "Déjà acquis\u00a0: 3" in g.textes())
    assert fait not in g.textes()


def test_une_barre_de_defilement_ne_change_pas_la_forme_du_panneau(g: Guichet, poste: Poste) -> None:
    """Whatever form was tried before, and whether it had brought its bar: at each height, one form."""
    saisi = visite_accord(poste)
    # The name of the commune holds on its line, and would not beside the bar.
    saisi = replace(saisi, commune="59026", commune_saisie="59265")
    page = g.visite(replace(saisi, pieces=(saisi.pieces[0], replace(saisi.pieces[1], date="01/06/2026"))))
    zone, liste = page.panneau.findChild(QScrollArea), page.panneau.raisons

    def forme(politique: Qt.ScrollBarPolicy) -> tuple[object, ...]:
        """What the list shows, and how close its lines are, once it was tried beside such a bar."""
        zone.setVerticalScrollBarPolicy(politique)
        toujours = politique == Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        g.attendre(lambda: zone.verticalScrollBar().isVisible() is toujours)
        marges = page.panneau._corps.contentsMargins()
        g.attendre(lambda: liste.width() == zone.viewport().width() - marges.left() - marges.right())
        page.panneau._tenir()
        montres = tuple(mots.text() for mots in liste.findChildren(QLabel) if mots.isVisibleTo(liste))
        return montres, tuple(colonne.spacing() for colonne in liste._colonnes)

    formes = set()
    for hauteur in range(740, 860, 5):
        g.fenetre.resize(1366, hauteur)
        g.attendre(lambda hauteur=hauteur: g.fenetre.height() == hauteur)
        g.calme()
        sans, avec = (forme(p) for p in (Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn))
        assert avec == sans, hauteur
        formes.add(sans)
    assert len(formes) >= 4, "counted, its facts alone, whole, each closer or not"


@pytest.mark.parametrize("largeur", [1366, 1100])
def test_trois_papiers_et_leurs_dates_se_lisent_sans_defiler(g: Guichet, poste: Poste, largeur: int) -> None:
    """One of them too old, in a low window too: the lines come closer, then the references leave their room."""
    saisi = visite_accord(poste)
    page = g.visite(replace(saisi, pieces=(replace(saisi.pieces[1], date="01/06/2026"),)))
    assert page.droit is not None and page.droit.titre == "Encore 3 pièces"
    g.theme.choisir(echelle=1.0)
    g.fenetre.resize(largeur, 740)
    g.calme()
    date = "Il faut une date du 24\u00a0août 2026 ou après."
    assert g.textes().count(date) == 2
    if page.panneau.isVisible():
        barre = page.panneau.findChild(QScrollArea).verticalScrollBar()
        g.attendre(lambda: barre.maximum() == 0)
    for mode in ("sombre", "contraste", "clair"):
        g.theme.choisir(mode)
        g.attendre(lambda: recouverts(page) + rognes(page) == [])


def test_une_visite_reprise_va_au_papier_qui_manque(g: Guichet, poste: Poste) -> None:
    """The date too old, ready to be typed over; never from under fingers that are elsewhere already."""
    saisi = visite_accord(poste)
    page = g.visite(replace(saisi, pieces=(saisi.pieces[0], replace(saisi.pieces[1], date="01/06/2026"))))
    champ = page.justificatifs.rangs["justificatif_domicile"].saisie
    assert g.focus is champ and champ.selectedText() == "01/06/2026"
    g.frapper("18102026")
    g.tabuler()
    g.calme()
    assert page.droit is not None and page.droit.titre == "Encore une pièce"
    g.bureau.fermer_page(page)
    page = g.visite(replace(saisi, naissance="31/02/1987"))
    assert nom_lu(g.focus) == "Naissance"


def test_une_main_pressee_ne_demande_qu_un_papier_et_ne_termine_rien(g: Guichet, poste: Poste) -> None:
    page = g.visite(replace(visite_accord(poste), commune="75056", commune_saisie=""))
    g.valider()
    page.lettre.montrer_demande(page._demande_id())
    page.lettre.montrer_demande(page._demande_id())
    g.calme()
    assert len([w for w in QApplication.topLevelWidgets() if isinstance(w, DialoguePapier) and w.isVisible()]) == 1
    g.fermer_papier()
    g.valider()
    assert g.papier().isVisible(), "the answer that did not come out is still the next step"
    g.papier().sorti.emit()
    g.fermer_papier()
    assert page.droit is not None and page.droit.action.cle == "terminer"


def test_une_visite_reprise_dit_quand_elle_a_ete_enregistree(g: Guichet, poste: Poste) -> None:
    saisi = visite_accord(poste)
    noter(poste, saisi)
    assert isinstance(poste.horloge, HorlogeFixe)
    quand = moment(poste.horloge.maintenant(), poste.horloge.aujourdhui())
    g.visite(saisi)
    assert f"Enregistré {quand}" in g.textes()
    poste.horloge.instant += timedelta(days=2)
    g.visite(replace(saisi, brouillon_id="neuve", nom_naissance="Carlier"))
    assert not any(texte.startswith("Enregistré") for texte in g.textes()), "nothing of it is on the disk yet"


def test_la_meme_touche_mene_jusqu_aux_papiers_et_n_enregistre_rien(g: Guichet, poste: Poste) -> None:
    page = g.visite(replace(jeune(poste), pieces=()))
    for _ in range(3):
        g.valider()
        assert nom_lu(g.focus) == "Pièce d’identité"
    assert demandes.par_etat(poste.base, demandes.INCOMPLETE) == ()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    g.valider()
    g.fermer_papier()
    assert len(demandes.par_etat(poste.base, demandes.INCOMPLETE)) == 1
    assert page.en_cours.gardee
    g.touche(Qt.Key.Key_M, CTRL)
    g.calme()
    assert page not in g.bureau.visites, "Ctrl+M ends a visit that has its answer"


def test_un_papier_n_a_qu_un_verdict_sous_tout_reglement(g: Guichet, poste: Poste) -> None:
    """A règlement that takes no paper dated after the arrival: the row and the answer say the same."""
    publier(
        poste, ('dates_acceptees_jusqu_au = { valeur = "jour_vu"', 'dates_acceptees_jusqu_au = { valeur = "arrivee"')
    )
    accord = visite_accord(poste, arrivee_le="10/11/2026")
    tardif = PieceSaisie("justificatif_domicile", True, "12/11/2026", date(2026, 11, 23))
    page = g.visite(replace(accord, pieces=(accord.pieces[0], tardif, accord.pieces[2])))
    assert page.droit is not None and page.droit.etat == "incomplet"
    dits = [texte.replace("\u00a0", " ") for texte in g.textes()]
    assert "Trop récent" in dits and "2 sur 3" in dits
    assert [dit for dit in dits if dit.endswith(": sa date est trop récente")]


def test_un_second_carnet_se_demande_et_se_refuse(g: Guichet, poste: Poste) -> None:
    seul = replace(visite_accord(poste), accompagnement=False, prescripteur=None)
    attribuer(poste, seul)
    page = g.visite(replace(seul, brouillon_id="second"))
    assert page.demande.complementaire.isVisible()
    assert nom_lu(g.focus) == MEME_PERSONNE, "whose pass these are is asked before what they change"
    g.touche(Qt.Key.Key_Space)
    g.calme()
    g.valider()
    assert g.focus is page.demande.complementaire
    assert page.demande.complement.valeur() is None, "nothing is answered for anybody"
    g.touche(Qt.Key.Key_Right)
    g.calme()
    assert page.droit is not None and page.droit.titre == "Rien de plus demandé"
    assert not carnets.en_attente_de_papier(poste.base)[1:], "and nothing is awarded"
    g.touche(Qt.Key.Key_Left)
    g.calme()
    assert page.droit is not None and page.droit.titre == "Un carnet de\u00a05"


def test_les_lyceens_restent_derriere_un_lien(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste))
    assert "En lycée" not in g.textes()
    page.demande.autres.actes[1].trigger()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page.droit is not None and page.droit.titre == "Pas encore ouvert"


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_le_nom_n_est_pas_dit_deux_fois_ou_la_place_manque(g: Guichet, poste: Poste, echelle: float) -> None:
    """Closed, the first section is one line: where it has no room for the name, the title says it."""
    g.theme.choisir(echelle=echelle)
    page = g.visite(visite_accord(poste))
    assert g.textes().count("Maëlle Dufresnoy") == (1 if echelle > 1 else 2)
    (faits,) = [x for x in page.personne.findChildren(QLabel) if x.isVisible() and x.text().startswith("12/04/1987")]
    g.attendre(lambda: faits.height() < 2 * faits.fontMetrics().lineSpacing())


def test_mettre_en_attente_et_revenir(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste))
    page.personne.replier(False)
    page.personne.champs["prenoms"].saisie.setFocus()
    g.touche(Qt.Key.Key_End)
    g.frapper(" Rose")
    g.touche(Qt.Key.Key_M, CTRL)
    g.calme()
    assert g.page is not page
    (ligne,) = visites_ouvertes(poste)
    assert ligne.titre == "Maëlle Rose Dufresnoy"
    g.bureau.reprendre(ligne)
    g.calme()
    assert g.page is page


def sur_une_ligne(justificatifs: SectionJustificatifs) -> bool:
    """True when each tick stands on the line of its date."""
    rangs = [rang for rang in justificatifs.rangs.values() if not rang.saisie.isHidden()]
    return all(abs(r.saisie.geometry().center().y() - r.case.geometry().center().y()) < 4 for r in rangs)


@pytest.mark.parametrize(
    ("echelle", "largeur"), [(1.0, 1366), (1.0, 1280), (1.0, 1180), (1.25, 1366), (1.5, 1366), (2.0, 1366)]
)
def test_rien_n_est_rogne(g: Guichet, poste: Poste, echelle: float, largeur: int) -> None:
    accord = visite_accord(poste)
    attribuer(poste, replace(accord, nom_naissance="Lenoir", prenoms="Rose", telephone=""))
    brouillons = {
        "vide": ouvrir_visite(poste),
        "accord": accord,
        "incomplet": jeune(poste),
        "refus": replace(accord, public="lyceen"),
        "fausse": replace(
            accord, naissance="31/02/1958", pieces=(PieceSaisie("justificatif_domicile", True, "31/04/2026"),)
        ),
        "ressemblance": replace(accord, nom_naissance="Le Noir", prenoms="Rose", naissance="12/04/1988"),
    }
    g.theme.choisir(echelle=echelle)
    g.fenetre.resize(largeur, 768)
    for cas, brouillon in brouillons.items():
        page = g.visite(replace(brouillon, brouillon_id=cas))
        for replie in (True, False):
            page.personne.replier(replie)
            g.calme()
            assert (cas, rognes(page)) == (cas, [])
            if not replie:
                page.justificatifs.autres.actes[0].trigger()
                page.personne.formulaire.lien.click()
                g.calme()
            formulaire = page.regions()[0]
            assert isinstance(formulaire, QScrollArea)
            assert (cas, page.personne.width()) <= (cas, formulaire.viewport().width())
        if (echelle, largeur) == (1.0, 1366):
            g.attendre(lambda justificatifs=page.justificatifs: sur_une_ligne(justificatifs))
        radios = [page.demande.radios[p].y() for p in ("demandeur_emploi", "jeune_insertion", "senior")]
        assert (len(set(radios)) == 1) == (echelle < 2.0 and largeur != 1280)
        assert page.barre.isVisible() == (echelle > 1.0 or largeur < 1280)
        assert page.personne.ressemblance.isVisible() == (cas == "ressemblance")
        g.bureau.fermer_page(page)


def test_le_stock_qui_change_pendant_la_visite_se_voit(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste))
    attribuer(poste, replace(visite_accord(poste), nom_naissance="Benali", prenoms="Karim", telephone=""))
    assert page.droit is not None and "Il\u00a0restera 19\u00a0carnets de\u00a010 au poste." in page.droit.rassurance
    g.contexte.signaler("stock")
    g.calme()
    assert "Il\u00a0restera 18\u00a0carnets de\u00a010 au poste." in page.droit.rassurance


def test_un_poste_non_relie_le_dit_et_garde(tmp_path: Path, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> None:
    poste = creer_poste(
        tmp_path / "seul", PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    with guichet(poste, theme, taches, qtbot) as g:
        page = g.visite(visite_accord(poste))
        assert page.droit is not None and page.droit.retenu
        assert any("pas encore relié à la Région" in texte for texte in g.textes())
        g.valider()
        assert g.page is not page
    assert carnets.en_attente_de_papier(poste.base) == ()
    poste.fermer()


def test_le_lycee_n_est_demande_que_sous_un_reglement_qui_le_demande(g: Guichet, poste: Poste) -> None:
    page = g.visite(lyceen(poste, etablissement=""))
    assert not page.demande.etablissement.isVisible()
    g.bureau.fermer_page(page)
    publier(poste)
    page = g.visite(lyceen(poste, etablissement=""))
    assert page.demande.etablissement.isVisible()
    assert "Le numéro du lycée" in g.textes()
    g.valider()
    assert g.focus is page.demande.etablissement.saisie
    g.frapper("0590001a")
    g.tabuler()
    g.calme()
    assert (
        "Ce numéro de lycée n’existe pas. Il a sept chiffres et une lettre, sur le certificat de scolarité."
        in g.textes()
    )
    page.demande.etablissement.saisie.setFocus()
    page.demande.etablissement.saisie.selectAll()
    g.frapper("0590 001f")
    g.tabuler()
    g.calme()
    assert page.demande.etablissement.texte() == LYCEE
    assert "Un carnet de\u00a05, soit 50\u00a0€" in g.textes(), "the right, which this desk has no carnet for"
