"""What `passdesk region` prints: announcements and cases, for people and as JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime

from passdesk.domain.francais import date_longue
from passdesk.protocol.serie import serie_carnet
from passdesk.server.litiges import Litige
from passdesk.ui.messages import message


def annonce(code: str, **faits: str | int | date) -> str:
    """The sentence of something done; days are written in words."""
    lisibles = {nom: date_longue(fait) if isinstance(fait, date) else fait for nom, fait in faits.items()}
    return str(message(code, **lisibles))


def litige_json(litige: Litige) -> dict[str, object]:
    """A case for another program."""
    return {
        "litige": litige.litige,
        "genre": litige.genre,
        "campagne": litige.campagne,
        "excedent": litige.excedent,
        "homonyme": litige.homonyme or None,
        "homonyme_retire": litige.homonyme_retire or None,
        "etat": litige.etat,
        "ouvert_le": _instant(litige.ouvert_le).isoformat(timespec="seconds"),
        "separe_le": _instant(litige.separe_le).isoformat(timespec="seconds") if litige.separe_le is not None else None,
        "carnets": [
            {"campagne": c.campagne, "carnet": c.carnet, "poste": c.poste, "sujet": c.sujet, "rangs": list(c.rangs)}
            for c in litige.carnets
        ],
    }


def litige_lignes(litige: Litige) -> list[str]:
    """A case for a person: what it is, then its carnets."""
    jour = _instant(litige.ouvert_le).date()
    code = "litige_homonyme" if litige.homonyme and not litige.excedent else f"litige_{litige.genre}"
    lignes = [annonce(code, litige=litige.litige, jour=jour, excedent=litige.excedent)]
    if litige.homonyme:
        lignes.append(annonce(f"litige_homonyme_{litige.homonyme}"))
    if litige.homonyme_retire:
        lignes.append(annonce(f"litige_homonyme_retire_{litige.homonyme_retire}"))
    clos = litige.etat == "clos"
    if litige.separe_le is not None:
        lignes.append(annonce("litige_separe", jour=_instant(litige.separe_le).date()))
    if clos:
        lignes.append(annonce("litige_repris" if litige.repris else "litige_deja_clos"))
    for carnet in litige.carnets:
        if carnet.carnet == 0:
            lignes.append(annonce("litige_poste", poste=carnet.poste))
        elif carnet.rangs and not clos:
            rangs = ", ".join(str(rang) for rang in carnet.rangs)
            numero = serie_carnet(carnet.campagne, carnet.carnet)
            lignes.append(annonce("litige_carnet_bloque", carnet=numero, poste=carnet.poste, rangs=rangs))
        else:
            numero = serie_carnet(carnet.campagne, carnet.carnet)
            lignes.append(annonce("litige_carnet", carnet=numero, poste=carnet.poste))
    return lignes


def jour_de(millisecondes: int) -> date:
    """The day (UTC) of an instant in ms."""
    return _instant(millisecondes).date()


def _instant(millisecondes: int) -> datetime:
    return datetime.fromtimestamp(millisecondes / 1000, UTC)
