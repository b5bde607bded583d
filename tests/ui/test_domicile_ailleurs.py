"""Somebody who lives in Belgium: typed, refused with the reason, answered by a letter that reads well, found again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from passdesk.app import load_communes
from passdesk.domain.commune import Communes
from passdesk.printing.lettre import papier_lettre
from passdesk.printing.lettre_mots import texte_lettre
from passdesk.services.decision import derniere_decision
from passdesk.services.lettre import lettre
from passdesk.services.personnes import chercher
from passdesk.services.poste import Poste
from passdesk.storage import personnes
from passdesk.ui.theme import Theme
from passdesk.ui.visite import textes
from tests.builders import visite_accord
from tests.printing.fabrique import textes_du_pdf
from tests.ui.guichet import Guichet
from tests.ui.mesures import debordes, rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
CHAMP = f"Commune, {textes.OU_PAYS}"


def dits(g: Guichet) -> str:
    return "\n".join(g.textes()).replace("\u00a0", " ")


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_la_belgique_se_tape_et_le_refus_se_lit(g: Guichet, poste: Poste, theme: Theme, echelle: float) -> None:
    theme.choisir(echelle=echelle)
    brouillon = visite_accord(
        poste, commune="", commune_saisie="", adresse="12 rue de Tournai, Mouscron", code_postal="7700"
    )
    page = g.visite(brouillon)
    assert page.droit is not None and page.droit.etat == "question"
    page.personne.replier(False)
    page.personne.commune.saisie.setFocus()
    g.frapper("belgi")
    assert page.personne.commune._modele.stringList() == ["Belgique (pays)"]
    g.tabuler()
    g.calme()
    assert page.personne.commune.texte() == "Belgique"
    assert (page.en_cours.brouillon.commune, page.en_cours.brouillon.code_postal) == ("99131", "7700")
    assert page.droit.etat == "refus"
    assert "Le domicile est en Belgique, hors des Hauts-de-France" in dits(g)
    assert "département 99" not in dits(g)
    page.personne.formulaire.ouvrir_suite(True)
    assert page.personne.champs["code_postal"].message() == ""
    page.personne.formulaire.ouvrir_suite(False)
    g.attendre(lambda: rognes(page) == [] and debordes(page) == [])
    g.valider()
    g.fermer_papier()
    demande = page.en_cours.brouillon.demande_id or page.en_cours.brouillon.brouillon_id
    decision_id = derniere_decision(poste, demande)
    g.bureau.expliquer(decision_id, page)
    g.calme()
    assert "Habite en Belgique" in g.textes()
    contenu = lettre(poste, decision_id, load_communes())
    assert contenu.destinataire == ("Maëlle DUFRESNOY", "12 rue de Tournai, Mouscron", "7700", "BELGIQUE")
    ecrit = " ".join(" ".join(textes_du_pdf(papier_lettre(contenu, texte_lettre(contenu)).pdf)).split())
    assert "L’adresse donnée est en Belgique." in ecrit
    # Found again by it, and the file says it.
    (trouvee,) = chercher(poste, "belgique", load_communes()).trouvees
    assert trouvee.personne.commune == "99131"


def test_une_ville_de_la_bas_ne_suffit_pas_et_la_phrase_dit_quoi_taper(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste, commune="", commune_saisie=""))
    page.personne.replier(False)
    champ = page.personne.commune
    champ.saisie.setFocus()
    g.frapper("Mouscron")
    g.tabuler()
    g.calme()
    assert "tapez le pays" in champ.message()
    g.fenetre.activateWindow()
    g.attendre(g.fenetre.isActiveWindow)
    champ.saisie.setFocus()
    champ.set_texte("")
    g.frapper("autre pays")
    g.tabuler()
    g.calme()
    assert champ.texte() == "Autre pays"
    assert "Le domicile est à l’étranger, hors des Hauts-de-France" in dits(g)


def test_la_fiche_se_corrige_vers_un_pays(g: Guichet, poste: Poste) -> None:
    page = g.visite(visite_accord(poste, code_postal="59610"))
    page.personne.replier(False)
    page.personne.commune.saisie.setFocus()
    page.personne.commune.set_texte("")
    g.frapper("luxembourg")
    g.touche(Qt.Key.Key_Down)
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert (page.en_cours.brouillon.commune, page.en_cours.brouillon.code_postal) == ("99137", "")
    g.valider()
    g.fermer_papier()
    (personne,) = personnes.recentes(poste.base)
    assert personne.commune == "99137"
    g.bureau.montrer_lieu("personnes")
    g.calme()
    assert any("Luxembourg" in texte for texte in g.textes())


def test_the_first_postal_code_typed_reads_no_more_of_the_list_than_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    communes, lire = load_communes(), Communes._ligne
    lues: list[int] = []

    def noter(liste: Communes, rang: int) -> str:
        lues.append(rang)
        return lire(liste, rang)

    monkeypatch.setattr(Communes, "_ligne", noter)
    assert communes.chercher("59600")
    premieres = len(lues)
    assert communes.chercher("59600")
    assert len(lues) == 2 * premieres
