export type ProgramAnswer = {
  /** 0: nobody answered. */
  readonly status: number;
  readonly body: string;
};

/** The program under the providers' eyes: a public address they know, and where it really listens. */
export type Program = {
  publicUrl(): string;
  /** Addresses outside the program's public one are reached on loopback only. */
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<ProgramAnswer>;
  moveTo(appUrl: string, publicUrl?: string): void;
};

const answerWithinMs = 15_000;

export function createProgram(initialAppUrl: string, initialPublicUrl = initialAppUrl): Program {
  let appUrl = trimmed(initialAppUrl);
  let publicUrl = trimmed(initialPublicUrl);
  return {
    publicUrl: () => publicUrl,
    moveTo(nextAppUrl, nextPublicUrl = nextAppUrl) {
      appUrl = trimmed(nextAppUrl);
      publicUrl = trimmed(nextPublicUrl);
    },
    async post(url, headers, body) {
      const address = url.startsWith(`${publicUrl}/`) ? appUrl + url.slice(publicUrl.length) : url;
      if (!isLoopback(address)) return { status: 0, body: '' };
      try {
        const signal = AbortSignal.timeout(answerWithinMs);
        const response = await fetch(address, { method: 'POST', headers, body, signal, redirect: 'manual' });
        return { status: response.status, body: await response.text() };
      } catch {
        return { status: 0, body: '' };
      }
    },
  };
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
