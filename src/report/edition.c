/* SPDX-License-Identifier: MIT */
/* One after the other, or gathered. */
#include "report/edition.h"

#include "base/arena.h"

#include <assert.h>

/* NULL: each report is told at once. */
static const struct gatherer *const GATHERERS[FORMATS] = {
#define GATHERER(constant, object) [FORMAT_##constant] = &(object),
#include "report/gatherers.def"
#undef GATHERER
};

struct edition {
	enum format format;
	const struct manner *manner;
	const struct gatherer *gatherer;
	void *state;
};

struct edition *
edition_open(
    struct arena *arena, enum format format, const struct manner *manner)
{
	struct edition *edition = ARENA_NEW(arena, struct edition);
	assert((unsigned)format < FORMATS);
	edition->format = format;
	edition->manner = manner;
	edition->gatherer = GATHERERS[format];
	if (edition->gatherer) {
		edition->state = edition->gatherer->open(arena, manner);
	}
	return edition;
}

bool
edition_is_whole(const struct edition *edition)
{
	return edition->gatherer != NULL;
}

/*
 * A gatherer copies what it keeps: the report and its arena are gone before
 * the next one comes, so that ten thousand domains need no more memory than
 * their rows.
 */
void
edition_add(
    struct edition *edition, const struct report *report, struct buf *to)
{
	assert(report);
	if (edition->gatherer) {
		edition->gatherer->add(edition->state, report);
	} else {
		format_renderer(edition->format)(report, edition->manner, to);
	}
}

void
edition_close(struct edition *edition, struct buf *to)
{
	if (edition->gatherer) {
		edition->gatherer->close(edition->state, to);
	}
}

/* A page for one domain is an edition that ends after the first. */
void
gather_one(const struct gatherer *gatherer, const struct report *report,
    const struct manner *manner, struct buf *to)
{
	struct arena *arena = arena_new();
	assert(gatherer->open && gatherer->add && gatherer->close);
	void *state = gatherer->open(arena, manner);
	gatherer->add(state, report);
	gatherer->close(state, to);
	arena_free(&arena);
}
