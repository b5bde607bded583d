"""What the commands of the Region share: where it is, how it is opened, how an act is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from passdesk.cli.sortie import dossier_du_poste, imprimer, imprimer_json
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.server.adresse import Adresse, lire_adresse
from passdesk.server.region import Region, ouvrir_region

T = TypeVar("T")

OptionRegion = Annotated[
    Path | None,
    typer.Option("--base-dir", metavar="DOSSIER", help="Dossier de la Région : ses clés et ses données sont là."),
]
OptionBase = Annotated[
    str | None,
    typer.Option(
        "--base",
        metavar="URL",
        help="Données ailleurs que dans le dossier : sqlite:///chemin/region.db, ou postgresql://compte@machine/nom "
        "(mot de passe : PGPASSWORD, .pgpass ou un service).",
    ),
]
OptionCampagne = Annotated[
    int | None, typer.Option("--campagne", metavar="N", help="Campagne (sinon celle qui finit le plus tard).")
]


@contextmanager
def ouvrir(base_dir: Path | None, base: str | None) -> Iterator[Region]:
    """The Region of these options, closed at the end. Raises BaseFermee, PanneAttendue."""
    region = ouvrir_region(dossier_region(base_dir), HorlogeSysteme(), adresse=adresse_region(base))
    try:
        yield region
    finally:
        region.fermer()


def dossier_region(base_dir: Path | None) -> Path:
    """Where the Region's keys are."""
    return base_dir if base_dir is not None else dossier_du_poste(None) / "region"


def adresse_region(base: str | None) -> Adresse | None:
    """Where its data are, when elsewhere. Raises SaisieRefusee."""
    return None if base is None else lire_adresse(base)


def lister(
    json: bool, tous: Sequence[T], en_json: Callable[[T], object], en_lignes: Callable[[T], Iterable[str]], aucun: str
) -> None:
    """Prints each as JSON or as its lines; the sentence `aucun` when there is none."""
    if json:
        imprimer_json([en_json(lu) for lu in tous])
        return
    for lu in tous:
        for ligne in en_lignes(lu):
            imprimer(ligne)
    if not tous:
        imprimer(aucun)


def dire(json: bool, faits: dict[str, object], phrase: str) -> None:
    """Prints the facts as JSON, or the sentence."""
    if json:
        imprimer_json(faits)
    else:
        imprimer(phrase)
