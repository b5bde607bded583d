'use strict';
// The peer's server: express-pouchdb on LevelDB.  usage: node pouch_serveur.js ADDRESS PORT FOLDER
const path = require('path'), fs = require('fs'), http = require('http');
const charge = require('module').createRequire(path.join(process.cwd(), 'x.js'));
const PouchDB = charge('pouchdb'), express = charge('express'), servirPouch = charge('express-pouchdb');
const [adresse, port, dossier] = process.argv.slice(2);
fs.mkdirSync(dossier, { recursive: true });
process.chdir(dossier);
const base = PouchDB.defaults({ prefix: dossier + '/' });
const app = express();
app.use('/', servirPouch(base, { mode: 'minimumForPouchDB', inMemoryConfig: true }));
const serveur = http.createServer(app);
serveur.keepAliveTimeout = 120000;
serveur.listen(+port, adresse, () => console.log(JSON.stringify({ pret: true })));
require('readline').createInterface({ input: process.stdin }).on('line', async ligne => {
  if (ligne === 'compter') console.log(JSON.stringify({ nombre: (await new base('db').info()).doc_count }));
}).on('close', () => process.exit(0));
