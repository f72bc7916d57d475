ALTER TABLE "organisations" ADD COLUMN "website" text;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "meets" jsonb;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "picture" text;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "door" integer DEFAULT 1 NOT NULL;