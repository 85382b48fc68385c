#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""systemd has nothing to say against the units, and little could happen if
the service did something bad."""
import os
import re
import shutil
import tempfile

import recipe

MOST_EXPOSED = 1.5  # of 10

recipe.need('systemd-analyze')
with tempfile.TemporaryDirectory() as folder:
    service = os.path.join(folder, 'ivycheck.service')
    timer = shutil.copy(
        os.path.join(recipe.TOP, 'contrib', 'ivycheck.timer'), folder)
    with open('contrib/ivycheck.service', encoding='utf-8') as file:
        text = file.read()
    # Not installed yet.
    text = re.sub(r'^ExecStart=\S+', f'ExecStart={recipe.PROGRAM}', text,
                  flags=re.M)
    text = re.sub(r'^Documentation=.*\n', '', text, flags=re.M)
    with open(service, 'w', encoding='utf-8') as file:
        file.write(text)
    with open(timer, encoding='utf-8') as file:
        text = re.sub(r'^Documentation=.*\n', '', file.read(), flags=re.M)
    with open(timer, 'w', encoding='utf-8') as file:
        file.write(text)
    verified = recipe.run('systemd-analyze', 'verify', service, timer)
    secure = recipe.run('systemd-analyze', 'security', '--offline=yes',
                        service)
if verified.returncode or verified.stdout or verified.stderr:
    recipe.fail(verified.stdout, verified.stderr)
exposed = re.search(r'Overall exposure level.*?: ([0-9.]+)', secure.stdout)
if not exposed:
    recipe.fail(secure.stdout, secure.stderr)
print(exposed[0])
if float(exposed[1]) > MOST_EXPOSED:
    recipe.fail(secure.stdout)
