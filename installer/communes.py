"""Builds resources/communes/communes.csv from the unpacked npm package `@etalab/decoupage-administratif`.

npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-*.tgz
python installer/communes.py package
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

REGION = "32"
DESTINATION = Path(__file__).resolve().parent.parent / "resources" / "communes" / "communes.csv"
ANCIENNES = ("commune-deleguee", "commune-associee")


def lignes(communes: list[dict[str, Any]]) -> list[str]:
    """Today's communes in the order of their codes, then the former communes of Hauts-de-France, by their own name.

    A former commune stands under its old code, with the postal codes of the commune it is now part of: requests of
    2022 name it, and people still do.
    """
    actuelles = {c["code"]: c for c in communes if c["type"] == "commune-actuelle"}
    suite = []
    for commune in communes:
        if commune["type"] not in ANCIENNES or commune.get("region") != REGION:
            continue
        chef_lieu = actuelles[commune["chefLieu"]]
        if commune["nom"] != chef_lieu["nom"]:
            suite.append((commune["code"], commune["nom"], chef_lieu.get("codesPostaux", [])))
    debut = [(c["code"], c["nom"], c.get("codesPostaux", [])) for c in actuelles.values()]
    return [
        ";".join((code, nom.replace("'", "’"), " ".join(postaux)))
        for code, nom, postaux in sorted(debut) + sorted(suite)
    ]


def main() -> int:
    """Writes the CSV and says how many names it holds."""
    arguments = argparse.ArgumentParser(description="Construit la liste des communes de PassDesk.")
    arguments.add_argument("paquet", type=Path, help="dossier du paquet npm déplié")
    paquet: Path = arguments.parse_args().paquet
    communes = json.loads((paquet / "data" / "communes.json").read_text(encoding="utf-8"))
    contenu = lignes(communes)
    DESTINATION.write_text("\n".join(["code;nom;codes_postaux", *contenu, ""]), encoding="utf-8", newline="\n")
    print(f"{len(contenu)} noms écrits dans {DESTINATION.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
