import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './schema/places.ts',
    './schema/people.ts',
    './schema/live.ts',
    './schema/notifications.ts',
    './schema/moderation.ts',
    './schema/content.ts',
    './schema/reports.ts',
    './schema/report-desk.ts',
    './schema/petitions.ts',
    './schema/signatures.ts',
    './schema/drafting.ts',
  ],
  out: './migrations',
});
