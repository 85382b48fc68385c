#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Headers are the manual: a licence line and a purpose on every file, and a
comment on every prototype."""
import re

import tree

LICENCE = 'SPDX-License-Identifier: MIT'


def check_start(report, path, text):
    if LICENCE not in text[:120]:
        report.say(path, 1, 'no licence line')
    if path.endswith('.h') and not re.match(
            r'/\* SPDX[^\n]*\n/\*', text):
        report.say(path, 2, 'no comment that says what the header is for')


def check_prototypes(report, path, text):
    """A prototype begins a paragraph that begins with its comment."""
    code = tree.without_directives(tree.bare(text))
    for match in re.finditer(
            r'(?:^|(?<=[;}]))\s*\n((?:[a-z_]\w*[ *]+)+)(\w+)\([^;{}]*\)'
            r'[^;{}]*;', code):
        if match[1].startswith('typedef'):
            continue
        offset = match.start(1)
        if not re.search(r'/\*\*(?:(?!\*/).)*\*/\n$', text[:offset], re.S):
            report.say(path, tree.line_of(text, offset),
                       f'{match[2]}() has no /** */ comment')


def main():
    report = tree.Report()
    for path in tree.files('src', '.c', '.h', '.def', 'Makefile.inc'):
        text = tree.read(path)
        check_start(report, path, text)
        if path.endswith('.h'):
            check_prototypes(report, path, text)
    for path in tree.files('tests', '.h'):
        check_prototypes(report, path, tree.read(path))
    report.done()


main()
