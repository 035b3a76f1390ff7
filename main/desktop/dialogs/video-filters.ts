import type { Translator } from '../../../preload/messages';
import { VIDEO_EXTENSIONS } from '../../domain/video-extensions';

/** What the system's dialog offers: everything that is taken when it is dropped, or all files. */
export function videoFilters(t: Translator): { name: string; extensions: string[] }[] {
  // Linux compares letters exactly, and cameras write capitals: https://github.com/electron/electron/issues/44398
  const extensions = VIDEO_EXTENSIONS.flatMap((one) => [one, one.toUpperCase()]);
  return [
    { name: t.text('dialog.videos'), extensions },
    { name: t.text('dialog.allFiles'), extensions: ['*'] },
  ];
}
