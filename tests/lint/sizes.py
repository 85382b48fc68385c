#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Functions that fit on a screen, files that fit in a head."""
import tree

MOST_LINES = 60         # of a function
MOST_TEST_LINES = 40    # of a test
MOST_PARAMETERS = 5
MOST_NESTING = 3        # of braces, the function's own not counted
MOST_FILE_LINES = 400   # 600 for a file of tests
MOST_COLUMNS = 80


def nesting(body):
    depth = deepest = 0
    for character in body:
        depth += (character == '{') - (character == '}')
        deepest = max(deepest, depth)
    return deepest


def check_functions(report, path, code):
    for function in tree.functions(code):
        if function.lines > MOST_LINES:
            report.say(path, function.line, f'{function.name}() has '
                       f'{function.lines} lines, {MOST_LINES} is the end')
        if function.parameters > MOST_PARAMETERS:
            report.say(path, function.line, f'{function.name}() takes '
                       f'{function.parameters} parameters')
        if nesting(function.body) > MOST_NESTING:
            report.say(path, function.line,
                       f'{function.name}() is nested too deeply')


def check_lines(report, path, text):
    lines = text.split('\n')
    most = MOST_FILE_LINES + 200 * path.startswith('tests/')
    if len(lines) - 1 > most:
        report.say(path, most, f'{len(lines) - 1} lines')
    for number, line in enumerate(lines, 1):
        if len(line.expandtabs(8)) > MOST_COLUMNS:
            report.say(path, number, f'over {MOST_COLUMNS} columns')
        if line != line.rstrip():
            report.say(path, number, 'blanks at the end')


def main():
    report = tree.Report()
    for path in [*tree.files('src', '.c', '.h'),
                 *tree.files('tests', '.c', '.h')]:
        text = tree.read(path)
        code = tree.without_directives(tree.bare(text))
        check_functions(report, path, code)
        check_lines(report, path, text)
        for test in tree.functions(code, tests=True):
            if test.lines > MOST_TEST_LINES:
                report.say(path, test.line, f'a test of {test.lines} lines')
    report.done()


main()
