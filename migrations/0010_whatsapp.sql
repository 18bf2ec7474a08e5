ALTER TABLE "messages" ADD COLUMN "reply_to_seq" integer;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "buttons" jsonb;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "via_template" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "external_id" text;--> statement-breakpoint
CREATE INDEX "senders_external" ON "senders" USING btree ("store","external_id");