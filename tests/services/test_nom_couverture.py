"""Whose carnet it is: on the cover only when asked, the same again at a reprint, and never in a file of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from passdesk.domain.dessin import Papier
from passdesk.domain.gabarit import BANDES_74, GROS, ORDINAIRE, Gabarit
from passdesk.printing.carnet_pdf import render_carnet
from passdesk.printing.lecture import lire_pdf
from passdesk.printing.nom_imprime import LIGNE_A_LA_MAIN
from passdesk.services import impression, visite
from passdesk.services.fiche import modifier
from passdesk.services.lettre import dessiner_lettre, lettre_de_demande
from passdesk.services.nom_couverture import nom_de_couverture
from passdesk.services.poste import Poste
from passdesk.services.recepisse import dessiner_recepisse, recepisse
from passdesk.services.tirages import dernier_tirage
from passdesk.storage import carnets, consultation, personnes
from tests.builders import poste_enrole, visite_accord
from tests.printing.fabrique import textes_du_pdf

Numero = tuple[int, int]
SOIXANTE = "Anne-Sophie Marguerite Joséphine de la Rochefoucauld-Lépinay"
DESSINES = (
    ("Zoé-Éloïse Àïda", "d’Œuvrard-Lœuillet Çağla Ñuñez-Großmann"),
    ("Łucja", "Wójcik-Żółć Ștefănescu Țuțea İbrahim"),
    ("Anne-Sophie Marguerite Joséphine", "de la Rochefoucauld-Lépinay"),
    ("Nguyễn Thị Phượng", "Đặng"),
    ("Олександр", "Шевченко"),
    ("Ελένη", "Παπαδοπούλου"),
    ("Հայկ", "Պետրոսյան"),
    ("ნინო", "ბერიძე"),
)
A_LA_MAIN = (
    ("محمد", "الخوارزمي"),
    ("שרה", "כהן"),
    ("伟", "张"),
    ("राजेश", "शर्मा"),
    ("สมชาย", "ใจดี"),
    ("ບຸນມີ", "ວົງສາ"),
    ("민준", "김"),
    ("Awa", "张"),
)


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    with poste_enrole(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def numero(poste: Poste) -> Numero:
    carnet = visite.attribuer(poste, visite_accord(poste)).carnet
    return carnet.campagne, carnet.numero


@dataclass
class Bac:
    """A printer whose sheets are kept to be looked at."""

    sortis: list[bytes] = field(default_factory=list)

    def sortir(self, papier: Papier, nom: str) -> None:
        assert "Maëlle" not in papier.titre + nom and "Dufresnoy" not in papier.titre + nom
        self.sortis.append(papier.pdf)


def imprimer(poste: Poste, numero: Numero, bac: Bac, sortie: impression.Sortie = "tout", **choix: object) -> bytes:
    """One printing of the whole carnet, and what came out of it."""
    travail = impression.lancer_impression(poste, *numero, **choix)  # type: ignore[arg-type]
    impression.mettre_sur_papier(travail, bac)
    impression.repondre(poste, *numero, sortie)
    return bac.sortis[-1]


def couverture(pdf: bytes) -> str:
    return " ".join(textes_du_pdf(pdf)[0].replace("\u00a0", " ").split())


def le_carnet(poste: Poste, numero: Numero) -> carnets.Carnet:
    trouve = carnets.get(poste.base, *numero)
    assert trouve is not None
    return trouve


def test_nobody_s_name_is_on_a_cover_unless_asked(poste: Poste, numero: Numero) -> None:
    assert not nom_de_couverture(poste, le_carnet(poste, numero)).imprime
    texte = couverture(imprimer(poste, numero, Bac()))
    assert "Mon nom, si je veux :" in texte and "Dufresnoy" not in texte


@pytest.mark.parametrize("gabarit", [ORDINAIRE, GROS], ids=lambda gabarit: gabarit.cle)
def test_asked_once_it_comes_out_again_byte_for_byte(poste: Poste, numero: Numero, gabarit: Gabarit) -> None:
    bac = Bac()
    sans = imprimer(poste, numero, bac, gabarit=gabarit)
    avec = imprimer(poste, numero, bac, "illisible", gabarit=gabarit, nom=True)
    assert "Ce carnet est à Maëlle Dufresnoy" in couverture(avec)
    # Compared before they are asserted: pytest would spend minutes on the difference of two PDF.
    encore = imprimer(poste, numero, bac) == avec
    assert encore
    assert lire_pdf(avec) == lire_pdf(sans)
    assert textes_du_pdf(avec)[1:] == textes_du_pdf(sans)[1:]
    assert b"Dufresnoy" not in avec
    enleve = [imprimer(poste, numero, bac, nom=False) == sans, imprimer(poste, numero, bac) == sans]
    assert all(enleve)


def test_only_whether_it_was_printed_is_told_to_the_region(poste: Poste, numero: Numero) -> None:
    imprimer(poste, numero, Bac(), nom=True)
    carnet = le_carnet(poste, numero)
    tirage = dernier_tirage(poste, carnet)
    assert tirage is not None and tirage.nom
    corps = [a.contenu() for a in consultation.actes_sur(poste.base, carnet.personne_id) if "carnet" in a.entete.type]
    assert [acte.get("nom") for acte in corps] == [True, None]
    assert "Dufresnoy" not in str(corps)


def test_a_change_of_mind_sends_the_cover_again_with_what_is_missing(poste: Poste, numero: Numero) -> None:
    bac = Bac()
    imprimer(poste, numero, bac)
    travail = impression.lancer_impression(poste, *numero, (3,), nom=True)
    assert travail.feuilles == (1, 3)
    impression.repondre(poste, *numero, "tout")
    assert impression.lancer_impression(poste, *numero, (3,)).feuilles == (3,)


def test_a_name_mended_since_is_printed_as_mended(poste: Poste, numero: Numero) -> None:
    bac = Bac()
    imprimer(poste, numero, bac, nom=True)
    with poste.base.ecriture() as db:
        db.execute("UPDATE personne SET nom_naissance = 'Dufrénoy'")
    assert "Ce carnet est à Maëlle Dufrénoy" in couverture(imprimer(poste, numero, bac))


def test_no_file_of_the_desk_bears_a_name(poste: Poste, numero: Numero, tmp_path: Path) -> None:
    fichier = impression.ImprimanteFichier(tmp_path / "papier")
    sorti = impression.sortir(impression.lancer_impression(poste, *numero, nom=True), fichier)
    assert sorti.chemin is None and not list(tmp_path.glob("papier/*"))
    assert sorti.nominatif is not None and "Maëlle Dufresnoy" in couverture(sorti.nominatif.pdf)
    assert sorti.nominatif.nom == "carnet-127-0000021.pdf"
    impression.repondre(poste, *numero, "arrete", 2)
    suite = impression.sortir(impression.lancer_impression(poste, *numero, (2, 3)), fichier)
    assert suite.nominatif is None and suite.chemin is not None and suite.chemin.exists()


def porter(poste: Poste, prenoms: str, nom: str) -> None:
    """The record says this name."""
    with poste.base.ecriture() as db:
        db.execute("UPDATE personne SET prenoms = ?, nom_naissance = ?", (prenoms, nom))


@pytest.mark.parametrize("gabarit", [ORDINAIRE, GROS, BANDES_74], ids=lambda gabarit: gabarit.cle)
def test_names_from_elsewhere_are_printed_whole(poste: Poste, numero: Numero, gabarit: Gabarit) -> None:
    assert len(SOIXANTE) == 60
    for prenoms, nom in DESSINES:
        porter(poste, prenoms, nom)
        contenu = impression.contenu_imprime(poste, le_carnet(poste, numero), gabarit, nom=True)
        assert nom_de_couverture(poste, le_carnet(poste, numero)).obstacle == ""
        assert f"Ce carnet est à {prenoms} {nom}" in couverture(render_carnet(contenu))


@pytest.mark.parametrize("gabarit", [ORDINAIRE, GROS], ids=lambda gabarit: gabarit.cle)
def test_a_name_that_the_paper_writes_wrong_is_left_to_the_hand(poste: Poste, numero: Numero, gabarit: Gabarit) -> None:
    carnet = le_carnet(poste, numero)
    sans = render_carnet(impression.contenu_imprime(poste, carnet, gabarit))
    for prenoms, nom in A_LA_MAIN:
        porter(poste, prenoms, nom)
        assert nom_de_couverture(poste, carnet).obstacle == "nom_sans_dessin"
        laisse = render_carnet(impression.contenu_imprime(poste, carnet, gabarit, nom=True)) == sans
        assert laisse, nom
    porter(poste, "Anne " * 40, "Long")
    assert nom_de_couverture(poste, carnet).obstacle == "nom_trop_long"
    laisse = render_carnet(impression.contenu_imprime(poste, carnet, gabarit, nom=True)) == sans
    assert laisse
    travail = impression.lancer_impression(poste, *numero, gabarit=gabarit, nom=True)
    tirage = dernier_tirage(poste, travail.carnet)
    assert tirage is not None and not tirage.nom


def test_the_receipt_and_the_letter_leave_a_line_for_it(poste: Poste) -> None:
    attribue = visite.attribuer(poste, visite_accord(poste))
    numero = attribue.carnet.campagne, attribue.carnet.numero
    imprimer(poste, numero, Bac())
    recu = dessiner_recepisse(recepisse(poste, *numero, poste.horloge.aujourdhui()))
    assert not recu.nom_a_la_main and LIGNE_A_LA_MAIN not in couverture(recu.papier.pdf)
    refusee = visite_accord(poste, nom_naissance="Refusard", commune="75056")
    assert visite.garder(poste, refusee) is None
    assert not dessiner_lettre(lettre_de_demande(poste, refusee.brouillon_id)).nom_a_la_main
    porter(poste, "محمد", "الخوارزمي")
    recu = dessiner_recepisse(recepisse(poste, *numero, poste.horloge.aujourdhui()))
    ecrite = dessiner_lettre(lettre_de_demande(poste, refusee.brouillon_id))
    for dessine in (recu, ecrite):
        assert dessine.nom_a_la_main
        assert LIGNE_A_LA_MAIN in couverture(dessine.papier.pdf)
        assert "[U+" not in couverture(dessine.papier.pdf)


def test_a_name_mended_since_is_to_be_told_until_its_cover_is_made_again(poste: Poste, numero: Numero) -> None:
    bac = Bac()
    imprimer(poste, numero, bac, nom=True)
    carnet = le_carnet(poste, numero)
    personne = personnes.get(poste.base, carnet.personne_id)
    assert personne is not None and nom_de_couverture(poste, carnet).ancien == ""
    modifier(poste, replace(personne, telephone="03 27 00 00 00"))
    assert nom_de_couverture(poste, carnet).ancien == "", "the name is the same"
    modifier(poste, replace(personne, nom_naissance="Dufrênoy"))
    assert nom_de_couverture(poste, carnet).ancien == "Maëlle Dufresnoy"
    travail = impression.lancer_impression(poste, *numero, (3,))
    assert travail.feuilles == (3,) and impression.repondre(poste, *numero, "tout") == ()
    assert nom_de_couverture(poste, carnet).ancien == "Maëlle Dufresnoy", "that was not the cover"
    impression.lancer_impression(poste, *numero, (1,))
    assert impression.repondre(poste, *numero, "rien") == (1,), "the pass are good: no second paper of them"
    assert nom_de_couverture(poste, carnet).ancien == "Maëlle Dufresnoy", "nothing came out"
    travail = impression.lancer_impression(poste, *numero, (1,))
    assert travail.contenu.nom == "Maëlle Dufrênoy"
    impression.repondre(poste, *numero, "tout")
    assert nom_de_couverture(poste, carnet).ancien == ""


def test_a_cover_without_a_name_has_nothing_to_mend(poste: Poste, numero: Numero) -> None:
    imprimer(poste, numero, Bac())
    carnet = le_carnet(poste, numero)
    personne = personnes.get(poste.base, carnet.personne_id)
    assert personne is not None
    modifier(poste, replace(personne, nom_naissance="Dufrênoy"))
    assert nom_de_couverture(poste, carnet).ancien == ""
