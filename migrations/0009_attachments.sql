ALTER TABLE "messages" ADD COLUMN "media_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "spoken" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "staff_notes" ADD COLUMN "media_id" uuid;--> statement-breakpoint
ALTER TABLE "staff_notes" ADD COLUMN "thread" jsonb;