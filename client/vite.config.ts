import { join } from 'node:path';
import { constants } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { trimmedEngine } from './engine/plugin.ts';

/** Where the parts of the engine are put together. */
const ENGINE = join(import.meta.dirname, '../.cache/engine');
const SHARED = join(import.meta.dirname, '../shared/src');
const SPLASH = join(import.meta.dirname, 'src/splash.ts');

/**
 * Tells the browser to compile our scripts whole while they arrive, beside the page. Else it does so function by function as each
 * is called, in the way of the first frame (v8.dev/blog/explicit-compile-hints). Not so the engine, most of which never runs. A
 * browser that doesn't know the line reads a comment; it counts only as a file's first.
 */
const COMPILED_WHOLE = new Set(['index', 'main', 'game']);
const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n';

/** Something put before the hint would take it away, and only a slow phone would ever tell. */
const compileHints: Plugin = {
  name: 'compile-hints',
  apply: 'build',
  writeBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk' && COMPILED_WHOLE.has(file.name) && !file.code.startsWith(COMPILE_HINT))
        throw new Error(
          `vite.config.ts: ${file.fileName} does not begin with its compile hint; see what the build puts before it.`,
        );
  },
};

/** In development nobody serves the page but Vite, so it fills in what our server fills in otherwise. */
const pageSettings: Plugin = {
  name: 'page-settings',
  apply: 'serve',
  transformIndexHtml: (html) =>
    html
      .replaceAll('%TELEGRAM_WEB_ORIGIN%', process.env.TELEGRAM_WEB_ORIGIN ?? 'https://web.telegram.org')
      .replaceAll('%BOT_LINK%', process.env.BOT_LINK ?? ''),
};

/**
 * What the built page asks for, and when: the script that colours the splash before anything is painted, the styles not
 * before the splash has been, and the engine together with the page, not only once the page has found out that it needs it. The
 * main part is not asked for here: it would share the line with the engine, and the picture can do without it.
 */
const pageOrder: Plugin = {
  name: 'page-order',
  apply: 'build',
  buildStart() {
    this.emitFile({ type: 'chunk', id: SPLASH, name: 'splash' });
  },
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const named = (name: string) => {
        const chunk = chunks.find((each) => each.name === name);
        if (!chunk)
          throw new Error(`vite.config.ts: the build has made no "${name}" for the page to ask for.`);
        return `/${chunk.fileName}`;
      };
      const styles = html.match(/<link rel="stylesheet"[^>]*>/g) ?? [];
      return {
        html: styles
          .reduce((text, link) => text.replace(link, ''), html)
          .replace('</body>', `${styles.join('')}</body>`),
        tags: [
          { tag: 'script', attrs: { src: named('splash') }, injectTo: 'head' },
          ...['phaser', 'game'].map((name) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: named(name) },
            injectTo: 'head' as const,
          })),
        ],
      };
    },
  },
};

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  // Shared code is taken as source, here as in the tests. By its name and not by the condition `development`, which packages of
  // others have too: socket.io-parser brings a debugger with it then.
  resolve: { alias: [{ find: /^@stardrift\/shared\/(.*)$/, replacement: `${SHARED}/$1.ts` }] },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // The page itself asks for what is needed at once, and for one file of styles. A list of either would be put before a script's first line.
    modulePreload: false,
    cssCodeSplit: false,
    // The engine is one file of most of a megabyte before compression; that is known and budgeted.
    chunkSizeWarningLimit: 900,
    // On its own the engine stays in the player's cache when the game around it changes.
    rolldownOptions: {
      // Compressing as hard as can be takes its time; that needs no telling.
      checks: { pluginTimings: false },
      output: {
        postBanner: ({ name }) => (COMPILED_WHOLE.has(name) ? COMPILE_HINT : ''),
        codeSplitting: { groups: [{ name: 'phaser', test: (id: string) => id.startsWith(ENGINE) }] },
      },
    },
  },
  plugins: [
    trimmedEngine(ENGINE),
    pageSettings,
    pageOrder,
    compileHints,
    compression({
      // The page itself is filled in when it is served, so it is never precompressed.
      include: /\.(js|css|svg|json)$/,
      threshold: 1_024,
      algorithms: [
        ['gzip', { level: 9 }],
        ['brotliCompress', { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }],
      ],
    }),
  ],
});
