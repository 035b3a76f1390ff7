import type { KeyHeader, Profile, ServiceId } from './account';
import type { ClipLibrary, RenderRequest } from './clip-library';
import type { Credits } from './credits';
import type { Executions } from './execution';
import type { JobKind, JobObservation, JobRef, Snapshot } from './job';
import type { RealtimeAddress } from './live-channel';
import type { Publishing } from './publishing';
import type { SignIn } from './sign-in';
import type { RemoteUpload, SentPart } from './upload';

/** What one account needs to call its service. The key is read for each call, never kept. */
export interface Access {
  accountId: string;
  baseUrl: string;
  keyHeader: KeyHeader;
  key(): Promise<string>;
}

/** What a call without a key needs: at a sign-in there is no key yet. */
export type OpenAccess = Pick<Access, 'baseUrl'>;

/** One JSON call. Paths are joined to the base URL; the body is sent as JSON. */
export interface JsonRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
  /**
   * For calls other than GET: it changes nothing, or whether it was done is found out by reading. Others go
   * over a connection of their own.
   */
  isRepeatable?: boolean;
  /** Error statuses that count as answers here, as long as their body is JSON. */
  alsoAnswers?: number[];
  /** The bytes of an earlier answer. If the new answer is identical, it is not parsed again. */
  last?: Uint8Array;
}

/** A parsed answer: `body` is unknown until a schema has checked it; undefined for an empty body. */
export interface JsonAnswer {
  status: number;
  body: unknown;
  /** The raw body. If it equals the request's `last`, it is that array itself, and `body` is undefined. */
  bytes: Uint8Array;
}

/** The HTTP client as services see it. Throws ServiceError, and nothing else. */
export interface JsonClient {
  request(access: Access | OpenAccess, request: JsonRequest): Promise<JsonAnswer>;
}

/** Presigned URL of one part. Secret: it is an authorisation. */
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
  /** Whether the service has the whole file: asked when the answer to `complete` is lost. */
  isComplete(remote: RemoteUpload, signal?: AbortSignal): Promise<boolean>;
}

/** A video that the service is to fetch from a URL by itself. */
export interface ImportRequest {
  brandId: string;
  /** Checked by `importableUrl`. */
  url: string;
  /** Null lets the service choose one. */
  title: string | null;
}

/** One account's view of its service. Every method throws ServiceError. */
export interface ServiceConnection {
  /** Reads who the key belongs to, and where it may upload to. */
  profile(signal?: AbortSignal): Promise<Profile>;
  /** One request that shows as many active jobs as the service can show at once. */
  list(signal?: AbortSignal): Promise<Snapshot>;
  /**
   * One request that may show jobs that have just left `list`, so that they need not be looked up one by
   * one; null where there is no such request.
   */
  listEnded: ((signal?: AbortSignal) => Promise<Snapshot>) | null;
  /** Looks up one job, along with whatever the same answer says about its siblings. */
  read(job: JobRef, signal?: AbortSignal): Promise<Snapshot>;
  uploads: UploadRemote | null;
  /** Has the service fetch a video, and returns the id of its clip. Never repeated automatically. */
  importUrl: ((request: ImportRequest, signal?: AbortSignal) => Promise<string>) | null;
  /**
   * Starts a render and returns its jobs. Costs credit, so it is never repeated automatically. Throws
   * `conflict` when the clip was edited in the meantime: it is then read again, and the user asked.
   */
  render: ((request: RenderRequest, signal?: AbortSignal) => Promise<JobObservation[]>) | null;
  /** The clips themselves, for services that have them. */
  clips: ClipLibrary | null;
  /** Posts and drafts from finished renders. */
  publishing: Publishing | null;
  /** Executions: starting them, and reading what they produce. */
  executions: Executions | null;
  /** What is left to spend. */
  credits: ((signal?: AbortSignal) => Promise<Credits>) | null;
}

/** Another address of a service, set by an environment variable. */
export interface AddressOverride {
  variable: string;
  /** Null for an address that cannot be used. */
  origin: string | null;
}

/** Everything the app knows about a service. A new service is one of these, in a folder of its own. */
export interface ServiceModule {
  id: ServiceId;
  /** Proper name, the same in every language. */
  name: string;
  baseUrl: string;
  /** Environment variable that sets another base URL, for tests and the demo. */
  baseUrlVariable: string;
  keyHeaders: [KeyHeader, ...KeyHeader[]];
  /** Web pages that the user can open in the browser. Null where none is known. */
  keyPage: string | null;
  balancePage: string | null;
  acceptsUploads: boolean;
  /** Kinds of job that `list` shows while they are active; others are looked up one by one. */
  listShows: JobKind[];
  /** Every kind of job it has, in the order in which a clip goes through them. */
  kinds: JobKind[];
  /** Longest time between two polls while nothing runs, to find work started elsewhere. */
  idleIntervalMs: number;
  /** What one poll costs, in coins; null where polling is free. */
  coinsPerPoll: number | null;
  /** Sign-in with the browser; null where a key can only be pasted. */
  signIn: ((client: JsonClient, baseUrl: string) => SignIn) | null;
  /** The socket for live channels, which takes a session token; null where there is none. */
  realtime: RealtimeAddress | null;
  connect(client: JsonClient, access: Access): ServiceConnection;
}
