/**
 * Style and script of the pages, made when the program starts and served from memory. Their names change with what is in
 * them, so that a browser may keep them for ever.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Asset {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface Assets {
  readonly style: string;
  readonly script: string;
  /** The script that plays test cards; asked for in test mode alone. */
  readonly drawer: string;
  /** By the path that a browser asks for. */
  readonly files: ReadonlyMap<string, Asset>;
}

/** The same folder, whether this file runs from `src` or from `dist`. */
const browser = (name: string): string =>
  fileURLToPath(new URL(`../../src/browser/${name}`, import.meta.url));

const bundle = async (entry: string): Promise<Uint8Array<ArrayBuffer>> => {
  const { outputFiles } = await build({
    entryPoints: [browser(entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    conditions: ['mandate-source'],
    logLevel: 'silent',
    write: false,
  });
  return new Uint8Array(outputFiles[0]?.contents ?? []);
};

const nameOf = (stem: string, ending: string, body: Uint8Array): string =>
  `/assets/${stem}.${createHash('sha256').update(body).digest('hex').slice(0, 16)}.${ending}`;

/** Makes all of them; a fault is one of the source and is thrown. */
export const makeAssets = async (): Promise<Assets> => {
  const [css, icon, main, drawerScript] = await Promise.all([
    readFile(browser('portal.css')),
    readFile(browser('icon.svg')),
    bundle('main.ts'),
    bundle('drawer.ts'),
  ]);
  const style = nameOf('portal', 'css', css);
  const script = nameOf('portal', 'js', main);
  const drawer = nameOf('drawer', 'js', drawerScript);
  const javascript = 'text/javascript; charset=utf-8';
  return {
    style,
    script,
    drawer,
    files: new Map<string, Asset>([
      [style, { type: 'text/css; charset=utf-8', body: new Uint8Array(css) }],
      ['/assets/icon.svg', { type: 'image/svg+xml', body: new Uint8Array(icon) }],
      [script, { type: javascript, body: main }],
      [drawer, { type: javascript, body: drawerScript }],
    ]),
  };
};
