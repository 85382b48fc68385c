/* SPDX-License-Identifier: MIT */
/* Comparing with recorded outputs, or recording them. */
#include "golden.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	GOLDEN_MAX = 1 << 20,
};

static void
record(const char *path, struct str text)
{
	FILE *file = fopen(path, "wb");
	cr_assert(ne(ptr, file, NULL), "%s cannot be written", path);
	const size_t written = fwrite(text.at, 1, text.len, file);
	cr_assert(eq(int, fclose(file), 0));
	cr_assert(eq(sz, written, text.len));
}

/** The offset of the line in which *want* and *got* first differ. */
static size_t
first_difference(const char *want, size_t len, struct str got)
{
	size_t line = 0;
	for (size_t i = 0; i < len && i < got.len; i++) {
		if (want[i] != got.at[i]) {
			break;
		}
		line = want[i] == '\n' ? i + 1 : line;
	}
	return line;
}

static void
compare(const char *path, struct str text)
{
	char *want = malloc(GOLDEN_MAX);
	FILE *file = fopen(path, "rb");
	cr_assert(ne(ptr, file, NULL), "%s is missing: make record", path);
	const size_t len = fread(want, 1, GOLDEN_MAX - 1, file);
	fclose(file);
	want[len] = '\0';
	const size_t at = first_difference(want, len, text);
	const size_t end = at + strcspn(want + at, "\n");
	const struct str have = str_from(text, at);
	const ptrdiff_t stop = str_index(have, '\n');
	cr_expect(str_eq(text, (struct str){ want, len }),
	    "%s differs:\nwant: %.*s\n got: %.*s\n"
	    "(make record writes it anew)",
	    path, (int)(end - at), want + at,
	    (int)(stop < 0 ? (ptrdiff_t)have.len : stop), have.at);
	free(want);
}

void
expect_golden(const char *name, const char *ending, struct str text)
{
	char path[512];
	snprintf(path, sizeof(path), "%s/fixtures/golden/%s.%s", SOURCE_DIR,
	    name, ending);
	const char *recording = getenv("IVYCHECK_RECORD");
	if (recording && recording[0] == '1') {
		record(path, text);
	} else {
		compare(path, text);
	}
}
