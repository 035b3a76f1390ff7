/**
 * Extensions, in lower case, that files have of which `uploads/video-type.ts` says that they can be
 * uploaded. Only what is offered for choosing goes by them: what a file is, its first bytes say.
 */
export const VIDEO_EXTENSIONS: readonly string[] = [
  // MP4, QuickTime and their relatives
  ...['mp4', 'm4v', 'mp4v', 'mov', 'qt', '3gp', '3gpp', '3g2', 'f4v'],
  // Matroska and AVI
  ...['webm', 'mkv', 'avi', 'divx'],
  // MPEG programs, streams and recordings of camcorders, discs and receivers
  ...['mpg', 'mpeg', 'mpe', 'm1v', 'm2v', 'm2p', 'vob', 'mod'],
  ...['ts', 'mts', 'm2ts', 'm2t', 'tod', 'tp', 'trp'],
  // Ogg, Windows Media and Flash
  ...['ogv', 'ogm', 'ogg', 'wmv', 'asf', 'dvr-ms', 'flv'],
];

/** Whether the name of a file ends in one of them. */
export function hasVideoExtension(path: string): boolean {
  const name = path.toLowerCase();
  return VIDEO_EXTENSIONS.some((extension) => name.endsWith(`.${extension}`));
}
