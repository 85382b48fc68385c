// SPDX-License-Identifier: MIT
// Conveniences for a page that is complete without them: copying, sorting,
// filtering.
(function () {
  'use strict';
  const all = (selector, root) =>
    Array.from((root || document).querySelectorAll(selector));
  document.documentElement.classList.add('js');

  // Pages that were opened as files may have no clipboard of their own.
  function copyByHand(text) {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }

  async function copy(button) {
    const text = button.dataset.copy;
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch (refused) {
      done = copyByHand(text);
    }
    const word = button.textContent;
    button.textContent = done ? 'Copied' : 'Select it by hand';
    setTimeout(() => { button.textContent = word; }, 1500);
  }

  for (const button of all('button[data-copy]')) {
    button.addEventListener('click', () => copy(button));
  }

  const key = (row, column) => {
    const cell = row.cells[column];
    const given = cell.dataset.key;
    return given === undefined ? cell.textContent : Number(given);
  };

  function sort(table, heading, column) {
    const up = heading.getAttribute('aria-sort') !== 'ascending';
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    const keys = new Map(rows.map((row) => [row, key(row, column)]));
    const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    rows.sort((a, b) => (up ? 1 : -1) * order(keys.get(a), keys.get(b)));
    for (const other of all('th', table.tHead)) {
      other.removeAttribute('aria-sort');
    }
    heading.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    body.append(...rows);
  }

  for (const table of all('table.sortable')) {
    all('th', table.tHead).forEach((heading, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = heading.textContent;
      button.addEventListener('click', () => sort(table, heading, column));
      heading.replaceChildren(button);
    });
  }

  const search = document.getElementById('search');
  const chips = all('button[data-verdict]');
  function filter() {
    const words = search.value.trim().toLowerCase();
    const wanted = chips.filter(
      (chip) => chip.getAttribute('aria-pressed') === 'true');
    const verdicts = wanted.map((chip) => chip.dataset.verdict);
    let shown = 0;
    for (const row of all('table.sortable tbody tr')) {
      const fits = (verdicts.length === 0 ||
          verdicts.includes(row.dataset.verdict)) &&
        row.dataset.words.includes(words);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    document.getElementById('shown').textContent = shown + ' shown';
  }
  if (search) {
    search.addEventListener('input', filter);
    for (const chip of chips) {
      chip.addEventListener('click', () => {
        const pressed = chip.getAttribute('aria-pressed') === 'true';
        chip.setAttribute('aria-pressed', String(!pressed));
        filter();
      });
    }
    filter();
  }
}());
