#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""GNU parallel makes of several processes the output of one."""
import json
import os
import tempfile

import recipe

DOMAINS = 400


def judged(text):
    """The reports without what may differ: when, and at what cost."""
    reports = [json.loads(line) for line in text.splitlines()]
    for report in reports:
        del report['generated_at'], report['queries']
    return reports


recipe.need('parallel')
batch = (recipe.PROGRAM, 'batch', '--zone', recipe.ZONE)
domains = ''.join(f'd{number}.yourapp.com\n' for number in range(DOMAINS))
one = recipe.run(*batch, stdin=domains)
with tempfile.TemporaryDirectory() as home:
    state = os.path.join(home, 'state')
    several = recipe.run(
        'parallel', '--pipe', '--keep-order', '--jobs', '2', '--block', '1k',
        *batch, '--state', state, '--only-changes', '-q', stdin=domains,
        environment={**os.environ, 'HOME': home})
    with open(state, encoding='utf-8') as file:
        remembered = json.loads(file.readline())['domains']
for report in (reports := judged(several.stdout)):
    # New: --only-changes of the first run is all of it.
    del report['history']
if len(reports) != DOMAINS or reports != judged(one.stdout):
    recipe.fail(f'{len(reports)} reports', several.stderr)
if remembered != DOMAINS:
    recipe.fail(f'{remembered} domains are remembered')
