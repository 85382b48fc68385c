#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The project speaks of itself alone, is whole in a release, and holds
nothing that belongs to one machine."""
import os
import re

import tree

# Words that mean something to one machine or one day only.
FOREIGN = {
    r'/work/|/home/\w|/root/|/tmp/build': 'a path of one machine',
    r'\b(?:TODO|FIXME|XXX|HACK)\b': 'unfinished',
    r'\b[Ii]ssue #?\d+|(?<![\w&/])#\d+\b(?!["\';)])': 'an issue number',
    r'\bshared/|\bcontract\.md|\barchitecture\.md': 'a document not here',
}
PROSE = ('.c', '.h', '.def', '.py', '.sh', '.md', '.inc', '.am', '.ac', '.mk',
         '.1', '.5', '.7')
FOLDERS = ('src', 'tests', 'doc', 'fixtures')
SAYING = ('tests/lint/files.py', 'tests/lint/broken.py')
HERE = ('bootstrap', 'packages', 'README.md', 'Makefile.am', 'configure.ac',
        'developer.mk', '.ci/run')


def released():
    """What the makefiles name: the files of a release."""
    named = set()
    for path in ['Makefile.am', *tree.files('src', '.inc'),
                 *tree.files('tests', '.inc'), *tree.files('doc', '.inc')]:
        text = re.sub(r'^#.*', '', tree.read(path), flags=re.M)
        named.update(re.findall(r'[\w./-]+', text))
    return {os.path.normpath(name) for name in named}


def check_words(report, path):
    for number, line in enumerate(tree.read(path).split('\n'), 1):
        for pattern, what in FOREIGN.items():
            match = re.search(pattern, line)
            if match:
                report.say(path, number, f'{what}: "{match[0]}"')


def main():
    report = tree.Report()
    named = released()
    for path in [*tree.files('src', '.c', '.h', '.def'),
                 *tree.files('tests', '.c', '.h', '.py', '.sh'),
                 *tree.files('doc', '.md')]:
        if path not in named:
            report.say(path, 1, 'no makefile names it: not in a release')
    for folder in FOLDERS:
        for path in tree.files(folder, *PROSE):
            if path not in SAYING:
                check_words(report, path)
    for path in HERE:
        check_words(report, path)
    report.done()


main()
