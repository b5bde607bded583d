"""The Region's server: stores first, judges afterwards.

How to read it, from the wire inwards:

- `servir`, `routes`: HTTP. `echange`: one exchange as values, who speaks, is it fresh, what to answer; `courrier`: the
  same brought on a stick. `inscription`: a desk that joins; `enrolement`: what the Region's people do of it. `debit`,
  `suivi`: how often, and what is told of it. `ateliers`: the other processes that judge; `atelier`, `etabli`: one of
  them; `minuterie`: those that take too long.
- `reception`: a batch is kept, then judged, in one transaction. `ordinaires`: the acts in plain order, together;
  `effets`: any other, by type, with `attributions`, `settlement` (the cap), `sujets` (who is whom), `lots`,
  `cles_poste`. What cannot take its place goes to `quarantaine`; what waits is taken up again by `reprise`.
- `diffusion`: events, what desks pull; `etat`: the digest that they compare; `index_region`: the blind index renewed.
- Grants: `escrow`, `recharge`, `rappel`, `limbes`. Void numbers: `nullite`. Cases: `litiges`, `trancher`.
- What is published: `publication`, `reglements`, `campagnes`. Keys: `racine`, `racines`, `cles`, `corps`.
- A day that goes wrong: `revocation`, `restauration`, `menage`.
- `magasin`: what all of this asks of its database; `magasin_sqlite`, `magasin_postgres`: the two that answer.
"""
