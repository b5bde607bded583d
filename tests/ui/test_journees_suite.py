"""More whole days at the desk, keyboard only: a family of three, the desk locked in the middle, a carnet lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Etat
from passdesk.services.poste import Poste
from passdesk.storage import carnets, personnes
from passdesk.ui.composants import Dialogue
from passdesk.ui.impression import PageImpression
from passdesk.ui.remise import PageRemise
from passdesk.ui.theme import Theme
from passdesk.ui.visite import PageVisite
from tests.ui.accueil import (
    ALT,
    CHACUN,
    DOMICILE,
    EMPLOI,
    EN_EMPLOI,
    FRANCE_SERVICES,
    IDENTITE,
    JEUNE,
    MAELLE,
    MISSION_LOCALE,
    SANS_DATE,
    SENIOR,
    SITUATIONS,
    STAGE,
    Personnage,
    accompagner,
    accueillir,
    choisir,
    imprimer_et_remettre,
    montrer,
    nouvelle_visite,
)  # fmt: skip
from tests.ui.conftest import Compter
from tests.ui.guichet import CTRL, Guichet, nom_lu
from tests.ui.programme import guichet_ferme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_family_of_three_is_served_one_beside_the_other(g: Guichet, poste: Poste, compter: Compter) -> None:
    """The mother looks for a paper while her son is served; the grandmother comes last; nobody is taken for another."""
    mere = nouvelle_visite(g, MAELLE)
    choisir(g, EMPLOI, *SITUATIONS)
    accompagner(g, FRANCE_SERVICES)
    montrer(g, {IDENTITE: SANS_DATE, DOMICILE: "18/10/2026"})
    g.touche(Qt.Key.Key_M, CTRL)
    g.calme()
    assert "Maëlle Dufresnoy" in g.textes()

    fils = Personnage(
        ("Dufresnoy", "Rémi", "14022007"),
        JEUNE,
        MISSION_LOCALE,
        {IDENTITE: SANS_DATE, DOMICILE: "18/10/26", STAGE: "3/9/26"},
    )
    accueillir(g, fils)
    assert "Un carnet de\u00a010" in g.textes()
    g.valider()
    compter("famille de trois, le fils", imprimer_et_remettre(g))
    assert g.bureau.visites == (mere,)

    g.touche(Qt.Key.Key_Tab, CTRL)
    g.calme()
    assert g.page is mere
    g.aller_a("Attestation France Travail")
    g.lettre("0")
    g.frapper("2/11/2026")
    g.tabuler()
    g.calme()
    g.valider()
    assert isinstance(g.page, PageImpression)
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert isinstance(g.page, PageRemise)
    g.valider()
    g.valider()
    assert g.bureau.visites == ()

    accueillir(
        g, Personnage(("Dufresnoy", "Odette", "23/11/1950"), SENIOR, None, {IDENTITE: SANS_DATE, DOMICILE: "181026"})
    )
    g.valider()
    compter("famille de trois, la grand-mère", imprimer_et_remettre(g))

    remis = [suivi.carnet for suivi in carnets.par_etat(poste.base, Etat.REMIS)]
    assert sorted(carnet.taille for carnet in remis) == [5, 10, 10]
    assert len({carnet.personne_id for carnet in remis}) == personnes.compter(poste.base) == 3


def test_locked_in_the_middle_of_a_visit_it_comes_back_and_ends(
    poste: Poste, theme: Theme, qtbot: QtBot, compter: Compter
) -> None:
    qui = CHACUN["demandeur_emploi"]
    with guichet_ferme(poste, theme, qtbot) as g:
        page = nouvelle_visite(g, qui.identite)
        choisir(g, qui.situation, *SITUATIONS)
        accompagner(g, qui.prescripteur)
        avant = g.focus
        g.verrouiller()
        assert not page.isVisible()
        g.gestes.nombre -= 1  # the passphrase is asked of whoever comes back, and is not of the visit
        g.dire_la_phrase()
        assert g.page is page and g.focus is avant
        montrer(g, qui.pieces)
        g.valider()
        compter("verrouillé au milieu, puis repris", imprimer_et_remettre(g))
    (suivi,) = carnets.par_etat(poste.base, *Etat)
    assert suivi.carnet.etat is Etat.REMIS


def test_a_carnet_lost_is_declared_and_another_one_given(
    g: Guichet, poste: Poste, qtbot: QtBot, compter: Compter
) -> None:
    accueillir(g, Personnage(MAELLE, EMPLOI, FRANCE_SERVICES, EN_EMPLOI))
    g.valider()
    imprimer_et_remettre(g)

    g.gestes.recommencer()
    g.touche(Qt.Key.Key_3, ALT)
    g.calme()
    g.frapper("dufre")
    g.calme()
    g.touche(Qt.Key.Key_Return)
    g.calme()
    g.aller_a("Déclarer perdu")
    demande: list[str] = []

    def repondre() -> None:
        dialogue = QApplication.activeModalWidget()
        if not isinstance(dialogue, Dialogue):
            QTimer.singleShot(10, repondre)
            return
        # The focus is on what changes nothing.
        for touche in (Qt.Key.Key_Tab, Qt.Key.Key_Space):
            ou = dialogue.focusWidget()
            assert ou is not None
            demande.append(nom_lu(ou))
            g.gestes.presser(touche, Qt.KeyboardModifier.NoModifier, ou)
            qtbot.keyClick(ou, touche)

    QTimer.singleShot(0, repondre)
    g.touche(Qt.Key.Key_Space)
    g.reprendre_le_clavier()
    g.calme()
    assert demande == ["Ne rien déclarer", "Déclarer perdu"]
    assert "Un autre carnet peut être donné." in g.textes()
    g.valider()
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    g.valider()
    compter("carnet perdu, un autre donné, depuis Carnets", imprimer_et_remettre(g))

    etats = {suivi.carnet.etat for suivi in carnets.par_etat(poste.base, *Etat)}
    assert etats == {Etat.PERDU, Etat.REMIS}
    assert not [page for page in g.bureau.visites if isinstance(page, PageVisite)]
