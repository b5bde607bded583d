"""`passdesk regles simuler`: a règlement tried on a table of cases, before the Region publishes it (contracts §1)."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Annotated, TextIO

import typer

from passdesk.cli.sortie import OptionBaseDir, OptionJson, imprimer, imprimer_json, lire_octets, refuser_une_entree
from passdesk.domain.csv_francais import ENTETE_UTF8, ligne_csv
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.evaluation import Decision
from passdesk.domain.francais import milliers
from passdesk.domain.lecture_reglement import lire_reglement
from passdesk.domain.motif import CODES_MOTIF, Motif
from passdesk.domain.reglement import Reglement
from passdesk.services.cas import CasLu, TableDeCas
from passdesk.services.reglements_connus import reglements_livres
from passdesk.services.simulation import BilanSimulation, CasSimule, simuler
from passdesk.storage.fichiers import nom_provisoire
from passdesk.ui.messages import message, phrase_motif
from passdesk.ui.messages.motifs import PIECES

EN_TETES = (
    "Ligne", "Identifiant", "Arrivée", "Public", "Règlement", "Issue", "Pass", "Carnets", "Reste", "Motifs", "Raisons",
    "Pièces manquantes",
)  # fmt: skip
EN_TETES_COMPARAISON = ("Règlement comparé", "Issue comparée", "Pass comparés", "Motifs comparés", "Change")
LIGNES_DITES = 20
"""Unreadable rows told one by one; the others are counted, and all stand in the output table."""

PREMIER_MOT, RYTHME = 1.0, 5.0
"""Seconds before the first word of progress, then between two of them."""


def simuler_cas(
    cas: Annotated[Path, typer.Argument(metavar="CAS.csv", help="Table des cas, une ligne par demande.")],
    reglement: Annotated[
        list[Path],
        typer.Option("--reglement", metavar="FICHIER.toml", help="À essayer ; plusieurs : le jour d’arrivée choisit."),
    ],
    out: Annotated[Path | None, typer.Option("--out", metavar="FICHIER.csv", help="Table des réponses.")] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Dit aussi ce qui change avec les règlements en vigueur.")
    ] = False,
    base_dir: OptionBaseDir = None,  # noqa: ARG001
    json_: OptionJson = False,
) -> None:
    """Essaie un règlement sur une table de cas, avant de le publier. Rien n’est enregistré.

    La table est un CSV (UTF-8 ou Windows-1252, « ; » ou « , »). Ses colonnes sont décrites dans
    resources/reglements/LISEZMOI.md. Une ligne illisible est signalée, et les autres sont jugées.
    """
    essayes = tuple(lire_reglement(lire_octets(fichier), fichier.name) for fichier in reglement)
    _verifier_distincts(essayes)
    table = TableDeCas(cas)
    if out is not None:
        refuser_une_entree(out, cas, *reglement)
    bilan = BilanSimulation()
    juges = simuler(table, essayes, bilan, compares=reglements_livres() if compare else ())
    with _sortie(out) as flux:
        if flux is not None:
            flux.write(ENTETE_UTF8 + ligne_csv((*EN_TETES, *(EN_TETES_COMPARAISON if compare else ()))))
        suivi = _Suivi()
        for simule in juges:
            if simule.decision is None:
                suivi.illisible(simule.cas)
            if flux is not None:
                flux.write(ligne_csv(_cellules(simule, compare)))
            suivi.avancer(bilan.lignes)
    suivi.finir()
    imprimer_json(_en_json(bilan, compare)) if json_ else _dire(bilan, compare, out)


class _Suivi:
    """What is told on the error output while the rows go by."""

    def __init__(self) -> None:
        self._prochain = time.monotonic() + PREMIER_MOT
        self._illisibles = 0

    def illisible(self, cas: CasLu) -> None:
        self._illisibles += 1
        if self._illisibles <= LIGNES_DITES:
            print(message("cas_illisible", ligne=cas.ligne, colonne=cas.colonne, raison=cas.raison), file=sys.stderr)

    def avancer(self, lignes: int) -> None:
        if lignes % 256 == 0 and (maintenant := time.monotonic()) >= self._prochain:
            self._prochain = maintenant + RYTHME
            print(message("simulation_avance", lignes=milliers(lignes)), file=sys.stderr, flush=True)

    def finir(self) -> None:
        if self._illisibles > LIGNES_DITES:
            print(message("cas_illisibles_autres", nombre=self._illisibles - LIGNES_DITES), file=sys.stderr)


def _verifier_distincts(reglements: tuple[Reglement, ...]) -> None:
    for rang, un in enumerate(reglements):
        if un.id in {autre.id for autre in reglements[:rang]}:
            raise SaisieRefusee("reglement_donne_deux_fois", reglement=un.id)


@contextmanager
def _sortie(out: Path | None) -> Iterator[TextIO | None]:
    """The output table, put in its place once whole; None when none is asked."""
    if out is None:
        yield None
        return
    provisoire = nom_provisoire(out)
    try:
        ouvert = provisoire.open("x", encoding="utf-8", newline="")
    except OSError as panne:
        panne.filename = str(out)  # the one named: nobody knows the other
        raise
    with ouvert as flux:
        try:
            yield flux
            flux.close()
            provisoire.replace(out)
        finally:
            flux.close()
            provisoire.unlink(missing_ok=True)


def _cellules(simule: CasSimule, compare: bool) -> list[object]:
    dossier, decision = simule.cas.dossier, simule.decision
    if dossier is None or decision is None:
        raison = message("cas_illisible", ligne=simule.cas.ligne, colonne=simule.cas.colonne, raison=simule.cas.raison)
        return [simule.cas.ligne, "", "", "", "", "illisible", 0, "", 0, "", raison.quoi, ""]
    cellules: list[object] = [
        simule.cas.ligne,
        dossier.id,
        dossier.arrivee_le.isoformat(),
        dossier.public,
        decision.reglement,
        decision.issue,
        decision.pass_accordes,
        " ".join(str(taille) for taille in decision.carnets),
        decision.reste,
        _codes(decision),
        " ".join(_phrase(motif.code, tuple(motif.faits.items())) for motif in decision.motifs),
        " ; ".join(" ou ".join(PIECES[preuve] for preuve in preuves) for preuves in decision.manquants),
    ]
    if compare and simule.avant is not None:
        avant = simule.avant
        cellules += [avant.reglement, avant.issue, avant.pass_accordes, _codes(avant), simule.change]
    return cellules


@lru_cache(maxsize=1 << 14)
def _phrase(code: str, faits: tuple[tuple[str, str], ...]) -> str:
    return phrase_motif(Motif(code, "", False, dict(faits)))


def _codes(decision: Decision) -> str:
    return " ".join(motif.code for motif in decision.motifs)


def _en_json(bilan: BilanSimulation, compare: bool) -> dict[str, object]:
    dit: dict[str, object] = {
        "cas": bilan.lignes,
        "illisibles": bilan.illisibles,
        "pass": bilan.passes,
        "issues": {issue: bilan.issues[issue] for issue in ("accord", "incomplet", "refus")},
        "motifs": {code: bilan.motifs[code] for code in CODES_MOTIF if bilan.motifs[code]},
        "reglements": dict(sorted(bilan.reglements.items())),
        "pass_par_public": dict(sorted(bilan.publics.items())),
        "reserves": dict(sorted(bilan.reserves.items())),
    }
    if compare:
        dit["comparaison"] = {
            "changent": bilan.changes,
            "pass_en_vigueur": bilan.passes_avant,
            "passages": [
                {"avant": avant, "apres": apres, "cas": nombre}
                for (avant, apres), nombre in sorted(bilan.passages.items())
            ],
        }
    return dit


def _dire(bilan: BilanSimulation, compare: bool, out: Path | None) -> None:
    def ligne(nom: str, nombre: int) -> None:
        imprimer(f"  {milliers(nombre):>10}  {nom}")

    imprimer(f"{milliers(bilan.lignes)} cas, {milliers(bilan.passes)} pass accordés.")
    for issue in ("accord", "incomplet", "refus"):
        ligne(issue, bilan.issues[issue])
    if bilan.illisibles:
        ligne("lignes illisibles", bilan.illisibles)
    imprimer("Motifs :")
    for code in CODES_MOTIF:
        if bilan.motifs[code]:
            ligne(code, bilan.motifs[code])
    if bilan.reserves:
        imprimer("Pass pris sur chaque réserve :")
        for nom, nombre in sorted(bilan.reserves.items()):
            ligne(nom, nombre)
    if compare:
        imprimer(
            f"Par rapport aux règlements en vigueur : {milliers(bilan.changes)} réponses changent, "
            f"{milliers(bilan.passes_avant)} pass accordés avant."
        )
        for (avant, apres), nombre in sorted(bilan.passages.items()):
            ligne(f"{avant} → {apres}" if avant != apres else f"{avant}, autrement", nombre)
    if out is not None:
        imprimer(f"Réponses dans « {out.name} ».")
