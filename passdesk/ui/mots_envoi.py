"""What the sync strip says: where the acts are, since when they wait, how far a sending is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from passdesk.domain.francais import ESPACE, MOIS, heure, milliers
from passdesk.services.avancement import Progres

RIEN = "rien à envoyer"
SUR = "rien n’est perdu"
SEUL = "l’envoi reprendra seul"
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

LONGTEMPS = timedelta(days=3)
"""What waits longer than this has a red badge, with a sign and in words."""

LONG = 4.0
"""Seconds after which an exchange is a long one: how far it is and how to stop it are shown."""

ESTIME = 5.0
"""Seconds of sending before the time left is guessed."""


@dataclass(frozen=True, slots=True)
class EtatEnvoi:
    """What the strip tells. `dernier_contact`: last answer of the Region (UTC); `en_cours`: a cycle is running.

    `attend_depuis`: when the first act that waits was recorded (UTC). `progres`: how far the cycle is, once known;
    `duree`: seconds it has lasted; `reste`: seconds it still needs, once known; `arrete`: somebody asked it to stop.
    `refus`: the sentence of what the Region did not accept; `panne`: of what stands between it and here.
    """

    relie: bool
    en_ligne: bool
    en_cours: bool
    a_envoyer: int
    dernier_contact: datetime | None
    progres: Progres | None = None
    refus: str | None = None
    panne: str | None = None
    attend_depuis: datetime | None = None
    duree: float = 0.0
    reste: float | None = None
    arrete: bool = False

    @property
    def long(self) -> bool:
        """There is something to send, and it takes a while."""
        return self.en_cours and self.progres is not None and self.progres.total > 0 and self.duree >= LONG

    def en_retard(self, maintenant: datetime) -> bool:
        """What waits has waited too long."""
        return (
            self.relie
            and self.a_envoyer > 0
            and self.attend_depuis is not None
            and maintenant - self.attend_depuis >= LONGTEMPS
        )


def phrase_envoi(etat: EtatEnvoi, maintenant: datetime, *, court: bool = False) -> tuple[str, str, tuple[str, ...]]:
    """Icon, bold words, then the other facts (guide §4, sync strip): the network, what waits, that nothing is lost;
    always in this order. `court`: there is room for one line only.
    """
    # The badge says since when.
    tard = etat.en_retard(maintenant)
    reste = f"{actes(etat.a_envoyer)} à envoyer" if tard else a_envoyer(etat, maintenant)
    # Nothing waits here: there is nothing that could be lost.
    faits: tuple[str, ...] = (reste, SUR) if etat.a_envoyer else (reste,)
    if not etat.relie:
        gardes = f"{actes(etat.a_envoyer)} gardé{'s' if etat.a_envoyer > 1 else ''} ici" if etat.a_envoyer else ""
        return "cloud-off", "Poste pas encore relié à la Région", (gardes or "tout est gardé ici",)
    if etat.en_cours and (etat.progres is not None or etat.a_envoyer):
        return "refresh", "Arrêt de l’envoi" if etat.arrete else "Envoi en cours", _progres(etat, court=court)
    cause = etat.refus or etat.panne
    if cause and court:
        # The cause takes the line: what waits, or its badge, and the height stays as it is.
        faits = () if tard else (f"{actes(etat.a_envoyer)} à envoyer" if etat.a_envoyer else RIEN,)
    if cause:
        return "alert-circle" if etat.refus else "cloud-off", cause.rstrip("."), faits
    if etat.en_ligne:
        return "cloud", "En ligne", (reste,) if etat.a_envoyer else ("tout est envoyé", *_reponse(etat, maintenant))
    if court and tard:
        return "cloud-off", "Hors ligne", faits
    return "cloud-off", _hors_ligne(etat, maintenant), (*faits, SEUL) if etat.a_envoyer and not court else faits


def attente(etat: EtatEnvoi, maintenant: datetime, *, court: bool = False) -> str:
    """ "En attente depuis 5 jours", the words of the badge; "" while nothing has waited too long."""
    if etat.en_cours or etat.attend_depuis is None or not etat.en_retard(maintenant):
        return ""
    duree = depuis(maintenant - etat.attend_depuis)
    return f"Depuis {duree}" if court else f"En attente depuis {duree}"


def temps_restant(debut: Progres, progres: Progres, ecoule: float) -> float | None:
    """Seconds left at the pace so far, by what the acts weigh; None while nothing can be said."""
    fait = progres.octets - debut.octets
    if ecoule < ESTIME or fait <= 0:
        return None
    return (progres.octets_total - progres.octets) * ecoule / fait


def actes(nombre: int) -> str:
    """ "1 acte", "14 actes"."""
    return f"{milliers(nombre)} acte{'s' if nombre > 1 else ''}"


def a_envoyer(etat: EtatEnvoi, maintenant: datetime) -> str:
    """ "14 actes à envoyer depuis mardi"; nobody is told since when as long as it is of this hour."""
    if not etat.a_envoyer:
        return RIEN
    depuis_quand = etat.attend_depuis
    reste = f"{actes(etat.a_envoyer)} à envoyer"
    if depuis_quand is None or maintenant - depuis_quand < timedelta(hours=1):
        return reste
    return f"{reste} depuis {jour_dit(depuis_quand.astimezone(), maintenant.astimezone())}"


def jour_dit(instant: datetime, maintenant: datetime) -> str:
    """ "9 h 42" of the same day, "hier", "mardi" of the last week, "le 3 mars", "le 3 mars 2025"; local times."""
    jours = (maintenant.date() - instant.date()).days
    if jours <= 0:
        return heure(instant)
    if jours == 1:
        return "hier"
    if jours < 7:
        return JOURS[instant.weekday()]
    return _le(instant.date(), maintenant.date())


def depuis(duree: timedelta) -> str:
    """ "2 jours", "3 heures", "12 minutes": the biggest unit that fits."""
    minutes = max(1, int(duree.total_seconds() // 60))
    for unite, taille in (("jour", 1440), ("heure", 60)):
        if minutes >= taille:
            nombre = minutes // taille
            return f"{nombre} {unite}{'s' if nombre > 1 else ''}"
    return f"{minutes} minute{'s' if minutes > 1 else ''}"


def taille(octets: int) -> str:
    """ "34 ko", "1,2 Mo": what a person compares, not what a disk holds."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000)) if octets else 0}{ESPACE}ko"
    return f"{octets / 1_000_000:.1f}".replace(".", ",") + f"{ESPACE}Mo"


def _progres(etat: EtatEnvoi, *, court: bool) -> tuple[str, ...]:
    progres = etat.progres
    if progres is None or not progres.total:
        return (f"{actes(etat.a_envoyer)} à envoyer",)
    if not etat.long:
        return (f"{milliers(progres.fait)} sur {milliers(progres.total)}",)
    mots = [f"{progres.fait} sur {actes(progres.total)}"]
    if not court:
        mots.append(f"{taille(progres.octets)} sur {taille(progres.octets_total)}")
    if etat.reste is not None and not etat.arrete:
        mots.append(_encore(etat.reste))
    return tuple(mots)


def _encore(secondes: float) -> str:
    if secondes < 60:
        return "moins d’une minute"
    return f"environ {depuis(timedelta(seconds=secondes))}"


def _hors_ligne(etat: EtatEnvoi, maintenant: datetime) -> str:
    duree = f" depuis {depuis(maintenant - etat.dernier_contact)}" if etat.dernier_contact else ""
    return f"Hors ligne{duree}"


def _reponse(etat: EtatEnvoi, maintenant: datetime) -> tuple[str, ...]:
    """When the Region last answered, if that was today; local time."""
    contact = etat.dernier_contact.astimezone() if etat.dernier_contact else None
    du_jour = contact is not None and contact.date() == maintenant.astimezone().date()
    return (f"dernière réponse à {heure(contact)}",) if contact is not None and du_jour else ()


def _le(jour: date, aujourdhui: date) -> str:
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    annee = "" if jour.year == aujourdhui.year else f" {jour.year}"
    return f"le {quantieme}{ESPACE}{MOIS[jour.month - 1]}{annee}"
