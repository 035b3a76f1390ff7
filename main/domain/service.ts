import type { KeyHeader, Profile, ServiceId } from './account';
import type { ClipLibrary, RenderRequest } from './clip-library';
import type { Credits } from './credits';
import type { Executions } from './execution';
import type { JobKind, JobObservation, JobRef, Snapshot } from './job';
import type { RealtimeAddress } from './live-channel';
import type { Publishing } from './publishing';
import type { SignIn } from './sign-in';
import type { RemoteUpload, SentPart } from './upload';

/** What one account needs to speak to its service. The key is read at each call, never kept. */
export interface Access {
  accountId: string;
  baseUrl: string;
  keyHeader: KeyHeader;
  key(): Promise<string>;
}

/** What a call without a key needs: a sign-in comes before there is one. */
export type OpenAccess = Pick<Access, 'baseUrl'>;

/** One JSON call. Paths are joined to the base URL; the body is sent as JSON. */
export interface JsonRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
  /** Statuses that are answers here and not errors, as long as their body is JSON. */
  alsoAnswers?: number[];
  /** The bytes of an earlier answer. An answer with exactly these is not parsed again. */
  last?: Uint8Array;
}

/** A parsed answer: `body` is unknown until a schema has looked at it; undefined for an empty body. */
export interface JsonAnswer {
  status: number;
  body: unknown;
  /** The body as it came. Where it is the request's `last`, the very same, `body` is undefined. */
  bytes: Uint8Array;
}

/** The HTTP client as services see it. Throws ServiceError, and nothing else. */
export interface JsonClient {
  request(access: Access | OpenAccess, request: JsonRequest): Promise<JsonAnswer>;
}

/** Presigned address of one part. Secret: it is an authorisation. */
interface PartUrl {
  partNumber: number;
  url: string;
}

/** Multipart upload at a service. Every method throws ServiceError. */
export interface UploadRemote {
  start(
    file: { brandId: string; fileName: string; mimeType: string; sizeBytes: number },
    signal?: AbortSignal,
  ): Promise<RemoteUpload>;
  sign(remote: RemoteUpload, partNumbers: number[], signal?: AbortSignal): Promise<PartUrl[]>;
  complete(remote: RemoteUpload, parts: SentPart[], signal?: AbortSignal): Promise<void>;
  abort(remote: RemoteUpload, signal?: AbortSignal): Promise<void>;
  /** Settles a lost answer to `complete`: true when the service has the whole file. */
  isComplete(remote: RemoteUpload, signal?: AbortSignal): Promise<boolean>;
}

/** A video that the service is to fetch from an address by itself. */
export interface ImportRequest {
  brandId: string;
  /** Checked by `importableUrl`. */
  url: string;
  /** Null lets the service choose one. */
  title: string | null;
}

/** One account's view of its service. Every method throws ServiceError. */
export interface ServiceConnection {
  /** Asks the service who the key belongs to, and what it may upload to. */
  profile(signal?: AbortSignal): Promise<Profile>;
  /** One request that shows as many active jobs as the service can show at once. */
  list(signal?: AbortSignal): Promise<Snapshot>;
  /**
   * One request that may show jobs which have just left `list`, so that they need not be read one by
   * one; null where there is no such request.
   */
  listEnded: ((signal?: AbortSignal) => Promise<Snapshot>) | null;
  /** Reads one job by itself, with whatever the same answer tells of its siblings. */
  read(job: JobRef, signal?: AbortSignal): Promise<Snapshot>;
  uploads: UploadRemote | null;
  /** Has the service fetch a video, and gives the id of its clip. Never repeated automatically. */
  importUrl: ((request: ImportRequest, signal?: AbortSignal) => Promise<string>) | null;
  /**
   * Starts a render and gives the jobs it made. Costs credit: never repeated automatically. Throws
   * `conflict` when the clip was edited meanwhile: it is then read again, and the user asked.
   */
  render: ((request: RenderRequest, signal?: AbortSignal) => Promise<JobObservation[]>) | null;
  /** The clips themselves, for services that have them. */
  clips: ClipLibrary | null;
  /** What can be made of a finished render. */
  publishing: Publishing | null;
  /** Executions: starting them, and what they leave. */
  executions: Executions | null;
  /** What is left to spend. */
  credits: ((signal?: AbortSignal) => Promise<Credits>) | null;
}

/** Everything the app knows of a service. A new service is one of these, in a folder of its own. */
export interface ServiceModule {
  id: ServiceId;
  /** Proper noun, the same in every language. */
  name: string;
  baseUrl: string;
  /** Environment variable that points the app at another address, for tests and the demo. */
  baseUrlVariable: string;
  keyHeaders: [KeyHeader, ...KeyHeader[]];
  /** Pages for a person, opened in the browser. Null where none is known. */
  keyPage: string | null;
  balancePage: string | null;
  acceptsUploads: boolean;
  /** Kinds of job that `list` shows while they are active; others are read one by one. */
  listShows: JobKind[];
  /** Every kind of job it has, in the order a person meets them. */
  kinds: JobKind[];
  /** Longest time between two polls while nothing runs, to find work that was started elsewhere. */
  idleIntervalMs: number;
  /** What one poll costs, in coins; null where polling is free. */
  coinsPerPoll: number | null;
  /** Sign-in with the browser; null where a key can only be pasted. */
  signIn: ((client: JsonClient, baseUrl: string) => SignIn) | null;
  /** The socket that opens a live channel to a session token; null where there is none. */
  realtime: RealtimeAddress | null;
  connect(client: JsonClient, access: Access): ServiceConnection;
}
