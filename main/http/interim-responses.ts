const LF = 0x0a;
const CR = 0x0d;

/** What a status line of HTTP/1 begins with, up to the first digit of its status; `?` is 0 or 1. */
const STATUS_LINE = Buffer.from('HTTP/1.? 1');
const MINOR_VERSION = STATUS_LINE.indexOf('?');
/** With the whole status. */
const DECIDED_BYTES = STATUS_LINE.length + 2;
const SWITCHING_PROTOCOLS = '101';
/** All interim responses to one request together: an honest server sends a few short ones. */
const MAX_INTERIM_BYTES = 64 * 1024;

/**
 * Takes the interim responses (1xx) out of the bytes that a connection receives. A client has to skip
 * those that it did not ask for (https://www.rfc-editor.org/rfc/rfc9110#section-15.2), but undici breaks
 * the connection at a 100, which some servers and proxies send before every answer to a PUT.
 */
export class InterimResponses {
  /** Where in the stream it is: before a status line, in an interim response's head, or beyond both. */
  #at: 'status' | 'interim' | 'final' = 'final';
  /** The beginning of a status line that says too little yet. */
  #held = Buffer.alloc(0);
  #isLineEmpty = false;
  #interimBytes = 0;

  /** To be called before a request is sent: what comes next is the head of a response to it. */
  requestSent(): void {
    this.#at = 'status';
    this.#held = Buffer.alloc(0);
    this.#interimBytes = 0;
  }

  /** What is left of the received bytes; null when there are more interim responses than allowed. */
  without(received: Buffer): Buffer | null {
    let bytes = received;
    while (this.#at !== 'final' && bytes.length > 0) {
      bytes = this.#at === 'status' ? this.#readStatus(bytes) : this.#skipHead(bytes);
      if (this.#interimBytes > MAX_INTERIM_BYTES) return null;
    }
    return bytes;
  }

  #readStatus(bytes: Buffer): Buffer {
    const line = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const known = Math.min(line.length, STATUS_LINE.length);
    for (let index = 0; index < known; index += 1) {
      const isRight =
        index === MINOR_VERSION
          ? line[index] === 0x30 || line[index] === 0x31
          : line[index] === STATUS_LINE[index];
      if (!isRight) return this.#pass(line);
    }
    if (line.length < DECIDED_BYTES) {
      // A copy: the bytes may be overwritten by the next read.
      this.#held = Buffer.from(line);
      return Buffer.alloc(0);
    }
    const status = line.toString('latin1', STATUS_LINE.length - 1, DECIDED_BYTES);
    // An upgrade was asked for, and ends what is HTTP.
    if (status === SWITCHING_PROTOCOLS) return this.#pass(line);
    this.#at = 'interim';
    this.#held = Buffer.alloc(0);
    this.#isLineEmpty = false;
    this.#interimBytes += DECIDED_BYTES;
    return line.subarray(DECIDED_BYTES);
  }

  #pass(bytes: Buffer): Buffer {
    this.#at = 'final';
    this.#held = Buffer.alloc(0);
    return bytes;
  }

  /** An interim response has no body: it ends with the first empty line. */
  #skipHead(bytes: Buffer): Buffer {
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index];
      this.#interimBytes += 1;
      if (byte === LF && this.#isLineEmpty) {
        this.#at = 'status';
        return bytes.subarray(index + 1);
      }
      if (byte === LF) this.#isLineEmpty = true;
      else if (byte !== CR) this.#isLineEmpty = false;
    }
    return bytes.subarray(bytes.length);
  }
}
