/** `pnpm demo:surge [--petition 12] [--signatures 2000] [--per-second 40] [--url http://localhost:3000]` */
import { parseArgs } from 'node:util';
import { connect } from '@folkmoot/db/client';
import { attachEmbedded } from '@folkmoot/db/embedded';
import { NoSurge, surge } from '../demo/surge.ts';
import { BadSettings, readSettings } from '../settings.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      petition: { type: 'string' },
      signatures: { type: 'string', default: '2000' },
      'per-second': { type: 'string', default: '40' },
      url: { type: 'string', default: 'http://localhost:3000' },
    },
  });
  const number = (typed: string, name: string): number => {
    const read = Number(typed);
    if (!Number.isInteger(read) || read < 1) throw new NoSurge(`--${name} is a number such as 2000.`);
    return read;
  };
  const settings = readSettings(process.env);
  if (settings.databaseUrl || !settings.demo)
    throw new NoSurge('This is for the demo town: signatures in a real one are those of people.');
  const embedded = await attachEmbedded(settings.dataDir);
  if (!embedded) throw new NoSurge(`No town is awake in ${settings.dataDir}. Start it first: pnpm start`);
  const stop = new AbortController();
  for (const sign of ['SIGINT', 'SIGTERM'] as const) process.once(sign, () => stop.abort());
  const db = connect(embedded.appUrl, { max: 2 });
  try {
    await surge({
      db,
      url: values.url.replace(/\/+$/, ''),
      petition: values.petition === undefined ? undefined : number(values.petition, 'petition'),
      signatures: number(values.signatures, 'signatures'),
      perSecond: number(values['per-second'], 'per-second'),
      signal: stop.signal,
      say: (line) => console.log(line),
    });
  } finally {
    await db.$client.end();
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof NoSurge || error instanceof BadSettings ? error.message : error);
  process.exitCode = 1;
});
