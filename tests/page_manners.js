// SPDX-License-Identifier: MIT
// What a page owes to people who see little, use no mouse, or have a screen
// reader or a narrow window: an array of what is wrong, as sentences. The
// numbers are those of WCAG 2.2.
(function () {
  'use strict';
  const MOST_TEXTS = 3000; // of a list of thousands the first are enough
  const wrong = [];
  const all = (selector, root) =>
    Array.from((root || document).querySelectorAll(selector));
  const told = (element) => element.outerHTML.slice(0, 90);
  const need = (truth, what, element) => {
    if (!truth) {
      wrong.push(what + (element ? ': ' + told(element) : ''));
    }
  };
  const seen = (element) => element.getClientRects().length > 0;
  const nameOf = (element) => (element.getAttribute('aria-label') ||
    element.textContent || Array.from(element.labels || [])
      .map((label) => label.textContent).join(' ')).trim();
  all('details').forEach((details) => { details.open = true; });

  function structure() {
    need(document.documentElement.lang, 'no lang (3.1.1)');
    need(document.title.trim(), 'no title (2.4.2)');
    need(all('main').length === 1, 'not one main');
    need(all('h1').length === 1, 'not one h1');
    for (const child of document.body.children) {
      need(['MAIN', 'SCRIPT'].includes(child.tagName),
        'outside of the landmarks', child);
    }
    let level = 0;
    for (const heading of all('h1, h2, h3, h4, h5, h6')) {
      const next = Number(heading.tagName[1]);
      need(next <= level + 1, 'a level of headings left out', heading);
      need(nameOf(heading), 'an empty heading', heading);
      level = next;
    }
    const ids = all('[id]').map((element) => element.id);
    need(new Set(ids).size === ids.length, 'an id used twice');
    for (const link of all('a[href^="#"]')) {
      need(document.getElementById(link.hash.slice(1)), 'leads nowhere', link);
    }
  }

  function lists() {
    const allowed = { UL: ['LI'], OL: ['LI'], DL: ['DT', 'DD', 'DIV'] };
    for (const list of all('ul, ol, dl')) {
      for (const child of list.children) {
        need(allowed[list.tagName].includes(child.tagName),
          'does not belong into a list (1.3.1)', child);
      }
    }
    for (const table of all('table')) {
      for (const cell of all('thead > tr > *', table)) {
        need(cell.tagName === 'TH' && cell.scope === 'col' && nameOf(cell),
          'a column without a heading (1.3.1)', cell);
      }
      need(table.tHead, 'a table without headings (1.3.1)', table);
    }
  }

  function controls() {
    for (const control of all('button, a, input, summary, [role=img]')) {
      need(nameOf(control), 'has no name (4.1.2)', control);
    }
    for (const button of all('button').filter(seen)) {
      const box = button.getBoundingClientRect();
      need(box.height >= 24 && box.width >= 24, 'below 24 px (2.5.8)', button);
    }
    for (const element of all('main *').filter(seen)) {
      const style = getComputedStyle(element);
      if (['auto', 'scroll'].includes(style.overflowX) &&
          element.scrollWidth > element.clientWidth) {
        need(element.tabIndex >= 0, 'scrolls by mouse alone (2.1.1)', element);
        need(element.getAttribute('aria-label'), 'scrolls unnamed', element);
      }
    }
    const root = document.documentElement;
    need(root.scrollWidth <= root.clientWidth,
      'the page scrolls sideways (1.4.10)');
  }

  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const linear = (part) => (part <= 0.04045 ? part / 12.92
    : Math.pow((part + 0.055) / 1.055, 2.4));
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => linear(part / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };

  // The first that is painted at all; the page's style has none in between.
  function behind(element) {
    for (let at = element; at; at = at.parentElement) {
      const [red, green, blue, alpha] =
        numbers(getComputedStyle(at).backgroundColor);
      if (alpha === undefined || alpha > 0) {
        return [red, green, blue];
      }
    }
    return [255, 255, 255];
  }

  function colours() {
    const walker = document.createTreeWalker(document.body,
      NodeFilter.SHOW_TEXT);
    for (let i = 0; i < MOST_TEXTS && walker.nextNode(); i++) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !seen(element)) {
        continue;
      }
      const ink = numbers(getComputedStyle(element).color).slice(0, 3);
      const ratio = contrast(ink, behind(element));
      need(ratio >= 4.5, `contrast of ${ratio.toFixed(2)} (1.4.3)`, element);
    }
  }

  structure();
  lists();
  controls();
  colours();
  return wrong.slice(0, 20);
}())
