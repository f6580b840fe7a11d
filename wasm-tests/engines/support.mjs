// Runs all journeys in each installed engine and writes the results into README.md: `./build.sh support`. About 2 min.
// An engine that is not installed appears as not run.
import { ENGINES, notRun, sessionOf } from './engines.mjs';
import { JOURNEYS } from './features.mjs';
import { writeTable } from './table.mjs';

/** @type {import('./table.mjs').Table} */
const table = {};
/** @type {Record<string, string>} */
const versions = {};
for (const engine of ENGINES) {
  table[engine.name] = {};
  if (!engine.installed()) {
    console.log(notRun(engine));
    continue;
  }
  const session = sessionOf(engine);
  for (const journey of Object.values(JOURNEYS)) {
    const rows = await session.use(session => {
      versions[engine.name] = session.version.split('.').slice(0, 2).join('.');
      return journey(session);
    });
    Object.assign(table[engine.name], rows);
    for (const [row, cell] of Object.entries(rows)) console.log(`${engine.name}: ${row}: ${cell}`);
  }
  await session.close();
}
writeTable(table, versions);
