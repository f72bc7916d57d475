import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { endpoints } from '@folkmoot/core/endpoints';
import { defineConfig, type Plugin } from 'vite';

/**
 * A page ships the addresses of the endpoints it calls, not of all hundred: `endpoints.readMe` becomes what it says
 * (1.5 kB less on every page).
 */
const endpointsInPlace: Plugin = {
  name: 'folkmoot-endpoints',
  apply: 'build',
  transform: {
    order: 'post',
    handler(code, id) {
      if (!code.includes('@folkmoot/core/endpoints') || id.includes('/packages/core/')) return null;
      const known: Readonly<Record<string, unknown>> = endpoints;
      const written = code.replace(/(?<![.\w$'"/])endpoints\.(\w+)/g, (whole, name: string) =>
        known[name] ? `(${JSON.stringify(known[name])})` : whole,
      );
      // what is no longer named need not be fetched
      const bare = written.replace(
        /import\s*\{\s*endpoints\s*\}\s*from\s*['"]@folkmoot\/core\/endpoints['"];?/,
        '',
      );
      const left = /\bendpoints\b/.test(bare) ? written : bare;
      return left === code ? null : { code: left, map: null };
    },
  },
};

export default defineConfig(({ command }) => ({
  plugins: [
    endpointsInPlace,
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
  build: {
    target: 'es2023',
    modulePreload: {
      // which chunks each of a hundred pages needs would be told to all of them (2 kB); a hover fetches them in time
      resolveDependencies: (_file, needed, { hostType }) =>
        hostType === 'js' ? needed.filter((name) => name.endsWith('.css')) : needed,
    },
  },
}));
