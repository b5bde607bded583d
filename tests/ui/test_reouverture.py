"""What was open is open again the next day, from the encrypted base alone, and only for the agent who had it open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from passdesk.domain.horloge import HorlogeFixe
from passdesk.services import agents
from passdesk.services.effacement import effacer_personne
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.reouverture import Ouvert, retenir, retrouver
from passdesk.services.visite import abandonner, attribuer, garder, noter
from passdesk.ui.impression import PageImpression
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.theme import Theme
from passdesk.ui.visite import PageVisite
from tests.builders import INDEX_LEGER, visite_accord
from tests.ui.accueil import ALT, MAELLE, nouvelle_visite
from tests.ui.guichet import CTRL
from tests.ui.programme import guichet_ferme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
DE_SAM = "violon rouge mardi cascade"


def test_the_visits_and_the_person_in_front_are_there_the_next_day(poste: Poste, theme: Theme, qtbot: QtBot) -> None:
    horloge = poste.horloge
    assert isinstance(horloge, HorlogeFixe)
    with guichet_ferme(poste, theme, qtbot) as g:
        nouvelle_visite(g, MAELLE)
        g.touche(Qt.Key.Key_N, CTRL)
        g.attendre(lambda: len(g.bureau.visites) == 2)
        g.calme()
        g.frapper("Obin")
        g.calme()
        attribuer(poste, visite_accord(poste, nom_naissance="Lefort", prenoms="Rose", telephone=""))
        g.contexte.signaler("visites", "personnes")
        g.calme()
        g.touche(Qt.Key.Key_2, ALT)
        g.calme()
        g.frapper("lefort")
        g.calme()
        g.touche(Qt.Key.Key_Return)
        g.calme()
        assert isinstance(g.page, PagePersonnes) and g.page.fiche is not None

    horloge.instant += timedelta(days=1)
    with guichet_ferme(poste, theme, qtbot) as g:
        premiere, seconde = g.bureau.visites
        assert isinstance(premiere, PageVisite) and isinstance(seconde, PageVisite)
        assert (premiere.titre, seconde.titre) == ("Maëlle Dufresnoy", "Obin")
        assert isinstance(g.page, PagePersonnes) and g.page.fiche is not None
        assert g.page.fiche.fiche.personne.nom_naissance == "Lefort"
        g.touche(Qt.Key.Key_Tab, CTRL)
        g.calme()
        assert g.page is premiere
        g.touche(Qt.Key.Key_Tab, CTRL)
        g.calme()
        assert g.page is seconde
        g.bureau.fermer_page(premiere)
        g.calme()

    with guichet_ferme(poste, theme, qtbot) as g:
        assert [page.titre for page in g.bureau.visites] == ["Obin"]
        assert g.page is g.bureau.visites[0], "the visit that was in front"


def test_a_carnet_at_the_printer_comes_back_to_its_question_and_nothing_prints_alone(
    poste: Poste, theme: Theme, qtbot: QtBot
) -> None:
    with guichet_ferme(poste, theme, qtbot) as g:
        noter(poste, visite_accord(poste))
        g.contexte.signaler("visites")
        g.calme()
        g.bureau.reprendre(g.bureau._accueil._rangees[0].visite)
        g.attendre(lambda: isinstance(g.page, PageVisite))
        g.calme()
        g.valider()
        assert isinstance(g.page, PageImpression)
        avant = sorted((poste.dossier / "papier").glob("*.pdf"))
    with guichet_ferme(poste, theme, qtbot) as g:
        assert isinstance(g.page, PageImpression) and g.page._en_question
        assert sorted((poste.dossier / "papier").glob("*.pdf")) in ([], avant)


def test_what_is_gone_is_left_out_and_another_agent_finds_nothing(poste: Poste) -> None:
    un, deux = visite_accord(poste), visite_accord(poste, nom_naissance="Obin", telephone="")
    noter(poste, un)
    noter(poste, deux)
    garde = garder(poste, visite_accord(poste, nom_naissance="Lefort", telephone="", pieces=()))
    assert garde is not None and garde.personne_id is not None
    abandonner(poste, garde.brouillon_id)
    personne = garde.personne_id
    ouvert = Ouvert((un.brouillon_id, deux.brouillon_id, (127, 999)), "personnes", personne, "Rose Lefort")
    retenir(poste, ouvert)
    trouve = retrouver(poste)
    assert [v.nom_naissance for v in trouve.visites if not isinstance(v, tuple)] == ["Dufresnoy", "Obin"]
    assert (trouve.page, trouve.detail, trouve.texte) == ("personnes", personne, "Maëlle Lefort")
    abandonner(poste, un.brouillon_id)
    effacer_personne(poste, personne)
    trouve = retrouver(poste)
    assert len(trouve.visites) == 1 and (trouve.page, trouve.detail, trouve.texte) == ("personnes", None, "")
    agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    sam = ouvrir_poste(poste.dossier, DE_SAM, poste.horloge, cout_index=INDEX_LEGER)
    assert retrouver(sam).visites == () and retrouver(sam).page == ""
    sam.fermer()
