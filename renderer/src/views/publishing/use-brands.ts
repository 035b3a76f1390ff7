import { useEffect, useState } from 'react';
import type { ClipRecord, PublishBrand } from '../../../../preload/contract';
import { useCliptray } from '../../state/context';
import type { PostSubject } from '../../state/window-state';

interface BrandsReading {
  brands: PublishBrand[];
  clipBrand: { id: string | null; slug: string | null };
  isReading: boolean;
}

/** Brands with their platforms, and the brand of the clip. If they cannot be read, the user types them. */
export function useBrands({ accountId, clipId }: PostSubject): BrandsReading {
  const { actions } = useCliptray();
  const [reading, setReading] = useState<BrandsReading>({
    brands: [],
    clipBrand: { id: null, slug: null },
    isReading: true,
  });
  useEffect(() => {
    let isOpen = true;
    const read = async () => {
      const [brands, clip] = await Promise.all([
        actions.run('post.brands', { accountId }),
        actions.run('clip.read', { accountId, clipId }),
      ]);
      if (!isOpen) return;
      const record: ClipRecord | null =
        clip && 'value' in clip.response ? clip.response.value : null;
      setReading({
        brands: brands && 'value' in brands.response ? brands.response.value : [],
        clipBrand: { id: record?.brandId ?? null, slug: record?.brandSlug ?? null },
        isReading: false,
      });
    };
    void read();
    return () => {
      isOpen = false;
    };
  }, [actions, accountId, clipId]);
  return reading;
}
