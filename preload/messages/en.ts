import { clipMessages } from './en-clips';
import { historyMessages } from './en-history';
import { problemMessages } from './en-problems';
import { executionMessages } from './en-runs';
import { uploadMessages } from './en-uploads';
import { watchingMessages } from './en-watching';
import { windowMessages } from './en-window';

/**
 * All text a person can meet, in ICU message syntax. Windows, tray, menus and notifications use it.
 * Keys ending in a code of ours (`problem.key-refused`) are looked up by that code.
 */
export const en = {
  ...problemMessages,
  ...windowMessages,
  ...uploadMessages,
  ...historyMessages,
  ...watchingMessages,
  ...executionMessages,
  ...clipMessages,

  'app.name': 'Cliptray',

  'startFailed.title': 'Cliptray could not start',
  'startFailed.text':
    '{reason}\n\nNothing was deleted: your keys are in the keychain, everything else is in {folder}. Start Cliptray again; if this comes back, move cliptray.db out of that folder and start with an empty list.',

  // Tray and menus
  'tray.tooltip.idle': 'Cliptray: nothing in progress',
  'tray.tooltip.working': 'Cliptray: {active, plural, one {# in progress} other {# in progress}}',
  'tray.uploads.sending': 'Uploading {count, plural, one {# video} other {# videos}}: {percent}%',
  'tray.uploads.waiting':
    '{count, plural, one {# upload is waiting} other {# uploads are waiting}}',
  'tray.uploads.paused': '{count, plural, one {# upload is paused} other {# uploads are paused}}',
  'tray.uploads.almost': 'less than a minute left',
  'tray.uploads.others': '{count, plural, one {# more in progress} other {# more in progress}}',
  'tray.tooltip.attention':
    'Cliptray: {count, plural, one {# thing needs you} other {# things need you}}',
  'tray.tooltip.offline': 'Cliptray: offline, will go on by itself',
  'tray.tooltip.paused': 'Cliptray: watching is paused',
  'tray.noNotifications': 'This desktop shows no notifications',
  'menu.newResults': '{count, plural, one {# new result} other {# new results}}',
  'menu.inProgress': 'In progress',
  'menu.recent': 'Finished',
  'menu.nothing': 'Nothing in progress',
  'menu.more': 'and {count} more…',
  'menu.line': '{title} — {stage}',
  'menu.upload': 'Upload…',
  'menu.pauseUploads': 'Pause uploads',
  'menu.resumeUploads': 'Resume uploads',
  'menu.pause': 'Pause watching',
  'menu.open': 'Open Cliptray',
  'menu.quit': 'Quit Cliptray',
  'menu.edit': 'Edit',
  'menu.window': 'Window',
  'dialog.chooseVideos': 'Choose videos to upload',
  'dialog.chooseFolder': 'Choose a folder of videos to upload',
  'dialog.videos': 'Videos',
  'quit.title':
    '{count, plural, one {# upload is not finished} other {# uploads are not finished}}',
  'quit.text':
    '{count, plural, one {It goes on by itself when Cliptray starts again. Nothing is lost.} other {They go on by themselves when Cliptray starts again. Nothing is lost.}}',
  'quit.quit': 'Quit',
  'quit.keep': 'Keep running',

  // The command line
  'cli.help': `Usage:
  cliptray                      open the window
  cliptray upload               choose videos to upload
  cliptray upload FILE|FOLDER…  upload these videos, and the videos in these folders
  cliptray import URL           have a video fetched from an address
  cliptray start [LINK]         transcribe or process a video; the window asks what exactly

Options:
  --hidden    start in the tray, without a window
  --help      print this
  --version   print the version
  --          names behind it may begin with a dash

A Cliptray that is already running takes over what is asked for.`,
  'cli.unknown-word': 'Cliptray does not know what to do with "{word}".',
  'cli.no-file': '"{word}" names no file on this computer.',
  'cli.no-url':
    'To import a video, give one address that begins with https:// or http:// and holds no password.',
  'cli.too-many':
    'These are more files than fit into one command. Upload the folder they are in, or drop them on the window.',

  // Notifications: the title is the video's name
  'notification.title': '{title}',
  'notification.title.part': '{part} — {title}',
  'notification.done.render': 'Render finished. Click to see it.',
  'notification.done.execution': 'Finished at {service}.',
  'notification.done.processing': 'Processed. Choose what to render.',
  'notification.failed.render': 'The render failed. Click to see why.',
  'notification.failed.execution': 'Failed at {service}. Click to see why.',
  'notification.failed.processing': 'Processing failed. Click to see why.',
  'notification.gone': '{service} no longer lists this. Click to see it.',
  'notification.upload.failed': 'The upload stopped. Click to see why.',
  'notification.digest': 'While you were away',
  'notification.digest.quiet': 'While it was quiet',
  'notification.digest.together': '{count, plural, one {# job ended} other {# jobs ended}}',
  'notification.digest.done': '{count, plural, one {# finished} other {# finished}}',
  'notification.digest.failed': '{count, plural, one {# needs a look} other {# need a look}}',
  'notification.show': 'Show',
  'notification.open': 'Open',
  'notification.copyLink': 'Copy link',
  'notification.retry': 'Retry',
  'notification.showFile': 'Show in folder',
  'notification.test': 'Notifications work',
  'notification.test.body': 'This is how Cliptray tells you that a video is done.',

  // Where a line stands
  'stage.queued': 'Waiting to upload',
  'stage.uploading': 'Uploading',
  'stage.upload-paused': 'Upload paused',
  'stage.upload-failed': 'Upload stopped',
  'stage.upload-cancelled': 'Upload cancelled',
  'stage.waiting': 'Waiting to start',
  'stage.processing': 'Processing',
  'stage.running': 'Running',
  'stage.ready': 'Ready for rendering',
  'stage.rendering': 'Rendering',
  'stage.done': 'Done',
  'stage.failed': 'Failed',
  'stage.gone': 'No longer listed',
  'stage.unknown': 'Unknown status',
} as const satisfies Record<string, string>;
