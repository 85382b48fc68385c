/* SPDX-License-Identifier: MIT */
/*
 * A zone file as the list of what should be there. Unlike a file that stands
 * for what is published, it is read as it is meant: names without $ORIGIN
 * are relative to the domain or its zone, whichever fits, and a host of
 * Amazon SES is whole even if its final dot was forgotten.
 */
#include "base/arena.h"
#include "base/err.h"
#include "dns/zonefile.h"
#include "expect/list.h"

#include <assert.h>

/** A file while its records are taken, in its order. */
struct taking {
	struct expect_list *list;
	struct name marker; /* the origin that stands for "relative" */
	size_t at;          /* offset of the line number *line* */
	unsigned line;
};

/** Steps to the line number *line*, which is not before the last one. */
static void
line_seek(struct taking *taking, unsigned line)
{
	const struct str content = taking->list->content;
	while (taking->line < line) {
		const ptrdiff_t end =
		    str_index(str_from(content, taking->at), '\n');
		assert(end >= 0);
		taking->at += (size_t)end + 1;
		taking->line++;
	}
}

/** Text of *name*: without final dot if it is relative, "@" for nothing. */
static struct str
text_as_meant(const struct taking *taking, struct name name)
{
	struct arena *arena = taking->list->arena;
	if (!name_is_under(name, taking->marker)) {
		const struct str text = name_text(arena, name);
		return str_print(arena, "%.*s.", STR_ARG(text));
	}
	if (name_equal(name, taking->marker)) {
		return STR("@");
	}
	return name_text(arena, name_relative(arena, name, taking->marker));
}

/** Takes the host *target*, without what stands behind one of SES's. */
static void
target_take(
    const struct taking *taking, struct name target, struct list_entry *entry)
{
	struct arena *arena = taking->list->arena;
	const struct str ses = STR(".amazonses.com.");
	const struct str text = name_text(arena, target);
	const ptrdiff_t at = str_find(text, ses);
	entry->target = target;
	if (at >= 0) {
		const struct str host =
		    str_slice(text, 0, (size_t)at + ses.len - 1);
		(void)name_parse(arena, host, &entry->target);
	} else if (name_is_under(target, taking->marker)) {
		entry->target = name_relative(arena, target, taking->marker);
		entry->target_relative = true;
	}
	entry->value = name_text(arena, entry->target);
}

/** Takes one record; what a zone has of its own is not for the list. */
static bool
record_take(struct taking *taking, const struct rr *rr, unsigned line,
    struct err *reterr)
{
	struct expect_list *list = taking->list;
	struct list_entry entry = { .type = rr->type };
	if (rr->type == RRTYPE_SOA || rr->type == RRTYPE_NS) {
		return true;
	}
	line_seek(taking, line);
	entry.at = taking->at;
	entry.name = text_as_meant(taking, rr->owner);
	switch (rrtype_layout(rr->type)) {
	case RR_LAYOUT_NAME:
		target_take(taking, rr->rdata.target, &entry);
		break;
	case RR_LAYOUT_MX:
		entry.has_priority = true;
		entry.priority = rr->rdata.mx.preference;
		target_take(taking, rr->rdata.mx.exchange, &entry);
		break;
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_ADDR:
	case RR_LAYOUT_SOA:
	case RR_LAYOUT_TXT:
		entry.value = rr_value(list->arena, rr);
		break;
	}
	if (entry.value.len == 0) {
		return list_wrong(list, entry.at, "the value is empty", reterr);
	}
	vec_push(list->arena, &list->entries, entry);
	return true;
}

bool
list_read_zone(struct expect_list *list, struct err *reterr)
{
	struct taking taking = {
		.list = list,
		.marker = name_of(list->arena, "\\000relative"),
		.line = 1,
	};
	const struct zonefile_input input = {
		.name = list->file,
		.content = list->content,
		.origin = taking.marker,
	};
	struct zonefile file;
	if (!zonefile_read(list->arena, &input, &file, reterr)) {
		return reterr->hint[0] != '\0'
			   ? false
			   : err_hint(reterr,
				 "Expected: IvyMail's JSON, a CSV with the "
				 "columns Type, Name and Value, or a zone "
				 "file.");
	}
	for (size_t i = 0; i < file.records.len; i++) {
		if (!record_take(&taking, &file.records.at[i], file.lines.at[i],
			reterr)) {
			return false;
		}
	}
	return list->entries.len > 0 ||
	       err_set(reterr, ERR_INPUT, "%.*s: there are no records in it",
		   STR_ARG(list->file));
}
