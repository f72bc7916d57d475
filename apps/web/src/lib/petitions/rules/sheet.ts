/** Rows of a paper sheet: typed into the grid, or pasted from a spreadsheet in whichever order its columns stand. */
export type SheetRow = { name: string; postcode: string };

export const SHEET_ROWS = 10;
const POSTCODE = /^[a-z]{1,2}[0-9][a-z0-9]?\s?[0-9][a-z]{2}$/i;
/** a postcode at the end of a line: "Ann One, AB1 2CD" */
const AT_END = /^(.*?)[\s,;]+([a-z]{1,2}[0-9][a-z0-9]?\s?[0-9][a-z]{2})[\s,;]*$/i;

function rowOf(line: string): SheetRow {
  const cells = line.split(/\t|;/).map((cell) => cell.trim());
  const at = cells.findIndex((cell) => POSTCODE.test(cell));
  if (at >= 0)
    return { name: cells.filter((cell, index) => index !== at && cell).join(' '), postcode: cells[at]! };
  const [, name, postcode] = AT_END.exec(line) ?? [];
  return name && postcode
    ? { name: name.trim(), postcode }
    : { name: line.replace(/\t/g, ' ').trim(), postcode: '' };
}

/** One row a line; a heading ("Name, Postcode") and empty lines are left out. */
export const pasted = (text: string): SheetRow[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() && !/^\W*(name|enw)\b.*(postcode|cod post)/i.test(line))
    .map(rowOf);

/** What the form holds, without its empty rows. */
export function sheetRows(form: FormData): SheetRow[] {
  const names = form.getAll('name[]').map(String);
  const postcodes = form.getAll('postcode[]').map(String);
  const typed = names.map((name, index) => ({
    name: name.trim(),
    postcode: (postcodes[index] ?? '').trim(),
  }));
  return [...typed.filter((row) => row.name || row.postcode), ...pasted(String(form.get('paste') ?? ''))];
}

export function sheetBody(form: FormData) {
  const scan = String(form.get('scan') ?? '');
  return { rows: sheetRows(form), ...(scan && { scan }) };
}

/** At least ten rows, and always an empty one below. */
export const withRoom = (rows: readonly SheetRow[]): SheetRow[] => {
  const empty = Math.max(1, SHEET_ROWS - rows.length);
  return [...rows, ...Array.from({ length: empty }, () => ({ name: '', postcode: '' }))];
};

type Entered = { sheet: string; counted: number; doubles: number[]; total: number };
type Trouble = { code: string; fields: Record<string, string> };
/** What the page's action gave back, without a script. */
export function sheetBefore(form: unknown): {
  entered: Entered | null;
  rows: SheetRow[];
  trouble: Trouble | null;
} {
  const it = (form ?? {}) as { entered?: Entered; rows?: SheetRow[]; trouble?: Trouble };
  return { entered: it.entered ?? null, rows: it.rows ?? [], trouble: it.trouble ?? null };
}
