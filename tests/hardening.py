#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The program that was built resists as it was asked to: it lies at another
address each time, what the linker fills in is read-only before main() begins,
no memory is both writable and executable, and writes past a buffer or over a
return address end it."""
import os
import re
import shutil
import subprocess
import sys

PROGRAM = os.path.abspath('ivycheck')
SKIPPED = 77


def readelf(*options):
    return subprocess.run(['readelf', '-W', *options, PROGRAM], check=True,
                          capture_output=True, text=True).stdout


def flags_of(segments, kind):
    """The flags of the first program header of this kind, or None."""
    found = re.search(rf'^ *{kind} +(?:0x[0-9a-f]+ +){{5}}([RWE ]{{3}})',
                      segments, re.M)
    return found and found[1].replace(' ', '')


def main():
    if not shutil.which('readelf'):
        print('SKIP: no readelf')
        return SKIPPED
    symbols = set(re.findall(r' ([a-z_]\w*)(?:@|$)', readelf('--dyn-syms'),
                             re.M))
    if any(symbol.startswith('__asan_') for symbol in symbols):
        print('SKIP: built with sanitizers, which come in the place of this')
        return SKIPPED
    segments = readelf('--segments')
    dynamic = readelf('--dynamic')
    loaded = re.findall(r'^ *LOAD +(?:0x[0-9a-f]+ +){5}([RWE ]{3})', segments,
                        re.M)
    checked = sorted(s for s in symbols if s.endswith('_chk'))
    with open('Makefile', encoding='utf-8') as file:
        made = file.read()
    level = re.search(r'_FORTIFY_SOURCE=(\d)', made)
    optimised = not re.search(r'^CFLAGS = .*-O0', made, re.M)
    results = {
        'is position independent': '(FLAGS_1)' in dynamic and
        re.search(r'\(FLAGS_1\).*PIE', dynamic),
        'has a read-only relocation table': flags_of(segments, 'GNU_RELRO'),
        'binds everything at the start': re.search(
            r'\(FLAGS\).*BIND_NOW|\(BIND_NOW\)', dynamic),
        'has a stack that is not executable':
        flags_of(segments, 'GNU_STACK') == 'RW',
        'has no memory both writable and executable':
        loaded and not any('W' in f and 'E' in f for f in loaded),
        'guards return addresses': '__stack_chk_fail' in symbols,
        'checks copies and formats': len(checked) >= 3 or not optimised,
        'was asked to fortify': level and level[1] in '23',
        'needs no text relocations': '(TEXTREL)' not in dynamic,
        'looks for libraries nowhere else':
        '(RPATH)' not in dynamic and '(RUNPATH)' not in dynamic,
    }
    for what, good in results.items():
        print(f'{"PASS" if good else "FAIL"}: {what}')
    print('fortified at level', level and level[1], *checked)
    return 0 if all(results.values()) else 1


sys.exit(main())
