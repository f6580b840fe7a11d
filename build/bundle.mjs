// Bundles scripts that load on demand: each with its style sheets, minified, as one module.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transformSync } from 'esbuild';

/**
 * @typedef {object} Bundle
 * @property {string} script below the folder of sources
 * @property {string} bundled below the output
 * @property {string[]} [sheets] style sheets that the script gets as `self.__STYLES__`
 * @property {string[]} [external] scripts of others that it shares
 * @property {import('esbuild').Plugin[]} [plugins]
 * @property {Record<string, unknown>} [constants] what the script gets in place of these expressions
 */

/** @param {string} folder @param {string} output @param {Bundle} bundle */
export function bundle(folder, output, { script, bundled, sheets = [], external = [], plugins = [], constants = {} }) {
  const css = sheets.map(sheet => readFileSync(join(folder, sheet), 'utf8')).join('');
  const { code: styles } = transformSync(css, { loader: 'css', minify: true, charset: 'utf8' });
  return build({
    entryPoints: [join(folder, script)],
    outfile: join(output, bundled),
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'esm',
    logLevel: 'warning',
    external,
    plugins,
    allowOverwrite: true,
    define: Object.fromEntries(
      Object.entries({ 'self.__STYLES__': styles, ...constants }).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
  });
}
