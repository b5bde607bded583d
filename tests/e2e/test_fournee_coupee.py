"""SIGKILL in the middle of many carnets: each is asked about or still to print, none is lost, doubled or reprinted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from passdesk.domain.carnet import Etat
from passdesk.domain.gabarit import Support
from passdesk.domain.tirage import ReponseFournee
from passdesk.services.fournee import lancer_de_la_fournee, repondre_fournee, voir_fournee
from passdesk.services.impression import ImprimanteFichier, mettre_sur_papier, ranger_papiers
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.visite import attribuer
from passdesk.storage import carnets
from passdesk.storage.integrite import verifier_base
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, terrain, visite_accord
from tests.e2e.processus import enfant

NOMS = ("Dufresnoy", "Kone", "Nguyễn", "Obin", "Walbecq")
PILE = [f"Maëlle {nom}" for nom in NOMS]


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A desk where five carnets wait, closed."""
    with terrain(tmp_path) as lieu:
        poste = lieu.nouveau_poste()
        for nom in reversed(NOMS):
            attribuer(poste, visite_accord(poste, nom_naissance=nom))
    return poste.dossier


@contextmanager
def repris(dossier: Path) -> Iterator[Poste]:
    """The desk opened again, found sound, and found sound again at the end."""
    poste = ouvrir_poste(dossier, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    try:
        assert verifier_base(poste.base) == ()
        yield poste
        assert verifier_base(poste.base) == ()
    finally:
        poste.fermer()


def etats(poste: Poste) -> list[Etat]:
    """In the order of the pile: the last one awarded has the first name."""
    suivis = {suivi.carnet.numero: suivi.carnet.etat for suivi in carnets.par_etat(poste.base, *Etat)}
    return [suivis[numero] for numero in sorted(suivis, reverse=True)]


def lances(poste: Poste) -> Counter[str]:
    """How many times the carnets of each person were sent."""
    sql = "SELECT subject_id FROM operation WHERE type = 'carnet.impression_lancee'"
    return Counter(sujet for (sujet,) in poste.base.db.execute(sql))


def finir(poste: Poste, reponse: ReponseFournee) -> None:
    """The answer, then all that is left, as a mediator does it."""
    question = voir_fournee(poste).question
    assert question is not None
    repondre_fournee(poste, question, reponse)
    for suivant in voir_fournee(poste).a_imprimer:
        travail = lancer_de_la_fournee(poste, "suite", suivant, Support.ORDINAIRE, "")
        mettre_sur_papier(travail, ImprimanteFichier(poste.dossier / "papier"))
    derniere = voir_fournee(poste).question
    if derniere is not None:
        repondre_fournee(poste, derniere, ReponseFournee("tout"))
    assert etats(poste) == [Etat.IMPRIME] * 5


@pytest.mark.parametrize("point", ["imprimante", "acte"])
def test_killed_in_the_third_carnet(dossier: Path, point: str) -> None:
    with enfant("enfant_fournee", point, dossier) as fenetre:
        assert [fenetre.annonce()["rang"] for _ in range(2)] == [1, 2]
        assert fenetre.annonce()["point"] == ("travail" if point == "imprimante" else "lance")
        fenetre.tuer()
    partis, restent = [Etat.A_CONFIRMER_IMPRESSION] * 3, [Etat.ATTRIBUE] * 2
    with repris(dossier) as poste:
        assert etats(poste) == partis + restent
    # The window opened again asks, and prints nothing.
    with enfant("enfant_fournee", "regarder", dossier) as fenetre:
        lus = fenetre.annonce()
        assert lus["point"] == "carnets"
        assert "3\u00a0carnets sont partis ensemble. Impression à confirmer." in lus["textes"]
        question = fenetre.annonce()
        assert question["point"] == "question" and question["carnets"] == PILE[:3]
        assert "Qu’est-il sorti de l’imprimante\u00a0?" in question["textes"]
        assert fenetre.tuer() == []
    with repris(dossier) as poste:
        assert etats(poste) == partis + restent and set(lances(poste).values()) == {1}
        finir(poste, ReponseFournee("arrete", 2, 1))
        assert sorted(lances(poste).values()) == [1, 1, 1, 1, 2], "only the third went twice, on purpose"


def test_killed_while_the_file_of_them_all_is_written(dossier: Path) -> None:
    with enfant("enfant_fournee", "fichier", dossier) as fenetre:
        assert fenetre.annonce() == {"point": "fichier"}
        fenetre.tuer()
    papier = dossier / "papier"
    assert [fichier.suffix for fichier in papier.iterdir()] == [".partiel"], "nobody can have opened it"
    with repris(dossier) as poste:
        ranger_papiers(poste)
        assert list(papier.iterdir()) == []
        assert etats(poste) == [Etat.A_CONFIRMER_IMPRESSION] * 5
        finir(poste, ReponseFournee("rien"))


def test_killed_in_the_middle_of_the_answer(dossier: Path) -> None:
    with enfant("enfant_fournee", "reponse", dossier) as fenetre:
        assert [fenetre.annonce()["rang"] for _ in range(5)] == [1, 2, 3, 4, 5]
        assert fenetre.annonce() == {"point": "reponse"}
        fenetre.tuer()
    with repris(dossier) as poste:
        assert etats(poste) == [Etat.A_CONFIRMER_IMPRESSION] * 5, "all of it, or nothing"
        finir(poste, ReponseFournee("tout"))
        assert set(lances(poste).values()) == {1}
