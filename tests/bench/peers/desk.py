"""This desk at its end of the link: `python -m tests.bench.peers.desk FOLDER PEOPLE URL`, then orders line by line."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from passdesk.domain.personne import Personne
from passdesk.services.fiche import corps_personne
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage.engine import uuid7
from passdesk.sync.transport import HttpTransport, Reponse, Transport
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe


class LienGarde:
    """The real transport, kept open from one exchange to the next as the peer's is, to the far end of the link."""

    def __init__(self, url: str) -> None:
        self._reel, self._url = HttpTransport(), url

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        """One exchange; only the path of the address is the desk's."""
        return self._reel.post(f"{self._url}/v1/sync", headers, body)

    def close(self) -> None:
        """Kept."""


def corps(lu: Mapping[str, Any]) -> tuple[Personne, Mapping[str, Any]]:
    """The person of a line of the peer, with all that is said of it: what has no field of its own is in the note."""
    adresse = lu["adresse"]
    reste = {cle: lu[cle] for cle in ("poste", "cle2", "motif", "prescripteur", "agent", "cree", "consentement")}
    personne = Personne(
        uuid7(),
        lu["nom"],
        lu["prenoms"],
        telephone=lu["telephone"],
        adresse=adresse["voie"],
        code_postal=adresse["code_postal"],
        complement_adresse=adresse["commune"],
        courriel=lu["courriel"],
        note=json.dumps([lu["note"], *reste.values()], ensure_ascii=False),
    )
    return personne, {**corps_personne(personne, bytes.fromhex(lu["cle1"])), "naissance": lu["naissance"]}


def ajouter(poste: Poste, gens: Iterator[Mapping[str, Any]], nombre: int) -> int:
    """Registers so many people, an act each."""
    for _ in range(nombre):
        personne, identite = corps(next(gens))
        with poste.base.acte(poste.agent_id) as acte:
            acte.inscrire("personne.enregistrer", personne.personne_id, identite)
    return nombre


def main(dossier: str, fichier: str, url: str) -> None:
    """Until the standard input is closed."""
    poste = ouvrir_poste(Path(dossier), PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    lien: Transport = LienGarde(url)
    with Path(fichier).open(encoding="utf-8") as lignes:
        gens = (json.loads(ligne) for ligne in lignes)
        print(json.dumps({"pret": True}), flush=True)
        for ligne in sys.stdin:
            mot, *nombre = ligne.split()
            if mot == "ajouter":
                print(json.dumps({"ajoutes": ajouter(poste, gens, int(nombre[0]))}), flush=True)
            elif mot == "pousser":
                debut = time.perf_counter()
                fin = synchroniser(poste, lambda: lien)
                secondes = time.perf_counter() - debut
                fautes = int(fin.fin != "fini")
                print(json.dumps({"secondes": secondes, "envoyes": fin.envoyes, "fautes": fautes}), flush=True)
    poste.fermer()


if __name__ == "__main__":
    main(*sys.argv[1:])
