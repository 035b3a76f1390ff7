const HOSTS = new Set(['youtube.com', 'youtu.be', 'youtube-nocookie.com']);

/** Whether a link leads to YouTube. Main checks what exactly it points to. */
export function isYoutubeLink(link: string): boolean {
  if (!URL.canParse(link)) return false;
  return HOSTS.has(new URL(link).hostname.toLowerCase().replace(/^(www|m|music)\./, ''));
}
