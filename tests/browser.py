#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The HTML pages in a real browser (Debian's chromium; skipped without it):
buttons copy, the list sorts and filters, ten thousand domains are quick,
nothing complains, and text from DNS stays text."""
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.normpath(os.environ.get(
    'IVYCHECK_TOP', os.path.join(os.path.dirname(__file__), '..')))
GOLDEN = os.path.join(TOP, 'fixtures', 'golden')
BROWSERS = ('chromium', 'chromium-browser', 'google-chrome')
SKIPPED = 77
ROWS = 10000

# What a person does with the page, and what came of it.
PROBE = '''
<pre id="probe"></pre>
<script>
(async function () {
  const out = {};
  const rows = () => Array.from(
    document.querySelectorAll('table.sortable tbody tr'));
  const shown = () => rows().filter((row) => !row.hidden).length;
  const first = () => rows()[0].querySelector('th').textContent.trim();
  const began = performance.now();
  // Without a person there is no clipboard: one is put in its place.
  Object.defineProperty(navigator, 'clipboard', { value: {
    writeText: async (text) => { out.clipboard = text; } } });
  const button = document.querySelector('button[data-copy]');
  if (button) {
    button.click();
    await new Promise((done) => setTimeout(done, 300));
    out.copied = button.textContent;
  }
  const heading = document.querySelectorAll('table.sortable th button')[1];
  if (heading) {
    heading.click();
    out.up = first();
    heading.click();
    out.down = first();
    const search = document.getElementById('search');
    search.value = 'ACTION';
    search.dispatchEvent(new Event('input'));
    out.found = shown();
    search.value = '';
    document.querySelector('button[data-verdict=ready]').click();
    out.ready = shown();
    out.told = document.getElementById('shown').textContent;
  }
  out.took = performance.now() - began;
  out.scripts = document.scripts.length;
  out.loads = performance.getEntriesByType('resource').length;
  out.links = Array.from(document.links).filter(
    (link) => !link.getAttribute('href').startsWith('#')).length;
  document.getElementById('probe').textContent = JSON.stringify(out);
}());
</script>
'''


def visit(browser, page, folder):
    """The page after the probe, as (what came of it, complaints)."""
    path = os.path.join(folder, 'page.html')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(page.replace('</body>', PROBE + '</body>'))
    run = subprocess.run(
        [browser, '--headless', '--no-sandbox', '--disable-gpu',
         f'--user-data-dir={folder}/profile', '--virtual-time-budget=30000',
         '--enable-logging=stderr', '--dump-dom', 'file://' + path],
        capture_output=True, text=True, timeout=120, check=False)
    match = re.search(r'<pre id="probe">(.+?)</pre>', run.stdout, re.S)
    complaints = [line for line in run.stderr.split('\n')
                  if 'CONSOLE' in line]
    return (json.loads(html.unescape(match[1])) if match else None,
            complaints)


def golden(name):
    with open(os.path.join(GOLDEN, name), encoding='utf-8') as file:
        return file.read()


def fleet(page):
    """The list of *page* with ten thousand rows, and nothing below it."""
    rows = re.findall(r'<tr data-verdict=.*?</tr>\n', page, re.S)
    many = ''.join(
        re.sub(r'([\w-]+)\.example', rf'\1-{i}.example', rows[i % len(rows)])
        for i in range(ROWS))
    page = re.sub(r'<article class="report".*</article>\n', '', page,
                  flags=re.S)
    return page.replace(''.join(rows), many)


class Report:
    def __init__(self):
        self.wrong = 0

    def expect(self, what, got, want):
        if got != want:
            self.wrong += 1
            print(f'{what}: {got!r}, not {want!r}')


def check_page(report, name, visited):
    got, complaints = visited
    report.expect(f'{name}: complaints', complaints, [])
    report.expect(f'{name}: was probed', got is not None, True)
    if got:
        report.expect(f'{name}: scripts', got['scripts'], 2)
        report.expect(f'{name}: loaded', got['loads'], 0)
        report.expect(f'{name}: links to elsewhere', got['links'], 0)
    return got or {}


def main():
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        print('no chromium here: skipped')
        sys.exit(SKIPPED)
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        def probed(name, page):
            return check_page(report, name, visit(browser, page, folder))

        got = probed('action', golden('action.html'))
        report.expect('copied', got.get('copied'), 'Copied')
        report.expect('clipboard', got.get('clipboard'),
                      '_ivymail.notifications')
        probed('hostile', golden('hostile.html'))
        got = probed('fleet', fleet(golden('several.html')))
        report.expect('first', got.get('up'), 'action-1-0.example')
        report.expect('last', got.get('down', '')[:8], 'unknown-')
        report.expect('found', got.get('found'), ROWS // 5)
        report.expect('ready', got.get('ready'), 2 * ROWS // 5)
        report.expect('told', got.get('told'), f'{2 * ROWS // 5} shown')
        print(f'{ROWS} domains sorted twice and filtered twice in '
              f'{got.get("took", 0):.0f} ms')
    print(f'browser.py: {report.wrong} wrong')
    sys.exit(1 if report.wrong else 0)


main()
