/**
 * The walls of the house, as lint rules. Imports go one way; a message says where the code belongs.
 * core → zod; words → nothing; ui → svelte, leaflet, words; db → core; api → core, db, words, lottery,
 * opinions; web → core, ui, words; tests and testkit → anything.
 */
const MAY = {
  'packages/core': ['core'],
  'packages/words': ['words'],
  'packages/lottery': ['lottery'],
  'packages/opinions': ['opinions'],
  'packages/ui': ['ui', 'words'],
  db: ['db', 'core'],
  'apps/api': ['api', 'core', 'db', 'words', 'lottery', 'opinions'],
  'apps/web': ['web', 'core', 'ui', 'words'],
};

const MOVE = {
  core: 'Rules are pure: pass what you need in as an argument.',
  db: 'Only the API talks to the database. Ask it through an endpoint instead.',
  api: 'Nothing imports the server. Move what both need to packages/core, or call an endpoint.',
  web: 'Pages are the last room of the house. Move shared markup to packages/ui, shared rules to packages/core.',
  ui: 'Components know no domain. Move shared rules to packages/core.',
  words: 'Sentences belong to the rooms that speak to people: the API (mails), ui and web.',
  lottery: 'The algorithm stands on its own; call it from apps/api.',
  opinions: 'The algorithm stands on its own; call it from apps/api.',
  testkit: 'The testkit is for tests only.',
};

const roomOf = (file) => Object.keys(MAY).find((room) => file.includes(`/${room}/`));

/** Which domain a path lies in: `apps/api/src/reports/store.ts` → `reports`. */
const domainOf = (file) => /\/apps\/api\/src\/([a-z0-9]+)\//.exec(file)?.[1];
const SHARED = new Set(['kit', 'cli', 'live']);

const walls = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = context.filename.replaceAll('\\', '/');
    const room = roomOf(file);
    if (!room || /\.test\.ts$/.test(file)) return {};
    const check = (node) => {
      const from = node.source?.value;
      if (typeof from !== 'string') return;
      const typeOnly = node.importKind === 'type' || node.exportKind === 'type';
      const target = /^@folkmoot\/([a-z]+)(.*)$/.exec(from);
      if (target && !MAY[room].includes(target[1])) {
        context.report({ node, message: `${room} may not import ${target[1]}. ${MOVE[target[1]] ?? ''}` });
      }
      if (room === 'packages/core' && !from.startsWith('.') && from !== 'zod' && !target) {
        context.report({
          node,
          message: 'packages/core imports nothing but zod. Move I/O to apps/api, pages to apps/web.',
        });
      }
      const server = /\.server\.ts$|\/server\//.test(file);
      if (room === 'apps/web' && target?.[1] === 'core' && !typeOnly && !server) {
        if (!/^\/(.+\/)?(live|endpoints|plain)$/.test(target[2])) {
          context.report({
            node,
            message:
              'Browser code imports values from core’s live.ts, endpoints.ts and plain.ts only. Use `import type`, or move the value to a server load.',
          });
        }
      }
      if (room === 'apps/api' && from.startsWith('.')) {
        const here = domainOf(file);
        const there = domainOf(new URL(from, `file://${file}`).pathname);
        if (
          here &&
          there &&
          here !== there &&
          !SHARED.has(there) &&
          !SHARED.has(here) &&
          !from.endsWith('/index.ts')
        ) {
          context.report({
            node,
            message: `${here} reaches ${there} only through ${there}/index.ts. Export what you need there.`,
          });
        }
      }
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

/** Outside a request `getLocale()` silently answers English: words in the API are called with `{ locale }`. */
const localePassed = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = context.filename.replaceAll('\\', '/');
    if (!file.includes('/apps/api/')) return {};
    return {
      CallExpression(node) {
        const callee = node.callee;
        if (
          callee.type !== 'MemberExpression' ||
          callee.object.type !== 'Identifier' ||
          callee.object.name !== 'm'
        )
          return;
        if (node.arguments.length < 2)
          context.report({ node, message: 'Mails and jobs pass the language: m.key({ ... }, { locale }).' });
      },
    };
  },
};

export const folkmoot = { rules: { walls, 'locale-passed': localePassed } };
