import { execFile, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort, startEmbedded, type Embedded } from '@folkmoot/db/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

type Service = {
  image?: string;
  command?: string;
  restart?: string;
  ports?: string[];
  volumes?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  networks?: string[];
  healthcheck?: { test: string[] };
};
type Compose = {
  services: Record<string, Service>;
  networks: { inside: { ipam: { config: Array<{ subnet: string }> } } };
  configs: { caddyfile: { content: string } };
};

describe('the compose file', () => {
  const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
  const { db, migrate, app, proxy } = compose.services as {
    [name in 'db' | 'migrate' | 'app' | 'proxy']: Service;
  };

  it('keeps PostgreSQL 18 where its image wants it', () => {
    expect(db.image).toBe('postgres:18');
    expect(db.volumes).toEqual(['db:/var/lib/postgresql']);
  });
  it('opens one door only, so that app can be scaled', () => {
    expect(proxy.ports).toContain('443:443');
    for (const service of [db, migrate, app]) expect(service.ports).toBeUndefined();
    expect(app).not.toHaveProperty('container_name');
    expect(compose.configs.caddyfile.content).toContain('app 3000');
  });
  it('migrates once, before any app starts, with keys that the app does not hold', () => {
    expect(migrate.restart).toBe('no');
    expect(migrate.command).toBe('node apps/api/src/cli/main.ts migrate');
    expect(app.depends_on?.['migrate']?.condition).toBe('service_completed_successfully');
    expect(migrate.environment?.['MIGRATE_DATABASE_URL']).toContain('folkmoot_owner');
    expect(app.environment).not.toHaveProperty('MIGRATE_DATABASE_URL');
    expect(app.environment?.['DATABASE_URL']).toContain('folkmoot_app');
  });
  it('shares the files and believes the proxy’s network alone', () => {
    expect(app.volumes).toEqual(migrate.volumes);
    expect(app.environment?.['TRUSTED_PROXIES']).toBe(compose.networks.inside.ipam.config[0]!.subnet);
    for (const service of Object.values(compose.services)) expect(service.networks).toEqual(['inside']);
  });
});

describe('the tree that the image holds', () => {
  const dockerfile = read('apps/api/Dockerfile');
  const tree = mkdtempSync(join(tmpdir(), 'folkmoot-image-'));
  const ignored = read('.dockerignore').split('\n').filter(Boolean);
  const dbDir = mkdtempSync(join(tmpdir(), 'folkmoot-image-db-'));
  let server: Embedded;
  // not with this process held still: it takes half a minute, and the runner wants to hear from us meanwhile
  const run = async (line: string, env: Record<string, string> = {}): Promise<string> => {
    const given = { cwd: tree, env: { ...process.env, CI: 'true', ...env }, maxBuffer: 2 ** 26 };
    return (await promisify(execFile)('sh', ['-c', line], given)).stdout;
  };

  beforeAll(async () => {
    // what COPY . . would take: the files that git knows and the ignore file leaves
    const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    })
      .split('\n')
      .filter(Boolean);
    for (const file of files) {
      if (ignored.some((line) => file === line || file.startsWith(`${line.replace('**/', '')}/`))) continue;
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      cpSync(join(root, file), join(tree, file), { force: true });
    }
    server = await startEmbedded({ dir: dbDir, settings: ['fsync=off'] });
  });
  afterAll(async () => {
    await server.stop();
    for (const dir of [tree, dbDir]) rmSync(dir, { recursive: true, force: true });
  });

  it('is built by the Dockerfile’s own lines, migrated apart, and answers', async () => {
    const steps = /RUN (npx[\s\S]*?)\n\n/.exec(dockerfile)![1]!.replaceAll('\\\n', ' ').split('&&');
    expect(steps).toHaveLength(3);
    for (const step of steps) await run(step.trim().replace(' install ', ' install --prefer-offline '));
    // the development tools are gone
    await expect(run('test -d node_modules/vitest')).rejects.toThrow();

    const port = await freePort();
    const env = {
      DATABASE_URL: server.appUrl,
      PUBLIC_URL: `http://localhost:${port}`,
      SECRET_KEYS: 'a-key-for-the-test-that-is-long-enough',
      DATA_DIR: join(tree, 'data'),
      PORT: String(port),
      HOST: '127.0.0.1',
    };
    const owner = { ...env, MIGRATE_DATABASE_URL: server.ownerUrl };
    expect(await run('node apps/api/src/cli/main.ts migrate', owner)).toContain('up to date now');
    const command = JSON.parse(/CMD (\[.*\])/.exec(dockerfile)![1]!) as string[];
    const child = spawn(command[0]!, command.slice(1), {
      cwd: tree,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    try {
      await expect
        .poll(
          () =>
            fetch(`http://localhost:${port}/`).then(
              (r) => r.status,
              () => said,
            ),
          { timeout: 120_000, interval: 200 },
        )
        .toBe(200);
      const page = await (await fetch(`http://localhost:${port}/cy`)).text();
      expect(page).toContain('lang="cy"');
      // nobody of the council has read its pages: whoever starts it, visits it or lists it is told
      expect(page).toContain('yn cael ei pharatoi');
      expect(said).toContain('NOT READY FOR THE PUBLIC');
      expect(said).toContain('accessibility, privacy');
      expect(said).toContain('NO SMTP_URL');
      expect(await (await fetch(`http://localhost:${port}/robots.txt`)).text()).toBe(
        'User-agent: *\nDisallow: /\n',
      );
      expect((await fetch(`http://localhost:${port}/api/v1/demo/people`)).status).toBe(404);
    } finally {
      child.kill('SIGTERM');
      await new Promise((ended) => child.on('exit', ended));
    }
    expect(child.exitCode).toBe(0);
  }, 300_000);
});
