"""`passdesk region exporter`: the figures of a campaign, as a table that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from passdesk.cli.region_acces import OptionBase, OptionCampagne, OptionRegion, dire, ouvrir
from passdesk.cli.region_texte import annonce
from passdesk.cli.sortie import OptionJson
from passdesk.domain.csv_francais import ENTETE_UTF8, ligne_csv
from passdesk.domain.francais import MOIS
from passdesk.server.chiffres import ChiffresRegion, chiffrer
from passdesk.server.fichiers import ecrire_public, verifier_ecriture
from passdesk.ui.messages.region_chiffres import MOTS


def exporter(
    fichier: Annotated[Path, typer.Option("--out", metavar="FICHIER", help="Le tableau, en CSV.")],
    numero: OptionCampagne = None,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> None:
    """Écrit les chiffres d’une campagne : carnets par mois, taille, stock, poste et suite, puis les stocks.

    Un nombre de moins de 5 ne se donne pas : on y reconnaîtrait quelqu’un. Un autre est caché avec lui quand le total
    le dirait. Les comptes s’arrêtent au dernier mois fini et ne se refont qu’une fois par mois : entre deux exports, on
    lirait qui est venu.
    """
    with ouvrir(base_dir, base) as region:
        # What was counted stays for the month: not for a table that cannot be written.
        verifier_ecriture(fichier)
        lus = chiffrer(region, numero)
    texte = "".join(ligne_csv(ligne) for ligne in _lignes(lus))
    ecrire_public(fichier, (ENTETE_UTF8 + texte).encode())
    dire(json, _json(lus), annonce("chiffres_exportes", fichier=fichier.name, campagne=lus.campagne, jour=lus.jusqu_au))


def _lignes(lus: ChiffresRegion) -> Iterator[tuple[object, ...]]:
    """Campaign, table, row, count, unit."""
    cache = MOTS["cache"]
    yield tuple(MOTS[f"entete_{nom}"] for nom in ("campagne", "tableau", "ligne", "nombre", "unite"))
    carnets, passes = MOTS["carnets"], MOTS["pass"]
    total = lus.total if lus.total is not None else cache
    yield lus.campagne, MOTS["total"], MOTS["jusqu_au"].format(jour=lus.jusqu_au.isoformat()), total, carnets
    for par, repartition in lus.tableaux:
        for cle, nombre in repartition.cases:
            yield lus.campagne, MOTS[f"{par}"], _nom(par, cle), cache if nombre is None else nombre, carnets
    for pot in lus.pots:
        nom = MOTS[f"pot_{pot.pot}"]
        for quoi, nombre in (("stock", pot.stock), ("donne", pot.accorde - pot.rendu), ("libre", pot.disponible)):
            yield lus.campagne, nom, MOTS[f"{quoi}"], nombre, passes


def _nom(par: str, cle: str) -> str:
    if par == "mois":
        annee, mois = cle.split("-")
        return f"{MOIS[int(mois) - 1]} {annee}"
    if par in ("pot", "suite"):
        return MOTS[f"{par}_{cle}"]
    return MOTS["de_taille"].format(taille=cle) if par == "taille" else cle


def _json(lus: ChiffresRegion) -> dict[str, object]:
    return {
        "campagne": lus.campagne,
        "jusqu_au": lus.jusqu_au.isoformat(),
        "carnets": lus.total,
        "tableaux": {par: dict(repartition.cases) for par, repartition in lus.tableaux},
        "pots": {
            pot.pot: {"stock": pot.stock, "donne": pot.accorde - pot.rendu, "libre": pot.disponible} for pot in lus.pots
        },
    }


COMMANDES = (("exporter", exporter),)
