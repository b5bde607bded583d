'use strict';
// Made-up people, about 580 bytes of JSON each: what a registry holds of one person, with the fields that do not
// compress (an identifier, two blind keys).  usage: node gens.js COUNT  (one JSON a line)
const SYLLABES = ['ba', 'ber', 'cha', 'da', 'del', 'du', 'fa', 'gar', 'jo', 'la', 'lin', 'mar', 'mo', 'nou', 'pe', 'ro', 'sa', 'ti', 'va', 'ze'];
const RUES = ['rue de la Mairie', 'route du Moulin', 'impasse des Lilas', 'chemin de la Croix', 'place du Marché', 'allée des Tilleuls'];
const MOTIFS = ['recherche d’emploi', 'rendez-vous médical', 'formation', 'démarche administrative'];
const PRESCRIPTEURS = ['Mission locale', 'CCAS', 'France Travail', 'PMI', 'MSA'];

function hasard(graine) {
  let etat = graine >>> 0;
  return () => {
    etat = (etat + 0x6D2B79F5) >>> 0;
    let t = Math.imul(etat ^ (etat >>> 15), etat | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function gens(nombre, graine) {
  const tirer = hasard(graine), un = n => Math.floor(tirer() * n), parmi = liste => liste[un(liste.length)];
  const hex = n => Array.from({ length: n }, () => un(16).toString(16)).join('');
  const chiffres = n => Array.from({ length: n }, () => un(10)).join('');
  const mot = () => { const m = Array.from({ length: 2 + un(3) }, () => parmi(SYLLABES)).join(''); return m[0].toUpperCase() + m.slice(1); };
  const deux = n => String(n).padStart(2, '0');
  return Array.from({ length: nombre }, () => ({
    _id: 'personne:' + [hex(8), hex(4), '7' + hex(3), 'a' + hex(3), hex(12)].join('-'),
    type: 'personne', v: 1, poste: 'FS-' + chiffres(5),
    nom: mot(), prenoms: mot(), naissance: [1930 + un(75), deux(1 + un(12)), deux(1 + un(28))].join('-'),
    adresse: { voie: (1 + un(200)) + ' ' + parmi(RUES), code_postal: '59' + chiffres(3), commune: mot() + '-sur-' + mot() },
    telephone: '06 00 00 ' + chiffres(2) + ' ' + chiffres(2), courriel: mot().toLowerCase() + '.' + hex(4) + '@exemple.invalid',
    motif: parmi(MOTIFS), prescripteur: parmi(PRESCRIPTEURS), cle1: hex(32), cle2: hex(32), agent: 'agent-' + hex(6),
    cree: '2026-11-' + deux(1 + un(28)) + 'T' + deux(8 + un(10)) + ':' + deux(un(60)) + ':00Z', carnets: [],
    consentement: { ok: true, le: '2026-11-' + deux(1 + un(28)) }, note: tirer() < 0.3 ? mot() + ' ' + mot() + ' ' + mot() : '',
  }));
}

module.exports = { gens };
if (require.main === module) for (const un of gens(+process.argv[2], 7)) process.stdout.write(JSON.stringify(un) + '\n');
