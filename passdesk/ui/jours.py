"""Days as the headings of lists say them, told from today."""

from __future__ import annotations

from datetime import date, timedelta

from passdesk.domain.francais import date_longue


def titre_du_jour(jour: date, aujourdhui: date) -> str:
    """ "Aujourd’hui, 25 novembre", "Hier, 24 novembre", "3 novembre", "3 novembre 2025"."""
    debut = {aujourdhui: "Aujourd’hui, ", aujourdhui - timedelta(days=1): "Hier, "}.get(jour, "")
    return debut + date_longue(jour).removesuffix(f" {aujourdhui.year}")
