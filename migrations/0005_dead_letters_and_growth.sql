CREATE TABLE "dead_letters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "dead_letters_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"queue" text NOT NULL,
	"subject" text NOT NULL,
	"data" jsonb NOT NULL,
	"reason" jsonb NOT NULL,
	"tries" integer NOT NULL,
	"times_given_up" integer DEFAULT 1 NOT NULL,
	"given_up_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text NOT NULL,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "set_aside_in" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "dead_letters_open" ON "dead_letters" USING btree ("queue","subject","store") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "dead_letters_seq" ON "dead_letters" USING btree ("store","seq");--> statement-breakpoint
CREATE INDEX "dead_letters_ended" ON "dead_letters" USING btree ("ended_at");--> statement-breakpoint
CREATE INDEX "receipts_created" ON "receipts" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "quotes_open" ON "quotes" USING btree ("conversation_id","seq") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "refunds_state" ON "refunds" USING btree ("store","state","created_at");--> statement-breakpoint
CREATE INDEX "refunds_created" ON "refunds" USING btree ("store","created_at");--> statement-breakpoint
CREATE INDEX "refunds_settled" ON "refunds" USING btree ("store","settled_at");--> statement-breakpoint
CREATE INDEX "refunds_return" ON "refunds" USING btree ("return_id");--> statement-breakpoint
CREATE INDEX "returns_order" ON "returns" USING btree ("store","order_id");--> statement-breakpoint
CREATE INDEX "staff_notes_conversation" ON "staff_notes" USING btree ("conversation_id","created_at");--> statement-breakpoint
CREATE INDEX "staff_notes_text" ON "staff_notes" USING hash ("text");