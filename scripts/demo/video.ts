import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeQuiet } from '../../test/builders/quiet-file';
import { runProgram } from '../../test/desktop/programs';
import type { VirtualDesktop } from '../../test/desktop/virtual-desktop';
import { sha256 } from '../../test/e2e/steps';

export interface Video {
  path: string;
  name: string;
  sizeBytes: number;
  sha256: string;
}

/** Makes a real video of about this size with ffmpeg: a moving picture with grain, and a tone. */
export async function makeVideo(
  desktop: VirtualDesktop,
  name: string,
  sizeBytes: number,
): Promise<Video> {
  const path = join(desktop.home, name);
  const made = await runProgram(desktop, 'ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=30'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=220', '-t', '20'],
    // The grain does not compress, so the file grows quickly; it is cut at the wanted size.
    ...['-vf', 'noise=alls=20:allf=t', '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '6'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-fs', String(sizeBytes), path],
  ]);
  if (made.code !== 0) throw new Error(`ffmpeg made no video: ${made.stderr}`);
  makeQuiet(path);
  return { path, name, sizeBytes: (await stat(path)).size, sha256: await sha256(path) };
}

/** What ffprobe finds in a file: codec, picture size, length. Throws when it is no video. */
export async function describeVideo(desktop: VirtualDesktop, path: string): Promise<string> {
  const { code, stdout, stderr } = await runProgram(desktop, 'ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-of', 'csv=p=0'],
    ...['-show_entries', 'stream=codec_name,width,height:format=duration', path],
  ]);
  if (code !== 0 || stdout.trim() === '') throw new Error(`This is not a video: ${stderr}`);
  const [codec, width, height, durationS] = stdout.trim().split(/[,\n]/);
  return `${codec}, ${width}×${height}, ${Number(durationS).toFixed(1)} s`;
}
