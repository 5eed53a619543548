import { describe, expect, it } from 'vitest';
import { safeFileName } from '../../src/core/file-name';

const name = (title: string, extension = 'txt'): string =>
  safeFileName(title, extension, 'Transcript');

describe('names of files', () => {
  it.each([
    ['Interview mit Zoë', 'Interview mit Zoë.txt'],
    ['会議 2026', '会議 2026.txt'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a-b-c-d-e-f-g-h-i-j.txt'],
    ['../../etc/passwd', '-..-etc-passwd.txt'],
    ['line\r\nbreak\ttab', 'line break tab.txt'],
    ['bell\u0007null\u0000esc\u001b[31m', 'bellnullesc[31m.txt'],
    // Reads as "annexe.txt" backwards where overrides are obeyed.
    ['ann\u202etxt.exe', 'anntxt.exe.txt'],
    ['\u2066a\u2069\u200f\u061cb\ufeff', 'ab.txt'],
    ['.hidden', 'hidden.txt'],
    ['ends in dots and spaces. . .', 'ends in dots and spaces.txt'],
    ['', 'Transcript.txt'],
    ['  ...  ', 'Transcript.txt'],
    ['\u202e\u0000', 'Transcript.txt'],
    // "é" of two code points becomes one, so that macOS and Windows agree on the name.
    ['cafe\u0301', 'café.txt'],
    ['half \ud83d character', 'half \ufffd character.txt'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧 family.txt'],
  ])('%j becomes %j', (title, expected) => {
    expect(name(title)).toBe(expected);
  });

  it.each([
    'CON',
    'prn',
    'Aux',
    'NUL',
    'COM0',
    'com9',
    'LPT1',
    'COM¹',
    'CONIN$',
    'nul.tar',
    'aux .old',
  ])('Windows keeps %s for itself', (title) => {
    expect(name(title)).toBe(`_${title}.txt`);
  });

  it.each(['CONSOLE', 'Null', 'COM10', 'auxiliary'])('%s is free', (title) => {
    expect(name(title)).toBe(`${title}.txt`);
  });

  it.each(['a', 'ü', '語', '😀', '👩‍👩‍👧'])('a thousand %s fit in 140 bytes, whole', (character) => {
    const long = name(character.repeat(1000), 'docx');
    expect(new TextEncoder().encode(long).length).toBeLessThanOrEqual(140);
    expect(new TextEncoder().encode(long).length).toBeGreaterThan(110);
    expect(long.replaceAll(character, '')).toBe('.docx');
  });
});
