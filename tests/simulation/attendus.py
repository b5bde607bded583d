"""What a run must have seen at least once: a fault that never came, or a guard that nobody ran into, proves nothing."""

from __future__ import annotations

from collections import Counter

from passdesk.server.trancher import DECISIONS
from tests.simulation.pirate import GESTES
from tests.simulation.reseau import SORTS

ATTENDUS = (
    # The network.
    *(f"faute.{sort}" for sort in SORTS if sort != "passe"),
    *("faute.arrivee_en_retard", "faute.coupe_entre_deux_pages"),
    # The laptops and the Region's disk.
    *(f"faute.{f}" for f in ("tue", "tue_en_plein_acte", "image_prise", "base_remise", "base_et_cles_remises")),
    "faute.copie_muette",
    *(f"faute.{f}" for f in ("poste_remis", "poste_copie", "horloge_en_avance", "horloge_en_retard")),
    *(f"faute.{f}" for f in ("region_sauvegardee", "region_remise")),
    # Couriers on a stick: what becomes of them, and what is made of them.
    *(f"courrier.{s}" for s in ("prepare", "perdu", "double", "tard", "en_desordre", "tue", "region_disque")),
    *(f"courrier.{s}" for s in ("d_un_jumeau", "d_un_revoque", "d_avant_une_remise")),
    "courrier.d_avant_une_autre_vie_de_la_region",
    *(f"courrier.{s}" for s in ("recu", "deja_recu", "refuse", "courrier_illisible", "courrier_non_attendu")),
    *(f"courrier.{s}" for s in ("courrier_autre", "reponse_fini", "reponse_fourche", "reponse_refuse")),
    # Desks that go on under other keys, and the computers that they left.
    *(f"ordinateur.{o}" for o in ("remplace", "vole", "retire_par_erreur", "relie", "suite_a_dire")),
    *(f"ordinateur.{o}" for o in ("suite_non_montree", "reponse_perdue", "region_d_avant")),
    *(f"ordinateur.{o}" for o in ("ancien_refuse", "ancien_perdu", "actes_repris")),
    *("acte.poste_retire", "acte.cle_d_un_autre_ordinateur"),
    # A device gone bad, by what it tries.
    *(f"pirate.{geste}" for geste in GESTES),
    # How an exchange ends.
    *("echange.fini", "echange.fourche.fourche", "echange.refuse.signature_refusee"),
    *(f"echange.hors_ligne.{r}" for r in ("hors_ligne", "region_indisponible", "reponse_etrangere")),
    # What an agent does, and what stops them.
    *(f"acte.{a}" for a in ("accord_5", "accord_10", "refus", "incomplet", "imprime", "impression_ratee", "remis")),
    *(f"acte.{a}" for a in ("carnet.gacher", "carnet.declarer_perdu", "carnet.declarer_vole", "carnet.retourner")),
    *(f"acte.{a}" for a in ("attribution.annuler", "remise_annulee", "remplace", "fusion", "identite_corrigee")),
    *(f"acte.{a}" for a in ("efface", "lot_rendu", "homonyme_accord_10", "carnet_bloque")),
    *(f"acte.{a}" for a in ("reserve_epuisee_5", "reserve_epuisee_10", "effacement_papier")),
    # What the Region's people do.
    *(f"region.{r}" for r in ("lot_accorde", "stock_insuffisant", "reserve_lycee_depassee", "liste_publiee")),
    *(f"region.{r}" for r in ("publication_prolongee", "litige_clos", "carnet_annule_par_la_region", "carnet_retabli")),
    *(f"region.litige_{d}" for d in DECISIONS),
    *("region.poste_revoque", "echange.refuse.appareil_revoque"),
    *(f"region.{r}" for r in ("recharge_reglee", "lots_geles", "lots_rappeles", "lots_relances")),
    # What the Region makes of an act, and its kinds of case.
    *(f"resultat.{r}" for r in ("appliquee", "litige", "engagement", "type_inconnu", "inapplicable")),
    *(f"cas.{c}" for c in ("plafond", "hors_lot", "numero_double", "fourche")),
    # What no program can help: told, and counted.
    *("issue.emporte_avec_le_disque", "issue.mis_de_cote", "issue.redit_apres_une_remise"),
    "issue.numero_redonne_sans_le_savoir",
)


def jamais_vus(vus: Counter[str]) -> list[str]:
    """Those that this run never met."""
    return [nom for nom in ATTENDUS if not any(vu == nom or vu.startswith(f"{nom}_") for vu in vus)]
