import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'vite';

const SOURCES = join(dirname(createRequire(import.meta.url).resolve('phaser/package.json')), 'src');

/** What is decided as the engine is put together: which halves of it are there, as webpack would say it (left alone, each would be true). */
const SWITCHES: [RegExp, string][] = [
  [/typeof (?:CANVAS|WEBGL)_RENDERER/g, 'true'],
  [/typeof (?:WEBGL_DEBUG|FEATURE_SOUND|PLUGIN_\w+)/g, 'false'],
  // The game brings its context along. One that is made here, as the engine loads, only to see whether it can be made,
  // would cost a phone a part of its first second.
  [/\btestWebGL\(\)/g, 'false'],
];

/**
 * Puts the parts of Phaser that the game uses, named in `phaser.js`, in the place of the whole. They are CommonJS, which a
 * development server can't serve, so they are made one module first.
 * @param outDir where that module is kept
 */
export function trimmedEngine(outDir: string): Plugin {
  return {
    name: 'trimmed-engine',
    async config() {
      await build({
        configFile: false,
        logLevel: 'warn',
        define: { global: 'globalThis' },
        resolve: { alias: [{ find: /^phaser\/src\//, replacement: `${SOURCES}/` }] },
        plugins: [switches],
        build: {
          outDir,
          minify: false,
          target: 'es2022',
          lib: { entry: join(import.meta.dirname, 'phaser.js'), formats: ['es'], fileName: 'phaser' },
        },
      });
      return { resolve: { alias: [{ find: /^phaser$/, replacement: join(outDir, 'phaser.js') }] } };
    },
  };
}

const switches: Plugin = {
  name: 'engine-switches',
  transform(code, id) {
    if (!id.startsWith(SOURCES)) return undefined;
    const set = SWITCHES.reduce((text, [find, put]) => text.replaceAll(find, put), code);
    return { code: set, map: null };
  },
};
