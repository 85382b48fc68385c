/* SPDX-License-Identifier: MIT */
/* Carrying out plans; records are written as RFC 3597 5 has it. */
#include "published_zone.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "dns/rdata.h"
#include "dns/zonefile.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>

enum {
	MOST_OF_FILE = 1 << 16
};

const char *
source_file(struct arena *arena, const char *path)
{
	const struct str full = str_print(arena, "%s/%s", SOURCE_DIR, path);
	char *content = arena_alloc(arena, MOST_OF_FILE);
	FILE *stream = fopen(full.at, "rb");
	cr_assert(stream != NULL, "%s", full.at);
	const size_t len = fread(content, 1, MOST_OF_FILE - 1, stream);
	(void)fclose(stream);
	cr_assert(len > 0 && len < MOST_OF_FILE - 1, "%s", full.at);
	return content;
}

struct published_zone
published_zone_read(struct arena *arena, const char *apex, const char *text)
{
	struct published_zone zone = { .arena = arena,
		.apex = name_of(arena, apex) };
	const struct zonefile_input input = { .name = STR("zone"),
		.content = str_of(text),
		.origin = zone.apex };
	struct zonefile file;
	struct err err = { 0 };
	cr_assert(zonefile_read(arena, &input, &file, &err), "%s", err.text);
	const struct rr *rr;
	vec_foreach(rr, &file.records) {
		vec_push(arena, &zone.records, *rr);
	}
	return zone;
}

static struct str
member(const json_t *object, const char *key)
{
	return str_of(json_string_value(json_object_get(object, key)));
}

/** The record that a step of the plan is about. */
static struct rr
step_rr(struct arena *arena, const json_t *step)
{
	struct rr rr = { .ttl = 60 };
	const struct str value = member(step, "value");
	rr.owner = name_of(arena, str_z(arena, member(step, "name")));
	cr_assert(rrtype_parse(member(step, "type"), &rr.type));
	switch (rrtype_layout(rr.type)) {
	case RR_LAYOUT_TXT:
		rr.rdata.txt = rr_txt_of(arena, str_copy(arena, value));
		return rr;
	case RR_LAYOUT_NAME:
		rr.rdata.target = name_of(arena, str_z(arena, value));
		return rr;
	case RR_LAYOUT_MX:
		rr.rdata.mx.exchange = name_of(arena, str_z(arena, value));
		rr.rdata.mx.preference = (uint16_t)json_integer_value(
		    json_object_get(step, "priority"));
		return rr;
	case RR_LAYOUT_ADDR:
		cr_assert(addr_parse(value, &rr.rdata.addr));
		return rr;
	case RR_LAYOUT_OPAQUE:
	case RR_LAYOUT_SOA:
		break;
	}
	cr_assert_fail("a step about a type that nobody enters");
	return rr;
}

static void
rr_remove(struct published_zone *zone, const struct rr *rr)
{
	size_t kept = 0;
	for (size_t i = 0; i < zone->records.len; i++) {
		const struct rr *have = &zone->records.at[i];
		if (!name_equal(have->owner, rr->owner) ||
		    !rr_same_data(have, rr)) {
			zone->records.at[kept++] = *have;
		}
	}
	cr_assert(kept < zone->records.len, "nothing there to remove");
	zone->records.len = kept;
}

void
published_zone_apply(struct published_zone *zone, const char *report)
{
	json_error_t where;
	json_t *root = json_loads(report, 0, &where);
	cr_assert(root != NULL, "%s", where.text);
	size_t i;
	json_t *step;
	json_array_foreach(json_object_get(root, "plan"), i, step)
	{
		const struct rr rr = step_rr(zone->arena, step);
		if (str_eq(member(step, "op"), STR("remove"))) {
			rr_remove(zone, &rr);
		} else {
			vec_push(zone->arena, &zone->records, rr);
		}
	}
	json_decref(root);
}

const char *
published_zone_text(const struct published_zone *zone)
{
	struct buf to = buf_new(zone->arena);
	const struct rr *rr;
	vec_foreach(rr, &zone->records) {
		struct buf rdata = buf_new(zone->arena);
		const struct str owner = name_text(zone->arena, rr->owner);
		rdata_write(&rdata, rr);
		buf_addf(&to, "%.*s. %u IN TYPE%u \\# %zu ", STR_ARG(owner),
		    (unsigned)rr->ttl, (unsigned)rr->type, rdata.len);
		for (size_t i = 0; i < rdata.len; i++) {
			buf_addf(&to, "%02x", (unsigned char)rdata.at[i]);
		}
		buf_addc(&to, '\n');
	}
	return to.at;
}
