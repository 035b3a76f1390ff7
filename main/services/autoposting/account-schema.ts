import { z } from 'zod';
import type { Brand } from '../../domain/account';
import { field, nameOf, unwrapped } from '../tolerant-parsers';
import { dataOf, ids, listOf, unexpected } from './envelope';

const MAX_BRANDS = 1_000;

const profileSchema = z.object({ name: field(nameOf), email: field(nameOf) });

/** Who the key belongs to: `data: {id, orgId, name, email, authType}` by the SDK. */
export function parseProfile(body: unknown): { name: string | null; email: string | null } {
  const data = unwrapped(dataOf(body), 'user', 'profile');
  return profileSchema.safeParse(data).data ?? unexpected();
}

const brandSchema = z.object({ ...ids, name: field(nameOf), slug: field(nameOf) });

/** Brands the key can see, each with its row as it came; SDK: a bare list. */
export function parseBrandRows<T>(body: unknown, of: (brand: Brand, row: unknown) => T): T[] {
  const read = (row: unknown): T | null => {
    const value = unwrapped(row, 'brand');
    const from = brandSchema.safeParse(value).data;
    const id = from?.id ?? from?._id ?? null;
    return !from || id === null ? null : of({ id, name: from.name ?? from.slug ?? id }, value);
  };
  return listOf(body, ['brands', 'items', 'results'], read, true).items.slice(0, MAX_BRANDS);
}

/** Brands the key can see, as an upload needs them. */
export function parseBrands(body: unknown): Brand[] {
  return parseBrandRows(body, (brand) => brand);
}
