"""Whole days at the desk, keyboard only: each public, a refusal, a paper brought later, a jam, a cut of the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.demande import JustificatifPresente
from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import KnownError, PanneAttendue
from passdesk.domain.horloge import HorlogeFixe
from passdesk.printing.lecture import lire_pdf
from passdesk.services.habitudes import retenir
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, visites_ouvertes
from passdesk.storage import attributions, carnets, demandes, envoi, journal, personnes
from passdesk.storage.integrite import verifier_base
from passdesk.sync.transport import HttpTransport, Reponse
from passdesk.tasks import TaskRunner
from passdesk.ui.theme import Theme
from passdesk.ui.visite import PageVisite
from tests.builders import Terrain, terrain, visite_accord
from tests.ui.accueil import (
    ALT,
    AUJOURDHUI,
    CHACUN,
    DOMICILE,
    EMPLOI,
    EN_EMPLOI,
    FRANCE_SERVICES,
    FRANCE_TRAVAIL,
    IDENTITE,
    MAELLE,
    SANS_DATE,
    SITUATIONS,
    TYPES,
    Personnage,
    accompagner,
    accueillir,
    choisir,
    imprimer_et_remettre,
    lu,
    montrer,
    nouvelle_visite,
)  # fmt: skip
from tests.ui.conftest import Bilan, Compter
from tests.ui.guichet import CTRL, Guichet, guichet, nom_lu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

MATINEE = "abcdefghijklmnop"


@pytest.fixture
def g(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    with guichet(poste, theme, taches, qtbot) as ouvert:
        ouvert.commencer()
        yield ouvert


def tous_les_carnets(poste: Poste) -> list[Carnet]:
    return [suivi.carnet for suivi in carnets.par_etat(poste.base, *Etat)]


def gestes(poste: Poste, famille: str) -> list[str]:
    """What the log says was done, in order: the acts of one family."""
    types = [operation.entete.type for operation in journal.operations(poste.base.db)]
    return [genre.removeprefix(famille) for genre in types if genre.startswith(famille)]


def demande_unique(poste: Poste, etat: str) -> demandes.DemandeEnregistree:
    """The one request recorded, in this state."""
    (demande,) = demandes.par_etat(poste.base, *{etat, demandes.OUVERTE, demandes.INCOMPLETE, *demandes.CLOSES})
    assert demande.etat == etat
    return demande


@pytest.mark.parametrize("cas", CHACUN)
def test_each_public_leaves_with_a_carnet(g: Guichet, poste: Poste, cas: str, compter: Compter) -> None:
    qui, public = CHACUN[cas], cas.split(",")[0]
    taille = 10 if qui.prescripteur else 5
    accueillir(g, qui)
    textes = g.textes()
    assert f"Un carnet de\u00a0{taille}" in textes and "Attribuer et imprimer" in textes
    assert f"{taille}\u00a0pass de 10\u00a0€, soit {taille}0\u00a0€" in textes
    assert "Habite Fourmies, en Hauts-de-France" in textes
    g.valider()
    compter(cas, imprimer_et_remettre(g))
    assert g.bureau.visites == ()
    assert "Aucune visite en cours." in g.textes()

    demande = demande_unique(poste, demandes.ACCORDEE)
    assert (demande.public, demande.arrivee_le, demande.prescripteur is None) == (public, AUJOURDHUI, taille == 5)
    assert {piece.type for piece in demande.justificatifs} == {TYPES[nom] for nom in qui.pieces}
    (carnet,) = tous_les_carnets(poste)
    assert (carnet.taille, carnet.etat, carnet.personne_id) == (taille, Etat.REMIS, demande.personne_id)
    personne = personnes.get(poste.base, demande.personne_id)
    assert personne is not None and (personne.nom_naissance, personne.prenoms, personne.commune) == (
        *qui.identite[:2],
        "59249",
    )
    assert g.bandeau.startswith("Hors ligne")
    assert f"{envoi.reste_a_envoyer(poste.base)} actes à envoyer" in g.bandeau.replace("\u00a0", " ")


def test_a_lyceen_is_told_not_yet_and_it_is_noted(g: Guichet, poste: Poste) -> None:
    nouvelle_visite(g, ("Petit", "Lina", "05062010"))
    g.choisir_acte("Autres cas", "Autre situation…")
    choisir(g, "En lycée", "En lycée")
    accompagner(g, None)
    assert {"Pas encore ouvert", "Cette situation n’a pas encore de pass", "Imprimer la réponse"} <= set(g.textes())
    assert "La Région dira quand cette situation ouvre, et à qui." in g.textes()
    g.valider()
    g.fermer_papier()
    assert "La demande et la réponse sont gardées." in g.textes()
    g.touche(Qt.Key.Key_M, CTRL)
    g.calme()
    assert g.bureau.visites == () and "Aucune visite en cours." in g.textes()
    demande = demande_unique(poste, demandes.REFUSEE)
    assert (demande.public, demande.motifs[0]) == ("lyceen", "public_ferme")
    assert tous_les_carnets(poste) == []


def test_a_home_outside_the_region_is_refused_said_and_noted(g: Guichet, poste: Poste) -> None:
    accueillir(g, CHACUN["demandeur_emploi"], "reims")
    textes = g.textes()
    assert {"Hors de la région", "Imprimer la réponse"} <= set(textes)
    assert "Le domicile est hors des Hauts-de-France (département 51)" in textes
    assert "France Services reste ouvert à tous, sans pass." in textes
    assert "La Région peut revoir cette réponse, sur demande." in textes
    g.valider()
    g.fermer_papier()
    g.touche(Qt.Key.Key_M, CTRL)
    g.calme()
    demande = demande_unique(poste, demandes.REFUSEE)
    assert (demande.commune, demande.motifs) == ("51454", ("domicile_hors_region",))
    assert tous_les_carnets(poste) == [] and visites_ouvertes(poste) == ()

    g.touche(Qt.Key.Key_2, ALT)
    g.calme()
    assert any("Maëlle Dufresnoy" in texte for texte in g.textes())


def test_alone_then_a_second_carnet_and_no_third(g: Guichet, poste: Poste, compter: Compter) -> None:
    accueillir(g, Personnage(MAELLE, EMPLOI, None, EN_EMPLOI))
    assert any("il\u00a0lui reste 5\u00a0pass à demander" in texte for texte in g.textes())
    g.valider()
    compter("sans prescripteur, premier carnet", imprimer_et_remettre(g))

    for attendu in ("Un carnet de\u00a05", "Maximum atteint"):
        g.gestes.recommencer()
        g.touche(Qt.Key.Key_2, ALT)
        g.calme()
        g.frapper("dufre")
        g.calme()
        g.touche(Qt.Key.Key_Return)
        if attendu == "Maximum atteint":
            # Nothing more can be asked, and the record says so; the answer itself is there for who wants it.
            g.attendre(lambda: "10\u00a0pass, le maximum" in g.textes())
            g.touche(Qt.Key.Key_D, CTRL)
        else:
            g.attendre(lambda: nom_lu(g.focus).startswith("Nouvelle demande"))
            g.touche(Qt.Key.Key_Space)
        g.attendre(lambda: isinstance(g.page, PageVisite))
        g.calme()
        choisir(g, EMPLOI, *SITUATIONS)
        accompagner(g, None)
        if attendu == "Maximum atteint":
            break
        montrer(g, EN_EMPLOI)
        assert {"À décider d’abord", "Est-ce une demande complémentaire\u00a0?"} <= set(g.textes())
        g.valider()
        assert nom_lu(g.focus).startswith("Demande complémentaire")
        g.touche(Qt.Key.Key_Space)
        g.calme()
        assert attendu in g.textes() and "5\u00a0pass déjà reçus" in g.textes()
        g.valider()
        compter("second carnet, depuis Personnes", imprimer_et_remettre(g))
    assert "Maximum atteint" in g.textes()
    assert "10\u00a0pass déjà attribués\u00a0: le maximum est de 10 par personne" in g.textes()

    (personne,) = {carnet.personne_id for carnet in tous_les_carnets(poste)}
    assert [a.nombre for a in attributions.par_personne(poste.base, personne)] == [5, 5]
    assert [d.complementaire for d in demandes.par_etat(poste.base, demandes.ACCORDEE)] == [False, True]
    assert personnes.compter(poste.base) == 1


def test_an_incomplete_request_is_finished_ten_days_later_as_of_its_arrival(
    poste: Poste,
    theme: Theme,
    taches: TaskRunner,
    bilan: Bilan,
    qtbot: QtBot,
    compter: Compter,
) -> None:
    horloge = poste.horloge
    assert isinstance(horloge, HorlogeFixe)
    with guichet(poste, theme, taches, qtbot) as g:
        g.commencer()
        accueillir(g, Personnage(MAELLE, EMPLOI, FRANCE_SERVICES, {IDENTITE: SANS_DATE, DOMICILE: "24/08/2026"}))
        assert {"Encore une pièce", "Ensuite, un carnet de\u00a010", "Imprimer la liste"} <= set(g.textes())
        g.valider()
        g.fermer_papier()
        assert any(t.startswith("Demande gardée.") for t in g.textes())
        g.touche(Qt.Key.Key_M, CTRL)
        g.calme()
        assert "Maëlle Dufresnoy" in g.textes()
    demande_unique(poste, demandes.INCOMPLETE)
    assert tous_les_carnets(poste) == []

    horloge.instant += timedelta(days=10)
    plus_tard = TaskRunner(KnownError, bilan.pannes.append, bilan.imprevus.append)
    with guichet(poste, theme, plus_tard, qtbot) as g:
        g.commencer()
        g.gestes.recommencer()
        assert any("À compléter" in t and "il manque une pièce, gardé le 23" in t for t in g.textes())
        g.aller_a("Reprendre : Maëlle Dufresnoy, À compléter")
        g.touche(Qt.Key.Key_Space)
        g.attendre(lambda: isinstance(g.page, PageVisite))
        g.calme()
        montrer(g, {FRANCE_TRAVAIL: "01/12/2026"})
        assert {"Droit au 23\u00a0novembre 2026", "Un carnet de\u00a010"} <= set(g.textes())
        g.valider()
        compter("complétée dix jours plus tard, depuis Aujourd’hui", imprimer_et_remettre(g))
        assert "Aucune visite en cours." in g.textes()

    demande = demande_unique(poste, demandes.ACCORDEE)
    assert demande.arrivee_le == AUJOURDHUI
    brought = JustificatifPresente("attestation_france_travail", date(2026, 12, 1), date(2026, 12, 3))
    assert brought in demande.justificatifs and len(demande.justificatifs) == 3
    (carnet,) = tous_les_carnets(poste)
    assert (carnet.taille, carnet.etat) == (10, Etat.REMIS)
    assert personnes.compter(poste.base) == 1


class ImprimanteQuiBourre:
    """Takes every job; the first `pannes` of them stop on the way."""

    def __init__(self, pannes: int) -> None:
        self.pannes = pannes
        self.travaux: list[bytes] = []

    def sortir(self, papier: Papier, nom: str) -> Path | None:
        self.travaux.append(papier.pdf)
        if len(self.travaux) <= self.pannes:
            raise PanneAttendue("imprimante_muette")
        return None

    def codes(self) -> list[set[str]]:
        """The pass of each job."""
        return [{code for code in lire_pdf(pdf) if code.startswith("801")} for pdf in self.travaux]


@pytest.mark.parametrize(
    "rang, libelle, feuilles, refaits",
    [
        (3, "la feuille\u00a03", "Feuille\u00a03, bien lisible.", 5),
        (2, "les feuilles\u00a02 et\u00a03", "Feuilles\u00a02 et\u00a03, bien lisibles.", 10),
    ],
)
def test_after_a_jam_only_the_rest_goes_again(
    poste: Poste,
    theme: Theme,
    taches: TaskRunner,
    qtbot: QtBot,
    rang: int,
    libelle: str,
    feuilles: str,
    refaits: int,
    compter: Compter,
) -> None:
    imprimante = ImprimanteQuiBourre(pannes=1)
    # Not the first of the day: who accompanies is who accompanied the last one.
    retenir(poste, visite_accord(poste, prescripteur="france_services"))
    with guichet(poste, theme, taches, qtbot, imprimante) as g:
        g.commencer()
        accueillir(g, CHACUN["demandeur_emploi"])
        g.valider()
        assert "L’imprimante ne répond pas." in lu(g) and "Le carnet est gardé, rien n’est compté." in lu(g)
        assert "Répondez d’abord" in g.textes()
        g.arrete_a(rang)
        assert f"Réimprimer {libelle}" in g.textes()
        g.valider()
        assert "L’imprimante ne répond pas." not in lu(g) and feuilles in g.textes()
        (en_cours,) = tous_les_carnets(poste)
        assert en_cours.etat is Etat.A_CONFIRMER_IMPRESSION
        compter(f"bourrage, réimprimer {libelle}", imprimer_et_remettre(g))

    entier, reste = imprimante.codes()
    assert len(entier) == 10 and len(reste) == refaits and reste <= entier
    (carnet,) = tous_les_carnets(poste)
    assert (carnet.numero, carnet.etat) == (en_cours.numero, Etat.REMIS)
    assert gestes(poste, "carnet.") == [
        "impression_lancee",
        "impression_ratee",
        "impression_lancee",
        "impression_faite",
        "remettre",
    ]


@dataclass
class Reseau:
    """The way to the real Region: `passages` exchanges go through, then the answer of one is lost, then nothing.

    `connus`: how many acts the Region held after each answer that came back.
    """

    lieu: Terrain
    passages: int = 0
    perdue: bool = False
    ouvert: bool = False
    connus: list[int] = field(default_factory=list)
    _vrais: list[HttpTransport] = field(default_factory=list)

    def __call__(self) -> Reseau:
        self._vrais.append(HttpTransport())
        return self

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        if not (self.ouvert or self.passages or self.perdue):
            raise PanneAttendue("hors_ligne")
        reponse = self._vrais[-1].post(url, headers, body)
        if self.passages:
            self.passages -= 1
        elif self.perdue and not self.ouvert:
            self.perdue = False
            raise PanneAttendue("hors_ligne")
        self.connus.append(a_la_region(self.lieu)[0])
        return reponse

    def close(self) -> None:
        self._vrais.pop().close()


def a_la_region(lieu: Terrain) -> tuple[int, int, int]:
    """(operations, distinct ones, pass awarded) that the Region holds."""
    with lieu.region.magasin.lire() as tx:
        rangee = tx.une("SELECT count(*), count(DISTINCT hash) FROM operation")
        attribues = tx.une("SELECT coalesce(sum(taille), 0) FROM attribution")
    assert rangee is not None and attribues is not None
    return rangee[0], rangee[1], attribues[0]


def test_a_cut_in_the_middle_of_sending_is_told_with_its_count_then_f5_sends_the_rest(
    tmp_path: Path, theme: Theme, taches: TaskRunner, qtbot: QtBot, compter: Compter
) -> None:
    with terrain(tmp_path) as lieu:
        reseau = Reseau(lieu)
        poste = lieu.nouveau_poste()
        (deja, _, _) = a_la_region(lieu)
        for lettre in MATINEE:
            # A morning of visits, too much for one exchange.
            attribuer(poste, visite_accord(poste, nom_naissance=lettre * 8, prenoms=lettre * 5000))
        with guichet(poste, theme, taches, qtbot, relier=reseau) as g:
            g.commencer()
            accueillir(g, CHACUN["senior"])
            g.valider()
            compter("le réseau se coupe pendant l’envoi", imprimer_et_remettre(g))
            tete = envoi.tete(poste.base).seq
            assert f"{tete - deja} actes à envoyer" in g.bandeau and "Hors ligne" in g.bandeau

            reseau.passages, reseau.perdue = 1, True
            g.touche(Qt.Key.Key_F5)
            g.calme()
            assert not reseau.passages and not reseau.perdue
            (confirmes,) = reseau.connus
            assert deja < confirmes < a_la_region(lieu)[0], "the Region holds acts whose answer was lost"
            reste = tete - confirmes
            assert "Hors ligne" in g.bandeau and f"{reste} actes à envoyer" in g.bandeau
            assert "rien n’est perdu" in g.bandeau
            assert f"{reste} actes à envoyer" in [t.replace("\u00a0", " ") for t in g.textes()]

            reseau.ouvert = True
            g.touche(Qt.Key.Key_F5)
            g.calme()
            assert "En ligne" in g.bandeau and "tout est envoyé" in g.bandeau
            assert f"{reste} actes à envoyer" not in [t.replace("\u00a0", " ") for t in g.textes()]
        assert a_la_region(lieu) == (tete, tete, 10 * len(MATINEE) + 10)
        assert verifier_base(poste.base) == ()
