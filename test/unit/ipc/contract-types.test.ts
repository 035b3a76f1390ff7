import { expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { Handlers } from '../../../main/commands/handlers';
import type { PageCursor } from '../../../main/domain/clip-library';
import type { NotificationRulesChange } from '../../../main/domain/notification-rules';
import type { DraftRequest, PublishRequest } from '../../../main/domain/publishing';
import type { Settings } from '../../../main/domain/settings';
import type {
  AddAccountOutcome,
  Bridge,
  Collection,
  Patch,
  RequestOf,
  ResponseOf,
  UploadLog,
  UploadTotals,
  Verb,
} from '../../../preload/contract';
import type { verbs } from '../../../preload/contract/verbs';

// The compiler checks this file: a line under `@ts-expect-error` that compiles is itself an error.
// Nothing in the functions is run.

it('handlers are incomplete when one is missing', () => {
  const check = ({ 'line.markSeen': _, ...others }: Handlers): Handlers => {
    // @ts-expect-error
    return others;
  };
  void check;
});

it('a handler takes and returns what the table says', () => {
  expectTypeOf<Parameters<Handlers['account.rename']>>().toEqualTypeOf<
    [{ accountId: string; name: string }]
  >();
  expectTypeOf<ResponseOf<'account.add'>>().toEqualTypeOf<AddAccountOutcome>();
  expectTypeOf<ResponseOf<'upload.log'>>().toEqualTypeOf<UploadLog | null>();
  expectTypeOf<ResponseOf<'app.quit'>>().toEqualTypeOf<null>();
  const wrong = {
    'line.markSeen': () => ({ seen: true }),
  };
  // @ts-expect-error
  const check: Partial<Handlers> = wrong;
  void check;
});

it('the bridge can call every verb, and nothing else', () => {
  expectTypeOf<Parameters<Bridge['run']>[0]>().toEqualTypeOf<Verb>();
  expectTypeOf<Verb>().toEqualTypeOf<keyof typeof verbs>();
  const check = (bridge: Bridge) => {
    void bridge.run('account.rename', { accountId: 'a', name: 'b' });
    // @ts-expect-error
    void bridge.run('account.forget', { accountId: 'a' });
    // @ts-expect-error
    void bridge.run('account.rename', { accountId: 'a' });
    // @ts-expect-error
    void bridge.run('account.setPace', { accountId: 'a', pace: 'never' });
    // @ts-expect-error
    void bridge.run('app.quit', {});
  };
  void check;
});

it('a schema changes no type on the way: what a window sends is what a handler gets', () => {
  type Sent = { [V in Verb]: z.input<(typeof verbs)[V]['request']> };
  expectTypeOf<Sent>().toEqualTypeOf<{ [V in Verb]: RequestOf<V> }>();
});

it('all that the domain allows can be sent', () => {
  type OfAccount<T> = { accountId: string } & T;
  expectTypeOf<Partial<Settings>>().toExtend<RequestOf<'settings.change'>>();
  expectTypeOf<Settings>().toExtend<Required<RequestOf<'settings.change'>>>();
  expectTypeOf<NotificationRulesChange>().toExtend<
    RequestOf<'account.setNotificationRules'>['change']
  >();
  expectTypeOf<OfAccount<DraftRequest>>().toExtend<RequestOf<'post.createDraft'>>();
  expectTypeOf<OfAccount<PublishRequest>>().toExtend<RequestOf<'post.publish'>>();
  expectTypeOf<PageCursor | null>().toExtend<RequestOf<'clips.page'>['cursor']>();
});

it('a patch carries what its collection holds, or null', () => {
  expectTypeOf<Patch['collection']>().toEqualTypeOf<Collection>();
  expectTypeOf<Patch<'uploads'>['value']>().toEqualTypeOf<UploadTotals | null>();
  const check = (totals: UploadTotals): Patch[] => [
    { collection: 'uploads', id: 'all', value: totals },
    { collection: 'lines', id: 'a', value: null },
    // @ts-expect-error
    { collection: 'lines', id: 'a', value: totals },
  ];
  void check;
});
