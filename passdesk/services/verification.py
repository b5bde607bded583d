"""Checks pass at the desk, without network: what was scanned, typed, or stands in a picture; and the Region's list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.francais import date_longue
from passdesk.printing import lecture
from passdesk.printing.pages_pdf import octets_de
from passdesk.protocol.certificat import Certificat, est_certificat, lire_certificat
from passdesk.protocol.confiance import Confiance, lire_confiance
from passdesk.protocol.pass_token import lire_pass, sans_azerty
from passdesk.protocol.serie import lire_serie
from passdesk.protocol.verdict import LISTE_JOURS_MAX, Verdict, porte_notre_magie, verifier_code
from passdesk.services import poste as noms
from passdesk.services.carnet_du_poste import FAUX, INCONNU_ICI, Constat, constater
from passdesk.services.liste_tenue import jour_passe, liste_tenue
from passdesk.services.poste import Poste
from passdesk.storage import campagnes, cle_pass
from passdesk.storage import poste as identite
from passdesk.storage.engine import Base

FichierOuvert = lecture.Fichier
"""A file opened to be read; `pages`: how many it has."""
LISTE_JOURS_ALERTE = 30
"""From this age on, in days, a list is told to be old, and a good pass is shown with reserve (contracts §3)."""
LONGUEUR_TAPEE = 60
"""Characters above which nobody typed it: a reader did."""
FRAICHE, AGEE, TROP_ANCIENNE, ABSENTE = "fraiche", "agee", "trop_ancienne", "absente"
A_VENIR = "a_venir"


@dataclass(frozen=True, slots=True)
class EtatListe:
    """The Region's list held here. `age`: FRAICHE, AGEE (told), TROP_ANCIENNE (no pass is good by it), ABSENTE, or
    A_VENIR: made on a day that this computer says is to come. Its clock is behind, and nobody knows the age.
    """

    age: str
    faite_le: date | None = None
    jours: int = 0


@dataclass(frozen=True, slots=True)
class Controle:
    """One check. `reserve`: good, but to be looked at twice (old list, no list, past its day).

    `campagne`: its label, "" when not known; `annulation`, `perime`: why the list voids the number typed, for a pass
    that cannot be scanned any more, and that its campaign is over; `fait_a`: when it was checked (UTC). `constat`: what
    the desk knows by its own carnets; it adds to the verdict, which is a place's (contracts §3), and never makes it
    better.
    """

    verdict: Verdict
    liste: EtatListe
    reserve: bool
    campagne: str
    annulation: str | None
    fait_a: datetime
    constat: Constat = INCONNU_ICI
    perime: bool = False

    @property
    def a_refuser(self) -> bool:
        """True when something known here forbids it, whatever the verdict."""
        constat = self.constat
        return self.annulation is not None or constat.sorti or constat.bloque or self.perime or constat.code == FAUX


@dataclass(frozen=True, slots=True)
class Controles:
    """The checks of one scan or one file, in reading order, and how many covers were among them."""

    controles: tuple[Controle, ...] = field(repr=False)
    couvertures: int = 0


def trier(tapes: Iterable[str], lus: Iterable[str]) -> tuple[list[str], list[Certificat]]:
    """The codes that get a verdict, in order, and the certificates.

    In files, what is not ours is left out, as is a pass already seen; what was typed always gets its verdict.
    """
    textes: list[str] = []
    certificats: list[Certificat] = []
    for texte in tapes:
        certificat = lire_certificat(texte)
        # What was typed and is no certificate gets its verdict, even when it begins like one.
        if certificat:
            certificats.append(certificat)
        else:
            textes.append(texte)
    for texte in lus:
        certificat = lire_certificat(texte)
        if certificat:
            certificats.append(certificat)
        elif porte_notre_magie(texte) and texte not in textes:
            textes.append(texte)
    return textes, certificats


def ouvrir_fichier(source: Path | bytes) -> FichierOuvert:
    """A picture or a PDF, told apart by what is in it, to be read page by page in the thread that draws.

    SaisieRefusee: "fichier_illisible", "fichier_trop_gros", "pdf_protege".
    """
    return lecture.ouvrir(source)


def lire_page(fichier: FichierOuvert, page: int) -> tuple[str, ...]:
    """The codes of one page, 0 is the first. SaisieRefusee as `ouvrir_fichier`."""
    return tuple(lecture.lire_page(fichier, page))


def etat_liste(poste: Poste) -> EtatListe:
    """The list held, and its age today."""
    return _etat(liste_tenue(poste.base), poste.horloge.aujourdhui())


def controler(poste: Poste, tapes: Sequence[str] = (), lus: Sequence[str] = ()) -> Controles:
    """The verdicts of what was typed or scanned, and of what was read in files.

    Nothing is kept: neither the pass nor the verdict. SaisieRefusee("verification_sans_region") before enrolment.
    """
    racine = identite.lire_octets(poste.base, noms.RACINE)
    if racine is None:
        raise SaisieRefusee("verification_sans_region")
    jour, liste = poste.horloge.aujourdhui(), liste_tenue(poste.base)
    # A clock that is behind would make an expired pass good again, and the keys of today not yet begun.
    verifie_le = max(jour, jour_passe(poste.base) or jour)
    textes, certificats = trier(tapes, lus)
    couvertures = len(certificats)
    if liste is None:
        # What this desk printed is checked even before the first list.
        certificats += cle_pass.certificats(poste.base)
    # A reader in keyboard mode may spoil the letters of a cover: it is still no pass.
    abimees = [t for t in textes if len(t) > LONGUEUR_TAPEE and est_certificat(sans_azerty(t))]
    textes = [texte for texte in textes if texte not in abimees]
    controles = (
        _controle(poste, verifier_code(texte, racine, liste, certificats, verifie_le), liste, jour, verifie_le)
        for texte in textes
    )
    return Controles(tuple(controles), couvertures + len(abimees))


def prendre_liste(poste: Poste, source: Path | bytes) -> EtatListe:
    """Takes a list received otherwise than by sending (a stick, a message); the same one again changes nothing.

    SaisieRefusee: "verification_sans_region", "liste_d_ailleurs" (another Region's), "liste_abimee" (signature, cut),
    "liste_plus_ancienne" (than the one held); "fichier_illisible" and "fichier_trop_gros" as `ouvrir_fichier`.
    """
    racine = identite.lire_octets(poste.base, noms.RACINE)
    if racine is None:
        raise SaisieRefusee("verification_sans_region")
    octets = octets_de(source)
    try:
        recue = lire_confiance(octets, racine)
    except SaisieRefusee as refus:
        ailleurs = refus.faits.get("raison") == "racine"
        raise SaisieRefusee("liste_d_ailleurs" if ailleurs else "liste_abimee") from None
    if depassee(poste.base, recue):
        raise SaisieRefusee("liste_plus_ancienne", recue=date_longue(recue.faite_le))
    identite.ecrire_octets(poste.base, noms.CONFIANCE, octets)
    return etat_liste(poste)


def _plus_ancienne(une: Confiance, autre: Confiance) -> bool:
    """True when `une` was made before `autre`. A Region put back from a copy counts again from a lower rank, later."""
    return une.generation < autre.generation and une.faite_le <= autre.faite_le


def depassee(base: Base, recue: Confiance) -> bool:
    """True when the list held is newer than the one received."""
    tenue = liste_tenue(base)
    return tenue is not None and _plus_ancienne(recue, tenue)


def _etat(liste: Confiance | None, jour: date) -> EtatListe:
    if liste is None:
        return EtatListe(ABSENTE)
    jours = (jour - liste.faite_le).days
    if jours < -1:
        # One day of difference is a time zone.
        return EtatListe(A_VENIR, liste.faite_le)
    jours = max(0, jours)
    age = TROP_ANCIENNE if jours > LISTE_JOURS_MAX else AGEE if jours > LISTE_JOURS_ALERTE else FRAICHE
    return EtatListe(age, liste.faite_le, jours)


def _controle(poste: Poste, verdict: Verdict, liste: Confiance | None, jour: date, verifie_le: date) -> Controle:
    etat = _etat(liste, jour)
    campagne = liste.campagne(verdict.campagne) if liste is not None and verdict.campagne is not None else None
    annulation, constat, perime = None, INCONNU_ICI, False
    token = lire_pass(verdict.code)
    if verdict.raison == "en_ligne_seulement" and (serie := lire_serie(verdict.code)) is not None:
        constat = constater(poste, serie.campagne, serie.carnet, serie.rang, serie)
        connue = campagnes.get(poste.base, serie.campagne) or (liste.campagne(serie.campagne) if liste else None)
        perime = connue is not None and verifie_le > connue.fin_tolerance
        if liste is not None:
            annulation = liste.raison_annulation(serie.campagne, serie.carnet, serie.rang)
    elif token is not None and verdict.verdict in ("valide", "inconnu"):
        constat = constater(poste, token.campagne, token.carnet, token.rang)
    return Controle(
        verdict,
        etat,
        reserve=verdict.verdict == "valide"
        and (verdict.raison is not None or etat.age != FRAICHE or constat.sorti or constat.bloque),
        campagne=campagne.libelle if campagne is not None else "",
        annulation=annulation,
        fait_a=poste.horloge.maintenant(),
        constat=constat,
        perime=perime,
    )
