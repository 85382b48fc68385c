/* SPDX-License-Identifier: MIT */
/*
 * The networks that pass by an SPF record: those written down and the
 * addresses behind names; and how many addresses that are in all.
 */
#include "cmd/sheet.h"
#include "cmd/spf_facts.h"

#include "base/arena.h"
#include "cmd/session.h"
#include "look/look.h"

#include <assert.h>
#include <stdlib.h>

enum {
	TERM_COLUMN = 2,
	FROM_COLUMN = 48, /* where the record stands that has it */
};

/** A search for networks. */
struct search {
	struct look *look;
	const struct sight *sight;
	struct spf_networks found;
};

static void
add(struct search *search, struct addr addr, const struct spf_term *term,
    struct name domain)
{
	const struct spf_network network = {
		.addr = addr,
		.bits = addr.family == ADDR_V6 ? term->bits6 : term->bits4,
		.term = term,
		.domain = domain,
	};
	vec_push(look_scratch(search->look), &search->found, network);
}

/** Adds the addresses of *name*, which *step* of *node* stands for. */
static void
add_host(struct search *search, struct name name, const struct spf_node *node,
    const struct spf_step *step)
{
	static const enum rrtype types[] = { RRTYPE_A, RRTYPE_AAAA };
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		const struct answer *answer =
		    published(search->look, search->sight, name, types[i]);
		const struct rr *rr;
		if (!answer || answer->status != ANSWER_FOUND) {
			continue;
		}
		answer_foreach_rr(rr, answer) {
			add(search, rr->rdata.addr, step->term, node->domain);
		}
	}
}

static void
add_step(struct search *search, const struct spf_node *node,
    const struct spf_step *step)
{
	const struct spf_term *term = step->term;
	if (term->kind == SPF_IP4 || term->kind == SPF_IP6) {
		add(search, term->addr, term, node->domain);
	} else if (term->kind == SPF_A && name_is_set(step->name)) {
		add_host(search, step->name, node, step);
	} else if (term->kind == SPF_MX && step->answer) {
		for (size_t i = 0;
		     i < step->answer->rrs_len && i < SPF_MOST_NAMES; i++) {
			add_host(search, step->answer->rrs[i].rdata.mx.exchange,
			    node, step);
		}
	}
}

/** True if what matches in the record of *node* is a pass of the root's. */
static bool
passes_on(const struct spf_node *node)
{
	for (; node->above; node = node->above) {
		if (node->idle || node->origin->term->qualifier != '+') {
			return false;
		}
	}
	return true;
}

static void
add_node(struct search *search, const struct spf_node *node)
{
	for (size_t i = 0; i < node->steps_len; i++) {
		const struct spf_step *step = &node->steps[i];
		if (step->reached && step->term->qualifier == '+') {
			add_step(search, node, step);
		}
	}
}

struct spf_networks
spf_networks_find(
    struct look *look, const struct sight *sight, const struct spf_walk *walk)
{
	struct search search = { .look = look, .sight = sight };
	for (size_t n = 0; n < walk->nodes.len; n++) {
		if (passes_on(walk->nodes.at[n])) {
			add_node(&search, walk->nodes.at[n]);
		}
	}
	return search.found;
}

/** A run of IPv4 addresses, both ends in it. */
struct range {
	uint32_t first;
	uint32_t last;
};

static struct range
range_of(const struct spf_network *network)
{
	const uint8_t *bytes = network->addr.bytes;
	const uint32_t addr = (uint32_t)bytes[0] << 24 |
			      (uint32_t)bytes[1] << 16 |
			      (uint32_t)bytes[2] << 8 | bytes[3];
	const uint32_t mask =
	    network->bits == 0 ? 0 : UINT32_MAX << (32 - network->bits);
	return (struct range){ addr & mask, addr | ~mask };
}

static int
range_order(const void *left, const void *right)
{
	const struct range *a = left;
	const struct range *b = right;
	return (a->first > b->first) - (a->first < b->first);
}

/** How many IPv4 addresses *networks* have, each counted once. */
static uint64_t
count_addresses(struct arena *arena, const struct spf_networks *networks)
{
	struct range *ranges =
	    ARENA_ARRAY(arena, struct range, networks->len + 1);
	size_t len = 0;
	for (size_t i = 0; i < networks->len; i++) {
		if (networks->at[i].addr.family == ADDR_V4) {
			ranges[len++] = range_of(&networks->at[i]);
		}
	}
	qsort(ranges, len, sizeof(*ranges), range_order);
	uint64_t count = 0;
	uint64_t next = 0; /* the first address that was not counted yet */
	for (size_t i = 0; i < len; i++) {
		const uint64_t first =
		    ranges[i].first > next ? ranges[i].first : next;
		const uint64_t end = (uint64_t)ranges[i].last + 1;
		count += end > first ? end - first : 0;
		next = end > next ? end : next;
	}
	return count;
}

/** *number* with a comma at every thousand. */
static struct str
grouped(struct arena *arena, uint64_t number)
{
	char digits[32];
	size_t at = sizeof(digits);
	for (int place = 0; number > 0 || place == 0; place++) {
		if (place > 0 && place % 3 == 0) {
			digits[--at] = ',';
		}
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	}
	return str_copy(arena,
	    (struct str){ .at = digits + at, .len = sizeof(digits) - at });
}

static void
tell_network(struct sheet *sheet, const struct spf_network *network)
{
	struct arena *arena = sheet->session->arena;
	struct page *page = &sheet->page;
	const struct str text = addr_text(arena, network->addr);
	const uint8_t whole = network->addr.family == ADDR_V6 ? 128 : 32;
	page_to(page, TERM_COLUMN);
	page_add(page, TONE_PLAIN, text);
	if (network->bits < whole) {
		page_add(
		    page, TONE_PLAIN, str_print(arena, "/%u", network->bits));
	}
	if (name_is_set(network->domain)) {
		page_to(page, FROM_COLUMN);
		page_add(page, TONE_FAINT, name_text(arena, network->domain));
	}
	page_end(page);
}

static size_t
count_family(const struct spf_networks *networks, enum addr_family family)
{
	size_t count = 0;
	for (size_t i = 0; i < networks->len; i++) {
		count += networks->at[i].addr.family == family;
	}
	return count;
}

void
spf_tell_networks(struct sheet *sheet, const struct spf_facts *facts)
{
	const struct spf_networks *networks = &facts->networks;
	struct arena *arena = sheet->session->arena;
	const size_t v4 = count_family(networks, ADDR_V4);
	const size_t v6 = count_family(networks, ADDR_V6);
	if (networks->len == 0) {
		return;
	}
	sheet_heading(sheet, "Networks that pass");
	for (size_t i = 0; i < networks->len; i++) {
		tell_network(sheet, &networks->at[i]);
	}
	const struct str addresses =
	    grouped(arena, count_addresses(arena, networks));
	sheet_say(sheet, str_print(arena,
			     "In all: %.*s IPv4 addresses in %zu networks, "
			     "and %zu IPv6 networks.",
			     STR_ARG(addresses), v4, v6));
}
