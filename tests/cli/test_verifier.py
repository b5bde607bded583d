"""`passdesk verifier` as a place runs it: codes, photos and PDF, with and without the Region's list."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import qrcode
from PIL import Image

from passdesk.cli import executer
from passdesk.cli.verifier import une_option_par_fichier
from passdesk.printing.carnet_imprime import CarnetImprime, PassImprime
from passdesk.printing.carnet_pdf import render_carnet
from passdesk.protocol.annulations import RAISONS
from passdesk.protocol.certificat import signer_publication
from passdesk.protocol.confiance import signer_confiance
from passdesk.protocol.pass_token import PassToken
from passdesk.protocol.serie import cle97, code_controle, serie, serie_carnet
from passdesk.ui.messages import MESSAGES, message
from passdesk.ui.messages.verdicts import cle_verdict
from tests.protocol.chaine import (
    AUTRE_POSTE,
    CERTIFICAT,
    CONTENU,
    DERNIER_JOUR,
    PUBLICATION,
    PUBLICATION_LIEN,
    RACINE,
    RACINE_PUB,
    cle,
    publique,
    un_pass,
)

LE = ("--le", "2026-12-01")


@dataclass(frozen=True)
class Lieu:
    """A place: a folder with the root and the list, and what the command answers there."""

    dossier: Path
    lire: Callable[[], pytest.CaptureResult[str]]

    @property
    def confiance(self) -> tuple[str, str]:
        """The option that gives the list."""
        return ("--confiance", str(self.dossier / "confiance.bin"))

    def verifier(self, *arguments: object) -> tuple[int, str, str]:
        """Exit code, standard output, error output."""
        racine = ("--racine", str(self.dossier / "racine.pub"))
        sortie = executer(["verifier", *map(str, arguments), *racine])
        dit = self.lire()
        return sortie, dit.out, dit.err

    def json(self, *arguments: object) -> tuple[int, list[dict[str, Any]]]:
        """Exit code and the array."""
        sortie, texte, _ = self.verifier(*arguments, *LE, "--json")
        return sortie, json.loads(texte)


@pytest.fixture
def lieu(tmp_path, capsys):
    (tmp_path / "racine.pub").write_text(RACINE_PUB.hex() + "\n")
    (tmp_path / "confiance.bin").write_bytes(signer_confiance(CONTENU, PUBLICATION, PUBLICATION_LIEN))
    return Lieu(tmp_path, capsys.readouterr)


def planche(chemin: Path, *textes: str) -> Path:
    """A picture with these codes, one under the other."""
    carres = [qrcode.make(texte, box_size=6).convert("L") for texte in textes]
    largeur = max([carre.width for carre in carres], default=400)
    image = Image.new("L", (largeur + 80, sum(carre.height + 60 for carre in carres) + 60), 255)
    haut = 60
    for carre in carres:
        image.paste(carre, (40, haut))
        haut += carre.height + 60
    image.save(chemin)
    return chemin


def carnet_pdf(chemin: Path, passes: list[PassToken]) -> Path:
    """The carnet as the desk prints it."""
    premier = passes[0]
    imprimes = tuple(
        PassImprime(
            rang=p.rang,
            serie=serie(p.campagne, p.carnet, p.rang),
            cle=cle97(p.campagne, p.carnet, p.rang),
            code=code_controle(p.signature),
            qr_texte=p.texte,
        )
        for p in passes
    )
    carnet = CarnetImprime(
        campagne_numero=premier.campagne,
        serie_carnet=serie_carnet(premier.campagne, premier.carnet),
        taille=premier.taille,
        dernier_jour=premier.dernier_jour,
        passes=imprimes,
        certificat_texte=CERTIFICAT.texte,
        exemple=False,
        telephone_aide="03 61 00 00 00",
    )
    chemin.write_bytes(render_carnet(carnet))
    return chemin


def test_un_code_et_sa_liste(lieu):
    sortie, verdicts = lieu.json(un_pass().texte, *lieu.confiance)
    assert sortie == 0
    assert [list(verdict) for verdict in verdicts] == [
        ["code", "verdict", "campagne", "carnet", "pass", "sur", "valable_jusqu_au", "raison", "liste_du"]
    ]
    assert verdicts[0]["verdict"] == "valide"
    assert verdicts[0]["liste_du"] == "2026-11-23"


def test_une_horloge_en_retard_sur_la_liste_ne_ressuscite_aucun_pass(lieu):
    """Without --le the day of the computer counts, unless the list proves that it is past."""
    fait_le = date(2090, 1, 1)
    lien = signer_publication(RACINE, publique(PUBLICATION), fait_le)
    (lieu.dossier / "confiance.bin").write_bytes(
        signer_confiance(replace(CONTENU, faite_le=fait_le), PUBLICATION, lien)
    )
    sortie, texte, _ = lieu.verifier(un_pass().texte, *lieu.confiance, "--json")
    assert (sortie, json.loads(texte)[0]["verdict"]) == (1, "perime")
    sortie, texte, _ = lieu.verifier(un_pass().texte, *lieu.confiance, *LE, "--json")
    assert (sortie, json.loads(texte)[0]["verdict"]) == (0, "valide"), "a day that is asked for is that day"


def test_un_seul_mauvais_pass_suffit_a_repondre_non(lieu):
    bon, perdu = un_pass().texte, un_pass(carnet=1500).texte
    sortie, verdicts = lieu.json(bon, perdu, "https://exemple.fr", *lieu.confiance)
    assert sortie == 1
    assert [(v["verdict"], v["raison"]) for v in verdicts] == [
        ("valide", None),
        ("annule", "perdu"),
        ("illisible", "pas_un_pass"),
    ]


def test_un_carnet_en_pdf_se_verifie_dans_l_ordre_avec_sa_couverture_seule(lieu):
    passes = [un_pass(rang=rang) for rang in range(1, 11)]
    pdf = carnet_pdf(lieu.dossier / "carnet.pdf", passes)
    sortie, verdicts = lieu.json("--pdf", pdf)
    assert sortie == 0
    assert [(v["pass"], v["verdict"], v["raison"]) for v in verdicts] == [
        (rang, "valide", "sans_liste") for rang in range(1, 11)
    ]
    sortie, verdicts = lieu.json("--pdf", pdf, *lieu.confiance)
    assert (sortie, {v["raison"] for v in verdicts}, len(verdicts)) == (0, {None}, 10)
    # The same pass on a photo beside the PDF: still one verdict a pass.
    photo = planche(lieu.dossier / "photo.png", passes[4].texte)
    sortie, verdicts = lieu.json("--pdf", pdf, "--image", photo, *lieu.confiance)
    assert [v["pass"] for v in verdicts] == [5, 1, 2, 3, 4, 6, 7, 8, 9, 10]


def test_dans_une_photo_ce_qui_n_est_pas_a_nous_est_laisse(lieu):
    textes = ["https://exemple.fr", un_pass(rang=2).texte, "8012345678901", CERTIFICAT.texte, un_pass(rang=1).texte]
    photo = planche(lieu.dossier / "photo.png", *textes)
    sortie, verdicts = lieu.json("--image", photo)
    assert (sortie, [v["pass"] for v in verdicts]) == (0, [2, 1])
    faux = planche(lieu.dossier / "faux.png", un_pass(AUTRE_POSTE).texte, CERTIFICAT.texte)
    sortie, verdicts = lieu.json("--image", photo, "--image", faux)
    assert (sortie, [v["verdict"] for v in verdicts]) == (1, ["valide", "valide", "falsifie"])


def test_un_pass_abime_dans_une_photo_n_est_pas_passe_sous_silence(lieu):
    photo = planche(lieu.dossier / "photo.png", "801" + "9" * 174)
    sortie, verdicts = lieu.json("--image", photo, *lieu.confiance)
    assert (sortie, [v["verdict"] for v in verdicts]) == (1, ["illisible"])


def test_la_couverture_donnee_en_texte_sert_de_certificat(lieu):
    assert lieu.json(un_pass().texte, CERTIFICAT.texte)[1][0]["raison"] == "sans_liste"
    assert lieu.json(un_pass().texte)[1][0]["verdict"] == "inconnu"


@pytest.mark.parametrize("textes", [[], ["https://exemple.fr"], [CERTIFICAT.texte]])
def test_sans_aucun_pass_on_le_dit_et_ce_n_est_pas_un_oui(lieu, textes):
    photo = planche(lieu.dossier / "photo.png", *textes)
    assert lieu.json("--image", photo, *lieu.confiance) == (1, [])
    sortie, texte, _ = lieu.verifier("--image", photo, *LE)
    assert sortie == 1
    assert texte == "Aucun pass n’a été trouvé. Scannez le carré du pass, bien à plat.\n"


def test_les_phrases_disent_le_verdict_le_numero_et_le_jour(lieu):
    sortie, texte, _ = lieu.verifier(un_pass().texte, un_pass(carnet=1501).texte, *lieu.confiance, *LE)
    assert sortie == 1
    assert texte.splitlines() == [
        "1. Pass 3 sur 10 · n°\u00a0012 0001234 03 · valable jusqu’au 31\u00a0décembre 2027",
        "   Vous pouvez l’accepter, s’il n’a pas déjà servi.",
        "2. Pass 3 sur 10 · n°\u00a0012 0001501 03 · valable jusqu’au 31\u00a0décembre 2027",
        "   Ce pass a été déclaré volé. Ne l’acceptez pas. Invitez la personne à appeler son guichet.",
        "1 pass valide sur 2. Liste du 23\u00a0novembre 2026.",
    ]


def test_ce_qui_est_lu_ne_commande_pas_le_terminal(lieu):
    _, texte, _ = lieu.verifier("\x1b[2Jbonjour\n" + "x" * 500, "", *LE)
    assert "\x1b" not in texte
    assert len(texte.splitlines()) == 5
    assert max(map(len, texte.splitlines())) < 120
    assert "Rien n’a été lu." in texte


def test_les_pass_de_demonstration_se_nomment_exemple(lieu):
    _, texte, _ = lieu.verifier(un_pass(campagne=127).texte, CERTIFICAT.texte, *LE)
    assert "EXEMPLE, sans valeur" in texte


def abimer(fichier: Path) -> None:
    """One bit of the file changes."""
    octets = bytearray(fichier.read_bytes())
    octets[len(octets) // 2] ^= 1
    fichier.write_bytes(octets)


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        ((), "Il n’y a rien à vérifier."),
        (("x", "--le", "demain"), "« demain » n’est pas un jour."),
        (("x", "--le", "2026-02-30"), "« 2026-02-30 » n’est pas un jour."),
        (("x", "--le", "20261123"), "« 20261123 » n’est pas un jour."),
        (("x", "--confiance", "absente.bin"), "Le fichier « absente.bin » est introuvable."),
        (("x", "--confiance", "texte.txt"), "La liste « texte.txt » est abîmée."),
        (("--image", "absente.png"), "Le fichier « absente.png » est introuvable."),
        (("--image", "texte.txt"), "« texte.txt » n’est pas une image lisible."),
        (("--pdf", "texte.txt"), "« texte.txt » n’est pas un PDF lisible."),
        (("--pdf", "."), "est un dossier, pas un fichier."),
        (("x", "--listes", "y"), "Option inconnue : « --listes »."),
    ],
)
def test_ce_qui_ne_va_pas_se_dit_en_francais(lieu, monkeypatch, arguments, phrase):
    (lieu.dossier / "texte.txt").write_text("bonjour")
    monkeypatch.chdir(lieu.dossier)
    sortie, texte, plainte = lieu.verifier(*arguments)
    assert (sortie, texte) == (2, "")
    assert phrase in plainte.replace("\u00a0", " ")


@pytest.mark.parametrize("contenu", ["", "ab" * 31, "zz" * 32, "ab" * 33, "é" * 64])
def test_une_racine_qui_n_en_est_pas_une(lieu, contenu):
    (lieu.dossier / "racine.pub").write_text(contenu, encoding="utf-8")
    sortie, _, plainte = lieu.verifier(un_pass().texte)
    assert sortie == 2
    assert "n’est pas la clé publique de la Région" in plainte


def test_une_liste_changee_ou_d_une_autre_region_n_est_pas_crue(lieu):
    liste = lieu.dossier / "confiance.bin"
    abimer(liste)
    sortie, texte, plainte = lieu.verifier(un_pass().texte, *lieu.confiance)
    assert (sortie, texte) == (2, "")
    assert "est abîmée" in plainte
    (lieu.dossier / "racine.pub").write_text(publique(cle("autre racine")).hex())
    liste.write_bytes(signer_confiance(CONTENU, PUBLICATION, PUBLICATION_LIEN))
    sortie, _, plainte = lieu.verifier(un_pass().texte, *lieu.confiance)
    assert sortie == 2
    assert "n’est pas signée par cette Région" in plainte


def test_sans_jour_donne_on_verifie_pour_aujourd_hui(lieu):
    # The pass ends before this program was written: whatever the day, it is past.
    fini = un_pass(dernier_jour=DERNIER_JOUR.replace(year=2025)).texte
    assert lieu.verifier(fini, *lieu.confiance)[0] == 1


def test_chaque_verdict_a_sa_phrase():
    raisons = {
        "valide": (None, "tolerance", "sans_liste"),
        "perime": (None,),
        "annule": RAISONS,
        "inconnu": (None, "cle", "hors_plage", "liste_trop_ancienne"),
        "falsifie": (None,),
        "illisible": (None, "pas_un_pass", "en_ligne_seulement"),
    }
    for verdict, toutes in raisons.items():
        for raison in toutes:
            assert cle_verdict(verdict, raison) in MESSAGES
    assert str(message(cle_verdict("perime", None))) == "Ce pass est périmé. Ne l’acceptez pas."


@pytest.mark.parametrize(
    ("arguments", "attendus"),
    [
        (["verifier", "--pdf", "a.pdf", "b.pdf", "--racine", "r.pub"], ["--pdf", "a.pdf", "--pdf", "b.pdf"]),
        (["verifier", "80123", "--image", "a.png", "b.jpg"], ["80123", "--image", "a.png", "--image", "b.jpg"]),
        (["verifier", "--pdf", "a.pdf", "80123"], ["--pdf", "a.pdf", "80123"]),
        (["verifier", "--pdf", "a.pdf", "--json", "b.pdf"], ["--pdf", "a.pdf", "--json", "b.pdf"]),
        (["verifier", "--pdf", "sans-suffixe"], ["--pdf", "sans-suffixe"]),
    ],
)
def test_several_files_behind_one_option(arguments: list[str], attendus: list[str]) -> None:
    assert une_option_par_fichier(arguments)[1 : 1 + len(attendus)] == attendus
