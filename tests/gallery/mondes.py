"""The desks that pictures are taken of: made once, through the services, then copied for each scene."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from passdesk.demonstration.visites import jouer, lire_visites
from passdesk.domain.carnet import Carnet
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.evenements import CarnetBloque, IndexAjout
from passdesk.server.publication import publier
from passdesk.services.carnets import PERTES, agir
from passdesk.services.impression import Imprimante, ImprimanteFichier, lancer_impression, mettre_sur_papier, repondre
from passdesk.services.litiges import noter_vu
from passdesk.services.poste import Poste, creer_poste, nouvelle_epoque, ouvrir_poste
from passdesk.services.reglages import regler_telephone_aide
from passdesk.services.remise import remettre
from passdesk.services.sauvegarde import sauvegarder_au_poste
from passdesk.services.synchroniser import synchroniser
from passdesk.services.visite import attribuer, garder, noter, ouvrir_visite
from passdesk.storage import envoi, evenements, litiges, personnes, reglements
from passdesk.storage.envoi import Issue
from passdesk.ui.papier.systeme import ImprimanteSysteme
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, Terrain, visite_accord
from tests.ui.parc import ParcPdf

ENROLEMENT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
JOUR = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
"""The morning on which every picture is taken; the desk reached the Region two days before."""
POSTE = "Maison de Trélon"
VILLAGE = (
    ("Lemoine", "Gérard", "23/01/1957", "59592"),
    ("Vasseur", "Inès", "30/08/2003", "59033"),
    ("Walgrain", "Noé", "05/05/1988", "59249"),
    ("Walbrecq", "Marcel", "27/11/1951", "59036"),
    ("Delhaye-Montrésor de la Houssière", "Marie-Antoinette, Joséphine", "14/07/1949", "59445"),
    ("Mercier", "Thierry", "19/06/1971", "59588"),
)
"""Invented people, one of them with a name as long as they come."""


class SansPapier:
    """An imprimante that keeps no file: pictures need the states, not the PDF."""

    def sortir(self, papier: object, nom: str) -> Path | None:
        return None


def vide(lieu: Terrain) -> Poste:
    """Enrolled and granted lots; nobody has come yet."""
    return _ouvrir(lieu, carnets_5=20, carnets_10=20)


def liste_publiee(lieu: Terrain) -> Poste:
    """Enrolled, with the Region's list of today."""
    poste = _ouvrir(lieu, carnets_5=20, carnets_10=20)
    publier(lieu.region)
    synchroniser(poste)
    return poste


def sans_stock(lieu: Terrain) -> Poste:
    """No carnet of 10 left, one of 5."""
    return _ouvrir(lieu, carnets_5=1, carnets_10=0)


def non_relie(lieu: Terrain) -> Poste:
    """A desk with an agent, that the Region does not know; somebody is being registered."""
    poste = creer_poste(
        lieu.dossier / "seul", PHRASE, "Claire Mabille", lieu.horloge, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    noter(poste, replace(ouvrir_visite(poste), nom_naissance="Lê & Fils", prenoms="Hạnh"))
    return poste


def journee(lieu: Terrain) -> Poste:
    """Three weeks of work: people of every public, carnets in every state, a case, acts kept aside by the Region."""
    poste = _ouvrir(lieu, carnets_5=12, carnets_10=14)
    regler_telephone_aide(poste, "03 20 00 00 00")
    papier: Imprimante = SansPapier()
    scenes = lire_visites(datetime(2026, 11, 9, tzinfo=UTC).date())
    for jour, de_ce_jour in ((9, scenes[:6]), (16, [s for s in scenes[6:] if s.poste == 1])):
        _le(poste, jour)
        for scene in de_ce_jour:
            jouer(poste, scene, papier)
    sortis = _carnets_du_village(poste)
    _le(poste, 23, 8, 35)
    synchroniser(poste)
    _matinee(poste)
    _dossiers(poste, sortis[0])
    sauvegarder_au_poste(poste)
    return poste


def horloge(lieu: Terrain) -> Poste:
    """A desk whose computer is two days ahead of the Region."""
    poste = _ouvrir(lieu, carnets_5=20, carnets_10=20)
    poste.horloge = poste.base.horloge = HorlogeFixe(JOUR - timedelta(hours=3))
    synchroniser(poste)
    return poste


def revenu(lieu: Terrain) -> Poste:
    """Its base was put back to a copy: a new epoch began, and the Region has not heard of it yet."""
    poste = _ouvrir(lieu, carnets_5=20, carnets_10=20)
    with poste.base.acte(poste.agent_id) as acte:
        nouvelle_epoque(poste, acte, 2)
    return poste


Monde = Callable[[Terrain], Poste]
MONDES: dict[str, Monde] = {
    f.__name__: f for f in (vide, liste_publiee, sans_stock, non_relie, revenu, journee, horloge)
}


def copier(origine: Path, cible: Path) -> Poste:
    """The desk of a folder, copied and opened on the morning of the pictures."""
    shutil.copytree(origine, cible)
    return ouvrir_poste(cible, PHRASE, HorlogeFixe(JOUR), cout_index=INDEX_LEGER)


def _ouvrir(lieu: Terrain, *, carnets_5: int, carnets_10: int) -> Poste:
    return lieu.nouveau_poste(POSTE, carnets_5=carnets_5, carnets_10=carnets_10)


def _le(poste: Poste, jour: int, heures: int = 9, minutes: int = 12) -> None:
    """Moves the clock of the desk and of its Region, which is the same one."""
    assert isinstance(poste.horloge, HorlogeFixe)
    poste.horloge.instant = datetime(2026, 11, jour, heures, minutes, tzinfo=UTC)


def _carnets_du_village(poste: Poste) -> list[Carnet]:
    """Handed over, then lost, stolen, returned, spoiled: one each."""
    carnets = []
    for rang, (nom, prenoms, naissance, commune) in enumerate(VILLAGE[:5]):
        _le(poste, 18 + rang, 10, 7 * rang)
        carnet = _imprimer(poste, nom, prenoms, naissance, commune)
        if rang < 4:
            carnet = remettre(poste, carnet.campagne, carnet.numero, poste.horloge.aujourdhui())
        carnets.append(carnet)
    _le(poste, 23, 8, 30)
    for carnet, acte in zip(carnets[1:4], PERTES, strict=True):
        agir(poste, carnet.campagne, carnet.numero, acte)
    return carnets


def _imprimer(poste: Poste, nom: str, prenoms: str, naissance: str, commune: str) -> Carnet:
    visite = visite_accord(poste, nom_naissance=nom, prenoms=prenoms, naissance=naissance, commune=commune)
    carnet = attribuer(poste, visite).carnet
    mettre_sur_papier(lancer_impression(poste, carnet.campagne, carnet.numero), SansPapier())
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    return carnet


def _matinee(poste: Poste) -> None:
    """What is under way this morning: one carnet at each step of the paper, one spoiled, two visits begun."""
    _le(poste, 25, 8, 5)
    gache = _imprimer(poste, *VILLAGE[5])
    agir(poste, gache.campagne, gache.numero, "carnet.gacher", "Papier abîmé")
    attribuer(poste, visite_accord(poste, nom_naissance="Obin", prenoms="Rémi", naissance="14/02/1990"))
    _le(poste, 25, 8, 20)
    carnet = attribuer(poste, visite_accord(poste, nom_naissance="Kone", prenoms="Awa", naissance="30/09/1985")).carnet
    lancer_impression(poste, carnet.campagne, carnet.numero)
    _le(poste, 25, 8, 31)
    garder(poste, visite_accord(poste, nom_naissance="Cuvelier", prenoms="Zoé", naissance="02/02/1999", pieces=()))
    noter(poste, replace(ouvrir_visite(poste), nom_naissance="Walbecq", prenoms="Henri"))


def _dossiers(poste: Poste, carnet: Carnet) -> None:
    """A case on a carnet, another already seen, and two acts that the Region keeps aside."""
    cle = personnes.cle_de(poste.base, carnet.personne_id)
    assert cle is not None
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 899, IndexAjout(cle, 5, date(2026, 11, 17), "bus"))
        evenements.appliquer(poste.base, 900, CarnetBloque(127, carnet.numero, (6, 7, 8, 9, 10), "litige"))
        for rang, autre in ((901, 142), (902, 143)):
            litiges.ouvrir(
                poste.base, srv_seq=rang, litige_id=f"L{rang:06d}", sujet=carnet.personne_id, campagne=127,
                carnets=(carnet.numero, autre), excedent=5, postes=(POSTE, "Bus de l’Avesnois"),
            )  # fmt: skip
    noter_vu(poste, "L000902", "Gérard Lemoine rappelé : il garde le carnet du bus.")
    reglements.noter(
        poste.base, reglement_id="2026-11-02", generation=1, executoire_le=date(2026, 11, 9), empreinte=bytes(32),
        octets=b"", raison="decision_prise",
    )  # fmt: skip
    tete = envoi.tete(poste.base)
    for recul in (0, 3):
        envoi.noter_issues(poste.base, [Issue(tete.epoch, tete.seq - recul, "en_attente", None, "inapplicable")])


def imprimante_du_poste(poste: Poste, noms: tuple[str, ...]) -> Imprimante:
    """These printers, "Étage" being stopped; the PDF file that stands for one where there is none."""
    fichier = ImprimanteFichier(poste.dossier / "papier")
    if not noms:
        return fichier
    parc = ParcPdf(poste.dossier, *noms)
    parc.arretees.add("Étage")
    return ImprimanteSysteme(poste.dossier, fichier, parc)
