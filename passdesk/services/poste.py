"""A desk opened by an agent: what every other service receives, and what the window says about it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from passdesk.domain.campagne import Campagne
from passdesk.domain.erreurs import BaseFermee, KnownError, SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.domain.reglement import Reglement
from passdesk.protocol.cle_epoque import VERSION_EPOQUE
from passdesk.protocol.index_aveugle import ARGON2_INDEX, ParametresIndex, cle_identite, index_aveugle
from passdesk.protocol.operations import Operation
from passdesk.services.departs import poste_existe
from passdesk.services.phrase import LONGUEUR_PHRASE
from passdesk.services.reglements_connus import reglements_connus
from passdesk.services.seconde_copie import reprendre_copie, tout_reentendre
from passdesk.storage import agents, campagnes, carnets, cle_pass, cles, envoi, essais, litiges, lots
from passdesk.storage import poste as identite
from passdesk.storage.acte import Acte
from passdesk.storage.appareil import ecrire_appareil, lire_appareil
from passdesk.storage.engine import FICHIER, Base, uuid7
from passdesk.storage.fichiers import creer_dossier, disque, poser_nom
from passdesk.storage.ouverture import fermee_si_elle_ne_s_ouvre_pas, ouvrir_sous_la_cle

CHANTIER = "creation"
ALERTE_BAIL_JOURS = 14
POT = "general"


@dataclass(slots=True)
class Poste:
    """One open base, for the thread that opened it. `cle` is the data key: never logged, never shown."""

    dossier: Path
    base: Base = field(repr=False)
    cle: bytes = field(repr=False)
    agent_id: str
    horloge: Horloge
    cout_index: ParametresIndex = ARGON2_INDEX
    reglements: Sequence[Reglement] = field(init=False, repr=False)
    """As last read, for whoever may not touch the base (the screens); `services.reglements.reglements` reads again."""
    _index: dict[str, bytes] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.reglements = reglements_connus(self.base)

    def rouvrir(self) -> Poste:
        """The same desk on a connection of its own, for another thread. Raises BaseFermee."""
        base = ouvrir_sous_la_cle(self.dossier, self.cle, self.horloge)
        return Poste(self.dossier, base, self.cle, self.agent_id, self.horloge, self.cout_index)

    def fermer(self) -> None:
        """Closes the base and forgets the identities computed."""
        self.oublier_identites()
        self.base.fermer()

    def oublier_la_cle(self) -> None:
        """The desk is locked, this handle opens nothing more. Python leaves the bytes to whoever reads memory later."""
        self.cle = b""

    def oublier_identites(self) -> None:
        """Nothing of the identities computed so far stays in memory: they are computed again when asked."""
        self._index.clear()

    def cle_de_la_personne(self, nom_naissance: str, prenoms: str, naissance: date) -> bytes | None:
        """The blind key of an identity (16 bytes): about 0.1 s, then remembered while open.

        None before enrolment, and for names without any letter that the key can compare.
        """
        secret = identite.lire_octets(self.base, SECRET_INDEX)
        if secret is None:
            return None
        texte = cle_identite(nom_naissance, prenoms, naissance)
        if texte.startswith("||"):
            # Not one Latin letter: only the birth date is left, which strangers share.
            return None
        if texte not in self._index:
            self._index[texte] = index_aveugle(texte, secret, self.cout_index)
        return self._index[texte]


# Names under which the desk keeps what the Region gave it (table `poste`).
NOM = "nom"
ADRESSE = "adresse"
APPAREIL = cle_pass.APPAREIL
KID = cle_pass.KID
RACINE = "racine"
CERTIFICAT = cle_pass.CERTIFICAT
CLE_REPONSE = "cle_reponse"
CLE_SCELLEMENT = "cle_scellement"
SECRET_INDEX = "secret_index"  # noqa: S105 (a name, not a secret)
CONFIANCE = "confiance"
TELEPHONE_AIDE = "telephone_aide"
ADRESSE_RECOURS = "adresse_recours"
ECART_HORLOGE = "ecart_horloge_ms"
VERROU_MINUTES = "verrou_minutes"
PROXY = "proxy"
COURRIER_ATTENDU = "courrier_attendu"
LOTS_A_LAISSER = "lots_a_laisser"
"""Set while the Region may still tell again of lots that this desk had before its base was put back."""

SANS_DONNEES = frozenset({"base_abimee", "poste_incomplet"})
"""What is told of a desk that a backup brings back."""

VERROU_DEFAUT = 10
"""Minutes without a key nor the mouse before the window locks: a visit leaves longer silences than a desk does."""

ECART_TOLERE = timedelta(hours=48)
"""Between the desk's clock and the Region's, at the last exchange; beyond, it is told (protocol §5)."""


@dataclass(frozen=True, slots=True)
class EtatPoste:
    """What the window says about the desk. Times are UTC; stock counts carnets that can still be awarded today.

    `litiges`: cases not dealt with. `fin_de_bail`: last day to use the lots, when it is near. `campagne`: the last one
    once all are over.
    """

    enrole: bool
    nom_poste: str
    nom_agent: str = field(repr=False)
    carnets_5: int
    carnets_10: int
    actes_a_envoyer: int
    dernier_contact: datetime | None
    litiges: int
    papiers_en_attente: int
    fin_de_bail: date | None
    campagne: Campagne | None
    jours_d_ecart: int = 0
    """Days between this computer's clock and the Region's at the last exchange; 0 within 48 hours."""
    agent_id: str = ""
    verrou_minutes: int = VERROU_DEFAUT
    attend_depuis: datetime | None = None
    """When the first act that the Region does not have was recorded (UTC); None when nothing waits."""
    cle_attendue: bool = False
    """A new epoch began and the Region has not certified its key yet: nothing can be awarded."""


def verifier_creation(dossier: Path, phrase: str, nom_agent: str) -> None:
    """Nothing is written. Raises SaisieRefusee("poste_deja_cree" | "phrase_trop_courte" | "nom_agent_vide")."""
    if poste_existe(dossier):
        raise SaisieRefusee("poste_deja_cree")
    if len(phrase) < LONGUEUR_PHRASE:
        raise SaisieRefusee("phrase_trop_courte", minimum=LONGUEUR_PHRASE)
    if not nom_agent.strip():
        raise SaisieRefusee("nom_agent_vide")


def creer_poste(
    dossier: Path,
    phrase: str,
    nom_agent: str,
    horloge: Horloge,
    *,
    nom_poste: str = "",
    cout_index: ParametresIndex = ARGON2_INDEX,
    cout_phrase: cles.Cout | None = None,
) -> Poste:
    """Makes a new desk: keys, an empty base, its first agent. `nom_poste`: where it is, until the Region names it.

    Raises what `verifier_creation` raises, and PanneAttendue of the disk. The costs are for tests alone.
    """
    verifier_creation(dossier, phrase, nom_agent)
    agent_id = uuid7()
    # Built aside, then moved: cut at any point, the desk can be created again or opened, never half made.
    chantier = dossier / CHANTIER
    with disque():
        shutil.rmtree(chantier, ignore_errors=True)
        creer_dossier(dossier)
        chantier.mkdir(mode=0o700)
    cle = cles.creer_trousseau(chantier, agent_id, phrase, cout=cout_phrase)
    base = Base.ouvrir(chantier, cle, horloge, creer=True)
    try:
        with base.acte(agent_id) as acte:
            acte.inscrire("poste.epoque", acte.nouvel_id(), {"epoch": 1})
            acte.inscrire("agent.ajouter", agent_id, {"nom": nom_agent.strip(), "role": agents.RESPONSABLE})
            identite.ecrire_texte(base, NOM, nom_poste.strip() or None)
        base.replier()
    finally:
        base.fermer()
    with disque():
        poser_nom(chantier / cles.FICHIER, dossier / cles.FICHIER)
    _emmenager(dossier)
    base = Base.ouvrir(dossier, cle, horloge)
    base.accorder_copie()
    return Poste(dossier, base, cle, agent_id, horloge, cout_index=cout_index)


def _emmenager(dossier: Path) -> None:
    """The last step of a creation, also after a cut: the base joins its keys."""
    neuve = dossier / CHANTIER / FICHIER
    if neuve.exists() and not (dossier / FICHIER).exists():
        with disque():
            poser_nom(neuve, dossier / FICHIER)
    shutil.rmtree(dossier / CHANTIER, ignore_errors=True)


@contextlib.contextmanager
def poste_entier(dossier: Path) -> Iterator[None]:
    """Around what reads the keys of a desk.

    Raises BaseFermee: "base_absente" without a desk; "poste_incomplet" when its key file or its base is gone, or the
    key file is damaged.
    """
    if not poste_existe(dossier):
        raise BaseFermee("base_absente")
    bases = (dossier / FICHIER, dossier / CHANTIER / FICHIER)
    if not (cles.trousseau_existe(dossier) and any(base.exists() for base in bases)):
        raise BaseFermee("poste_incomplet")
    try:
        yield
    except BaseFermee as fermee:
        if fermee.code == "cles_abimees":
            raise BaseFermee("poste_incomplet") from None
        raise


def ouvrir_poste(dossier: Path, phrase: str, horloge: Horloge, *, cout_index: ParametresIndex = ARGON2_INDEX) -> Poste:
    """Opens the desk of this folder. Raises BaseFermee (absent, passphrase unknown or too soon, damaged, newer).

    "poste_incomplet": its key file or its base is gone, or the key file is damaged; each backup holds both.
    A base put back from a copy begins a new epoch here, before anything can be awarded (protocol §5).
    """
    with poste_entier(dossier):
        agent_id, cle = essais.ouvrir_trousseau(dossier, phrase, horloge)
    return ouvrir_avec_cle(dossier, cle, agent_id, horloge, cout_index=cout_index)


def ouvrir_avec_cle(
    dossier: Path, cle: bytes, agent_id: str, horloge: Horloge, *, cout_index: ParametresIndex = ARGON2_INDEX
) -> Poste:
    """The same, once something has given the data key. Raises BaseFermee, and PanneAttendue of the disk."""
    _emmenager(dossier)
    base = ouvrir_sous_la_cle(dossier, cle, horloge)
    with fermee_si_elle_ne_s_ouvre_pas(base):
        poste = Poste(dossier, base, cle, agent_id, horloge, cout_index=cout_index)
        # Read once: a disk that gives it the second time only would have it taken for another branch.
        lue = base.lire_copie()
        repris = reprendre_copie(base, lue)
        if repris:
            # What it knows came with the tables of before.
            poste.reglements = reglements_connus(base)
        detaches = base.actes_detaches(lue)
        _reconnaitre_une_copie(poste, detaches)
        if repris:
            # The mark may have been put back with the base: the numbers that came again are behind no earlier day.
            marquer(poste)
        _refaire(poste, detaches)
        base.accorder_copie()
    return poste


def marquer(poste: Poste) -> None:
    """Notes beside the base how far its log is. What was just recorded stands, whatever the disk says of this file."""
    # The base's lock keeps two threads from writing the key file over one another.
    with contextlib.suppress(KnownError), poste.base.ecriture():
        secrets = lire_appareil(poste.dossier, poste.cle)
        if secrets is not None:
            tete = envoi.tete(poste.base)
            ecrire_appareil(poste.dossier, poste.cle, replace(secrets, epoch=tete.epoch, seq=tete.seq))


def _refaire(poste: Poste, detaches: Sequence[Operation]) -> None:
    """What the side copy still holds of persons and cases, done anew where this base can take it; nobody comes back."""
    if detaches:
        with poste.base.acte(poste.agent_id) as acte:
            acte.refaire(detaches)
            acte.refaire_effacements(detaches)
            tout_reentendre(poste.base)


def changer_epoque(base: Base, acte: Acte, epoch: int, annonce: Mapping[str, bytes] | None = None) -> None:
    """Starts a new chain, which the Region can follow, and leaves the lots: their numbers may be on paper already.

    Also those that this base no longer knows: the Region tells of them again, and they are not taken. `annonce`: the
    key that the carnets of this epoch are to be signed with (`storage.cle_pass.annoncer`), none on a desk not linked.
    """
    v = VERSION_EPOQUE if annonce else 1
    acte.inscrire("poste.epoque", acte.nouvel_id(), {"epoch": epoch, **(annonce or {})}, v)
    identite.ecrire_texte(base, LOTS_A_LAISSER, "1")


def nouvelle_epoque(poste: Poste, acte: Acte, epoch: int) -> None:
    """The same with a pass key of its own, on the disk before the act is: a copy of this desk cannot sign with it."""
    annonce = cle_pass.annoncer(poste.base, poste.dossier, poste.cle, epoch)
    changer_epoque(poste.base, acte, epoch, annonce)


def _reconnaitre_une_copie(poste: Poste, detaches: Sequence[Operation]) -> None:
    """A base older than the mark beside it, or without acts that are beside it, was put back; so was one that does not
    go with the keys beside it.

    Carnets awarded since, or on another branch, are not in it: none of the lots it knows is sure.
    """
    connues = [(operation.entete.epoch, operation.entete.seq) for operation in detaches]
    sans_cle = False
    with contextlib.suppress(BaseFermee):
        # Damaged or absent, this file is told where its keys are needed.
        secrets = lire_appareil(poste.dossier, poste.cle)
        if secrets is not None:
            connues.append((secrets.epoch, secrets.seq))
            sans_cle = cle_pass.cle_a_refaire(poste.base, secrets)
    derniere, tete = max(connues, default=(0, 0)), envoi.tete(poste.base)
    if detaches or sans_cle or derniere > (tete.epoch, tete.seq):
        with poste.base.acte(poste.agent_id) as acte:
            nouvelle_epoque(poste, acte, max(derniere[0], tete.epoch) + 1)
        marquer(poste)


def campagne_courante(poste: Poste, pot: str = POT, carnets: Sequence[int] = ()) -> Campagne | None:
    """The campaign to award from: not over, with numbers of this pot left if any has, the one that ends last.

    `carnets`: the sizes to award; one that has them, and may still hand over, comes before one that has others.
    """
    ouvertes = campagnes_ouvertes(poste)
    restes = [(c, stock(poste, c, pot), poste.horloge.aujourdhui() <= c.arret_remise) for c in ouvertes]
    entieres = [c for c, reste, servie in restes if servie and all(reste[t] >= carnets.count(t) for t in carnets)]
    garnies = [c for c, reste, _ in restes if any(reste.values())]
    return next(iter((entieres if carnets else ()) or garnies or ouvertes), None)


def campagnes_ouvertes(poste: Poste) -> tuple[Campagne, ...]:
    """Those that are not over, the one that ends last first."""
    return tuple(c for c in campagnes.lister(poste.base) if c.dernier_jour >= poste.horloge.aujourdhui())


def stock(poste: Poste, campagne: Campagne | None, pot: str = POT) -> dict[int, int]:
    """Carnets of a pot left by size (5, 10), as far as the lease allows today."""
    if campagne is None:
        return {5: 0, 10: 0}
    return lots.restants(poste.base, campagne.numero, pot, poste.horloge.aujourdhui())


def stock_total(poste: Poste, pot: str = POT) -> dict[int, int]:
    """The same over every campaign that may still hand over: the sizes may be left in two of them."""
    servies = [c for c in campagnes_ouvertes(poste) if poste.horloge.aujourdhui() <= c.arret_remise]
    restes = [stock(poste, campagne, pot) for campagne in servies]
    return {taille: sum(reste[taille] for reste in restes) for taille in stock(poste, None, pot)}


def est_responsable(poste: Poste, agent_id: str | None = None) -> bool:
    """True for a *responsable* still at work here; the agent who opened the desk unless another one is named."""
    agent = agents.get(poste.base, agent_id or poste.agent_id)
    return agent is not None and agent.actif and agent.role == agents.RESPONSABLE


def etat_poste(poste: Poste) -> EtatPoste:
    """The desk as it stands now."""
    base = poste.base
    campagne = campagne_courante(poste)
    reste = stock_total(poste)
    agent = agents.get(base, poste.agent_id)
    bail = lots.fin_de_bail(base, campagne.numero) if campagne else None
    return EtatPoste(
        enrole=identite.lire_texte(base, APPAREIL) is not None,
        nom_poste=identite.lire_texte(base, NOM) or "",
        nom_agent=agent.nom if agent else "",
        carnets_5=reste[5],
        carnets_10=reste[10],
        actes_a_envoyer=envoi.reste_a_envoyer(base),
        dernier_contact=envoi.etat(base).contact,
        litiges=litiges.compter_a_traiter(base),
        papiers_en_attente=len(carnets.en_attente_de_papier(base)),
        fin_de_bail=bail if bail and (bail - poste.horloge.aujourdhui()).days <= ALERTE_BAIL_JOURS else None,
        campagne=campagne or next(iter(campagnes.lister(base)), None),
        jours_d_ecart=_jours_d_ecart(base),
        agent_id=poste.agent_id,
        verrou_minutes=int(identite.lire_texte(base, VERROU_MINUTES) or VERROU_DEFAUT),
        attend_depuis=envoi.plus_ancien_a_envoyer(base),
        cle_attendue=cle_pass.en_attente(base),
    )


def _jours_d_ecart(base: Base) -> int:
    ecart = timedelta(milliseconds=abs(int(identite.lire_texte(base, ECART_HORLOGE) or "0")))
    return ecart.days if ecart > ECART_TOLERE else 0
