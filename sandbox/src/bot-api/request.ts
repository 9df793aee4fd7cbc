import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import { Arguments, type Fields, isFields } from './arguments.ts';
import { ApiError, badRequest } from './envelope.ts';

export interface ReadArguments {
  args: Arguments;
  /** The arguments as they were sent, for the record. */
  params: Fields;
}

const BODY_LIMIT = 10 * 1_048_576;

/**
 * Reads the arguments of a call from the query string and the body: JSON, a form, or multipart. Where a name
 * occurs twice, the first one counts.
 */
export async function readArguments(request: IncomingMessage, query: string): Promise<ReadArguments> {
  const values = new Map<string, string>();
  addForm(values, query);
  const type = (request.headers['content-type'] ?? '').toLowerCase();
  if (type.startsWith('multipart/form-data')) {
    const files = await readMultipart(request, values);
    return { args: new Arguments(values, files), params: Object.fromEntries(values) };
  }
  const body = await readBody(request);
  if (type.startsWith('application/json')) return readJson(body, values);
  if (type.startsWith('application/x-www-form-urlencoded')) addForm(values, body);
  return { args: new Arguments(values), params: Object.fromEntries(values) };
}

/** Reads a JSON object; what is nested in it becomes JSON text again, as the methods expect it. */
export function readJson(body: string, values = new Map<string, string>()): ReadArguments {
  const fields = body.trim() === '' ? {} : parseObject(body);
  const params = { ...Object.fromEntries(values), ...fields };
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) continue;
    add(values, name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return { args: new Arguments(values), params };
}

function parseObject(body: string): Fields {
  if (!body.trimStart().startsWith('{')) throw badRequest('JSON object expected');
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw badRequest('expected next field or object end');
  }
  if (!isFields(value)) throw badRequest('JSON object expected');
  return value;
}

function addForm(values: Map<string, string>, text: string): void {
  for (const [name, value] of new URLSearchParams(text)) add(values, name, value);
}

function add(values: Map<string, string>, name: string, value: string): void {
  if (!values.has(name)) values.set(name, value);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Adds the fields to `values` and answers the names of the files, whose contents nothing here needs. */
function readMultipart(request: IncomingMessage, values: Map<string, string>): Promise<Set<string>> {
  const files = new Set<string>();
  return new Promise((resolve, reject) => {
    let form: ReturnType<typeof busboy>;
    try {
      form = busboy({
        headers: request.headers,
        limits: { fieldSize: BODY_LIMIT, fileSize: BODY_LIMIT, files: 8 },
      });
    } catch {
      reject(badRequest("can't parse form data headers"));
      return;
    }
    form.on('field', (name, value) => add(values, name, value));
    form.on('file', (name, file) => {
      files.add(name);
      file.resume();
    });
    form.on('error', () => reject(badRequest("can't parse form data headers")));
    form.on('close', () => resolve(files));
    request.pipe(form);
  });
}

function tooLarge(): ApiError {
  return new ApiError(413, 'Request Entity Too Large: too much parameters');
}
