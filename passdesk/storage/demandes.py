"""The requests recorded at this desk, with the proofs seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from passdesk.domain.demande import Constat, JustificatifPresente
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, instant, jour, ligne, lignes, textes

OUVERTE, ACCORDEE, REFUSEE, INCOMPLETE, ABANDONNEE = "ouverte", "accordee", "refusee", "incomplete", "abandonnee"
CLOSES = (ACCORDEE, REFUSEE, ABANDONNEE)


@dataclass(frozen=True, slots=True)
class DemandeEnregistree:
    """A request as recorded. `etat`: "ouverte" | "accordee" | "refusee" | "incomplete" | "abandonnee".

    `motifs` and `reglement` are those of the last decision, empty and None before any. `canal`: of CANAUX, None when
    the request was recorded by a program that did not ask.
    """

    demande_id: str
    personne_id: str
    public: str | None
    prescripteur: str | None
    arrivee_le: date | None
    complementaire: bool
    commune: str | None = field(repr=False)
    naissance: date | None = field(repr=False)
    etablissement: str | None
    foyer: str | None
    etat: str
    motifs: tuple[str, ...]
    reglement: str | None
    constats: tuple[Constat, ...]
    cree: datetime
    modifie: datetime
    canal: str | None = None

    @property
    def justificatifs(self) -> tuple[JustificatifPresente, ...]:
        """The proofs seen, as the règlement judges them."""
        return tuple(constat.piece for constat in self.constats)


def _demande(base: Base, champs: Ligne) -> DemandeEnregistree:
    sql = (
        "SELECT type, date, vu_le, vu_par, constate, numerisation, pages FROM justificatif WHERE demande_id = ? "
        "ORDER BY rowid"
    )
    constats = tuple(
        Constat(
            JustificatifPresente(vu["type"], jour(vu["date"]), jour(vu["vu_le"])),
            vu["vu_par"],
            instant(vu["constate"]),
            vu["numerisation"],
            vu["pages"],
        )
        for vu in lignes(base, sql, [champs["demande_id"]])
    )
    return DemandeEnregistree(
        demande_id=champs["demande_id"],
        personne_id=champs["personne_id"],
        public=champs["public"],
        prescripteur=champs["prescripteur"],
        arrivee_le=jour(champs["arrivee_le"]),
        complementaire=bool(champs["complementaire"]),
        commune=champs["commune"],
        naissance=jour(champs["naissance"]),
        etablissement=champs["etablissement"],
        foyer=champs["foyer"],
        etat=champs["etat"],
        motifs=textes(champs["motifs"]),
        reglement=champs["reglement"],
        constats=constats,
        cree=instant(champs["cree"]),
        modifie=instant(champs["modifie"]),
        canal=champs["canal"],
    )


def get(base: Base, demande_id: str) -> DemandeEnregistree | None:
    """The request with this id, or None (also once its person was erased)."""
    trouvee = ligne(base, "SELECT * FROM demande WHERE demande_id = ?", [demande_id])
    return _demande(base, trouvee) if trouvee else None


def par_personne(base: Base, personne_id: str) -> tuple[DemandeEnregistree, ...]:
    """All requests of a person, oldest first."""
    sql = "SELECT * FROM demande WHERE personne_id = ? ORDER BY cree, demande_id"
    return tuple(_demande(base, champs) for champs in lignes(base, sql, [personne_id]))


def par_etat(base: Base, *etats: str) -> tuple[DemandeEnregistree, ...]:
    """All requests in these states, oldest first."""
    marques = ", ".join("?" for _ in etats)
    sql = f"SELECT * FROM demande WHERE etat IN ({marques}) ORDER BY cree, demande_id"  # noqa: S608
    return tuple(_demande(base, champs) for champs in lignes(base, sql, etats))


def jours_decides(base: Base) -> tuple[date, ...]:
    """The days of arrival of the requests that had an answer here, award, refusal or list of what to bring."""
    sql = "SELECT DISTINCT arrivee_le FROM demande WHERE reglement IS NOT NULL AND arrivee_le IS NOT NULL"
    return tuple(date.fromisoformat(trouve["arrivee_le"]) for trouve in lignes(base, sql))
