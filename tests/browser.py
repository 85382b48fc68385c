#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The HTML pages in a real browser (Debian's chromium; skipped without it):
buttons copy, the list sorts and filters, ten thousand domains are quick,
nothing complains, text from DNS stays text, and everyone can read them, in
light and dark, on a desk and on a phone. IVYCHECK_AXE may name a file
axe.min.js, whose rules are then applied too."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

from devtools import Chromium

TOP = os.path.normpath(os.environ.get(
    'IVYCHECK_TOP', os.path.join(os.path.dirname(__file__), '..')))
PROGRAM = os.path.abspath('ivycheck')
FIXTURES = os.path.join(TOP, 'fixtures')
BROWSERS = ('chromium', 'chromium-browser', 'google-chrome')
SKIPPED = 77
ROWS = 10000
WIDTHS = (1100, 360)
# A sort and a filter are felt at once; this only finds what takes seconds.
MOST_MS = 10000

# What each page is asked before anybody touches it.
LOADED = '''({
  scripts: document.scripts.length,
  loads: performance.getEntriesByType('resource').length,
  links: Array.from(document.links).filter(
    (link) => !link.getAttribute('href').startsWith('#')).length,
})'''

# Clicks every button that copies; what came of it.
COPY = '''(async () => {
  const out = { copied: [], wrong: 0 };
  // Without a person there is no clipboard: one is put in its place.
  Object.defineProperty(navigator, 'clipboard', { value: {
    writeText: async (text) => { out.copied.push(text); } } });
  for (const button of document.querySelectorAll('button[data-copy]')) {
    button.click();
    await new Promise((done) => setTimeout(done, 0));
    out.wrong += button.textContent !== 'Copied' ||
      out.copied.at(-1) !== button.dataset.copy;
  }
  return out;
})()'''

# Sorts by the domain both ways, searches, and filters by a verdict.
LIST = '''(() => {
  const out = {};
  const rows = () => Array.from(
    document.querySelectorAll('table.sortable tbody tr'));
  const shown = () => rows().filter((row) => !row.hidden).length;
  const first = () => rows()[0].querySelector('th').textContent.trim();
  const began = performance.now();
  const heading = document.querySelectorAll('table.sortable th button')[1];
  heading.click();
  out.up = first();
  heading.click();
  out.down = first();
  const search = document.getElementById('search');
  search.value = 'SPF-MULTIPLE';
  search.dispatchEvent(new Event('input'));
  out.found = shown();
  search.value = '';
  document.querySelector('button[data-verdict=ready]').click();
  out.ready = shown();
  out.told = document.getElementById('shown').textContent;
  out.took = performance.now() - began;
  return out;
})()'''

AXE = '''axe.run().then((all) => all.violations.map(
  (rule) => rule.id + ': ' + rule.nodes[0].html.slice(0, 120)))'''


def text_of(*path):
    with open(os.path.join(*path), encoding='utf-8') as file:
        return file.read()


def fleet_zone():
    """Names d0.example to d9999.example, two of five of them ready."""
    lines = ['$ORIGIN example.', '$TTL 3600',
             '@ SOA ns.example. h.example. 1 3600 600 86400 600',
             '@ NS ns', 'ns A 192.0.2.1']
    for i in range(ROWS):
        lines.append(f'd{i} TXT "v=spf1 include:amazonses.com ~all"')
        if i % 5 == 1:
            lines.append(f'd{i} TXT "v=spf1 -all"')
        if i % 5 != 2:
            lines.append(f'_dmarc.d{i} TXT "v=DMARC1; p=none"')
        if i % 5 == 3:
            lines.append(f'_dmarc.d{i} TXT "v=DMARC1; p=reject"')
    return '\n'.join(lines) + '\n'


def make_fleet(folder):
    """The page that `batch --report` writes of ten thousand domains."""
    page, zone, names = (os.path.join(folder, name) for name in (
        'fleet.html', 'fleet.zone', 'names'))
    with open(zone, 'w', encoding='utf-8') as file:
        file.write(fleet_zone())
    with open(names, 'w', encoding='utf-8') as file:
        file.writelines(f'd{i}.example\n' for i in range(ROWS))
    subprocess.run(
        [PROGRAM, 'batch', '--only', 'spf,dmarc', '--zone', zone, '--report',
         page, '-o', os.devnull, names], capture_output=True, check=False)
    return page


def make_demo(folder):
    page = os.path.join(folder, 'demo.html')
    demo = os.path.join(FIXTURES, 'demo')
    subprocess.run(
        [PROGRAM, '--zone', f'{demo}/yourapp.com.zone', '--expect',
         f'{demo}/notifications.yourapp.com.json', '-f', 'html', '-o', page],
        capture_output=True, check=False)
    return page


class Trial:
    """Pages in a browser, and how much was wrong with them."""

    def __init__(self, browser):
        self.browser = browser
        self.manners = text_of(TOP, 'tests', 'page_manners.js')
        axe = os.environ.get('IVYCHECK_AXE')
        self.axe = text_of(axe) if axe else None
        self.wrong = 0

    def expect(self, what, got, want):
        if got != want:
            self.wrong += 1
            print(f'{what}: {got!r}, not {want!r}')

    def look(self, path, width, dark):
        """The page is alone, silent, and legible."""
        name = (f'{os.path.basename(path)}, {width} px, '
                f'{"dark" if dark else "light"}')
        self.browser.show(width, dark)
        self.browser.open(path)
        self.expect(f'{name}: loaded', self.browser.run(LOADED),
                    {'scripts': 1, 'loads': 0, 'links': 0})
        self.expect(name, self.browser.run(self.manners), [])
        if self.axe and os.path.getsize(path) < 1 << 20:
            self.browser.run(self.axe + ';0')
            self.expect(f'{name}: axe', self.browser.run(AXE), [])
        self.quiet(name)

    def quiet(self, name):
        self.expect(f'{name}: complaints', self.browser.complaints(), [])

    def look_at_all_sides(self, path):
        for width in WIDTHS:
            for dark in (False, True):
                self.look(path, width, dark)

    def copy(self, path, text):
        """Every button copies what it says, one of them *text*."""
        name = os.path.basename(path)
        self.browser.open(path)
        got = self.browser.run(COPY)
        self.expect(f'{name}: copied wrongly', got['wrong'], 0)
        self.expect(f'{name}: copies {text}', text in got['copied'], True)
        self.quiet(name)

    def use_list(self, path):
        """The list sorts and filters, and is quick."""
        self.browser.open(path)
        got = self.browser.run(LIST)
        self.expect('first', got['up'], 'd0.example')
        self.expect('last', got['down'], f'd{ROWS - 1}.example')
        self.expect('found', got['found'], ROWS // 5)
        self.expect('ready', got['ready'], 2 * ROWS // 5)
        self.expect('told', got['told'], f'{2 * ROWS // 5} shown')
        self.expect('quick', got['took'] < MOST_MS, True)
        self.quiet('fleet.html')
        print(f'{ROWS} domains sorted twice and filtered twice in '
              f'{got["took"]:.0f} ms')


def try_pages(trial, folder):
    demo, fleet = make_demo(folder), make_fleet(folder)
    golden = sorted(glob.glob(os.path.join(FIXTURES, 'golden', '*.html')))
    trial.expect('golden pages', len(golden) >= 6, True)
    for path in golden + [demo, fleet]:
        trial.look_at_all_sides(path)
    trial.copy(demo, 'v=spf1 include:amazonses.com ip4:192.0.2.20 ~all')
    trial.use_list(fleet)


def main():
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program or not os.path.exists(PROGRAM):
        print('no chromium, or nothing is built here: skipped')
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        browser = Chromium(program, folder)
        trial = Trial(browser)
        try:
            try_pages(trial, folder)
        finally:
            browser.close()
    print(f'browser.py: {trial.wrong} wrong')
    sys.exit(1 if trial.wrong else 0)


main()
