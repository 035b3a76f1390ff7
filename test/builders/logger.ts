import type { LogFields, Logger } from '../../main/domain/logger';

export const silentLogger: Logger = { info() {}, warn() {}, error() {} };

/** A logger with the lines that were written to it. */
export function recordingLogger() {
  const lines: { level: keyof Logger; message: string; fields: LogFields | undefined }[] = [];
  const writes = (level: keyof Logger) => (message: string, fields?: LogFields) =>
    void lines.push({ level, message, fields });
  const logger: Logger = { info: writes('info'), warn: writes('warn'), error: writes('error') };
  return { logger, lines };
}
