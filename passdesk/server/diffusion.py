"""Events: what is told to one desk or to all, each with its place in the order of the world."""

from __future__ import annotations

from collections.abc import Sequence

from passdesk.protocol.evenements import Evenement, encode_evenement
from passdesk.protocol.messages import Event
from passdesk.server.magasin import Transaction, dernier, lire_reglage, prochain

EVENTS_BATCH = 500
"""Events of one answer."""
EFFACEE = "personne.effacee"
INDEX_VERSION = "index_version"
"""The setting that holds the version of the index; there is none before it is renewed."""
PAYLOAD_BATCH = 1024 * 1024
"""Bytes of event payloads after which an answer ends; one larger event still goes alone."""


def diffuser(tx: Transaction, evenement: Evenement, *, device: str | None = None) -> int:
    """Tells one desk, or all of them (None). Returns the event's srv_seq."""
    type_, octets = encode_evenement(evenement)
    srv_seq = prochain(tx, "srv_seq")
    tx.faire(
        "INSERT INTO evenement (srv_seq, device, type, octets) VALUES (?, ?, ?, ?)", srv_seq, device, type_, octets
    )
    return srv_seq


def remplacer(tx: Transaction, evenement: Evenement) -> int:
    """Tells all desks what replaces every earlier event of this type (a trust bundle): the earlier ones go."""
    tx.faire("DELETE FROM evenement WHERE type = ?", encode_evenement(evenement)[0])
    return diffuser(tx, evenement)


def evenements_apres(tx: Transaction, device: str, cursor: int) -> tuple[tuple[Event, ...], int, bool]:
    """(events for this desk after `cursor`, cursor after them, whether more wait)."""
    rangees = tx.toutes(
        "SELECT srv_seq, type, octets FROM evenement WHERE srv_seq > ? AND (device IS NULL OR device = ?) "
        "AND type <> 'index.renouvele' ORDER BY srv_seq LIMIT ?",
        cursor,
        device,
        EVENTS_BATCH + 1,
    )
    # The keys by which the rest is read come first, whatever their place (decision 0059).
    d_abord = (
        tx.toutes(
            "SELECT e.srv_seq, e.type, e.octets FROM index_dit i JOIN evenement e ON e.srv_seq = i.srv_seq "
            "WHERE i.device = ? AND e.srv_seq > ?",
            device,
            cursor,
        )
        if lire_reglage(tx, INDEX_VERSION)
        else []
    )
    premiers = tuple(Event(int(srv_seq), str(type_), bytes(octets)) for srv_seq, type_, octets in d_abord)
    prises, taille = 0, 0
    for _, _, octets in rangees[:EVENTS_BATCH]:
        taille += len(octets)
        if prises and taille > PAYLOAD_BATCH:
            break
        prises += 1
    prises = _entiers([str(type_) for _, type_, _ in rangees], prises)
    events = [Event(*rangee) for rangee in rangees[:prises]]
    if prises < len(rangees):
        return (*premiers, *events), events[-1].srv_seq, True
    # Nothing waits: the cursor goes to the end of the world, so that the next look starts there.
    return (*premiers, *events), max(cursor, dernier(tx, "srv_seq")), False


def _entiers(types: Sequence[str], prises: int) -> int:
    """How many events to tell, so that those who are erased together are named in one answer (decision 0054): those
    named last wait for the next one when more of them follow. A run that takes the whole answer is cut all the same."""
    debut = prises
    if prises < len(types) and types[prises] == EFFACEE:
        while debut and types[debut - 1] == EFFACEE:
            debut -= 1
    return debut or prises
