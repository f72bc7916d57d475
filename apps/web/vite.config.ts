import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig(({ command }) => ({
  plugins: [
    sveltekit({
      adapter: adapter({ precompress: true }),
      compilerOptions: { runes: true },
      // hashes, not nonces: a nonce in a page that many share is no secret, and would change its ETag
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:', 'blob:', 'https:'],
          // development: pages change while you write them, over a socket on a port of its own
          'connect-src': command === 'serve' ? ['self', 'ws:'] : ['self'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
      // the origin check is ours: one for API, forms and sockets
      version: { pollInterval: 0 },
    }),
  ],
  build: { target: 'es2023' },
}));
