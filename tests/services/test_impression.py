"""The paper never disagrees with the base in silence: the file is whole or absent, and the agent has the last word."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.gabarit import GROS, ORDINAIRE
from passdesk.domain.tirage import Tirage
from passdesk.printing.lecture import lire_pdf
from passdesk.services import impression, visite
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.services.tirages import tirages
from passdesk.storage import carnets, envoi
from passdesk.storage.integrite import verifier_base
from tests.builders import MIDI, Terrain, terrain, visite_accord
from tests.printing.fabrique import textes_du_pdf

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


def le_carnet(poste: Poste, numero: Numero) -> Carnet:
    carnet = carnets.get(poste.base, *numero)
    assert carnet is not None
    return carnet


def pages(pdf: bytes) -> int:
    return len(textes_du_pdf(pdf))


def test_large_print_goes_again_as_it_went(poste: Poste) -> None:
    """The layout is written with the printing: a reprint has the same sheets and the same bytes, unless asked."""
    carnet = visite.attribuer(poste, visite_accord(poste, besoins=("gros_caracteres",))).carnet
    numero, bac = (carnet.campagne, carnet.numero), Bac()
    impression.mettre_sur_papier(impression.lancer_impression(poste, *numero), bac)
    # The need is noted no more: what matters is what was printed.
    with poste.base.ecriture() as db:
        db.execute("UPDATE personne SET besoins = '[]'")
    assert impression.repondre(poste, *numero, "arrete", 5) == (5,)
    impression.mettre_sur_papier(impression.lancer_impression(poste, *numero, (5,), ORDINAIRE), bac)
    impression.repondre(poste, *numero, "illisible")
    impression.mettre_sur_papier(impression.lancer_impression(poste, *numero), bac)
    impression.repondre(poste, *numero, "tout")
    entier, reste, encore = (pdf for _, pdf in bac.sortis)
    assert (pages(entier), pages(reste)) == (5, 1)
    assert encore == entier
    codes = lire_pdf(entier)
    assert lire_pdf(reste) == codes[9:]
    impression.mettre_sur_papier(impression.lancer_impression(poste, *numero, gabarit=ORDINAIRE), bac)
    assert pages(bac.sortis[-1][1]) == 3
    assert set(lire_pdf(bac.sortis[-1][1])) == set(codes)


def test_a_stop_counts_the_sheets_that_went(poste: Poste, numero: Numero) -> None:
    impression.lancer_impression(poste, *numero, gabarit=GROS)
    with pytest.raises(SaisieRefusee) as refus:
        impression.repondre(poste, *numero, "arrete", 6)
    assert (refus.value.code, refus.value.faits) == ("feuille_inconnue", {"feuilles": 5})
    assert impression.repondre(poste, *numero, "arrete", 2) == (2, 3, 4, 5)


def test_the_log_of_the_printings(poste: Poste, numero: Numero) -> None:
    autre = visite.attribuer(poste, visite_accord(poste, nom_naissance="Walbecq", prenoms="Odette")).carnet
    impression.lancer_impression(poste, autre.campagne, autre.numero)
    assert tirages(poste, le_carnet(poste, numero)) == ()
    impression.lancer_impression(poste, *numero, gabarit=GROS, imprimante="Accueil")
    impression.repondre(poste, *numero, "arrete", 4)
    impression.lancer_impression(poste, *numero, (4, 5), imprimante="Étage")
    quand, agent = MIDI, poste.agent_id
    premier = Tirage(GROS, (1, 2, 3, 4, 5), quand, agent, "Accueil", "arrete", 4)
    assert tirages(poste, le_carnet(poste, numero)) == (premier, Tirage(GROS, (4, 5), quand, agent, "Étage"))
    assert visite.carnet_attribue(poste, *numero).tirage == Tirage(GROS, (4, 5), quand, agent, "Étage")
    impression.repondre(poste, *numero, "tout")
    assert [tirage.sortie for tirage in tirages(poste, le_carnet(poste, numero))] == ["arrete", "tout"]


def test_a_printing_before_layouts_were_written_is_the_ordinary_one(poste: Poste, numero: Numero) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        corps = {"campagne": numero[0], "numero": numero[1], "feuilles": [1, 2, 3]}
        acte.inscrire("carnet.impression_lancee", le_carnet(poste, numero).personne_id, corps)
    (tirage,) = tirages(poste, le_carnet(poste, numero))
    assert (tirage.gabarit, tirage.feuilles, tirage.imprimante) == (ORDINAIRE, (1, 2, 3), "")


def tenir(fichier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows does while a viewer shows it: no other file takes its name."""
    vraie = os.replace

    def refuser(de: str | Path, vers: str | Path) -> None:
        if Path(vers) == fichier:
            raise PermissionError(errno.EACCES, "held by a viewer", str(vers))
        vraie(de, vers)

    monkeypatch.setattr(os, "replace", refuser)


def test_sheets_that_a_viewer_shows_are_printed_again_beside(
    poste: Poste, numero: Numero, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing came out, or it is unreadable: the same name is written again while the viewer still has it open."""
    papier = impression.ImprimanteFichier(poste.dossier / "papier")
    premier = impression.mettre_sur_papier(impression.lancer_impression(poste, *numero), papier)
    assert premier is not None
    poses = [premier]
    for _ in range(2):
        tenir(poses[-1], monkeypatch)
        impression.repondre(poste, *numero, "rien")
        travail = impression.lancer_impression(poste, *numero)
        pose = impression.mettre_sur_papier(travail, papier)
        assert pose is not None
        poses.append(pose)
        # Two writings within one tick of the disk's clock are two all the same.
        os.utime(pose, ns=(0, premier.stat().st_mtime_ns + len(poses)))
    debut = f"carnet-{numero[0]}-{numero[1]:07d}"
    assert [f.name for f in poses] == [f"{debut}.pdf", f"{debut} (2).pdf", f"{debut} (3).pdf"]
    assert len([code for code in lire_pdf(poses[-1]) if code.startswith("801")]) == 10
    assert impression.fichier_du_tirage(poste.dossier, travail.carnet, tirages(poste, travail.carnet)[-1]) == poses[-1]
    impression.ranger_papiers(poste)
    assert sorted(poses[-1].parent.iterdir()) == sorted(poses), "they are still asked about"
    impression.repondre(poste, *numero, "tout")
    remettre(poste, *numero, date(2026, 11, 23))
    assert list(poses[-1].parent.iterdir()) == []


def test_some_sheets_printed_beside_are_not_taken_for_others(
    poste: Poste, numero: Numero, monkeypatch: pytest.MonkeyPatch
) -> None:
    papier = impression.ImprimanteFichier(poste.dossier / "papier")
    impression.lancer_impression(poste, *numero)
    impression.repondre(poste, *numero, "arrete", 2)
    for _ in range(2):
        travail = impression.lancer_impression(poste, *numero, feuilles=(2,))
        pose = impression.mettre_sur_papier(travail, papier)
        assert pose is not None
        tenir(pose, monkeypatch)
        impression.repondre(poste, *numero, "arrete", 2)
    tirage = tirages(poste, travail.carnet)[-1]
    assert impression.fichier_du_tirage(poste.dossier, travail.carnet, replace(tirage, feuilles=(2, 3))) is None
