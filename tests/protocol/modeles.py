"""One of each thing that travels, the same at each run: what `vecteurs_messages.json` holds, byte for byte.

`python -m tests.protocol.modeles` writes that file: only when a form is new, never when one changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from passdesk.protocol import enrolement, evenements, messages
from passdesk.protocol.abrege import abreger
from passdesk.protocol.certificat import LienPublication
from passdesk.protocol.compact import etendre
from passdesk.protocol.etat import Bloc, EtatRegion
from passdesk.protocol.operations import Tete, TypeOperation, sceller_operation
from passdesk.protocol.scellement import Corps

FICHIER = Path(__file__).with_name("vecteurs_messages.json")
H, S = bytes(range(32)), bytes(range(64))
SEL, CORPS = b"s" * 32, b"\xa1ademande-1"

OPERATIONS = {
    str(type_): sceller_operation(
        Tete(2, 6, H),
        op_id="019a0000-0000-7000-8000-000000000001",
        type=type_,
        agent_id="agent-1",
        subject_id="sujet-1",
        wall=1_790_000_000_000,
        corps={"demande": "d1", "rang": rang, "cle": b"k" * 16, "note": "é"},
        sel=SEL,
    )
    for rang, type_ in enumerate(TypeOperation)
}
"""One operation of each type, sealed with a known salt."""

REQUETE = messages.SyncRequest(
    "poste-1", 2, 8, H, S, 40, 1, 9, "0.1.0", 7, H, tuple(messages.header_bytes(o.entete) for o in OPERATIONS.values())
)
COURTE = abreger(REQUETE, [Corps(o.sel or b"", o.corps or b"") for o in OPERATIONS.values()])
REPONSE = messages.SyncAnswer(
    messages.Have(2, 8, H),
    (
        messages.Outcome(7, "appliquee"),
        messages.Outcome(8, "litige", "L000001"),
        messages.Outcome(9, "en_attente", None, "type_inconnu"),
    ),
    (messages.Event(41, "carnet.bloque", b"\xa0"),),
    42,
    True,
    1,
    1_790_000_000_000,
)
ETAT = EtatRegion(256, (Bloc(3, 5), Bloc(), Bloc(1, 9)), 40)
REGION = enrolement.RegionKeys(H, H, 800, S, H, H, S)
DONNE = enrolement.Enrolled(
    "poste-1", "Maubeuge 1", 3, b"certificat", REGION, 1, b"secret", (enrolement.SignedCampaign(b"carte", S),), b"", 1
)
MESSAGES: Mapping[str, tuple[bytes, Callable[[bytes], object], object]] = {
    nom: (ecrire(valeur), lire, valeur)  # type: ignore[operator]
    for nom, ecrire, lire, valeur in (
        ("requete-1", messages.encode_request, messages.decode_request, REQUETE),
        ("requete-2", messages.encode_request, messages.decode_request, COURTE),
        ("requete-3", messages.encode_request, messages.decode_request, replace(COURTE, etat=True)),
        ("requete-3-entiere", messages.encode_request, messages.decode_request, replace(REQUETE, etat=True)),
        ("reponse-1", messages.encode_answer, messages.decode_answer, REPONSE),
        ("reponse-2", messages.encode_answer, messages.decode_answer, replace(REPONSE, version=2, etat=ETAT)),
        ("reponse-2-sans-etat", messages.encode_answer, messages.decode_answer, replace(REPONSE, version=2)),
        *(
            (f"refus-{code}", messages.encode_answer, messages.decode_answer, messages.Refusal(code, 7, 1_790_000_000))
            for code in messages.REFUSAL_STATUS
        ),
        (
            "enrolement-demande",
            enrolement.encode_request,
            enrolement.decode_request,
            enrolement.EnrolmentRequest("ABCDEFGHJK", enrolement.DeviceKeys(H, H, H), "0.1.0", S, S),
        ),
        (
            "enrolement-attente",
            enrolement.encode_pending,
            enrolement.decode_pending,
            enrolement.EnrolmentPending(b"t" * 16, REGION),
        ),
        ("enrolement-question", enrolement.encode_poll, enrolement.decode_poll, enrolement.EnrolmentPoll(b"t" * 16)),
        *(
            (f"enrolement-{etat}", enrolement.encode_state, enrolement.decode_state, enrolement.EnrolmentState(etat, d))
            for etat, d in (("en_attente", None), ("refuse", None), ("accepte", DONNE))
        ),
    )
}
"""Name → (bytes, reader, value)."""

EVENEMENTS: tuple[evenements.Evenement, ...] = (
    evenements.LotAttribue("lot-1", 12, "lycee", 5, 1, 20, date(2027, 12, 16), 3),
    evenements.IndexAjout(b"k" * 16, -10, date(2026, 11, 23), "poste-1"),
    evenements.IndexAjout(b"k" * 16, 5, date(2026, 11, 23), "poste-1", 2),
    evenements.IndexRenouvele(2, b"scelle"),
    evenements.CarnetBloque(12, 7, (6, 7, 8), "litige"),
    evenements.LitigeOuvert("L000012", "p1", 12, (1, 11), 10, ("Lens", "Creil")),
    evenements.LitigeTranche("L000012", "homonyme"),
    evenements.ConfiancePubliee(b"annonce"),
    evenements.CampagneOuverte(b"carte", S),
    evenements.PersonneEffacee("01a217c3-bccc-76d3-aaf6-b3e65a213651"),
    evenements.CleCertifiee(bytes(200)),
    evenements.ActeRepris(1, 12, "litige", "L000012", None),
    evenements.ReglementPublie(
        "2026-10-15", 1, date(2026, 12, 1), H, b"schema = 2", LienPublication(H, date(2027, 1, 1), S), S
    ),
)


def vecteurs() -> dict[str, str]:
    """Everything, in hexadecimal; messages as they are inside their frame, which the compressor may write otherwise."""
    lus = {f"message {nom}": etendre(octets, messages.ANSWER_MAX).hex() for nom, (octets, _, _) in MESSAGES.items()}
    for evenement in EVENEMENTS:
        type_, octets = evenements.encode_evenement(evenement)
        lus[f"evenement {type_}"] = octets.hex()
    for type_, operation in OPERATIONS.items():
        entete = messages.header_bytes(operation.entete)
        lus[f"operation {type_}"] = f"{entete.hex()} {operation.entete.hash.hex()} {(operation.corps or b'').hex()}"
    return dict(sorted(lus.items()))


if __name__ == "__main__":
    FICHIER.write_text(json.dumps(vecteurs(), indent=1) + "\n", encoding="ascii")
