"""Everything a command may be pointed at, made once: a desk that has served somebody, its Region, keys, papers."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from passdesk.domain.horloge import HorlogeSysteme
from passdesk.ressources import chemin
from passdesk.server.fichiers import ecrire_public
from passdesk.server.publication import publier
from passdesk.server.racine import CoutPhrase, sceller_racine
from passdesk.services import impression, visite
from passdesk.services.poste import ADRESSE, ouvrir_poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import carnets, envoi, personnes
from passdesk.storage import poste as identite
from passdesk.storage.integrite import verifier_base
from tests.builders import INDEX_LEGER, PHRASE, terrain, visite_accord
from tests.services.listes_lieux import FS, france_services

DOSSIER_JSON = {
    "id": "cas-1", "naissance": "2003-05-01", "commune": "59392", "public": "jeune_insertion",
    "prescripteur": "mission_locale", "arrivee_le": "2022-03-01", "complementaire": False,
    "justificatifs": [
        {"type": "attestation_mission_locale", "date": "2022-02-10"},
        {"type": "justificatif_domicile", "date": "2022-02-15"},
        {"type": "piece_identite"},
    ],
    "anterieurs": [],
}  # fmt: skip


def batir(dossier: Path) -> None:
    """Fills a folder: poste-1, region, racine.cle, racine.pub, confiance.bin, carnet.pdf, image.png, phrase.txt…"""
    with terrain(dossier) as lieu:
        poste = lieu.nouveau_poste()
        carnet = visite.attribuer(poste, visite_accord(poste)).carnet
        synchroniser(poste)
        visite.attribuer(poste, visite_accord(poste, nom_naissance="Walbecq"))
        travail = impression.lancer_impression(poste, carnet.campagne, carnet.numero)
        papier = impression.mettre_sur_papier(travail, impression.ImprimanteFichier(poste.dossier / "papier"))
        shutil.copy(papier, dossier / "carnet.pdf")
        ecrire_public(dossier / "confiance.bin", publier(lieu.region))
        (dossier / "racine.pub").write_text(lieu.racine.publique.hex(), encoding="ascii")
        (dossier / "racine.cle").write_bytes(sceller_racine(lieu.racine, PHRASE, CoutPhrase(8, 1, 1)))
    Image.new("L", (200, 200), 255).save(dossier / "image.png")
    (dossier / "phrase.txt").write_text(PHRASE + "\n", encoding="utf-8")
    (dossier / "code.txt").write_text("ABCDEF0123\n", encoding="utf-8")
    (dossier / "personnes.csv").write_text("Nom;Prénom;Né(e) le\nVasseur;Odile;03/03/1950\n", encoding="utf-8")
    (dossier / "lieux.csv").write_text(france_services(FS), encoding="utf-8")
    (dossier / "dossier.json").write_text(json.dumps(DOSSIER_JSON), encoding="utf-8")
    (dossier / "cas.csv").write_text(
        "id;naissance;commune;public;arrivee_le\ncas-1;1950-03-03;59249;senior;2026-11-02\n", encoding="utf-8"
    )
    shutil.copy(chemin("reglements") / "2022-02-01.toml", dossier / "reglement.toml")


def contenu(dossier: Path) -> dict[str, bytes]:
    """Every file below, byte for byte."""
    return {str(c.relative_to(dossier)): c.read_bytes() for c in sorted(dossier.rglob("*")) if c.is_file()}


def adresser(guichet: Path, adresse: str) -> None:
    """The desk's Region is now at this address."""
    poste = ouvrir_poste(guichet, PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    identite.ecrire_texte(poste.base, ADRESSE, adresse)
    poste.fermer()


def etat_du_guichet(guichet: Path) -> tuple[object, ...]:
    """What was recorded at the desk, found sound: persons, carnets, operations, what waits to be sent."""
    poste = ouvrir_poste(guichet, PHRASE, HorlogeSysteme(), cout_index=INDEX_LEGER)
    try:
        assert verifier_base(poste.base) == ()
        etat = envoi.etat(poste.base)
        return (
            tuple(sorted(p.nom_naissance for p in personnes.recentes(poste.base))),
            tuple(sorted(s.carnet.numero for s in carnets.en_attente_de_papier(poste.base))),
            envoi.tete(poste.base),
            (etat.acked_epoch, etat.acked_seq, etat.cursor, etat.server_epoch),
            envoi.reste_a_envoyer(poste.base),
            identite.lire_texte(poste.base, "nom"),
        )
    finally:
        poste.fermer()


Repondre = Callable[[socket.socket], None]


@contextmanager
def etranger(repondre: Repondre) -> Iterator[str]:
    """Somebody else at the Region's address: each connection is answered by `repondre`, then closed."""
    ecoute = socket.create_server(("127.0.0.1", 0))

    def servir() -> None:
        while True:
            try:
                lien, _ = ecoute.accept()
            except OSError:
                return
            with lien:
                try:
                    lire_requete(lien)
                    repondre(lien)
                except OSError:
                    continue

    fil = threading.Thread(target=servir)
    fil.start()
    try:
        yield f"http://127.0.0.1:{ecoute.getsockname()[1]}"
    finally:
        ecoute.shutdown(socket.SHUT_RDWR)
        ecoute.close()
        fil.join()


def lire_requete(lien: socket.socket) -> bytes:
    """One HTTP request, whole."""
    lu = b""
    while b"\r\n\r\n" not in lu:
        morceau = lien.recv(65536)
        if not morceau:
            raise ConnectionError
        lu += morceau
    tete, _, corps = lu.partition(b"\r\n\r\n")
    longueur = next(
        (int(ligne.split(b":")[1]) for ligne in tete.lower().split(b"\r\n") if ligne.startswith(b"content-length")), 0
    )
    while len(corps) < longueur:
        corps += lien.recv(65536)
    return corps


def dire(octets: bytes) -> Repondre:
    """Answers these bytes."""
    return lambda lien: lien.sendall(octets)


def http(statut: str, corps: bytes, type_: str = "text/html", *entetes: str) -> bytes:
    """An HTTP answer."""
    tete = [f"HTTP/1.1 {statut}", f"content-type: {type_}", f"content-length: {len(corps)}", *entetes, "", ""]
    return "\r\n".join(tete).encode() + corps


PORTAIL = b"<!DOCTYPE html><html><head><title>Wifi gratuit</title></head><body>Connectez-vous</body></html>"

ETRANGERS: dict[str, Repondre] = {
    "portail": dire(http("200 OK", PORTAIL)),
    "redirection": dire(http("302 Found", b"", "text/html", "location: http://127.0.0.1:9/portail")),
    "erreur_500": dire(http("500 Internal Server Error", b"oops", "text/plain")),
    "charabia": dire(b"\x16\x03\x01\x02\x00\x01\x00" * 40),
    "muet": dire(b""),
    "coupe": dire(b"HTTP/1.1 200 OK\r\ncontent-type: application/cbor\r\ncontent-length: 4000\r\n\r\n" + b"\xa9avhave"),
    "cbor_sans_signature": dire(http("200 OK", b"\xa1av\x01", "application/cbor")),
    "vide": dire(http("200 OK", b"", "application/cbor")),
    "gzip_abime": dire(http("200 OK", b"\x1f\x8b\x08\x00garbage", "application/cbor", "content-encoding: gzip")),
    "entete_nul": dire(b"HTTP/1.1 200 OK\r\nx: \x00\r\n\r\n"),
}
"""Who may answer in the Region's place on a bad network."""


@contextmanager
def personne() -> Iterator[str]:
    """An address where nobody listens, kept free of anybody else while the block runs."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{prise.getsockname()[1]}"
