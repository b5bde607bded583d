"""*À rappeler* at the keyboard: from *Aujourd'hui*, dial, say what came of it, the next one; taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.personne import Personne
from passdesk.domain.visite import Brouillon
from passdesk.services import rappels
from passdesk.services.fiche import modifier
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import Poste
from passdesk.services.rappels import Compte, Rappel, a_appeler
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer
from passdesk.ui.aujourdhui import PageAujourdhui, cartes
from passdesk.ui.aujourdhui.cartes import PREVENIR, SANS_USAGE
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.rappels import PageRappels, textes
from passdesk.ui.rappels import page as page_rappels
from tests.builders import visite_accord
from tests.ui.guichet import CTRL, Guichet, poste_hors_ligne
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    """Odette and Awa went away with a carnet in November 2026; it is January 2027."""
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    for nom, prenoms in (("Walbecq", "Odette"), ("Kone", "Awa")):
        en_main(poste, attribuer(poste, visite_accord(poste, nom_naissance=nom, prenoms=prenoms)).carnet)
    poste.horloge.instant = datetime(2027, 1, 5, 9, tzinfo=UTC)  # type: ignore[attr-defined]
    yield poste
    poste.fermer()


def en_main(poste: Poste, carnet: Carnet) -> None:
    numero = carnet.campagne, carnet.numero
    lancer_impression(poste, *numero)
    repondre(poste, *numero, "tout")
    remettre(poste, *numero, poste.horloge.aujourdhui())


def recente(poste: Poste, nom: str, prenoms: str) -> Brouillon:
    """A visit whose papers are fresh on that day."""
    visite = visite_accord(poste, nom_naissance=nom, prenoms=prenoms)
    jour = f"{poste.horloge.aujourdhui() - timedelta(days=20):%d/%m/%Y}"
    return replace(visite, pieces=tuple(replace(p, date=jour) if p.date else p for p in visite.pieces))


def ouvrir(g: Guichet) -> PageRappels:
    g.aller_a("Voir la liste : Rappeler 2\u00a0personnes")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    page = g.page
    assert isinstance(page, PageRappels) and g.focus is page.liste
    return page


def titres(page: PageRappels) -> list[str]:
    return [rangee.titre for rangee in page.liste.rangees]


def test_one_key_says_what_came_of_a_call_and_the_next_person_is_there(g: Guichet) -> None:
    page = ouvrir(g)
    assert titres(page) == ["Odette Walbecq", "Awa Kone"]
    assert page.liste.rangees[0].detail == (
        "06 39 98 00 12 · 10\u00a0pass depuis le 23\u00a0novembre\u00a02026, valables jusqu’au 31\u00a0décembre"
    )
    g.touche(Qt.Key.Key_Return, CTRL)
    g.calme()
    assert titres(page) == ["Awa Kone"]
    assert page.avis.texte() == "Odette Walbecq\u00a0: appel noté. À rappeler le 1er\u00a0décembre."
    assert g.focus is page.liste, "the next call is under the hand"
    g.touche(Qt.Key.Key_Return, CTRL)
    g.calme()
    assert titres(page) == ["Awa Kone"], "the second press of a double one is about nobody"
    g.attendre(lambda: page.pret)
    g.touche(Qt.Key.Key_Return, CTRL)
    g.calme()
    assert textes.VIDE in g.textes()
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert isinstance(g.page, PageAujourdhui)
    assert not any("Rappeler" in texte for texte in g.textes())


def test_a_call_noted_by_mistake_is_taken_back(g: Guichet) -> None:
    page = ouvrir(g)
    page.liste.choisir(page.liste.rangees[1].cle)
    page.actes["servi"].click()
    g.calme()
    assert titres(page) == ["Odette Walbecq"]
    assert page.avis.texte() == "Awa Kone\u00a0: c’est noté. Plus d’appel à faire."
    page.reprendre.setFocus()
    g.attendre(lambda: page.pret)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert titres(page) == ["Odette Walbecq", "Awa Kone"] and "appel annulé" in page.avis.texte()
    assert page.liste.cle() == page.liste.rangees[1].cle and not page.reprendre.isVisible()


def test_the_row_below_the_one_called_is_chosen_and_not_the_first(g: Guichet, poste: Poste) -> None:
    carnet = attribuer(poste, recente(poste, "Obin", "Rémi")).carnet
    en_main(poste, carnet)
    poste.horloge.instant = datetime(2027, 3, 5, 9, tzinfo=UTC)  # type: ignore[attr-defined]
    g.commencer()
    g.aller_a("Voir la liste : Rappeler 3\u00a0personnes")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    page = g.page
    assert isinstance(page, PageRappels)
    g.touche(Qt.Key.Key_Down)
    page.actes["sans_reponse"].click()
    g.calme()
    assert titres(page) == ["Odette Walbecq", "Rémi Obin"] and page.liste.cle() == page.liste.rangees[1].cle


def test_nobody_answered_and_the_row_says_it_a_week_later(g: Guichet, poste: Poste) -> None:
    page = ouvrir(g)
    page.actes["sans_reponse"].click()
    g.calme()
    poste.horloge.instant = datetime(2027, 1, 12, 9, tzinfo=UTC)  # type: ignore[attr-defined]
    page.actualiser()
    g.calme()
    assert page.liste.rangees[0].detail.endswith(" · pas de réponse le 5\u00a0janvier")


def test_those_without_a_number_stand_apart_and_the_next_is_under_the_hand(g: Guichet, poste: Poste) -> None:
    for nom, prenoms, champs in (
        ("Obin", "Rémi", {"telephone": "", "courriel": "remi@exemple.fr"}),
        ("Muet", "Zoé", {"telephone": "", "adresse": "3 rue Haute"}),
    ):
        en_main(poste, attribuer(poste, replace(recente(poste, nom, prenoms), **champs)).carnet)  # type: ignore[arg-type]
    poste.horloge.instant = datetime(2027, 3, 5, 9, tzinfo=UTC)  # type: ignore[attr-defined]
    g.commencer()
    autres = "2\u00a0personnes sans numéro\u00a0: par courrier, ou quand elles passent"
    assert f"Carnet remis, aucun pass utilisé à notre connaissance. Et {autres}." in g.textes()
    g.aller_a("Voir la liste : Rappeler 2\u00a0personnes")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    page = g.page
    assert isinstance(page, PageRappels)
    assert page.sens.text().endswith("2\u00a0personnes sans numéro sont à la fin de la liste (touche\u00a0Fin).")
    assert titres(page) == ["Odette Walbecq", "Awa Kone", autres, "Rémi Obin", "Zoé Muet"]
    assert page.liste.rangees[3].detail.startswith("remi@exemple.fr · 10\u00a0pass")
    assert page.liste.rangees[4].detail.startswith("3 rue Haute · 10\u00a0pass")
    page.liste.choisir(page.liste.rangees[1].cle)
    g.touche(Qt.Key.Key_Return, CTRL)
    g.calme()
    assert page.liste.cle() == page.liste.rangees[2].cle and page.liste.rangees[2].titre == "Rémi Obin"
    for _ in range(2):
        g.attendre(lambda: page.pret)
        g.touche(Qt.Key.Key_Return, CTRL)
        g.calme()
    assert page.avis.texte() == "Zoé Muet\u00a0: c’est noté. À prévenir de nouveau le 1er\u00a0décembre."
    assert titres(page) == ["Odette Walbecq"], "the title over nobody is gone"
    assert "sans numéro" not in page.sens.text()
    g.attendre(lambda: page.pret)
    page.reprendre.click()
    g.calme()
    assert page.avis.texte() == "Zoé Muet\u00a0: annulé, encore à prévenir."
    g.attendre(lambda: page.pret)
    page.actes["servi"].click()
    g.calme()
    assert page.avis.texte() == "Zoé Muet\u00a0: c’est noté. Rien d’autre à faire."


def test_where_nobody_has_a_number_nobody_is_said_to_be_called(g: Guichet, poste: Poste) -> None:
    for rappel in a_appeler(poste).rappels:
        modifier(poste, replace(rappel.personne, telephone=""))
    g.commencer()
    g.aller_a("Voir la liste : Prévenir 2\u00a0personnes sans numéro")
    assert f"{SANS_USAGE} {PREVENIR}" in g.textes() and not any("Rappeler" in texte for texte in g.textes())
    g.touche(Qt.Key.Key_Return)
    g.calme()
    page = g.page
    assert isinstance(page, PageRappels)
    assert "appel" not in page.sens.text() and "Par courrier" in page.sens.text()
    g.touche(Qt.Key.Key_Return, CTRL)
    g.calme()
    assert page.avis.texte() == "Odette Walbecq\u00a0: c’est noté. À prévenir de nouveau le 1er\u00a0décembre."


def test_more_to_call_than_are_shown_hide_nobody_without_a_number(
    g: Guichet, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (rappels, textes, page_rappels, cartes):
        monkeypatch.setattr(module, "LIMITE", 1)
    en_main(poste, attribuer(poste, replace(recente(poste, "Muet", "Zoé"), telephone="")).carnet)
    poste.horloge.instant = datetime(2027, 3, 5, 9, tzinfo=UTC)  # type: ignore[attr-defined]
    g.commencer()
    g.aller_a("Voir la liste : Rappeler plus de 1\u00a0personnes")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    page = g.page
    assert isinstance(page, PageRappels)
    assert "1\u00a0personne sans numéro est à la fin de la liste (touche\u00a0Fin)." in page.sens.text()
    g.touche(Qt.Key.Key_End)
    assert page.liste.cle() == page.liste.rangees[-1].cle and titres(page)[-1] == "Zoé Muet"
    g.touche(Qt.Key.Key_Home)
    g.touche(Qt.Key.Key_Return, CTRL)
    g.calme()
    assert titres(page)[0] == "Awa Kone", "the next to call came, though somebody to be told was still shown"
    assert page.liste.cle() == page.liste.rangees[0].cle, "and not who was still shown: nobody told them"


def test_who_tells_those_without_a_number_goes_on_with_them(
    g: Guichet, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (rappels, textes, page_rappels, cartes):
        monkeypatch.setattr(module, "LIMITE", 1)
    for nom, prenoms in (("Muet", "Zoé"), ("Obin", "Rémi")):
        en_main(poste, attribuer(poste, replace(recente(poste, nom, prenoms), telephone="")).carnet)
    poste.horloge.instant = datetime(2027, 3, 5, 9, tzinfo=UTC)  # type: ignore[attr-defined]
    g.commencer()
    g.aller_a("Voir la liste : Rappeler plus de 1\u00a0personnes")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    page = g.page
    assert isinstance(page, PageRappels)
    g.touche(Qt.Key.Key_End)
    prevenue = page.liste.cle()
    g.touche(Qt.Key.Key_Return, CTRL)
    g.calme()
    assert titres(page)[0] == "Odette Walbecq" and len(page.liste.rangees) == 3
    assert page.liste.cle() == page.liste.rangees[2].cle != prevenue


def test_the_record_is_one_press_away(g: Guichet) -> None:
    page = ouvrir(g)
    page.voir.click()
    g.calme()
    assert isinstance(g.page, PagePersonnes)
    assert g.page.fiche is not None and g.page.fiche.fiche.personne.nom_naissance == "Walbecq"


def test_its_page_of_the_manual(g: Guichet) -> None:
    ouvrir(g)
    g.touche(Qt.Key.Key_F1)
    g.calme()
    assert g.aide.vue is not None and g.aide.vue.page.nom == "rappels"


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_everything_is_named_and_whole(g: Guichet, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = ouvrir(g)
    g.attendre(lambda: rognes(page) == [] and debordes(page) == [])
    assert anonymes(page) == []


def test_each_date_stands_with_its_pass_and_another_way_to_be_reached_is_told() -> None:
    premier = Carnet(12, 1, 5, date(2026, 12, 31), "", Etat.REMIS, "p", "a", date(2026, 1, 3), ())
    second = replace(premier, numero=2, dernier_jour=date(2027, 6, 30), remis_le=date(2026, 3, 10))
    personne = Personne("p", "Walbecq", "Odette", telephone="06 39 98 00 12", preference_contact="courrier")
    rangee = textes.rangee(Rappel(personne, (premier, second), None), date(2026, 12, 20))
    assert rangee.detail.replace("\u00a0", " ") == (
        "06 39 98 00 12 · 5 pass depuis le 3 janvier, valables jusqu’au 31 décembre"
        " · 5 pass depuis le 10 mars, valables jusqu’au 30 juin 2027 · préfère : par la poste"
    )


def test_each_stands_under_their_own_title_whatever_the_order() -> None:
    muet, joignable = Personne("m", "Muet", "Zoé"), Personne("j", "Walbecq", "Odette", telephone="06 39 98 00 12")
    autre = replace(joignable, personne_id="k", nom_naissance="Kone")
    lues = textes.rangees([Rappel(p, (), None) for p in (joignable, muet, autre)], date(2026, 12, 20), Compte(2, 1))
    assert [rangee.cle for rangee in lues] == ["j", "k", textes.SANS_NUMERO, "m"]


def test_more_of_them_than_are_shown_are_not_counted_as_all() -> None:
    assert textes.que_faire_sans_numero(1, reste=False) == (
        "1\u00a0personne sans numéro\u00a0: par courrier, ou quand elle passe"
    )
    assert textes.que_faire_sans_numero(50, reste=True) == (
        "plus de 50\u00a0personnes sans numéro\u00a0: par courrier, ou quand elles passent"
    )
    seuls = [Rappel(Personne(str(n), "Muet", "Zoé"), (), None) for n in range(50)]
    assert textes.rangees(seuls, date(2026, 12, 20), Compte(0, 51))[0].titre.startswith("Plus de 50\u00a0personnes")
    assert textes.SUITE in textes.sens(seuls, Compte(0, 51)) and textes.SUITE not in textes.sens(seuls, Compte(0, 50))
