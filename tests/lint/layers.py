#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which folder may know which, which library is where, and what nobody
calls. The tables below are the architecture; the rest reads them."""
import os
import re

import tree

# Folder: the folders of src/ whose headers it may include, besides its own.
RECORDS = 'base text dns'
JUDGING = RECORDS + ' source look mail walks findings expect'
MAY = {
    'base': '',
    'text': 'base',
    'dns': 'base',
    'source': 'base dns',
    'net': 'base dns source',
    'mail': RECORDS,
    'findings': 'base dns',
    'expect': RECORDS,
    'look': 'base dns source findings expect',
    'walks': RECORDS + ' look mail findings expect',
    'checks': JUDGING.replace(' source', ''),
    'diagnosis': JUDGING + ' checks',
    'report': JUDGING + ' checks diagnosis',
    'cli': 'base text',
    'cmd': JUDGING + ' net checks diagnosis report cli',
}

# Library header: the only files that include it.
CONFINED = {
    'ldns/': ['dns/wire.c', 'dns/zonefile_rdata.c'],
    'event2/': ['net/live.c'],
    'pcre2.h': ['text/patterns.c'],
    'jansson.h': ['base/jsonin', 'expect/', 'source/recording', 'cmd/'],
    'idn2.h': ['dns/', 'expect/', 'cli/'],
    'libpsl.h': ['dns/', 'expect/', 'cli/', 'cmd/'],
    'openssl/': ['mail/dkim_key.c', 'mail/'],
    'time.h': ['base/clock.c', 'main.c', 'net/'],
    'sys/time.h': ['net/'],
    'ctype.h': [],
    'locale.h': ['main.c', 'cli/', 'cmd/'],
    'stdio.h': ['base/', 'text/', 'dns/', 'source/', 'net/', 'findings/',
                'expect/', 'report/', 'cmd/', 'cli/', 'main.c'],
}

# Function: the only files that call it.
CALLED = {
    'strtok|strtok_r|sprintf|vsprintf|strcpy|stpcpy|strcat|strncat|strncpy'
    '|gets|alloca|atoi|atol|atoll|atof|scanf|sscanf|fscanf': [],
    'isalpha|isalnum|isdigit|isxdigit|isspace|isupper|islower|isprint|ispunct'
    '|isgraph|iscntrl|tolower|toupper|strcasecmp|strncasecmp|strtod': [],
    'system|popen|tmpnam|mktemp|asctime|ctime|localtime|gmtime|mktime': [],
    'time|gettimeofday|clock_gettime|clock': ['base/clock.c'],
    'rand|srand|random|srandom|getrandom|arc4random|drand48':
        ['net/', 'cmd/wait'],
    'getenv|secure_getenv|setenv': ['main.c', 'cli/'],
    'malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf':
        ['base/'],
    'free': ['base/', 'net/', 'source/', 'text/patterns.c', 'dns/wire.c',
             'dns/idn.c', 'report/render_json.c', 'expect/',
             'main.c', 'cmd/', 'mail/dkim_key.c'],
    'exit|_exit|abort': ['base/alloc.c', 'main.c', 'cli/', 'cmd/'],
    'printf|puts|putchar|perror': ['main.c', 'cmd/', 'cli/'],
}


def is_one_of(path, allowed):
    """Allowed are files, folders ("net/") and beginnings ("cmd/wait")."""
    return any(path == one or path.startswith(one) and not one.endswith('.c')
               for one in allowed)


def check_includes(report, path, text):
    folder = os.path.dirname(path[len('src/'):])
    may = MAY.get(folder, '').split() + [folder]
    for match in re.finditer(r'^\s*#\s*include\s+([<"])([^>"]+)', text, re.M):
        line, header = tree.line_of(text, match.start()), match[2]
        if match[1] == '"' and folder and os.path.dirname(header) not in may:
            report.say(path, line, f'{folder}/ may not know "{header}"')
        if match[1] == '"':
            continue
        for library, allowed in CONFINED.items():
            if header.startswith(library) and not is_one_of(
                    path[len('src/'):], allowed):
                report.say(path, line, f'<{header}> does not belong here')


def check_calls(report, path, code):
    for names, allowed in CALLED.items():
        if is_one_of(path[len('src/'):], allowed):
            continue
        for match in re.finditer(rf'(?<![\w.>])({names})\s*\(', code):
            report.say(path, tree.line_of(code, match.start()),
                       f'{match[1]}() is not called here')


def check_asserts(report, path, code):
    for match in re.finditer(r'\bassert\s*\(\s*!\s*"', code):
        report.say(path, tree.line_of(code, match.start()),
                   'clang warns of assert(!"..."): assert(false && "...")')


def is_mutable(statement):
    """A definition outside functions that is a variable and not constant."""
    head = re.split(r'=', statement, maxsplit=1)[0]
    head = re.sub(r'__attribute__\s*\(\(.*?\)\)', '', head)
    if re.match(r'\s*(typedef|extern|struct \w+\s*(\{|$)|enum\b.*\{|union\b.*\{'
                r'|_Static_assert|static_assert)', head, re.S):
        return False
    if '(' in head:
        return False
    if '*' in head:
        return 'const' not in head.rsplit('*', 1)[1]
    return 'const' not in head and len(head.split()) > 1


def check_variables(report, path, code):
    """Every file-scope variable, and every static one, is constant."""
    outside, depth, start = [], 0, 0
    for offset, character in enumerate(code):
        if character == '{':
            depth += 1
        elif character == '}':
            depth -= 1
            if depth == 0 and code[offset + 1:offset + 2] == '\n':
                start = offset + 1
        elif character == ';' and depth == 0:
            outside.append((start, code[start:offset]))
            start = offset + 1
    for offset, statement in outside:
        if is_mutable(statement):
            line = tree.line_of(code, offset + len(statement)
                                - len(statement.lstrip()))
            report.say(path, line, 'a variable of the whole file changes')
    for match in re.finditer(r'^[ \t]+static\s+([^;=]*)', code, re.M):
        if is_mutable(match[1]):
            report.say(path, tree.line_of(code, match.start()),
                       'a static variable changes')


def main():
    report = tree.Report()
    for path in tree.files('src', '.c', '.h', '.def'):
        text = tree.read(path)
        check_includes(report, path, tree.without_comments(text))
        code = tree.without_directives(tree.bare(text))
        check_calls(report, path, tree.bare(text))
        check_asserts(report, path, code)
        if path.endswith('.c') and path != 'src/main.c':
            check_variables(report, path, code)
    report.done()


main()
