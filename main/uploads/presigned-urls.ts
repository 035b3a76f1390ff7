import type { UploadRemote } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import type { RemoteUpload } from '../domain/upload';
import { type RetryContext, retryUntilDone } from './retry-loop';

/** Parts signed by one call. Few, since it is not known how long a URL stays valid. */
const SIGN_BATCH = 8;

/** The presigned URLs of one transfer, signed shortly before use and kept in memory only. */
export class PresignedUrls {
  readonly #remote: UploadRemote;
  readonly #upload: RemoteUpload;
  readonly #retryContext: RetryContext;
  /** Numbers of the parts still to be signed, in the order in which they will be sent. */
  readonly #ahead: number[];
  readonly #signed = new Map<number, string>();
  #signing: Promise<void> | null = null;

  constructor(
    remote: UploadRemote,
    upload: RemoteUpload,
    partNumbers: number[],
    retryContext: RetryContext,
  ) {
    this.#remote = remote;
    this.#upload = upload;
    this.#ahead = [...partNumbers];
    this.#retryContext = retryContext;
  }

  /**
   * A URL for this part, to be used once. The same call signs the next few parts too, so that a part
   * rarely waits for its URL. Throws UploadFailure or Stopped.
   */
  async take(partNumber: number): Promise<string> {
    for (;;) {
      const url = this.#signed.get(partNumber);
      if (url !== undefined) {
        this.#signed.delete(partNumber);
        return url;
      }
      if (this.#signing) await this.#signing;
      else {
        this.#signing = this.#sign(partNumber).finally(() => {
          this.#signing = null;
        });
        await this.#signing;
      }
    }
  }

  /** Drops all URLs: one was refused, and the others are as old. */
  discard(): void {
    this.#ahead.unshift(...this.#signed.keys());
    this.#signed.clear();
  }

  async #sign(partNumber: number): Promise<void> {
    const others = this.#ahead.filter((ahead) => ahead !== partNumber).slice(0, SIGN_BATCH - 1);
    const requested = [partNumber, ...others];
    const urls = await retryUntilDone(
      'signing',
      async () => {
        const signed = await this.#remote.sign(this.#upload, requested, this.#retryContext.stop);
        if (!signed.some((one) => one.partNumber === partNumber)) {
          throw new ServiceError('unexpected-shape');
        }
        return signed;
      },
      this.#retryContext,
    );
    for (const { partNumber: signed, url } of urls) {
      if (!requested.includes(signed)) continue;
      this.#signed.set(signed, url);
      const index = this.#ahead.indexOf(signed);
      if (index >= 0) this.#ahead.splice(index, 1);
    }
  }
}
