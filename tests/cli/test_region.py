"""`passdesk region` as the Region's people type it: what it says, what it writes, how it ends."""

from __future__ import annotations

import hashlib
import os
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from passdesk.cli import executer
from passdesk.domain.francais import date_longue
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.protocol.confiance import lire_confiance
from passdesk.protocol.enrolement import fingerprint
from passdesk.server.campagnes import campagnes
from passdesk.server.cles import ouvrir_cles
from passdesk.server.enrolement import proposer_code
from passdesk.server.region import ouvrir_region, server_epoch
from passdesk.server.restauration import deja_cru, noter_restauration, reconnaitre
from tests.builders import FIN_PROCHAINE
from tests.cli.region_factice import Commande
from tests.cli.region_factice import enroler as _enroler
from tests.cli.region_factice import fil as _fil
from tests.cli.region_factice import litige_ouvert as _litige
from tests.cli.region_factice import poste_enrole as _poste
from tests.domain.dossiers import texte_2
from tests.server.poste_factice import PosteFactice


def test_the_bundle_is_written_for_the_places(ouverte: Commande, tmp_path: Path) -> None:
    publique = bytes.fromhex((tmp_path / "racine.pub").read_text())
    for generation in (1, 2):
        dit = ouverte("publier", "--out", str(tmp_path / "confiance.bin"), "--json")
        assert dit["generation"] == generation
    confiance = lire_confiance((tmp_path / "confiance.bin").read_bytes(), publique)
    assert (confiance.generation, confiance.campagne(12) is not None) == (2, True)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["confiance.bin", "racine", "racine.pub", "region"]


def test_what_lies_beside_the_bundle_is_somebody_s(ouverte: Commande, tmp_path: Path) -> None:
    voisin = tmp_path / "confiance.bin.tmp"
    voisin.write_text("à moi")
    assert ouverte("publier", "--out", str(tmp_path / "confiance.bin"))[0] == 0
    assert voisin.read_text() == "à moi"
    assert not [f.name for f in tmp_path.iterdir() if f.name.endswith(".tmp") and f != voisin]


def test_the_last_bundle_is_written_again_as_it_is(ouverte: Commande, tmp_path: Path) -> None:
    out, copie = str(tmp_path / "confiance.bin"), str(tmp_path / "copie.bin")
    rc, _, err = ouverte("publier", "--derniere", "--out", out)
    assert (rc, "encore été publiée" in err, (tmp_path / "confiance.bin").exists()) == (2, True, False)
    assert ouverte("publier", "--derniere")[0] == 2
    ouverte("publier", "--out", out, "--json")
    # The program keeps what it writes for its owner.
    avant = os.umask(0o077)
    try:
        assert ouverte("publier", "--derniere", "--out", copie, "--json")["generation"] == 1
    finally:
        os.umask(avant)
    assert (tmp_path / "copie.bin").read_bytes() == (tmp_path / "confiance.bin").read_bytes()
    assert "Donnez ce fichier aux lieux." in ouverte("publier", "--derniere", "--out", copie)[1]
    # For a web server, or whoever shares the folder: nothing of it is secret.
    assert os.name == "nt" or stat.S_IMODE((tmp_path / "copie.bin").stat().st_mode) == 0o644


def test_nobody_is_told_that_places_know_what_no_file_says(ouverte: Commande, tmp_path: Path) -> None:
    _poste(tmp_path)
    ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "4")
    for dit in (ouverte("annuler", "2")[1], ouverte("annuler", "2", "--retablir")[1]):
        assert "Les lieux ne le savent pas encore." in dit
        assert "« region servir --annonce FICHIER »" in dit and "« region publier --out FICHIER »" in dit
    dit = ouverte("revoquer", "Lens")[1]
    assert "les lieux ne l’ont pas encore" in dit and "« region publier --derniere --out FICHIER »" in dit


def test_a_code_is_given_once_and_names_the_region(ouverte: Commande, tmp_path: Path) -> None:
    code = ouverte("enroler", "--poste", "Maison de Lens", "--json")["code"]
    assert len(code) == 10
    assert code[6:] == fingerprint(ouvrir_cles(tmp_path / "region" / "serveur.cles").lien_publication.cle)
    assert ouverte("enroler", "--json") == []
    assert ouverte("enroler")[1] == "Aucun poste n’attend.\n"


@pytest.mark.parametrize(
    ("arguments", "rc", "dit"),
    [
        (("enroler", "--accepter", "ZZ"), 2, "Aucun poste n’attend sous « ZZ »."),
        (("enroler", "--accepter", "ZZ", "--poste", "Lens"), 2, "--accepter"),
        (("doter", "--poste", "Lens", "--taille", "5", "--carnets", "2"), 2, "Aucun poste ne s’appelle « Lens »."),
        (("doter", "--poste", "Lens", "--taille", "7", "--carnets", "2"), 2, "La taille est 5 ou 10"),
        (("annuler", "douze"), 2, "« douze » n’est pas un numéro de carnet."),
        (("annuler", "012 0000009"), 2, "n’a été donné à aucun poste"),
        (("annuler", "012 0000009", "--retablir"), 2, "n’a été donné à aucun poste"),
        (("annuler", "9", "--campagne", "44"), 2, "La campagne 44 n’est pas ouverte ici."),
        (("litiges", "--clore", "L000001"), 2, "Aucun litige ouvert ne s’appelle « L000001 »."),
        (("litiges", "--base", "mysql://region"), 2, "« mysql »"),
        (("publier", "--out", "/nulle/part/confiance.bin"), 3, "confiance.bin"),
        (("servir", "--port", "99999"), 3, "Impossible d’écouter"),
        (("doter", "--poste", "Lens"), 2, "Il manque"),
    ],
)
def test_what_cannot_be_done_is_said_in_french(
    ouverte: Commande, arguments: tuple[str, ...], rc: int, dit: str
) -> None:
    code, sortie, plainte = ouverte(*arguments)
    assert (code, sortie) == (rc, "")
    assert dit in plainte


def test_nothing_is_created_twice_and_the_phrase_is_asked_for_nothing(ouverte: Commande, tmp_path: Path) -> None:
    racine = str(tmp_path / "racine")
    for arguments in (("racine", "--out", racine), ("initialiser", "--racine", racine)):
        code, _, plainte = ouverte(*arguments, "--phrase-file", str(tmp_path / "absent"))
        assert code == 2
        assert "existe déjà" in plainte


def test_a_wrong_phrase_leaves_the_region_as_it_was(
    ouverte: Commande, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSDESK_PHRASE", "une autre phrase")
    options = ("--numero", "13", "--libelle", "Pass", "--dernier-jour", FIN_PROCHAINE, "--stock", "10")
    code, _, plainte = ouverte("campagne", "--racine", str(tmp_path / "racine"), *options)
    assert code == 4
    assert "n’ouvre pas la clé racine" in plainte


@pytest.mark.parametrize(
    "options",
    [
        ("--numero", "127", "--dernier-jour", FIN_PROCHAINE),
        ("--numero", "12", "--dernier-jour", FIN_PROCHAINE),
        ("--numero", "128", "--dernier-jour", FIN_PROCHAINE),
        ("--numero", "13", "--dernier-jour", "31/12/2027"),
        ("--numero", "13", "--dernier-jour", "2020-12-31"),
        ("--numero", "13", "--dernier-jour", "2036-12-31"),
    ],
)
def test_a_campaign_that_cannot_be(ouverte: Commande, tmp_path: Path, options: tuple[str, ...]) -> None:
    code, _, plainte = ouverte(
        "campagne", "--racine", str(tmp_path / "racine"), "--libelle", "Pass", "--stock", "10", *options
    )
    assert code == 2
    assert plainte


def test_the_publication_key_is_prolonged(ouverte: Commande, tmp_path: Path) -> None:
    dit = ouverte("prolonger", "--racine", str(tmp_path / "racine"), "--json")
    assert len(dit["publication_jusqu_au"]) == 10


def test_a_root_file_that_is_not_there_is_said_before_its_phrase_is_asked_for(
    ouverte: Commande, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PASSDESK_PHRASE")
    absente, neuve = str(tmp_path / "clé perdue"), str(tmp_path / "racine")
    ouvrir = ("campagne", "--numero", "13", "--libelle", "Suite", "--dernier-jour", FIN_PROCHAINE, "--stock", "1")
    for geste in (("prolonger",), ouvrir):
        assert "Le fichier de la clé racine est introuvable." in ouverte(*geste, "--racine", absente)[2]
        assert "introuvable" not in ouverte(*geste, "--racine", neuve)[2]
    (tmp_path / "region" / "serveur.cles").unlink()
    assert "Le fichier de la clé racine est introuvable." in ouverte("initialiser", "--racine", absente)[2]


def test_what_is_said_of_lots_is_french_and_its_lines_are_seen_to_go_together(
    ouverte: Commande, tmp_path: Path
) -> None:
    _poste(tmp_path)
    dit = ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "1")[1]
    assert dit == "Carnets de 10 donnés à « Lens » : 1, de 012 0000001 à 012 0000001.\n"
    ouverte("doter", "--poste", "Lens", "--taille", "5", "--carnets", "2", "--pot", "lycee", "--json")
    lignes = ouverte("lots")[1].splitlines()
    assert [ligne.startswith("  ") for ligne in lignes] == [False, True, False, True]
    assert lignes[0].endswith("carnets de 10, stock général.") and lignes[2].endswith("de 5, réserve des lycéens.")
    assert [lu["pot"] for lu in ouverte("lots", "--json")] == ["general", "lycee"], "codes for programs"
    regle = ouverte("regler", "--taille", "10", "--seuil", "4", "--carnets", "10")[1]
    assert regle.startswith("Campagne 12, stock général, carnets de 10 : 10 de plus")
    assert (
        "Campagne 12, stock général, carnets de 10 : plus de recharge."
        in ouverte("regler", "--taille", "10", "--seuil", "4", "--carnets", "0")[1]
    )


def test_a_folder_without_a_region_is_named(commande: Commande) -> None:
    code, _, plainte = commande("litiges")
    assert code == 4
    assert "Aucune Région dans ce dossier" in plainte


def test_the_database_may_lie_elsewhere(commande: Commande, tmp_path: Path) -> None:
    racine, ailleurs = str(tmp_path / "racine"), f"sqlite:///{tmp_path / 'donnees.db'}"
    commande("racine", "--out", racine)
    assert commande("initialiser", "--racine", racine, "--base", ailleurs)[0] == 0
    assert (tmp_path / "donnees.db").is_file()
    assert [f.name for f in (tmp_path / "region").iterdir()] == ["serveur.cles"]
    assert commande("litiges", "--base", ailleurs)[:2] == (0, "Aucun litige.\n")


@pytest.mark.parametrize(
    "sous",
    [
        "",
        "racine",
        "initialiser",
        "prolonger",
        "campagne",
        "enroler",
        "doter",
        "publier",
        "litiges",
        "annuler",
        "servir",
    ],
)
def test_help_is_french(sous: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert executer(["region", *filter(None, [sous]), "--help"]) == 0
    aide = capsys.readouterr().out
    assert "Usage" in aide
    assert not any(mot in aide for mot in ("Show this", "Commands", "Required", "[default", "[required"))


NOUVEAU = (
    ('id = "2022-02-01"', 'id = "2099-10-15"'),
    ("executoire_le = { valeur = 2022-02-01", "executoire_le = { valeur = 2099-12-01"),
    ("plafond = {", "stock = { valeur = 6600, a_confirmer = true }\nplafond = {"),
)
VALIDITE = """[validite]
dernier_jour = { valeur = 2035-12-31, a_confirmer = true }
tolerance_mois = { valeur = 2, a_confirmer = true }
"""


def test_a_reglement_is_published_once_and_says_from_when(ouverte: Commande, tmp_path: Path) -> None:
    fichier = tmp_path / "2099-10-15.toml"
    fichier.write_text(texte_2(*NOUVEAU), encoding="utf-8")
    dit = ouverte("publier", "--reglement", str(fichier), "--json")
    assert dit == {
        "reglement": "2099-10-15", "generation": 1, "executoire_le": "2099-12-01",
        "empreinte": hashlib.sha256(fichier.read_bytes()).hexdigest(),
    }  # fmt: skip
    rc, _, err = ouverte("publier", "--reglement", str(fichier))
    assert (rc, "déjà connu" in err) == (2, True)
    fichier.write_text(texte_2(*NOUVEAU, ("2099-10-15", "2099-10-16")).replace("2099-12-01", "2099-01-01"))
    rc, _, err = ouverte("publier", "--reglement", str(fichier))
    assert rc == 2
    assert "lignes 6 et 9" in err
    for options in ((), ("--reglement", str(fichier), "--out", str(tmp_path / "x"))):
        rc, _, err = ouverte("publier", *options)
        assert (rc, "--reglement" in err) == (2, True)


def test_one_that_applies_to_days_gone_by_says_what_the_desks_will_do(ouverte: Commande, tmp_path: Path) -> None:
    fichier = tmp_path / "2023-01-01.toml"
    fichier.write_text(texte_2(('id = "2022-02-01"', 'id = "2023-01-01"'), ("= 2022-02-01", "= 2023-02-01")))
    rc, sortie, _ = ouverte("publier", "--reglement", str(fichier))
    assert rc == 0
    assert "Règlement du 1er janvier 2023 publié (n° 1)" in sortie
    assert "À vérifier" in sortie


def test_a_campaign_takes_from_a_reglement_what_is_not_given(ouverte: Commande, tmp_path: Path) -> None:
    fichier = tmp_path / "2099-10-15.toml"
    fichier.write_text(texte_2(NOUVEAU[2], fin=VALIDITE), encoding="utf-8")
    options = ("--racine", str(tmp_path / "racine"), "--reglement", str(fichier), "--libelle", "Suite")
    # The first campaign took the whole reserve: what is left of it is nothing.
    dit = ouverte("campagne", "--numero", "13", *options, "--json")
    assert dit == {"campagne": 13, "stock": {"general": 6600, "lycee": 0}}
    rc, _, err = ouverte("campagne", "--numero", "14", "--reserve-lycee", "1", *options)
    assert (rc, "4000" in err.replace(" ", "")) == (2, True)
    region = ouvrir_region(tmp_path / "region", HorlogeSysteme())
    with region.magasin.lire() as tx:
        ouvertes = {c.campagne.numero: c.campagne for c in campagnes(tx, region.cles.racine)}
    region.fermer()
    assert (ouvertes[13].dernier_jour, ouvertes[13].tolerance_mois) == (date(2035, 12, 31), 2)
    rc, _, err = ouverte("campagne", "--numero", "14", "--racine", str(tmp_path / "racine"), "--libelle", "Sans")
    assert (rc, "--dernier-jour" in err) == (2, True)


def test_what_is_topped_up_is_set_and_shown(ouverte: Commande) -> None:
    assert ouverte("regler")[1].startswith("Aucune recharge, et aucun bail particulier.\n")
    code, sortie, _ = ouverte("regler", "--taille", "10", "--seuil", "4", "--carnets", "10", "--bail-jours", "30")
    assert code == 0
    assert "10 de plus quand il en reste 4 ou moins" in sortie
    assert ouverte("regler", "--json") == {
        "recharges": [{"campagne": 12, "pot": "general", "taille": 10, "seuil": 4, "carnets": 10}],
        "baux": [{"campagne": 12, "jours": 30}],
        "quarantaine_jours": 60,
    }
    assert "plus de recharge" in ouverte("regler", "--taille", "10", "--seuil", "4", "--carnets", "0")[1]
    refus = ouverte("regler", "--pot", "lycee", "--taille", "5", "--seuil", "0", "--carnets", "3")
    assert (refus[0], "de 1 à 2 carnets" in refus[2]) == (2, True)
    assert ouverte("regler", "--taille", "10")[0] == 2


def test_lots_are_shown_called_back_and_let_go_on(ouverte: Commande, tmp_path: Path) -> None:
    assert ouverte("lots")[1] == "Aucun lot.\n"
    assert "n’a aucun lot" in ouverte("rappeler", "--poste", _poste(tmp_path))[2]
    lot = ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "4", "--json")["lot"]
    assert ouverte("rappeler", "--poste", "Lens", "--geler", "--json")["carnets"] == 4
    (lu,) = ouverte("lots", "--json")
    assert (lu["lot"], lu["etat"], lu["restants"], lu["bail_jusqu_au"]) == (lot, "gele", 4, None)
    assert "Gelé depuis le" in ouverte("lots", "--poste", "Lens")[1]
    assert "Carnets rendus : 4." in ouverte("rappeler", "--poste", "Lens", "--relancer")[1]
    assert ouverte("rappeler", "--poste", "Lens", "--lot", lot)[0] == 0
    assert "n’a pas encore répondu" in ouverte("lots")[1]
    assert ouverte("rappeler", "--poste", "Lens", "--geler", "--relancer")[0] == 2


def test_the_campaigns_are_shown_with_what_is_left_of_them(ouverte: Commande, tmp_path: Path) -> None:
    _poste(tmp_path)
    ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "4", "--json")
    suite = ("--numero", "13", "--libelle", "La suite", "--dernier-jour", "2035-12-31", "--stock", "3000")
    assert ouverte("campagne", "--racine", str(tmp_path / "racine"), *suite)[0] == 0
    jour = ouvrir_cles(tmp_path / "region" / "serveur.cles").lien_publication.dernier_jour
    montre = ouverte("campagne")
    assert montre[0] == 0
    lignes = montre[1].splitlines()
    assert [ligne[:5] for ligne in lignes] == ["12 · ", "  Sto", "  Rés", "13 · ", "  Sto", "  Rés", "La cl"]
    assert lignes[1] == "  Stock général, en pass : 100. Confiés aux postes : 40. Reste à donner : 60."
    assert lignes[3] == "13 · « La suite » · dernier jour le 31 décembre 2035, remise jusqu’au 16 décembre 2035."
    assert "en pass : 3 000." in lignes[4]
    assert lignes[-1] == f"La clé de publication vaut jusqu’au {date_longue(jour)}.".replace("\u00a0", " ")
    dit = ouverte("campagne", "--json")
    assert dit["publication_jusqu_au"] == jour.isoformat()
    assert [(une["campagne"], une["libelle"], une["arret_remise"]) for une in dit["campagnes"]][1] == (
        13,
        "La suite",
        "2035-12-16",
    )
    assert dit["campagnes"][0]["pots"]["general"] == {"stock": 100, "donne": 40, "libre": 60}
    assert ouverte("campagne", "--stock", "50")[0] == 2


def test_a_carnet_is_voided_and_good_again(ouverte: Commande, tmp_path: Path) -> None:
    _poste(tmp_path)
    ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "4")
    rc, dit, _ = ouverte("annuler", "2")
    assert (rc, "012 0000002" in dit, "« Lens »" in dit, "--retablir" in dit) == (0, True, True, True)
    out = str(tmp_path / "confiance.bin")
    assert ouverte("publier", "--out", out, "--json")["annulations"] == 1
    assert "n’est plus annulé" in ouverte("annuler", "2", "--retablir")[1]
    assert ouverte("publier", "--out", out, "--json")["annulations"] == 0
    assert "n’est pas annulé" in ouverte("annuler", "2", "--retablir")[2]


@pytest.mark.parametrize("vole", [True, False], ids=["stolen", "replaced"])
def test_who_accepts_a_desk_elsewhere_is_asked_about_the_other_computer(
    ouverte: Commande, tmp_path: Path, vole: bool
) -> None:
    region = ouvrir_region(tmp_path / "region", HorlogeSysteme())
    un = _enroler(region)
    ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "4")
    un.inscrire("p1", b"k" * 16)
    un.accorder("p1", 1, 10)
    un.synchroniser()
    code = proposer_code(region, "Lens")
    PosteFactice(un.envoi).demander(code, un.suite)
    region.fermer()
    assert "s’il est perdu, ajoutez --vole." in ouverte("enroler")[1]
    assert ouverte("enroler", "--accepter", code[:4], "--vole")[0] == 2
    dit = ouverte("enroler", "--accepter", code[:4], "--a-la-place-de", un.device, *(["--vole"] if vole else []))[1]
    assert ("annulés : 3. L’index est renouvelé." in dit) == vole
    assert (f"« region revoquer {un.device} --vole », puis reliez" in dit) != vole


def test_who_waits_says_which_desk_it_goes_on_with(ouverte: Commande, tmp_path: Path) -> None:
    region = ouvrir_region(tmp_path / "region", HorlogeSysteme())
    un = _enroler(region)
    un.inscrire("p1", b"k" * 16)
    un.synchroniser()
    neuf, code = PosteFactice(un.envoi), proposer_code(region, "Lens")
    neuf.demander(code, un.suite)
    oublie, autre = PosteFactice(un.envoi), proposer_code(region, "Creil")
    oublie.demander(autre, ("0123456789abcdef", b"o" * 32, b"s" * 32))
    region.fermer()
    dits = {dit["id"]: dit["continue"] for dit in ouverte("enroler", "--json")}
    assert dits[code[:4]] == {"appareil": un.device, "poste": "Lens", "etat": "actif"}
    assert dits[autre[:4]] == {"appareil": "0123456789abcdef", "poste": "", "etat": "inconnu"}
    montre = ouverte("enroler")[1]
    assert f"Il continue « Lens » ({un.device})" in montre
    assert f"--accepter {code[:4]} --a-la-place-de {un.device}" in montre
    assert "0123456789abcdef, que la Région ne connaît pas" in montre
    rc, _, dit = ouverte("enroler", "--accepter", code[:4])
    assert rc == 2 and f"ajoutez --a-la-place-de {un.device}" in dit
    assert ouverte("enroler", "--a-la-place-de", un.device)[0] == 2
    accepte = ouverte("enroler", "--accepter", code[:4], "--a-la-place-de", un.device)
    assert accepte[0] == 0 and f"continue sous son identifiant ({un.device})" in accepte[1]
    assert ouverte("revoquer", un.device)[0] == 0
    assert ouverte("suspens", "--gardes", un.device)[1] == "Aucun message de ce poste n’est gardé à part.\n"
    region = ouvrir_region(tmp_path / "region", HorlogeSysteme())
    un.envoi = _fil(region)
    un.inscrire("p2", b"l" * 16)
    un.envoyer(un.preparer(un.log[-1:]))
    region.fermer()
    assert "Actes : 1, de l’époque 1, à partir du n° 2." in ouverte("suspens", "--gardes", un.device)[1]
    assert ouverte("suspens", "--gardes", un.device, "--json")["messages"][0]["actes"] == 1
    assert "Messages repris : 1. Actes appliqués : 1." in ouverte("suspens", "--gardes", un.device, "--reprendre")[1]
    assert ouverte("suspens", "--gardes", "Lens")[0] == 2
    region = ouvrir_region(tmp_path / "region", HorlogeSysteme())
    encore, code = PosteFactice(_fil(region)), proposer_code(region, "Lens")
    encore.demander(code, un.suite)
    region.fermer()
    assert f"Il continue « Lens » ({un.device}), révoqué" in ouverte("enroler")[1]


def test_a_desk_is_revoked_and_its_blank_carnets_with_it(ouverte: Commande, tmp_path: Path) -> None:
    assert ouverte("postes")[1] == "Aucun poste n’est enrôlé.\n"
    _poste(tmp_path)
    ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "4", "--json")
    (avant,) = ouverte("postes", "--json")
    assert (avant["poste"], avant["etat"], avant["vu_le"], avant["restants"]) == ("Lens", "actif", None, 4)
    assert "jamais entendu. Carnets à attribuer : 4." in ouverte("postes")[1]
    faite = ouverte("revoquer", "Lens", "--vole", "--json")
    assert (faite["carnets_annules"], faite["annonce_publiee"]) == (4, True)
    assert "révoqué. Carnets sans réponse possible : 4." in ouverte("postes")[1]
    assert "4 sur 4 annulés partout" in ouverte("lots")[1]
    assert ouverte("revoquer", "Lens")[0] == 2
    publique = bytes.fromhex((tmp_path / "racine.pub").read_text())
    ouverte("publier", "--out", str(tmp_path / "confiance.bin"), "--json")
    contenu = lire_confiance((tmp_path / "confiance.bin").read_bytes(), publique).contenu
    assert [(nul.carnet, nul.rang, nul.raison) for nul in contenu.annulations] == [(n, 0, "vole") for n in range(1, 5)]
    assert ouverte("renouveler-index", "--json") == {"version": 3}
    assert "Quarantaine des numéros sans réponse : 30 jours" in ouverte("regler", "--quarantaine-jours", "30")[1]
    assert "sans --pot" in ouverte("rappeler", "--poste", "Lens", "--laisses", "--pot", "general")[2]


def test_a_name_that_two_desks_have_is_said_when_it_is_given_and_when_it_is_used(
    ouverte: Commande, tmp_path: Path
) -> None:
    _poste(tmp_path)
    (ancien,) = (lu["appareil"] for lu in ouverte("postes", "--json"))
    aujourd_hui = date_longue(datetime.now(UTC).date()).replace("\u00a0", " ")
    assert ouverte("enroler", "--poste", " lens", "--json")["meme_nom"] == [ancien]
    dit = f"Un autre poste actif s’appelle déjà « Lens » : {ancien}, jamais entendu, enrôlé le {aujourd_hui}."
    assert dit in ouverte("enroler", "--poste", "Lens")[1]
    assert ouverte("enroler", "--poste", "Creil", "--json")["meme_nom"] == []
    _poste(tmp_path)
    _, neuf = (lu["appareil"] for lu in ouverte("postes", "--json"))
    code, sortie, plainte = ouverte("revoquer", "Lens", "--vole")
    assert (code, sortie) == (2, "")
    for appareil in (ancien, neuf):
        assert f"{appareil}, jamais entendu, enrôlé le {aujourd_hui}" in plainte
    assert "Donnez l’identifiant" in plainte
    assert ouverte("revoquer", ancien.upper(), "--vole", "--json")["appareil"] == ancien
    assert ouverte("revoquer", "Lens", "--json")["appareil"] == neuf


def test_a_case_is_shown_and_decided(ouverte: Commande, tmp_path: Path) -> None:
    litige = _litige(tmp_path)
    assert "plafond de 10 dépassé de 5 pass" in ouverte("litiges", litige)[1]
    assert "Carnet 012 0000004 de 10, donné par « Lens »" in ouverte("litiges", litige)[1]
    detail = ouverte("litiges", litige, "--json")
    assert [(a["carnet"], a["taille"], a["etat"]) for a in detail["attributions"]] == [
        (1, 5, "en_vigueur"),
        (4, 10, "en_vigueur"),
    ]
    for arguments in (("--trancher", "fraude"), (litige, "--clore", litige), (litige, "--trancher", "autre")):
        assert ouverte("litiges", *arguments)[0] == 2
    tranche = ouverte("litiges", litige, "--trancher", "meme-personne", "--json")
    assert [(c["carnet"], c["poste"]) for c in tranche.pop("carnets")] == [(1, "Lens"), (4, "Lens")]
    assert tranche == {
        "litige": litige,
        "decision": "meme-personne",
        "leves": 0,
        "annules": 0,
        "annonce_publiee": True,
        "suite": None,
        "change": True,
    }
    assert ouverte("litiges")[1] == "Aucun litige.\n"
    assert "une seule personne ; ce qui dépasse reste annulé" in ouverte("litiges", "--tous")[1]
    assert "deux personnes de même nom" in ouverte("litiges", litige, "--trancher", "homonyme")[1]
    assert "déjà tranché" in ouverte("litiges", litige, "--trancher", "fraude")[2]


def test_acts_kept_aside_are_shown_one_by_one(ouverte: Commande, tmp_path: Path) -> None:
    assert ouverte("suspens")[1] == "Aucun acte en attente.\n"
    region = ouvrir_region(tmp_path / "region", HorlogeSysteme())
    poste = _enroler(region)
    poste.inscrire("p1", b"k" * 16)
    poste.ecrire("carnet.gacher", "p1", {"campagne": 12, "numero": 9, "motif": ""})
    poste.ecrire("acte.de_demain", "p1", {})
    poste.synchroniser()
    region.fermer()
    dit = ouverte("suspens")[1]
    assert "« Lens », acte 1-2 (carnet.gacher), reçu le" in dit
    assert "Il est d’une sorte que cette Région ne connaît pas encore." in dit
    lus = ouverte("suspens", "--reprendre", "--json")
    assert (lus["repris"], [acte["raison"] for acte in lus["actes"]]) == (0, ["inapplicable", "type_inconnu"])
    assert "Actes appliqués : 0." in ouverte("suspens", "--reprendre")[1]


def test_a_desk_that_says_again_that_the_data_were_put_back_is_named(ouverte: Commande, tmp_path: Path) -> None:
    region = ouvrir_region(tmp_path / "region", HorlogeSysteme())
    poste = _enroler(region)
    with region.magasin.ecrire() as tx:
        assert reconnaitre(tx, poste.device, server_epoch(tx), 1_000_000, region.maintenant())
        assert deja_cru(tx, poste.device)
    region.fermer()
    dit = ouverte("suspens")[1]
    assert f"« Lens » ({poste.device}), déjà cru le" in dit and "« region restaurer »" in dit
    assert ouverte("suspens", "--json")["vies_redites"] == [poste.device]
    dit = ouverte("postes")[1]
    assert "Il dit de nouveau que la Région a été remise à une sauvegarde." in dit
    assert "Postes déjà crus qui disent de nouveau que la Région a été remise à une sauvegarde : 1." in dit
    assert [lu["vie_redite"] for lu in ouverte("postes", "--json")] == [True]
    ouverte("restaurer", "--doter")
    assert "de nouveau" not in ouverte("postes")[1]
    assert ouverte("suspens")[1] == "Aucun acte en attente.\n"
    assert ouverte("suspens", "--json")["vies_redites"] == []


def test_a_lot_that_stops_the_grants_is_said_whatever_it_says(ouverte: Commande, tmp_path: Path) -> None:
    region = ouvrir_region(tmp_path / "region", HorlogeSysteme())
    poste = _enroler(region)
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    corps = {"campagne": 12, "pot": "general", "taille": 5, "kid": 1, "bail_jusqu_au": "2027-12-16"}
    for lot, premier, dernier in (("l1", 2_000_000, 2_000_001), ("l2", 1_000_000, 1_900_000)):
        poste.ecrire("lot.recevoir", lot, {**corps, "lot": lot, "premier": premier, "dernier": dernier})
    poste.ecrire("lot.recevoir", "l3", {})
    poste.synchroniser()
    region.fermer()
    dit = ouverte("suspens")[1]
    assert dit.count("Il dit tenir 012 2000000") == 1
    assert dit.count("Il dit tenir un lot qui ne se lit pas, ou plus grand") == 2
    assert dit.count("la Région ne donne aucun lot ni recharge, à aucun poste.") == 1
    actes = ouverte("suspens", "--json")["actes"]
    assert [(acte["lot"] is None, acte["arrete_les_dotations"]) for acte in actes] == [
        (False, True), (True, True), (True, True),
    ]  # fmt: skip
    dit = ouverte("postes")[1]
    assert "Lots qu’il dit tenir et qui arrêtent les dotations : 3." in dit
    assert "« region suspens » montre lesquels" in dit and "ne publie rien" not in dit
    assert [(p["envoi_attendu"], p["lots_en_attente"]) for p in ouverte("postes", "--json")] == [(False, 3)]
    ouverte("restaurer", "--doter")
    assert "à aucun poste" not in ouverte("suspens")[1] + ouverte("postes")[1]
    assert not any(acte["arrete_les_dotations"] for acte in ouverte("suspens", "--json")["actes"])


def test_who_makes_a_region_believe_that_it_was_put_back_is_named_and_a_decision_says_who_waits(
    ouverte: Commande, tmp_path: Path
) -> None:
    litige = _litige(tmp_path)
    region = ouvrir_region(tmp_path / "region", HorlogeSysteme())
    menteur = _enroler(region)
    menteur.cursor += 1_000_000
    menteur.envoyer(menteur.preparer([]))
    region.fermer()
    dit = ouverte("postes")[1]
    assert f"Elle l’a appris d’un envoi de « Lens » ({menteur.device})." in dit
    attend = "« region servir --annonce » n’écrit rien"
    assert attend in ouverte("litiges", litige, "--trancher", "homonyme")[1]
    assert attend in ouverte("annuler", "0120000002")[1]
    assert attend in ouverte("revoquer", menteur.device)[1]
    ouverte("restaurer", "--doter")
    assert "Elle l’a appris" not in ouverte("postes")[1]
    assert attend not in ouverte("revoquer", menteur.device)[1]


def test_a_region_put_back_to_a_backup_grants_nothing_before_it_heard_its_desks(
    ouverte: Commande, tmp_path: Path
) -> None:
    _poste(tmp_path)
    assert ouverte("restaurer", "--json") == {"postes_attendus": 1, "jusqu_au": None}
    code, _, plainte = ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "1")
    assert code == 2
    assert "pas encore pu compter ce qu’ils tiennent : 1." in plainte
    dit = ouverte("postes")[1]
    assert "La Région attend son envoi." in dit and "ne publie rien d’elle-même." in dit
    assert "Elle l’a appris" not in dit
    assert [(p["envoi_attendu"], p["lots_en_attente"]) for p in ouverte("postes", "--json")] == [(True, 0)]
    assert "peuvent de nouveau être donnés" in ouverte("restaurer", "--doter")[1]
    assert "attend" not in ouverte("postes")[1]
    # A hundred pass of stock: twenty numbers may have been given since.
    assert ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "1", "--json")["premier"] > 20


def test_a_region_put_back_says_until_when_it_goes_and_what_to_decide_again(ouverte: Commande, tmp_path: Path) -> None:
    region = ouvrir_region(tmp_path / "region", HorlogeSysteme())
    poste = _enroler(region)
    poste.inscrire("p1", b"k" * 16)
    poste.synchroniser()
    region.fermer()
    avant = datetime.now(UTC) - timedelta(minutes=10)
    instant = datetime.fromisoformat(ouverte("restaurer", "--json")["jusqu_au"])
    assert avant < instant < datetime.now(UTC)
    dit = ouverte("restaurer")[1]
    jour = date_longue(instant.date()).replace("\xa0", " ")
    assert f"Ces données s’arrêtent au {jour} :" in dit
    assert "litiges tranchés" in dit and "« region publier --out »" in dit


def test_the_figures_are_written_as_a_table(ouverte: Commande, tmp_path: Path) -> None:
    fichier = tmp_path / "chiffres.csv"
    code, dit, _ = ouverte("exporter", "--out", str(fichier))
    assert (code, "« chiffres.csv »" in dit) == (0, True)
    lignes = fichier.read_text(encoding="utf-8-sig").splitlines()
    assert lignes[0] == "Campagne;Tableau;Ligne;Nombre;Unité"
    fin = date.today().replace(day=1) - timedelta(days=1)
    assert lignes[1] == f"12;Carnets attribués;Jusqu’au {fin.isoformat()};0;carnets"
    assert "12;Stock général;Reste à donner;100;pass" in lignes
    lus = ouverte("exporter", "--out", str(fichier), "--json")
    assert (lus["carnets"], lus["pots"]["general"]) == (0, {"stock": 100, "donne": 0, "libre": 100})


def test_the_stock_of_an_open_campaign_is_changed_within_what_was_given(ouverte: Commande, tmp_path: Path) -> None:
    _poste(tmp_path)
    ouverte("doter", "--poste", "Lens", "--taille", "10", "--carnets", "4", "--json")
    faite = ouverte("campagne", "--numero", "12", "--stock", "60", "--reserve-lycee", "50", "--json")
    assert faite == {
        "campagne": 12,
        "stock": {"general": 60, "lycee": 50},
        "disponible": {"general": 20, "lycee": 50},
    }
    assert "60 pass, dont 20 à donner" in ouverte("campagne", "--numero", "12", "--stock", "60")[1]
    refuses = (
        (("--numero", "12", "--stock", "39"), "40 pass (stock général)"),
        (("--numero", "12", "--reserve-lycee", "4001"), "il en reste 4000"),
        (("--numero", "13", "--stock", "10"), "La campagne 13 n’est pas ouverte ici."),
        (("--numero", "12", "--stock", "-1"), "Ce stock n’en est pas un."),
        (("--numero", "12"), "--racine et --libelle"),
        (("--numero", "12", "--libelle", "Pass"), "--racine et --libelle"),
    )
    for options, dit in refuses:
        code, _, plainte = ouverte("campagne", *options)
        assert (code, dit in plainte) == (2, True), plainte
    assert ouverte("campagne", "--numero", "12", "--stock", "40", "--json")["disponible"]["general"] == 0
