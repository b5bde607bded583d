"""From an award to paper, without ever disagreeing with it in silence (mission, never 7; protocol §3).

Three steps, each in its own thread: the intention is committed, the paper is made, the agent says what came out.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from passdesk.domain.carnet import IMPRIMABLE, Carnet, Etat
from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.domain.gabarit import ORDINAIRE, Gabarit, gabarit_pour
from passdesk.domain.tirage import Sortie, Tirage
from passdesk.printing.apercu import PageImage, render_pages
from passdesk.printing.carnet_imprime import CarnetImprime, LieuImprime, PassImprime
from passdesk.printing.carnet_pdf import papier_carnet, render_carnet
from passdesk.printing.page_reglage import papier_reglage
from passdesk.protocol.base45 import encode as encode_base45
from passdesk.protocol.certificat import MAGIE as MAGIE_CERTIFICAT
from passdesk.protocol.serie import cle97, code_controle, serie, serie_carnet
from passdesk.services.feuilles import feuilles_posees, poser_feuilles
from passdesk.services.lieux_couverture import lieux_imprimes, retenir
from passdesk.services.nom_couverture import nom_imprime
from passdesk.services.poste import APPAREIL, TELEPHONE_AIDE, Poste
from passdesk.services.signature import signer
from passdesk.services.tirages import dernier_tirage, tirages
from passdesk.storage import appareil, campagnes, carnets, cle_pass, personnes
from passdesk.storage import poste as identite
from passdesk.storage.acte import Acte

DOSSIER_PAPIER = "papier"
TELEPHONE_DEMONSTRATION = "03 53 01 00 00"
"""A number kept for fiction; a real carnet is never printed without the Region's own."""
LARGEUR_APERCU = 900


class Imprimante(Protocol):
    """The border to paper: a PDF file, or the system's printer."""

    def sortir(self, papier: Papier, nom: str) -> Path | None:
        """Puts the sheets out; the file `nom` (no personal data) when it makes one. Raises PanneAttendue."""
        ...


@dataclass(frozen=True, slots=True)
class ImprimanteFichier:
    """Writes the sheets as one PDF file into a folder, whole or not at all."""

    dossier: Path

    def sortir(self, papier: Papier, nom: str) -> Path | None:
        """The file written, under the next name while a viewer holds this one; None for a paper that bears a name: none
        is left there, the agent says where it goes.

        Raises PanneAttendue("papier_non_ecrit").
        """
        if papier.nominatif:
            return None
        chemin = self.dossier / nom
        provisoire = chemin.with_suffix(".partiel")
        try:
            self.dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
            with provisoire.open("wb") as fichier:
                fichier.write(papier.pdf)
                fichier.flush()
                os.fsync(fichier.fileno())
            return poser_feuilles(provisoire, chemin)
        except OSError:
            with contextlib.suppress(OSError):
                provisoire.unlink(missing_ok=True)
            raise PanneAttendue("papier_non_ecrit", fichier=nom) from None


@dataclass(frozen=True, slots=True)
class TravailImpression:
    """What the agent asked to print, already committed. `feuilles`: sheet numbers, 1 is the first."""

    carnet: Carnet
    contenu: CarnetImprime = field(repr=False)
    feuilles: tuple[int, ...]
    nom_fichier: str


@dataclass(frozen=True, slots=True)
class FichierNominatif:
    """The PDF of sheets that bear a name, in memory alone. `nom`: proposed to the agent, no personal data."""

    nom: str
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PapierSorti:
    """What was handed to the printer: the file if there is one, and the picture of each sheet, in order.

    `nominatif`: the sheets that bear a name, for an agent who prints to a file; None for all others.
    """

    carnet: Carnet
    chemin: Path | None
    feuilles: tuple[int, ...]
    apercus: tuple[PageImage, ...] = field(repr=False)
    nominatif: FichierNominatif | None = None


def gabarit_habituel(poste: Poste, carnet: Carnet) -> Gabarit:
    """How this carnet was printed last; before the first time, what suits its person."""
    dernier = dernier_tirage(poste, carnet)
    if dernier is not None:
        return dernier.gabarit
    personne = personnes.get(poste.base, carnet.personne_id)
    return gabarit_pour(personne.besoins if personne else ())


def lancer_impression(
    poste: Poste,
    campagne: int,
    numero: int,
    feuilles: tuple[int, ...] | None = None,
    gabarit: Gabarit | None = None,
    imprimante: str = "",
    lieux: tuple[str, ...] | None = None,
    nom: bool | None = None,
    fournee: str = "",
) -> TravailImpression:
    """Commits `carnet.impression_lancee`, before anything goes to the printer; all sheets unless some are named.

    `gabarit`: the layout; None, and whenever only some sheets go again, as last time (`gabarit_habituel`).
    `imprimante`: the name of the printer, written in the log; "" for a file. `lieux`: ids of the places chosen for this
    carnet, whose sheets then go too; None, those it was printed with, or those of the desk the first time. `nom`: the
    cover bears the person's name, or does no more, and its sheet goes too; None, as last time, which is not at first.
    `fournee`: the batch it goes with (`services.fournee`), "" when it goes alone.
    Raises SaisieRefusee: "papier_a_confirmer" (already sent: its fate must be told first), "carnet_bloque" (the Region
    blocks pass of it until a case is settled), "remise_arretee" (it could not be handed over),
    "cle_d_un_autre_ordinateur" (its key stayed on the one that awarded it), "carnet_inconnu", "carnet_non_imprimable",
    "telephone_aide_absent".
    """
    carnet = _carnet(poste, campagne, numero)
    if carnet.etat is Etat.A_CONFIRMER_IMPRESSION:
        raise SaisieRefusee("papier_a_confirmer")
    if carnet.etat not in IMPRIMABLE:
        raise SaisieRefusee("carnet_non_imprimable")
    if carnet.rangs_bloques:
        raise SaisieRefusee("carnet_bloque")
    connue = campagnes.get(poste.base, campagne)
    if connue is not None and poste.horloge.aujourdhui() > connue.arret_remise:
        # Good in every place for weeks yet, and nobody may be given it any more.
        raise SaisieRefusee("remise_arretee")
    if gabarit is None or feuilles is not None:
        gabarit = gabarit_habituel(poste, carnet)
    nombre = gabarit.nombre_feuilles(carnet.taille)
    choisies = feuilles or tuple(range(1, nombre + 1))
    if lieux is not None:
        choisies = tuple(sorted({*gabarit.feuilles_des_lieux(carnet.taille), *choisies}))
    if nom is not None:
        choisies = tuple(sorted({*gabarit.feuilles_du_nom(carnet.taille), *choisies}))
    imprimes = lieux_imprimes(poste, carnet, lieux)
    contenu = _contenu(poste, carnet, gabarit, imprimes, nom_imprime(poste, carnet, nom))
    corps: dict[str, object] = {"campagne": campagne, "numero": numero, "feuilles": list(choisies)}
    corps |= {"gabarit": gabarit.cle, "imprimante": imprimante} | ({"fournee": fournee} if fournee else {})
    # Whether the name is there, never the name: it stands in the acts on the person alone (protocol §4).
    corps |= {"nom": contenu.nom is not None}
    with poste.base.acte(poste.agent_id) as acte:
        retenir(poste, carnet, imprimes)
        acte.inscrire("carnet.impression_lancee", carnet.personne_id, corps)
    nom_fichier = _nom_des_feuilles(carnet, choisies, nombre)
    return TravailImpression(_carnet(poste, campagne, numero), contenu, choisies, nom_fichier)


def fichier_du_tirage(dossier: Path, carnet: Carnet, tirage: Tirage) -> Path | None:
    """The file of the sheets of this printing, while it is on the disk: asked about later, they may still be unprinted.

    None when they went to a printer, or bear a name. `dossier`: the desk's folder.
    """
    feuilles_du_nom = tirage.gabarit.feuilles_du_nom(carnet.taille) if tirage.nom else ()
    if tirage.imprimante or not set(feuilles_du_nom).isdisjoint(tirage.feuilles):
        return None
    nom = _nom_des_feuilles(carnet, tirage.feuilles, tirage.gabarit.nombre_feuilles(carnet.taille))
    return feuilles_posees(dossier / DOSSIER_PAPIER / (f"{nom_fournee(tirage.fournee)}.pdf" if tirage.fournee else nom))


def sortir(travail: TravailImpression, imprimante: Imprimante) -> PapierSorti:
    """Draws the sheets and hands them over; needs no base. Raises PanneAttendue: the question then answers itself."""
    papier = papier_carnet(travail.contenu, travail.feuilles)
    chemin = imprimante.sortir(papier, travail.nom_fichier)
    nominatif = FichierNominatif(travail.nom_fichier, papier.pdf) if papier.nominatif else None
    return PapierSorti(travail.carnet, chemin, travail.feuilles, render_pages(papier.pdf, LARGEUR_APERCU), nominatif)


def mettre_sur_papier(travail: TravailImpression, imprimante: Imprimante) -> Path | None:
    """The same without a screen: no pictures. Raises PanneAttendue."""
    return imprimante.sortir(papier_carnet(travail.contenu, travail.feuilles), travail.nom_fichier)


def apercus(contenu: CarnetImprime) -> tuple[PageImage, ...]:
    """The picture of every sheet of a carnet, as it comes out; needs no base."""
    return render_pages(render_carnet(contenu), LARGEUR_APERCU)


def feuille_de_reglage() -> Papier:
    """The calibration page of a printer: worth nothing, and never moved by what was measured before."""
    return papier_reglage()


def repondre(poste: Poste, campagne: int, numero: int, sortie: Sortie, feuille: int | None = None) -> tuple[int, ...]:
    """Records what came out of the printer; returns the sheets to print again, none when all is there.

    "arrete": the sheets before `feuille` are good, it and the next ones that were sent go again. "rien": all that were
    sent. "illisible": the whole carnet. Same numbers, same bytes; a sheet that is good is never made twice.
    Raises SaisieRefusee("papier_deja_confirme" | "feuille_inconnue").
    """
    carnet = _carnet(poste, campagne, numero)
    if carnet.etat is not Etat.A_CONFIRMER_IMPRESSION:
        raise SaisieRefusee("papier_deja_confirme")
    nombre = gabarit_habituel(poste, carnet).nombre_feuilles(carnet.taille)
    dernier = dernier_tirage(poste, carnet)
    if sortie == "arrete" and (feuille is None or not 1 <= feuille <= nombre):
        raise SaisieRefusee("feuille_inconnue", feuilles=nombre)
    with poste.base.acte(poste.agent_id) as acte:
        inscrire_sortie(acte, carnet, sortie, feuille)
    if dernier is None:
        return () if sortie == "tout" else tuple(range(1, nombre + 1))
    return replace(dernier, sortie=sortie, arretee_a=feuille).manquantes(carnet.taille)


def inscrire_sortie(acte: Acte, carnet: Carnet, sortie: Sortie, feuille: int | None) -> None:
    """Writes one answer into an act under way; `feuille`: the first sheet missing, for "arrete" alone."""
    corps: dict[str, object] = {"campagne": carnet.campagne, "numero": carnet.numero}
    if sortie == "tout":
        acte.inscrire("carnet.impression_faite", carnet.personne_id, corps)
        return
    corps |= {"sortie": sortie, "feuille": feuille if sortie == "arrete" else None}
    acte.inscrire("carnet.impression_ratee", carnet.personne_id, corps)


def contenu_imprime(
    poste: Poste,
    carnet: Carnet,
    gabarit: Gabarit = ORDINAIRE,
    lieux: tuple[str, ...] | None = None,
    nom: bool | None = None,
) -> CarnetImprime:
    """The carnet as it is set on paper: the same numbers, signatures and places every time. Raises SaisieRefusee.

    `lieux`, `nom`: as it would be with these places instead, with the person's name or without.
    """
    return _contenu(poste, carnet, gabarit, lieux_imprimes(poste, carnet, lieux), nom_imprime(poste, carnet, nom))


def _contenu(
    poste: Poste,
    carnet: Carnet,
    gabarit: Gabarit,
    imprimes: tuple[tuple[str, LieuImprime], ...],
    nom: str | None,
) -> CarnetImprime:
    secrets = appareil.lire_appareil(poste.dossier, poste.cle)
    if secrets is None and identite.lire_texte(poste.base, APPAREIL) is not None:
        raise BaseFermee("cles_appareil_absentes")
    cle = secrets.cle_pass(carnet.kid) if secrets else None
    certificat = cle_pass.certificat_de(poste.base, carnet.kid)
    campagne = campagnes.get(poste.base, carnet.campagne)
    if cle is None and secrets is not None and secrets.kid is not None:
        # Awarded before this desk was put back on this computer (decision 0090).
        raise SaisieRefusee("cle_d_un_autre_ordinateur")
    if cle is None or certificat is None or campagne is None:
        raise SaisieRefusee("poste_non_enrole")
    telephone = identite.lire_texte(poste.base, TELEPHONE_AIDE)
    if telephone is None and not campagne.est_demonstration:
        raise SaisieRefusee("telephone_aide_absent")
    passes = []
    for rang in range(1, carnet.taille + 1):
        signe = signer(cle, carnet, rang)
        passes.append(
            PassImprime(
                rang,
                serie(carnet.campagne, carnet.numero, rang),
                cle97(carnet.campagne, carnet.numero, rang),
                code_controle(signe.signature),
                signe.texte,
            )
        )
    return CarnetImprime(
        campagne_numero=carnet.campagne,
        serie_carnet=serie_carnet(carnet.campagne, carnet.numero),
        taille=carnet.taille,
        dernier_jour=carnet.dernier_jour,
        passes=tuple(passes),
        certificat_texte=MAGIE_CERTIFICAT + encode_base45(certificat),
        exemple=campagne.est_demonstration,
        telephone_aide=telephone or TELEPHONE_DEMONSTRATION,
        nom=nom,
        valeur_cents=campagne.valeur_cents,
        gabarit=gabarit,
        lieux=tuple(lieu for _, lieu in imprimes),
    )


def retirer_papier(poste: Poste, carnet: Carnet) -> None:
    """Removes the files of a carnet that waits for no paper any more: what is worth money does not stay on the disk.

    Those of a batch too. One that a viewer still holds stays for `ranger_papiers`: the act is already recorded.
    """
    debuts = {_nom_fichier(carnet), *(nom_fournee(t.fournee) for t in tirages(poste, carnet) if t.fournee)}
    for debut in debuts:
        retirer_fichiers(poste.dossier / DOSSIER_PAPIER, f"{debut}*")


def ranger_papiers(poste: Poste) -> None:
    """Removes every print file that a cut or a viewer left behind: those of carnets that wait for no paper, and of
    batches about which nothing is left to be told."""
    attendus = set()
    for suivi in carnets.en_attente_de_papier(poste.base):
        attendus.add(_nom_fichier(suivi.carnet))
        if suivi.carnet.etat is Etat.A_CONFIRMER_IMPRESSION:
            tirage = dernier_tirage(poste, suivi.carnet)
            attendus |= {nom_fournee(tirage.fournee)} if tirage is not None and tirage.fournee else set()
    # Half a pile, nobody has seen.
    retirer_fichiers(poste.dossier / DOSSIER_PAPIER, "fournee-*.partiel")
    for debut in ("carnet-*", "fournee-*"):
        retirer_fichiers(poste.dossier / DOSSIER_PAPIER, debut, sauf=tuple(attendus))


def retirer_fichiers(dossier: Path, motif: str, sauf: tuple[str, ...] = ()) -> None:
    """Removes the print files of this pattern, but for those whose names begin as told, and those that are held."""
    for fichier in dossier.glob(motif):
        if not fichier.name.startswith(sauf):
            with contextlib.suppress(OSError):
                fichier.unlink()


def nom_fournee(fournee: str) -> str:
    """How the names of the files of a batch begin."""
    return f"fournee-{fournee}"


def _nom_fichier(carnet: Carnet) -> str:
    """How the names of its print files begin: its serial, nothing about the person."""
    return "carnet-" + serie_carnet(carnet.campagne, carnet.numero).replace(" ", "-")


def _nom_des_feuilles(carnet: Carnet, feuilles: tuple[int, ...], nombre: int) -> str:
    """The name of the file of these sheets, of the `nombre` of the carnet."""
    suffixe = "" if len(feuilles) == nombre else "-feuille-" + "-".join(map(str, feuilles))
    return f"{_nom_fichier(carnet)}{suffixe}.pdf"


def _carnet(poste: Poste, campagne: int, numero: int) -> Carnet:
    carnet = carnets.get(poste.base, campagne, numero)
    if carnet is None:
        raise SaisieRefusee("carnet_inconnu")
    return carnet
