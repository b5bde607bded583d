"""*À vérifier*: the count, the facts in words, and "C’est vu" at the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from passdesk.domain.demande import Anterieur
from passdesk.domain.francais import typographie
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.evenements import CarnetBloque, IndexAjout, LitigeTranche
from passdesk.services.fusion import defaire, fusionner, fusions_de
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.litiges import a_verifier, compter_a_verifier, noter_appel, noter_vu
from passdesk.services.poste import Poste
from passdesk.services.reglages import regler_telephone_aide
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer
from passdesk.storage import envoi, evenements, litiges, personnes, reglements
from passdesk.storage.envoi import Issue
from passdesk.ui import mots_cas
from passdesk.ui.a_verifier import PageAVerifier, textes
from passdesk.ui.a_verifier.detail import DetailCas, DetailReglement, DetailSuspens
from passdesk.ui.a_verifier.papier import papier_reglement, papier_suspens
from passdesk.ui.aujourdhui.rangees import moment
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.composants import Badge, Btn, TexteElide
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.personnes.fusion import PageFusion
from tests.builders import visite_accord
from tests.ui.guichet import Guichet, nom_lu, poste_hors_ligne
from tests.ui.mesures import debordes, hors_de_vue, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier
NOTE = "Note, facultatif, lu par la Région"


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    """One carnet of ten, five of its pass blocked, and a case about it."""
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    carnet = attribuer(poste, visite_accord(poste)).carnet
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 50, CarnetBloque(127, carnet.numero, (6, 7, 8, 9, 10), "litige"))
        litiges.ouvrir(
            poste.base, srv_seq=51, litige_id="L000051", sujet=carnet.personne_id, campagne=127,
            carnets=(carnet.numero, 142), excedent=5, postes=("Guichet d’essai", "Bus de l’Avesnois"),
        )  # fmt: skip
    yield poste
    poste.fermer()


def a_verifier_page(g: Guichet) -> PageAVerifier:
    """Alt+4."""
    g.touche(Qt.Key.Key_4, ALT)
    g.calme()
    page = g.page
    assert isinstance(page, PageAVerifier)
    return page


def test_la_navigation_compte_et_la_page_dit_les_faits(g: Guichet) -> None:
    lien = g.bureau.navigation.lieux["a-verifier"]
    assert lien.accessibleName() == "À vérifier, 1\u00a0dossier"
    page = a_verifier_page(g)
    assert [r.titre for r in page.liste.rangees] == ["5\u00a0pass de trop pour la même personne"]
    assert {
        "1\u00a0dossier à reprendre quand vous avez un moment",
        "Maëlle Dufresnoy · 12/04/1987 · Fourmies · 06\u00a039\u00a098\u00a000\u00a012",
        "Les postes étaient hors ligne et ne pouvaient pas le savoir. Personne n’a fait d’erreur.",
        "Ici, Guichet d’essai",
        "Bus de l’Avesnois",
        "Carnet n°\u00a0127\u00a00000142",
        "5\u00a0pass restent valables. La Région a reçu ce dossier et décidera pour les 5\u00a0autres.",
        "Appeler le poste Bus de l’Avesnois",
    } <= set(g.textes())


def test_aujourd_hui_y_mene(g: Guichet) -> None:
    lien = next(b for b in g.page.findChildren(Btn) if b.texte() == "Vérifier")
    assert "5\u00a0pass de trop pour la même personne, Maëlle Dufresnoy." in g.textes(), "which one"
    assert lien.isVisible()
    lien.click()
    assert isinstance(g.page, PageAVerifier)


def test_c_est_vu_se_note_au_clavier(g: Guichet, poste: Poste) -> None:
    page = a_verifier_page(g)
    assert g.focus is page.liste
    g.touche(Qt.Key.Key_Return)
    g.aller_a(NOTE)
    g.frapper("Rapporte le carnet jeudi")
    g.aller_a("C’est vu")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    (vu,) = a_verifier(poste).vus
    assert [note.texte for note in vu.notes] == ["Rapporte le carnet jeudi"]
    textes = g.textes()
    assert {"C’est noté. La Région le recevra au prochain envoi.", "Rien à vérifier"} <= set(textes)
    assert g.bureau.navigation.lieux["a-verifier"].accessibleName() == "À vérifier"


def test_les_dossiers_vus_restent_derriere_un_lien(g: Guichet) -> None:
    page = a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.aller_a(NOTE)
    g.frapper("Vu avec le bus")
    g.aller_a("C’est vu")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert not page.liste.isVisible()
    assert page.lien_vus.texte() == "Déjà vu : 1\u00a0dossier".replace(" :", "\u00a0:")
    page.lien_vus.click()
    g.calme()
    (rangee,) = page.liste.rangees
    assert rangee.badge == "Déjà vu"
    assert isinstance(page.detail, DetailCas) and page.primaire() is None
    assert {"Vu avec le bus", "Déjà vu"} <= set(g.textes())


def test_les_actes_gardes_a_part_sont_dits_en_mots(g: Guichet, poste: Poste) -> None:
    tete = envoi.tete(poste.base)
    for recul in (0, 1):
        envoi.noter_issues(poste.base, [Issue(tete.epoch, tete.seq - recul, "en_attente", None, "inapplicable")])
    g.bureau.montrer_lieu("aujourdhui")
    g.calme()
    assert "5\u00a0pass de trop pour la même personne, Maëlle Dufresnoy, et un autre dossier." in g.textes()
    assert mots_cas.premier(replace(a_verifier(poste), ouverts=())) == "2\u00a0actes gardés à part par la Région"
    page = a_verifier_page(g)
    g.touche(Qt.Key.Key_Down)
    g.calme()
    assert isinstance(page.detail, DetailSuspens)
    textes = g.textes()
    assert "2\u00a0actes gardés à part par la Région" in textes
    assert any("Maëlle Dufresnoy · 23\u00a0novembre" in texte for texte in textes)
    assert any(texte.endswith("Rien n’est perdu, rien n’est à refaire.") for texte in textes)
    numeros = [f"1-{tete.seq - 1}", f"1-{tete.seq}"]
    assert all(any(texte.startswith(f"Acte\u00a0{numero} · ") for texte in textes) for numero in numeros)
    dites = f"Dites\u00a0: poste Guichet d’essai, acte\u00a0{numeros[0]} et les suivants."
    assert f"Le numéro d’aide se règle dans Réglages. {dites}" in textes
    regler_telephone_aide(poste, "03 20 00 00 00")
    page.actualiser()
    g.attendre(lambda: f"03\u00a020\u00a000\u00a000\u00a000 · {dites}" in g.textes())
    g.aller_a("Imprimer pour l’appel")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert g.papier().enregistrer.isVisible()
    g.fermer_papier()


def test_le_papier_de_l_appel_dit_les_numeros_et_ne_nomme_personne(poste: Poste) -> None:
    regler_telephone_aide(poste, "0320000000")
    tete = envoi.tete(poste.base)
    envoi.noter_issues(poste.base, [Issue(tete.epoch, tete.seq, "en_attente", None, "inapplicable")])
    reglements.noter(
        poste.base, reglement_id="2026-10-15", generation=3, executoire_le=date(2026, 12, 1), empreinte=bytes(32),
        octets=b"", raison="decision_prise",
    )  # fmt: skip
    lu = a_verifier(poste)
    for contenu, attendus in (
        (papier_suspens(lu.suspens, lu, date(2026, 11, 23)), {f"Acte\u00a01-{tete.seq}"}),
        (papier_reglement(lu.reglements[0], lu, date(2026, 11, 23)), {"2026-10-15", "1er\u00a0décembre 2026"}),
    ):
        lignes = [ligne for rubrique in contenu.rubriques for ligne in rubrique.lignes]
        dits = {mot for ligne in lignes for mot in (ligne.nom, ligne.valeur)}
        assert attendus | {"03\u00a020\u00a000\u00a000\u00a000", "Guichet d’essai"} <= dits
        assert "Dufresnoy" not in repr((contenu.introduction, lignes)) and contenu.personne == ""


def test_ce_qui_est_ecrit_dans_la_note_survit_a_un_envoi(g: Guichet) -> None:
    page = a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.aller_a(NOTE)
    g.frapper("Rappeler")
    g.contexte.signaler("envoi", "litiges")
    g.calme()
    assert isinstance(page.detail, DetailCas)
    assert page.detail.note.texte() == "Rappeler"


@pytest.mark.parametrize("mode", ["clair", "contraste"])
@pytest.mark.parametrize("echelle", [1.0, 1.25, 1.5, 2.0])
def test_rien_n_est_rogne_ni_mal_ecrit(g: Guichet, echelle: float, mode: str) -> None:
    g.theme.choisir(mode, echelle)
    page = a_verifier_page(g)
    g.attendre(lambda: rognes(g.fenetre) + debordes(g.fenetre) == [])
    page.ouvrir()
    g.calme()
    g.attendre(lambda: rognes(g.fenetre) + debordes(g.fenetre) == [])
    assert [texte for texte in g.textes() if typographie(texte) != texte] == []
    assert anonymes(g.page) == []


@pytest.mark.parametrize(
    ("raison", "phrase"),
    [
        ("decision_prise", "que ce règlement aurait changée."),
        ("reglement_illisible", "Mettre PassDesk à jour"),
        ("signature", "Rien ne prouve qu’il vient de la Région."),
    ],
)
def test_un_reglement_ecarte_dit_pourquoi_et_ce_qui_continue(
    g: Guichet, poste: Poste, raison: str, phrase: str
) -> None:
    reglements.noter(
        poste.base, reglement_id="2026-10-15", generation=1, executoire_le=date(2026, 11, 1), empreinte=bytes(32),
        octets=b"", raison=raison,
    )  # fmt: skip
    page = a_verifier_page(g)
    page.liste.setFocus()
    g.touche(Qt.Key.Key_Down)
    g.calme()
    lus = g.textes()
    assert "Le règlement du 15\u00a0octobre 2026 n’est pas appliqué ici" in lus
    assert any(phrase in texte for texte in lus)
    assert "Les réponses déjà données ne changent pas. Le poste continue avec le règlement d’avant." in lus
    assert isinstance(page.detail, DetailReglement)
    assert rognes(page) == []


def test_a_200_pour_cent_c_est_vu_reste_sous_les_yeux_et_les_faits_se_lisent_au_clavier(g: Guichet) -> None:
    g.theme.choisir(echelle=2.0)
    page = a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    detail = page.detail
    assert isinstance(detail, DetailCas)
    g.attendre(lambda: not detail.bouton.visibleRegion().isEmpty())
    assert detail.bouton.visibleRegion().boundingRect() == detail.bouton.rect()
    assert detail.note.visibleRegion().isEmpty(), "nothing is pinned over the facts but the next act"
    (fin,) = [t for t in detail.findChildren(QLabel) if t.text().startswith("La ligne quitte la liste")]
    assert fin.visibleRegion().isEmpty(), "further down"
    for _ in range(4):
        g.touche(Qt.Key.Key_PageDown)
    assert not fin.visibleRegion().isEmpty()
    rangs = [bouton for bouton in detail.boutons.values() if bouton is not detail.bouton]
    assert len({bouton.width() for bouton in rangs}) == 1, "as wide as each other"
    g.aller_a(NOTE)
    g.frapper("Vu")
    g.touche(Qt.Key.Key_PageUp)
    assert detail.note.texte() == "Vu"


def test_entree_mene_au_prochain_acte_et_les_faits_restent_en_vue(g: Guichet) -> None:
    page = a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    detail = page.detail
    assert isinstance(detail, DetailCas)
    assert g.focus is detail.bouton and detail.bouton.texte() == "Noter l’appel"
    lignes = {t.text(): t for t in detail.findChildren(QLabel)}
    for texte in ("5\u00a0pass de trop pour la même personne", "Bus de l’Avesnois", "Ce que vous pouvez faire"):
        assert lignes[texte].visibleRegion().boundingRect() == lignes[texte].rect(), texte
    (appels,) = [t for t in g.textes() if "06\u00a039" in t]
    assert appels.startswith("Maëlle Dufresnoy"), "the number to call is told once"


@pytest.mark.parametrize("hauteur", [768, 690, 640])
def test_tous_les_actes_la_note_et_c_est_vu_sont_sous_les_yeux(g: Guichet, hauteur: int) -> None:
    """690: what a bar of tasks and a title leave of the screen of an older laptop."""
    page = a_verifier_page(g)
    g.fenetre.resize(1366, hauteur)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    detail = page.detail
    assert isinstance(detail, DetailCas)
    bas = [detail.note, list(detail.boutons.values())[-1]]
    for widget in [*bas, *detail.boutons.values()] if hauteur > 640 else bas:
        assert widget.visibleRegion().boundingRect() == widget.rect(), widget.accessibleName()
    assert rognes(g.fenetre) == []


def test_la_note_que_l_on_tape_reste_sous_les_doigts_quand_la_fenetre_change_de_hauteur(g: Guichet) -> None:
    page = a_verifier_page(g)
    g.fenetre.resize(1366, 768)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    g.aller_a(NOTE)
    g.frapper("Carnet ")
    for hauteur in (690, 768):
        avant = page.detail
        g.fenetre.resize(1366, hauteur)
        g.attendre(lambda avant=avant: page.detail is not avant)
        g.frapper("rendu ")
    assert isinstance(page.detail, DetailCas) and page.detail.note.texte() == "Carnet rendu rendu "


def test_a_200_pour_cent_les_deux_cotes_sont_entiers_et_un_lien_mene_a_la_note(g: Guichet) -> None:
    g.theme.choisir(echelle=2.0)
    page = a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    detail = page.detail
    assert isinstance(detail, DetailCas)
    lus = [w for w in detail.findChildren(QLabel) if w.text() in ("Ici, Guichet d’essai", "Bus de l’Avesnois")]
    blocs = [lu.parentWidget().parentWidget() for lu in lus]
    assert len(blocs) == 2
    for bloc in blocs:
        g.attendre(lambda b=bloc: b.visibleRegion().boundingRect() == b.rect())
    g.aller_a("C’est vu…")
    g.touche(Qt.Key.Key_Space)
    assert g.focus is detail.note.saisie and hors_de_vue(g.fenetre) == []


def test_un_appel_note_par_une_version_d_avant_reste_coche(poste: Poste) -> None:
    (cas,) = a_verifier(poste).ouverts
    noter_appel(poste, cas.litige_id, "Appel à Bus de l’Avesnois · Carnet rapporté")
    (cas,) = a_verifier(poste).ouverts
    (geste,) = textes.appels_notes(cas, textes.gestes(cas))
    assert geste.titre == "Appeler le poste Bus de l’Avesnois"


@pytest.mark.parametrize(
    ("recul", "dit"), [(0, "aujourd’hui"), (1, "hier"), (3, "vendredi"), (6, "mardi"), (7, "le\u00a016\u00a0novembre")]
)
def test_la_liste_dit_depuis_quand_avec_les_mots_de_la_semaine(poste: Poste, recul: int, dit: str) -> None:
    (cas,) = a_verifier(poste).ouverts
    lundi = date(2026, 11, 23)
    recu = datetime(2026, 11, 23, 12, tzinfo=UTC) - timedelta(days=recul)
    assert textes.depuis(replace(cas, recu=recu), lundi).endswith(f"depuis\u00a0{dit}")


@pytest.mark.parametrize(
    ("bloques", "dit"),
    [
        (1, "9\u00a0pass restent valables. La Région a reçu ce dossier et décidera pour l’autre."),
        (9, "1\u00a0pass reste valable. La Région a reçu ce dossier et décidera pour les 9\u00a0autres."),
        (10, "La Région décidera pour ces 10\u00a0pass. Aucun lieu ne les prend d’ici là."),
    ],
)
def test_ce_qui_est_en_jeu_se_dit_au_singulier_comme_au_pluriel(poste: Poste, bloques: int, dit: str) -> None:
    (cas,) = a_verifier(poste).ouverts
    assert textes.sur(replace(cas, ici=(replace(cas.ici[0], bloques=bloques),))).startswith(dit)


def test_un_dossier_de_deux_fiches_separees_le_dit_et_dit_quoi_verifier(g: Guichet, poste: Poste) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.enregistrer", "seule", {"nom_naissance": "Carlier", "prenoms": "Zoé", "cle": b"k" * 16})
    (cas,) = a_verifier(poste).ouverts
    assert cas.personne is not None
    garde = cas.personne.personne_id
    fusionner(poste, garde, "seule")
    defaire(poste, fusions_de(poste, garde)[0].acte, garde)
    page = a_verifier_page(g)
    assert [rangee.titre for rangee in page.liste.rangees] == ["5\u00a0pass en attente, de deux fiches séparées"]
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert any("puis séparées le 23\u00a0novembre 2026" in texte for texte in g.textes())
    assert "Vérifier les deux fiches" in g.textes()
    assert rognes(g.fenetre) + debordes(g.fenetre) == []
    g.aller_a("Comparer, Vérifier les deux fiches")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert isinstance(g.page, PageFusion)
    assert any(texte.startswith("Maëlle Dufresnoy") for texte in g.textes())
    g.touche(Qt.Key.Key_Escape)
    assert g.page is page


def test_l_appel_se_note_au_clavier_et_le_dossier_reste_avec_c_est_vu_pour_suite(g: Guichet, poste: Poste) -> None:
    page = a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.aller_a(NOTE)
    g.frapper("Rapporte le carnet jeudi")
    g.valider()
    (cas,) = a_verifier(poste).ouverts
    assert [note.texte for note in cas.notes] == ["Appel à la personne · Rapporte le carnet jeudi"]
    quand = moment(cas.notes[0].quand, poste.horloge.aujourdhui())
    assert {
        f"Appel noté {quand}. La Région le recevra au prochain envoi.",
        f"Appel noté {quand}, Claire Mabille · Rapporte le carnet jeudi",
        "Noter un autre appel",
    } <= set(g.textes())
    assert isinstance(page.detail, DetailCas)
    assert page.detail.note.texte() == ""
    # The next call is the next thing to do; the line leaves the list only when somebody goes and says so.
    assert nom_lu(g.focus) == "Noter l’appel, Appeler le poste Bus de l’Avesnois" and g.focus is page.primaire()
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert nom_lu(g.focus) == "Voir le carnet, Regarder le carnet"
    assert len(a_verifier(poste).ouverts) == 1
    bouton = page.primaire()
    assert bouton is not None and bouton.texte() == "C’est vu"
    assert bouton.visibleRegion().boundingRect() == bouton.rect()
    g.valider()
    assert a_verifier(poste).ouverts == ()


def test_a_200_pour_cent_l_appel_note_se_dit_sous_les_yeux_avec_qui_appeler_ensuite(g: Guichet) -> None:
    g.theme.choisir(echelle=2.0)
    page = a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.valider()
    detail = page.detail
    assert isinstance(detail, DetailCas) and detail.pied is not None
    g.attendre(lambda: not detail.bouton.visibleRegion().isEmpty())
    (dit,) = [t for t in detail.pied.findChildren(QLabel) if t.text().startswith("Appel noté à ")]
    assert dit.visibleRegion().boundingRect() == dit.rect()
    assert "Appeler le poste Bus de l’Avesnois" in [w.text() for w in detail.pied.findChildren(TexteElide)]
    assert g.focus is detail.bouton and detail.bouton.texte() == "Noter l’appel"
    assert rognes(page) == []
    g.touche(Qt.Key.Key_Escape)
    g.touche(Qt.Key.Key_4, ALT)
    g.calme()
    assert not any("Appel noté" in texte for texte in g.textes()), "come back later, it is told in its place alone"


def test_l_autre_carnet_a_sa_date_et_sa_taille_et_les_pass_bloques_leurs_numeros(g: Guichet, poste: Poste) -> None:
    (cas,) = a_verifier(poste).ouverts
    assert cas.personne is not None
    cle = personnes.cle_de(poste.base, cas.personne.personne_id)
    assert cle is not None
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 49, IndexAjout(cle, 5, date(2026, 11, 20), "bus"))
    page = a_verifier_page(g)
    assert {"Attribué le 20\u00a0novembre", "Carnet de\u00a05, n°\u00a0127\u00a00000142"} <= set(g.textes())
    badges = [badge.accessibleName() for badge in page.findChildren(Badge)]
    assert "Pass\u00a06 à\u00a010 bloqués" in badges


@pytest.mark.parametrize(
    ("rangs", "dit"),
    [
        ((), ["Reste valable"]),
        ((9, 10), ["Pass\u00a01 à\u00a08 valables", "Pass\u00a09 et\u00a010 bloqués"]),
        ((2, 5, 6), ["Pass\u00a01, 3, 4, 7, 8, 9 et\u00a010 valables", "Pass\u00a02, 5 et\u00a06 bloqués"]),
        (tuple(range(2, 11)), ["Pass\u00a01 valable", "Pass\u00a02 à\u00a010 bloqués"]),
        (tuple(range(1, 11)), ["Bloqué en entier"]),
    ],
)
def test_les_pass_valables_et_bloques_se_disent_par_leurs_numeros(
    poste: Poste, rangs: tuple[int, ...], dit: list[str]
) -> None:
    (cas,) = a_verifier(poste).ouverts
    ici = replace(cas.ici[0], carnet=replace(cas.ici[0].carnet, rangs_bloques=rangs), bloques=len(rangs))
    cotes = textes.cotes(replace(cas, ici=(ici,)), date(2026, 11, 23))
    assert [badge for badge, _, _ in cotes[0].badges] == dit


@pytest.mark.parametrize(
    ("nuls", "dit"),
    [
        (None, ["Suivi par la Région"]),
        (((),), ["Reste valable"]),
        (((), ()), ["Restent valables"]),
        (((4, 5),), ["Pass\u00a01 à\u00a03 valables", "Pass\u00a04 et\u00a05 bloqués"]),
        ((tuple(range(1, 11)),), ["Bloqué en entier"]),
        (((4, 5), ()), ["2\u00a0pass bloqués"]),
    ],
)
def test_l_autre_cote_se_dit_de_la_meme_facon(
    poste: Poste, nuls: tuple[tuple[int, ...], ...] | None, dit: list[str]
) -> None:
    (cas,) = a_verifier(poste).ouverts
    assert cas.nuls_ailleurs == ((),), "what is blocked here is the whole excess: the other carnet is good"
    ailleurs = (Anterieur(5, date(2026, 11, 20)),)
    cotes = textes.cotes(replace(cas, nuls_ailleurs=nuls, donnes_ailleurs=ailleurs), date(2026, 11, 23))
    assert [badge for badge, _, _ in cotes[-1].badges] == dit


def test_la_decision_de_la_region_revient_dans_la_liste_et_dit_quoi_faire(g: Guichet, poste: Poste) -> None:
    (cas,) = a_verifier(poste).ouverts
    noter_appel(poste, cas.litige_id, "Appel à la personne")
    noter_vu(poste, cas.litige_id, "")
    assert compter_a_verifier(poste) == 0
    assert isinstance(poste.horloge, HorlogeFixe)
    poste.horloge.instant += timedelta(hours=1)
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 60, CarnetBloque(127, cas.ici[0].carnet.numero, (), "litige"))
        evenements.appliquer(poste.base, 61, LitigeTranche(cas.litige_id, "homonyme"))
    assert compter_a_verifier(poste) == 1
    page = a_verifier_page(g)
    assert [r.titre for r in page.liste.rangees] == ["La Région a décidé\u00a0: deux personnes"]
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert {
        "Ce sont deux personnes de mêmes noms et de même naissance. Tous leurs pass sont valables.",
        "Les 10\u00a0pass donnés ici sont valables. Un lieu hors ligne l’apprend avec sa prochaine liste.",
        "Dire que tous ses pass sont valables.",
    } <= set(g.textes())
    assert [badge.accessibleName() for badge in page.findChildren(Badge)].count("Reste valable") == 2
    assert nom_lu(g.focus) == "Noter l’appel, Appeler Maëlle Dufresnoy", "the call of before told something else"
    g.aller_a("C’est vu")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert compter_a_verifier(poste) == 0
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 61, LitigeTranche(cas.litige_id, "homonyme"))
    assert compter_a_verifier(poste) == 0, "heard again, it is not news"


@pytest.mark.parametrize(
    ("decision", "bloques", "dit"),
    [
        ("meme_personne", 5, "5\u00a0pass restent valables. Aucun lieu ne prend les 5\u00a0autres."),
        ("fraude", 10, "Aucun lieu ne prend les pass donnés ici."),
        ("une_sorte_de_demain", 0, "Les 10\u00a0pass donnés ici sont valables. "
         "Un lieu hors ligne l’apprend avec sa prochaine liste."),
    ],
)  # fmt: skip
def test_chaque_decision_dit_ce_qui_vaut_encore(poste: Poste, decision: str, bloques: int, dit: str) -> None:
    (cas,) = a_verifier(poste).ouverts
    ici = replace(cas.ici[0], bloques=bloques)
    decide = replace(cas, decision=decision, ici=(ici,))
    assert textes.sur(decide) == dit
    assert mots_cas.titre_cas(decide).startswith("La Région a décidé")
    assert [geste.acte for geste in textes.gestes(decide)] == ["appel", "carnet", "vu"]


def test_l_appel_a_l_autre_poste_dit_lequel(g: Guichet, poste: Poste) -> None:
    a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.aller_a("Noter l’appel, Appeler le poste Bus de l’Avesnois")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    (cas,) = a_verifier(poste).ouverts
    assert [note.texte for note in cas.notes] == ["Appel au poste Bus de l’Avesnois"]


def test_tab_passe_par_chaque_bouton_de_haut_en_bas(g: Guichet) -> None:
    a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    lus = []
    g.aller_a("Noter l’appel, Appeler Maëlle Dufresnoy")
    for _ in range(6):
        lus.append(g.focus.accessibleName())
        g.tabuler()
    assert lus == [
        "Noter l’appel, Appeler Maëlle Dufresnoy",
        "Noter l’appel, Appeler le poste Bus de l’Avesnois",
        "Voir le carnet, Regarder le carnet",
        "Ouvrir la fiche, Relire la fiche",
        NOTE,
        "C’est vu",
    ]


def test_le_carnet_du_dossier_s_ouvre_quoi_qu_on_ait_cherche_avant(g: Guichet, poste: Poste) -> None:
    carnets = g.bureau.montrer_lieu("carnets")
    assert isinstance(carnets, PageCarnets)
    carnets.filtre.set_valeur("sortis")
    carnets.champ.setText("Walbecq")
    g.calme()
    assert carnets.detail is None
    a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.aller_a("Voir le carnet, Regarder le carnet")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert g.page is carnets
    (cas,) = a_verifier(poste).ouverts
    assert carnets.detail is not None
    assert carnets.detail.fiche.ligne.serie == cas.ici[0].serie
    assert g.focus is carnets.detail.bouton


def test_un_carnet_bloque_deja_remis_se_reprend(g: Guichet, poste: Poste) -> None:
    carnet = attribuer(poste, visite_accord(poste, nom_naissance="Carlier")).carnet
    numero = carnet.campagne, carnet.numero
    lancer_impression(poste, *numero)
    repondre(poste, *numero, "tout")
    remettre(poste, *numero, poste.horloge.aujourdhui())
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 52, CarnetBloque(127, carnet.numero, (10,), "litige"))
        litiges.ouvrir(
            poste.base, srv_seq=53, litige_id="L000052", sujet=carnet.personne_id, campagne=127,
            carnets=(carnet.numero,), excedent=1, postes=(),
        )  # fmt: skip
    a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.aller_a("Carnet rendu, Reprendre le carnet bloqué")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert isinstance(g.page, PageCarnets) and g.page.detail is not None
    assert g.page.detail.fiche.ligne.carnet.numero == carnet.numero
    assert "carnet.retourner" in g.page.detail.actes


def test_la_fiche_du_dossier_s_ouvre_parmi_les_memes_noms(g: Guichet, poste: Poste) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        identite = {"nom_naissance": "Dufresnoy", "prenoms": "Maëlle", "cle": b"k" * 16}
        acte.inscrire("personne.enregistrer", "autre", identite)
    (cas,) = a_verifier(poste).ouverts
    a_verifier_page(g)
    g.touche(Qt.Key.Key_Return)
    g.aller_a("Ouvrir la fiche, Relire la fiche")
    g.touche(Qt.Key.Key_Return)
    g.attendre(lambda: isinstance(g.page, PagePersonnes) and g.page.fiche is not None)
    g.calme()
    assert isinstance(g.page, PagePersonnes) and g.page.fiche is not None and cas.personne is not None
    assert len(g.page.liste.rangees) == 2
    assert g.page.fiche.fiche.personne.personne_id == cas.personne.personne_id
