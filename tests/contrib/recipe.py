# SPDX-License-Identifier: MIT
"""What the tests of recipes share: where things are, and whether a tool is
there. Runs where the program was built."""
import os
import shutil
import subprocess
import sys

TOP = os.path.normpath(os.environ.get(
    'IVYCHECK_TOP', os.path.join(os.path.dirname(__file__), '..', '..')))
PROGRAM = os.path.abspath('ivycheck')
ZONE = os.path.join(TOP, 'fixtures', 'demo', 'yourapp.com.zone')
SKIPPED = 77


def need(tool):
    """Ends the test as skipped if *tool* is not installed."""
    if not shutil.which(tool):
        print(f'skipped: {tool} is not installed')
        sys.exit(SKIPPED)


def run(*arguments, stdin='', environment=None):
    return subprocess.run(arguments, input=stdin, capture_output=True,
                          text=True, timeout=120, check=False,
                          env=environment)


def fail(*lines):
    for line in lines:
        print(line)
    sys.exit(1)
