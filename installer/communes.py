"""Builds resources/communes/communes.csv from two editions of the npm package `@etalab/decoupage-administratif`.

6.0.0 is the list of 2026, 2.3.1 that of 2022; each is got by `npm pack` and unpacked in a folder of its own.
python installer/communes.py 2026/package 2022/package
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

REGION = "32"
DESTINATION = Path(__file__).resolve().parent.parent / "resources" / "communes" / "communes.csv"
ANCIENNES = ("commune-deleguee", "commune-associee")
ENTETE = "code;nom;codes_postaux;commune_actuelle"
DISPARUES = {"02077": "02564", "02311": "02589"}
"""Communes of 2022 merged without a name of their own left: what they became (INSEE, code officiel géographique)."""

Ligne = tuple[str, str, tuple[str, ...], str]


def lignes(communes: list[dict[str, Any]], d_avant: list[dict[str, Any]]) -> list[str]:
    """Today's communes in the order of their codes, then the former names of Hauts-de-France, with what they became.

    A former commune stands under its old code: requests of 2022 name it, and people still do. It has the postal codes
    it had in 2022 (`d_avant`), or those of the commune it is now part of.
    """
    actuelles = {c["code"]: c for c in communes if c["type"] == "commune-actuelle"}
    en_2022 = {c["code"]: c for c in d_avant if c["type"] == "commune-actuelle"}
    suite: dict[tuple[str, str], Ligne] = {}

    def ajouter(code: str, nom: str, chef_lieu: dict[str, Any]) -> None:
        if nom != chef_lieu["nom"]:
            ancienne = en_2022.get(code, {})
            postaux = ancienne if ancienne.get("nom") == nom else chef_lieu
            suite[code, nom] = (code, nom, tuple(postaux.get("codesPostaux", ())), chef_lieu["code"])

    anciennes = [c for c in communes if c["type"] in ANCIENNES and c.get("region") == REGION]
    devenues = {c["code"]: c["chefLieu"] for c in anciennes} | DISPARUES
    for commune in anciennes:
        ajouter(commune["code"], commune["nom"], actuelles[commune["chefLieu"]])
    for code, commune in en_2022.items():
        if commune.get("region") == REGION:
            ajouter(code, commune["nom"], actuelles[code if code in actuelles else devenues[code]])
    debut: list[Ligne] = [(c["code"], c["nom"], tuple(c.get("codesPostaux", ())), "") for c in actuelles.values()]
    return [
        ";".join((code, nom.replace("'", "’"), " ".join(postaux), devenue))
        for code, nom, postaux, devenue in sorted(debut) + sorted(suite.values())
    ]


def main() -> int:
    """Writes the CSV and says how many names it holds."""
    arguments = argparse.ArgumentParser(description="Construit la liste des communes de PassDesk.")
    arguments.add_argument("paquet", type=Path, help="dossier du paquet npm de 2026, déplié")
    arguments.add_argument("paquet_2022", type=Path, help="dossier du paquet npm de 2022, déplié")
    lus = arguments.parse_args()
    listes = [
        json.loads((paquet / "data" / "communes.json").read_text(encoding="utf-8"))
        for paquet in (lus.paquet, lus.paquet_2022)
    ]
    contenu = lignes(*listes)
    DESTINATION.write_text("\n".join([ENTETE, *contenu, ""]), encoding="utf-8", newline="\n")
    print(f"{len(contenu)} noms écrits dans {DESTINATION.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
