"""What this desk knows of its computer's clock: how far it was from the Region's, and days that it saw already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from passdesk.services.liste_tenue import jour_passe
from passdesk.services.poste import ECART_TOLERE, Poste, etat_poste
from passdesk.storage.dernier_acte import dernier_acte


@dataclass(frozen=True, slots=True)
class HorlogeDouteuse:
    """`jours_d_ecart`: days from the Region's clock at the last exchange, 0 when it was right.

    `deja_vu`: a day that the desk worked on and that the clock (`dit`) says is still to come, None without one.
    """

    jours_d_ecart: int
    dit: date
    deja_vu: date | None = None


def horloge_douteuse(poste: Poste) -> HorlogeDouteuse | None:
    """Why the clock is not to be trusted to date what comes; None when nothing says so.

    Told without the network too: a flat battery puts the clock back by months, and every day of arrival with it. When
    it was the last act that a clock running ahead dated, the next one ends the doubt.
    """
    ecart, dit = etat_poste(poste).jours_d_ecart, poste.horloge.aujourdhui()
    vu = _deja_vu(poste)
    return HorlogeDouteuse(ecart, dit, vu) if ecart or vu is not None else None


def _deja_vu(poste: Poste) -> date | None:
    """The latest of the days that the Region signed and of the last act here; None within ECART_TOLERE."""
    signe, acte = jour_passe(poste.base), dernier_acte(poste.base)
    jours = [signe, acte.astimezone().date() if acte is not None else None]
    vu = max((jour for jour in jours if jour is not None), default=None)
    tolere = poste.horloge.aujourdhui() + timedelta(days=ECART_TOLERE.days)
    return vu if vu is not None and vu > tolere else None
