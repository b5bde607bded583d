"""The pass a person already received, here and at other desks: what the cap of 10 counts (mission, never 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from passdesk.domain.carnet import Etat
from passdesk.domain.demande import Anterieur
from passdesk.domain.evaluation import Decision
from passdesk.domain.visite import CarnetRecu
from passdesk.services.fiche import cle_de
from passdesk.services.lien import appareil_de
from passdesk.services.poste import Poste
from passdesk.storage import attributions, carnets, comptes, index_regional, personnes

JAMAIS_RECUS = frozenset({Etat.ANNULE, Etat.GACHE})
"""States of carnets that count for nobody (protocol §3)."""


@dataclass(frozen=True, slots=True)
class PassRecus:
    """Pass in force, oldest first. `ailleurs`: as far as the Region told."""

    ici: tuple[Anterieur, ...]
    ailleurs: tuple[Anterieur, ...]
    fiches: frozenset[str] = frozenset()
    """The records of this desk that they were awarded to."""

    @property
    def tous(self) -> tuple[Anterieur, ...]:
        """All of them, oldest first."""
        return tuple(sorted((*self.ici, *self.ailleurs), key=lambda a: a.le))


def pass_recus(
    poste: Poste,
    personne_id: str | None,
    cle: bytes | None,
    *,
    homonyme: bool = False,
    sans_parole: bool = False,
    avec: str | None = None,
) -> PassRecus:
    """What this person received, known by id, by blind key or by both; each award counts once.

    Under every name and birth date that the person was ever recorded with here: correcting them forgets nothing. By
    its records alone under a key that a *responsable* said to be a homonym's, before or in this visit (`homonyme`);
    `sans_parole`: as if nothing of the kind had been said.
    `avec`: another record, counted as it would be once merged into this person's.
    """
    base, appareil = poste.base, appareil_de(poste.base)
    if cle is None and personne_id is not None:
        # Recorded without a key (before the desk was enrolled): it is computed now, or an award elsewhere is missed.
        personne = personnes.get(base, personne_id)
        cle = cle_de(poste, personne) if personne is not None else None
    dites: set[bytes] = set()
    if personne_id is not None and not sans_parole:
        dites |= set(personnes.homonymes_de(base, personne_id, avec=avec))
    dites |= {cle} if homonyme and cle else set()
    siennes = personnes.fiches_de(base, personne_id, avec=avec)
    fiches = personnes.fiches_de(base, personne_id, *(personnes.cles_portees(base, siennes) | {cle}) - dites, avec=avec)
    connues = personnes.cles_de(base, fiches, toutes=sans_parole)
    cles = {une for une in connues | {cle} if une and not (une == cle and une in dites)}
    ailleurs: list[Anterieur] = []
    dits_d_ici: list[Anterieur] = []
    for une in cles:
        ailleurs += index_regional.anterieurs(base, une, sauf_poste=appareil)
        dits_d_ici += index_regional.anterieurs_du_poste(base, une, appareil) if appareil else ()
    homonymes = {fiche for une in cles for fiche in personnes.fiches_de(base, None, une)}
    perdus = _au_dela(dits_d_ici, attributions.pass_emis(base, fiches | homonymes))
    venus = tuple(sorted((*ailleurs, *perdus), key=lambda a: a.le))
    return PassRecus(attributions.anterieurs_de(base, *fiches), venus, frozenset(fiches))


def carnets_recus(poste: Poste, recus: PassRecus, decision: Decision | None) -> tuple[CarnetRecu, ...]:
    """The same, carnet by carnet for those of this desk, oldest first; empty unless they are why the answer is no."""
    if decision is None or all(motif.code != "plafond_atteint" for motif in decision.motifs):
        return ()
    ici = tuple(
        CarnetRecu(
            carnet.taille,
            carnet.remis_le or attribution.le,
            carnet.etat,
            carnet.dernier_jour,
            carnet,
        )
        for fiche in recus.fiches
        for attribution in attributions.par_personne(poste.base, fiche)
        for carnet in (suivi.carnet for suivi in carnets.par_attribution(poste.base, attribution.attribution_id))
        if attribution.etat == attributions.EN_VIGUEUR and carnet.etat not in JAMAIS_RECUS
        if carnet.etat is not Etat.RETOURNE or carnet.remis_le is not None
    )
    ailleurs = (CarnetRecu(a.nombre, a.le) for a in recus.ailleurs)
    return tuple(sorted((*ici, *ailleurs), key=lambda recu: recu.le))


def totaux(poste: Poste, personnes_id: Sequence[str]) -> dict[str, int]:
    """How many pass each of these persons received; most of them in one query for all."""
    base = poste.base
    recus = comptes.pass_sans_detour(base, personnes_id, appareil_de(base))
    for personne_id in personnes_id:
        if personne_id not in recus:
            tous = pass_recus(poste, personne_id, personnes.cle_de(base, personne_id)).tous
            recus[personne_id] = sum(a.nombre for a in tous)
    return recus


def _au_dela(dits: Sequence[Anterieur], connus: int) -> tuple[Anterieur, ...]:
    """Awards of this very desk that the Region tells and its log no more: its base was put back from a copy."""
    en_trop = sum(a.nombre for a in dits) - connus
    perdus: list[Anterieur] = []
    for anterieur in sorted(dits, key=lambda a: a.le, reverse=True):
        if sum(a.nombre for a in perdus) < en_trop:
            perdus.append(anterieur)
    return tuple(perdus)
