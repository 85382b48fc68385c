#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Breaks every rule once in a tree of its own and sees the lint say so: a
rule that cannot fail is none."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
START = '/* SPDX-License-Identifier: MIT */\n'
HEADER = START + '/* What it is for. */\n'

# Program, file, its content, what must be said of it.
BREAKS = [
    ('layers', 'src/mail/a.c', '#include "look/look.h"\n', 'may not know'),
    ('layers', 'src/mail/a.c', '#include <ldns/ldns.h>\n', 'not belong'),
    ('layers', 'src/checks/a.c', '#include <stdio.h>\n', 'not belong'),
    ('layers', 'src/walks/a.c', '#include <time.h>\n', 'not belong'),
    ('layers', 'src/report/a.c', '#include <event2/event.h>\n', 'not belong'),
    ('layers', 'src/mail/a.c', 'int\nf(void)\n{\n\tstrcpy(a, b);\n}\n',
     'strcpy() is not'),
    ('layers', 'src/mail/a.c', 'int\nf(void)\n{\n\tfree(a);\n}\n',
     'free() is not'),
    ('layers', 'src/look/a.c', 'int\nf(void)\n{\n\treturn time(0);\n}\n',
     'time() is not'),
    ('layers', 'src/mail/a.c', 'static int count;\n', 'file changes'),
    ('layers', 'src/mail/a.c', 'static const char *words[] = { "a" };\n',
     'file changes'),
    ('layers', 'src/mail/a.c', 'int\nf(void)\n{\n\tstatic int count;\n}\n',
     'static variable changes'),
    ('layers', 'src/mail/a.c', 'int\nf(void)\n{\n\tassert(!"a");\n}\n',
     'clang warns'),
    ('sizes', 'src/mail/a.c', 'int\nf(void)\n{\n' + '\tf();\n' * 60 + '}\n',
     'lines'),
    ('sizes', 'src/mail/a.c', 'int\nf(int a, int b, int c, int d, int e,\n'
     '    int g)\n{\n}\n', '6 parameters'),
    ('sizes', 'src/mail/a.c', 'int\nf(void)\n{\n\tif (a) {\n\t\tif (b) {\n'
     '\t\t\tif (c) {\n\t\t\t\tif (d) {\n\t\t\t\t}\n\t\t\t}\n\t\t}\n\t}\n}\n',
     'nested'),
    ('sizes', 'src/mail/a.c', '/* a */\n' * 401, '401 lines'),
    ('sizes', 'src/mail/a.c', '/*' + 'a' * 80 + '*/\n', 'columns'),
    ('sizes', 'tests/a.c', 'Test(a, b)\n{\n' + '\tf();\n' * 60 + '}\n',
     'a test of'),
    ('headers', 'src/mail/a.h', HEADER + 'struct a;\nint f(void);\n',
     'f() has no'),
    ('headers', 'src/mail/a.h', HEADER + '/** Says. */\nint f(void);\n'
     'int g(void);\n', 'g() has no'),
    ('headers', 'src/mail/a.h', START + '#ifndef A\n', 'what the header'),
    ('headers', 'src/mail/a.c', 'int a;\n', 'no licence'),
    ('files', 'src/mail/a.c', START, 'no makefile'),
    ('files', 'tests/a.h', START, 'no makefile'),
    ('files', 'doc/a.md', '# A\n', 'no makefile'),
    ('files', 'src/mail/a.c', '/* TODO */\n', 'unfinished'),
    ('files', 'doc/a.md', 'as in issue 7\n', 'issue number'),
    ('files', 'doc/a.md', 'see #12\n', 'issue number'),
    ('files', 'doc/a.md', 'in /home/me\n', 'one machine'),
    ('catalogue', 'src/findings/catalog.def', 'FINDING(A, "spf-a", ERROR, '
     'SPF, WRONG, NO,\n\t"a", "b", "c",\n\t"")\n', 'no reference'),
    ('catalogue', 'src/findings/catalog.def', 'FINDING(A, "spf-a", ERROR, '
     'SPF, WRONG, NO,\n\t"a", "b", "",\n\t"RFC 1")\n', 'says no fix'),
    ('catalogue', 'src/findings/catalog.def', 'FINDING(A, "spf-b", ERROR, '
     'SPF, WRONG, NO,\n\t"a", "b", "c",\n\t"RFC 1")\n' * 2, 'twice'),
    ('catalogue', 'src/findings/catalog.def', 'FINDING(A, "spf-a", ERROR, '
     'SPF, WRONG, NO,\n\t"a", "b", "c",\n\t"RFC 1")\n', 'has no text'),
    ('catalogue', 'doc/findings/spf-a.md', '# A\n', 'no such code'),
    ('catalogue', 'doc/findings/spf-a.md', '# A\n', 'no section "Why it'),
    ('catalogue', 'doc/findings/spf-a.md', '# A\n', 'no section "What looks'),
    ('catalogue', 'doc/findings/spf-a.md', '# A\n\n## Also\n', 'unknown'),
    ('catalogue', 'doc/findings/spf-a.md', '# A\n\n## Why it matters\n',
     'nothing under'),
    ('catalogue', 'doc/findings/spf-a.md', '# A\n', 'no makefile'),
    ('catalogue', 'doc/findings/spf-a.md', 'a' * 79, '79 columns'),
    ('catalogue', 'src/mail/a.c', 'FINDING_NOT_THERE;\n', 'no row'),
    ('documents', 'doc/a.md', 'Run `ivycheck chekc a.example`.\n',
     'no such command'),
    ('documents', 'doc/a.md', '    ivycheck --fast a.example\n',
     'no such option'),
    ('documents', 'doc/a.md', '```\nx | ivycheck batch --ip ADDR -\n```\n',
     'does not take --ip'),
    ('documents', 'doc/a.md', '    ivycheck spf -f html a.example\n',
     'does not take html'),
    ('documents', 'doc/a.md', '    ivycheck a.example --expect\n',
     'without its argument'),
    ('documents', 'doc/a.md', '    ivycheck explain spf-gone\n',
     'no such code'),
    ('documents', 'doc/a.md', '[b](b.md)\n', 'b.md is not there'),
    ('documents', 'doc/a.md', 'see `src/a.c`\n', 'src/a.c is not there'),
    ('documents', 'doc/a.md', '# A\n\n[b](#b)\n', 'no heading'),
    ('documents', 'doc/a.md', 'a' * 101, '101 columns'),
    ('documents', 'doc/a.md', '```\n$ ivycheck a.example\nREADY\n```\n',
     'cannot be run'),
]
if os.path.exists('ivycheck'):      # where it was built
    BREAKS += [
        ('documents', 'doc/a.md', '```\n$ ivycheck help expect\n...\nno\n'
         '```\n', 'prints'),
        ('documents', 'doc/a.md', '```\n$ ivycheck explain\n...\n$ echo $?\n'
         '1\n```\n', 'prints\n0'),
    ]


def said(program, path, content):
    """What the lint says of a tree with this one file."""
    with tempfile.TemporaryDirectory() as top:
        for name in ('.ci/run', 'bootstrap', 'packages', 'README.md',
                     'Makefile.am', 'configure.ac', 'developer.mk',
                     'src/findings/catalog.def', path):
            os.makedirs(os.path.join(top, os.path.dirname(name)),
                        exist_ok=True)
            with open(os.path.join(top, name), 'w', encoding='utf-8') as file:
                file.write(content if name == path else '')
        done = subprocess.run(
            [sys.executable, os.path.join(HERE, program + '.py')],
            env={**os.environ, 'IVYCHECK_TOP': top}, check=False,
            capture_output=True, text=True)
    return done.stdout if done.returncode == 1 else done.stderr


def main():
    wrong = 0
    for program, path, content, want in BREAKS:
        got = said(program, path, content)
        if want not in got:
            wrong += 1
            print(f'{program}.py: not said of {path}: "{want}"\n{got}')
    print(f'{len(BREAKS) - wrong} passed, {wrong} failed')
    sys.exit(1 if wrong else 0)


main()
