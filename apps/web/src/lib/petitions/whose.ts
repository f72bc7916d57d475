/** Asks whether who looks at a petition has signed it, where the page was made for all who are signed in. */
import { endpoints } from '@folkmoot/core/endpoints';

export type Whose = 'signed' | 'unsigned' | 'nobody';

/** @returns `nobody` where the session is over; null where there is no telling, and the page stays as it is */
export async function whose(petition: number): Promise<Whose | null> {
  const path = endpoints.readMySignature.path.replace(':petition', String(petition));
  const response = await fetch(`/api/v1${path}`, { cache: 'no-store' }).catch(() => null);
  if (response?.status === 401) return 'nobody';
  if (!response?.ok) return null;
  const signature = (await response.json()) as { state: string } | null;
  return signature?.state === 'confirmed' || signature?.state === 'suspect' ? 'signed' : 'unsigned';
}
