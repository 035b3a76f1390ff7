import { nativeImage } from 'electron';
import type { Pixels } from './dbus-notifications';

const SIZE_PIXELS = 64;

/** The pixels of an image file as notifications on Linux carry them, read at the first call. */
export function iconPixels(file: string): () => Pixels {
  let pixels: Pixels | null = null;
  return () => {
    pixels ??= read(file);
    return pixels;
  };
}

/** Electron gives BGRA with the colours multiplied by their alpha; the protocol wants plain RGBA. */
function read(file: string): Pixels {
  const image = nativeImage.createFromPath(file).resize({ width: SIZE_PIXELS });
  const { width, height } = image.getSize();
  const bgra = image.toBitmap();
  const rgba = Buffer.alloc(bgra.length);
  for (let at = 0; at < bgra.length; at += 4) {
    const alpha = bgra[at + 3] ?? 0;
    const plain = (value = 0) => (alpha === 0 ? 0 : Math.min(255, (value * 255) / alpha));
    rgba[at] = plain(bgra[at + 2]);
    rgba[at + 1] = plain(bgra[at + 1]);
    rgba[at + 2] = plain(bgra[at]);
    rgba[at + 3] = alpha;
  }
  return { width, height, rgba };
}
