"""Sentences about the lots that the Region follows (stopped, called back, refilled) and the desks that hold them."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message
from passdesk.ui.messages.region_litiges import ANNONCE_PRETE

_RIEN = "Rien n’a été changé."

MESSAGES: dict[str, Message] = {
    "lots_rappeles": Message(
        "Carnets rappelés à « {poste} » : {carnets}.",
        "Leur valeur reviendra au stock quand le poste aura répondu, à son prochain envoi.",
    ),
    "lots_geles": Message(
        "Carnets gelés chez « {poste} » : {carnets}. Il n’en attribuera plus à partir de son prochain envoi.",
        "Leur valeur reste comptée comme donnée.",
        "« region rappeler --relancer » les lui rend.",
    ),
    "lots_relances": Message(
        "« {poste} » attribue de nouveau, dès son prochain envoi et jusqu’au {jour}. Carnets rendus : {carnets}."
    ),
    "lots_laisses_demande": Message(
        "Les numéros sans nouvelles seront refusés partout, sans retour.", faire="Pour y renoncer, tapez « oui »."
    ),
    "lots_abandonnes": Message(
        "Numéros laissés par « {poste} » et refusés partout : {carnets}.",
        "Leur valeur reviendra au stock après la quarantaine.",
        "Les lieux l’apprennent de la prochaine annonce : « region publier --out », ou « region servir --annonce ».",
    ),
    "quarantaine_reglee": Message(
        "Quarantaine des numéros sans réponse : {jours} jours après l’annonce écrite pour les lieux qui les annule."
    ),
    "quarantaine_refusee": Message("La quarantaine dure de 1 à 3 650 jours.", _RIEN),
    "poste_a_revoquer_actif": Message(
        "« {poste} » ({appareil}), enrôlé le {enrole_le}, dernier envoi le {vu_le}.",
        "Numéros non donnés, qui seraient annulés partout : {carnets}.",
    ),
    "poste_a_revoquer_jamais_vu": Message(
        "« {poste} » ({appareil}), enrôlé le {enrole_le}, jamais entendu.",
        "Numéros non donnés, qui seraient annulés partout : {carnets}.",
    ),
    "poste_a_revoquer_deja": Message(
        "« {poste} » ({appareil}), enrôlé le {enrole_le}, déjà révoqué.",
        "Numéros qui restent à annuler : {carnets}.",
    ),
    "poste_revoquer_demande": Message(
        "La Région ne l’écoutera plus, tout de suite et sans retour.", faire="Pour le révoquer, tapez « oui »."
    ),
    "poste_revoquer_vole_demande": Message(
        "La Région ne l’écoutera plus, tout de suite et sans retour.",
        "Tous les autres changeront de secret pour reconnaître les personnes.",
        "Pour le révoquer et le dire volé, tapez « oui ».",
    ),
    "poste_revoque": Message(
        "« {poste} » est révoqué ({appareil}) : la Région ne l’écoute plus, et garde à part ce qu’il envoie.",
        "Numéros non donnés, annulés : {carnets}. Leur valeur reviendra après la quarantaine.",
        ANNONCE_PRETE,
    ),
    "poste_revoque_sans_annonce": Message(
        "« {poste} » est révoqué ({appareil}), mais la clé de publication a dépassé ses 90 jours.",
        "Numéros annulés ici : {carnets}. Les lieux ne le savent pas encore.",
        "Lancez « passdesk region prolonger », puis « passdesk region publier ».",
    ),
    "poste_deja_revoque": Message(
        "« {poste} » est déjà révoqué ({appareils}).",
        _RIEN,
        "Pour refaire ce qui manque, ou dire qu’il est volé, donnez l’identifiant.",
    ),
    "poste_revoque_index_plein": Message(
        "L’index a déjà été renouvelé 64 fois : il reste celui que le voleur peut lire.",
        faire="Appelez qui entretient PassDesk.",
    ),
    "index_renouvele": Message(
        "L’index est renouvelé (n° {rang}).",
        "Chaque poste l’apprend à son prochain envoi ; d’ici là il reconnaît les personnes qu’il connaissait.",
    ),
    "index_renouvele_trop": Message("L’index a déjà été renouvelé 64 fois.", _RIEN, "Appelez qui entretient PassDesk."),
    "restauree": Message(
        "La Région sait qu’elle vient d’une sauvegarde. Postes à entendre : {postes}.",
        "Chacun redit ce qui manque à son prochain envoi. Accepté depuis cette sauvegarde, un poste n’est plus connu.",
        "Enrôlez celui-là de nouveau. Aucun lot ne part d’ici là ; « region restaurer --doter » passe outre.",
    ),
    "restauree_a_reprendre": Message(
        "Ces données s’arrêtent au {jour} : ce qui a été décidé ici depuis n’y est plus.",
        "À reprendre : postes révoqués ou acceptés, carnets annulés, litiges tranchés, lots gelés ou rappelés, "
        "campagnes, stocks, règlements, recharges, baux.",
        "Puis « region publier --out » : les lieux ont encore l’annonce d’avant.",
    ),
    "dotations_reprises": Message(
        "Des lots peuvent de nouveau être donnés.",
        "Ce que tiennent les postes qui manquent n’est pas encore compté : le stock peut s’en trouver dépassé.",
        "Les numéros qu’ils disent déjà tenir n’iront à aucun autre.",
    ),
    "dotations_suspendues": Message(
        "La Région vient d’une sauvegarde. Postes dont elle n’a pas encore pu compter ce qu’ils tiennent : {postes}.",
        _RIEN,
        "Attendez leur envoi ; « region suspens » montre quoi régler. « region restaurer --doter » passe outre.",
    ),
    "suspens_aucun": Message("Aucun acte en attente."),
    "suspens_repris": Message("Actes appliqués : {faits}. Litiges ouverts : {litiges}."),
    "suspens_acte": Message("« {poste} », acte {epoque}-{rang} ({genre}), reçu le {jour}."),
    "suspens_entete_inconnu": Message("Il est d’un programme plus récent."),
    "suspens_type_inconnu": Message("Il est d’une sorte que cette Région ne connaît pas encore."),
    "suspens_version_recente": Message("Il est d’une forme plus récente."),
    "suspens_bloc_illisible": Message("Son contenu ne s’ouvre pas."),
    "suspens_engagement": Message("Son contenu n’est pas celui qu’il annonce."),
    "suspens_corps_illisible": Message("Son contenu ne se lit pas."),
    "suspens_inapplicable": Message("Il ne va pas avec ce que la Région sait."),
    "suspens_lot": Message(
        "Il dit tenir {premier} à {dernier}, carnets de {taille}, {pot} : plus que ce stock, ou jamais donnés.",
        "Ses papiers se lisent « inconnu » d’ici là.",
        "Stock relevé depuis la sauvegarde : « region campagne --stock ». Poste qui ment : révoquez-le. Sinon, "
        "« region restaurer --doter ».",
    ),
    "suspens_lot_impossible": Message(
        "Il dit tenir un lot qui ne se lit pas, ou plus grand qu’aucun de ceux que la Région donne.",
        "Ses papiers se lisent « inconnu » d’ici là.",
        "Poste qui ment : révoquez-le. Sinon, « region restaurer --doter ».",
    ),
    "suspens_arrete": Message(
        "Tant qu’un de ces lots attend, la Région ne donne aucun lot ni recharge, à aucun poste."
    ),
    "suspens_vie_redite": Message(
        "« {poste} » ({appareil}), déjà cru le {jour}, dit de nouveau que la Région a été remise à une sauvegarde.",
        "Tant que personne n’a tranché, elle ne donne aucun lot ni recharge, à aucun poste.",
        "Si elle l’a été : « region restaurer ». Sinon, ce poste ment : révoquez-le.",
    ),
    "attente_envois": Message(
        "La Région vient d’une sauvegarde. Postes à entendre : {postes}.",
        "D’ici là, elle ne donne aucun lot ni recharge, et ne publie rien d’elle-même.",
        "Attendez leur envoi, révoquez ceux qui n’enverront plus, ou passez outre : « region restaurer --doter ».",
    ),
    "attente_dite_par": Message(
        "Elle l’a appris d’un envoi de « {poste} » ({appareil}).",
        "Si personne ne l’a remise à une sauvegarde, ce poste ment, et il arrête tout.",
        "Révoquez-le, puis « region restaurer --doter ».",
    ),
    "annonce_attend": Message(
        "La Région vient d’une sauvegarde. Postes à entendre : {postes}.",
        "D’ici là, « region servir --annonce » n’écrit rien pour les lieux.",
        "Pour le leur dire tout de suite : « region publier --out FICHIER ».",
    ),
    "attente_lots": Message(
        "Lots que des postes disent tenir et que la Région ne peut pas compter : {lots}.",
        "D’ici là, elle ne donne aucun lot ni recharge, à aucun poste.",
        "« region suspens » montre lesquels, et quoi faire.",
    ),
    "attente_vies": Message(
        "Postes déjà crus qui disent de nouveau que la Région a été remise à une sauvegarde : {postes}.",
        "Tant que personne n’a tranché, elle ne donne aucun lot ni recharge, à aucun poste.",
        "« region suspens » montre lesquels, et quoi faire.",
    ),
    "garde_message": Message("Reçu le {jour}. Actes : {actes}, de l’époque {epoque}, à partir du n° {premier}."),
    "garde_illisible": Message("Reçu le {jour}. Il ne se lit pas."),
    "gardes_aucun": Message("Aucun message de ce poste n’est gardé à part."),
    "gardes_repris": Message(
        "Messages repris : {pris}. Actes appliqués : {faits}. Litiges ouverts : {litiges}.",
        "Restent à part : {restent}.",
        "Un message reste quand il lui en manque un avant lui, ou quand il ne se lit pas.",
    ),
    "appareil_sans_nom": Message(
        "Aucun appareil n’a l’identifiant « {appareil} ».", _RIEN, "« passdesk region postes » les montre."
    ),
    "postes_aucun": Message("Aucun poste n’est enrôlé."),
    "poste_actif": Message(
        "{appareil} · « {poste} » · enrôlé le {enrole_le}, dernier envoi le {vu_le}. Carnets à attribuer : {restants}."
    ),
    "poste_jamais_vu": Message(
        "{appareil} · « {poste} » · enrôlé le {enrole_le}, jamais entendu. Carnets à attribuer : {restants}."
    ),
    "poste_est_revoque": Message("{appareil} · « {poste} » · révoqué. Carnets sans réponse possible : {restants}."),
    "poste_messages_gardes": Message("Messages de ce poste gardés à part : {gardes}."),
    "poste_envoi_attendu": Message("La Région attend son envoi."),
    "poste_lots_en_attente": Message("Lots qu’il dit tenir et qui arrêtent les dotations : {lots}."),
    "poste_vie_redite": Message("Il dit de nouveau que la Région a été remise à une sauvegarde."),
    "lot_inconnu": Message(
        "« {poste} » n’a aucun lot de cette sorte.", _RIEN, "« passdesk region lots » montre ceux qu’il a."
    ),
    "lots_aucun": Message("Aucun lot."),
    "lot_du_poste": Message("{lot} · « {poste} » · {premier} à {dernier}, carnets de {taille}, {pot}."),
    "lot_actif": Message("Reste {restants} sur {carnets} ; à attribuer jusqu’au {jour}."),
    "lot_gele": Message("Gelé depuis le {depuis} ; reste {restants} sur {carnets}."),
    "lot_rappele": Message("Rappelé le {depuis} ; le poste n’a pas encore répondu. Reste {restants} sur {carnets}."),
    "lot_laisse": Message(
        "Laissé par le poste, remis à une copie le {depuis} ; {restants} sur {carnets} sans nouvelles."
    ),
    "lot_limbes": Message("Sans réponse possible depuis le {depuis} ; {restants} sur {carnets} annulés partout."),
    "lot_rendu": Message("Rendu : {valeur} pass sont revenus au stock."),
    "lot_rendu_en_attente": Message("Rendu ; sa valeur attend que tous les actes du poste soient lus."),
    "recharge_reglee": Message(
        "Campagne {campagne}, {pot}, carnets de {taille} : {carnets} de plus quand il en reste {seuil} ou moins.",
        "Pour chaque poste qui a déjà reçu un premier lot de cette sorte.",
    ),
    "recharge_arretee": Message("Campagne {campagne}, {pot}, carnets de {taille} : plus de recharge."),
    "recharge_refusee": Message(
        "Pour ce stock, la recharge est de {minimum} à {maximum} carnets à la fois.", _RIEN, "Donnez un autre nombre."
    ),
    "bail_regle": Message("Campagne {campagne} : un bail de {jours} jours, prolongé à chaque envoi."),
    "bail_sans_limite": Message("Campagne {campagne} : un bail jusqu’à l’arrêt de la remise."),
    "bail_refuse": Message("Un bail dure de 1 à 3 650 jours ; 0 : jusqu’à l’arrêt de la remise.", _RIEN),
    "rappeler_un_geste": Message(
        "--geler, --relancer et --laisses se donnent l’un sans l’autre ; --laisses, sans --pot. "
        "--essai se donne avec --laisses.",
        _RIEN,
    ),
    "regler_incomplet": Message(
        "Une recharge se règle avec --taille, --seuil et --carnets.", _RIEN, "Donnez les trois, ou aucun."
    ),
    "reglages_aucun": Message("Aucune recharge, et aucun bail particulier."),
}
