const pages = {
  installed: {
    status: 200,
    title: 'Installed',
    text: 'The bot is in your workspace now. Mention it in a channel it was invited to, or write to it directly. You can close this page.',
  },
  home: {
    status: 200,
    title: 'Nothing to do',
    text: "This is the store's own workspace: it is connected already, with the token in the program's settings.",
  },
  cancelled: {
    status: 200,
    title: 'Not installed',
    text: 'The installation was cancelled in Slack. Nothing was changed.',
  },
  'bad-state': {
    status: 400,
    title: 'Not installed',
    text: 'This page was opened twice, too late, or in another browser than the one that began. Begin again at /slack/install, in one browser and within ten minutes.',
  },
  refused: {
    status: 400,
    title: 'Not installed',
    text: 'Slack did not accept the installation. Begin again at /slack/install. If it fails again, compare SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and the redirect URL with the settings of the app in Slack.',
  },
  unreachable: {
    status: 503,
    title: 'Not installed',
    text: 'The installation could not be finished just now. Begin again at /slack/install in a minute.',
  },
} as const;

export type InstallOutcome = keyof typeof pages;

/** What the person who installs reads at the end; no word of it comes from outside. */
export function installPage(outcome: InstallOutcome) {
  const { status, title, text } = pages[outcome];
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>`;
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en"><head>${head}</head><body><h1>${title}</h1><p>${text}</p></body></html>`,
  };
}
