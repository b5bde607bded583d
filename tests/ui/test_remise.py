"""The hand-over: what to say, one day, one confirmation, and what goes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Etat
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.evenements import CarnetBloque
from passdesk.protocol.serie import serie_carnet
from passdesk.services.carnets import agir
from passdesk.services.fiche import modifier
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import Poste
from passdesk.services.reglages import regler_telephone_aide
from passdesk.services.tirages import tirages
from passdesk.services.visite import attribuer, visites_ouvertes
from passdesk.storage import carnets, evenements, personnes
from passdesk.tasks import TaskRunner
from passdesk.ui.impression import PageImpression
from passdesk.ui.remise import PageRemise
from passdesk.ui.theme import Theme
from passdesk.ui.visite import PageVisite
from tests.builders import MIDI, visite_accord
from tests.ui.guichet import CTRL, Guichet, guichet, poste_hors_ligne
from tests.ui.mesures import rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    ce_jour, poste.horloge = poste.horloge, HorlogeFixe(MIDI - timedelta(days=1))
    carnet = attribuer(poste, visite_accord(poste)).carnet
    poste.horloge = ce_jour
    lancer_impression(poste, carnet.campagne, carnet.numero)
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    yield poste
    poste.fermer()


@pytest.fixture
def g(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    with guichet(poste, theme, taches, qtbot) as ouvert:
        (ligne,) = visites_ouvertes(poste)
        ouvert.bureau.reprendre(ligne)
        ouvert.attendre(lambda: isinstance(ouvert.page, PageRemise))
        ouvert.calme()
        yield ouvert


def etat(poste: Poste) -> tuple[Etat, str]:
    (suivi,) = carnets.par_etat(poste.base, *Etat)
    return suivi.carnet.etat, str(suivi.carnet.remis_le)


def avancer(poste: Poste, jours: int) -> None:
    """The same clock, days later."""
    assert isinstance(poste.horloge, HorlogeFixe)
    poste.horloge.instant += timedelta(days=jours)


def dater(g: Guichet, texte: str) -> PageRemise:
    """Types another day, then confirms."""
    page = g.page
    assert isinstance(page, PageRemise) and isinstance(page.jour.saisie, QLineEdit)
    page.jour.saisie.setFocus()
    page.jour.saisie.selectAll()
    g.frapper(texte)
    g.valider()
    return page


def test_les_pass_bloques_sont_dits_avant_de_remettre(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    """The person would learn it in a place that refuses them."""
    (suivi,) = carnets.par_etat(poste.base, *Etat)
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 900, CarnetBloque(127, suivi.carnet.numero, (6, 7, 8, 9, 10), "litige"))
    with guichet(poste, theme, taches, qtbot) as g:
        g.bureau.reprendre(visites_ouvertes(poste)[0])
        g.attendre(lambda: isinstance(g.page, PageRemise))
        g.calme()
        assert "Pass\u00a06 à\u00a010 bloqués" in g.textes()
        assert "Dites-le à la personne\u00a0: aucun lieu ne les prend avant la décision de la Région." in g.textes()
        assert rognes(g.page) == []
        g.valider()
        assert etat(poste)[0] is Etat.REMIS, "what is not blocked is the person's"


def bloquer(poste: Poste, rangs: tuple[int, ...]) -> None:
    """What a sending brings."""
    (suivi,) = carnets.par_etat(poste.base, *Etat)
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 900, CarnetBloque(127, suivi.carnet.numero, rangs, "litige"))


def test_ce_que_la_region_bloque_pendant_que_la_page_est_ouverte_se_dit(g: Guichet, poste: Poste) -> None:
    assert not any("bloqué" in texte for texte in g.textes() if "perte" not in texte)
    bloquer(poste, (6, 7, 8, 9, 10))
    g.contexte.signaler("litiges")
    g.calme()
    assert "Pass\u00a06 à\u00a010 bloqués" in g.textes()
    assert "Voici 10\u00a0pass, dont 5\u00a0bloqués\u00a0: un pass se détache et se donne une seule fois." in g.textes()
    assert rognes(g.page) == []
    bloquer(poste, ())
    g.bureau.mettre_en_attente()
    g.bureau.reprendre(visites_ouvertes(poste)[0])
    g.calme()
    assert "Voici 10\u00a0pass\u00a0: un pass se détache et se donne une seule fois." in g.textes()
    assert not any("bloqués" in texte for texte in g.textes())


def test_ce_que_la_region_bloque_pendant_l_impression_se_dit(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    (suivi,) = carnets.par_etat(poste.base, *Etat)
    lancer_impression(poste, 127, suivi.carnet.numero)
    with guichet(poste, theme, taches, qtbot) as g:
        g.bureau.reprendre(visites_ouvertes(poste)[0])
        g.attendre(lambda: isinstance(g.page, PageImpression))
        g.calme()
        bloquer(poste, (6, 7, 8, 9, 10))
        g.touche(Qt.Key.Key_1)
        g.valider()
        assert isinstance(g.page, PageRemise)
        assert "Pass\u00a06 à\u00a010 bloqués" in g.textes()


def test_un_carnet_annule_entre_temps_se_dit_avant_de_faire_signer(g: Guichet, poste: Poste) -> None:
    (suivi,) = carnets.par_etat(poste.base, *Etat)
    agir(poste, 127, suivi.carnet.numero, "attribution.annuler")
    g.contexte.signaler("carnets")
    g.calme()
    assert "Ce carnet a été annulé\u00a0: ses pass ne valent plus rien." in g.textes()


@pytest.mark.parametrize("geste", ["rouvrir", "verrouiller"])
def test_la_page_d_un_autre_jour_remet_aujourd_hui(g: Guichet, poste: Poste, geste: str) -> None:
    """Printed on Friday, "Remettre plus tard" or a lid closed, handed over on Monday."""
    page = g.page
    assert isinstance(page, PageRemise) and page.jour.texte() == "23/11/2026"
    if geste == "rouvrir":
        g.bureau.mettre_en_attente()
        avancer(poste, 3)
        g.bureau.reprendre(visites_ouvertes(poste)[0])
    else:
        g.bureau.verrouiller_les_pages()
        avancer(poste, 3)
        g.bureau.deverrouiller("Claire", autre_agent=False)
    g.calme()
    assert g.page is page and page.jour.texte() == "26/11/2026"
    g.valider()
    assert etat(poste) == (Etat.REMIS, "2026-11-26")


def test_minuit_passe_devant_la_page(g: Guichet, poste: Poste) -> None:
    avancer(poste, 1)
    g.valider()
    assert etat(poste) == (Etat.REMIS, "2026-11-24")


def test_un_jour_tape_reste_le_lendemain(g: Guichet, poste: Poste) -> None:
    """The carnet left on Sunday with a colleague: typed, that day is kept."""
    page = g.page
    assert isinstance(page, PageRemise) and isinstance(page.jour.saisie, QLineEdit)
    page.jour.saisie.setFocus()
    page.jour.saisie.selectAll()
    g.frapper("22/11/26")
    g.bureau.mettre_en_attente()
    avancer(poste, 3)
    g.bureau.reprendre(visites_ouvertes(poste)[0])
    g.calme()
    assert page.jour.texte() == "22/11/2026"
    g.valider()
    assert etat(poste) == (Etat.REMIS, "2026-11-22")


def test_une_page_ouverte_avant_la_fin_des_remises_ne_remet_plus_apres(g: Guichet, poste: Poste) -> None:
    """Proposed on the last day, that day is not the one of a hand-over made later (protocol §5)."""
    g.bureau.mettre_en_attente()
    avancer(poste, 400)
    g.bureau.reprendre(visites_ouvertes(poste)[0])
    g.calme()
    g.valider()
    assert etat(poste)[0] is Etat.IMPRIME
    assert any(texte.startswith("La campagne s’achève") for texte in g.textes())


def test_remettre_puis_recevoir_la_personne_suivante(g: Guichet, poste: Poste) -> None:
    textes = g.textes()
    assert "Remettre le carnet" in textes and "Maëlle Dufresnoy" in g.page.titre
    assert any("31\u00a0décembre 2027" in texte for texte in textes)
    g.valider()
    assert etat(poste) == (Etat.REMIS, "2026-11-23")
    textes = g.textes()
    assert "Carnet remis" in textes
    assert [texte for texte in textes if "23\u00a0novembre 2026" in texte] == ["Remis le 23\u00a0novembre 2026"]
    assert any(texte.startswith("L’acte part à la Région au prochain envoi.") for texte in textes)
    page = g.page
    assert isinstance(page, PageRemise)
    page.suivante.click()
    g.attendre(lambda: isinstance(g.page, PageVisite))
    assert len(g.bureau.visites) == 1


def test_la_perte_se_dit_comme_le_carnet_l_imprime(g: Guichet, poste: Poste) -> None:
    """The number set at the desk is on the paper: it is told too."""
    assert "En cas de perte ou de vol, revenez ici\u00a0: le carnet sera bloqué." in g.textes()
    regler_telephone_aide(poste, "0361930012")
    g.page.arriver()
    attendu = "En cas de perte ou de vol, appelez vite le 03 61 93 00 12, ou revenez : le carnet sera bloqué."
    g.attendre(lambda: attendu in [texte.replace("\u00a0", " ") for texte in g.textes()])


def test_la_case_cochee_trop_vite_se_reprend(g: Guichet, poste: Poste) -> None:
    g.valider()
    g.attendre(lambda: etat(poste)[0] is Etat.REMIS)
    g.calme()
    g.touche(Qt.Key.Key_Z, CTRL)
    g.attendre(lambda: etat(poste) == (Etat.IMPRIME, "None"))
    g.calme()
    page = g.page
    assert isinstance(page, PageRemise)
    assert "Remettre le carnet" in g.textes()
    assert g.focus is page.bouton
    assert not page.annuler.isVisible()
    g.valider()
    g.attendre(lambda: etat(poste)[0] is Etat.REMIS)
    g.calme()


def test_une_remise_d_hier_se_note_a_son_jour(g: Guichet, poste: Poste) -> None:
    dater(g, "22/11/26")
    assert etat(poste) == (Etat.REMIS, "2026-11-22")


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("31/11/2026", "Novembre n’a pas de 31."),
        ("24/11/2026", "Cette date est dans le futur."),
        ("21/11/2026", "La remise ne peut pas précéder la décision."),
    ],
)
def test_un_jour_impossible_ne_remet_rien(g: Guichet, poste: Poste, texte: str, phrase: str) -> None:
    page = dater(g, texte)
    assert page.jour.texte() == texte
    (dit,) = [t for t in g.textes() if t.startswith(phrase)]
    assert "pièce" not in dit, "no paper bears the day of the hand-over"
    assert etat(poste)[0] is Etat.IMPRIME


def test_le_numero_a_chercher_sur_la_table_est_dit(g: Guichet, poste: Poste) -> None:
    carnet = carnets.par_etat(poste.base, *Etat)[0].carnet
    dit = f"Donnez le carnet n°\u00a0{serie_carnet(carnet.campagne, carnet.numero)}, faites signer, puis confirmez."
    assert dit.replace("\u00a0", " ") in [texte.replace("\u00a0", " ") for texte in g.textes()]


def test_remettre_plus_tard_garde_la_visite(g: Guichet, poste: Poste) -> None:
    page = g.page
    g.touche(Qt.Key.Key_M, CTRL)
    g.calme()
    assert g.page is not page and page in g.bureau.visites
    assert etat(poste)[0] is Etat.IMPRIME


def test_un_nom_corrige_depuis_renvoie_la_couverture_seule(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    (suivi,) = carnets.par_etat(poste.base, Etat.IMPRIME)
    carnet = suivi.carnet
    lancer_impression(poste, carnet.campagne, carnet.numero, nom=True)
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    personne = personnes.get(poste.base, carnet.personne_id)
    assert personne is not None
    modifier(poste, replace(personne, nom_naissance="Dufrênoy"))
    with guichet(poste, theme, taches, qtbot) as g:
        (ligne,) = visites_ouvertes(poste)
        g.bureau.reprendre(ligne)
        g.attendre(lambda: isinstance(g.page, PageRemise))
        g.calme()
        assert "Le nom a été corrigé depuis l’impression." in g.textes()
        assert "La couverture dit encore «\u00a0Maëlle Dufresnoy\u00a0». Les pass restent bons." in g.textes()
        g.aller_a("Réimprimer la couverture")
        g.touche(Qt.Key.Key_Space)
        g.attendre(lambda: isinstance(g.page, PageImpression))
        g.calme()
        page = g.page
        assert isinstance(page, PageImpression)
        assert page.bouton.texte() == "Réimprimer la couverture"
        assert g.bureau.visites == (page,), "one visit, one line"
        assert "Déchirez l’ancienne. Les pass déjà sortis restent bons." in g.textes()
        g.valider()
        assert page.question.tuiles["tout"].detail.text() == "Couverture, bien lisible."
        g.touche(Qt.Key.Key_1)
        assert page.bouton.texte() == "Passer à la remise"
        g.valider()
        assert isinstance(g.page, PageRemise)
        assert "Le nom a été corrigé depuis l’impression." not in g.textes()
        assert [tirage.feuilles for tirage in tirages(poste, carnet)] == [(1, 2, 3), (1, 2, 3), (1,)]
        g.valider()
        assert "Carnet remis" in g.textes()


def test_on_fait_signer_puis_on_confirme(g: Guichet) -> None:
    page = g.page
    assert isinstance(page, PageRemise)
    etapes = [texte for texte in g.textes() if texte in ("Faire signer", "Confirmer")]
    assert etapes == ["Faire signer", "Confirmer"]
    hauts = [w.mapTo(page, w.rect().topLeft()).y() for w in (page.recepisse, page.jour.saisie, page.bouton)]
    assert hauts == sorted(hauts), "in the order in which it is done"
    assert (page.recepisse.genre, page.bouton.genre) == ("secondaire", "primaire")
    g.valider()
    assert "Faire signer" not in g.textes() and page.recepisse.isVisible()
    g.touche(Qt.Key.Key_Z, CTRL)
    g.calme()
    assert "Faire signer" in g.textes() and page.recepisse.geometry().top() < page.jour.geometry().top()


@pytest.mark.parametrize("echelle", [1.0, 1.25, 1.5, 2.0])
def test_rien_n_est_rogne(g: Guichet, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    g.calme()
    assert rognes(g.page) == []
    g.valider()
    assert rognes(g.page) == []


def test_at_200_the_one_act_stays_in_sight_and_takes_the_focus(g: Guichet) -> None:
    g.theme.choisir(echelle=2.0)
    page = g.page
    assert isinstance(page, PageRemise)
    g.attendre(lambda: rognes(g.page) == [])
    for acte in (page.recepisse, page.bouton):
        assert acte.visibleRegion().boundingRect().size() == acte.size()
    assert page.recepisse.texte() == "1. Faire signer"
    assert page.bouton.texte() == "2. Carnet remis le\u00a023/11/2026", "the day it records is read with it"
    page.jour.saisie.setFocus()
    g.valider()
    assert g.focus is page.bouton
    titre = next(x for x in page.findChildren(QLabel) if x.text() == "La suite")
    g.attendre(lambda: titre.visibleRegion().boundingRect().height() == titre.height())
    assert page.bouton.texte() == "Terminer la visite"
    assert not page.suivante.isVisible()
    g.theme.choisir(echelle=1.0)
    g.attendre(lambda: page.recepisse.geometry().bottom() < page.bouton.geometry().top())


@pytest.mark.parametrize("echelles", [(2.0, 1.0), (1.0, 2.0)])
def test_the_page_keeps_its_margins_when_the_text_size_changes(g: Guichet, echelles: tuple[float, ...]) -> None:
    for echelle in echelles:
        g.theme.choisir(echelle=echelle)
    g.attendre(lambda: rognes(g.page) == [])
    disposition = g.page.layout()
    assert disposition is not None
    assert disposition.contentsMargins().left() == g.theme.sp(20 if g.page.etroite else 32)
