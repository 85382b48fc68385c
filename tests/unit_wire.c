/* SPDX-License-Identifier: MIT */
/* Queries on the wire, which response belongs to one, and what it says. */
#include "base/arena.h"
#include "dns/answer.h"
#include "dns/gate.h"
#include "dns/query.h"
#include "dns/response.h"

#include "packet.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <string.h>

enum {
	RESOLVED = MESSAGE_QR | MESSAGE_RD | MESSAGE_RA,
	VOUCHED = MESSAGE_QR | MESSAGE_AA,
};

static struct arena *arena;
static struct packet packet;

static void
begin(void)
{
	arena = arena_new();
}

static void
end(void)
{
	arena_free(&arena);
}

TestSuite(wire, .init = begin, .fini = end);

static struct question
question_of(const char *name, enum rrtype type, enum side side)
{
	const struct question question = {
		.name = name_of(arena, name), .type = type, .side = side
	};
	return question;
}

/** What *packet* answers to *question*; it must be readable. */
static struct answer
read_answer(struct question question)
{
	struct answer answer = { 0 };
	const struct message message = packet_message(&packet);
	cr_assert(gate_check(message) == GATE_OK, "%s",
	    gate_fault_text(gate_check(message)));
	cr_assert(response_read(arena, message, &question, &answer));
	return answer;
}

static struct answer
read_at(const char *name, enum rrtype type, enum side side)
{
	return read_answer(question_of(name, type, side));
}

static void
expect_status(struct answer answer, enum answer_status want)
{
	cr_expect(answer.status == want, "%s, not %s",
	    answer_status_word(answer.status), answer_status_word(want));
}

static void
expect_value(const struct rr *rr, const char *want)
{
	const struct str value = rr_value(arena, rr);
	cr_expect(
	    str_eq(value, str_of(want)), "%.*s, not %s", STR_ARG(value), want);
}

static void
expect_name(struct name name, const char *want)
{
	const struct str text = name_text(arena, name);
	cr_expect(str_eq(text, str_of(want)), "%.*s", STR_ARG(text));
}

Test(wire, a_query_to_a_resolver_wants_recursion_and_edns)
{
	static const char want[] =
	    "\x12\x34\1\x20\0\1\0\0\0\0\0\1\1a\3org\0\0\x10\0\1"
	    "\0\0\x29\4\xd0\0\0\0\0\0\0";
	uint8_t query[QUERY_MAX];
	const struct question question =
	    question_of("A.org", RRTYPE_TXT, SIDE_RESOLVER);
	const size_t len = query_write(&question,
	    (struct query_form){ .id = 0x1234, .edns = true }, query);
	cr_assert(eq(sz, len, sizeof(want) - 1));
	cr_expect(memcmp(query, want, len) == 0);
}

Test(wire, a_query_to_a_server_of_the_zone_wants_no_recursion)
{
	uint8_t query[QUERY_MAX];
	struct question question =
	    question_of("a.org", RRTYPE_TXT, SIDE_AUTHORITATIVE);
	question.checking_disabled = true;
	const size_t len =
	    query_write(&question, (struct query_form){ .id = 1 }, query);
	const struct message message = { .at = query, .len = len };
	cr_expect(eq(u32, message_flags(message), MESSAGE_CD));
	cr_expect(eq(u32, message_count(message, SECTION_ADDITIONAL), 0));
	cr_expect(eq(sz, len, 12 + 7 + 4));
}

Test(wire, the_longest_name_fits_a_query)
{
	char text[256];
	uint8_t query[QUERY_MAX];
	for (size_t i = 0; i < 253; i++) {
		text[i] = i % 2 == 0 ? 'a' : '.';
	}
	text[253] = '\0';
	const struct question question =
	    question_of(text, RRTYPE_MX, SIDE_RESOLVER);
	cr_expect(eq(sz,
	    query_write(&question, (struct query_form){ .edns = true }, query),
	    QUERY_MAX));
}

struct match_row {
	const char *what;
	unsigned id, flags;
	const char *name;
	unsigned type;
	enum query_match want;
};

Test(wire, only_the_response_to_the_query_matches)
{
	static const struct match_row rows[] = {
		{ "right", 7, RESOLVED, "a.org", 16, QUERY_MATCHES },
		{ "case", 7, RESOLVED, "A.oRg", 16, QUERY_MATCHES },
		{ "TC", 7, RESOLVED | MESSAGE_TC, "a.org", 16, QUERY_MATCHES },
		{ "id", 8, RESOLVED, "a.org", 16, QUERY_OTHER_ID },
		{ "QR", 7, MESSAGE_RD, "a.org", 16, QUERY_NO_RESPONSE },
		{ "opcode", 7, RESOLVED | 0x2000, "a.org", 16,
		    QUERY_NO_RESPONSE },
		{ "name", 7, RESOLVED, "b.org", 16, QUERY_OTHER_QUESTION },
		{ "above", 7, RESOLVED, "org", 16, QUERY_OTHER_QUESTION },
		{ "below", 7, RESOLVED, "x.a.org", 16, QUERY_OTHER_QUESTION },
		{ "type", 7, RESOLVED, "a.org", 1, QUERY_OTHER_QUESTION },
	};
	const struct question question =
	    question_of("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct match_row *row = &rows[i];
		packet_begin(
		    &packet, row->id, row->flags, row->name, row->type);
		cr_expect(query_match(packet_message(&packet), &question, 7) ==
			      row->want,
		    "%s", row->what);
	}
}

Test(wire, no_part_of_a_response_matches)
{
	const struct question question =
	    question_of("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	packet_begin(&packet, 7, RESOLVED, "a.org", 16);
	for (size_t len = 0; len < packet.len; len++) {
		const struct message part = { packet.at, len };
		cr_expect(query_match(part, &question, 7) != QUERY_MATCHES);
	}
	packet.at[packet.len - 1] = 3; /* CHAOS */
	cr_expect(query_match(packet_message(&packet), &question, 7) ==
		  QUERY_OTHER_QUESTION);
}

Test(wire, a_question_may_be_missing_only_where_it_was_not_understood)
{
	const struct question question =
	    question_of("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	for (unsigned rcode = 0; rcode < 6; rcode++) {
		packet_begin(&packet, 7, RESOLVED | rcode, ".", 0);
		packet.at[5] = 0;
		packet.len = MESSAGE_HEADER;
		const bool matches = query_match(packet_message(&packet),
					 &question, 7) == QUERY_MATCHES;
		cr_expect(matches ==
			      (rcode == RCODE_FORMERR || rcode == RCODE_NOTIMP),
		    "RCODE %u", rcode);
	}
}

Test(wire, reads_addresses)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_AAAA);
	packet_rr(&packet, SECTION_ANSWER, "A.ORG", RRTYPE_AAAA);
	packet_bytes(&packet, "\x20\1\xd\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 16);
	packet_end_rr(&packet);
	struct answer answer = read_at("a.org", RRTYPE_AAAA, SIDE_RESOLVER);
	cr_assert(eq(sz, answer.rrs_len, 1));
	expect_value(answer.rrs, "2001:db8::1");
	expect_name(answer.rrs->owner, "a.org");
	cr_expect(eq(u32, answer.rrs->ttl, PACKET_TTL));
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_A);
	packet_rr(&packet, SECTION_ANSWER, "a.org", RRTYPE_A);
	packet_bytes(&packet, "\300\0\2\1", 4);
	packet_end_rr(&packet);
	answer = read_at("a.org", RRTYPE_A, SIDE_RESOLVER);
	expect_value(answer.rrs, "192.0.2.1");
}

Test(wire, reads_names_with_and_without_compression)
{
	static const enum rrtype types[] = { RRTYPE_NS, RRTYPE_PTR,
		RRTYPE_CNAME };
	for (size_t i = 0; i < 3; i++) {
		packet_begin(&packet, 7, RESOLVED, "a.org", types[i]);
		packet_rr(&packet, SECTION_ANSWER, "a.org", types[i]);
		packet_bytes(&packet, "\2NS\300\14", 5);
		packet_end_rr(&packet);
		packet_name_rr(
		    &packet, SECTION_ANSWER, "a.org", types[i], "ns.b.org");
		const struct answer answer =
		    read_at("a.org", types[i], SIDE_RESOLVER);
		expect_status(answer, ANSWER_FOUND);
		cr_assert(eq(sz, answer.rrs_len, 2));
		expect_value(&answer.rrs[0], "ns.a.org");
		expect_value(&answer.rrs[1], "ns.b.org");
	}
}

Test(wire, reads_mx_and_soa)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_MX);
	packet_rr(&packet, SECTION_ANSWER, "a.org", RRTYPE_MX);
	packet_bytes(&packet, "\1\0\4mail\300\14", 9);
	packet_end_rr(&packet);
	const struct answer mx = read_at("a.org", RRTYPE_MX, SIDE_RESOLVER);
	expect_value(mx.rrs, "256 mail.a.org");
	packet_begin(&packet, 7, VOUCHED, "a.org", RRTYPE_TXT);
	packet_soa_rr(&packet, "org", 60);
	const struct answer none =
	    read_at("a.org", RRTYPE_TXT, SIDE_AUTHORITATIVE);
	expect_status(none, ANSWER_NODATA);
	cr_assert(none.soa != NULL);
	expect_name(none.soa->owner, "org");
	expect_name(none.soa->rdata.soa.rname, "hostmaster.example.net");
	cr_expect(eq(u32, none.soa->rdata.soa.serial, 1));
	cr_expect(eq(u32, none.soa->rdata.soa.expire, 4));
	cr_expect(eq(i64, answer_negative_ttl(&none), 60));
}

Test(wire, reads_the_strings_of_a_txt_and_opaque_records)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_TXT);
	packet_rr(&packet, SECTION_ANSWER, "a.org", RRTYPE_TXT);
	packet_bytes(&packet, "\2v=\0\5spf1 ", 10);
	packet_end_rr(&packet);
	const struct answer txt = read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	expect_value(txt.rrs, "v=spf1 ");
	cr_assert(eq(sz, txt.rrs->rdata.txt.strings, 3));
	cr_expect(eq(u32, txt.rrs->rdata.txt.ends[1], 2));
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_DS);
	packet_rr(&packet, SECTION_ANSWER, "a.org", RRTYPE_DS);
	packet_bytes(&packet, "\0\1\10\2hash", 8);
	packet_end_rr(&packet);
	const struct answer ds = read_at("a.org", RRTYPE_DS, SIDE_RESOLVER);
	cr_expect(eq(sz, ds.rrs->rdata.opaque.len, 8));
}

Test(wire, a_set_comes_in_one_order_and_without_doubles)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_TXT);
	packet_txt_rr(&packet, SECTION_ANSWER, "a.org", "two");
	packet_txt_rr(&packet, SECTION_ANSWER, "a.org", "one");
	packet_txt_rr(&packet, SECTION_ANSWER, "a.org", "two");
	packet_rr(&packet, SECTION_ANSWER, "a.org", RRTYPE_TXT);
	packet_bytes(&packet, "\1t\2wo", 5); /* another record */
	packet_end_rr(&packet);
	const struct answer answer =
	    read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	cr_assert(eq(sz, answer.rrs_len, 3));
	expect_value(&answer.rrs[0], "one");
	expect_value(&answer.rrs[1], "two");
	expect_value(&answer.rrs[2], "two");
}

Test(wire, a_ttl_with_its_top_bit_set_is_zero)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_TXT);
	packet_txt_rr(&packet, SECTION_ANSWER, "a.org", "x");
	packet.at[packet.rdata - 6] = 0x80;
	const struct answer answer =
	    read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	cr_expect(eq(u32, answer.rrs->ttl, 0));
}

Test(wire, follows_cnames_in_any_order)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_TXT);
	packet_txt_rr(&packet, SECTION_ANSWER, "c.org", "end");
	packet_name_rr(&packet, SECTION_ANSWER, "b.org", 5, "C.org");
	packet_name_rr(&packet, SECTION_ANSWER, "a.org", 5, "b.org");
	packet_txt_rr(&packet, SECTION_ANSWER, "evil.org", "not asked");
	const struct answer answer =
	    read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	expect_status(answer, ANSWER_FOUND);
	cr_assert(eq(sz, answer.chain_len, 2));
	expect_value(&answer.chain[1], "c.org");
	cr_assert(eq(sz, answer.rrs_len, 1));
	expect_value(answer.rrs, "end");
	expect_name(answer.rrs->owner, "c.org");
}

/** A chain n0.org, n1.org, ... of *links* that ends at *end*. */
static void
chain_write(size_t links, const char *end)
{
	char from[32];
	char to[32];
	packet_begin(&packet, 7, RESOLVED, "n0.org", RRTYPE_TXT);
	for (size_t i = 0; i < links; i++) {
		snprintf(from, sizeof(from), "n%zu.org", i);
		snprintf(to, sizeof(to), "n%zu.org", i + 1);
		packet_name_rr(&packet, SECTION_ANSWER, from, 5,
		    i + 1 == links && end ? end : to);
	}
	packet_txt_rr(&packet, SECTION_ANSWER, to, "end");
}

Test(wire, a_chain_that_never_ends_is_a_loop)
{
	chain_write(ANSWER_MAX_CHAIN, NULL);
	struct answer answer = read_at("n0.org", RRTYPE_TXT, SIDE_RESOLVER);
	expect_status(answer, ANSWER_FOUND);
	chain_write(ANSWER_MAX_CHAIN + 1, NULL);
	answer = read_at("n0.org", RRTYPE_TXT, SIDE_RESOLVER);
	expect_status(answer, ANSWER_LOOP);
	cr_expect(eq(sz, answer.chain_len, ANSWER_MAX_CHAIN));
	chain_write(3, "n1.org");
	answer = read_at("n0.org", RRTYPE_TXT, SIDE_RESOLVER);
	expect_status(answer, ANSWER_LOOP);
	cr_expect(eq(sz, answer.chain_len, 3));
	chain_write(1, "n0.org");
	expect_status(
	    read_at("n0.org", RRTYPE_TXT, SIDE_RESOLVER), ANSWER_LOOP);
}

Test(wire, what_was_asked_for_counts_more_than_a_cname_beside_it)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_TXT);
	packet_name_rr(&packet, SECTION_ANSWER, "a.org", 5, "b.org");
	packet_txt_rr(&packet, SECTION_ANSWER, "a.org", "here");
	struct answer answer = read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	expect_status(answer, ANSWER_FOUND);
	cr_expect(eq(sz, answer.chain_len, 0));
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_CNAME);
	packet_name_rr(&packet, SECTION_ANSWER, "a.org", 5, "c.org");
	packet_name_rr(&packet, SECTION_ANSWER, "a.org", 5, "b.org");
	answer = read_at("a.org", RRTYPE_CNAME, SIDE_RESOLVER);
	cr_expect(eq(sz, answer.rrs_len, 2));
	cr_expect(eq(sz, answer.chain_len, 0));
}

Test(wire, nothing_counts_that_stands_in_the_wrong_place)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_TXT);
	packet_name_rr(&packet, SECTION_ANSWER, "a.org", 2, "other type");
	packet_txt_rr(&packet, SECTION_ANSWER, "b.org", "other owner");
	packet_name_rr(&packet, SECTION_ANSWER, "b.org", 5, "a.org");
	packet_txt_rr(&packet, SECTION_AUTHORITY, "a.org", "authority");
	packet_soa_rr(&packet, "b.org", 60);
	packet_txt_rr(&packet, SECTION_ADDITIONAL, "a.org", "additional");
	const struct answer answer =
	    read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	expect_status(answer, ANSWER_NODATA);
	cr_expect(eq(ptr, (void *)answer.soa, NULL));
	cr_expect(eq(sz, answer.chain_len, 0));
}

Test(wire, an_answer_about_others_alone_is_no_no)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_TXT);
	packet_txt_rr(&packet, SECTION_ANSWER, "b.org", "other owner");
	expect_status(
	    read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER), ANSWER_MALFORMED);
	/* The SOA of a "no" may stand there by mistake. */
	packet_rr(&packet, SECTION_ANSWER, "org", 6);
	packet_bytes(&packet, "\0\0", 2);
	packet_bytes(&packet, "abcdefghijklmnopqrst", 20);
	packet_end_rr(&packet);
	expect_status(
	    read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER), ANSWER_NODATA);
}

Test(wire, a_chain_that_leaves_the_message_says_nothing_of_its_end)
{
	packet_begin(&packet, 7, VOUCHED, "a.org", RRTYPE_TXT);
	packet_name_rr(&packet, SECTION_ANSWER, "a.org", 5, "b.net");
	packet_soa_rr(&packet, "org", 60);
	const struct answer answer =
	    read_at("a.org", RRTYPE_TXT, SIDE_AUTHORITATIVE);
	expect_status(answer, ANSWER_NODATA);
	cr_expect(eq(sz, answer.chain_len, 1));
	cr_expect(eq(ptr, (void *)answer.soa, NULL));
	cr_expect(answer.authoritative);
}

Test(wire, no_such_name_may_stand_behind_a_chain)
{
	packet_begin(
	    &packet, 7, RESOLVED | RCODE_NXDOMAIN, "a.org", RRTYPE_TXT);
	packet_name_rr(&packet, SECTION_ANSWER, "a.org", 5, "b.net");
	packet_soa_rr(&packet, "net", 30);
	const struct answer answer =
	    read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	expect_status(answer, ANSWER_NXDOMAIN);
	cr_expect(eq(sz, answer.chain_len, 1));
	cr_expect(eq(i64, answer_negative_ttl(&answer), 30));
}

Test(wire, a_referral_is_lame_and_names_the_servers)
{
	packet_begin(&packet, 7, MESSAGE_QR, "a.b.org", RRTYPE_TXT);
	packet_name_rr(&packet, SECTION_AUTHORITY, "net", 2, "x.net");
	packet_name_rr(&packet, SECTION_AUTHORITY, "b.org", 2, "ns2.b.org");
	packet_name_rr(&packet, SECTION_AUTHORITY, "b.org", 2, "ns1.b.org");
	const struct answer answer =
	    read_at("a.b.org", RRTYPE_TXT, SIDE_AUTHORITATIVE);
	expect_status(answer, ANSWER_LAME);
	cr_assert(eq(sz, answer.referral_len, 2));
	expect_name(answer.referral->owner, "b.org");
	expect_value(&answer.referral[0], "ns1.b.org");
	expect_status(
	    read_at("a.b.org", RRTYPE_TXT, SIDE_RESOLVER), ANSWER_LAME);
}

struct status_row {
	unsigned flags;
	enum answer_status at_resolver;
	enum answer_status at_server;
};

Test(wire, who_says_no_must_be_one_who_can)
{
	static const struct status_row rows[] = {
		{ MESSAGE_RA, ANSWER_NODATA, ANSWER_LAME },
		{ MESSAGE_AA, ANSWER_NODATA, ANSWER_NODATA },
		{ 0, ANSWER_LAME, ANSWER_LAME },
		{ MESSAGE_RA | 3, ANSWER_NXDOMAIN, ANSWER_LAME },
		{ MESSAGE_AA | 3, ANSWER_NXDOMAIN, ANSWER_NXDOMAIN },
		{ MESSAGE_RA | 2, ANSWER_SERVFAIL, ANSWER_SERVFAIL },
		{ 5, ANSWER_REFUSED, ANSWER_REFUSED },
		{ 4, ANSWER_ERROR, ANSWER_ERROR },
		{ 9, ANSWER_ERROR, ANSWER_ERROR },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		packet_begin(&packet, 7, MESSAGE_QR | rows[i].flags, "a.org",
		    RRTYPE_TXT);
		expect_status(read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER),
		    rows[i].at_resolver);
		expect_status(read_at("a.org", RRTYPE_TXT, SIDE_AUTHORITATIVE),
		    rows[i].at_server);
	}
}

/** An OPT whose TTL begins with *high* and whose rdata is *options*. */
static void
opt_write(unsigned high, const char *options, size_t len)
{
	packet_rr(&packet, SECTION_ADDITIONAL, ".", TYPE_OPT);
	packet.at[packet.len - 6] = (uint8_t)high;
	packet_bytes(&packet, options, len);
	packet_end_rr(&packet);
}

Test(wire, the_extended_rcode_is_put_together)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_TXT);
	opt_write(1, "", 0);
	const struct answer answer =
	    read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	expect_status(answer, ANSWER_ERROR);
	cr_expect(eq(u16, answer.rcode, RCODE_BADVERS));
}

Test(wire, the_first_extended_error_is_kept_raw)
{
	packet_begin(
	    &packet, 7, RESOLVED | RCODE_SERVFAIL, "a.org", RRTYPE_TXT);
	opt_write(
	    0, "\0\12\0\2ck\0\17\0\1x\0\17\0\5\0\6a\33b\0\17\0\2\0\1", 26);
	const struct answer answer =
	    read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	expect_status(answer, ANSWER_SERVFAIL);
	cr_expect(eq(u16, answer.ede, 6 + 1));
	cr_expect(str_eq(answer.ede_text, STR("a\33b")));
}

Test(wire, bits_of_the_header_are_kept)
{
	packet_begin(
	    &packet, 7, RESOLVED | MESSAGE_AD | MESSAGE_AA, "a.org", 16);
	struct answer answer = read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	cr_expect(answer.authenticated && answer.authoritative);
	packet_begin(&packet, 7, RESOLVED, "a.org", 16);
	answer = read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	cr_expect(not(answer.authenticated || answer.authoritative));
}

Test(wire, the_largest_txt_costs_little_memory)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_TXT);
	packet_rr(&packet, SECTION_ANSWER, "a.org", RRTYPE_TXT);
	while (packet.len < MESSAGE_MAX) {
		packet_u8(&packet, 0); /* an empty string each */
	}
	packet_end_rr(&packet);
	const struct answer answer =
	    read_at("a.org", RRTYPE_TXT, SIDE_RESOLVER);
	cr_expect(gt(sz, answer.rrs->rdata.txt.strings, 65000));
	cr_expect(lt(sz, arena_size(arena), 1 << 20));
}

/** A response with something of everything. */
static void
rich_response(void)
{
	packet_begin(&packet, 7, RESOLVED, "a.org", RRTYPE_MX);
	packet_name_rr(&packet, SECTION_ANSWER, "a.org", 5, "b.org");
	packet_rr(&packet, SECTION_ANSWER, "b.org", RRTYPE_MX);
	packet_bytes(&packet, "\0\12\4mail\300\14", 9);
	packet_end_rr(&packet);
	packet_txt_rr(&packet, SECTION_ANSWER, "b.org", "text");
	packet_soa_rr(&packet, "org", 60);
	packet_name_rr(&packet, SECTION_AUTHORITY, "org", 2, "ns.org");
	opt_write(0, "\0\17\0\5\0\6why", 9);
}

static unsigned
draw(unsigned *seed, size_t below)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (*seed >> 8) % (unsigned)below;
}

Test(wire, whatever_passes_the_gate_can_be_read)
{
	unsigned seed = 1;
	unsigned passed = 0;
	for (int i = 0; i < 100000; i++) {
		rich_response();
		const unsigned changes = 1 + draw(&seed, 4);
		for (unsigned j = 0; j < changes; j++) {
			const size_t at = 2 + draw(&seed, packet.len - 2);
			packet.at[at] = (uint8_t)draw(&seed, 256);
		}
		const struct message message = packet_message(&packet);
		const struct question question =
		    question_of("a.org", RRTYPE_MX, i % 2);
		struct answer answer;
		if (gate_check(message) == GATE_OK) {
			passed++;
			cr_assert(
			    response_read(arena, message, &question, &answer));
		}
		arena_reset(arena);
	}
	cr_expect(gt(uint, passed, 1000));
}
