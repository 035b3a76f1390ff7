/** Text about how an account is watched, what that costs, and when it is told. */
export const watchingMessages = {
  // What it costs
  'account.requests': 'Requests in the last hour',
  'account.requests.of': '{count} of {limit}',
  'account.cost': 'Cost of checking',
  'account.cost.day': 'About {coins} a day',
  'account.cost.least': 'Less than {coins} a day',
  'account.cost.estimated': 'Estimated',
  'account.cost.none': 'Nothing',
  'account.remaining': 'Requests left',
  'account.remaining.of': '{remaining} of {limit}',
  'account.remaining.until': '{service} counts anew at {time}.',
  'account.remaining.told': 'As {service} tells.',
  'account.metered': 'It is checked less often while the network is metered.',
  'poll.budget': 'It has asked as often as it may for now.',

  // How closely
  'account.pace': 'How closely to watch',
  'pace.saving': 'Saving',
  'pace.balanced': 'Balanced',
  'pace.close': 'Close',
  'pace.saving.text': 'You mostly hear within half a minute, with the fewest requests.',
  'pace.saving.text.coins': 'You mostly hear within half a minute, and it costs least.',
  'pace.balanced.text': 'You mostly hear within ten seconds, with a fair number of requests.',
  'pace.balanced.text.coins': 'You mostly hear within ten seconds, at a moderate cost.',
  'pace.close.text': 'You mostly hear within a few seconds, with the most requests.',
  'pace.close.text.coins': 'You mostly hear within a few seconds, and it costs most.',

  // What is told
  'account.telling': 'Notify me',
  'telling.processing': 'When a clip is ready',
  'telling.render': 'When a render ends',
  'telling.execution': 'When a run ends',
  'telling.all': 'Always',
  'telling.failures': 'Only if it fails',
  'telling.nothing': 'Never',
  'telling.sound': 'With sound',

  // Settings
  'settings.notifications.accounts': 'Each account has its own choice of what you are told.',
  'settings.notifications.accounts.go': 'Go to Accounts',
  'settings.quietHours': 'Quiet hours',
  'settings.quietHours.text':
    'No notifications then. What ended meanwhile is told together afterwards.',
  'settings.quietHours.from': 'From',
  'settings.quietHours.to': 'To',
  'settings.quietHours.nextDay': 'of the next day',
  'settings.quietHours.same': 'Both are the same time, so there are no quiet hours.',
  'settings.doNotDisturb': 'Follow “do not disturb”',
  'settings.doNotDisturb.text':
    'While your desktop is set to it, nothing is shown. What ended meanwhile is told together afterwards.',
  'settings.doNotDisturb.now': 'It is on just now: notifications wait.',
  'settings.doNotDisturb.nowIgnored': 'It is on just now, and notifications come all the same.',
  'settings.history': 'History',
  'settings.historyDays': 'Keep ended jobs',
  'settings.historyDays.text': 'Older ones are deleted from this computer, never at the services.',
  'settings.historyDays.forever': 'For ever',
  'settings.historyDays.days': '{days, plural, one {# day} =365 {1 year} other {# days}}',
  'shorten.title':
    '{days, plural, one {Keep jobs for # day only?} =365 {Keep jobs for 1 year only?} other {Keep jobs for # days only?}}',
  'shorten.text':
    'Jobs that ended longer ago are deleted from the history on this computer, and cannot be brought back. Videos and results at the services stay there.',
  'shorten.confirm': 'Delete older jobs',
} as const satisfies Record<string, string>;
