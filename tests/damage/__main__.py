"""`python -m tests.damage [--quick] [--cas NAME…]`: see the package."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from random import Random
from typing import Any

from passdesk.printing.lecture import lire_dessin
from passdesk.printing.symboles import lire_net
from tests.damage import BUT_TOUT, BUT_ZXING, Lecture, taux
from tests.damage.cas import CAS, Cas
from tests.damage.papier import Papier, carre, coupon, feuille

RESOLUTIONS = (150, 200, 300)
FORMES = {"carre": carre, "coupon": coupon, "feuille": feuille}
PREMIERE = 5000
"""First seed: none that the reader was tuned on."""
LONGUE, BREVE = {"carre": 20, "coupon": 8, "feuille": 1}, {"carre": 2}
"""How many papers of each form, for each case, way and resolution."""
FEUILLES_BREVES = ("propre", "pli", "toner")

Essai = tuple[str, int, str, int, int]
"""Case, way, form, dots per inch, seed."""
PAR_NOM = {cas.nom: cas for cas in CAS}


def essais(cas: Iterable[Cas], bref: bool) -> list[Essai]:
    """What is to be taken and read."""
    nombres = BREVE if bref else LONGUE
    voulus = [
        (un.nom, facon, forme, dpi, PREMIERE + graine)
        for un, forme in product(cas, nombres)
        for facon, dpi, graine in product(range(len(un.facons)), RESOLUTIONS, range(nombres[forme]))
    ]
    if bref:
        voulus += [(un.nom, 0, "feuille", 200, PREMIERE) for un in cas if un.nom in FEUILLES_BREVES]
    return voulus


def lire(essai: Essai) -> Lecture:
    """Makes one picture and has it read."""
    nom, facon, forme, dpi, graine = essai
    papier: Papier = FORMES[forme](graine)
    image = PAR_NOM[nom].facons[facon].faire(papier, dpi, Random("-".join(map(str, essai))))
    lus, nus = lire_dessin(image), {symbole.texte for symbole in lire_net(image)[0]}
    attendus = [texte for texte in papier.textes if texte in lus]
    return Lecture(
        nom,
        facon,
        dpi,
        len(papier.textes),
        passdesk=len(attendus),
        zxing=sum(texte in nus for texte in papier.textes),
        inventes=sum(texte not in papier.textes for texte in lus),
        en_ordre=[texte for texte in lus if texte in attendus] == attendus,
    )


def ligne(cas: Cas, lectures: list[Lecture]) -> dict[str, Any]:
    """The JSON of a case."""
    lu = taux(lectures)
    fautes = sum(v.inventes for v in lectures) + sum(not v.en_ordre for v in lectures)
    return {
        "case": cas.nom,
        "symbols": lu.symboles,
        "passdesk": round(lu.passdesk, 4),
        "zxing": round(lu.zxing, 4),
        "by_way": [round(taux(celles).passdesk, 4) for celles in _groupes(lectures, "facon")],
        "by_dpi": [round(taux(celles).passdesk, 4) for celles in _groupes(lectures, "dpi")],
        "goal": cas.but,
        "ok": not fautes and (cas.but is None or lu.passdesk >= cas.but),
    }


def _groupes(lectures: list[Lecture], par: str) -> list[list[Lecture]]:
    valeurs = sorted({getattr(v, par) for v in lectures})
    return [[v for v in lectures if getattr(v, par) == valeur] for valeur in valeurs]


def bilan(lectures: list[Lecture], lignes: list[dict[str, Any]]) -> dict[str, Any]:
    """The totals, over the cases that count."""
    comptees = [v for v in lectures if PAR_NOM[v.cas].compte]
    premieres = [v for v in comptees if v.facon == 0]
    totaux: dict[str, Any] = {"symbols": sum(v.symboles for v in lectures)}
    manques = [un["case"] for un in lignes if not un["ok"]]
    if comptees:
        totaux |= {"passdesk": round(taux(comptees).passdesk, 4), "zxing": round(taux(premieres).zxing, 4)}
        totaux |= {"goals": {"passdesk": BUT_TOUT, "zxing": BUT_ZXING}}
    totaux |= {
        "made_up": sum(v.inventes for v in lectures),
        "out_of_order": sum(not v.en_ordre for v in lectures),
        "missed": manques,
    }
    tout = not comptees or (totaux["passdesk"] >= BUT_TOUT and totaux["zxing"] >= BUT_ZXING)
    return totaux | {"ok": tout and not manques}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the campaign; the exit code."""
    lecteur = argparse.ArgumentParser(prog="python -m tests.damage")
    lecteur.add_argument("--quick", action="store_true")
    lecteur.add_argument("--cas", nargs="+", choices=sorted(PAR_NOM), metavar="NAME", default=[])
    choix = lecteur.parse_args(arguments)
    cas = [un for un in CAS if not choix.cas or un.nom in choix.cas]
    debut = time.monotonic()
    with ProcessPoolExecutor(os.cpu_count()) as ouvriers:
        lectures = list(ouvriers.map(lire, essais(cas, choix.quick), chunksize=6))
    lignes = [ligne(un, [v for v in lectures if v.cas == un.nom]) for un in cas]
    totaux = bilan(lectures, lignes)
    if choix.cas:
        # zxing-cpp alone is judged over all cases, never over a few.
        totaux["ok"] = not totaux["missed"]
    for une in lignes:
        sys.stdout.write(json.dumps(une) + "\n")
    sys.stdout.write(json.dumps(totaux | {"seconds": round(time.monotonic() - debut, 1)}) + "\n")
    return 0 if totaux["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
