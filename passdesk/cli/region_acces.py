"""What the commands of the Region share: where it is, how it is opened, how an act is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from passdesk.cli.region_texte import annonce, jour_de
from passdesk.cli.sortie import dossier_du_poste, imprimer, imprimer_json
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.server.adresse import Adresse, lire_adresse
from passdesk.server.gardes import ouvrir_les_anciens
from passdesk.server.postes import du_nom
from passdesk.server.region import PREAVIS_JOURS, Region, ouvrir_region
from passdesk.server.restauration import Attente, envois_attendus
from passdesk.server.revocation import PosteRegion, montrer_postes

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
    """The Region of these options, closed at the end. Raises BaseFermee, PanneAttendue.

    Where a command is refused because several desks have the name that it was given, each is said with its dates.
    """
    region = ouvrir_region(dossier_region(base_dir), HorlogeSysteme(), adresse=adresse_region(base))
    try:
        ouvrir_les_anciens(region)
        yield region
    except SaisieRefusee as refus:
        if refus.code != "poste_ambigu":
            raise
        nom = str(refus.faits["poste"])
        homonymes = dire_appareils(lu for lu in montrer_postes(region) if du_nom([lu.poste], nom))
        raise SaisieRefusee(refus.code, poste=nom, appareils=homonymes) from None
    finally:
        region.fermer()


def dire_appareils(postes: Iterable[PosteRegion]) -> str:
    """Devices as people tell them apart: id, when it was accepted, when it was last heard."""
    return " ; ".join(
        annonce(
            "poste_appareil" if lu.poste.vu_le else "poste_appareil_jamais_vu",
            appareil=lu.poste.device,
            enrole_le=lu.enrole_le,
            vu_le=jour_de(lu.poste.vu_le),
        )
        for lu in postes
    )


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
        for ligne in en_retrait(en_lignes(lu)):
            imprimer(ligne)
    if not tous:
        imprimer(aucun)


def dire_publication(region: Region) -> str:
    """The last day of the publication key, when it is near or gone by; "" before."""
    reste = region.jours_de_publication()
    if reste > PREAVIS_JOURS:
        return ""
    return (
        annonce("publication_bientot", jour=region.cles.lien_publication.dernier_jour)
        if reste >= 0
        else annonce("publication_expiree")
    )


def dire_suspension(attendus: Attente, postes: Iterable[PosteRegion]) -> list[str]:
    """Why a Region put back to a backup grants nothing, and what to do; nothing when it grants."""
    dites = []
    if attendus.envois:
        dites.append(annonce("attente_envois", postes=len(attendus.envois)))
    if attendus.lots:
        dites.append(annonce("attente_lots", lots=len(attendus.lots)))
    if attendus.vies:
        dites.append(annonce("attente_vies", postes=len(attendus.vies)))
    arretee = attendus.envois or attendus.lots
    dite_par = [lu.poste for lu in postes if arretee and lu.poste.device == attendus.dite_par]
    return dites + [annonce("attente_dite_par", poste=poste.nom, appareil=poste.device) for poste in dite_par]


def avec_l_attente(region: Region, phrase: str) -> str:
    """The sentence of what places are to hear; of a Region put back to a backup, also that its server waits to write
    it for them."""
    with region.magasin.lire() as tx:
        envois = len(envois_attendus(tx))
    return f"{phrase}\n{annonce('annonce_attend', postes=envois)}" if envois else phrase


def en_retrait(lignes: Iterable[str]) -> list[str]:
    """The lines about one thing, those after the first set in: where the next thing begins is seen."""
    return [ligne if rang == 0 else f"  {ligne}" for rang, ligne in enumerate(lignes)]


def dire(json: bool, faits: dict[str, object], phrase: str) -> None:
    """Prints the facts as JSON, or the sentence."""
    if json:
        imprimer_json(faits)
    else:
        imprimer(phrase)
