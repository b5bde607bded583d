"""What this desk says and keeps of people's data: whom to write to, how long a file stays; notice and register."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.dossier_personne import DossierPapier
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.fontes import sans_glyphe
from passdesk.services.dossier_personne import DossierDessine, dessiner_dossier
from passdesk.services.fiche import cle_de, corps_personne, propre
from passdesk.services.poste import NOM, TELEPHONE_AIDE, Poste, est_responsable
from passdesk.services.reglages import RECOURS_LIGNES, RECOURS_SIGNES
from passdesk.storage import agents, personnes
from passdesk.storage import poste as identite

CONTACT_DONNEES = "contact_donnees"
CONSERVATION = "conservation_mois"
CONSERVATION_DEFAUT = 24
"""Months after the last contact: CNIL, délibération 2023-095, social sector. The Region may say otherwise."""
CONSERVATION_MIN, CONSERVATION_MAX = 6, 120
VERSION_NOTICE = 1
"""Raised when what the notice says changes: who was given an earlier one is told again."""


@dataclass(frozen=True, slots=True)
class ReglagesDonnees:
    """`contact`: lines given by the Region, empty while nobody gave them; `conservation_mois` after the last contact.

    `guichet`, `telephone_aide`: as on the letters; `peut_regler`: whether this agent may change the others.
    """

    contact: tuple[str, ...]
    conservation_mois: int
    guichet: str
    telephone_aide: str
    peut_regler: bool
    le: date


@dataclass(frozen=True, slots=True)
class InformationRemise:
    """That the notice was given: the day, by whom ("" when unknown), which version of it."""

    le: date
    agent: str = field(repr=False)
    version: int

    @property
    def a_jour(self) -> bool:
        """False when the notice says something else since."""
        return self.version >= VERSION_NOTICE


def lire_donnees(poste: Poste) -> ReglagesDonnees:
    """The settings as they stand."""
    base = poste.base
    return ReglagesDonnees(
        tuple((identite.lire_texte(base, CONTACT_DONNEES) or "").splitlines()),
        int(identite.lire_texte(base, CONSERVATION) or CONSERVATION_DEFAUT),
        identite.lire_texte(base, NOM) or "Guichet du pass numérique",
        identite.lire_texte(base, TELEPHONE_AIDE) or "",
        est_responsable(poste),
        poste.horloge.aujourdhui(),
    )


def regler_contact_donnees(poste: Poste, lignes: str) -> None:
    """Whom to write to about one's data, its lines parted as a text is, or by "|"; none: the desk alone.

    Raises SaisieRefusee: "reglage_reserve", "contact_donnees_refuse" (more than the notice holds),
    "adresse_recours_signes" (no typeface has them).
    """
    _reserver(poste)
    lues = (" ".join(ligne.split()) for ligne in lignes.replace("|", "\n").splitlines())
    propres = [ligne for ligne in lues if ligne]
    if len(propres) > RECOURS_LIGNES or any(len(ligne) > RECOURS_SIGNES for ligne in propres):
        raise SaisieRefusee("contact_donnees_refuse", lignes=RECOURS_LIGNES, signes=RECOURS_SIGNES)
    inconnus = sans_glyphe(" ".join(propres), gras=True)
    if inconnus:
        raise SaisieRefusee("adresse_recours_signes", signes=" ".join(inconnus))
    identite.ecrire_texte(poste.base, CONTACT_DONNEES, "\n".join(propres) or None)


def regler_conservation(poste: Poste, mois: int) -> None:
    """Months after the last contact. Raises SaisieRefusee: "reglage_reserve", "conservation_refusee"."""
    _reserver(poste)
    if not CONSERVATION_MIN <= mois <= CONSERVATION_MAX:
        raise SaisieRefusee("conservation_refusee", mini=CONSERVATION_MIN, maxi=CONSERVATION_MAX)
    identite.ecrire_texte(poste.base, CONSERVATION, str(mois))


def noter_information(poste: Poste, personne_id: str) -> InformationRemise:
    """Records that the notice was given to this person now. Raises SaisieRefusee("personne_absente").

    In the body of `personne.modifier` (protocol §4, the list of types is closed): it goes with the person.
    """
    lue = personnes.get(poste.base, personne_id)
    if lue is None:
        raise SaisieRefusee("personne_absente")
    sienne, ajout = propre(poste, lue)
    cle = cle_de(poste, sienne)
    le = poste.horloge.aujourdhui()
    dite = {"information": {"le": le.isoformat(), "version": VERSION_NOTICE}}
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.modifier", lue.personne_id, {**corps_personne(sienne, cle), **ajout, **dite})
    agent = agents.get(poste.base, poste.agent_id)
    return InformationRemise(le, agent.nom if agent else "", VERSION_NOTICE)


def information_remise(poste: Poste, personne_id: str) -> InformationRemise | None:
    """The latest notice given to this person, or to a record merged into theirs; None when none was noted."""
    dit = personnes.derniere_parole(poste.base, personne_id, "information")
    if dit is None:
        return None
    agent = agents.get(poste.base, dit.agent_id)
    return InformationRemise(
        date.fromisoformat(dit.valeur["le"]), agent.nom if agent else "", int(dit.valeur["version"])
    )


def dessiner_notice(contenu: DossierPapier) -> DossierDessine:
    """The notice, in memory; it names nobody."""
    return dessiner_dossier(contenu, "notice-information.pdf")


def dessiner_registre(contenu: DossierPapier) -> DossierDessine:
    """The page of the register, in memory."""
    return dessiner_dossier(contenu, "registre-des-traitements.pdf")


def _reserver(poste: Poste) -> None:
    if not est_responsable(poste):
        raise SaisieRefusee("reglage_reserve")
