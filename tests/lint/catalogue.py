#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The catalogue of findings: rows that are whole, and used."""
import re

import tree

PATH = 'src/findings/catalog.def'
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
    constants = {row[1] for row in found} | {'CODES'}
    for path in [*tree.files('src', '.c', '.h', '.def')]:
        code = tree.bare(tree.read(path))
        for match in re.finditer(r'\bFINDING_([A-Z][A-Z0-9_]*)\b(?!##)', code):
            if match[1] not in constants and not match[1].endswith('_H'):
                report.say(path, tree.line_of(code, match.start()),
                           f'there is no row {match[1]}')
    report.done()


main()
