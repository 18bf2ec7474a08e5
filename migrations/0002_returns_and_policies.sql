CREATE TABLE "policy_publications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "policy_publications_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"version" text NOT NULL,
	"source" text NOT NULL,
	"author" text NOT NULL,
	"changes" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy_versions" (
	"store" text NOT NULL,
	"version" text NOT NULL,
	"rules" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_versions_store_version_pk" PRIMARY KEY("store","version")
);
--> statement-breakpoint
CREATE TABLE "return_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "return_requests_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation_id" uuid NOT NULL,
	"order_name" text NOT NULL,
	"request" jsonb NOT NULL,
	"asker" jsonb,
	"facts" jsonb NOT NULL,
	"verdict" text NOT NULL,
	"rule" text NOT NULL,
	"amount_minor" bigint,
	"policy_version" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "returns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"refund_id" uuid NOT NULL,
	"order_id" text NOT NULL,
	"order_name" text NOT NULL,
	"state" text NOT NULL,
	"shop_return_id" text,
	"shop_return_name" text,
	"label_url" text,
	"closes_at" timestamp with time zone,
	"told_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "returns_refund" UNIQUE("refund_id")
);
--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "return_id" uuid;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "split_from" uuid;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "sending" jsonb;--> statement-breakpoint
ALTER TABLE "returns" ADD CONSTRAINT "returns_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "policy_publications_seq" ON "policy_publications" USING btree ("store","seq");--> statement-breakpoint
CREATE INDEX "return_requests_created" ON "return_requests" USING btree ("store","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "returns_shop" ON "returns" USING btree ("store","shop_return_id");--> statement-breakpoint
CREATE INDEX "returns_open" ON "returns" USING btree ("store","created_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "returns_conversation" ON "returns" USING btree ("conversation_id","created_at");--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_return_id_returns_id_fk" FOREIGN KEY ("return_id") REFERENCES "public"."returns"("id") ON DELETE no action ON UPDATE no action;