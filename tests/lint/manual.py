#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The manual pages: nothing of the help is missing in them or in the
completions, they are clean, and their examples are read by the program. Runs
where the program was built."""
import json
import os
import re
import shutil
import subprocess
import sys

import tree

PROGRAM = os.path.abspath('ivycheck')
MANUAL = 'doc/ivycheck.1'
FINDINGS = 'doc/ivycheck-findings.7'
EXPECT = os.path.join(tree.TOP, 'doc/ivycheck-expect.5')
COMPLETIONS = ('completions/bash/ivycheck', 'completions/zsh/_ivycheck',
               'completions/fish/ivycheck.fish')
FORMS = 4   # of a list of expected records


def run(*arguments, stdin=''):
    return subprocess.run(arguments, input=stdin, capture_output=True,
                          text=True, timeout=60, check=False)


def built(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def helped():
    """(commands, options by letter or name) of the help."""
    told = run(PROGRAM, '--help').stdout
    commands = re.search(r'^Commands:\n((?:  .*\n)+)', told, re.M)[1]
    lines = re.findall(r'^ {2,6}(?:-(\w), )?--([a-z0-9-]+)', told, re.M)
    return (re.findall(r'^  (\w+)', commands, re.M),
            [word for pair in lines for word in pair if word])


def check_named(report, commands, options):
    page = built(MANUAL).replace('\\-', '-')
    items = re.findall(r'^\.It (.*)', page, re.M)
    flags = [word for item in items
             for word in re.findall(r'Fl -?([a-zA-Z0-9-]+)', item)]
    named = [item.split()[1] for item in items if item.startswith('Cm ')]
    for what, had, wanted in (('option', flags, options),
                              ('command', named, commands)):
        for word in set(wanted) - set(had):
            report.say(MANUAL, 1, f'the {what} {word} of the help is missing')
    for path in COMPLETIONS:
        text = built(path)
        # Letters without an argument need no completion.
        for word in filter(lambda word: len(word) > 1, commands + options):
            if not re.search(rf'(?<![\w-])-*{re.escape(word)}(?![\w-])', text):
                report.say(path, 1, f'{word} of the help is missing')


def words_of(text):
    """Words alone: how a page breaks its lines is of no matter."""
    return ' '.join(re.sub(r'\\([%&:]|(?=-))', '', text).split())


def check_findings(report):
    """Every code is in the page, with all that "explain" says of it; those of
    a family are told once for all, with other words for the record."""
    page = words_of(built(FINDINGS))
    told = json.loads(run(PROGRAM, 'explain', '-f', 'json').stdout)
    own = set(re.findall(r'\.It Li (\S+)', page))
    for entry in told['findings']:
        code = entry['code']
        if not re.search(rf'[ ,]{code}[ ,.]', page):
            report.say(FINDINGS, 1, f'{code} is missing')
        if code not in own:
            continue
        for part in 'title', 'meaning', 'fix', 'reference':
            if words_of(entry[part] or '') not in page:
                report.say(FINDINGS, 1, f'{code}: another {part}')


def pages():
    yield MANUAL
    yield FINDINGS
    for name in sorted(os.listdir(os.path.join(tree.TOP, 'doc'))):
        if re.search(r'\.[1-8]$', name):
            yield os.path.join(tree.TOP, 'doc', name)


def check_clean(report):
    """By mandoc, if it is there, and by groff."""
    for path in pages():
        said = ''
        if shutil.which('mandoc'):
            said += run('mandoc', '-Tlint', '-Wwarning', path).stdout
        if shutil.which('groff'):
            said += run('groff', '-ww', '-mandoc', '-Tutf8', '-z',
                        path).stderr
        for line in said.splitlines():
            report.say(os.path.relpath(path, tree.TOP), 1, line)


def check_examples(report):
    text = built(EXPECT).replace('\\e', '\\')
    forms = re.findall(r'^\.Bd -literal.*\n((?:.*\n)*?)\.Ed', text, re.M)
    if len(forms) != FORMS:
        report.say(EXPECT, 1, f'{len(forms)} examples instead of {FORMS}')
    for form in forms:
        told = run(PROGRAM, 'records', '--zone', '/dev/null', '-f', 'csv',
                   '-e', '-', 'example.com', stdin=form)
        if 'feedback-smtp.eu-west-1' not in told.stdout:
            report.say(EXPECT, 1, f'an example is not read: {told.stderr}')


def main():
    if not os.path.exists(PROGRAM):
        print('manual.py: nothing is built here')
        sys.exit(77)
    report = tree.Report()
    commands, options = helped()
    if len(commands) < 5 or len(options) < 40:
        report.say(MANUAL, 1, 'the help could not be read')
    check_named(report, commands, options)
    check_findings(report)
    check_clean(report)
    check_examples(report)
    report.done()


main()
