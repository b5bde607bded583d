'use strict';
// A PouchDB client on LevelDB, tuned: one kept-alive agent, batches of 1 000.  usage: node pouch_poste.js URL FOLDER
const path = require('path'), http = require('http'), fs = require('fs');
const charge = require('module').createRequire(path.join(process.cwd(), 'x.js'));
const PouchDB = charge('pouchdb');
const { gens } = require('./gens.js');
const [url, dossier] = process.argv.slice(2);
fs.mkdirSync(dossier, { recursive: true });
const ici = new PouchDB(path.join(dossier, 'local'));
const agent = new http.Agent({ keepAlive: true, maxSockets: 6 });
const la = () => new PouchDB(url + '/db', { skip_setup: true, fetch: (u, o = {}) => { o.agent = agent; return PouchDB.fetch(u, o); } });
let graine = 100;

async function ajouter(nombre) {
  const tous = gens(nombre, graine++);
  for (let i = 0; i < nombre; i += 1000) await ici.bulkDocs(tous.slice(i, i + 1000));
  return { ajoutes: nombre };
}

async function faire([mot, nombre]) {
  if (mot === 'ajouter') return ajouter(+nombre);
  if (mot === 'ouvrir') { await new PouchDB(url + '/db').info(); return {}; }
  if (mot === 'pousser') {
    const debut = process.hrtime.bigint();
    const fin = await ici.replicate.to(la(), { batch_size: 1000, batches_limit: 2 });
    const secondes = Number(process.hrtime.bigint() - debut) / 1e9;
    return { secondes, envoyes: fin.docs_written, fautes: fin.errors.length + fin.doc_write_failures };
  }
  throw new Error('unknown: ' + mot);
}

let file = Promise.resolve();
console.log(JSON.stringify({ pret: true }));
require('readline').createInterface({ input: process.stdin }).on('line', ligne => {
  file = file.then(() => faire(ligne.split(' '))).then(r => console.log(JSON.stringify(r)), e => console.log(JSON.stringify({ erreur: String(e) })));
}).on('close', () => process.exit(0));
