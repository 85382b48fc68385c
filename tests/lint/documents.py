#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The documents: every command in them exists with its options, links lead
somewhere, lines are short, and what is shown as printed is what the program
prints (where it was built; examples with jq where that is installed)."""
import os
import re
import shlex
import shutil
import subprocess
import tempfile

import tree

COLUMNS = 100
PROGRAM = os.path.abspath('ivycheck')
TABLES = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                      '..', '..', 'src')
CALL = re.compile(r'(?<![\w./-])(?<!install )ivycheck (?=\S)')
END = re.compile(r'[|;&<>)`]|\s#\s|\d>|$')
QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
OFFLINE = re.compile(r'ivycheck (?:explain|schema|help)\b|'
                     r' (?:--zone|--replay|-h|--help|--version)\b')
LEFT_OUT = '...'
MARK = '\x1e'


def rows(path, pattern):
    with open(os.path.join(TABLES, path), encoding='utf-8') as file:
        return re.findall(pattern, file.read(), re.M)


class Option:
    """A row of options.def: what it takes, and which commands take it."""

    def __init__(self, name, argument, commands):
        self.name = name
        self.argument = argument
        self.commands = commands
        self.choices = argument.split('|') if '|' in argument else []


def read_options():
    """By "-n" and "--nameserver"."""
    sets = dict(rows('cli/options.def', r'^#define (\w+) "(.*)"'))
    options = {}
    for letter, name, argument, takers in rows(
            'cli/options.def', r"^OPTION\(\w+, (?:'(\w)'|0), \"([\w-]+)\", "
            r'"([^"]*)", \w+, \w+, \d+, ([^,]*),'):
        words = re.sub(r'[A-Z]+', lambda m: sets[m[0]], takers)
        option = Option(name, argument, words.replace('"', '').split())
        options['--' + name] = option
        if letter:
            options['-' + letter] = option
    return options


OPTIONS = read_options()
REPORT = rows('report/formats.def', r'^FORMAT\(\w+, "(\w+)"')
COMMANDS = {name: formats.split() or REPORT for name, formats in rows(
    'cli/commands.def', r'^COMMAND\(\w+, "(\w+)", \w+, \d+, \d+, "([^"]*)"')}
CODES = rows('findings/catalog.def', r'^FINDING\(\w+,\s*"([\w-]+)"')


def is_code(word):
    """A code, or how some begin; X- stands for each of the records."""
    return any(code.startswith(word) or
               code[:2] == 'X-' and word.endswith(code[1:]) for code in CODES)


class Document:
    """Lines of prose, blocks of code, and the commands in both."""

    def __init__(self, path):
        self.path = path
        self.text = tree.read(path)
        self.prose = []     # (line, text)
        self.blocks = []    # (line, [text])
        fence = indented = False
        before = ''
        for number, line in enumerate(self.text.split('\n'), 1):
            if re.match(r' *```', line):
                fence = not fence
                self.blocks += [(number + 1, [])] if fence else []
            elif fence:
                self.blocks[-1][1].append(line)
            elif line.startswith('    ') and (indented or not before.strip()):
                if not indented:
                    self.blocks.append((number, []))
                self.blocks[-1][1].append(line[4:])
                indented = True
            else:
                self.prose.append((number, line))
                indented = False
            before = line

    def commands(self):
        """(line, text) of whatever calls the program."""
        for start, lines in self.blocks:
            text = '\n'.join(lines).replace('\\\n', '  ')
            for offset, line in enumerate(text.split('\n')):
                yield from ((start + offset, call) for call in calls(line))
        for number, line in self.prose:
            for span in re.findall(r'`(ivycheck [^`]+)`', line):
                yield from ((number, call) for call in calls(span))


def calls(line):
    """What stands after "ivycheck" up to the end of the shell's command."""
    hidden = QUOTED.sub(lambda match: '_' * len(match[0]), line)
    for match in CALL.finditer(hidden):
        end = END.search(hidden, match.end())
        yield line[match.end():end.start()]


def split(call):
    """Words, without the brackets of a synopsis."""
    try:
        words = shlex.split(call)
    except ValueError:
        words = call.split()
    return [word.strip('[]') for word in words if word.strip('[].,')]


def is_placeholder(word):
    return not re.fullmatch(r'[a-z-]+', word)


def read_words(words):
    """The arguments, and (option as written, its argument or None)."""
    arguments, given = [], []
    words = iter(words)
    for word in words:
        if word.startswith('--') and len(word) > 2:
            name, _, value = word.partition('=')
            option = OPTIONS.get(name)
            takes = option and option.argument and not value
            given.append((name, next(words, None) if takes else value or None))
        elif word.startswith('-') and len(word) > 1:
            option = OPTIONS.get(word[:2])
            if option and option.argument:
                given.append((word[:2], word[2:] or next(words, None)))
            else:
                given += [('-' + letter, None) for letter in word[1:]]
        else:
            arguments.append(word)
    return arguments, given


def wrong_with(call):
    """What is wrong with the words of a call."""
    arguments, given = read_words(split(call))
    command = 'check'
    if arguments and arguments[0] in COMMANDS:
        command = arguments[0]
    elif arguments and not is_placeholder(arguments[0]):
        yield f'no such command: {arguments[0]}'
    for word in arguments[1:] if command == 'explain' else []:
        if not is_placeholder(word) and not is_code(word):
            yield f'no such code: {word}'
    for name, value in given:
        option = OPTIONS.get(name)
        if not option:
            yield f'no such option: {name}'
        elif option.commands and command not in option.commands:
            yield f'{command} does not take {name}'
        elif option.argument and value is None:
            yield f'{name} without its argument'
        elif value and not is_placeholder(value):
            known = COMMANDS[command] if option.name == 'format' \
                else option.choices
            if known and value not in known:
                yield f'{name} does not take {value}'


def slug(heading):
    """The anchor of a heading, as GitHub makes it."""
    return re.sub(r'[^\w\- ]', '', heading.lower()).replace(' ', '-')


def check_links(report, document):
    for number, line in document.prose:
        for target in re.findall(r'\]\(([^)\s]+)\)', line):
            path, _, anchor = target.partition('#')
            if re.match(r'[a-z]+:', target):
                continue
            there = os.path.normpath(os.path.join(
                os.path.dirname(document.path), path)) if path \
                else document.path
            if not os.path.exists(os.path.join(tree.TOP, there)):
                report.say(document.path, number, f'{target} is not there')
            elif anchor and anchor not in map(slug, re.findall(
                    r'^#+ (.*)', tree.read(there), re.M)):
                report.say(document.path, number, f'no heading #{anchor}')
        for path in re.findall(r'`((?:doc|contrib|tests|fixtures|src)/[\w./-]+'
                               r'\.\w+)`', line):
            if not os.path.exists(os.path.join(tree.TOP, path)) and \
                    not os.path.exists(os.path.join(tree.TOP, path + '.in')):
                report.say(document.path, number, f'{path} is not there')


def check_columns(report, document):
    for number, line in document.prose:
        if len(line) > COLUMNS and not line.startswith('|'):
            report.say(document.path, number, f'{len(line)} columns')


def transcript(lines):
    """[command, line, printed lines] for each "$ "; none for other code."""
    steps = []
    for offset, line in enumerate(lines):
        if line.startswith('$ '):
            steps.append([line[2:], offset, []])
        elif steps and steps[-1][0].endswith('\\') and not steps[-1][2]:
            steps[-1][0] += '\n' + line
        elif steps:
            steps[-1][2].append(line)
    return steps


def printed(steps, folder):
    """What each step prints; they are one shell's, so $? goes on."""
    script = ''.join(f'{command}\nleft=$?; printf "{MARK}"; (exit $left)\n'
                     for command, _, _ in steps)
    done = subprocess.run(
        ['/bin/sh', '-c', script], cwd=folder, check=False, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=60,
        stderr=subprocess.STDOUT, env={
            'PATH': os.path.dirname(PROGRAM) + ':' + os.environ['PATH'],
            'LC_ALL': 'C.UTF-8', 'TERM': 'dumb'})
    return done.stdout.split(MARK)


def same(shown, got):
    """A line "..." stands for any number of lines."""
    parts = '\n'.join(shown).strip('\n').split('\n')
    pattern = '\n'.join(
        r'(?:.*\n)*?.*' if part.strip() == LEFT_OUT
        else re.escape(part.rstrip()) for part in parts)
    got = '\n'.join(line.rstrip() for line in got.strip('\n').split('\n'))
    return re.fullmatch(pattern, got)


def check_printed(report, document, folder):
    """How many examples were run."""
    examples = 0
    for start, lines in document.blocks:
        steps = transcript(lines)
        if not any(''.join(shown).strip() for _, _, shown in steps):
            continue
        line = start + steps[0][1]
        if not all(OFFLINE.search(command) for command, _, _ in steps
                   if CALL.search(command)):
            report.say(document.path, line, 'shows what cannot be run here')
        elif os.path.exists(PROGRAM) and (shutil.which('jq') or not any(
                'jq ' in command for command, _, _ in steps)):
            for (command, at, shown), got in zip(steps,
                                                 printed(steps, folder)):
                examples += 1
                if not same(shown, got):
                    report.say(document.path, start + at,
                               f'"{command}" prints\n{got}')
    return examples


def documents():
    for name in sorted(os.listdir(tree.TOP)):
        if name.endswith('.md'):
            yield name
    yield from tree.files('doc', '.md')
    yield from tree.files('contrib', '.md')
    yield from tree.files('fixtures', 'README.md')


def main():
    report = tree.Report()
    examples = 0
    if len(OPTIONS) < 50 or len(COMMANDS) < 9 or len(CODES) < 50:
        report.say('src', 1, 'the tables could not be read')
    for path in documents():
        document = Document(path)
        for number, call in document.commands():
            for wrong in wrong_with(call):
                report.say(path, number, wrong)
        check_links(report, document)
        check_columns(report, document)
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(os.path.join(os.path.abspath(tree.TOP), 'fixtures'),
                       os.path.join(folder, 'fixtures'))
            examples += check_printed(report, document, folder)
    print(f'documents.py: {examples} examples run')
    report.done()


main()
