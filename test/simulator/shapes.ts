/**
 * Every point on which the documentation and the vendor's client disagree, or where no source says
 * what the wire looks like. Each is a named switch, so a client can be tried against all of them.
 * To add one: add a row here, and read it with `shapes.get('…')` where the answer is built. The
 * first value is the default.
 */
export const shapeTable = {
  'autoposting.objectNesting': {
    values: ['bare', 'nested'],
    why: 'Reference pages put an object directly under data; concept pages read data.clip, data.kb.',
  },
  'autoposting.idField': {
    values: ['id', '_id'],
    why: 'Reference pages say id; a concept page reads _id, and the backend uses MongoDB.',
  },
  'autoposting.clipFields': {
    values: ['both', 'docs', 'sdk'],
    why: 'Documented example (brandSlug, fileName, fileSize, transcription) against the client type (name, editRevision, url, renderedUrl, brandId).',
  },
  'autoposting.candidateScores': {
    values: ['nested', 'flat', 'absent'],
    why: 'Docs name hook, retention, clarity and visual, but show only score; the nesting is unknown.',
  },
  'autoposting.clipList': {
    values: ['page', 'offset', 'items', 'bare'],
    why: 'Client reads {clips, pagination:{page,…}}; the overview says every list takes limit and offset and returns total; other lists of the client are {items, total, limit, offset}; brands are a bare array.',
  },
  'autoposting.clipListRows': {
    values: ['full', 'brief'],
    why: 'Whether a list row carries the candidates is shown nowhere.',
  },
  'autoposting.clipFilters': {
    values: ['ignored', 'honoured'],
    why: 'Filters of GET /clips (brand, status) are unknown.',
  },
  'autoposting.jobList': {
    values: ['bare', 'nested', 'items'],
    why: 'The reference page shows an array under data; {jobs:[…]} would follow the clips list, {items, total, …} other lists of the client.',
  },
  'autoposting.brandList': {
    values: ['bare', 'nested', 'items'],
    why: 'The client reads a bare array; {brands:[…]} would follow the clips list, {items, total, …} other lists of the client.',
  },
  'autoposting.brandFields': {
    values: ['sdk', 'docs', 'concept'],
    why: 'Three lists: platforms[{platform,connected}], connectedPlatforms[], and platforms[] of names with position.',
  },
  'autoposting.renderBody': {
    values: ['sdk', 'docs', 'either'],
    why: 'Client sends editRevision (required) and candidateId; docs require candidateId and know template and captions, not editRevision.',
  },
  'autoposting.renderAnswer': {
    values: ['sdk', 'docs'],
    why: 'Client reads jobIds, activeJobIds, reusedJobIds; docs show jobId, status, estimatedDurationSec.',
  },
  'autoposting.renderRepeat': {
    values: ['reuse', 'new'],
    why: 'reusedJobIds suggests that the same render asked twice is one job; nothing says so.',
  },
  'autoposting.renderWithoutCandidate': {
    values: ['all', 'first'],
    why: 'The client says leaving candidateId out renders "all/default".',
  },
  'autoposting.staleRevision': {
    values: ['409', '400', 'accepted'],
    why: 'The answer to an old editRevision is unknown; 409 means conflict in the overview.',
  },
  'autoposting.unknownFields': {
    values: ['ignored', 'rejected'],
    why: 'Whether a body may carry fields the route does not know is unknown.',
  },
  'autoposting.importBody': {
    values: ['sdk', 'docs', 'either'],
    why: 'Client 0.3.6 and later must send brandId; the docs example sends brandSlug.',
  },
  'autoposting.deleteAnswer': {
    values: ['data', 'bare', '204'],
    why: 'The mock answers {deleted:true}; the client also accepts {success:true} alone and 204.',
  },
  'autoposting.abortedClip': {
    values: ['removed', 'failed'],
    why: 'What becomes of the clip record of an aborted upload is unknown.',
  },
  'autoposting.completeAgain': {
    values: ['refused', 'accepted'],
    why: 'A second complete: S3-like stores forget the upload id, some repeat the answer for a while.',
  },
  'autoposting.clipRenderStatus': {
    values: ['ready', 'sdk'],
    why: 'Docs end at ready; the client type also knows rendering and rendered.',
  },
  'autoposting.renderRunningWord': {
    values: ['processing', 'rendering', 'active', 'running'],
    why: 'Only queued and completed are seen for a job; the word in between is an assumption.',
  },
  'autoposting.renderFailedWord': {
    values: ['failed', 'error'],
    why: 'A failure event exists; the job status for it is shown nowhere.',
  },
  'autoposting.jobPending': {
    values: ['absent', 'null'],
    why: 'Whether outputUrl and completedAt are absent or null before the end is not stated.',
  },
  'autoposting.jobExtras': {
    values: ['none', 'some'],
    why: 'The schema has no candidateId, progress or error; some shows what a fuller one may have.',
  },
  'autoposting.outputUrl': {
    values: ['public', 'signed'],
    why: 'The example looks like a plain CDN address; whether results expire is unknown.',
  },
  'autoposting.errorForm': {
    values: ['sentence-code', 'code-message', 'sentence', 'code'],
    why: 'The client reads error as the sentence and an optional code; docs: error is a code with a message; a quoted answer has a sentence alone.',
  },
  'autoposting.credits': {
    values: ['cli', 'docs', 'sdk'],
    why: 'GET /billing/credits has three shapes: the client’s newest type and test, the docs example, and its older type.',
  },
  'autoposting.checkAnswer': {
    values: ['empty', 'verdict'],
    why: 'The content of data in /clips/billing/check is not shown.',
  },
  'autoposting.publishAnswer': {
    values: ['post', 'empty'],
    why: 'The answer of publish is unknown.',
  },
  'autoposting.billingScope': {
    values: ['none', 'usage:read'],
    why: 'Which scope the billing routes need is unknown; usage:read exists in one of two lists.',
  },
  'autoposting.time': {
    values: ['iso', 'seconds', 'millis'],
    why: 'Reference pages show ISO dates; number forms keep the parser honest.',
  },
  'autoposting.deviceCode': {
    values: ['wrapped', 'flat'],
    why: 'The newest test wraps the device code in data; an older client read it unwrapped.',
  },
  'autoposting.devicePollErrors': {
    values: ['400', '200'],
    why: 'slow_down, expired_token and access_denied can come with 400 and an error text.',
  },
  'clipping.list': {
    values: ['named', 'bare', 'items', 'data'],
    why: 'No list envelope is shown; a key named after the objects follows the pattern of single ones.',
  },
  'clipping.idField': {
    values: ['named', 'id', '_id'],
    why: 'execution_id and reporter_id are shown; other objects have no sample.',
  },
  'clipping.executionStart': {
    values: ['nested', 'flat'],
    why: 'The 202 of a start is {execution:{…}} in its sample; flat is kept for safety.',
  },
  'clipping.executionDetail': {
    values: ['nested', 'flat'],
    why: 'The top level of GET /v1/executions/{id} is not shown.',
  },
  'clipping.executionRow': {
    values: ['full', 'minimal'],
    why: 'The fields of a list row are unknown; minimal has only execution_id and status.',
  },
  'clipping.stepsKey': {
    values: ['steps', 'step_summaries', 'workflow.steps'],
    why: 'Per-step summaries exist in prose; their key is unknown. step_inputs is literal.',
  },
  'clipping.executionError': {
    values: ['error', 'erro', 'error_message', 'absent'],
    why: 'Where a failed execution says why is unknown.',
  },
  'clipping.time': {
    values: ['iso', 'seconds', 'millis'],
    why: 'One page shows Unix seconds, another ISO dates.',
  },
  'clipping.me': {
    values: ['user', 'flat', 'account', 'no-balance'],
    why: 'The balance comes from GET /v1/me, but no field name is shown.',
  },
  'clipping.errorForm': {
    values: ['erro', 'error', 'empty', 'html'],
    why: 'Two samples have erro; anything in front of the service may answer otherwise.',
  },
  'clipping.zeroBalance': {
    values: ['all', 'except-me', 'starts'],
    why: 'A balance of zero or less answers 402 before processing; whether reads are exempt is unknown.',
  },
  'clipping.brokeEnd': {
    values: ['error', 'failed', 'insufficient_balance'],
    why: 'A job can end in 402 while it runs; error is the only failing status documented.',
  },
  'clipping.providerPayer': {
    values: ['owner', 'key'],
    why: 'One page draws provider cost from the owner of the resource, another from the account of the key.',
  },
  'clipping.processCollection': {
    values: ['one', 'many'],
    why: 'The table says one execution; whether each item gets its own is unknown.',
  },
  'clipping.scheduleRepeat': {
    values: ['dispatched', 'already_running', '409'],
    why: 'A second trigger is a no-op; its status code and body are unknown.',
  },
  'clipping.itemRepeat': {
    values: ['same', 'new'],
    why: 'Whether the same source added twice is one item is unknown.',
  },
  'clipping.brokeCode': {
    values: ['absent', 'status_code', 'in-error'],
    why: 'Whether an execution that ended for lack of balance carries the number 402, and where, is unknown.',
  },
  'clipping.pickerLists': {
    values: ['present', 'absent'],
    why: 'List routes of items, reporters, workflows, schedules and collections are shown nowhere.',
  },
  'clipping.emptyTranscriptBody': {
    values: ['allowed', 'refused'],
    why: 'Whether a transcript may be started with no body is unknown.',
  },
} as const satisfies Record<string, { values: readonly [string, ...string[]]; why: string }>;

export type ShapeName = keyof typeof shapeTable;
export type ShapeValue<N extends ShapeName = ShapeName> = (typeof shapeTable)[N]['values'][number];
export type ShapeChoice = { [N in ShapeName]?: ShapeValue<N> };

/** The current shapes. */
export class Shapes {
  readonly #chosen = new Map<ShapeName, string>();

  /** The current value of a switch. */
  get<N extends ShapeName>(name: N): ShapeValue<N> {
    return (this.#chosen.get(name) ?? shapeTable[name].values[0]) as ShapeValue<N>;
  }

  /** Chooses a value. Throws with the allowed names or values when it is not one of them. */
  set(name: string, value: string): void {
    if (!Object.hasOwn(shapeTable, name)) {
      throw new Error(
        `no shape is called ${name}; there are: ${Object.keys(shapeTable).join(', ')}`,
      );
    }
    const known = name as ShapeName;
    const values: readonly string[] = shapeTable[known].values;
    if (!values.includes(value)) {
      throw new Error(`shape ${name} is one of ${values.join(', ')}, not ${value}`);
    }
    this.#chosen.set(known, value);
  }

  /** Every switch with its current value. */
  all(): Record<ShapeName, string> {
    const names = Object.keys(shapeTable) as ShapeName[];
    return Object.fromEntries(names.map((name) => [name, this.get(name)])) as Record<
      ShapeName,
      string
    >;
  }

  /** Resets every switch to its first value. */
  clear(): void {
    this.#chosen.clear();
  }
}
