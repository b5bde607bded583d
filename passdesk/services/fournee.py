"""A *fournée*: many carnets printed in a row, then one question about all of them (decision 0039).

Nothing here is kept beside the log: which carnets wait, and which went without an answer, is read from their states.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.gabarit import Gabarit, Support, gabarit_pour, gabarit_sur
from passdesk.domain.phonetique import replier
from passdesk.domain.tirage import ReponseFournee, Tirage, sorties
from passdesk.printing.pile_pdf import PilePdf
from passdesk.protocol.serie import serie_carnet
from passdesk.services.feuilles import feuilles_posees, poser_feuilles
from passdesk.services.impression import (
    DOSSIER_PAPIER,
    TravailImpression,
    inscrire_sortie,
    lancer_impression,
    nom_fournee,
    retirer_fichiers,
)
from passdesk.services.nom_couverture import nom_imprime
from passdesk.services.poste import Poste
from passdesk.services.tirages import dernier_tirage, feuilles_qui_manquent
from passdesk.storage import carnets, personnes

Cle = tuple[int, int]
"""A carnet: its campaign, its number."""


@dataclass(frozen=True, slots=True)
class CarnetFournee:
    """A carnet of the pile. `gros`: in large print. `feuilles`: those that went, or that are to go when not all are;
    empty for a whole carnet that waits.
    """

    carnet: Carnet
    serie: str
    titulaire: str = field(repr=False)
    gros: bool
    feuilles: tuple[int, ...] = ()

    @property
    def cle(self) -> Cle:
        """Its campaign and number."""
        return self.carnet.campagne, self.carnet.numero

    def gabarit(self, support: Support) -> Gabarit:
        """How it goes on this paper."""
        return gabarit_sur(support, gros=self.gros)

    def nombre_feuilles(self, support: Support) -> int:
        """Sheets that go to the printer, or that went."""
        return len(self.feuilles) or self.gabarit(support).nombre_feuilles(self.carnet.taille)


@dataclass(frozen=True, slots=True)
class FourneeEnQuestion:
    """Carnets that went together and whose fate was not told, in the order in which they went. `quand`: UTC, the first.

    `imprimante`: its name, "" for a file.
    """

    fournee: str
    carnets: tuple[CarnetFournee, ...]
    quand: datetime
    imprimante: str


@dataclass(frozen=True, slots=True)
class VueFournee:
    """What waits for its printing, in the order of the pile; the batch to be asked about; how many are blocked."""

    a_imprimer: tuple[CarnetFournee, ...]
    question: FourneeEnQuestion | None
    bloques: int


def voir_fournee(poste: Poste) -> VueFournee:
    """The pile is in the order of names, as the mediator sorts it: the carnets of one person follow each other."""
    attribues = [suivi.carnet for suivi in carnets.par_etat(poste.base, Etat.ATTRIBUE)]
    libres = [_situer(poste, carnet, dernier_tirage(poste, carnet)) for carnet in attribues if not carnet.rangs_bloques]
    libres.sort(key=lambda situe: situe[0])
    bloques = sum(bool(carnet.rangs_bloques) for carnet in attribues)
    return VueFournee(tuple(carnet for _, carnet in libres), _en_question(poste), bloques)


def compter_en_question(poste: Poste) -> int:
    """How many carnets went together and wait for the answer."""
    question = _en_question(poste)
    return len(question.carnets) if question is not None else 0


def commencer_fournee(poste: Poste) -> str:
    """The name that the printings of one batch bear in the log; nothing is recorded yet."""
    return poste.base.nouvel_id()


def lancer_de_la_fournee(
    poste: Poste, fournee: str, suivant: CarnetFournee, support: Support, imprimante: str
) -> TravailImpression:
    """Commits that this carnet, or what is missing of it now, goes to the printer, just before it does.

    Raises SaisieRefusee: "carnet_non_imprimable" (it waits no more: printed or answered elsewhere meanwhile),
    "nom_dans_un_fichier" (its cover bears a name, and there is no printer), and what `lancer_impression` raises.
    """
    carnet = carnets.get(poste.base, *suivant.cle)
    if carnet is None or carnet.etat is not Etat.ATTRIBUE:
        raise SaisieRefusee("carnet_non_imprimable")
    manquent = feuilles_qui_manquent(dernier_tirage(poste, carnet), carnet.taille)
    couverture = not manquent or 1 in manquent
    if not imprimante and couverture and nom_imprime(poste, carnet, None) is not None:
        # No file of the desk bears a name (decision 0037): alone, it goes where the agent says.
        raise SaisieRefusee("nom_dans_un_fichier")
    return lancer_impression(
        poste,
        *suivant.cle,
        manquent or None,
        suivant.gabarit(support),
        imprimante,
        fournee=fournee,
    )


def repondre_fournee(poste: Poste, question: FourneeEnQuestion, reponse: ReponseFournee) -> None:
    """Records what came out of the batch, all of it in one act; the file goes.

    A carnet answered on its own meanwhile keeps that answer. Raises SaisieRefusee("papier_deja_confirme" |
    "feuille_inconnue").
    """
    if reponse.sortie == "arrete" and not _existe(question.carnets, reponse):
        raise SaisieRefusee("feuille_inconnue", feuilles=max(len(c.feuilles) for c in question.carnets))
    dites = zip(question.carnets, sorties([c.feuilles for c in question.carnets], reponse), strict=True)
    attendus = []
    for lance, (sortie, feuille) in dites:
        carnet = carnets.get(poste.base, *lance.cle)
        if carnet is not None and carnet.etat is Etat.A_CONFIRMER_IMPRESSION:
            attendus.append((carnet, sortie, feuille))
    if not attendus:
        raise SaisieRefusee("papier_deja_confirme")
    with poste.base.acte(poste.agent_id) as acte:
        for carnet, sortie, feuille in attendus:
            inscrire_sortie(acte, carnet, sortie, feuille)
    retirer_fichiers(poste.dossier / DOSSIER_PAPIER, f"{nom_fournee(question.fournee)}*")


def fichier_de_la_fournee(dossier: Path, fournee: str) -> Path | None:
    """The file of a batch that went to no printer, while it is asked about. `dossier`: the desk's folder."""
    return feuilles_posees(dossier / DOSSIER_PAPIER / f"{nom_fournee(fournee)}.pdf")


def _existe(pile: Sequence[CarnetFournee], reponse: ReponseFournee) -> bool:
    return 0 <= reponse.carnet < len(pile) and reponse.feuille in pile[reponse.carnet].feuilles


def _en_question(poste: Poste) -> FourneeEnQuestion | None:
    """The batch that has waited longest for its answer."""
    partis: dict[str, list[tuple[Tirage, tuple[str, ...], CarnetFournee]]] = {}
    for suivi in carnets.par_etat(poste.base, Etat.A_CONFIRMER_IMPRESSION):
        tirage = dernier_tirage(poste, suivi.carnet)
        if tirage is not None and tirage.fournee:
            place, carnet = _situer(poste, suivi.carnet, tirage)
            partis.setdefault(tirage.fournee, []).append((tirage, place, replace(carnet, feuilles=tirage.feuilles)))
    if not partis:
        return None
    fournee, lances = min(partis.items(), key=lambda groupe: min(lance[0].quand for lance in groupe[1]))
    lances.sort(key=lambda lance: (lance[0].quand, lance[1]))
    premier = lances[0][0]
    return FourneeEnQuestion(fournee, tuple(lance[2] for lance in lances), premier.quand, premier.imprimante)


def _situer(poste: Poste, carnet: Carnet, tirage: Tirage | None) -> tuple[tuple[str, ...], CarnetFournee]:
    """A carnet, and what its place in the pile goes by."""
    personne = personnes.get(poste.base, carnet.personne_id)
    serie = serie_carnet(carnet.campagne, carnet.numero)
    if personne is None:
        return ("", "", carnet.personne_id, serie), CarnetFournee(carnet, serie, "", gros=False)
    gros = tirage.gabarit.gros if tirage is not None else gabarit_pour(personne.besoins).gros
    manquent = feuilles_qui_manquent(tirage, carnet.taille)
    nom = replier(personne.nom_usage or personne.nom_naissance), replier(personne.prenoms)
    return (*nom, carnet.personne_id, serie), CarnetFournee(carnet, serie, personne.nom_courant, gros, manquent)


class FichierFournee:
    """The border to paper of a batch without a printer: the carnets in one PDF, in order, whole or not at all.

    Lives in one thread. What is not ended is swept at the next opening: nobody has seen it.
    """

    def __init__(self, dossier: Path, fournee: str) -> None:
        self._chemin = dossier / f"{nom_fournee(fournee)}.pdf"
        self._provisoire = self._chemin.with_suffix(".partiel")
        self._flux: BinaryIO | None = None
        self._pile: PilePdf | None = None

    def sortir(self, papier: Papier, nom: str) -> Path:
        """Lays the sheets of one carnet on the pile; where the file will be. Raises PanneAttendue."""
        try:
            if self._pile is None:
                self._chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._flux = self._provisoire.open("wb")
                self._pile = PilePdf(self._flux, "PassDesk carnets")
            self._pile.ajouter(papier.pdf)
        except OSError:
            self.abandonner()
            raise PanneAttendue("fournee_non_ecrite", fichier=nom) from None
        return self._chemin

    def finir(self) -> Path | None:
        """Ends the file, which can now be opened; None when it holds no carnet. Raises PanneAttendue."""
        if self._pile is None or self._flux is None:
            return None
        try:
            self._pile.finir()
            self._flux.flush()
            os.fsync(self._flux.fileno())
            self._flux.close()
            pose = poser_feuilles(self._provisoire, self._chemin)
        except OSError:
            self.abandonner()
            raise PanneAttendue("fournee_non_ecrite") from None
        self._pile = self._flux = None
        return pose

    def abandonner(self) -> None:
        """Leaves nothing of it."""
        if self._flux is not None:
            with contextlib.suppress(OSError):
                self._flux.close()
        self._pile = self._flux = None
        with contextlib.suppress(OSError):
            self._provisoire.unlink(missing_ok=True)
