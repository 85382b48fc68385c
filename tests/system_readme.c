/* SPDX-License-Identifier: MIT */
/* What README.md shows as a report is what the program prints. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "program.h"
#include "published_zone.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define DEMO SOURCE_DIR "/fixtures/demo/"

/* The part of the README between its heading *title* and the next. */
static struct str
section(struct arena *arena, const char *title)
{
	const struct str readme = str_of(source_file(arena, "README.md"));
	const struct str heading = str_print(arena, "\n## %s\n", title);
	const ptrdiff_t at = str_find(readme, heading);
	cr_assert(ge(long, at, 0));
	const struct str rest = str_from(readme, (size_t)at + heading.len);
	const ptrdiff_t end = str_find(rest, STR("\n## "));
	return str_slice(rest, 0, end < 0 ? rest.len : (size_t)end);
}

static void
expect_printed(struct buf *block, struct str output)
{
	const struct str text = str_trim(buf_str(block));
	if (text.len > 0) {
		cr_expect(ge(long, str_find(output, text), 0),
		    "not printed:\n%s", block->at);
	}
	block->len = 0;
}

/* Indented lines are what is printed, paragraph by paragraph. */
static unsigned
expect_blocks(struct arena *arena, struct str text, struct str output)
{
	struct buf block = buf_new(arena);
	struct str line;
	unsigned lines = 0;
	while (str_split(&text, '\n', &line)) {
		if (str_starts(line, STR("    "))) {
			buf_add(&block, str_from(line, 4));
			buf_addc(&block, '\n');
			lines++;
		} else {
			expect_printed(&block, output);
		}
	}
	expect_printed(&block, output);
	return lines;
}

Test(readme, shows_what_the_demo_prints)
{
	struct arena *arena = arena_new();
	const struct run run = RUN("--zone", DEMO "yourapp.com.zone",
	    "--expect", DEMO "notifications.yourapp.com.json",
	    "notifications.yourapp.com");
	cr_assert(eq(int, run.code, 1), "%s", run.err);
	const unsigned lines =
	    expect_blocks(arena, section(arena, "A report"), str_of(run.out));
	cr_expect(gt(uint, lines, 15));
	arena_free(&arena);
}
