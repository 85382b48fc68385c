#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""promtool (Debian's package prometheus) has nothing to say against the
metrics, and everyone may read the file of them."""
import os
import stat
import tempfile

import recipe

BROKEN = 'notifications.yourapp.com'


def check_clean(*arguments, stdin=''):
    told = recipe.run(recipe.PROGRAM, *arguments, '-f', 'prometheus',
                      '--zone', recipe.ZONE, stdin=stdin).stdout
    judged = recipe.run('promtool', 'check', 'metrics', stdin=told)
    if not told or judged.returncode or judged.stdout or judged.stderr:
        recipe.fail(*arguments, told, judged.stdout, judged.stderr)


def check_rights():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'ivycheck.prom')
        os.umask(0o077)
        recipe.run(recipe.PROGRAM, '-f', 'prometheus', '-o', path,
                   '--zone', recipe.ZONE, BROKEN)
        rights = stat.S_IMODE(os.stat(path).st_mode)
        if rights != 0o644 or os.listdir(folder) != ['ivycheck.prom']:
            recipe.fail(f'{rights:o}', *os.listdir(folder))


check_rights()
recipe.need('promtool')
check_clean(BROKEN)
check_clean(BROKEN, 'yourapp.com')
check_clean('batch', stdin=f'{BROKEN}\nyourapp.com\nno domain\n')
check_clean('batch')
