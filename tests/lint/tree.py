# SPDX-License-Identifier: MIT
"""What the lint programs share: the files, C code without its comments and
strings, the functions in it, and one way to say what is wrong."""
import os
import re
import sys

TOP = os.path.normpath(os.environ.get(
    'IVYCHECK_TOP', os.path.join(os.path.dirname(__file__), '..', '..')))


def files(folder, *ends):
    """Paths below TOP of the files in a folder that have one of these ends."""
    for where, folders, names in os.walk(os.path.join(TOP, folder)):
        folders.sort()
        for name in sorted(names):
            if name.endswith(ends):
                yield os.path.relpath(os.path.join(where, name), TOP)


def read(path):
    with open(os.path.join(TOP, path), encoding='utf-8') as file:
        return file.read()


def blank(text):
    """Blanks for all but the line breaks, so that lines keep their numbers."""
    return re.sub(r'[^\n]', ' ', text)


# A comment, a string or a character: what is not code.
_NOT_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"'
                       r"|'(?:\\.|[^'\\\n])*'", re.S)


def without_comments(text):
    return _NOT_CODE.sub(lambda m: blank(m[0]) if m[0][0] == '/' else m[0],
                         text)


def bare(text):
    """Code alone: no comments, empty strings, the same lines."""
    return _NOT_CODE.sub(lambda m: blank(m[0]) if m[0][0] == '/'
                         else m[0][0] + blank(m[0][1:-1]) + m[0][0], text)


def without_directives(text):
    """No preprocessor lines either, continued ones included."""
    return re.sub(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', lambda m: blank(m[0]),
                  text, flags=re.M)


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


class Function:
    """A definition, as clang-format lays it out: name at column 0, the body
    from a "{" at column 0 to a "}" at column 0."""

    def __init__(self, code, match, end):
        self.name = match[1]
        self.line = line_of(code, match.start(1))
        self.lines = line_of(code, end) - self.line + 1
        self.body = code[match.end():end]
        inside = ' '.join(match[2].split())
        self.parameters = 0 if inside in ('', 'void') else count_commas(
            inside) + 1
        before = code[:match.start(1)].rstrip('\n').rsplit('\n', 1)[-1]
        self.is_static = before.startswith('static')


def count_commas(text):
    """Commas outside parentheses."""
    depth = commas = 0
    for character in text:
        depth += (character == '(') - (character == ')')
        commas += character == ',' and depth == 0
    return commas


_DEFINITION = re.compile(
    r'^([a-z_]\w*)\(([^;{}]*)\)\n\{\n', re.M)
# Criterion's: Test(suite, name, .init = start)
_TEST = re.compile(r'^(Test|ParameterizedTest)\(([^;{}]*)\)\n\{\n', re.M)


def functions(code, tests=False):
    """The functions of bare code; with *tests* those of Criterion instead."""
    for match in (_TEST if tests else _DEFINITION).finditer(code):
        end = code.find('\n}', match.end() - 1)
        yield Function(code, match, end + 1)


class Report:
    """Collects what is wrong; done() ends the program."""

    def __init__(self):
        self.wrong = 0

    def say(self, path, line, text):
        self.wrong += 1
        print(f'{path}:{line}: {text}')

    def done(self):
        print(f'{os.path.basename(sys.argv[0])}: {self.wrong} wrong')
        sys.exit(1 if self.wrong else 0)
