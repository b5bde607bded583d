"""What was looked at for a request, paper by paper: which one met each requirement, or why none did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.demande import Dossier, JustificatifPresente
from passdesk.domain.justificatif import EtatPiece, juger_piece, meilleur_etat, premier_jour_accepte
from passdesk.domain.reglement import Reglement


@dataclass(frozen=True, slots=True)
class ExigenceExaminee:
    """A requirement of the règlement and what was shown for it. `preuves`: the proofs that would meet it.

    `etat`: what the best paper shown is worth, None when none was; `piece`: that paper; `date_debut`: the first day a
    paper may be dated, None without a limit; `article`: the text, "" when only the Region can say.
    """

    preuves: tuple[str, ...]
    etat: EtatPiece | None
    piece: JustificatifPresente | None = field(repr=False)
    date_debut: date | None
    article: str
    a_confirmer: bool

    @property
    def remplie(self) -> bool:
        """True when a paper met it."""
        return self.etat == "bonne"


def examiner(dossier: Dossier, reglement: Reglement) -> tuple[ExigenceExaminee, ...]:
    """Every requirement asked of the dossier's public, in the order of the règlement; the latest of equal papers."""
    jusqu_au = reglement.dates_acceptees_jusqu_au.valeur
    examinees = []
    for exigence in reglement.exigences:
        if dossier.public not in exigence.publics:
            continue
        juges = [
            (juger_piece(piece, exigence.moins_de_mois, dossier.arrivee_le, jusqu_au), piece)
            for piece in dossier.justificatifs
            if piece.type in exigence.preuves
        ]
        etat = meilleur_etat(juge for juge, _ in juges)
        meilleures = [piece for juge, piece in juges if juge == etat]
        examinees.append(
            ExigenceExaminee(
                preuves=exigence.preuves,
                etat=etat,
                piece=max(meilleures, key=lambda p: (p.date or date.min, p.type), default=None),
                date_debut=premier_jour_accepte(exigence.moins_de_mois, dossier.arrivee_le),
                article=exigence.source,
                a_confirmer=exigence.a_confirmer,
            )
        )
    return tuple(examinees)
