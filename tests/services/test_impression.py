"""The paper never disagrees with the base in silence: the file is whole or absent, and the agent has the last word."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.carnet import Etat
from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.printing.lecture import lire_pdf
from passdesk.services import impression, visite
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.storage import carnets, envoi
from passdesk.storage.integrite import verifier_base
from tests.builders import Terrain, terrain, visite_accord

Numero = tuple[int, int]


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def poste(lieu: Terrain) -> Poste:
    return lieu.nouveau_poste()


@pytest.fixture
def numero(poste: Poste) -> Numero:
    carnet = visite.attribuer(poste, visite_accord(poste)).carnet
    return carnet.campagne, carnet.numero


@dataclass
class Bac:
    """A printer whose sheets are kept to be looked at."""

    sortis: list[tuple[str, bytes]] = field(default_factory=list)

    def sortir(self, papier: Papier, nom: str) -> Path:
        self.sortis.append((nom, papier.pdf))
        return Path(nom)


def test_the_intention_is_on_disk_before_the_printer_is_touched(poste: Poste, numero: Numero) -> None:
    vus: list[Etat] = []

    class Curieuse:
        def sortir(self, papier: Papier, nom: str) -> Path:
            autre = poste.rouvrir()
            lu = carnets.get(autre.base, *numero)
            autre.fermer()
            assert lu is not None
            vus.append(lu.etat)
            return Path(nom)

    impression.mettre_sur_papier(impression.lancer_impression(poste, *numero), Curieuse())
    assert vus == [Etat.A_CONFIRMER_IMPRESSION]


def test_the_same_carnet_again_is_the_same_paper_byte_for_byte(poste: Poste, numero: Numero) -> None:
    bac = Bac()
    impression.mettre_sur_papier(impression.lancer_impression(poste, *numero), bac)
    impression.repondre(poste, *numero, "illisible")
    impression.mettre_sur_papier(impression.lancer_impression(poste, *numero), bac)
    impression.repondre(poste, *numero, "tout")
    # And once it is good, again on request: same numbers, told in the log.
    impression.mettre_sur_papier(impression.lancer_impression(poste, *numero), bac)
    impression.repondre(poste, *numero, "tout")
    assert len({pdf for _, pdf in bac.sortis}) == 1
    assert len(bac.sortis) == 3
    assert len(carnets.par_etat(poste.base, *Etat)) == 1
    actes = [t for (t,) in poste.base.db.execute("SELECT type FROM operation WHERE type LIKE 'carnet.impression%'")]
    assert actes.count("carnet.impression_lancee") == 3
    assert verifier_base(poste.base) == ()


def test_only_the_missing_sheets_go_again(poste: Poste, numero: Numero) -> None:
    bac = Bac()
    impression.mettre_sur_papier(impression.lancer_impression(poste, *numero), bac)
    reste = impression.repondre(poste, *numero, "arrete", 3)
    assert reste == (3,)
    impression.mettre_sur_papier(impression.lancer_impression(poste, *numero, reste), bac)
    entier, suite = ([code for code in lire_pdf(pdf) if code.startswith("801")] for _, pdf in bac.sortis)
    assert suite == entier[5:]
    assert bac.sortis[0][0] != bac.sortis[1][0]


@pytest.mark.parametrize("feuille", [None, 0, 4, -1])
def test_a_sheet_that_does_not_exist_is_no_answer(poste: Poste, numero: Numero, feuille: int | None) -> None:
    impression.lancer_impression(poste, *numero)
    tete = envoi.tete(poste.base)
    with pytest.raises(SaisieRefusee) as refus:
        impression.repondre(poste, *numero, "arrete", feuille)
    assert refus.value.code == "feuille_inconnue"
    assert envoi.tete(poste.base) == tete


def test_an_answer_is_given_once(poste: Poste, numero: Numero) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        impression.repondre(poste, *numero, "tout")
    assert refus.value.code == "papier_deja_confirme"
    impression.lancer_impression(poste, *numero)
    impression.repondre(poste, *numero, "tout")
    with pytest.raises(SaisieRefusee):
        impression.repondre(poste, *numero, "rien")
    assert carnets.get(poste.base, *numero).etat is Etat.IMPRIME  # type: ignore[union-attr]


def test_a_carnet_handed_over_is_not_printed_again(poste: Poste, numero: Numero) -> None:
    impression.lancer_impression(poste, *numero)
    impression.repondre(poste, *numero, "tout")
    remettre(poste, *numero, date(2026, 11, 23))
    with pytest.raises(SaisieRefusee) as refus:
        impression.lancer_impression(poste, *numero)
    assert refus.value.code == "carnet_non_imprimable"
    with pytest.raises(SaisieRefusee) as inconnu:
        impression.lancer_impression(poste, numero[0], 999)
    assert inconnu.value.code == "carnet_inconnu"


@pytest.mark.parametrize("panne", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_disk_that_fills_up_leaves_no_half_paper(
    poste: Poste, numero: Numero, panne: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    travail = impression.lancer_impression(poste, *numero)

    def refuser(_: int) -> None:
        raise OSError(panne, os.strerror(panne))

    with monkeypatch.context() as disque:
        disque.setattr(os, "fsync", refuser)
        with pytest.raises(PanneAttendue) as dite:
            impression.mettre_sur_papier(travail, impression.ImprimanteFichier(poste.dossier / "papier"))
    assert dite.value.code == "papier_non_ecrit"
    assert list((poste.dossier / "papier").iterdir()) == []
    assert [v.etape for v in visite.visites_ouvertes(poste)] == ["a_confirmer"]
    # Nothing came out: said so, it goes again, on a disk that has room.
    assert impression.repondre(poste, *numero, "rien") == (1, 2, 3)
    encore = impression.lancer_impression(poste, *numero)
    fichier = impression.mettre_sur_papier(encore, impression.ImprimanteFichier(poste.dossier / "papier"))
    assert len([code for code in lire_pdf(fichier) if code.startswith("801")]) == 10


def test_the_paper_is_for_its_owner_alone_and_names_nobody(poste: Poste, numero: Numero) -> None:
    travail = impression.lancer_impression(poste, *numero)
    fichier = impression.mettre_sur_papier(travail, impression.ImprimanteFichier(poste.dossier / "papier"))
    assert fichier.parent.stat().st_mode & 0o077 == 0
    assert fichier.name == f"carnet-{numero[0]}-{numero[1]:07d}.pdf"
    assert "Dufresnoy" not in repr(travail)
    assert travail.contenu.passes[0].qr_texte not in repr(travail)
