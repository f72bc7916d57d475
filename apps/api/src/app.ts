/**
 * The whole server on one page: what is mounted, in which order. Production, tests and benches all call
 * `buildApp`; nothing is switched on for one and off for another but by the settings.
 */
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import websocket from '@fastify/websocket';
import { connect } from '@folkmoot/db/client';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { mountContent } from './content/index.ts';
import { mountDemo } from './demo/index.ts';
import { mountHome } from './home/index.ts';
import { batchesOf } from './kit/batch.ts';
import { keptForPages } from './kit/caching.ts';
import { consumersOf } from './kit/consumer.ts';
import { edgeOf } from './kit/edge.ts';
import { answerBadAddress, answerErrors } from './kit/errors.ts';
import { filesIn } from './kit/files.ts';
import { closeOtherUpgrades, openFront } from './kit/front.ts';
import type { Clock, House } from './kit/house.ts';
import { jobsOf } from './kit/jobs.ts';
import { guardRequests, sweepLimits } from './kit/limits.ts';
import { logRequests, requestIds, serializers } from './kit/logs.ts';
import { metricsOf } from './kit/metrics.ts';
import { serveOpenApi } from './kit/openapi.ts';
import { guardOrigin } from './kit/origin.ts';
import { keysIn, randomToken, signerOf } from './kit/secrets.ts';
import { serveFiles } from './kit/serve-files.ts';
import { builtSite, devSite, mountSite } from './kit/site.ts';
import { readWho } from './kit/who.ts';
import { hubOf } from './live/hub.ts';
import { liveTopics, mountLive } from './live/socket.ts';
import { mountModeration } from './moderation/index.ts';
import { mountNotifications } from './notifications/index.ts';
import { mountOps, openAdminWith } from './ops/index.ts';
import { groupThings, mountPeople, sessionsOf, tokenUses } from './people/index.ts';
import { mountPetitions, petitionThings } from './petitions/index.ts';
import { mountFinding, mountPlaces, placesOf } from './places/index.ts';
import {
  mountReportMarks,
  mountReports,
  mountSupporting,
  publicReport,
  reportThings,
  reportTopics,
} from './reports/index.ts';
import type { Settings } from './settings.ts';

export type BuildOptions = {
  settings: Settings;
  databaseUrl: string;
  clock?: Clock;
  /** `none`: the API alone, for journeys that open no page */
  site?: 'built' | 'dev' | 'none';
};

const address = (app: FastifyInstance): string => {
  const known = app.server.address();
  const port = typeof known === 'object' && known ? known.port : (app.house.settings.port ?? 3000);
  return app.house.settings.publicUrl ?? `http://localhost:${port}`;
};

function makeHouse(app: FastifyInstance, { settings, databaseUrl, clock: given }: BuildOptions): House {
  const clock = given ?? (() => new Date());
  const onError = (error: Error) => app.log.error({ err: error }, 'database connection');
  const db = connect(databaseUrl, { onError });
  const hub = hubOf(db, databaseUrl, onError);
  const log = app.log;
  const saved = () => hub.saved();
  const metrics = metricsOf();
  return {
    settings,
    db,
    clock,
    hub,
    log,
    metrics,
    front: null,
    kept: keptForPages(),
    adminPort: null,
    batches: batchesOf({ db, metrics, saved }),
    consumers: consumersOf({ db, clock, hub, log, saved }),
    jobs: jobsOf({ db, log, settings }, databaseUrl, given === undefined),
    files: filesIn(settings.dataDir),
    signer: signerOf(settings.secretKeys ?? keysIn(settings.dataDir)),
    publicUrl: () => address(app),
    place: () => {
      throw new Error('places have not been read yet');
    },
    saved,
  };
}

async function frame(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    // pages carry their own policy with hashes, made by the site; the API answers no HTML
    contentSecurityPolicy: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    strictTransportSecurity: app.house.publicUrl().startsWith('https:'),
  });
  await app.register(cookie);
  await app.register(websocket, {
    options: { maxPayload: 16 * 1024 },
    // the sockets are closed where they are kept, with the code that says "come again"
    preClose: (done) => done(),
  });
  answerErrors(app);
  closeOtherUpgrades(app);
  guardRequests(app);
  guardOrigin(app);
}

/** What begins once everything is mounted, and in which order it ends: sockets first, the database last. */
function openAndClose(app: FastifyInstance, live: { close: () => void }, loadReportMarks: () => void): void {
  const { house } = app;
  app.addHook('onReady', async () => {
    await house.hub.start();
    loadReportMarks();
    if (house.settings.role !== 'web') await house.consumers.start();
    await house.jobs.start();
  });
  app.addHook('preClose', async () => live.close());
  app.addHook('onClose', async () => {
    await house.batches.settled();
    await Promise.all([house.jobs.stop(), house.consumers.stop()]);
    await house.hub.stop();
    await house.db.$client.end();
  });
}

/** Builds the server; it listens when told to. Closing it ends sockets, hub and pool. */
export async function buildApp(options: BuildOptions): Promise<FastifyInstance> {
  const { settings, site = 'built' } = options;
  const ids = requestIds(settings.trustedProxies);
  const edge = edgeOf();
  const app = Fastify({
    logger: settings.logLevel === 'silent' ? false : { level: settings.logLevel, serializers },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ids.genReqId,
    serverFactory: edge.serverFactory,
    // a million reports are read before the doors open or shut; on a busy machine that takes its time
    pluginTimeout: 60_000,
    trustProxy: settings.trustedProxies.length ? settings.trustedProxies : false,
    bodyLimit: 256 * 1024,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerBadAddress,
  });
  app.decorate('house', makeHouse(app, options));
  const { house } = app;

  logRequests(app, ids, house.metrics, app.log);
  await frame(app);
  const sessions = sessionsOf(house.db, house.clock, () => house.publicUrl().startsWith('https:'));
  readWho(app, sessions);
  const places = await placesOf(house.db, house.clock);
  house.place = places.facts;
  const uses = tokenUses();
  const topics = liveTopics();

  mountPeople(app, sessions, uses, places);
  mountPlaces(app, places);
  mountPetitions(app, { places, uses, topics });
  mountReports(app, places, uses);
  mountModeration(app, places, topics, {
    report: reportThings(house),
    petition: petitionThings(house),
    group: groupThings(house),
  });
  const loadReportMarks = mountReportMarks(app, places);
  mountFinding(app, places, (report) => publicReport(house.db, report));
  mountHome(app, places);
  mountContent(app, places);
  serveFiles(app);
  mountSupporting(app);
  mountNotifications(app, { places, uses, topics });
  if (settings.demo) mountDemo(app, sessions);

  house.jobs.add({ name: 'sweep_limits', every: '15 3 * * *', work: () => sweepLimits(house) });

  reportTopics(house, topics);
  const live = mountLive(app, topics);
  mountOps(app);
  serveOpenApi(app);
  const word = randomToken();
  if (site !== 'none') mountSite(app, site === 'dev' ? await devSite() : await builtSite(), word);
  openFront(app, edge, word, site);

  openAndClose(app, live, loadReportMarks);
  if (settings.adminPort !== null) openAdminWith(app, settings.adminPort);
  return app;
}
