import accounts from './accounts.json' with { type: 'json' };
import clips from './clips.json' with { type: 'json' };
import commandLine from './command-line.json' with { type: 'json' };
import downloads from './downloads.json' with { type: 'json' };
import executions from './executions.json' with { type: 'json' };
import history from './history.json' with { type: 'json' };
import jobs from './jobs.json' with { type: 'json' };
import notifications from './notifications.json' with { type: 'json' };
import problems from './problems.json' with { type: 'json' };
import publishing from './publishing.json' with { type: 'json' };
import settings from './settings.json' with { type: 'json' };
import storage from './storage.json' with { type: 'json' };
import tray from './tray.json' with { type: 'json' };
import uploads from './uploads.json' with { type: 'json' };
import window from './window.json' with { type: 'json' };

/**
 * All text that a user can meet, in ICU message syntax: window, tray, menus, notifications, command line.
 * Its keys are the type of every other language's.
 */
export const en = {
  ...accounts,
  ...clips,
  ...commandLine,
  ...downloads,
  ...executions,
  ...history,
  ...jobs,
  ...notifications,
  ...problems,
  ...publishing,
  ...settings,
  ...storage,
  ...tray,
  ...uploads,
  ...window,
};
