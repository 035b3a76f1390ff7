import { useEffect, useState } from 'react';
import type { Platform } from '../../../../preload/contract';
import { useCliptray } from '../../state/context';

/**
 * How the platforms of a brand are connected at this moment; empty until that is known, and where it
 * cannot be read: then what the list of brands says has to do.
 */
export function useConnections(accountId: string, brandSlug: string | null): readonly Platform[] {
  const { actions } = useCliptray();
  const [read, setRead] = useState<{ slug: string; platforms: Platform[] } | null>(null);
  useEffect(() => {
    if (brandSlug === null) return;
    let isOpen = true;
    const load = async () => {
      const done = await actions.run('post.connections', { accountId, brandSlug });
      if (!isOpen || !done || !('value' in done.response)) return;
      setRead({ slug: brandSlug, platforms: done.response.value });
    };
    void load();
    return () => {
      isOpen = false;
    };
  }, [actions, accountId, brandSlug]);
  return read !== null && read.slug === brandSlug ? read.platforms : [];
}
