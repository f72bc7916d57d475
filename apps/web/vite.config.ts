import { createHash } from 'node:crypto';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { WELSH_MODULES } from './src/lib/frame/server/modules.ts';
import { endpointsInPlace, groups, leftOut } from './vite.slim.ts';
import { swiftHashes } from './vite.swift.ts';
import { oneLanguage, shortWords } from './vite.words.ts';

const welshMap = `sha256-${createHash('sha256').update(WELSH_MODULES).digest('base64')}` as const;

export default defineConfig(({ command }) => ({
  plugins: [
    endpointsInPlace,
    shortWords(),
    oneLanguage,
    leftOut,
    swiftHashes,
    sveltekit({
      adapter: adapter({ precompress: true }),
      compilerOptions: { runes: true },
      // a page need not carry the list of all others, desk and all (3 kB): the server says which page an address is
      router: { resolution: 'server' },
      // hashes, not nonces: a nonce in a page that many share is no secret, and would change its ETag
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self', welshMap],
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
  // in development the words would else be a second copy, which the hooks never tell the language of the address
  ssr: { noExternal: ['@folkmoot/words'] },
  environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } } },
  build: {
    target: 'es2023',
    modulePreload: {
      // which chunks each of a hundred pages needs would be told to all of them (2 kB); a hover fetches them in time
      resolveDependencies: (_file, needed, { hostType }) =>
        hostType === 'js' ? needed.filter((name) => name.endsWith('.css')) : needed,
    },
  },
}));
