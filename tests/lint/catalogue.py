#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The catalogue of findings: rows that are whole, used, and explained."""
import os
import re

import tree

PATH = 'src/findings/catalog.def'
FAMILIES = 'src/findings/families.def'
TEXTS = 'doc/findings'
# The sections of a text in their order; True: none may be without it.
SECTIONS = {
    'Why it matters': True,
    'How it comes about': False,
    'How long it takes': False,
    'What looks like it and is not': True,
}
COLUMNS = 78
LINES = 40
_STRING = r'"((?:\\.|[^"\\])*)"'
_ROW = re.compile(
    r'FINDING\((\w+),\s*' + _STRING + r',\s*(\w+),\s*(\w+),\s*(\w+),\s*(\w+),'
    r'\s*' + r',\s*'.join([r'((?:' + _STRING + r'\s*)+)'] * 4) + r'\)', re.S)


def rows(text):
    """(line, constant, code, severity, title, detail, fix, reference)"""
    for match in _ROW.finditer(tree.without_comments(text)):
        texts = [''.join(re.findall(_STRING, match[group]))
                 for group in (7, 9, 11, 13)]
        yield (tree.line_of(text, match.start()), match[1], match[2],
               match[3], *texts)


def check_row(report, row):
    line, _, code, severity, title, detail, fix, reference = row
    if not re.match(r'(X-)?[a-z][a-z0-9-]+$', code):
        report.say(PATH, line, f'{code} is no code')
    for what, text in ('title', title), ('detail', detail):
        if not text:
            report.say(PATH, line, f'{code} has no {what}')
    if title.endswith('.'):
        report.say(PATH, line, f'{code}: a title is no sentence')
    if severity != 'INFO' and not fix:
        report.say(PATH, line, f'{code} says no fix')
    if not reference:
        report.say(PATH, line, f'{code} has no reference')


def codes_of(found):
    """What a text may be called by: a row, or one code of a generic row."""
    codes = {row[2] for row in found}
    families = re.findall(r'^(?:FAMILY|OUTSIDE)\("([^"]+)"',
                          read_or_nothing(FAMILIES), re.M)
    return codes | {family + code[1:] for code in codes
                    if code.startswith('X-') for family in families}


def read_or_nothing(path):
    return tree.read(path) if os.path.exists(
        os.path.join(tree.TOP, path)) else ''


def check_sections(report, path, text):
    parts = re.split(r'^## (.*)$', text, flags=re.M)
    headings = parts[1::2]
    if headings != [known for known in SECTIONS if known in headings]:
        report.say(path, 1, 'sections unknown or out of order')
    for heading, needed in SECTIONS.items():
        if needed and heading not in headings:
            report.say(path, 1, f'no section "{heading}"')
    for heading, content in zip(headings, parts[2::2]):
        if not content.strip():
            report.say(path, 1, f'nothing under "{heading}"')
    if not re.fullmatch(r'# [^\n]*[^\n.]\n\n', parts[0]):
        report.say(path, 1, 'a text begins with its title')


def check_text(report, path, text):
    lines = text.split('\n')
    check_sections(report, path, text)
    if not 12 <= len(lines) <= LINES:
        report.say(path, 1, f'{len(lines)} lines')
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            report.say(path, number, f'{len(line)} columns')
        if not line.isascii() or line != line.rstrip():
            report.say(path, number, 'not plain')


def check_texts(report, found):
    """Every row has its text, every text its code, and none says again what
    "explain" tells out of the row."""
    texts = {os.path.basename(path)[:-3]: path
             for path in tree.files(TEXTS, '.md')}
    named = read_or_nothing(TEXTS + '/Makefile.inc')
    rows_by_code = {row[2]: row for row in found}
    for code in rows_by_code.keys() - texts.keys():
        report.say(PATH, rows_by_code[code][0], f'{code} has no text')
    for code in texts.keys() - codes_of(found):
        report.say(texts[code], 1, 'there is no such code')
    for code, path in texts.items():
        text = tree.read(path)
        check_text(report, path, text)
        if path not in named:
            report.say(path, 1, 'no makefile names it')
        words = ' '.join(text.split())
        for part in rows_by_code.get(code, ())[4:7]:
            if len(part) > 20 and part in words:
                report.say(path, 1, f'says again: {part}')


def main():
    report = tree.Report()
    text = tree.read(PATH)
    found = list(rows(text))
    if len(found) != len(re.findall(r'^FINDING\(', text, re.M)):
        report.say(PATH, 1, 'a row that cannot be read')
    codes = set()
    for row in found:
        check_row(report, row)
        if row[2] in codes:
            report.say(PATH, row[0], f'{row[2]} stands twice')
        codes.add(row[2])
    check_texts(report, found)
    constants = {row[1] for row in found} | {'CODES'}
    for path in [*tree.files('src', '.c', '.h', '.def')]:
        code = tree.bare(tree.read(path))
        for match in re.finditer(r'\bFINDING_([A-Z][A-Z0-9_]*)\b(?!##)', code):
            if match[1] not in constants and not match[1].endswith('_H'):
                report.say(path, tree.line_of(code, match.start()),
                           f'there is no row {match[1]}')
    report.done()


main()
