import { readFileSync } from 'node:fs';
import { parse } from 'svelte/compiler';

interface Node {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly value?: unknown;
}

/** Attributes that a person reads or hears, wherever they stand, and those that components hand on. */
const READ =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|alt|title|placeholder)$/;
const READ_OF_COMPONENTS = /^(label|note|name|action|message|about)$/;
/** What is the same in every language. */
const PROPER = /^(Sotto|https:\/\/|SHA-256|Aa|\[ab\]|MB|×)$/;
/** Operands whose strings are compared, not shown. */
const COMPARISONS = /^([!=]==?|in)$/;

/** Every text of a component's markup that has a letter in it and comes from no catalogue. */
export function hardCodedText(file: string): string[] {
  const found: string[] = [];
  const { fragment } = parse(readFileSync(file, 'utf8'), { modern: true });
  visit(fragment, found);
  return found;
}

function visit(node: unknown, found: string[]): void {
  if (Array.isArray(node)) return node.forEach((one) => visit(one, found));
  if (!isNode(node)) return;
  if (node.type === 'Text') return keep(node.data, found);
  if (node.type === 'ExpressionTag') return strings(node, found);
  if (node.type === 'Attribute') return;
  const { attributes, ...rest } = node as Node & { attributes?: readonly Node[] };
  for (const attribute of attributes ?? [])
    if (isRead(node, attribute)) strings(attribute.value, found);
  // Conditions of blocks are no text; their branches are.
  const parts = [
    'fragment',
    'nodes',
    'consequent',
    'alternate',
    'body',
    'fallback',
    'pending',
    'then',
    'catch',
  ];
  for (const [key, value] of Object.entries(rest)) if (parts.includes(key)) visit(value, found);
}

/** Strings in an expression that end up on the screen. */
function strings(node: unknown, found: string[]): void {
  if (Array.isArray(node)) return node.forEach((one) => strings(one, found));
  if (!isNode(node)) return;
  if (node.type === 'Text') return keep(node.data, found);
  if (node.type === 'Literal') return keep(node.value, found);
  if (node.type === 'TemplateElement')
    return keep((node.value as { cooked: string }).cooked, found);
  if (node.type === 'CallExpression' || node.type === 'MemberExpression') return;
  const { operator } = node as { operator?: string };
  if (node.type === 'BinaryExpression' && operator && COMPARISONS.test(operator)) return;
  for (const [key, value] of Object.entries(node)) if (key !== 'test') strings(value, found);
}

function isRead(element: Node, attribute: Node): boolean {
  if (attribute.type !== 'Attribute' || !attribute.name) return false;
  if (READ.test(attribute.name)) return true;
  return (
    element.type === 'Component' &&
    element.name !== 'Icon' &&
    READ_OF_COMPONENTS.test(attribute.name)
  );
}

function keep(text: unknown, found: string[]): void {
  if (typeof text !== 'string') return;
  const trimmed = text.trim();
  if (/\p{L}/u.test(trimmed) && !PROPER.test(trimmed)) found.push(trimmed);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
