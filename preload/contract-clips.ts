import type { KeyLocation, ServiceId } from '../main/domain/account';
import type { ClipPage, ClipRecord, CreditCheck, PageMark } from '../main/domain/clip-library';
import type { Credits } from '../main/domain/credits';
import type { FolderProblem } from '../main/domain/download';
import type { DraftRequest, Post, PublishBrand, PublishRequest } from '../main/domain/publishing';
import type { ServiceProblem } from '../main/domain/service-error';
import type { SignInBeginOutcome, SignInOutcome } from '../main/domain/sign-in';
import type { ServiceRead } from './contract-executions';

export type {
  CandidateDetail,
  ClipPage,
  ClipRecord,
  CreditCheck,
  PageMark,
} from '../main/domain/clip-library';
export type { Credits } from '../main/domain/credits';
export type { AspectRatio, Post, PublishBrand } from '../main/domain/publishing';
export type { SignInOutcome } from '../main/domain/sign-in';

/** A result on its way to the disk, or there. */
export interface DownloadView {
  jobId: string;
  /** `paused` goes on by itself: it waits for its turn, or for a host that does not answer. */
  state: 'running' | 'paused' | 'done' | 'failed';
  /** Null until the file has its name. */
  fileName: string | null;
  receivedBytes: number;
  /** Null while the storage does not tell. */
  sizeBytes: number | null;
  bytesPerSecond: number | null;
  sha256Hex: string | null;
  problem: ServiceProblem | FolderProblem | null;
}

/** How a public step went. It is never sent again by itself. */
export type PostOutcome =
  | { outcome: 'made'; post: Post }
  | { outcome: 'unsure'; problem: ServiceProblem }
  | { outcome: 'refused'; problem: ServiceProblem; remoteText: string | null };

/** The verbs about clips, their results, and what an account has left. */
export interface ClipCommands {
  'clips.page': {
    request: { accountId: string; mark: PageMark | null };
    response: ServiceRead<ClipPage>;
  };
  'clip.read': {
    request: { accountId: string; clipId: string };
    response: ServiceRead<ClipRecord>;
  };
  /** Takes up watching a clip that the lists do not show; gives the line it becomes. */
  'clip.follow': { request: { accountId: string; clipId: string }; response: { lineId: string } };
  /** Deletes the clip and its renders at the service. The window asks first. */
  'clip.remove': {
    request: { accountId: string; clipId: string };
    response: { removed: true } | { problem: ServiceProblem; remoteText: string | null };
  };
  /** Opens the candidate's part of the source in the browser. */
  'clip.preview': {
    request: { accountId: string; clipId: string; candidateId: string | null };
    response: { opened: boolean };
  };
  'clip.check': {
    request: { accountId: string; clipId: string; candidateId: string };
    response: ServiceRead<CreditCheck>;
  };
  'result.download': { request: { jobId: string }; response: { started: boolean } };
  'result.cancelDownload': { request: { jobId: string }; response: null };
  'result.showFile': { request: { jobId: string }; response: { shown: boolean } };
  'post.brands': { request: { accountId: string }; response: ServiceRead<PublishBrand[]> };
  'post.draft': { request: { accountId: string } & DraftRequest; response: PostOutcome };
  /** Public: the window asks first. */
  'post.publish': { request: { accountId: string } & PublishRequest; response: PostOutcome };
  'account.credits': { request: { accountId: string }; response: ServiceRead<Credits> };
  /** Opens the service's page; the person compares `userCode` there. */
  'signIn.begin': {
    request: { service: ServiceId };
    response: SignInBeginOutcome;
  };
  /** Opens the page once more. */
  'signIn.open': { request: { signInId: string }; response: { opened: boolean } };
  /** Settles when the person has decided, or time is up. */
  'signIn.wait': {
    request: { signInId: string; name: string; keyLocation: KeyLocation };
    response: SignInOutcome;
  };
  'signIn.cancel': { request: { signInId: string }; response: null };
}
