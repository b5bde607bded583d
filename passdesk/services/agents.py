"""The agents of a desk: one comes, one leaves, one changes the passphrase; the data key is wrapped again, never told.

Roles guide rather than protect (protocol §1): whoever opens the base has its key. Whoever leaves opens nothing of the
desk as it stands, nor of the backups made from then on; an earlier copy keeps what it had (decision 0046).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services.phrase import LONGUEUR_PHRASE
from passdesk.services.poste import Poste, est_responsable
from passdesk.storage import agents, cles
from passdesk.storage.engine import uuid7

_journal = logging.getLogger(__name__)
MEDIATEUR, RESPONSABLE = agents.MEDIATEUR, agents.RESPONSABLE
NOM_MAX = 80
"""Characters of an agent's name."""


@dataclass(frozen=True, slots=True)
class AgentDuPoste:
    """Somebody at work here. `moi`: who opened the desk; `a_une_phrase`: False until one is given."""

    agent_id: str
    nom: str = field(repr=False)
    role: str
    moi: bool
    a_une_phrase: bool


def agents_du_poste(poste: Poste) -> tuple[AgentDuPoste, ...]:
    """Those at work here, in the order they came. Raises BaseFermee when the key file cannot be read."""
    avec = set(cles.agents_du_trousseau(poste.dossier))
    return tuple(
        AgentDuPoste(a.agent_id, a.nom, a.role, a.agent_id == poste.agent_id, a.agent_id in avec)
        for a in agents.lister(poste.base)
        if a.actif
    )


def ajouter_agent(poste: Poste, nom: str, role: str, phrase: str) -> str:
    """Lets somebody work here, under a passphrase of their own; their id. Who had left comes back under the same one.

    Raises SaisieRefusee: "agents_reserve", "agent_nom_vide", "agent_deja_la", "phrase_trop_courte", "phrase_prise".
    """
    exiger_responsable(poste)
    nom = " ".join(nom.split())
    if not nom or len(nom) > NOM_MAX:
        raise SaisieRefusee("agent_nom_vide", maximum=NOM_MAX)
    memes = [agent for agent in agents.lister(poste.base) if agent.nom.casefold() == nom.casefold()]
    if any(agent.actif for agent in memes):
        raise SaisieRefusee("agent_deja_la")
    agent_id = memes[0].agent_id if memes else uuid7()
    verifier_phrase(poste, agent_id, phrase)
    # The act first: cut in between, an agent without a passphrase is seen and given one; the reverse would open
    # the base for somebody whom no act names.
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("agent.ajouter", agent_id, {"nom": nom, "role": role})
    cles.placer_phrase(poste.dossier, poste.cle, agent_id, phrase)
    _journal.info("agent added: %s", agent_id)
    return agent_id


def retirer_agent(poste: Poste, agent_id: str) -> None:
    """Somebody leaves: the passphrase opens nothing any more, the acts keep their author.

    Raises SaisieRefusee: "agents_reserve", "agent_absent", "agent_soi_meme" (a *responsable* always stays).
    """
    exiger_responsable(poste)
    agent = _a_l_oeuvre(poste, agent_id)
    if agent.agent_id == poste.agent_id:
        raise SaisieRefusee("agent_soi_meme")
    # The passphrase first: cut in between, who is still listed cannot open, and is taken away again.
    if agent_id in cles.agents_du_trousseau(poste.dossier):
        cles.retirer_phrase(poste.dossier, agent_id)
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("agent.retirer", agent_id, {})
    _journal.info("agent removed: %s", agent_id)


def changer_phrase(poste: Poste, ancienne: str, nouvelle: str) -> None:
    """The agent's own, who knows the present one: the desk may have been left open.

    Raises SaisieRefusee: "ancienne_phrase_autre", "phrase_trop_courte", "phrase_prise".
    """
    if cles.phrase_de(poste.dossier, poste.agent_id, ancienne) is None:
        raise SaisieRefusee("ancienne_phrase_autre")
    verifier_phrase(poste, poste.agent_id, nouvelle)
    cles.placer_phrase(poste.dossier, poste.cle, poste.agent_id, nouvelle)
    _journal.info("passphrase changed: %s", poste.agent_id)


def donner_phrase(poste: Poste, agent_id: str, nouvelle: str) -> None:
    """A new one for a colleague who lost theirs, typed by them beside a *responsable*.

    Raises SaisieRefusee: "agents_reserve", "agent_absent", "phrase_trop_courte", "phrase_prise".
    """
    exiger_responsable(poste)
    _a_l_oeuvre(poste, agent_id)
    verifier_phrase(poste, agent_id, nouvelle)
    cles.placer_phrase(poste.dossier, poste.cle, agent_id, nouvelle)
    _journal.info("passphrase given: %s", agent_id)


def verifier_phrase(poste: Poste, agent_id: str, phrase: str) -> None:
    """Raises SaisieRefusee("phrase_trop_courte" | "phrase_prise")."""
    if len(phrase) < LONGUEUR_PHRASE:
        raise SaisieRefusee("phrase_trop_courte", minimum=LONGUEUR_PHRASE)
    cles.verifier_libre(poste.dossier, agent_id, phrase)


def exiger_responsable(poste: Poste) -> None:
    """Raises SaisieRefusee("agents_reserve") for who is no *responsable*."""
    if not est_responsable(poste):
        raise SaisieRefusee("agents_reserve")


def _a_l_oeuvre(poste: Poste, agent_id: str) -> agents.Agent:
    agent = agents.get(poste.base, agent_id)
    if agent is None or not agent.actif:
        raise SaisieRefusee("agent_absent")
    return agent
