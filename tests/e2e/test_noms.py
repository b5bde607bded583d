"""Names are data: kept, found, printed and sent exactly as typed, whatever letters and signs they are made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest

from passdesk.printing.carnet_pdf import render_carnet
from passdesk.protocol import canonique
from passdesk.server.corps import lire_corps
from passdesk.services import impression, visite
from passdesk.services.poste import etat_poste
from passdesk.services.remise import remettre
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import personnes, trouver
from passdesk.storage.integrite import verifier_base
from tests.builders import Terrain, terrain, visite_accord
from tests.printing import fabrique

NOMS = {
    "balise": "<b>O'Neil & fils</b>",
    "image": "<img src=x>",
    "apostrophes": "d’Hérouville-O'Brien",
    "longs": "Wolfeschlegelsteinhausenbergerdorff-de La Très Longue Lignée"[:60],
    "soixante": "É" * 60,
    "accents_capitales": "ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ",
    "accents": "àâäæçéèêëîïôöœùûüÿñ",
    "vietnamien": "Nguyễn Thị Hạnh Đặng Ước Vũ Bằng Trữ",
    "turc": "İbrahim Işık Çağlar Şule Öztürk Ğ ğ",
    "roumain": "Ștefănescu Țurcanu Ăcîrnoaei",
    "polonais": "Łukasz Żółć Wąsik Śnieg",
    "tcheque": "Dvořák Růžička Šťastný Ďuriš",
    "gabarit": "{nom} %s ${x} {{0}}",
    "sql": "Robert'); DROP TABLE personne;--",
    "formule": "=HYPERLINK(1+1)",
    "chemin": "../../etc",
    "etoile": 'Jean* OR "Marie" NEAR/2 -x',
}
TOUS = pytest.mark.parametrize("nom", NOMS.values(), ids=NOMS.keys())


@pytest.fixture(scope="module")
def lieu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terrain]:
    with terrain(tmp_path_factory.mktemp("noms")) as ouvert:
        ouvert.nouveau_poste(carnets_10=40)
        yield ouvert


@TOUS
def test_a_name_in_every_field_goes_all_the_way(lieu: Terrain, nom: str) -> None:
    """Typed, kept as a draft, judged, recorded, found, printed, handed over, and received by the Region."""
    poste = lieu._ouverts[0]
    brouillon = visite_accord(
        poste, nom_naissance=nom, prenoms=nom, nom_usage=nom, telephone=nom, commune_saisie=nom, complementaire=False
    )
    visite.noter(poste, brouillon)
    assert visite.reprendre(poste, brouillon.brouillon_id) == brouillon
    titres = {v.titre for v in visite.visites_ouvertes(poste)}
    assert f"{nom} {nom}" in titres
    apercu = visite.apprecier(poste, brouillon)
    assert apercu.decision is not None
    assert apercu.decision.issue == "accord"
    assert {champ for champ, _ in apercu.erreurs} <= {"telephone"}

    attribue = visite.attribuer(poste, brouillon)
    lue = personnes.get(poste.base, attribue.personne.personne_id)
    assert lue is not None
    assert (lue.nom_naissance, lue.prenoms, lue.nom_usage, lue.telephone) == (nom, nom, nom, nom)
    # Found again by its own letters, and known as the same person.
    if any(signe.isalpha() for signe in nom):
        assert lue in trouver.chercher(poste.base, nom)
    encore = visite.apprecier(poste, visite_accord(poste, nom_naissance=nom, prenoms=nom))
    assert (lue, True) in [(r.personne, r.exacte) for r in encore.ressemblances]
    assert encore.pass_anterieurs == 10

    numero = (attribue.carnet.campagne, attribue.carnet.numero)
    travail = impression.lancer_impression(poste, *numero)
    papier = impression.mettre_sur_papier(travail, impression.ImprimanteFichier(poste.dossier / "papier"))
    assert papier.parent == poste.dossier / "papier"
    impression.repondre(poste, *numero, "tout")
    remettre(poste, *numero, date(2026, 11, 23))
    assert synchroniser(poste).restent == 0
    assert etat_poste(poste).litiges == 0
    assert verifier_base(poste.base) == ()

    with lieu.region.magasin.lire() as tx:
        device, epoch, seq = tx.toutes(
            "SELECT device, epoch, seq FROM operation WHERE type = 'personne.enregistrer' AND sujet = ?",
            lue.personne_id,
        )[0]
        corps = lire_corps(tx, lieu.region.cles.corps, device, epoch, seq)
    assert corps is not None
    recu = canonique.decode(corps.octets)
    assert {recu[champ] for champ in ("nom_naissance", "prenoms", "nom_usage", "telephone")} == {nom}


@TOUS
def test_a_name_on_paper_is_the_one_that_was_typed(nom: str) -> None:
    pdf = render_carnet(fabrique.carnet(5, nom=nom))
    couverture = " ".join(fabrique.textes_du_pdf(pdf)[0].split())
    sans_coupe = "".join(couverture.split())
    assert "".join(nom.split()) in sans_coupe
    assert unicodedata.is_normalized("NFC", couverture)
    # Only the empty line for a name has made room.
    sans_nom = set(" ".join(fabrique.textes_du_pdf(render_carnet(fabrique.carnet(5)))[0].split()).split())
    assert sans_nom - set(couverture.split()) <= {"Mon", "nom,", "si", "je", "veux", ":"}


@pytest.mark.parametrize("noms", [("Łęcki", "Lecki-Roy"), ("李伟", "王芳"), ("محمد", "فاطمة"), ("Иванов", "Петров")])
def test_strangers_born_on_the_same_day_are_two_people(lieu: Terrain, noms: tuple[str, str]) -> None:
    """Whole names without a Latin letter: what one was given is not held against the other."""
    poste = lieu._ouverts[0]
    for nom in noms:
        brouillon = visite_accord(poste, nom_naissance=nom, prenoms=nom, naissance="01/01/1970")
        assert visite.apprecier(poste, brouillon).pass_anterieurs == 0
        personne = visite.attribuer(poste, brouillon).personne
        assert (personne.nom_naissance, personne.prenoms) == (nom, nom)
        # The same person again, chosen in the list: known, and given nothing more.
        encore = visite.apprecier(poste, visite.adopter(visite.ouvrir_visite(poste), personne))
        assert encore.pass_anterieurs == 10
    assert synchroniser(poste).litiges == 0
