/* SPDX-License-Identifier: MIT */
/* A zone file as the list of what should be there. */
#include "base/arena.h"
#include "base/err.h"
#include "dns/zonefile.h"
#include "expect/list.h"

#include <assert.h>

/** Takes one record; what a zone has of its own is not for the list. */
static void
record_take(struct expect_list *list, const struct rr *rr)
{
	struct arena *arena = list->arena;
	struct list_entry entry = { .type = rr->type };
	const struct str name = name_text(arena, rr->owner);
	if (rr->type == RRTYPE_SOA || rr->type == RRTYPE_NS) {
		return;
	}
	/* Absolute: the zone file has settled what it is relative to. */
	entry.name = str_print(arena, "%.*s.", STR_ARG(name));
	entry.value = rr_value(arena, rr);
	if (rr->type == RRTYPE_MX) {
		entry.has_priority = true;
		entry.priority = rr->rdata.mx.preference;
		entry.value = name_text(arena, rr->rdata.mx.exchange);
	}
	vec_push(arena, &list->entries, entry);
}

bool
list_read_zone(struct expect_list *list, struct str content, struct name domain,
    struct err *reterr)
{
	const struct zonefile_input input = {
		.name = list->file,
		.content = content,
		.origin = domain,
	};
	struct zonefile file;
	const struct rr *rr;
	assert(list->arena);
	if (!zonefile_read(list->arena, &input, &file, reterr)) {
		return err_hint(reterr,
		    "expected IvyMail's JSON, a CSV with the columns Type, "
		    "Name and Value, or a zone file");
	}
	vec_foreach(rr, &file.records) {
		record_take(list, rr);
	}
	if (list->entries.len == 0) {
		return err_set(reterr, ERR_INPUT,
		    "%.*s: there are no records in it", STR_ARG(list->file));
	}
	return true;
}
