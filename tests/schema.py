#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the program writes as JSON is what its schemas say. Knows as much of
JSON Schema 2020-12 as these schemas use, and is stricter in one thing: in what
the program writes, a key that the schema does not name is wrong, so that none
can be forgotten."""
import glob
import json
import os
import re
import subprocess
import sys

TOP = os.environ.get('IVYCHECK_TOP', '.')
PROGRAM = os.path.abspath('ivycheck')
ABOUT = {'$schema', '$id', '$defs', 'title', 'description', 'format'}
TYPES = {
    'object': lambda v: isinstance(v, dict),
    'array': lambda v: isinstance(v, list),
    'string': lambda v: isinstance(v, str),
    'boolean': lambda v: isinstance(v, bool),
    'null': lambda v: v is None,
    'integer': lambda v: isinstance(v, int) and not isinstance(v, bool),
}


class Wrong(Exception):
    pass


def need(truth, where, what):
    if not truth:
        raise Wrong(f'{where or "/"}: {what}')


class Schema:
    """One document, whose $refs are its own."""

    def __init__(self, root, strict):
        self.root = root
        self.strict = strict

    def check(self, value, rule=None, where=''):
        rule = self.root if rule is None else rule
        for key in rule:
            if key not in ABOUT:
                getattr(self, 'rule_' + key.lstrip('$'))(value, rule, where)

    def matches(self, value, rules, where):
        """How many rules fit, and what the others said."""
        fit, said = 0, []
        for rule in rules:
            try:
                self.check(value, rule, where)
                fit += 1
            except Wrong as wrong:
                said.append(str(wrong))
        return fit, '; '.join(said)

    def rule_type(self, value, rule, where):
        kinds = rule['type']
        kinds = kinds if isinstance(kinds, list) else [kinds]
        need(any(TYPES[kind](value) for kind in kinds), where,
             f'{value!r} is not {kinds}')

    def rule_const(self, value, rule, where):
        need(value == rule['const'], where, f'{value!r} is not the constant')

    def rule_enum(self, value, rule, where):
        need(value in rule['enum'], where, f'{value!r} is no such word')

    def rule_pattern(self, value, rule, where):
        if isinstance(value, str):
            need(re.search(rule['pattern'], value), where,
                 f'{value!r} does not match')

    def rule_minimum(self, value, rule, where):
        if TYPES['integer'](value):
            need(value >= rule['minimum'], where, f'{value} is too small')

    def rule_maximum(self, value, rule, where):
        if TYPES['integer'](value):
            need(value <= rule['maximum'], where, f'{value} is too large')

    def rule_minItems(self, value, rule, where):
        if isinstance(value, list):
            need(len(value) >= rule['minItems'], where, 'too few')

    def rule_maxItems(self, value, rule, where):
        if isinstance(value, list):
            need(len(value) <= rule['maxItems'], where, 'too many')

    def rule_items(self, value, rule, where):
        if isinstance(value, list):
            for number, item in enumerate(value):
                self.check(item, rule['items'], f'{where}/{number}')

    def rule_required(self, value, rule, where):
        if isinstance(value, dict):
            for key in rule['required']:
                need(key in value, where, f'"{key}" is missing')

    def rule_properties(self, value, rule, where):
        if not isinstance(value, dict):
            return
        for key, item in value.items():
            if key in rule['properties']:
                self.check(item, rule['properties'][key], f'{where}/{key}')
            else:
                need('additionalProperties' in rule or not self.strict,
                     where, f'the schema does not name "{key}"')

    def rule_additionalProperties(self, value, rule, where):
        if isinstance(value, dict):
            for key, item in value.items():
                if key not in rule.get('properties', {}):
                    self.check(item, rule['additionalProperties'],
                               f'{where}/{key}')

    def rule_propertyNames(self, value, rule, where):
        if isinstance(value, dict):
            for key in value:
                self.check(key, rule['propertyNames'], where)

    def rule_ref(self, value, rule, where):
        target = self.root
        for part in rule['$ref'].lstrip('#/').split('/'):
            target = target[part]
        self.check(value, target, where)

    def rule_oneOf(self, value, rule, where):
        fit, said = self.matches(value, rule['oneOf'], where)
        need(fit == 1, where, f'{fit} of the alternatives fit: {said}')

    def rule_anyOf(self, value, rule, where):
        fit, said = self.matches(value, rule['anyOf'], where)
        need(fit > 0, where, f'no alternative fits: {said}')

    def rule_allOf(self, value, rule, where):
        for one in rule['allOf']:
            self.check(value, one, where)


def schema_of(name):
    """As the program tells it: what is installed is the same file."""
    told = subprocess.run([PROGRAM, 'schema', name], check=True,
                          capture_output=True, timeout=30).stdout
    with open(os.path.join(TOP, 'doc/schema', name + '.json'), 'rb') as file:
        if file.read() != told:
            raise Wrong(f'ivycheck schema {name} is not doc/schema/{name}.json')
    return Schema(json.loads(told), name != 'expect')


def output_of(*arguments, stdin=b''):
    run = subprocess.run([PROGRAM, *arguments], input=stdin,
                         capture_output=True, timeout=60, check=False)
    return [json.loads(line) for line in run.stdout.splitlines()] \
        if '\n{' in run.stdout.decode().strip() \
        else [json.loads(run.stdout)]


def fixture(*parts):
    return os.path.join(TOP, 'fixtures', *parts)


ZONE = ['--zone', fixture('demo', 'yourapp.com.zone'), '--json']
DKIM_NAME = ('n4hy6bqz2sd7wkvr5xtm3jcfl8pg1uea._domainkey.'
             'notifications.yourapp.com')
# What dmarc, dkim and spf are asked: names, and records good and bad.
ASKED = [
    ('dmarc', 'notifications.yourapp.com'), ('dmarc', 'yourapp.com'),
    ('dmarc', 'v=DMARC1; p=rejct; rua=you@example.com; pct=50; x'),
    ('dmarc', 'p=none; v=DMARC1'), ('dmarc', 'v=DMARC1; p=reject; sp=none'),
    ('dkim', DKIM_NAME), ('dkim', 'none._domainkey.yourapp.com'),
    ('dkim', 'v=DKIM1; k=rsa; t=y:s; h=sha256; s=email; p=AAAA'),
    ('dkim', 'v=DKIM1; p='), ('dkim', 'k=x\x1b; p=\xff'),
]
DEMO = ['--zone', fixture('demo', 'yourapp.com.zone'), '--expect',
        fixture('demo', 'notifications.yourapp.com.json'), '--json']


def documents():
    """(what it is, the name of its schema, the document)"""
    yield 'explain', 'explain', output_of('explain', '--json')[0]
    yield 'the demo', 'report', output_of(*DEMO)[0]
    for path in sorted(glob.glob(fixture('golden', '*.json'))):
        with open(path, encoding='utf-8') as file:
            yield path, 'report', json.load(file)
    for path in sorted(glob.glob(fixture('demo', '*.json'))):
        with open(path, encoding='utf-8') as file:
            yield path, 'expect', json.load(file)
    for command, argument in ASKED:
        for document in output_of(command, argument, *ZONE):
            yield f'{command} {argument!r}', command, document
    for document in output_of('batch', *DEMO[:2],
                              stdin=b'yourapp.com\nco.uk\n'):
        yield 'batch', 'report', document


def spf_documents():
    """The command spf, with what may be null and what may be there."""
    zone = ['--zone', fixture('commands', 'spf.zone'), '--json']
    for argument in ('example.com', 'slip.example.com', 'loop.example.com',
                     'two.example.com', 'other.example.com',
                     'bomb.example.com', 'ring.example.com',
                     'bytes.example.com', 'no.such.example.org',
                     'v=spf1 include:%{i}.example.com a ~all',
                     'v=spf1 \xff -all', 'v=spf1' + ' ipx' * 10000):
        yield f'spf {argument}', 'spf', output_of('spf', *zone, argument)[0]
    for address in '192.0.2.25', '9.9.9.9':
        yield f'spf --ip {address}', 'spf', output_of(
            'spf', *zone, '--ip', address, 'fair.example.com')[0]


def records_documents():
    """The command records: all known, little known, and in fields."""
    zone = ['--zone', fixture('commands', 'spf.zone'), '--json']
    yield 'records of the demo', 'records', output_of('records', *DEMO)[0]
    for options in ([], ['--provider', 'cloudflare'], ['--only', 'spf']):
        yield f'records {options}', 'records', output_of(
            'records', *zone, *options, '--region', 'eu-west-1',
            'https://Example.COM/')[0]


# A change to a good report, and the word that must be in what is said of it.
BREAKS = [
    (lambda r: r.pop('verdict'), 'verdict'),
    (lambda r: r.update(verdict='fine'), 'verdict'),
    (lambda r: r.update(more=1), 'more'),
    (lambda r: r['records'][0].update(ttl='5'), 'ttl'),
    (lambda r: r['issues'].pop(), 'issues'),
    (lambda r: r['findings'][0].update(code='X'), 'code'),
    (lambda r: r['zone'].update(negative_ttl=-1), 'negative_ttl'),
]


def breaks(schema):
    """A schema that lets everything pass is none."""
    for change, word in BREAKS:
        report = output_of(*DEMO)[0]
        change(report)
        try:
            schema.check(report)
        except Wrong as wrong:
            need(word in str(wrong), word, f'said instead: {wrong}')
        else:
            raise Wrong(f'a report with a wrong {word} passes')


def main():
    schemas, wrong, seen = {}, 0, 0
    for what, name, document in [*documents(), *spf_documents(),
                                 *records_documents()]:
        seen += 1
        try:
            if name not in schemas:
                schemas[name] = schema_of(name)
            schemas[name].check(document)
        except Wrong as problem:
            print(f'{what}: {problem}')
            wrong += 1
    try:
        breaks(schemas['report'])
    except Wrong as problem:
        print(problem)
        wrong += 1
    print(f'schema.py: {seen} documents, {wrong} wrong')
    sys.exit(wrong > 0)


main()
