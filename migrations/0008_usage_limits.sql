CREATE TABLE "model_spending" (
	"store" text NOT NULL,
	"day" date NOT NULL,
	"micro_usd" bigint NOT NULL,
	CONSTRAINT "model_spending_store_day_pk" PRIMARY KEY("store","day")
);
--> statement-breakpoint
CREATE TABLE "usage_counters" (
	"store" text NOT NULL,
	"name" text NOT NULL,
	"subject" text NOT NULL,
	"used" bigint NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "usage_counters_store_name_subject_pk" PRIMARY KEY("store","name","subject")
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "held_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "sms_allowed_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "usage_counters_ended" ON "usage_counters" USING btree ("ends_at");