import { defineConfig } from 'vite';

/** The host page: served by the sandbox from `/`, and again for every `/play/<id>`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', reportCompressedSize: false },
});
