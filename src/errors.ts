export type ExternalService = 'shopify' | 'openai' | 'twilio' | 'slack';

export type ExternalErrorInit = {
  readonly service: ExternalService;
  /** True when the same request may succeed later without anyone changing anything. */
  readonly retryable: boolean;
  /** 'refused': the provider did not act. 'unknown': it may have acted; read before repeating. */
  readonly outcome: 'refused' | 'unknown';
  /** How long the provider asked us to wait. */
  readonly retryAfterMs?: number | undefined;
  /** The provider's own code, e.g. `THROTTLED`, `21610`, `channel_not_found`. Never free text. */
  readonly code?: string | undefined;
  /** It is us that the provider refuses: every request fails alike until a person replaces a token or pays. */
  readonly accessRefused?: boolean | undefined;
  readonly cause?: unknown;
};

/** The one error thrown where a provider's failure crosses into the program. */
export class ExternalError extends Error {
  readonly service: ExternalService;
  readonly retryable: boolean;
  readonly outcome: 'refused' | 'unknown';
  readonly retryAfterMs: number | undefined;
  readonly code: string | undefined;
  readonly accessRefused: boolean;

  constructor(init: ExternalErrorInit) {
    super(`${init.service} failed${init.code ? ` (${init.code})` : ''}`, { cause: init.cause });
    this.name = 'ExternalError';
    this.service = init.service;
    this.retryable = init.retryable;
    this.outcome = init.outcome;
    this.retryAfterMs = init.retryAfterMs;
    this.code = init.code;
    this.accessRefused = init.accessRefused ?? false;
  }
}
