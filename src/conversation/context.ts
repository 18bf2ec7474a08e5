import type { AgentLimits } from '../agent/agent-loop.ts';
import type { Channel, ChannelKind } from '../ports/channel.ts';
import type { MediaCleaner, MediaSource, Transcriber } from '../ports/media.ts';
import type { Model } from '../ports/model.ts';
import type { ReceivedTexts } from '../ports/received-texts.ts';
import type { StaffDirectory } from '../ports/staff-directory.ts';
import type { SupportDesk } from '../ports/support-desk.ts';
import type { RefundContext } from '../refunds/context.ts';
import type { QuietHours } from '../returns/quiet-hours.ts';
import type { PersonalData } from '../storage/personal-data.ts';

/** What every use case about conversations works with. */
export type ConversationContext = {
  readonly refunds: RefundContext;
  /** The first one that can answer does. The last is the guided model, which always can. */
  readonly models: readonly [Model, ...Model[]];
  readonly storeName: string;
  /** When the bot sends no texts of its own accord, in the recipient's time; unset, at any hour. */
  readonly quietHours?: QuietHours | undefined;
  readonly personal: PersonalData;
  /** Words and addresses older than this are forgotten. */
  readonly retentionDays: number;
  /** Channels that send over a network. Chat and terminal are read by those who wait there. */
  readonly channels: { readonly [Kind in ChannelKind]?: Channel };
  /** What the phone network has for us; without one nothing can be missed there. */
  readonly received?: ReceivedTexts | undefined;
  /** What customers attach; without it attachments are refused. */
  readonly media?:
    | {
        readonly source: MediaSource;
        readonly cleaner: MediaCleaner;
        /** Without one, whoever speaks is asked to write. */
        readonly transcriber?: Transcriber | undefined;
      }
    | undefined;
  readonly support: SupportDesk | undefined;
  /** How long a thread may wait for a colleague before it is pointed out again. */
  readonly supportReminderSeconds: number;
  readonly staff: StaffSetting | undefined;
  readonly costMicroUsd: (model: string, usage: Usage) => number;
  /** Past it, since midnight UTC, the last model answers alone. */
  readonly dailyBudgetMicroUsd: number;
  readonly limits?: AgentLimits;
  /** Two capital letters each; SMS go nowhere else but to customers. Unset, everywhere. */
  readonly smsCountries?: readonly string[] | undefined;
};

export type StaffSetting = {
  readonly directory: StaffDirectory;
  /** Slack user and user-group ids. Empty means every full member of the workspace. */
  readonly allowed: readonly string[];
};

type Usage = {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
};
