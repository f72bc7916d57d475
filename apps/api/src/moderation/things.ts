/**
 * What can be flagged and hidden. Each domain registers its things; moderation knows none of them. A thing is a
 * topic (`report:12`) and a part of it (`text`, `update:40`, `photo:…`).
 */
import type { Lang } from '@folkmoot/core/kit/plain';
import type { PartKind } from '@folkmoot/core/moderation/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';

export type Thing = {
  kind: PartKind;
  /** the report, the petition */
  title: string;
  /** the words of the part; null for a photo */
  text: string | null;
  /** a photo's file under `/files/` */
  photo: string | null;
  lang: Lang;
  /** the page it stands on */
  to: string;
  at: Date;
  hidden: boolean;
  /** who wrote it; null where it speaks for an organisation, or nobody is known */
  author: string | null;
  /** their name, only where they chose to show it */
  authorName: string | null;
  organisation: string | null;
  area: string | null;
  category: string | null;
  private: boolean;
  /** whether the whole thing is there for everybody: what is not cannot be flagged */
  visible: boolean;
};

export type Moderatable = {
  /** @returns the part, or null where there is none */
  read: (db: Queryable, id: string, part: string) => Promise<Thing | null>;
  /** Hides or shows the part, and tells the domain's own followers by its own event. */
  hide: (tx: Tx, id: string, part: string, hidden: boolean) => Promise<void>;
};

export type Things = {
  register: (kind: string, it: Moderatable) => void;
  read: (db: Queryable, topic: string, part: string) => Promise<Thing | null>;
  hide: (tx: Tx, topic: string, part: string, hidden: boolean) => Promise<void>;
};

export function things(): Things {
  const kinds = new Map<string, Moderatable>();
  const split = (topic: string): [Moderatable | undefined, string] => {
    const at = topic.indexOf(':');
    return [kinds.get(topic.slice(0, at)), topic.slice(at + 1)];
  };
  return {
    register: (kind, it) => void kinds.set(kind, it),
    async read(db, topic, part) {
      const [kind, id] = split(topic);
      return (await kind?.read(db, id, part)) ?? null;
    },
    async hide(tx, topic, part, hidden) {
      const [kind, id] = split(topic);
      if (!kind) throw new Error(`Nobody hides ${topic}`);
      await kind.hide(tx, id, part, hidden);
    },
  };
}
