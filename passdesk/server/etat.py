"""The state digest of what a desk should have heard (`protocol.etat`), kept as the events come."""

from __future__ import annotations

from passdesk.protocol.etat import (
    BLOC,
    BLOCS_MAX,
    MODULE,
    TYPE_CONFIANCE,
    TYPES_A_PART,
    TYPES_INDEX,
    Bloc,
    EtatRegion,
    bloc_de,
    empreinte,
    empreinte_index,
    largeur_pour,
    rang_de,
)
from passdesk.protocol.evenements import IndexAjout, lire_evenement
from passdesk.server.magasin import Transaction, dernier

EVENEMENTS_MAX = 5_000
"""Events added to the sums in one exchange: a Region that never summed anything gets there little by little."""

REGARDES_MAX = 200
"""Places of the order of the world that an exchange may look at in vain before it notes that it did."""

# Written out: the index of these alone serves no value known only when it runs.
_CONFIANCE = f"SELECT max(srv_seq) FROM evenement WHERE type = '{TYPE_CONFIANCE}'"  # noqa: S608

TOUS = ""
"""In place of a device: what is told to all of them."""


def etat_a(tx: Transaction, device: str, cursor: int) -> EtatRegion | None:
    """The digest for this desk once it has heard everything; None while the sums are not up to date.

    In the writing transaction of the exchange: nothing is told meanwhile.
    """
    if not all([_avancer(tx, TOUS), _avancer(tx, device)]):
        return None
    largeur = largeur_pour(cursor)
    blocs = [Bloc() for _ in range(min(BLOCS_MAX, -(-cursor // largeur)))]
    sommes = tx.toutes(
        "SELECT bloc / ? AS rang, sum(nombre), sum(somme) FROM etat_bloc WHERE cible = ? OR cible = ? GROUP BY rang",
        largeur // BLOC,
        TOUS,
        device,
    )
    for rang, nombre, somme in sommes:
        blocs[int(rang)] = Bloc(int(nombre), int(somme) % MODULE)
    rangee = tx.une(_CONFIANCE)
    return EtatRegion(largeur, tuple(blocs), int(rangee[0] or 0) if rangee else 0)


def oublier(tx: Transaction) -> None:
    """What was told to all is told in other words: it is added up anew."""
    tx.faire("DELETE FROM etat_bloc WHERE cible = ?", TOUS)
    tx.faire("DELETE FROM compteur WHERE nom = ?", f"etat {TOUS}")


def empreinte_dite(srv_seq: int, type_: str, octets: bytes) -> int:
    """The hash of an event as it is told."""
    if type_ not in TYPES_INDEX:
        return empreinte(srv_seq, type_, octets)
    ajout = lire_evenement(type_, octets)
    assert isinstance(ajout, IndexAjout)
    return empreinte_index(srv_seq, ajout.cle, ajout.passes, ajout.le.isoformat(), ajout.poste)


def _avancer(tx: Transaction, cible: str) -> bool:
    """Adds what was told since the last time; False when some is left."""
    nom = f"etat {cible}"
    fait, fin = dernier(tx, nom), dernier(tx, "srv_seq")
    rangees = tx.toutes(
        "SELECT srv_seq, type, octets FROM evenement WHERE srv_seq > ? AND type <> ? AND type <> ? "
        "AND coalesce(device, '') = ? ORDER BY srv_seq LIMIT ?",
        fait,
        *TYPES_A_PART,
        cible,
        EVENEMENTS_MAX + 1,
    )
    prises = rangees[:EVENEMENTS_MAX]
    par_bloc: dict[int, list[int]] = {}
    for srv_seq, type_, octets in prises:
        par_bloc.setdefault(rang_de(int(srv_seq), BLOC), []).append(
            empreinte_dite(int(srv_seq), str(type_), bytes(octets))
        )
    for bloc, empreintes in par_bloc.items():
        rangee = tx.une("SELECT nombre, somme FROM etat_bloc WHERE cible = ? AND bloc = ?", cible, bloc)
        avant = Bloc(int(rangee[0]), int(rangee[1])) if rangee else Bloc()
        apres = avant.plus(bloc_de(empreintes))
        tx.faire(
            "INSERT INTO etat_bloc (cible, bloc, nombre, somme) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (cible, bloc) DO UPDATE SET nombre = excluded.nombre, somme = excluded.somme",
            cible,
            bloc,
            apres.nombre,
            apres.somme,
        )
    toutes = len(rangees) <= EVENEMENTS_MAX
    if prises or fin - fait > REGARDES_MAX:
        # All that is told to others meanwhile would be looked at again, each time.
        tx.faire(
            "INSERT INTO compteur (nom, valeur) VALUES (?, ?) ON CONFLICT (nom) DO UPDATE SET valeur = excluded.valeur",
            nom,
            fin if toutes else int(prises[-1][0]),
        )
    return toutes
