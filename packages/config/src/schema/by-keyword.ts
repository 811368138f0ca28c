import type { Row } from '../keywords/row.ts';
import { wholeTable } from '../keywords/walk.ts';
import type { Json, SchemaOf } from './schema.ts';

/**
 * A value that a keyword decides: what it means, its default and its range are those of the keyword table.
 * @param keyword its path, or several with blanks between
 * @param absent the value without the keyword, where that lies outside of the range
 */
export function by<T>(keyword: string, schema: SchemaOf<T>, absent?: number): SchemaOf<T> {
  const paths = keyword.split(' ');
  const rows = paths.map(rowAt);
  const [only] = rows;
  const isNumber = schema.json['type'] === 'integer' && rows.length === 1;
  return {
    ...schema,
    json: {
      ...schema.json,
      ...(isNumber && only !== undefined ? rangeOf(only, absent) : {}),
      description: rows.map(sentence).join(' '),
      'x-keyword': paths.length === 1 ? keyword : paths,
    },
  };
}

let table: ReadonlyMap<string, Row> | undefined;

function rowAt(path: string): Row {
  table ??= new Map(wholeTable().map((placed) => [placed.path, placed.row]));
  const row = table.get(path);
  if (row === undefined)
    throw new TypeError(`the schema names the keyword ${path}, which is not in the table`);
  return row;
}

const sentence = ({ doc, default: absent }: Row): string =>
  absent === undefined || absent === 'default' ? doc : `${doc} Default: ${absent}.`;

function rangeOf({ argument }: Row, absent: number | undefined): Json {
  if (argument.bounds === undefined) return {};
  const [low, high] = argument.bounds;
  return { minimum: Math.min(low, absent ?? low), maximum: Math.max(high, absent ?? high) };
}
