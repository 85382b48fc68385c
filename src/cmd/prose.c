/* SPDX-License-Identifier: MIT */
/*
 * Blocks of text laid out one after the other. A block is the run of lines
 * up to an empty one, a heading or the next item of a list.
 */
#include "cmd/prose.h"

#include "base/buf.h"
#include "cmd/paragraph.h"

enum {
	INDENT = 2,  /* of all that is not a heading */
	HANGING = 2, /* of the further lines of an item, on top of it */
};

#define BOLD  "\033[1m"
#define PLAIN "\033[0m"

/** Text on its way: the words of a block are gathered until it ends. */
struct layout {
	struct buf *to;
	const struct prose_manner *manner;
	struct buf block;
	bool begun; /* the section has a block */
	bool apart; /* an empty line is due before the next one */
};

void
prose_heading(
    struct buf *to, const struct prose_manner *manner, struct str heading)
{
	buf_adds(to, manner->color ? "\n" BOLD : "\n");
	buf_add(to, heading);
	buf_adds(to, manner->color ? PLAIN "\n" : "\n");
}

void
prose_paragraph(
    struct buf *to, const struct prose_manner *manner, struct str text)
{
	buf_fill(to, ' ', INDENT);
	paragraph(to, text, INDENT, INDENT, manner->width);
}

void
prose_item(struct buf *to, const struct prose_manner *manner, struct str text)
{
	buf_fill(to, ' ', INDENT);
	paragraph(to, text, INDENT, INDENT + HANGING, manner->width);
}

static bool
is_item(struct str line)
{
	return str_starts(line, STR("- "));
}

static void
block_end(struct layout *layout)
{
	const struct str words = buf_str(&layout->block);
	if (words.len == 0) {
		return;
	}
	if (layout->apart) {
		buf_addc(layout->to, '\n');
	}
	if (is_item(words)) {
		prose_item(layout->to, layout->manner, words);
	} else {
		prose_paragraph(layout->to, layout->manner, words);
	}
	layout->block = buf_new(layout->to->arena);
	layout->begun = true;
	layout->apart = false;
}

static void
section_begin(struct layout *layout, struct str heading)
{
	prose_heading(layout->to, layout->manner, heading);
	layout->begun = false;
	layout->apart = false;
}

static void
line_add(struct layout *layout, struct str line)
{
	const bool heads = str_starts(line, STR("#"));
	if (line.len == 0 || heads || is_item(line)) {
		block_end(layout);
	}
	if (str_starts(line, STR("## "))) {
		section_begin(layout, str_from(line, 3));
	} else if (line.len == 0) {
		layout->apart = layout->begun;
	} else if (!heads) {
		buf_add(&layout->block, line);
		buf_addc(&layout->block, ' ');
	}
}

void
prose_markdown(
    struct buf *to, const struct prose_manner *manner, struct str text)
{
	struct layout layout = {
		.to = to,
		.manner = manner,
		.block = buf_new(to->arena),
	};
	struct str line;
	while (str_split(&text, '\n', &line)) {
		line_add(&layout, line);
	}
	block_end(&layout);
}
