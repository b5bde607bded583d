"""Many carnets in a row: each committed before it goes, one question for all, nothing lost or reprinted alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from passdesk.domain.carnet import Etat
from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.gabarit import BANDES_74, GROS, ORDINAIRE, Support
from passdesk.domain.tirage import ReponseFournee, sorties
from passdesk.printing.lecture import lire_pdf
from passdesk.protocol.evenements import CarnetBloque
from passdesk.services.carnets import agir
from passdesk.services.fournee import (
    CarnetFournee,
    FichierFournee,
    FourneeEnQuestion,
    fichier_de_la_fournee,
    lancer_de_la_fournee,
    repondre_fournee,
    voir_fournee,
)
from passdesk.services.impression import (
    Imprimante,
    lancer_impression,
    mettre_sur_papier,
    ranger_papiers,
    repondre,
)
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.remise import remettre
from passdesk.services.tirages import tirages
from passdesk.services.visite import attribuer
from passdesk.storage import carnets, envoi, evenements
from passdesk.storage.integrite import verifier_base
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, terrain, visite_accord
from tests.printing.fabrique import textes_du_pdf

GENS = (
    ("Walbecq", "Odette", "01/02/1960", ()),
    ("Élan", "Zoé", "03/04/1985", ()),
    ("Dufresnoy", "Maëlle", "12/04/1987", ()),
    ("Dufresnoy", "Albert", "05/06/1950", ("gros_caracteres",)),
)
ORDRE = ("Albert Dufresnoy", "Maëlle Dufresnoy", "Zoé Élan", "Odette Walbecq")
TOUT = ReponseFournee("tout")


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk with four carnets awarded, in no order of names; its Region has stopped."""
    with terrain(tmp_path_factory.mktemp("fournee")) as lieu:
        poste = lieu.nouveau_poste()
        for nom, prenoms, naissance, besoins in GENS:
            attribuer(
                poste, visite_accord(poste, nom_naissance=nom, prenoms=prenoms, naissance=naissance, besoins=besoins)
            )
    return poste.dossier


@pytest.fixture
def servis(modele: Path, tmp_path: Path) -> Iterator[Poste]:
    """The desk, one's own."""
    shutil.copytree(modele, tmp_path / "poste")
    poste = ouvrir_poste(tmp_path / "poste", PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    yield poste
    poste.fermer()


@dataclass
class Bac:
    """A printer whose sheets are kept, with what the base said when each job arrived."""

    poste: Poste
    sortis: list[tuple[str, bytes]] = field(default_factory=list)
    etats: list[Etat] = field(default_factory=list)

    def sortir(self, papier: Papier, nom: str) -> Path | None:
        autre = self.poste.rouvrir()
        lu = carnets.get(autre.base, 127, int(nom.split("-")[2][:7]))
        autre.fermer()
        assert lu is not None
        self.etats.append(lu.etat)
        self.sortis.append((nom, papier.pdf))
        return None


def imprimer(
    poste: Poste, imprimante: Imprimante, pris: tuple[CarnetFournee, ...] | None = None, fournee: str = "f1"
) -> FourneeEnQuestion:
    """All that waits, or these, one after the other; what is then asked about."""
    for suivant in voir_fournee(poste).a_imprimer if pris is None else pris:
        mettre_sur_papier(lancer_de_la_fournee(poste, fournee, suivant, Support.ORDINAIRE, "Accueil"), imprimante)
    question = voir_fournee(poste).question
    assert question is not None
    return question


def etats(poste: Poste) -> dict[str, Etat]:
    lus = {}
    for suivi in carnets.par_etat(poste.base, *Etat):
        (nom,) = poste.base.db.execute(
            "SELECT prenoms || ' ' || nom_naissance FROM personne WHERE personne_id = ?", [suivi.carnet.personne_id]
        ).fetchone()
        lus[nom] = suivi.carnet.etat
    return lus


@pytest.mark.parametrize(
    ("reponse", "attendues"),
    [
        (TOUT, [("tout", None)] * 3),
        (ReponseFournee("rien"), [("rien", None), ("rien", None), ("arrete", 3)]),
        (ReponseFournee("arrete", 1, 2), [("tout", None), ("arrete", 2), ("arrete", 3)]),
        (ReponseFournee("arrete", 1, 1), [("tout", None), ("rien", None), ("arrete", 3)]),
        (ReponseFournee("arrete", 2, 3), [("tout", None), ("tout", None), ("arrete", 3)]),
        (ReponseFournee("illisible", illisibles=frozenset({0, 2})),
         [("illisible", None), ("tout", None), ("illisible", None)]),
    ],
)  # fmt: skip
def test_one_answer_says_what_became_of_each(reponse: ReponseFournee, attendues: list[tuple[str, int | None]]) -> None:
    """Of the third, only sheet 3 went: the first two were good already."""
    assert list(sorties([(1, 2, 3), (1, 2, 3), (3,)], reponse)) == attendues


def test_the_pile_follows_the_names_and_each_carnet_keeps_its_layout(servis: Poste) -> None:
    vue = voir_fournee(servis)
    assert tuple(c.titulaire for c in vue.a_imprimer) == ORDRE
    assert [c.gabarit(Support.ORDINAIRE) for c in vue.a_imprimer] == [GROS, ORDINAIRE, ORDINAIRE, ORDINAIRE]
    assert [c.nombre_feuilles(Support.ORDINAIRE) for c in vue.a_imprimer] == [5, 3, 3, 3]
    assert vue.a_imprimer[1].gabarit(Support.BANDES_74) is BANDES_74
    assert vue.question is None and vue.bloques == 0


def test_each_carnet_is_recorded_before_it_goes_to_the_printer(servis: Poste) -> None:
    bac = Bac(servis)
    question = imprimer(servis, bac)
    assert bac.etats == [Etat.A_CONFIRMER_IMPRESSION] * 4
    assert [c.titulaire for c in question.carnets] == list(ORDRE)
    assert (question.fournee, question.imprimante) == ("f1", "Accueil")
    assert [c.feuilles for c in question.carnets] == [(1, 2, 3, 4, 5), (1, 2, 3), (1, 2, 3), (1, 2, 3)]
    assert voir_fournee(servis).a_imprimer == ()
    (tirage,) = tirages(servis, question.carnets[0].carnet)
    assert (tirage.fournee, tirage.imprimante, tirage.gabarit) == ("f1", "Accueil", GROS)


def test_everything_came_out(servis: Poste) -> None:
    question = imprimer(servis, Bac(servis))
    avant = envoi.tete(servis.base).seq
    repondre_fournee(servis, question, TOUT)
    assert set(etats(servis).values()) == {Etat.IMPRIME}
    assert envoi.tete(servis.base).seq == avant + 4
    assert voir_fournee(servis).question is None
    assert verifier_base(servis.base) == ()


def test_stopped_in_the_third_carnet_and_only_what_is_missing_goes_again(servis: Poste) -> None:
    bac = Bac(servis)
    question = imprimer(servis, bac)
    repondre_fournee(servis, question, ReponseFournee("arrete", 2, 3))
    assert etats(servis) == {
        "Albert Dufresnoy": Etat.IMPRIME, "Maëlle Dufresnoy": Etat.IMPRIME,
        "Zoé Élan": Etat.ATTRIBUE, "Odette Walbecq": Etat.ATTRIBUE,
    }  # fmt: skip
    # Read from the log: another day, or after a cut, no pass comes out on two papers.
    attendent = voir_fournee(servis).a_imprimer
    assert [(c.titulaire, c.feuilles) for c in attendent] == [("Zoé Élan", (3,)), ("Odette Walbecq", ())]
    # The pile may be older than the answer that left something to be printed.
    encore = imprimer(servis, bac, (replace(attendent[0], feuilles=()), attendent[1]), "f2")
    assert [c.feuilles for c in encore.carnets] == [(3,), (1, 2, 3)]
    assert [len(textes_du_pdf(pdf)) for _, pdf in bac.sortis] == [5, 3, 3, 3, 1, 3]
    # Out of paper again before anything: the sheets that were good stay good.
    repondre_fournee(servis, encore, ReponseFournee("rien"))
    assert [c.feuilles for c in voir_fournee(servis).a_imprimer] == [(3,), ()]
    assert [t.sortie for t in tirages(servis, attendent[0].carnet)] == ["arrete", "arrete"]
    assert tirages(servis, attendent[0].carnet)[1].arretee_a == 3


def test_those_that_cannot_be_read_go_again_whole_and_the_others_are_good(servis: Poste) -> None:
    bac = Bac(servis)
    question = imprimer(servis, bac)
    repondre_fournee(servis, question, ReponseFournee("illisible", illisibles=frozenset({1})))
    (seul,) = voir_fournee(servis).a_imprimer
    assert seul.titulaire == "Maëlle Dufresnoy" and seul.feuilles == ()
    imprimer(servis, bac, (seul,), "f2")
    assert bac.sortis[4] == bac.sortis[1], "the same numbers, the same bytes"


@pytest.mark.parametrize("reponse", [ReponseFournee("arrete", 4, 1), ReponseFournee("arrete", 1, 4)])
def test_a_place_that_the_pile_does_not_have_is_no_answer(servis: Poste, reponse: ReponseFournee) -> None:
    question = imprimer(servis, Bac(servis))
    with pytest.raises(SaisieRefusee, match="feuille_inconnue"):
        repondre_fournee(servis, question, reponse)
    assert set(etats(servis).values()) == {Etat.A_CONFIRMER_IMPRESSION}


def test_what_was_answered_on_its_own_stays_answered(servis: Poste) -> None:
    question = imprimer(servis, Bac(servis))
    seul = question.carnets[0].carnet
    repondre(servis, seul.campagne, seul.numero, "tout")
    gache = question.carnets[1].carnet
    agir(servis, gache.campagne, gache.numero, "carnet.gacher", "Papier abîmé")
    restent = voir_fournee(servis).question
    assert restent is not None and [c.titulaire for c in restent.carnets] == ["Zoé Élan", "Odette Walbecq"]
    repondre_fournee(servis, question, ReponseFournee("rien"))
    assert etats(servis) == {
        "Albert Dufresnoy": Etat.IMPRIME, "Maëlle Dufresnoy": Etat.GACHE,
        "Zoé Élan": Etat.ATTRIBUE, "Odette Walbecq": Etat.ATTRIBUE,
    }  # fmt: skip
    with pytest.raises(SaisieRefusee, match="papier_deja_confirme"):
        repondre_fournee(servis, question, TOUT)


def test_a_carnet_printed_elsewhere_meanwhile_does_not_go_twice(servis: Poste) -> None:
    suivant = voir_fournee(servis).a_imprimer[0]
    lancer_impression(servis, *suivant.cle)
    repondre(servis, *suivant.cle, "tout")
    with pytest.raises(SaisieRefusee, match="carnet_non_imprimable"):
        lancer_de_la_fournee(servis, "f1", suivant, Support.ORDINAIRE, "")
    assert len(tirages(servis, suivant.carnet)) == 1


def test_one_that_went_alone_is_not_of_the_batch_and_a_blocked_one_does_not_go(servis: Poste) -> None:
    seul, bloque, *_ = voir_fournee(servis).a_imprimer
    lancer_impression(servis, *seul.cle)
    with servis.base.ecriture():
        evenements.appliquer(servis.base, 900, CarnetBloque(127, bloque.carnet.numero, (10,), "litige"))
    vue = voir_fournee(servis)
    assert vue.question is None and vue.bloques == 1
    assert [c.titulaire for c in vue.a_imprimer] == ["Zoé Élan", "Odette Walbecq"]


def test_two_batches_wait_and_the_older_one_is_asked_about_first(servis: Poste) -> None:
    un, deux, trois, _ = voir_fournee(servis).a_imprimer
    imprimer(servis, Bac(servis), (deux, trois), "f1")
    servis.horloge.instant = servis.horloge.instant.replace(hour=15)  # type: ignore[attr-defined]
    question = imprimer(servis, Bac(servis), (un,), "f2")
    assert [c.cle for c in question.carnets] == [deux.cle, trois.cle]
    repondre_fournee(servis, question, TOUT)
    suite = voir_fournee(servis).question
    assert suite is not None and [c.cle for c in suite.carnets] == [un.cle]


def test_one_file_holds_the_pile_and_goes_with_the_answer(servis: Poste) -> None:
    papier = servis.dossier / "papier"
    fichier = FichierFournee(papier, "f1")
    question = imprimer(servis, fichier)
    assert list(papier.glob("*.pdf")) == [], "half a pile is no pile"
    pile = fichier.finir()
    assert pile is not None and [f.name for f in papier.iterdir()] == [pile.name]
    textes = textes_du_pdf(pile.read_bytes())
    assert len(textes) == 14
    series = [c.serie for c in question.carnets for _ in c.feuilles]
    assert [serie in texte for serie, texte in zip(series, textes, strict=True)] == [True] * 14
    assert len([code for code in lire_pdf(pile.read_bytes()) if code.startswith("801")]) == 40
    ranger_papiers(servis)
    assert pile.exists(), "it is still asked about"
    repondre_fournee(servis, question, ReponseFournee("arrete", 3, 1))
    assert list(papier.iterdir()) == []


def test_a_cover_that_bears_a_name_goes_into_no_file_of_the_desk(servis: Poste) -> None:
    nomme, suivant, *_ = voir_fournee(servis).a_imprimer
    lancer_impression(servis, *nomme.cle, nom=True)
    repondre(servis, *nomme.cle, "rien")
    fichier = FichierFournee(servis.dossier / "papier", "f1")
    with pytest.raises(SaisieRefusee, match="nom_dans_un_fichier"):
        lancer_de_la_fournee(servis, "f1", nomme, Support.ORDINAIRE, "")
    mettre_sur_papier(lancer_de_la_fournee(servis, "f1", suivant, Support.ORDINAIRE, ""), fichier)
    fichier.finir()
    # On a printer it goes with the others, with its name as last time.
    bac = Bac(servis)
    imprimer(servis, bac, (nomme,), "f2")
    assert any("Albert Dufresnoy" in texte for texte in textes_du_pdf(bac.sortis[0][1]))


def test_nothing_was_laid_on_the_pile(tmp_path: Path) -> None:
    assert FichierFournee(tmp_path / "papier", "f1").finir() is None
    assert list(tmp_path.iterdir()) == []


def test_a_cut_leaves_half_a_pile_that_the_next_opening_sweeps(servis: Poste) -> None:
    papier = servis.dossier / "papier"
    fichier = FichierFournee(papier, "f1")
    question = imprimer(servis, fichier)
    assert [f.suffix for f in papier.iterdir()] == [".partiel"]
    ranger_papiers(servis)
    assert list(papier.iterdir()) == []
    assert voir_fournee(servis).question == question
    fichier.abandonner()


@pytest.mark.parametrize("ou", ["fsync", "open"])
def test_a_disk_that_refuses_leaves_no_half_pile(servis: Poste, ou: str, monkeypatch: pytest.MonkeyPatch) -> None:
    papier = servis.dossier / "papier"
    fichier = FichierFournee(papier, "f1")
    if ou == "open":
        papier.write_text("a file stands where the folder should be")
        with pytest.raises(PanneAttendue, match="fournee_non_ecrite"):
            imprimer(servis, fichier)
        assert list(etats(servis).values()).count(Etat.A_CONFIRMER_IMPRESSION) == 1
        return
    imprimer(servis, fichier)

    def refuser(_: int) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as disque:
        disque.setattr(os, "fsync", refuser)
        with pytest.raises(PanneAttendue, match="fournee_non_ecrite"):
            fichier.finir()
    assert list(papier.iterdir()) == []


def test_a_carnet_handed_over_takes_the_file_of_its_batch_away(servis: Poste) -> None:
    papier = servis.dossier / "papier"
    fichier = FichierFournee(papier, "f1")
    question = imprimer(servis, fichier)
    assert fichier.finir() is not None
    seul = question.carnets[0].carnet
    repondre(servis, seul.campagne, seul.numero, "tout")
    remettre(servis, seul.campagne, seul.numero, servis.horloge.aujourdhui())
    assert list(papier.iterdir()) == []


def test_a_pile_that_a_viewer_shows_is_ended_beside(servis: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    papier = servis.dossier / "papier"
    fichier = FichierFournee(papier, "f1")
    question = imprimer(servis, fichier)
    tenu = papier / "fournee-f1.pdf"
    tenu.write_bytes(b"shown")
    os.utime(tenu, ns=(0, 0))
    vraie = os.replace

    def refuser(de: str | Path, vers: str | Path) -> None:
        if Path(vers) == tenu:
            raise PermissionError(13, "held by a viewer")
        vraie(de, vers)

    monkeypatch.setattr(os, "replace", refuser)
    pose = fichier.finir()
    assert pose == papier / "fournee-f1 (2).pdf" == fichier_de_la_fournee(servis.dossier, "f1")
    ranger_papiers(servis)
    assert pose.exists(), "it is still asked about"
    repondre_fournee(servis, question, TOUT)
    assert list(papier.iterdir()) == []
