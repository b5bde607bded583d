"""Every command against bad input: a French sentence, the exit code of the contract, and nothing harmed."""

from __future__ import annotations

import json
import re
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from passdesk.cli import creer_application, executer
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.storage import essais as essais_faits
from passdesk.storage.cles import ouvrir_trousseau
from passdesk.storage.engine import Base
from passdesk.storage.migrations import migrations
from passdesk.storage.verrou import tenir_seul
from tests.builders import FIN_PROCHAINE, PHRASE
from tests.e2e.conftest import passdesk
from tests.e2e.modele import ETRANGERS, adresser, batir, contenu, etat_du_guichet, etranger, personne

ANGLAIS = re.compile(
    r"\b(usage|error|errors|traceback|no such|try|missing|invalid|argument is|got|unexpected|extra|required|does not|"
    r"failed|failure|cannot|could not|file|directory|is not|not a|unknown|denied|exception|warning|aborted|database|"
    r"malformed|decode|expected|null|none|true|false|errno|refused|timeout)\b",
    re.IGNORECASE,
)
INTERDITS = re.compile(r"\b(erreur|échec|échoué|null|None)\b", re.IGNORECASE)


PROGRAMME = typer.main.get_command(creer_application())


@pytest.fixture(autouse=True)
def arbre_bati_une_fois(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand command lines here: the tree of commands, always the same, is not built again for each."""
    monkeypatch.setattr(typer.main, "get_command", lambda _: PROGRAMME)


@pytest.fixture(scope="session")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; each test works on a copy."""
    dossier = tmp_path_factory.mktemp("modele")
    batir(dossier)
    # Each desk has the file of its lock since the command that made it; held or not, it is empty.
    with tenir_seul(dossier / "poste-1"):
        pass
    return dossier


@pytest.fixture
def lieu(modele: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy, which is the current folder too."""
    dossier = tmp_path / "lieu"
    shutil.copytree(modele, dossier)
    monkeypatch.chdir(dossier)
    return dossier


@dataclass
class Reponse:
    code: int
    sortie: str
    plainte: str


Dire = Callable[..., Reponse]


@pytest.fixture
def dire(capsys: pytest.CaptureFixture[str]) -> Dire:
    """Runs a command and holds it to the contract: exit code, French, no traceback, JSON or nothing on the output."""

    def lancer(*arguments: str | Path, attendu: int | tuple[int, ...]) -> Reponse:
        capsys.readouterr()
        code = executer([str(argument) for argument in arguments])
        sortie, plainte = capsys.readouterr()
        juger(code, sortie, plainte, attendu)
        return Reponse(code, sortie, plainte)

    return lancer


def juger(code: int, sortie: str, plainte: str, attendu: int | tuple[int, ...]) -> None:
    attendus = (attendu,) if isinstance(attendu, int) else attendu
    assert code in attendus, (code, sortie, plainte)
    if code != 1:
        assert plainte.strip(), "rien n’est dit"
        assert sortie == "" or json.loads(sortie) is not None
        assert plainte.strip().endswith((".", "!", "--help")), plainte
    # What the person typed is quoted back; names of files and options are not ours.
    phrases = re.sub(r"«[^»]*»|--[\w-]+|passdesk[\w -]*|[\w-]+\.(?:cle|json|pdf|bin|db|txt|pub)", "", plainte)
    assert ANGLAIS.findall(phrases) == [], plainte
    assert INTERDITS.findall(phrases) == [], plainte
    assert "PassDesk s’est interrompu" not in plainte, plainte


def _nom(valeur: object) -> str:
    """A short name of a case."""
    return " ".join(map(str, valeur))[:60] if isinstance(valeur, tuple) else str(valeur)


def _commandes(commande: object = None, chemin: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    commande = commande or PROGRAMME
    if isinstance(commande, TyperGroup):
        for nom, sous in commande.commands.items():
            yield from _commandes(sous, (*chemin, nom))
    else:
        yield chemin, commande


ARBRE = dict(_commandes())

# One right line of each command, so that a single thing is wrong at a time.
P, R, PHRASE_FICHIER = ("--base-dir", "poste-1"), ("--base-dir", "region"), ("--phrase-file", "phrase.txt")
NOUVELLE = ("--nouvelle-phrase-file", "phrase.txt")
LIGNES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("demo",): ("--out", "demo"),
    ("verifier",): ("--pdf", "carnet.pdf", "--racine", "racine.pub", "--confiance", "confiance.bin"),
    ("synchroniser",): (*P, *PHRASE_FICHIER),
    ("verifier-base",): (*P, *PHRASE_FICHIER),
    ("sauvegarder",): ("copie.sauvegarde", *P, *PHRASE_FICHIER),
    ("restaurer",): ("copie.sauvegarde", *P, *PHRASE_FICHIER),
    ("courrier", "preparer"): ("a.courrier", *P, *PHRASE_FICHIER),
    ("courrier", "recevoir"): ("a.reponse", *P, *PHRASE_FICHIER),
    ("regles", "evaluer"): ("dossier.json",),
    ("regles", "simuler"): ("cas.csv", "--reglement", "reglement.toml"),
    ("personne", "importer"): ("personnes.csv", *P, *PHRASE_FICHIER),
    ("personne", "exporter"): ("0193", "--out", "export", *P, *PHRASE_FICHIER),
    ("personne", "effacer"): ("0193", *P, *PHRASE_FICHIER),
    ("lieux", "importer"): ("lieux.csv", *P, *PHRASE_FICHIER),
    ("lieux", "lister"): (*P, *PHRASE_FICHIER),
    ("poste", "creer"): ("--agent", "Claire", "--base-dir", "neuf", *PHRASE_FICHIER),
    ("poste", "enroler"): (*P, *PHRASE_FICHIER),
    ("poste", "regler"): ("--telephone-aide", "03 00 00 00 00", *P, *PHRASE_FICHIER),
    ("poste", "etat"): (*P, *PHRASE_FICHIER),
    ("diagnostic",): ("--out", "diagnostic.txt", *P, *PHRASE_FICHIER),
    ("agent", "lister"): (*P, *PHRASE_FICHIER),
    ("agent", "ajouter"): ("Nadia", *NOUVELLE, *P, *PHRASE_FICHIER),
    ("agent", "retirer"): ("Nadia", *P, *PHRASE_FICHIER),
    ("agent", "phrase"): (*NOUVELLE, *P, *PHRASE_FICHIER),
    ("agent", "cle"): (*P, *PHRASE_FICHIER),
    ("agent", "feuille"): ("--out", "feuille.pdf", *P, *PHRASE_FICHIER),
    ("agent", "retrouver"): ("Claire", "--secours-file", "phrase.txt", *NOUVELLE, *P),
    ("region", "racine"): ("--out", "autre.cle", *PHRASE_FICHIER),
    ("region", "initialiser"): ("--racine", "racine.cle", "--base-dir", "neuve", *PHRASE_FICHIER),
    ("region", "prolonger"): ("--racine", "racine.cle", *R, *PHRASE_FICHIER),
    ("region", "campagne"): (
        "--racine", "racine.cle", "--numero", "127", "--libelle", "Essai", "--dernier-jour", FIN_PROCHAINE,
        "--stock", "10", *R, *PHRASE_FICHIER,
    ),
    ("region", "enroler"): ("--poste", "Guichet", *R),
    ("region", "doter"): ("--poste", "Guichet d’essai", "--taille", "5", "--carnets", "2", *R),
    ("region", "publier"): ("--out", "liste.bin", *R),
    ("region", "litiges"): ("L-1", *R),
    ("region", "annuler"): ("1", *R),
    ("region", "postes"): R,
    ("region", "lots"): R,
    ("region", "regler"): ("--taille", "10", "--seuil", "2", "--carnets", "10", *R),
    ("region", "rappeler"): ("--poste", "Guichet d’essai", *R),
    ("region", "revoquer"): ("Guichet d’essai", *R),
    ("region", "renouveler-index"): R,
    ("region", "suspens"): R,
    ("region", "restaurer"): R,
    ("region", "courrier", "recevoir"): ("a.courrier", *R),
    ("region", "exporter"): ("--out", "chiffres.csv", *R),
    # An address that is not this computer's: a region that opens is refused there, and never serves.
    ("region", "servir"): ("--adresse", "203.0.113.7", "--port", "0", *R),
}  # fmt: skip


def test_every_command_is_here() -> None:
    assert set(LIGNES) == set(ARBRE)


TOUTES = pytest.mark.parametrize("commande", sorted(ARBRE), ids=" ".join)


@TOUTES
def test_wrong_use_of_each_command(commande: tuple[str, ...], lieu: Path, dire: Dire) -> None:
    avant, ligne = contenu(lieu), LIGNES[commande]
    assert "Option inconnue" in dire(*commande, *ligne, "--nimporte", attendu=2).plainte
    assert "Il manque une valeur après" in dire(*commande, *ligne, "--base-dir", attendu=2).plainte
    assert "Commande inconnue" in dire(*commande[:-1], commande[-1] + "x", *ligne, attendu=2).plainte
    parametres = ARBRE[commande].params  # type: ignore[attr-defined]
    for parametre in parametres:
        if isinstance(parametre, TyperOption) and parametre.required:
            rang = ligne.index(parametre.opts[0])
            refus = dire(*commande, *ligne[:rang], *ligne[rang + 2 :], attendu=2)
            assert f"Il manque l’option «\u00a0{parametre.opts[0]}\u00a0»" in refus.plainte
    arguments = [p for p in parametres if isinstance(p, TyperArgument)]
    if any(a.required for a in arguments):
        assert "Il manque l’argument" in dire(*commande, *ligne[1:], attendu=2).plainte
    if not any(a.nargs == -1 for a in arguments):
        assert "Argument en trop" in dire(*commande, *ligne, "un-de-trop", attendu=2).plainte
    assert contenu(lieu) == avant


def test_groups_without_a_command(dire: Dire) -> None:
    for groupe in {chemin[:-1] for chemin in ARBRE if len(chemin) > 1}:
        assert "Il manque le nom d’une commande" in dire(*groupe, attendu=2).plainte
        assert "Commande inconnue" in dire(*groupe, "fairecuire", attendu=2).plainte
    assert "Commande inconnue" in dire("fairecuire", attendu=2).plainte


# --- The desk's base, its keys, its passphrase

DU_POSTE = [
    ("verifier-base",), ("synchroniser",), ("poste", "etat"), ("poste", "regler"), ("poste", "enroler"),
    ("personne", "importer"), ("lieux", "importer"), ("lieux", "lister"), ("agent", "lister"),
]  # fmt: skip
POSTES = pytest.mark.parametrize("commande", DU_POSTE, ids=" ".join)


def _en_dossier(fichier: Path) -> None:
    fichier.unlink()
    fichier.mkdir()


def _sqlite_ordinaire(fichier: Path) -> None:
    fichier.unlink()
    base = sqlite3.connect(fichier)
    base.execute("CREATE TABLE operation (id INTEGER)")
    base.execute("PRAGMA user_version = 1")
    base.commit()
    base.close()


def _changer(rang: int) -> Callable[[Path], None]:
    def faire(fichier: Path) -> None:
        octets = bytearray(fichier.read_bytes())
        octets[rang % len(octets)] ^= 0x40
        fichier.write_bytes(octets)

    return faire


def _partout(fichier: Path) -> None:
    """One byte of each page but the first."""
    octets = bytearray(fichier.read_bytes())
    for debut in range(4096, len(octets), 4096):
        octets[debut + 1000] ^= 0x40
    fichier.write_bytes(octets)


DEGATS: dict[str, Callable[[Path], None]] = {
    "premier_octet": _changer(0),
    "premiere_page": _changer(300),
    "toutes_les_pages": _partout,
    "court": lambda f: f.write_bytes(f.read_bytes()[: min(1000, f.stat().st_size // 3)]) and None,
    "moitie": lambda f: f.write_bytes(f.read_bytes()[: f.stat().st_size // 2]) and None,
    "vide": lambda f: f.write_bytes(b"") and None,
    "zeros": lambda f: f.write_bytes(bytes(f.stat().st_size)) and None,
    "texte": lambda f: f.write_text("ceci n’est pas une base", encoding="utf-8") and None,
    "sqlite_ordinaire": _sqlite_ordinaire,
    "dossier": _en_dossier,
    "absent": lambda f: f.unlink(),
}


@POSTES
def test_a_damaged_base(commande: tuple[str, ...], modele: Path, tmp_path: Path, dire: Dire) -> None:
    for nom, abimer in DEGATS.items():
        guichet = tmp_path / nom
        shutil.copytree(modele / "poste-1", guichet)
        abimer(guichet / "poste.db")
        avant = contenu(guichet)
        # A folder in its place is a disk that refuses; anything else there is a base that does not open.
        attendu = 3 if nom == "dossier" else (1, 4) if commande == ("verifier-base",) else 4
        dire(*_avec(commande, guichet, modele), attendu=attendu)
        assert contenu(guichet) == avant, nom


def _avec(commande: tuple[str, ...], guichet: Path, modele: Path) -> list[str]:
    """The command's right line on another desk."""
    places = {"poste-1": str(guichet), **{f: str(modele / f) for f in ("phrase.txt", "personnes.csv", "lieux.csv")}}
    return [*commande, *(places.get(mot, mot) for mot in LIGNES[commande])]


@POSTES
def test_a_page_damaged_anywhere_is_never_a_crash(
    commande: tuple[str, ...], modele: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attendus: dict[str, tuple[int, ...]] = {"verifier-base": (1, 4), "synchroniser": (3, 4), "lieux": (0, 1, 4)}
    taille = (modele / "poste-1" / "poste.db").stat().st_size
    vues = set()
    # Every page for the one command that reads them all; the others share them out.
    lot = slice(1, None) if commande == ("verifier-base",) else slice(DU_POSTE.index(commande), None, len(DU_POSTE) - 1)
    for page in range(taille // 4096)[lot]:
        guichet = tmp_path / str(page)
        shutil.copytree(modele / "poste-1", guichet)
        _changer(page * 4096 + 2000)(guichet / "poste.db")
        avant = (guichet / "poste.db").read_bytes()
        code = executer(_avec(commande, guichet, modele))
        sortie, plainte = capsys.readouterr()
        # Only verifier-base reads every page; the others may not meet the one that is damaged, nor the network.
        juger(
            code,
            sortie if code != 0 else "",
            plainte if code != 0 else "Rien à dire.",
            attendus.get(commande[0], (0, 4)),
        )
        vues.add(code)
        if code == 4:
            assert (guichet / "poste.db").read_bytes() == avant
    assert vues


@POSTES
def test_a_base_of_a_newer_program(commande: tuple[str, ...], lieu: Path, dire: Dire) -> None:
    _, cle = ouvrir_trousseau(lieu / "poste-1", PHRASE)
    plus_tard = migrations()
    plus_tard(name="m9999_avenir")(lambda db: None)
    Base.ouvrir(lieu / "poste-1", cle, HorlogeSysteme(), etapes=plus_tard).fermer()
    avant = contenu(lieu)
    assert "plus récent" in dire(*commande, *LIGNES[commande], attendu=4).plainte
    assert contenu(lieu) == avant


@POSTES
def test_a_damaged_key_file(commande: tuple[str, ...], modele: Path, tmp_path: Path, dire: Dire) -> None:
    for nom, abimer in DEGATS.items():
        guichet = tmp_path / nom
        shutil.copytree(modele / "poste-1", guichet)
        if nom == "toutes_les_pages":
            continue
        abimer(guichet / "poste.cles")
        avant = contenu(guichet)
        dire(*_avec(commande, guichet, modele), attendu=4)
        assert contenu(guichet) == avant, nom


@pytest.mark.parametrize("commande", [("synchroniser",), ("poste", "enroler")], ids=" ".join)
def test_a_damaged_device_file(commande: tuple[str, ...], modele: Path, tmp_path: Path, dire: Dire) -> None:
    for nom in ("premier_octet", "court", "vide", "texte", "dossier"):
        guichet = tmp_path / nom
        shutil.copytree(modele / "poste-1", guichet)
        if commande[0] == "poste":
            # A desk that waits for the Region's answer needs its keys.
            _oublier_l_enrolement(guichet)
        (guichet / "appareil.cles").write_bytes((guichet / "appareil.cles").read_bytes()[:100])
        DEGATS[nom](guichet / "appareil.cles")
        dire(*_avec(commande, guichet, modele), attendu=4)
        (guichet / "appareil.cles").rmdir() if nom == "dossier" else (guichet / "appareil.cles").unlink()
        shutil.copy(modele / "poste-1" / "appareil.cles", guichet)
        etat_du_guichet(guichet)


def _oublier_l_enrolement(guichet: Path) -> None:
    _, cle = ouvrir_trousseau(guichet, PHRASE)
    base = Base.ouvrir(guichet, cle, HorlogeSysteme())
    with base.ecriture() as db:
        db.execute("DELETE FROM poste WHERE nom = 'appareil'")
        for nom, octets in (("enrolement_ticket", b"t" * 16), ("enrolement_cle_reponse", b"r" * 32)):
            db.execute("INSERT OR REPLACE INTO poste (nom, octets) VALUES (?, ?)", [nom, octets])
        db.execute("INSERT OR REPLACE INTO poste (nom, texte) VALUES ('enrolement_code', 'ABCDEF0123')")
    base.fermer()


@POSTES
def test_the_passphrase(commande: tuple[str, ...], lieu: Path, dire: Dire, monkeypatch: pytest.MonkeyPatch) -> None:
    ecrits = {
        "fausse.txt": b"une autre phrase que la bonne",
        "vide.txt": b"",
        "blanche.txt": b"   \n",
        "binaire.txt": b"\xff\xfe\x00phrase",
    }
    for nom, octets in ecrits.items():
        (lieu / nom).write_bytes(octets)
    (lieu / "un-dossier").mkdir()
    avant = contenu(lieu)
    ligne = list(LIGNES[commande])
    rang = ligne.index("--phrase-file")
    sans = [*ligne[:rang], *ligne[rang + 2 :]]
    assert "n’ouvre pas ce poste" in dire(*commande, *sans, "--phrase-file", "fausse.txt", attendu=4).plainte
    for nom in ("vide.txt", "blanche.txt", "binaire.txt", "un-dossier", "absente.txt", "\0"):
        dire(*commande, *sans, "--phrase-file", nom, attendu=2)
    assert "n’a pas été donnée" in dire(*commande, *sans, attendu=2).plainte
    monkeypatch.setenv("PASSDESK_PHRASE", "une autre phrase que la bonne")
    dire(*commande, *sans, attendu=4)
    monkeypatch.setenv("PASSDESK_PHRASE", "")
    dire(*commande, *sans, attendu=2)
    apres = contenu(lieu)
    essais = apres.pop(f"poste-1/{essais_faits.FICHIER}")
    assert b"phrase" not in essais, "how many tries, and when"
    assert apres == avant


@POSTES
def test_no_desk_there(commande: tuple[str, ...], lieu: Path, dire: Dire) -> None:
    avant = contenu(lieu)
    for ailleurs in ("nulle-part", "phrase.txt", "region", "phrase.txt/dessous"):
        ligne = [ailleurs if mot == "poste-1" else mot for mot in LIGNES[commande]]
        dire(*commande, *ligne, attendu=4)
    assert contenu(lieu) == avant
    assert not (lieu / "nulle-part").exists()


# --- The network


@pytest.mark.parametrize("qui", [*ETRANGERS, "personne"])
def test_somebody_else_answers_for_the_region(
    qui: str, lieu: Path, dire: Dire, capsys: pytest.CaptureFixture[str]
) -> None:
    guichet = lieu / "poste-1"
    with etranger(ETRANGERS[qui]) if qui in ETRANGERS else personne() as adresse:
        adresser(guichet, adresse)
        avant, region = etat_du_guichet(guichet), contenu(lieu / "region")
        for json_ in ((), ("--json",)):
            code = executer(["synchroniser", *P, *PHRASE_FICHIER, *json_])
            sortie, plainte = capsys.readouterr()
            juger(code, sortie, plainte or "Tout est dans le JSON.", 3)
            assert bool(plainte) is not bool(json_)
            if json_:
                lu = json.loads(sortie)
                assert (lu["fin"], lu["envoyes"]) == ("hors_ligne", 0)
                assert lu["restent"] > 0
        assert etat_du_guichet(guichet) == avant
        # A new desk on the same network.
        _oublier_l_enrolement(guichet)
        avant = etat_du_guichet(guichet)
        ligne = ("--adresse", adresse, "--code-file", "code.txt", *P, *PHRASE_FICHIER)
        assert "Région" in dire("poste", "enroler", *ligne, attendu=3).plainte
        dire("poste", "enroler", *P, *PHRASE_FICHIER, attendu=3)
        assert etat_du_guichet(guichet) == avant
    assert contenu(lieu / "region") == region


@pytest.mark.parametrize(
    ("adresse", "attendu"),
    [("", 2), ("pass.exemple.fr", 2), ("http://pass.exemple.fr", 2), ("ftp://x", 2), ("https://", 2),
     ("http://[::1", 2), ("http://127.0.0.1:99999", 2),
     ("http://127.0.0.1:0", 3), ("\0", 2), ("http://127.0.0.1:1/é à", 2)],
)  # fmt: skip
def test_an_address_that_is_none(adresse: str, attendu: int, lieu: Path, dire: Dire) -> None:
    _oublier_l_enrolement(lieu / "poste-1")
    avant = etat_du_guichet(lieu / "poste-1")
    dire("poste", "enroler", "--adresse", adresse, "--code-file", "code.txt", *P, *PHRASE_FICHIER, attendu=attendu)
    assert etat_du_guichet(lieu / "poste-1") == avant


def test_an_enrolment_code_that_is_none(lieu: Path, dire: Dire) -> None:
    _oublier_l_enrolement(lieu / "poste-1")
    avant = etat_du_guichet(lieu / "poste-1")
    ecrits = {"court.txt": "ABC", "long.txt": "A" * 400, "signes.txt": "ABCDE!!!!!", "vide.txt": "", "u.txt": "U" * 10}
    for nom, texte in ecrits.items():
        (lieu / nom).write_text(texte, encoding="utf-8")
    for nom in (*ecrits, "absent.txt", "region", "carnet.pdf"):
        dire("poste", "enroler", "--adresse", "http://127.0.0.1:9", "--code-file", nom, *P, *PHRASE_FICHIER, attendu=2)
    assert etat_du_guichet(lieu / "poste-1") == avant


def test_a_desk_is_not_made_twice_nor_with_a_weak_phrase(lieu: Path, dire: Dire) -> None:
    (lieu / "courte.txt").write_text("abc", encoding="utf-8")
    avant = contenu(lieu)
    dire("poste", "creer", "--agent", "Claire", *P, *PHRASE_FICHIER, attendu=2)
    dire("poste", "creer", "--agent", "Claire", "--base-dir", "neuf", "--phrase-file", "courte.txt", attendu=2)
    dire("poste", "creer", "--agent", "  ", "--base-dir", "neuf", *PHRASE_FICHIER, attendu=2)
    dire("poste", "creer", "--agent", "Claire", "--base-dir", "phrase.txt", *PHRASE_FICHIER, attendu=(2, 3))
    dire("poste", "regler", "--telephone-aide", "non", *P, *PHRASE_FICHIER, attendu=2)
    dire("poste", "regler", "--adresse-recours", " | ", *P, *PHRASE_FICHIER, attendu=2)
    dire("poste", "regler", *P, *PHRASE_FICHIER, attendu=2)
    assert contenu(lieu) == avant


# --- Files of the place that checks, and dossiers

MAUVAIS_FICHIERS = {
    "absent.xyz": None, "un-dossier": None, "vide.xyz": b"", "texte.xyz": "pas ce qu’il faut".encode(),
    "binaire.xyz": bytes(range(256)) * 8, "html.xyz": b"<html>502 Bad Gateway</html>",
}  # fmt: skip


def _ecrire_mauvais(lieu: Path) -> None:
    (lieu / "un-dossier").mkdir()
    for nom, octets in MAUVAIS_FICHIERS.items():
        if octets is not None:
            (lieu / nom).write_bytes(octets)


@pytest.mark.parametrize("option", ["--pdf", "--image", "--racine", "--confiance"])
def test_files_given_to_verifier(option: str, lieu: Path, dire: Dire) -> None:
    _ecrire_mauvais(lieu)
    bon = {"--pdf": "carnet.pdf", "--image": "image.png", "--racine": "racine.pub", "--confiance": "confiance.bin"}
    for part in (1, 2, 3, 5, 9):
        entier = (lieu / bon[option]).read_bytes()
        (lieu / f"coupe-{part}.xyz").write_bytes(entier[: len(entier) * part // 10])
    fichiers = {"--racine": "racine.pub", "--confiance": "confiance.bin", "--pdf": "carnet.pdf"}
    avant = contenu(lieu)
    for mauvais in (*MAUVAIS_FICHIERS, *(f"coupe-{part}.xyz" for part in (1, 2, 3, 5, 9))):
        donnes = {**fichiers, option: mauvais}
        ligne = [mot for paire in donnes.items() for mot in paire]
        if mauvais.startswith("coupe") and option in ("--pdf", "--image"):
            # What is left of it may still be read: then no pass, or some, never a made-up one.
            code = dire("verifier", *ligne, "--json", attendu=(0, 1, 2)) if option == "--image" else None
            if code is None:
                assert executer(["verifier", *ligne]) in (1, 2)
        else:
            dire("verifier", *ligne, attendu=2)
            dire("verifier", *ligne, "--json", attendu=2)
    assert contenu(lieu) == avant


def test_a_list_changed_anywhere_is_refused(lieu: Path, dire: Dire) -> None:
    entier = (lieu / "confiance.bin").read_bytes()
    for rang in range(0, len(entier), 61):
        change = bytearray(entier)
        change[rang] ^= 0x01
        (lieu / "liste.xyz").write_bytes(change)
        dire("verifier", "801", "--racine", "racine.pub", "--confiance", "liste.xyz", "--json", attendu=2)


JOURS = ["", "demain", "2026-13-01", "2026-02-30", "23/11/2026", "20261123", "2026-1-1", "٢٠٢٦-١١-٢٣"]


@pytest.mark.parametrize("jour", JOURS)
def test_a_day_that_is_none(jour: str, lieu: Path, dire: Dire) -> None:
    dire("verifier", "--pdf", "carnet.pdf", "--racine", "racine.pub", "--le", jour, "--json", attendu=2)


@pytest.mark.parametrize("code", ["", "https://exemple.fr", "801", "127 0000001 01", "8" * 5000, "\0", "💳", "-"])
def test_a_code_that_is_none(code: str, lieu: Path, dire: Dire) -> None:
    reponse = dire("verifier", "--json", "--racine", "racine.pub", "--", code, attendu=1)
    assert json.loads(reponse.sortie)[0]["verdict"] == "illisible"


def test_nothing_to_verify(lieu: Path, dire: Dire) -> None:
    dire("verifier", "--racine", "racine.pub", attendu=2)


def _dossiers() -> dict[str, bytes]:
    entier = json.dumps({"id": "x", "naissance": "2003-05-01"}).encode()
    return {
        **{f"coupe-{n}": entier[:n] for n in range(1, len(entier), 9)},
        "liste_profonde": b"[" * 100_000,
        "nombre_demesure": b'{"id": ' + b"9" * 6000 + b"}",
        "infini": b'{"id": Infinity}',
        "double": b'{"id": "a", "id": "b"}',
        "latin1": '{"id": "é"}'.encode("latin-1"),
        "utf16": '{"id": "e"}'.encode("utf-16"),
        "texte": b'"bonjour"', "null": b"null", "nombre": b"12", "liste_de_nombres": b"[1, 2]", "objet_vide": b"{}",
        "html": b"<html></html>", "vide": b"", "binaire": bytes(range(256)),
    }  # fmt: skip


@pytest.mark.parametrize("nom", _dossiers())
def test_a_dossier_that_cannot_be_read(nom: str, lieu: Path, dire: Dire) -> None:
    (lieu / "mauvais.json").write_bytes(_dossiers()[nom])
    dire("regles", "evaluer", "mauvais.json", attendu=2)


@pytest.mark.parametrize("nom", ["absent.json", "region", "phrase.txt/x.json", "\0"])
def test_no_dossier_there(nom: str, lieu: Path, dire: Dire) -> None:
    dire("regles", "evaluer", nom, attendu=2)


# --- The Region

DE_LA_REGION = [chemin for chemin in sorted(LIGNES) if chemin[0] == "region" and R[1] in LIGNES[chemin]]
# `prolonger` renews keys and opens no database.
DE_SA_BASE = [chemin for chemin in DE_LA_REGION if chemin[1] != "prolonger"]
REGIONS = pytest.mark.parametrize("commande", DE_LA_REGION, ids=" ".join)


def _a_la_region(commande: tuple[str, ...], lieu: Path, region: Path) -> list[str]:
    places = {"region": str(region), **{n: str(lieu / n) for n in ("racine.cle", "phrase.txt", "liste.bin")}}
    return [*commande, *(places.get(mot, mot) for mot in LIGNES[commande])]


@pytest.mark.parametrize(
    ("commande", "fichier"),
    [*((c, "region.db") for c in DE_SA_BASE), *((c, "serveur.cles") for c in DE_LA_REGION)], ids=_nom,
)  # fmt: skip
def test_a_damaged_region(
    commande: tuple[str, ...], fichier: str, modele: Path, lieu: Path, tmp_path: Path, dire: Dire
) -> None:
    for nom, abimer in DEGATS.items():
        region = tmp_path / nom
        shutil.copytree(modele / "region", region)
        if nom == "toutes_les_pages":
            # Without a cipher SQLite cannot see it: PostgreSQL and backups are for that.
            continue
        if nom == "premiere_page" and fichier == "region.db":
            continue
        abimer(region / fichier)
        avant = (region / fichier).read_bytes() if (region / fichier).is_file() else None
        dire(*_a_la_region(commande, lieu, region), attendu=4)
        # Opening notes the journal mode in the header of a foreign database, and nothing else.
        debut = 100 if nom == "sqlite_ordinaire" and fichier == "region.db" else 0
        assert avant is None or (region / fichier).read_bytes()[debut:] == avant[debut:], nom


@pytest.mark.parametrize("commande", DE_SA_BASE, ids=" ".join)
def test_a_region_of_a_newer_program(commande: tuple[str, ...], lieu: Path, dire: Dire) -> None:
    base = sqlite3.connect(lieu / "region" / "region.db")
    base.execute("PRAGMA user_version = 99")
    base.commit()
    base.close()
    assert "plus récent" in dire(*commande, *LIGNES[commande], attendu=4).plainte


@REGIONS
def test_no_region_there(commande: tuple[str, ...], lieu: Path, dire: Dire) -> None:
    avant = contenu(lieu)
    for ailleurs in ("nulle-part", "phrase.txt", "poste-1"):
        ligne = [ailleurs if mot == "region" else mot for mot in LIGNES[commande]]
        dire(*commande, *ligne, attendu=4)
    if commande in DE_SA_BASE:
        dire(*commande, *LIGNES[commande], "--base", "oracle://ici", attendu=2)
        dire(*commande, *LIGNES[commande], "--base", "sqlite:///", attendu=2)
        dire(*commande, *LIGNES[commande], "--base", "sqlite:///absente.db", attendu=4)
    assert contenu(lieu) == avant


@pytest.mark.parametrize("commande", [("region", "initialiser"), ("region", "campagne")], ids=" ".join)
def test_a_root_key_that_does_not_open(commande: tuple[str, ...], lieu: Path, dire: Dire) -> None:
    (lieu / "fausse.txt").write_text("une autre phrase que la bonne", encoding="utf-8")
    _ecrire_mauvais(lieu)
    entier = (lieu / "racine.cle").read_bytes()
    for rang in range(0, len(entier), 29):
        (lieu / f"change-{rang}.xyz").write_bytes(entier[:rang] + bytes([entier[rang] ^ 1]) + entier[rang + 1 :])
    (lieu / "coupe.xyz").write_bytes(entier[:-20])
    avant = contenu(lieu)
    ligne = LIGNES[commande]
    dire(*commande, *("fausse.txt" if m == "phrase.txt" else m for m in ligne), attendu=4)
    autres = ["coupe.xyz", *(c.name for c in lieu.glob("change-*"))]
    for mauvais in (*MAUVAIS_FICHIERS, *autres):
        attendu = 2 if mauvais in ("absent.xyz", "un-dossier") else 4
        dire(*commande, *(mauvais if m == "racine.cle" else m for m in ligne), attendu=attendu)
    assert contenu(lieu) == avant


ECARTS_REGION = [
    (("region", "racine", "--out", "racine.cle"), 2),
    (("region", "racine", "--out", "nulle-part/racine.cle"), 3),
    (("region", "racine", "--out", "autre.cle", "--phrase-file", "absente.txt"), 2),
    (("region", "initialiser", "--racine", "racine.cle", *R), 2),
    (("region", "initialiser", "--racine", "racine.cle", "--base-dir", "phrase.txt/region"), (2, 3)),
    (("region", "campagne", "--racine", "racine.cle", "--numero", "128", "--libelle", "x", "--dernier-jour",
      FIN_PROCHAINE, "--stock", "1", *R), 2),
    (("region", "campagne", "--racine", "racine.cle", "--numero", "12", "--libelle", "x", "--dernier-jour",
      FIN_PROCHAINE, "--stock", "1", *R), 2),
    (("region", "campagne", "--racine", "racine.cle", "--numero", "127", "--libelle", "x", "--dernier-jour",
      "31/12/2027", "--stock", "1", *R), 2),
    (("region", "campagne", "--racine", "racine.cle", "--numero", "127", "--libelle", "x", "--dernier-jour",
      FIN_PROCHAINE, "--stock", "-1", *R), 2),
    (("region", "campagne", "--racine", "racine.cle", "--numero", "douze", "--libelle", "x", "--dernier-jour",
      FIN_PROCHAINE, "--stock", "1", *R), 2),
    (("region", "enroler", "--poste", "", *R), 2),
    (("region", "enroler", "--poste", "x" * 121, *R), 2),
    (("region", "enroler", "--accepter", "ZZ", *R), 2),
    (("region", "enroler", "--refuser", "", *R), 2),
    (("region", "enroler", "--accepter", "ZZ", "--poste", "x", *R), 2),
    (("region", "doter", "--poste", "inconnu", "--taille", "5", "--carnets", "1", *R), 2),
    (("region", "doter", "--poste", "Guichet d’essai", "--taille", "7", "--carnets", "1", *R), 2),
    (("region", "doter", "--poste", "Guichet d’essai", "--taille", "5", "--carnets", "0", *R), 2),
    (("region", "doter", "--poste", "Guichet d’essai", "--taille", "5", "--carnets", "-3", *R), 2),
    (("region", "doter", "--poste", "Guichet d’essai", "--taille", "5", "--carnets", "9" * 40, *R), 2),
    (("region", "doter", "--poste", "Guichet d’essai", "--taille", "10", "--carnets", "1999", *R), 2),
    (("region", "doter", "--poste", "Guichet d’essai", "--taille", "5", "--carnets", "1", "--pot", "tirelire", *R), 2),
    (("region", "doter", "--poste", "Guichet d’essai", "--taille", "5", "--carnets", "1", "--campagne", "3", *R), 2),
    (("region", "doter", "--poste", "Guichet d’essai", "--taille", "5", "--carnets", "1", "--campagne", "9" * 30, *R),
     2),
    (("region", "publier", "--out", "nulle-part/liste.bin", *R), 3),
    (("region", "publier", "--out", "region", *R), (2, 3)),
    (("region", "litiges", "--clore", "L-inconnu", *R), 2),
    (("region", "litiges", "--clore", "", *R), 2),
    (("region", "litiges", "L-inconnu", *R), 2),
    (("region", "litiges", "--trancher", "fraude", *R), 2),
    (("region", "litiges", "L-inconnu", "--trancher", "fraude", *R), 2),
    (("region", "litiges", "L-inconnu", "--trancher", "au-hasard", *R), 2),
    (("region", "annuler", "abc", *R), 2),
    (("region", "annuler", "127 9999999", *R), 2),
    (("region", "annuler", "1234567890123", *R), 2),
    (("region", "annuler", "٣", *R), 2),
    (("region", "annuler", "1", "--campagne", "99", *R), 2),
    (("region", "lots", "--poste", "inconnu", *R), 2),
    (("region", "regler", "--taille", "7", "--seuil", "1", "--carnets", "1", *R), 2),
    (("region", "regler", "--taille", "10", "--seuil", "-1", "--carnets", "1", *R), 2),
    (("region", "regler", "--taille", "10", "--seuil", "1", "--carnets", "9" * 40, *R), 2),
    (("region", "regler", "--pot", "tirelire", "--taille", "10", "--seuil", "1", "--carnets", "1", *R), 2),
    (("region", "regler", "--campagne", "99", "--taille", "10", "--seuil", "1", "--carnets", "1", *R), 2),
    (("region", "regler", "--bail-jours", "-1", *R), 2),
    (("region", "regler", "--quarantaine-jours", "9" * 30, *R), 2),
    (("region", "rappeler", "--poste", "inconnu", *R), 2),
    (("region", "rappeler", "--poste", "Guichet d’essai", "--lot", "inconnu", *R), 2),
    (("region", "rappeler", "--poste", "Guichet d’essai", "--geler", "--relancer", *R), 2),
    (("region", "exporter", "--out", "nulle-part/chiffres.csv", *R), 3),
    (("region", "exporter", "--out", "chiffres.csv", "--campagne", "99", *R), 2),
    (("region", "revoquer", "inconnu", *R), 2),
    (("region", "revoquer", "", *R), 2),
    (("region", "servir", "--port", "99999", *R), 3),
    (("region", "servir", "--port", "0", "--journal", "nulle-part/journal", *R), 3),
    (("region", "servir", "--port", "-1", *R), (2, 3)),
    (("region", "servir", "--port", "http", *R), 2),
    (("region", "servir", "--processus", "0", *R), 2),
    (("region", "servir", "--adresse", "pas une adresse", "--port", "0", *R), 3),
    (("region", "servir", "--adresse", "203.0.113.7", "--port", "0", *R), 3),
]  # fmt: skip


@pytest.mark.parametrize(("ligne", "attendu"), ECARTS_REGION, ids=_nom)
def test_what_the_region_refuses(
    ligne: tuple[str, ...], attendu: int | tuple[int, ...], lieu: Path, dire: Dire
) -> None:
    avant = contenu(lieu)
    avec_phrase = ligne[1] in ("racine", "initialiser", "campagne") and "--phrase-file" not in ligne
    dire(*ligne, *(PHRASE_FICHIER if avec_phrase else ()), attendu=attendu)
    apres = contenu(lieu)
    if ligne[1] != "publier":
        assert apres == avant


def test_a_port_that_is_taken(lieu: Path, dire: Dire) -> None:
    with socket.create_server(("127.0.0.1", 0)) as prise:
        port = str(prise.getsockname()[1])
        assert "déjà pris" in dire("region", "servir", "--port", port, *R, attendu=3).plainte


# --- The demonstration's folder


def test_a_folder_where_nothing_can_be_written(lieu: Path, dire: Dire) -> None:
    for ailleurs in ("phrase.txt", "phrase.txt/demo"):
        dire("demo", "--out", ailleurs, attendu=(2, 3))
    dire("demo", "--out", "demo", "--phrase-file", "absente.txt", attendu=2)
    (lieu / "courte.txt").write_text("abc", encoding="utf-8")
    dire("demo", "--out", "demo", "--phrase-file", "courte.txt", attendu=2)


# --- As a process, without a French locale

LIGNES_REELLES = [
    (("regles", "evaluer", "absent.json"), 2),
    (("poste", "etat", *P), 2),
    (("fairecuire",), 2),
    (("verifier-base", "--base-dir", "nulle-part", *PHRASE_FICHIER), 4),
]


@pytest.mark.parametrize(("ligne", "attendu"), LIGNES_REELLES, ids=_nom)
def test_as_a_process_in_the_locale_c(ligne: tuple[str, ...], attendu: int, lieu: Path) -> None:
    fini = passdesk(*ligne, cwd=lieu, LANG="C", LC_ALL="C", HOME=lieu / "region")
    juger(fini.returncode, fini.stdout, fini.stderr, attendu)
    assert "\u00a0" in fini.stderr or "é" in fini.stderr
    assert "\\x" not in fini.stderr
