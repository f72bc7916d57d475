/**
 * Reads Markdown into parts that the page draws itself. No markup passes through, so there is none to clean: what
 * somebody writes as HTML is shown as the letters it is made of, and a link leads to the web, to mail, to a telephone
 * or to our own pages.
 */
import { lexer, type Token, type Tokens } from 'marked';
import type { Block, Inline } from '../blocks.ts';

const SAFE = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i;

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', '’')
    .replaceAll('&amp;', '&');

function inlineOf(token: Token): Inline[] {
  const inside = 'tokens' in token && token.tokens ? token.tokens.flatMap(inlineOf) : [];
  switch (token.type) {
    case 'strong':
    case 'em':
      return [{ kind: token.type, inside }];
    case 'codespan':
      return [{ kind: 'code', text: unescaped((token as Tokens.Codespan).text) }];
    case 'br':
      return [{ kind: 'break' }];
    case 'link': {
      const { href } = token as Tokens.Link;
      return SAFE.test(href) ? [{ kind: 'link', href, inside }] : inside;
    }
    default:
      return inside.length
        ? inside
        : [{ kind: 'text', text: unescaped('text' in token ? token.text : token.raw) }];
  }
}
const inlines = (tokens: Token[] | undefined): Inline[] => (tokens ?? []).flatMap(inlineOf);

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

function blockOf(token: Token): Block[] {
  switch (token.type) {
    case 'heading': {
      const { depth, text, tokens } = token as Tokens.Heading;
      // the page's own heading is the only first one
      return [{ kind: 'heading', level: depth <= 2 ? 2 : 3, id: slugOf(text), inside: inlines(tokens) }];
    }
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      return [{ kind: 'list', ordered, items: items.map((item) => item.tokens.flatMap(blockOf)) }];
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      const cells = (row: Tokens.TableCell[]) => row.map((cell) => inlines(cell.tokens));
      return [{ kind: 'table', head: cells(header), rows: rows.map(cells) }];
    }
    case 'blockquote':
      return [{ kind: 'quote', inside: (token.tokens ?? []).flatMap(blockOf) }];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'space':
    case 'def':
      return [];
    case 'code':
      return [{ kind: 'paragraph', inside: [{ kind: 'code', text: (token as Tokens.Code).text }] }];
    default: {
      const inside = 'tokens' in token && token.tokens ? inlines(token.tokens) : inlineOf(token);
      return [{ kind: 'paragraph', inside }];
    }
  }
}

/** @param text Markdown as GitHub understands it (lists, tables, links, strong and slanted words) */
export const blocksOf = (text: string): Block[] => lexer(text, { gfm: true }).flatMap(blockOf);
