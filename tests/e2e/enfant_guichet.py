"""A desk in a process of its own, that stops at a named point: `python -m tests.e2e.enfant_guichet POINT DOSSIER`."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from passdesk.domain.commune import lire_communes
from passdesk.domain.demande import CANAUX
from passdesk.domain.dessin import Papier
from passdesk.domain.personne import BESOINS, Personne
from passdesk.domain.visite import Brouillon
from passdesk.ressources import chemin
from passdesk.services import importer, importer_actes, impression, visite
from passdesk.services import poste as services_poste
from passdesk.services.importer_colonnes import proposer_colonnes
from passdesk.services.importer_communes import RepertoireCommunes
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.synchroniser import synchroniser
from passdesk.services.tableur import ouvrir_tableau
from passdesk.storage import envoi
from passdesk.sync.transport import HttpTransport, Reponse
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, visite_accord
from tests.e2e.processus import annoncer, attendre_la_fin

NOMS = ("Dufresnoy", "Walbecq", "Nguyễn")


class ImprimanteMuette:
    """A printer that has taken the sheets and never comes back."""

    def sortir(self, papier: Papier, nom: str) -> Path:
        annoncer(point="papier", nom=nom, octets=len(papier.pdf))
        attendre_la_fin()
        return Path(nom)


class TransportArrete(HttpTransport):
    """A network on which the computer dies once the answer has come, before anything is done with it."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        reponse = super().post(url, headers, body)
        annoncer(point="reponse", statut=reponse.status)
        attendre_la_fin()
        return reponse


def brouillon_numero(modele: Brouillon, numero: int) -> Brouillon:
    """The draft as typed at step `numero`: every field says which step it is."""
    return replace(
        modele,
        nom_naissance=f"Nom {numero} " + "é" * (numero % 40),
        prenoms=f"Prénom {numero}",
        commune_saisie=f"Fo {numero}",
        telephone=f"{numero}",
        adresse=f"{numero} rue de l’Abîme",
        code_postal=f"59{numero % 1000:03d}",
        courriel=f"a{numero}@exemple.invalid",
        besoins=BESOINS[: numero % 3],
        note=f"Étape {numero}",
        canal=CANAUX[numero % len(CANAUX)],
    )


def _attribuer(poste: Poste, nom: str) -> tuple[int, int]:
    carnet = visite.attribuer(poste, visite_accord(poste, nom_naissance=nom)).carnet
    return carnet.campagne, carnet.numero


def _attribuer_et_dire(poste: Poste) -> None:
    for nom in NOMS:
        campagne, numero = _attribuer(poste, nom)
        annoncer(point="attribue", campagne=campagne, numero=numero, seq=envoi.tete(poste.base).seq)
    attendre_la_fin()


def _imprimer(poste: Poste) -> None:
    campagne, numero = _attribuer(poste, NOMS[0])
    travail = impression.lancer_impression(poste, campagne, numero)
    annoncer(point="lance", campagne=campagne, numero=numero, seq=envoi.tete(poste.base).seq)
    impression.sortir(travail, ImprimanteMuette())


def _ecrire_a_moitie(poste: Poste) -> None:
    """Killed while the file is being written: when the disk is asked to keep it."""
    campagne, numero = _attribuer(poste, NOMS[0])
    travail = impression.lancer_impression(poste, campagne, numero)
    annoncer(point="lance", campagne=campagne, numero=numero, seq=envoi.tete(poste.base).seq)

    def fsync(_: int) -> None:
        annoncer(point="fichier")
        attendre_la_fin()

    os.fsync = fsync  # type: ignore[assignment]
    impression.sortir(travail, impression.ImprimanteFichier(poste.dossier / impression.DOSSIER_PAPIER))


def _envoyer(poste: Poste) -> None:
    _attribuer(poste, NOMS[0])
    annoncer(point="attribue", seq=envoi.tete(poste.base).seq)
    synchroniser(poste, TransportArrete)


def _taper(poste: Poste) -> None:
    modele = visite_accord(poste)
    annoncer(point="debut", brouillon=modele.brouillon_id)
    numero = 0
    while True:
        numero += 1
        visite.noter(poste, brouillon_numero(modele, numero))
        annoncer(point="note", numero=numero)


def _importer(poste: Poste) -> None:
    """Killed in the middle of the recording of a spreadsheet, and once more when it is said recorded."""
    fichier = poste.dossier.parent / "personnes.csv"
    noms = (f"Nom{n:03d};{chr(65 + n % 26)}{n:03d};{n % 28 + 1}/0{n % 9 + 1}/19{n % 70 + 10}" for n in range(300))
    fichier.write_text("Nom;Prénom;DDN\n" + "\n".join(noms), encoding="utf-8")
    lu = ouvrir_tableau(fichier)
    lignes = importer.analyser(
        poste,
        lu,
        proposer_colonnes(lu),
        RepertoireCommunes(lire_communes(chemin("communes", "communes.csv").read_text("utf-8"))),
    ).lignes
    vrai, faites = importer_actes.cle_de, 0

    def cle_de(poste: Poste, personne: Personne) -> bytes | None:
        nonlocal faites
        faites += 1
        if faites == 250:
            annoncer(point="milieu", faites=faites)
            attendre_la_fin()
        return vrai(poste, personne)

    importer_actes.cle_de = cle_de
    importer_actes.inscrire(poste, lu, lignes, importer_actes.Suivi(threading.Event()))


POINTS = {
    "importer": _importer,
    "attribue": _attribuer_et_dire,
    "papier": _imprimer,
    "fichier": _ecrire_a_moitie,
    "reponse": _envoyer,
    "brouillon": _taper,
}


def _commencer_une_epoque(dossier: Path) -> None:
    """Killed while the desk opens: the key of the new epoch is on the disk, the act that announces it is not."""

    def changer_epoque(*_: object) -> None:
        annoncer(point="cle")
        attendre_la_fin()

    services_poste.changer_epoque = changer_epoque
    _ouvrir(dossier)


def _ouvrir(dossier: Path) -> Poste:
    return ouvrir_poste(dossier, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)


def main(point: str, dossier: str) -> None:
    if point == "epoque":
        _commencer_une_epoque(Path(dossier))
        return
    POINTS[point](_ouvrir(Path(dossier)))


if __name__ == "__main__":
    main(*sys.argv[1:])
